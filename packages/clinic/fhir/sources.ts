/**
 * Where each kind of resource comes from: a statement over other subjects' tables, and the function that maps its rows.
 *
 * With `reports` this is the second place that reads tables of other subjects without their commands (docs/decisions/0008):
 * a page of a search is one statement over what may be three tables, and hundreds of records a second leave in a bulk
 * export. It only reads. What a role may not see is left out before the database is asked.
 *
 * store.ts makes the statements: each source is read in the order of its key, so that a page costs what is on it, however
 * long the table. `updated` is null where no time of the last change is kept; `row` has the columns the mapper takes.
 */
import type { Resource } from '@medplum/fhirtypes';
import { type RawBuilder, sql } from 'kysely';
import type { Action } from '../staff/rules.ts';
import { auditEventOf, consentSignedOf, decisionSignedOf, planSignedOf, sessionSignedOf } from './acts.ts';
import { documentOf } from './documents.ts';
import { allergyOf, answersOf, conditionOf, consentOf, medicineOf, permissionOf } from './health.ts';
import { deviceOf, medicationOf, substanceOf } from './materials.ts';
import { locationOf, organizationOf, patientOf, practitionerOf } from './people.ts';
import {
  adverseEventOf,
  healedColourOf,
  measureOf,
  patientScoreOf,
  ratingOf,
  spotReadingOf,
} from './results.ts';
import type { MapContext, ServedType } from './schema.ts';
import { appointmentOf, encounterOf, numbingOf, procedureOf } from './visits.ts';

/** Expressions over one table and what is joined to it. */
export interface Rows {
  readonly table: string;
  readonly alias: string;
  readonly joins?: string;
  readonly where?: string;
  /** The resource's id, text: it begins with `key`, a uuid, unless `key` is a number. */
  readonly id: string;
  /** Column in whose order an index gives the rows; together with what `id` adds to it, the order of ids. */
  readonly key: string;
  readonly keyType?: 'uuid' | 'number';
  readonly patient: string;
  /** Where it may be about several people, and `patient` is null then: whether it is about anybody, and the keys of some. */
  readonly several?: {
    readonly isOfSomebody: string;
    readonly keysOf: (tenantId: string, patientIds: readonly string[]) => RawBuilder<unknown>;
  };
  /** Branch whose day it belongs to; left out: open across branches, as the record is. */
  readonly branch?: string;
  readonly updated: string;
  /** Where `updated` looks into another table: what an index gives by time, the keys of what changed in each. */
  readonly changes?: readonly { readonly table: string; readonly key: string; readonly at: string }[];
  /** `updated` and `when` are text, as `Date.toISOString` writes it, in the order of its bytes. */
  readonly hasTextTimes?: boolean;
  /**
   * Set where the newest come first, for what grows while it is read: what they are ordered by, before the key, and what of
   * that stands in the row of a key.
   */
  readonly newest?: {
    readonly at: string;
    readonly atKey: (tenantId: string, key: string) => RawBuilder<unknown>;
  };
  readonly identifier?: string;
  /** What a search by date means. */
  readonly when?: string;
  /** What it is about, by kind: the id, and the uuid in a column that the id begins with. */
  readonly targets?: Partial<Readonly<Record<ServedType, { readonly id: string; readonly key: string }>>>;
  readonly row: string;
}

export interface Source {
  readonly actions: readonly Action[];
  readonly rows: Rows;
  readonly map: (row: never, updated: string | null, context: MapContext) => Resource;
}

export interface TypeFacts {
  readonly sources: readonly Source[];
  /** Whether it belongs to a person: `patient` can be searched, and `$everything` holds it. */
  readonly ofPatient: boolean;
  readonly hasIdentifier: boolean;
  /** Whether every source knows when its rows last changed. */
  readonly hasUpdated: boolean;
  /** Name of the parameter that searches by date, where there is one. */
  readonly date?: 'date' | 'recorded';
  /** Whether `target` can be searched. */
  readonly hasTarget?: boolean;
}

