/*
 * What an erasure does with every table of the database. A table that is not named here fails the test beside this file:
 * whoever adds one says whether it holds anything of a patient, and if so, when it goes and how it is found.
 *
 * The order is that of removal: what refers to something stands before it.
 */
import { type RawBuilder, sql } from 'kysely';
import type { RecordKind } from './schema.ts';
import type { Subjects } from './subjects.ts';

/** A condition or an assignment. Everything given is an id, a contact or a date; no words of the program's own. */
type Part = RawBuilder<unknown>;

export interface PatientFate {
  readonly table: string;
  /** Goes when records of this kind may go. */
  readonly kind: RecordKind;
  /** Whose rows they are. The tenant is always asked for besides. */
  readonly where: (of: Subjects) => Part;
  /** Columns emptied in place of the row's removal. */
  readonly set?: (of: Subjects) => Part;
  /** Columns that name files, which go with the row. */
  readonly files?: readonly string[];
}

const any = (column: string, ids: readonly string[]) => sql`${sql.ref(column)} = any(${[...ids]}::uuid[])`;
const by = (column: string, of: keyof Subjects) => (subjects: Subjects) =>
  any(column, subjects[of] as readonly string[]);
const patient = by('patient_id', 'patients');

/** What of a person's names and addresses is hers alone, lower case: a short word would be found everywhere. */
function tellingWords({ names, emails, phones }: Subjects): string[] {
  const words = names.flatMap((name) => [name, ...name.split(/\s+/)]);
  return [...words.filter((word) => word.includes(' ') || word.length >= 6), ...emails, ...phones];
}

