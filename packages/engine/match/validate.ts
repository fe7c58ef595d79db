import { isNamedWhite } from '../light/index.ts';
import type { Geometry, Reading } from '../skin/index.ts';
import { type Pigment, pigmentRules } from './pigment.ts';
import type { MatchRefusal, MatchRequest } from './request.ts';

/** A request that can be answered: the pigments it may use, in the set's order. */
export interface CheckedRequest {
  readonly ok: true;
  readonly pigments: readonly Pigment[];
  /** Left out because a rule refuses them. */
  readonly refused: readonly Pigment[];
}

/** Fewest pigments a recipe can be searched with. */
const leastPigments = 2;

export function checkRequest(request: MatchRequest, geometry: Geometry): CheckedRequest | MatchRefusal {
  const readings: [string, Reading | undefined][] = [
    ['patch', request.patch],
    ['surround', request.surround],
    ['tannedSurround', request.tannedSurround],
    ...(request.spots ?? []).map((spot, i): [string, Reading] => [`spots[${i}].reading`, spot.reading]),
  ];
  for (const [field, reading] of readings) {
    const problem = reading && readingProblem(field, reading);
    if (problem) return problem;
  }
  const instruments = new Set(readings.flatMap(([, reading]) => (reading ? [reading.instrument] : [])));
  if (instruments.size > 1) {
    return refuse(
      'mixed-instruments',
      `The readings come from different instruments (${[...instruments].join(', ')}); read all places with one.`,
      'instrument',
    );
  }
  for (const [name, value] of Object.entries(geometry)) {
    const least = name === 'clearDermisUm' ? 0 : 10;
    if (!(value >= least && value <= 2000)) {
      return refuse(
        'impossible-geometry',
        `geometry.${name} must be ${least} to 2000 µm, found ${value}.`,
        name,
      );
    }
  }
  const { pigments } = request.pigments;
  const ids = new Set(pigments.map(({ id }) => id));
  for (const id of request.only ?? []) {
    if (!ids.has(id)) {
      return refuse(
        'unknown-pigment',
        `There is no pigment "${id}"; the set has ${[...ids].join(', ')}.`,
        'only',
      );
    }
  }
  const isRefused = (pigment: Pigment) =>
    pigmentRules(pigment, request.treatment).some(({ effect }) => effect === 'refuse');
  const chosen = request.only ? pigments.filter(({ id }) => request.only?.includes(id)) : pigments;
  const refused = chosen.filter(isRefused);
  if (request.only && refused.length > 0) {
    return refuse('blocked-pigment', `${refused.map((p) => p.name).join(', ')}: on the blocklist.`, 'only');
  }
  const allowed = chosen.filter((pigment) => !isRefused(pigment));
  if (allowed.length < leastPigments) {
    return refuse(
      'too-few-pigments',
      `A recipe needs ${leastPigments} pigments or more to choose from.`,
      'pigments',
    );
  }
  for (const [i, spot] of (request.spots ?? []).entries()) {
    const field = `spots[${i}].doses`;
    for (const [id, dose] of Object.entries(spot.doses)) {
      if (!ids.has(id))
        return refuse('unknown-pigment', `${field} names "${id}", which the set has not.`, field);
      if (!(dose >= 0 && dose < 1e6))
        return refuse('impossible-dose', `${field}.${id} must be 0 or more.`, field);
    }
    if (!Object.values(spot.doses).some((dose) => dose > 0)) {
      return refuse('impossible-dose', `${field} holds no dose above 0.`, field);
    }
  }
  return { ok: true, pigments: allowed, refused };
}

function readingProblem(field: string, reading: Reading): MatchRefusal | undefined {
  if (reading.kind === 'lab') {
    const { L, a, b, white } = reading.lab;
    if (![L, a, b].every(Number.isFinite) || L <= 0 || L > 100 || Math.abs(a) > 60 || Math.abs(b) > 80) {
      return refuse(
        'impossible-lab',
        `${field}: L*a*b* ${L}, ${a}, ${b} is no colour of skin; L* lies between 0 and 100.`,
        field,
      );
    }
    if (!isNamedWhite(white))
      return refuse('impossible-lab', `${field}: unknown white "${String(white)}".`, field);
    return undefined;
  }
  const { startNm, stepNm, values } = reading.reflectance01;
  const endNm = startNm + (values.length - 1) * stepNm;
  if (!(startNm <= 400 && endNm >= 700 && stepNm > 0 && stepNm <= 20)) {
    return refuse(
      'impossible-spectrum',
      `${field}: ${startNm} to ${endNm} nm in steps of ${stepNm}; 400 to 700 nm in steps of 20 nm or less are needed.`,
      field,
    );
  }
  const at = values.findIndex((value) => !Number.isFinite(value) || value < 0 || value > 1.2);
  if (at >= 0) {
    const why =
      values[at] > 1.2 ? 'give reflectance as a fraction, 0 to 1' : 'reflectance is a number from 0 to 1';
    return refuse(
      'impossible-spectrum',
      `${field}: ${values[at]} at ${startNm + at * stepNm} nm; ${why}.`,
      field,
    );
  }
  return undefined;
}

function refuse(reason: MatchRefusal['reason'], message: string, field: string): MatchRefusal {
  return { ok: false, reason, message, field };
}