/** One table, where what is not said is as it mostly is. */
function columns(
  table: string,
  alias: string,
  said: Omit<Rows, 'table' | 'alias' | 'key' | 'row'> & Partial<Pick<Rows, 'key' | 'row'>>,
): Rows {
  return { table, alias, key: `${alias}.id`, row: `to_jsonb(${alias})`, ...said };
}

const none = 'null::uuid';
/** No time of the last change is kept. */
export const unknown = 'null::timestamptz';

const patients = columns('patients', 'p', {
  id: 'p.id::text',
  patient: 'p.id',
  updated: 'coalesce(p.changed_at, p.created_at)',
  identifier: 'p.id::text',
  row: `to_jsonb(p) || jsonb_build_object('merged', coalesce((select jsonb_agg(m.id order by m.id) from patients m
    where m.tenant_id = p.tenant_id and m.merged_into = p.id), '[]'), 'is_kept_by_law', exists (select from erasures e
    where e.tenant_id = p.tenant_id and e.patient_id = p.id and e.state = 'waiting'))`,
});

const staff = columns('staff', 's', {
  id: 's.id::text',
  patient: none,
  updated: unknown,
  row: `jsonb_build_object('id', s.id, 'name', s.name, 'active', s.disabled_at is null)`,
});
/** People who can be booked and have no account. */
const practitioners = columns('practitioners', 'p', {
  id: 'p.id::text',
  patient: none,
  updated: unknown,
  row: `jsonb_build_object('id', p.id, 'name', p.name, 'active', p.left_at is null)`,
  where: 'p.staff_id is null',
});

const bookings = columns('bookings', 'b', {
  id: 'b.id::text',
  patient: 'b.patient_id',
  updated: 'b.changed_at',
  when: 'b.starts_at',
  identifier: 'b.id::text',
  branch: 'b.branch_id',
  row: `jsonb_build_object('id', b.id, 'status', b.status, 'branch_id', b.branch_id, 'patient_id', b.patient_id,
    'practitioner', coalesce(p.staff_id, p.id), 'name', b.name, 'service', s.names ->> 'en', 'starts_at', b.starts_at,
    'ends_at', b.ends_at, 'created_at', b.created_at, 'note', b.note, 'cancel_reason', b.cancel_reason)`,
  joins: `left join practitioners p on p.tenant_id = b.tenant_id and p.id = b.practitioner_id
    left join services s on s.tenant_id = b.tenant_id and s.id = b.service_id`,
  where: `b.kind = 'visit'`,
});

const health = (kind: 'history' | 'allergy' | 'medicine') =>
  columns('health_entries', 'h', {
    id: 'h.id::text',
    patient: 'h.patient_id',
    updated: 'greatest(h.noted_at, h.ended_at)',
    where: `h.kind = '${kind}'`,
  });

const consents = columns('consents', 'c', {
  id: 'c.id::text',
  patient: 'c.patient_id',
  updated: 'greatest(c.offered_at, c.signed_at, c.withdrawn_at)',
  row: `jsonb_build_object('id', c.id, 'patient_id', c.patient_id, 'treatment', c.treatment, 'language', c.language,
    'text_version', c.text_version, 'state', c.state, 'offered_at', c.offered_at, 'signed_at', c.signed_at,
    'withdrawn_at', c.withdrawn_at, 'file_id', c.file_id)`,
});
const permission = (table: 'photo_consents' | 'contact_consents', what: string) =>
  columns(table, 'c', {
    id: 'c.id::text',
    patient: 'c.patient_id',
    updated: 'greatest(c.given_at, c.withdrawn_at)',
    row: `jsonb_build_object('id', c.id, 'patient_id', c.patient_id, 'what', ${what}, 'given_at', c.given_at,
      'withdrawn_at', c.withdrawn_at)`,
  });

