/** What was measured on a person, and what went wrong. */
import type { AdverseEvent, Observation } from '@medplum/fhirtypes';
import { asFhirAdverseEvent } from '../followup/event-papers.ts';
import { resource } from './schema.ts';
import { lotReference } from './visits.ts';

const ownCode = (code: string, text: string) => ({
  coding: [{ system: 'urn:undertone:observation', code }],
  text,
});
const ucum = 'http://unitsofmeasure.org';

interface LabValue {
  readonly L: number;
  readonly a: number;
  readonly b: number;
}

/** L*, a* and b* as parts of one observation: a colour is one thing. */
function colourParts(where: string, { L, a, b }: LabValue) {
  return Object.entries({ 'L*': L, 'a*': a, 'b*': b }).map(([name, value]) => ({
    code: { text: `${name} of ${where}` },
    valueQuantity: { value, unit: '1', system: ucum, code: '1' },
  }));
}

export interface SpotReadingRow {
  readonly spot_id: string;
  readonly seq: number;
  readonly patient_id: string;
  readonly kind: 'trial' | 'patch';
  readonly place: string;
  readonly reading: string;
  readonly outcome: 'clear' | 'adverse' | 'unclear';
  readonly lab: readonly [number, number, number] | null;
  readonly surround_lab: readonly [number, number, number] | null;
  readonly note: string;
  readonly read_at: string;
  readonly read_by: string;
}

const spotOutcome = {
  clear: 'No early reaction',
  adverse: 'Reaction seen',
  unclear: 'Not clear',
} as const;

export function spotReadingOf(row: SpotReadingRow, updated: string | null): Observation {
  const colour = (lab: SpotReadingRow['lab'], where: string) =>
    lab === null ? [] : colourParts(where, { L: lab[0], a: lab[1], b: lab[2] });
  return resource<Observation>({
    resourceType: 'Observation',
    id: `${row.spot_id}-${row.seq}`,
    meta: { lastUpdated: updated },
    status: 'final',
    code: ownCode(`${row.kind}-spot-reading`, `Reading of a ${row.kind} spot (${row.reading})`),
    subject: { reference: `Patient/${row.patient_id}` },
    effectiveDateTime: row.read_at,
    performer: [{ reference: `Practitioner/${row.read_by}` }],
    valueCodeableConcept: {
      coding: [{ system: 'urn:undertone:spot-outcome', code: row.outcome }],
      text: spotOutcome[row.outcome],
    },
    bodySite: { text: row.place },
    method:
      row.lab === null ? null : { text: 'Contact colorimeter, CIELAB, D65, 10° observer, median of three' },
    component: [...colour(row.lab, 'spot'), ...colour(row.surround_lab, 'surround')],
    note: row.note.trim() === '' ? [] : [{ text: row.note }],
  });
}

export interface OutcomeRow {
  readonly id: string;
  readonly patient_id: string;
  readonly session_id: string | null;
  readonly treatment: string;
  readonly time_point: string;
  readonly taken_on: string;
  readonly readings: {
    readonly white: string;
    readonly median: { readonly region: LabValue; readonly surround: LabValue | null };
  } | null;
  readonly patient_score: number | null;
  readonly note: string;
  readonly withdrawn: boolean;
}

function outcomeHead(row: OutcomeRow, part: string, updated: string | null) {
  return {
    resourceType: 'Observation' as const,
    id: `${row.id}-${part}`,
    meta: { lastUpdated: updated },
    status: row.withdrawn ? ('entered-in-error' as const) : ('final' as const),
    subject: { reference: `Patient/${row.patient_id}` },
    partOf: row.session_id === null ? [] : [{ reference: `Procedure/${row.session_id}` }],
    effectiveDateTime: row.taken_on,
  };
}

