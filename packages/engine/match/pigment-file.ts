import { resample } from '../light/index.ts';
import { skinGrid } from '../skin/index.ts';
import { parseDrawdowns } from './drawdown-table.ts';
import { type DerivedCoefficients, deriveFromFilms, deriveFromTints } from './drawdowns.ts';
import { paintSurface, type SurfaceReflection } from './kubelka-munk.ts';
import { whiteScatteringInPaint } from './mie-pigments.ts';
import { type Pigment, type PigmentMethod, type PigmentSet } from './pigment.ts';

export interface PigmentFileRefusal {
  readonly ok: false;
  readonly reason: 'bad-pigments' | 'bad-table';
  readonly message: string;
  readonly field?: string;
}

export type PigmentFileResult =
  | { readonly ok: true; readonly set: PigmentSet; readonly derived?: readonly DerivedCoefficients[] }
  | PigmentFileRefusal;

/** What a table of drawdowns does not say about itself. */
export interface DrawdownLabels {
  readonly setName?: string;
  readonly kind?: 'ink' | 'paint';
  readonly source?: string;
  readonly surface?: SurfaceReflection;
  /** Colour Index and CAS numbers by the names used in the table. */
  readonly numbers?: Readonly<Record<string, { readonly ciNumber?: string; readonly cas?: string }>>;
}

/** Dose left by one treatment with undiluted ink, in units of white's S at 550 nm: an assumption, docs/science/pigments.md. */
export const assumedUndilutedDose = 400;

/** Reads a set of pigments: the JSON document `undertone/pigments` version 1, or a CSV table of drawdowns. */
export function parsePigments(text: string): PigmentFileResult {
  return text.trimStart().startsWith('{') ? parsePigmentJson(text) : pigmentsFromDrawdowns(text, {});
}

/** Derives a set from a CSV table of drawdowns; films over two backings where given, else masstones and tints. */
export function pigmentsFromDrawdowns(csv: string, labels: DrawdownLabels): PigmentFileResult {
  const table = parseDrawdowns(csv);
  if (!table.ok) return table;
  const surface = labels.surface ?? paintSurface;
  const names = table.columns.flatMap((c) => (c.kind === 'masstone' ? [c.name] : []));
  const white = names.find((name) => /^(titanium )?white\b/i.test(name));
  const films = deriveFromFilms(table, surface);
  const tints =
    white && films.length === 0 ? deriveFromTints(table, white, whiteScatteringInPaint(), surface) : [];
  const derived = films.length > 0 ? films : tints;
  if (derived.length === 0) {
    return {
      ok: false,
      reason: 'bad-table',
      message:
        'No pigment can be derived: give films over both backings and both bare backings, or a masstone named ' +
        '"white" with a masstone and a white tint of each other pigment.',
    };
  }
  const pigments = derived.map((d): Pigment => {
    const numbers = labels.numbers?.[d.name];
    return {
      id: idOf(d.name),
      name: d.name,
      kind: labels.kind ?? 'paint',
      ...(numbers?.ciNumber === undefined ? {} : { ciNumber: numbers.ciNumber }),
      ...(numbers?.cas === undefined ? {} : { cas: numbers.cas }),
      K: d.K,
      S: d.S,
      relativeSd: d.relativeSd,
      provenance: { method: d.method, source: labels.source ?? 'table of drawdowns' },
      isWhiteOpacifier: numbers?.ciNumber === '77891' || d.name === white,
    };
  });
  const set: PigmentSet = {
    name: labels.setName ?? 'pigments from drawdowns',
    kind: labels.kind ?? 'paint',
    doseUnit: films.length > 0 ? 'mg/cm²' : 'parts by mass; white scatters 1 cm⁻¹ per unit at 550 nm',
    // 0.46 mg/cm² of dispersed rutile scatters 400 cm⁻¹ in the nominal layer.
    undilutedDose: films.length > 0 ? 0.46 : assumedUndilutedDose,
    doseCalibrated: false,
    pigments,
  };
  return { ok: true, set, derived };
}

/** The JSON document of a set, ready for `JSON.stringify`; numbers keep six digits. */
export function pigmentDocument(set: PigmentSet) {
  const digits = (values: Float64Array) => Array.from(values, (value) => Number(value.toPrecision(6)));
  return {
    format: 'undertone/pigments' as const,
    version: 1 as const,
    ...set,
    grid: skinGrid,
    pigments: set.pigments.map((pigment) => ({ ...pigment, K: digits(pigment.K), S: digits(pigment.S) })),
  };
}

const methods: readonly PigmentMethod[] = ['black-and-white', 'masstone-and-tint', 'given', 'mie'];