const intakes = columns('intake_forms', 'f', {
  id: 'f.id::text',
  patient: 'f.patient_id',
  updated: `greatest(f.created_at, f.submitted_at, f.settled_at, (select max(s.saved_at) from intake_saves s
    where s.tenant_id = f.tenant_id and s.form_id = f.id))`,
  changes: [
    { table: 'intake_forms', key: 'id', at: 'greatest(created_at, submitted_at, settled_at)' },
    { table: 'intake_saves', key: 'form_id', at: 'saved_at' },
  ],
  row: `jsonb_build_object('id', f.id, 'patient_id', f.patient_id, 'questionnaire', 'intake', 'treatment', f.treatment,
    'status', case f.state when 'open' then 'in-progress' when 'withdrawn' then 'stopped' else 'completed' end,
    'authored', coalesce(f.submitted_at, f.created_at), 'by_patient', true, 'answers', f.draft)`,
  where: 'f.patient_id is not null',
});
const screenings = columns('screening_answers', 'a', {
  id: `a.patient_id || '-' || a.treatment || '-' || a.version`,
  key: 'a.patient_id',
  patient: 'a.patient_id',
  updated: 'a.given_at',
  row: `jsonb_build_object('id', a.patient_id || '-' || a.treatment || '-' || a.version, 'patient_id', a.patient_id,
    'questionnaire', 'screening', 'treatment', a.treatment, 'status', 'completed', 'authored', a.given_at,
    'by_patient', a.source <> 'staff', 'answers', a.answers)`,
});
const checkIns = columns('check_in_answers', 'a', {
  id: `a.check_in_id || '-' || a.version`,
  key: 'a.check_in_id',
  patient: 'c.patient_id',
  updated: 'a.answered_at',
  row: `jsonb_build_object('id', a.check_in_id || '-' || a.version, 'patient_id', c.patient_id,
    'questionnaire', 'check-in', 'treatment', c.treatment, 'status', 'completed', 'authored', a.answered_at,
    'by_patient', a.said_by = 'patient', 'answers', a.answers)`,
  joins: 'join check_ins c on c.tenant_id = a.tenant_id and c.id = a.check_in_id',
});

const sessionChanged = `greatest(s.started_at, s.kept_at, s.signed_at, (select max(e.received_at) from session_entries e
  where e.tenant_id = s.tenant_id and e.session_id = s.id))`;
const sessionChanges = [
  { table: 'sessions', key: 'id', at: 'greatest(started_at, kept_at, signed_at)' },
  { table: 'session_entries', key: 'session_id', at: 'received_at' },
];
const sessions = columns('sessions', 's', {
  id: 's.id::text',
  patient: 's.patient_id',
  updated: sessionChanged,
  changes: sessionChanges,
  row: `jsonb_build_object('id', s.id, 'patient_id', s.patient_id, 'treatment', s.treatment, 'branch_id', s.branch_id,
    'operator_id', s.operator_id, 'physician_id', s.physician_id, 'state', s.state, 'started_at', s.started_at,
    'performed_at', s.performed_at, 'ended_at', s.ended_at, 'lots', coalesce((
      select jsonb_agg(distinct jsonb_build_object('id', l.lot_id, 'kind', i.kind))
      from session_lots l join stock_lots k on k.tenant_id = l.tenant_id and k.id = l.lot_id
      join stock_items i on i.tenant_id = k.tenant_id and i.id = k.item_id
      where l.tenant_id = s.tenant_id and l.session_id = s.id), '[]'))`,
});
/** What was taken back in the journal was not given. */
const numbingStands = `e.tenant_id = s.tenant_id and e.session_id = s.id and e.kind = 'numbing'
  and not exists (select 1 from session_entries v where v.tenant_id = e.tenant_id and v.session_id = e.session_id
    and v.kind = 'void' and v.body ->> 'of' = e.id::text)`;
const numbing = columns('sessions', 's', {
  id: `s.id || '-numbing'`,
  patient: 's.patient_id',
  updated: sessionChanged,
  changes: sessionChanges,
  row: `jsonb_build_object('session_id', s.id, 'patient_id', s.patient_id, 'at',
    (select min(e.happened_at) from session_entries e where ${numbingStands}),
    'given', (select jsonb_agg(e.body order by e.seq) from session_entries e where ${numbingStands}))`,
  where: `exists (select 1 from session_entries e where ${numbingStands})`,
});