export function healedColourOf(row: OutcomeRow, updated: string | null): Observation {
  const { readings } = row;
  const surround = readings?.median.surround;
  return resource<Observation>({
    ...outcomeHead(row, 'colour', updated),
    code: ownCode(
      'healed-colour',
      `Colour of the treated skin, healed (${row.treatment}, ${row.time_point})`,
    ),
    method: { text: `Contact colorimeter, CIELAB, ${readings?.white ?? 'white not stated'}, median` },
    component: [
      ...(readings ? colourParts('treated skin', readings.median.region) : []),
      ...(surround ? colourParts('surround', surround) : []),
    ],
    note: row.note.trim() === '' ? [] : [{ text: row.note }],
  });
}

export function patientScoreOf(row: OutcomeRow, updated: string | null): Observation {
  return resource<Observation>({
    ...outcomeHead(row, 'score', updated),
    code: ownCode('patient-score', `The patient's own score of the result, 0 to 10 (${row.time_point})`),
    performer: [{ reference: `Patient/${row.patient_id}` }],
    valueInteger: row.patient_score,
  });
}

export interface RatingRow {
  readonly id: string;
  readonly outcome_id: string;
  readonly patient_id: string;
  readonly session_id: string | null;
  readonly kind: 'physician' | 'blinded';
  readonly rating: string;
  readonly rated_at: string;
  readonly rater_id: string;
}

export function ratingOf(row: RatingRow, updated: string | null): Observation {
  return resource<Observation>({
    resourceType: 'Observation',
    id: row.id,
    meta: { lastUpdated: updated },
    status: 'final',
    code: ownCode(
      `rating-${row.kind}`,
      row.kind === 'blinded' ? 'Result rated by a blinded second rater' : 'Result rated by the physician',
    ),
    subject: { reference: `Patient/${row.patient_id}` },
    partOf: row.session_id === null ? [] : [{ reference: `Procedure/${row.session_id}` }],
    effectiveDateTime: row.rated_at,
    performer: [{ reference: `Practitioner/${row.rater_id}` }],
    valueCodeableConcept: {
      coding: [{ system: 'urn:undertone:result-scale', code: row.rating }],
      text: row.rating,
    },
  });
}

export interface MeasureRow {
  readonly patient_id: string;
  readonly what: 'weight' | 'fitzpatrick' | 'monk';
  readonly value: number;
  readonly on: string | null;
}

/** Weight and skin type as they stand in the record: one each, the newest. */
export function measureOf(row: MeasureRow, updated: string | null): Observation {
  return resource<Observation>({
    resourceType: 'Observation',
    id: `${row.patient_id}-${row.what}`,
    meta: { lastUpdated: updated },
    status: 'final',
    code:
      row.what === 'weight'
        ? {
            coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }],
            text: 'Body weight',
          }
        : ownCode(
            row.what === 'monk' ? 'monk-skin-tone' : 'fitzpatrick-skin-type',
            row.what === 'monk' ? 'Monk skin tone, 1 to 10' : 'Fitzpatrick skin type, 1 to 6',
          ),
    subject: { reference: `Patient/${row.patient_id}` },
    effectiveDateTime: row.on,
    valueQuantity: row.what === 'weight' ? { value: row.value, unit: 'kg', system: ucum, code: 'kg' } : null,
    valueInteger: row.what === 'weight' ? null : row.value,
  });
}

type EventRow = Parameters<typeof asFhirAdverseEvent>[0];
export type AdverseEventRow = Omit<EventRow, 'changed_at' | 'recorded_at'> & {
  readonly changed_at: string;
  readonly recorded_at: string;
  readonly lot_kind: string | null;
};

/** As the report form maps it, with the lot as a resource that is served. */
export function adverseEventOf(row: AdverseEventRow): AdverseEvent {
  const { suspectEntity, ...event } = asFhirAdverseEvent({
    ...row,
    changed_at: new Date(row.changed_at),
    recorded_at: new Date(row.recorded_at),
  });
  const [suspect] = suspectEntity ?? [];
  return resource<AdverseEvent>({
    ...event,
    ...(row.lot_id !== null &&
      row.lot_kind !== null && {
        suspectEntity: [
          { instance: { ...suspect?.instance, reference: lotReference(row.lot_kind, row.lot_id) } },
        ],
      }),
  });
}