function parsePigmentJson(text: string): PigmentFileResult {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return bad('the file', `is no valid JSON (${(error as Error).message}).`);
  }
  if (!isRecord(document) || document.format !== 'undertone/pigments') {
    return bad('format', 'must be "undertone/pigments".');
  }
  if (document.version !== 1) return bad('version', `must be 1, found ${JSON.stringify(document.version)}.`);
  const grid = document.grid;
  if (!isRecord(grid) || !isNumber(grid.startNm) || !isNumber(grid.stepNm) || !isNumber(grid.count)) {
    return bad('grid', 'must hold startNm, stepNm and count.');
  }
  const { startNm, stepNm, count } = grid as { startNm: number; stepNm: number; count: number };
  const endNm = skinGrid.startNm + (skinGrid.count - 1) * skinGrid.stepNm;
  if (
    !(stepNm > 0 && stepNm <= 20 && startNm <= skinGrid.startNm && startNm + (count - 1) * stepNm >= endNm)
  ) {
    return bad('grid', `must cover ${skinGrid.startNm} to ${endNm} nm in steps of 20 nm or less.`);
  }
  if (!Array.isArray(document.pigments) || document.pigments.length === 0) {
    return bad('pigments', 'must be a list with at least one pigment.');
  }
  const pigments: Pigment[] = [];
  for (const [index, entry] of (document.pigments as unknown[]).entries()) {
    const where = `pigments[${index}]`;
    if (!isRecord(entry) || typeof entry.id !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(entry.id)) {
      return bad(`${where}.id`, 'must be lower-case words joined by hyphens.');
    }
    if (pigments.some((pigment) => pigment.id === entry.id))
      return bad(`${where}.id`, `"${entry.id}" occurs twice.`);
    const K = coefficients(entry.K, `${where}.K`, count);
    if ('message' in K) return K;
    const S = coefficients(entry.S, `${where}.S`, count);
    if ('message' in S) return S;
    if (Math.max(...K, ...S) === 0) return bad(where, 'neither absorbs nor scatters at any wavelength.');
    const onGrid = (values: Float64Array) =>
      resample({ startNm, stepNm, values }, skinGrid).values.map((value) => Math.max(value, 0));
    const ciNumber = typeof entry.ciNumber === 'number' ? String(entry.ciNumber) : entry.ciNumber;
    if (ciNumber !== undefined && (typeof ciNumber !== 'string' || !/^\d{5}$/.test(ciNumber))) {
      return bad(`${where}.ciNumber`, `${JSON.stringify(ciNumber)} is no Colour Index number (five digits).`);
    }
    const sd = isRecord(entry.relativeSd) ? entry.relativeSd : {};
    const provenance = isRecord(entry.provenance) ? entry.provenance : {};
    const method = methods.find((name) => name === provenance.method) ?? 'given';
    pigments.push({
      id: entry.id,
      name: typeof entry.name === 'string' ? entry.name : entry.id,
      kind: entry.kind === 'paint' ? 'paint' : 'ink',
      ...(ciNumber === undefined ? {} : { ciNumber }),
      ...(typeof entry.cas === 'string' ? { cas: entry.cas } : {}),
      K: onGrid(K),
      S: onGrid(S),
      relativeSd: { K: isNumber(sd.K) ? sd.K : 0.2, S: isNumber(sd.S) ? sd.S : 0.2 },
      provenance: {
        method,
        source: typeof provenance.source === 'string' ? provenance.source : 'not stated',
      },
      isWhiteOpacifier: entry.isWhiteOpacifier === true || ciNumber === '77891',
    });
  }
  const undilutedDose = document.undilutedDose ?? assumedUndilutedDose;
  if (!isNumber(undilutedDose) || !(undilutedDose > 0))
    return bad('undilutedDose', 'must be a positive number.');
  return {
    ok: true,
    set: {
      name: typeof document.name === 'string' ? document.name : 'unnamed pigments',
      kind: document.kind === 'paint' ? 'paint' : 'ink',
      doseUnit: typeof document.doseUnit === 'string' ? document.doseUnit : 'not stated',
      undilutedDose,
      doseCalibrated: document.doseCalibrated === true,
      pigments,
    },
  };
}

function coefficients(value: unknown, field: string, count: number): Float64Array | PigmentFileRefusal {
  if (!Array.isArray(value) || value.length !== count) {
    return bad(field, `must list ${count} numbers, one for each wavelength of the grid.`);
  }
  const at = value.findIndex((entry) => !isNumber(entry) || entry < 0);
  if (at >= 0)
    return bad(`${field}[${at}]`, `must be a number of 0 or more, found ${JSON.stringify(value[at])}.`);
  return Float64Array.from(value as number[]);
}

function idOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function bad(field: string, message: string): PigmentFileRefusal {
  return { ok: false, reason: 'bad-pigments', message: `${field} ${message}`, field };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