const spotReadings = columns('spot_readings', 'r', {
  id: `r.spot_id || '-' || r.seq`,
  key: 'r.spot_id',
  patient: 's.patient_id',
  updated: 'r.read_at',
  row: `to_jsonb(r) || jsonb_build_object('patient_id', s.patient_id, 'kind', s.kind, 'place', s.place)`,
  joins: 'join screening_spots s on s.tenant_id = r.tenant_id and s.id = r.spot_id',
});
const outcomes = (part: 'colour' | 'score', where: string) =>
  columns('outcomes', 'o', {
    id: `o.id || '-${part}'`,
    patient: 'o.patient_id',
    updated: 'greatest(o.recorded_at, o.withdrawn_at)',
    row: `jsonb_build_object('id', o.id, 'patient_id', o.patient_id, 'session_id', o.session_id, 'treatment', o.treatment,
      'time_point', o.time_point, 'taken_on', o.taken_on, 'readings', o.readings, 'patient_score', o.patient_score,
      'note', o.note, 'withdrawn', o.withdrawn_at is not null)`,
    where,
  });
const ratings = columns('outcome_ratings', 'r', {
  id: 'r.id::text',
  patient: 'o.patient_id',
  updated: 'r.rated_at',
  row: `to_jsonb(r) || jsonb_build_object('patient_id', o.patient_id, 'session_id', o.session_id)`,
  joins: 'join outcomes o on o.tenant_id = r.tenant_id and o.id = r.outcome_id',
  where: 'o.withdrawn_at is null',
});
const measure = (what: 'weight' | 'fitzpatrick' | 'monk', column: string, on: string) =>
  columns('patients', 'p', {
    id: `p.id || '-${what}'`,
    patient: 'p.id',
    updated: 'coalesce(p.changed_at, p.created_at)',
    row: `jsonb_build_object('patient_id', p.id, 'what', '${what}', 'value', p.${column}, 'on', ${on})`,
    where: `p.${column} is not null`,
  });

const lots = (kinds: readonly string[]) =>
  columns('stock_lots', 'l', {
    id: 'l.id::text',
    patient: none,
    updated: unknown,
    identifier: 'l.lot_number',
    row: `jsonb_build_object('id', l.id, 'lot_number', l.lot_number, 'expires_on', l.expires_on, 'name', i.name,
      'maker', i.maker, 'kind', i.kind, 'ingredients', i.ingredients)`,
    joins: 'join stock_items i on i.tenant_id = l.tenant_id and i.id = l.item_id',
    where: `i.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})`,
  });

const document = (expressions: {
  readonly table: string;
  readonly kind: 'consent' | 'plan' | 'photo';
  readonly patient: string;
  readonly title: string;
  readonly language: string;
  readonly at: string;
  readonly updated: string;
  readonly superseded: string;
  readonly session: string;
  readonly joins?: string;
  readonly where: string;
}) =>
  columns(expressions.table, 'd', {
    id: 'f.id::text',
    key: 'f.id',
    patient: expressions.patient,
    updated: expressions.updated,
    row: `jsonb_build_object('file_id', f.id, 'patient_id', ${expressions.patient}, 'kind', '${expressions.kind}',
      'title', ${expressions.title}, 'language', ${expressions.language}, 'media_type', f.media_type,
      'size_bytes', f.size_bytes, 'at', ${expressions.at}, 'superseded', ${expressions.superseded},
      'session_id', ${expressions.session})`,
    joins: `${expressions.joins ?? ''} join files f on f.tenant_id = d.tenant_id and f.id = d.file_id`,
    where: expressions.where,
  });
