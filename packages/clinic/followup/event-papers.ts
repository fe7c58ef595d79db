/** An adverse event as a report on paper, as FHIR, and as a row of a table. */
import { renderDocument } from '../documents/index.ts';
import { type Cell, csvText } from '../platform/csv.ts';
import type { Services } from '../platform/services.ts';
import type { Actor } from '../staff/schema.ts';
import type { Language } from '../tenant/schema.ts';
import { eventKinds } from './event-kinds.ts';
import type { EventRow } from './event-store.ts';
import { listAdverseEvents } from './events.ts';
import { notFound } from './refusals.ts';
import { reportWords } from './report-words.ts';
import type { FollowUpRefusal } from './schema.ts';

type PaperServices = Pick<Services, 'db' | 'clock' | 'typesetter'>;

/** The report form of one event, in the reader's language. */
export async function adverseEventReport(
  services: PaperServices,
  actor: Actor,
  eventId: string,
  language: Language,
): Promise<{ ok: true; pdf: Uint8Array } | FollowUpRefusal> {
  const found = await listAdverseEvents(services, actor, { id: eventId });
  if (!found.ok) return found;
  const [event] = found.events;
  if (event === undefined) return notFound;
  const words = reportWords[language];
  const orNone = (text: string | null) => (text === null || text === '' ? words.notStated : text);
  const pdf = await renderDocument(services, actor.tenantId, {
    kind: 'adverse-event-report',
    language,
    patient: { name: event.patient_name },
    reference: event.id,
    blocks: [
      {
        kind: 'facts',
        rows: [
          [words.kind, eventKinds[event.kind].label[language]],
          [words.grade, words.grades[event.grade as 1 | 2 | 3 | 4 | 5]],
          [words.onset, event.onset_on],
          [words.treatment, event.treatment === null ? words.notStated : words.treatments[event.treatment]],
          [words.performed, orNone(event.performed_on)],
          [words.days, event.performed_on === null ? words.notStated : String(daysAfter(event))],
          [words.lot, orNone(event.lot_number)],
          [words.foundBy, words.found[event.found_by]],
          [words.outcome, words.outcomes[event.outcome]],
          [words.resolved, orNone(event.resolved_on)],
          [words.version, String(event.version)],
        ],
      },
      ...(event.withdrawn_reason === null
        ? []
        : [
            {
              kind: 'note' as const,
              tone: 'attention' as const,
              title: words.withdrawn,
              items: [event.withdrawn_reason],
            },
          ]),
      { kind: 'heading', text: words.description },
      { kind: 'paragraph', text: orNone(event.description) },
      { kind: 'heading', text: words.treatmentGiven },
      { kind: 'paragraph', text: orNone(event.treatment_given) },
      { kind: 'paragraph', text: words.gradeSource, small: true },
      { kind: 'signatures', lines: [{ role: words.reporter }, { role: words.physician }] },
    ],
  });
  return { ok: true, pdf };
}

function daysAfter(event: EventRow): number {
  return Math.round(
    (Date.parse(event.onset_on) - Date.parse(event.performed_on ?? event.onset_on)) / 86_400_000,
  );
}

const columns = [
  'id',
  'version',
  'patient_id',
  'session_id',
  'performed_on',
  'treatment',
  'kind',
  'grade',
  'onset_on',
  'days_after_session',
  'lot_id',
  'lot_number',
  'found_by',
  'outcome',
  'resolved_on',
  'description',
  'treatment_given',
  'withdrawn_reason',
  'recorded_at',
] as const;

/** All events as CSV; patients by id, not by name. */
export function eventsAsCsv(events: readonly EventRow[]): string {
  return csvText(
    columns,
    events.map((event): readonly Cell[] => [
      event.id,
      event.version,
      event.patient_id,
      event.session_id,
      event.performed_on,
      event.treatment,
      event.kind,
      event.grade,
      event.onset_on,
      event.performed_on === null ? null : daysAfter(event),
      event.lot_id,
      event.lot_number,
      event.found_by,
      event.outcome,
      event.resolved_on,
      event.description,
      event.treatment_given,
      event.withdrawn_reason,
      event.recorded_at.toISOString(),
    ]),
  );
}

/** FHIR R4 codes of `AdverseEvent.outcome` (adverse-event-outcome). */
const fhirOutcome = {
  ongoing: 'ongoing',
  resolved: 'resolved',
  'resolved-with-mark': 'resolvedWithSequelae',
  lasting: 'ongoing',
  fatal: 'fatal',
  unknown: 'unknown',
} as const;

/** FHIR R4 codes of `AdverseEvent.severity` (adverse-event-severity), from the grade. */
function fhirSeverity(grade: number): 'mild' | 'moderate' | 'severe' {
  return grade <= 1 ? 'mild' : grade === 2 ? 'moderate' : 'severe';
}

/** One event as a FHIR R4 `AdverseEvent`. Kinds are our own code system; a withdrawn event has no place in an export. */
export function asFhirAdverseEvent(event: EventRow) {
  return {
    resourceType: 'AdverseEvent' as const,
    id: event.id,
    meta: { versionId: String(event.version), lastUpdated: event.changed_at.toISOString() },
    actuality: 'actual' as const,
    event: {
      coding: [{ system: 'urn:undertone:adverse-event-kind', code: event.kind }],
      text: eventKinds[event.kind].label.en,
    },
    subject: { reference: `Patient/${event.patient_id}` },
    ...(event.session_id !== null && { encounter: { reference: `Encounter/${event.session_id}` } }),
    date: event.onset_on,
    recordedDate: event.recorded_at.toISOString(),
    seriousness: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness',
          code: event.grade >= 3 ? 'Serious' : 'Non-serious',
        },
      ],
    },
    severity: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/adverse-event-severity',
          code: fhirSeverity(event.grade),
        },
      ],
    },
    outcome: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome',
          code: fhirOutcome[event.outcome],
        },
      ],
    },
    ...(event.lot_number !== null && {
      suspectEntity: [{ instance: { identifier: { value: event.lot_number }, display: event.lot_number } }],
    }),
  };
}

/** All events that stand, as a FHIR R4 bundle of type `collection`. */
export function eventsAsFhir(events: readonly EventRow[], now: Date) {
  return {
    resourceType: 'Bundle' as const,
    type: 'collection' as const,
    timestamp: now.toISOString(),
    entry: events
      .filter(({ withdrawn_reason }) => withdrawn_reason === null)
      .map((event) => ({ fullUrl: `urn:uuid:${event.id}`, resource: asFhirAdverseEvent(event) })),
  };
}