export const patientFates: readonly PatientFate[] = [
  // To reach people: visits, wishes, messages. Words and numbers first, then what they hang on.
  {
    table: 'messages',
    kind: 'contact',
    where: (of) => any('id', of.messages),
  },
  {
    table: 'idempotency_keys',
    kind: 'contact',
    where: (of) => sql`(reply ->> 'bookingId' = any(${[...of.bookings]}::text[])
      or reply ->> 'patientId' = any(${[...of.patients]}::text[])
      or reply ->> 'requestId' = any(${[...of.callBacks]}::text[]))`,
  },
  {
    // Why somebody opened records in an emergency, when hers was one of them or the words name her.
    table: 'emergency_reasons',
    kind: 'contact',
    where: (of) => sql`(exists (select 1 from audit_entries a where a.tenant_id = emergency_reasons.tenant_id
        and (a.subject_kind = 'patient' and a.subject_id = any(${[...of.patients]}::text[])
          or exists (select 1 from audit_patients n where n.tenant_id = a.tenant_id and n.seq = a.seq
            and n.patient_id = any(${[...of.patients]}::uuid[])))
        and a.actor_id = emergency_reasons.staff_id::text
        and a.at::timestamptz between emergency_reasons.from_at and emergency_reasons.until_at)
      or exists (select 1 from unnest(${tellingWords(of)}::text[]) as t where position(t in lower(reason)) > 0))`,
  },
  {
    table: 'message_opt_outs',
    kind: 'contact',
    where: (of) => sql`recipient_hash = any(${[...of.optOuts]}::bytea[])`,
  },
  {
    table: 'booking_links',
    kind: 'contact',
    where: (of) => any('subject_id', [...of.bookings, ...of.waitlist, ...of.forms]),
  },
  {
    table: 'preview_pictures',
    kind: 'contact',
    where: (of) => sql`(${any('booking_id', of.bookings)} or ${any('call_back_id', of.callBacks)})`,
    files: ['file_id'],
  },
  {
    table: 'waitlist_offers',
    kind: 'contact',
    where: (of) => sql`(${any('entry_id', of.waitlist)} or ${any('booking_id', of.bookings)})`,
  },
  { table: 'waitlist_entries', kind: 'contact', where: by('id', 'waitlist') },
  { table: 'call_back_requests', kind: 'contact', where: by('id', 'callBacks') },
  { table: 'booking_events', kind: 'contact', where: by('booking_id', 'bookings') },
  {
    // A visit that was stays as a time taken, so that reports still add up; one to come frees its time.
    table: 'bookings',
    kind: 'contact',
    where: by('id', 'bookings'),
    set: (of) => sql`name = null, phone = null, email = null, language = 'en', note = null, self_check = null,
      cancel_reason = null, patient_id = null, series_id = null, series_visit = null,
      person_key = 'erased ' || gen_random_uuid(), hold_expires_at = null, version = version + 1,
      cancelled_by = case when status in ('held', 'confirmed') and starts_at > ${of.now} then 'clinic' else cancelled_by end,
      status = case when status in ('held', 'confirmed') and starts_at > ${of.now} then 'cancelled'
        when status = 'held' then 'expired' else status end`,
  },
  { table: 'contact_consents', kind: 'contact', where: patient },
  {
    table: 'photo_consents',
    kind: 'contact',
    where: (of) => sql`${patient(of)} and use <> 'record' and withdrawn_at is null`,
    set: (of) => sql`withdrawn_at = ${of.now}, withdrawn_by_kind = 'system'`,
  },
  {
    // Nobody is asked how it heals any more, whatever else must be kept.
    table: 'check_ins',
    kind: 'contact',
    where: (of) => sql`${patient(of)} and state in ('planned', 'sent', 'reminded', 'to-call')`,
    set: () => sql`state = 'withdrawn', next_at = null`,
  },
  {
    // Copies of the record; those of the whole clinic hold it too.
    table: 'export_files',
    kind: 'contact',
    where: (of) => sql`export_id in (select id from exports where ${patient(of)} or kind = 'fhir')`,
    files: ['file_id'],
  },
  { table: 'exports', kind: 'contact', where: (of) => sql`(${patient(of)} or kind = 'fhir')` },
  { table: 'record_links', kind: 'contact', where: patient },
  {
    table: 'import_rows',
    kind: 'contact',
    where: (of) => any('subject_id', [...of.patients, ...of.bookings]),
  },
  {
    // A table that waits to be imported may hold the person: it is uploaded again, or not.
    table: 'imports',
    kind: 'contact',
    where: () => sql`state in ('staged', 'cancelled', 'failed') and file_id is not null`,
    set: () => sql`state = 'discarded', file_id = null, corrections = '{}'`,
    files: ['file_id'],
  },
  { table: 'photo_upload_parts', kind: 'contact', where: by('upload_id', 'uploads'), files: ['file_id'] },
  { table: 'photo_uploads', kind: 'contact', where: by('id', 'uploads') },
  {
    table: 'intake_saves',
    kind: 'contact',
    where: (of) =>
      sql`form_id in (select id from intake_forms where ${any('id', of.forms)} and state <> 'accepted')`,
  },
  {
    table: 'intake_forms',
    kind: 'contact',
    where: (of) => sql`${any('id', of.forms)} and state <> 'accepted'`,
  },
  {
    table: 'patients',
    kind: 'contact',
    where: (of) => sql`${any('id', of.patients)} and phones <> '{}' and email is not null`,
    set: () => sql`email = null`,
  },
  {
    table: 'invoices',
    kind: 'contact',
    where: patient,
    set: (of) => sql`reason = case when reason is null then null else '–' end,
      buyer_name = case when buyer_gstin is not null or ${of.namedFromMinor}::bigint is null
        or abs(total_minor) >= ${of.namedFromMinor}::bigint then buyer_name else '–' end`,
  },
  {
    table: 'payments',
    kind: 'contact',
    where: patient,
    set: () => sql`reason = case when reason is null then null else '–' end`,
  },

  // The clinical record.
  { table: 'intake_saves', kind: 'treatment', where: by('form_id', 'forms') },
  { table: 'intake_forms', kind: 'treatment', where: by('id', 'forms') },
  { table: 'health_entries', kind: 'treatment', where: patient },
  { table: 'photo_copies', kind: 'treatment', where: by('photo_id', 'photos'), files: ['file_id'] },
  { table: 'photo_lines', kind: 'treatment', where: by('photo_id', 'photos') },
  { table: 'photos', kind: 'treatment', where: by('id', 'photos'), files: ['file_id'] },
  { table: 'outcome_ratings', kind: 'treatment', where: by('outcome_id', 'outcomes') },
  {
    table: 'outcome_pairs',
    kind: 'treatment',
    where: by('outcome_id', 'outcomes'),
    files: ['before_file', 'after_file', 'original_file'],
  },
  { table: 'outcomes', kind: 'treatment', where: by('id', 'outcomes') },
  { table: 'adverse_event_versions', kind: 'treatment', where: by('event_id', 'events') },
  { table: 'adverse_events', kind: 'treatment', where: by('id', 'events') },
  { table: 'follow_up_entries', kind: 'treatment', where: by('case_id', 'cases') },
  { table: 'follow_up_cases', kind: 'treatment', where: by('id', 'cases') },
  {
    table: 'check_in_answers',
    kind: 'treatment',
    where: by('check_in_id', 'checkIns'),
    files: ['photo_file_id'],
  },
  { table: 'check_ins', kind: 'treatment', where: by('id', 'checkIns') },
  { table: 'followed_lots', kind: 'treatment', where: by('session_id', 'sessions') },
  {
    table: 'followed_sessions',
    kind: 'treatment',
    where: (of) => sql`(${patient(of)} or ${any('session_id', of.sessions)})`,
  },
  { table: 'recall_contacts', kind: 'treatment', where: patient },
  { table: 'session_lots', kind: 'treatment', where: by('session_id', 'sessions') },
  { table: 'session_entries', kind: 'treatment', where: by('session_id', 'sessions') },
  { table: 'sessions', kind: 'treatment', where: by('id', 'sessions') },
  { table: 'photo_consents', kind: 'treatment', where: patient },
  { table: 'consent_signatures', kind: 'treatment', where: by('consent_id', 'consents') },
  { table: 'consents', kind: 'treatment', where: by('id', 'consents'), files: ['file_id'] },
  {
    table: 'plan_draft_steps',
    kind: 'treatment',
    where: (of) => sql`draft_id in (select id from plan_drafts where ${patient(of)})`,
  },
  { table: 'plan_drafts', kind: 'treatment', where: patient },
  { table: 'plan_signatures', kind: 'treatment', where: by('plan_id', 'plans') },
  { table: 'plan_files', kind: 'treatment', where: by('plan_id', 'plans'), files: ['file_id'] },
  { table: 'plans', kind: 'treatment', where: by('plan_id', 'plans') },
  { table: 'spot_readings', kind: 'treatment', where: by('spot_id', 'spots') },
  { table: 'screening_spots', kind: 'treatment', where: by('id', 'spots') },
  { table: 'screening_reopenings', kind: 'treatment', where: by('decision_id', 'decisions') },
  { table: 'screening_decisions', kind: 'treatment', where: by('id', 'decisions') },
  { table: 'screening_answers', kind: 'treatment', where: patient },

  // Who it was: with the clinical record, which means nothing without.
  { table: 'legal_holds', kind: 'treatment', where: patient },
  { table: 'patient_merge_rows', kind: 'treatment', where: by('merge_id', 'merges') },
  { table: 'patient_merges', kind: 'treatment', where: by('id', 'merges') },
  { table: 'patient_words', kind: 'treatment', where: patient },
  { table: 'audit_patients', kind: 'treatment', where: patient },
  {
    table: 'erasures',
    kind: 'treatment',
    where: patient,
    set: () => sql`note = '', refusal = '', proof = null, asked = null`,
  },

  // What the accounts must keep. The rows stay for their gapless numbers; the words in them go.
  {
    table: 'invoices',
    kind: 'tax',
    where: patient,
    set: () =>
      sql`buyer_name = '–', buyer_gstin = null, reason = case when reason is null then null else '–' end`,
  },
  {
    table: 'payments',
    kind: 'tax',
    where: patient,
    set: () => sql`reference = case when reference = '' then '' else '–' end,
      reason = case when reason is null then null else '–' end`,
  },
];