const consentPapers = document({
  table: 'consents',
  kind: 'consent',
  patient: 'd.patient_id',
  title: `'Consent, ' || d.treatment`,
  language: 'd.language',
  at: 'd.signed_at',
  updated: 'greatest(d.signed_at, d.withdrawn_at)',
  superseded: 'd.withdrawn_at is not null',
  session: none,
  where: 'd.file_id is not null',
});
const planPapers = document({
  table: 'plan_files',
  kind: 'plan',
  patient: 'p.patient_id',
  title: `'Plan, ' || p.treatment || ', version ' || p.version`,
  language: 'null::text',
  at: 'p.created_at',
  updated: 'p.created_at',
  superseded: `exists (select 1 from plans n where n.tenant_id = p.tenant_id and n.plan_id = p.plan_id
    and n.version > p.version)`,
  session: none,
  joins: 'join plans p on p.tenant_id = d.tenant_id and p.plan_id = d.plan_id and p.version = d.version',
  where: `d.part = 'pdf'`,
});
/** Photographs leave only while the person's yes to keeping them stands. */
const photos = document({
  table: 'photos',
  kind: 'photo',
  patient: 'd.patient_id',
  title: `'Photograph, ' || d.treatment || ', ' || d.view`,
  language: 'null::text',
  at: 'd.taken_at',
  updated: 'd.added_at',
  superseded: 'false',
  session: 'd.session_id',
  where: `exists (select 1 from photo_consents c where c.tenant_id = d.tenant_id and c.patient_id = d.patient_id
    and c.use = 'record' and c.withdrawn_at is null)`,
});

const adverseEvents = columns('adverse_events', 'e', {
  id: 'e.id::text',
  patient: 'e.patient_id',
  updated: 'e.changed_at',
  row: `to_jsonb(e) || jsonb_build_object('patient_name', '', 'performed_on', null, 'lot_number', l.lot_number,
    'lot_kind', i.kind, 'session_id', (select s.id from sessions s where s.tenant_id = e.tenant_id and s.id = e.session_id))`,
  joins: `left join stock_lots l on l.tenant_id = e.tenant_id and l.id = e.lot_id
    left join stock_items i on i.tenant_id = l.tenant_id and i.id = l.item_id`,
  where: 'e.withdrawn_reason is null',
});

/** Who signed it, and as what: a name where the signer has no resource of their own. */
const signedConsents = columns('consents', 'c', {
  id: `c.id || '-signed'`,
  patient: 'c.patient_id',
  updated: 'c.signed_at',
  when: 'c.signed_at',
  targets: {
    Consent: { id: 'c.id::text', key: 'c.id' },
    DocumentReference: { id: 'c.file_id::text', key: 'c.file_id' },
  },
  row: `jsonb_build_object('id', c.id, 'patient_id', c.patient_id, 'file_id', c.file_id, 'signed_at', c.signed_at,
    'sha256', encode(c.document_sha256, 'hex'), 'signers', coalesce((
      select jsonb_agg(jsonb_build_object('part', s.part, 'name', s.name) order by s.signed_at, s.part)
      from consent_signatures s where s.tenant_id = c.tenant_id and s.consent_id = c.id), '[]'))`,
  where: 'c.signed_at is not null',
});
const signedPlans = columns('plan_signatures', 'g', {
  id: `g.plan_id || '-' || g.version`,
  key: 'g.plan_id',
  patient: 'p.patient_id',
  updated: 'g.signed_at',
  when: 'g.signed_at',
  targets: { DocumentReference: { id: 'd.file_id::text', key: 'd.file_id' } },
  row: `jsonb_build_object('id', g.plan_id || '-' || g.version, 'patient_id', p.patient_id, 'file_id', d.file_id,
    'signed_at', g.signed_at, 'signed_by', g.signed_by, 'sha256', encode(g.content_sha256, 'hex'))`,
  joins: `join plans p on p.tenant_id = g.tenant_id and p.plan_id = g.plan_id and p.version = g.version
    join plan_files d on d.tenant_id = g.tenant_id and d.plan_id = g.plan_id and d.version = g.version and d.part = 'pdf'`,
});
const decisions = columns('screening_decisions', 'd', {
  id: 'd.id::text',
  patient: 'd.patient_id',
  updated: 'd.signed_at',
  when: 'd.signed_at',
  targets: {
    QuestionnaireResponse: {
      id: `d.patient_id || '-' || d.treatment || '-' || d.answers_version`,
      key: 'd.patient_id',
    },
  },
  row: `jsonb_build_object('id', d.id, 'patient_id', d.patient_id, 'answers_id',
    d.patient_id || '-' || d.treatment || '-' || d.answers_version, 'overall', d.overall, 'signed_at', d.signed_at,
    'signed_by', d.signed_by, 'sha256', encode(d.sha256, 'hex'))`,
});
const signedSessions = columns('sessions', 's', {
  id: `s.id || '-signed'`,
  patient: 's.patient_id',
  updated: 's.signed_at',
  when: 's.signed_at',
  targets: {
    Procedure: { id: 's.id::text', key: 's.id' },
    Encounter: { id: 's.id::text', key: 's.id' },
  },
  row: `jsonb_build_object('id', s.id, 'patient_id', s.patient_id, 'signed_at', s.signed_at, 'signed_by', s.signed_by,
    'sha256', encode(s.sha256, 'hex'))`,
  where: `s.state = 'signed'`,
});

