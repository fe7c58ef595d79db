/** Who signed what, and what the audit chain tells. */
import type { AuditEvent, Provenance } from '@medplum/fhirtypes';
import { type MapContext, resource } from './schema.ts';

interface Signed {
  readonly id: string;
  readonly targets: readonly string[];
  readonly at: string;
  readonly agents: readonly {
    readonly what: string;
    readonly reference?: string;
    readonly display?: string;
  }[];
  /** Of what was signed, as the clinic keeps it. */
  readonly sha256: string | null;
}

function signed({ id, targets, at, agents, sha256 }: Signed): Provenance {
  return resource<Provenance>({
    resourceType: 'Provenance',
    id,
    meta: { lastUpdated: at },
    extension: sha256 === null ? [] : [{ url: 'urn:undertone:fhir:sha256', valueString: sha256 }],
    target: targets.map((reference) => ({ reference })),
    recorded: at,
    activity: {
      // LA: legally authenticated, signed by whoever answers for it.
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion',
          code: 'LA',
          display: 'legally authenticated',
        },
      ],
    },
    agent: agents.map(({ what, reference, display }) => ({
      type: { text: what },
      who: { reference, display },
    })),
  });
}

const member = (what: string, id: string) => [{ what, reference: `Practitioner/${id}` }];

export interface ConsentSignedRow {
  readonly id: string;
  readonly patient_id: string;
  readonly file_id: string;
  readonly signed_at: string;
  readonly sha256: string | null;
  readonly signers: readonly { readonly part: string; readonly name: string }[];
}

export function consentSignedOf(row: ConsentSignedRow): Provenance {
  const patient = { what: 'patient', reference: `Patient/${row.patient_id}` };
  const others = row.signers
    .filter(({ part }) => part !== 'patient' && part !== 'assent')
    .map(({ part, name }) => ({ what: part, display: name }));
  const isOwn = others.length === 0 || row.signers.length > others.length;
  return signed({
    id: `${row.id}-signed`,
    targets: [`Consent/${row.id}`, `DocumentReference/${row.file_id}`],
    at: row.signed_at,
    agents: [...(isOwn ? [patient] : []), ...others],
    sha256: row.sha256,
  });
}

export interface PlanSignedRow {
  readonly id: string;
  readonly file_id: string;
  readonly signed_at: string;
  readonly signed_by: string;
  readonly sha256: string | null;
}

export function planSignedOf(row: PlanSignedRow): Provenance {
  return signed({
    id: row.id,
    targets: [`DocumentReference/${row.file_id}`],
    at: row.signed_at,
    agents: member('physician', row.signed_by),
    sha256: row.sha256,
  });
}

export interface DecisionSignedRow {
  readonly id: string;
  /** Of the answers that were decided upon. */
  readonly answers_id: string;
  readonly signed_at: string;
  readonly signed_by: string;
  readonly sha256: string | null;
}

export function decisionSignedOf(row: DecisionSignedRow): Provenance {
  return signed({
    id: row.id,
    targets: [`QuestionnaireResponse/${row.answers_id}`],
    at: row.signed_at,
    agents: member('physician', row.signed_by),
    sha256: row.sha256,
  });
}

export interface SessionSignedRow {
  readonly id: string;
  readonly signed_at: string;
  readonly signed_by: string;
  readonly sha256: string | null;
}

export function sessionSignedOf(row: SessionSignedRow): Provenance {
  return signed({
    id: `${row.id}-signed`,
    targets: [`Procedure/${row.id}`, `Encounter/${row.id}`],
    at: row.signed_at,
    agents: member('physician', row.signed_by),
    sha256: row.sha256,
  });
}

export interface AuditRow {
  /** Place in the chain, twelve digits. */
  readonly seq: string;
  readonly at: string;
  readonly action: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly subject_kind: string;
  readonly subject_id: string | null;
  readonly is_member: boolean;
  /** Whether the record is still there: after an erasure the chain names an id that leads nowhere. */
  readonly is_patient: boolean;
  /** Everybody it concerns, where that is several people. */
  readonly people: readonly { readonly id: string; readonly is_patient: boolean }[];
}

/** What was done, as FHIR tells it apart; by the verb the clinic's own name of the act ends with. */
function kindOf(action: string): AuditEvent['action'] {
  const verb = action.slice(action.lastIndexOf('.') + 1);
  if (/^(read|listed|searched|found|opened|everything|exported|shown|fetched|printed)$/.test(verb))
    return 'R';
  if (/^(created|made|added|booked|placed|recorded|offered|started|received)$/.test(verb)) return 'C';
  if (/^(changed|moved|saved|merged|signed|settled|kept|renamed|withdrawn)$/.test(verb)) return 'U';
  return /^(removed|erased|deleted|discarded)$/.test(verb) ? 'D' : 'E';
}

/**
 * What changed stays in the chain and on its page: an entry of the log tells who did what to whose data, and when. Asked for
 * somebody's entries, one that concerns several people names that person alone.
 */
export function auditEventOf(
  row: AuditRow,
  _: string | null,
  { tenantId, ofPatients }: MapContext,
): AuditEvent {
  const named = (kind: string, id: string | null) =>
    id === null
      ? { display: kind }
      : { identifier: { system: `urn:undertone:${kind}`, value: id }, display: kind };
  const person = (id: string | null, isThere: boolean) =>
    isThere ? { reference: `Patient/${id}` } : named('patient', id);
  const people = row.people.filter(({ id }) => ofPatients === undefined || ofPatients.includes(id));
  return resource<AuditEvent>({
    resourceType: 'AuditEvent',
    id: row.seq,
    meta: { lastUpdated: row.at },
    type: { system: 'urn:undertone:audit', code: row.action },
    action: kindOf(row.action),
    recorded: row.at,
    outcome: '0',
    agent: [
      {
        who: row.is_member
          ? { reference: `Practitioner/${row.actor_id}` }
          : named(row.actor_kind, row.actor_id),
        requestor: true,
      },
    ],
    source: { observer: { reference: `Organization/${tenantId}` } },
    entity: [
      {
        what:
          row.subject_kind === 'patient'
            ? person(row.subject_id, row.is_patient)
            : named(row.subject_kind, row.subject_id),
      },
      ...people.map(({ id, is_patient }) => ({ what: person(id, is_patient) })),
    ],
  });
}