/** Emptied or removed last, by `settleIdentity`: removed when no invoice refers to it. */
export const identityTable = 'patients';

/** Tables that go with a patient by a rule of the database, and tables of what is under way. */
export const otherFates: Readonly<Record<string, string>> = {
  files:
    'Rows go with whatever named them, in the same transaction: the file’s own key is then gone, and its bytes follow.',
  name_words: 'A word that nobody bears any more goes by a trigger with the last row of patient_words.',
  'jobs.job': 'Every job whose payload names anything of the patient is removed.',
  'jobs.job_common': 'Holds the rows of jobs.job.',
};

/** Tables without anything of a patient, and why. */
export const nobodyTables: Readonly<Record<string, string>> = {
  tenants: 'The clinic.',
  branches: 'The clinic.',
  services: 'The clinic.',
  practitioners: 'Staff.',
  practitioner_services: 'Staff.',
  practitioner_branches: 'Staff.',
  rooms: 'The clinic.',
  machines: 'The clinic.',
  opening_hours: 'The clinic.',
  opening_exceptions: 'The clinic.',
  booking_policies: 'Settings.',
  message_settings: 'Settings.',
  follow_up_settings: 'Settings.',
  money_settings: 'Settings.',
  retention_rules: 'Settings.',
  staff: 'Staff.',
  staff_invites: 'Staff.',
  staff_sessions: 'Staff. The reason of an emergency lies in emergency_reasons.',
  staff_recovery_codes: 'Staff.',
  staff_passkeys: 'Staff.',
  staff_challenges: 'Staff.',
  second_step_roles: 'Settings.',
  staff_branches: 'Staff.',
  staff_known_addresses: 'Staff, hashed.',
  sign_in_attempts: 'Keyed hashes of addresses and accounts of staff.',
  api_tokens: 'Programs that may read, named by the owner.',
  import_mappings: 'Names of columns, hashed, and what they are.',
  audit_heads: 'The end of the chain.',
  audit_entries:
    'Ids, codes and names of fields. An entry cannot be changed; words of the person found in one are named in the certificate.',
  public_texts: 'Texts of the site.',
  public_questions: 'Texts of the site.',
  pigment_sets: 'Pigments.',
  stock_items: 'Stock.',
  stock_lots: 'Stock.',
  stock_openings: 'Stock.',
  stock_reorder_levels: 'Stock.',
  stock_transfers: 'Stock.',
  stock_movements: 'Quantities of lots; what was used names its session by id.',
  recalls: 'A lot and why; who was touched is asked of the sessions.',
  lot_alerts: 'Counts of a lot.',
  consent_texts: 'Texts.',
  screening_protocols: 'Gates and schedules the clinic screens by.',
  document_seals: 'The clinic’s certificate.',
  tax_rates: 'Settings.',
  price_items: 'Prices.',
  number_series: 'The last number given.',
  invoice_lines: 'What was sold, at which price; who bought it stands in invoices.',
  package_uses: 'Which session of a package was used, by ids.',
  day_closes: 'Sums of a day.',
  used_challenges: 'Hashes of solved challenges.',
  rate_counts: 'Keyed hashes, gone after two days.',
  schema_steps: 'Steps of the schema.',
  schema_steps_lock: 'Steps of the schema.',
  'platform.master_keys': 'The clinic’s keys, sealed.',
  'jobs.bam': 'Work of the queue on its own tables.',
  'jobs.instance': 'Programs that work on the queue.',
  'jobs.job_dependency': 'Ids of jobs.',
  'jobs.queue': 'Names and counts.',
  'jobs.queue_stats': 'Counts.',
  'jobs.schedule': 'Nightly work, with empty payloads.',
  'jobs.subscription': 'Names.',
  'jobs.version': 'The queue’s own version.',
  'jobs.warning': 'Warnings of the queue about itself.',
};