/** Twelve digits, so that ids are in the order of the chain. Clocks are set back: its order in time may differ. */
const auditEntries = columns('audit_entries', 'a', {
  id: `lpad(a.seq::text, 12, '0')`,
  key: 'a.seq',
  keyType: 'number',
  patient: `case when a.subject_kind = 'patient' then a.subject_id end`,
  several: {
    isOfSomebody: `(a.subject_kind = 'patient' or named.people is not null)`,
    keysOf: (tenantId, ids) => sql`select e.seq from audit_entries e
        where e.tenant_id = ${tenantId} and e.subject_kind = 'patient' and e.subject_id = any (${[...ids]}::text[])
      union all select n.seq from audit_patients n
        where n.tenant_id = ${tenantId} and n.patient_id = any (${[...ids]}::uuid[])`,
  },
  updated: 'a.at collate "C"',
  when: 'a.at collate "C"',
  hasTextTimes: true,
  newest: {
    at: 'a.at collate "C"',
    atKey: (tenantId, key) => sql`(select f.at collate "C" from audit_entries f
      where f.tenant_id = ${tenantId} and f.seq = ${key})`,
  },
  row: `jsonb_build_object('seq', lpad(a.seq::text, 12, '0'), 'at', a.at, 'action', a.action, 'actor_kind', a.actor_kind,
    'actor_id', a.actor_id, 'subject_kind', a.subject_kind, 'subject_id', a.subject_id,
    'is_member', case when a.actor_kind = 'staff' then exists (
      select 1 from staff f where f.tenant_id = a.tenant_id and f.id = a.actor_id::uuid) else false end,
    'is_patient', case when a.subject_kind = 'patient' then exists (select 1 from patients p
      where p.tenant_id = a.tenant_id and p.id = a.subject_id::uuid) else false end, 'people', coalesce(named.people, '[]'))`,
  joins: `left join lateral (select jsonb_agg(jsonb_build_object('id', n.patient_id, 'is_patient', p.id is not null)
      order by n.patient_id) as people
    from audit_patients n left join patients p on p.tenant_id = n.tenant_id and p.id = n.patient_id
    where n.tenant_id = a.tenant_id and n.seq = a.seq) named on true`,
});

function from(action: Action | readonly Action[], rows: Rows, map: Source['map']): Source {
  return { actions: typeof action === 'string' ? [action] : action, rows, map };
}

const personal = { ofPatient: true, hasIdentifier: false, hasUpdated: true } as const;
const shared = { ofPatient: false, hasIdentifier: false, hasUpdated: false } as const;

export const typeFacts: Readonly<Record<ServedType, TypeFacts>> = {
  Organization: {
    ...shared,
    sources: [
      from(
        'patient.read',
        columns('tenants', 't', {
          id: 't.tenant_id::text',
          key: 't.tenant_id',
          patient: none,
          updated: unknown,
          row: `jsonb_build_object('id', t.tenant_id, 'name', t.name, 'country', t.country, 'facts', t.facts)`,
        }),
        organizationOf,
      ),
    ],
  },
  Location: {
    ...shared,
    sources: [
      from(
        'patient.read',
        columns('branches', 'b', { id: 'b.id::text', patient: none, updated: unknown }),
        locationOf,
      ),
    ],
  },
  Practitioner: {
    ...shared,
    sources: [
      from('patient.read', staff, practitionerOf),
      from('patient.read', practitioners, practitionerOf),
    ],
  },
  Patient: { ...personal, hasIdentifier: true, sources: [from('patient.read', patients, patientOf)] },
  Appointment: {
    ...personal,
    hasIdentifier: true,
    date: 'date',
    sources: [from('booking.read', bookings, appointmentOf)],
  },
  Consent: {
    ...personal,
    sources: [
      from('consent.read', consents, consentOf),
      from('consent.read', permission('photo_consents', `'Photographs: ' || c.use`), permissionOf),
      from(
        'patient.read',
        permission('contact_consents', `'Messages: ' || c.purpose || ' by ' || c.channel`),
        permissionOf,
      ),
    ],
  },
  Condition: { ...personal, sources: [from('patient.read', health('history'), conditionOf)] },
  AllergyIntolerance: { ...personal, sources: [from('patient.read', health('allergy'), allergyOf)] },
  MedicationStatement: { ...personal, sources: [from('patient.read', health('medicine'), medicineOf)] },
  QuestionnaireResponse: {
    ...personal,
    sources: [
      from('patient.read', intakes, answersOf),
      from('screening.read', screenings, answersOf),
      from('followup.read', checkIns, answersOf),
    ],
  },
  Encounter: { ...personal, sources: [from('session.read', sessions, encounterOf)] },
  Procedure: { ...personal, sources: [from('session.read', sessions, procedureOf)] },
  Observation: {
    ...personal,
    sources: [
      from('screening.read', spotReadings, spotReadingOf),
      from('outcome.read', outcomes('colour', 'o.readings is not null'), healedColourOf),
      from('outcome.read', outcomes('score', 'o.patient_score is not null'), patientScoreOf),
      from('outcome.read', ratings, ratingOf),
      from('session.read', numbing, numbingOf),
      from('patient.read', measure('weight', 'weight_kg', 'p.weighed_on'), measureOf),
      from('patient.read', measure('fitzpatrick', 'fitzpatrick', 'null'), measureOf),
      from('patient.read', measure('monk', 'monk', 'null'), measureOf),
    ],
  },
  Substance: {
    ...shared,
    hasIdentifier: true,
    sources: [from('stock.read', lots(['pigment']), substanceOf)],
  },
  Medication: { ...shared, hasIdentifier: true, sources: [from('stock.read', lots(['drug']), medicationOf)] },
  Device: {
    ...shared,
    hasIdentifier: true,
    sources: [from('stock.read', lots(['needle', 'consumable']), deviceOf)],
  },
  DocumentReference: {
    ...personal,
    sources: [
      from('consent.read', consentPapers, documentOf),
      from('plan.read', planPapers, documentOf),
      from('photo.read', photos, documentOf),
    ],
  },
  AdverseEvent: { ...personal, sources: [from('followup.read', adverseEvents, adverseEventOf)] },
  Provenance: {
    ...personal,
    date: 'recorded',
    hasTarget: true,
    sources: [
      from(['audit.read', 'consent.read'], signedConsents, consentSignedOf),
      from(['audit.read', 'plan.read'], signedPlans, planSignedOf),
      from(['audit.read', 'screening.read'], decisions, decisionSignedOf),
      from(['audit.read', 'session.read'], signedSessions, sessionSignedOf),
    ],
  },
  AuditEvent: {
    ...personal,
    date: 'date',
    sources: [from('audit.read', auditEntries, auditEventOf)],
  },
};
