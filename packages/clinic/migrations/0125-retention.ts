import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** How long records are kept, who may not be erased for now, and every erasure: the register a restore is held against. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table retention_rules (
    tenant_id uuid not null references tenants (tenant_id),
    record_kind text not null check (record_kind in ('enquiry', 'contact', 'treatment', 'tax')),
    law_months integer not null check (law_months between 0 and 1200),
    keep_months integer not null check (keep_months between 0 and 1200),
    source text not null check (source <> ''),
    review_state text not null check (review_state in ('unreviewed', 'reviewed')),
    erases_by_itself boolean not null default false,
    changed_at timestamptz not null,
    changed_by uuid not null,
    primary key (tenant_id, record_kind),
    check (keep_months >= law_months)
  )`.execute(db);
  for (const [column, text] of [
    ['law_months', 'Months the law wants it kept; until then a request for erasure waits.'],
    ['keep_months', 'Months after which the program lists it as passed.'],
    ['erases_by_itself', 'Whether what has passed goes without the owner being asked each time.'],
  ] as const) {
    await sql`comment on column retention_rules.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`comment on table retention_rules is 'Where the clinic differs from the periods that came with the program (retention/schedule.ts).'`.execute(
    db,
  );
  await fenceByTenant(db, 'retention_rules');

  await sql`create table legal_holds (
    tenant_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    reason text not null check (reason <> ''),
    set_at timestamptz not null,
    set_by uuid not null,
    lifted_at timestamptz,
    lifted_by uuid,
    lifted_reason text check (lifted_reason <> ''),
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_reason is null))
  )`.execute(db);
  await sql`comment on table legal_holds is 'While one stands nothing of the patient is erased.'`.execute(db);
  await sql`create unique index legal_holds_standing on legal_holds (tenant_id, patient_id) where lifted_at is null`.execute(
    db,
  );
  await fenceByTenant(db, 'legal_holds');

  await sql`create table erasures (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    patient_ids uuid[] not null,
    source text not null check (source in ('desk', 'patient', 'schedule')),
    state text not null
      check (state in ('invited', 'requested', 'refused', 'approved', 'running', 'sweeping', 'waiting', 'done')),
    asked text check (asked in ('birth-date', 'phone', 'nothing')),
    proof bytea,
    expires_at timestamptz,
    note text not null default '',
    refusal text not null default '',
    recorded_at timestamptz not null,
    recorded_by uuid,
    requested_at timestamptz,
    decided_at timestamptz,
    decided_by uuid,
    resume_at timestamptz,
    leftover jsonb not null default '{"fileKeys": [], "messageIds": []}',
    summary jsonb,
    finished_at timestamptz,
    primary key (tenant_id, id),
    check ((state in ('invited', 'requested')) = (decided_at is null)),
    check ((state = 'waiting') = (resume_at is not null))
  )`.execute(db);
  await sql`comment on table erasures is 'The register of erasures. It outlives the patient: ids and counts, no names. After a restore it is applied again.'`.execute(
    db,
  );
  for (const [column, text] of [
    ['patient_ids', 'The record and those merged into it, as they stood when it was carried out.'],
    ['note', 'How the wish was told, in the words of the desk; emptied when it is carried out.'],
    ['refusal', 'Why the owner refused; emptied when the patient is erased later.'],
    ['asked', 'What whoever holds the link must know before the wish is taken.'],
    ['proof', 'HMAC of the right answer, bound to this row.'],
    ['resume_at', 'When the next record may go that the law wants kept until then.'],
    [
      'leftover',
      'What is still to be removed outside the database: keys of files without a row, ids of messages that lie in the outbox folder.',
    ],
    ['summary', 'What went, what stayed and why: rows by table, dates. The certificate is made from it.'],
  ] as const) {
    await sql`comment on column erasures.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`create unique index erasures_one_open on erasures (tenant_id, patient_id)
    where state in ('invited', 'requested', 'approved', 'running', 'sweeping', 'waiting')`.execute(db);
  await sql`create index erasures_open on erasures (tenant_id, state, recorded_at)`.execute(db);
  await fenceByTenant(db, 'erasures');

  await sql`alter table patients add column erased_at timestamptz`.execute(db);
  await sql`comment on column patients.erased_at is
    'The person was erased; the row stays without a name because invoices refer to it.'`.execute(db);

  // The one way past "rows never change": a transaction that names an erasure which an owner approved and which is being
  // carried out may delete that patient's sealed rows, and take the words out of invoices and payments. Nothing else may
  // change in those two, nobody else's rows are touched, and audit entries and stock movements stay out of reach.
  await sql`create or replace function refuse_change() returns trigger language plpgsql as $$
    declare
      erasing uuid := nullif(current_setting('undertone.erasing', true), '')::uuid;
      was jsonb;
      is_erased boolean := false;
    begin
      if erasing is not null and tg_level = 'ROW' and tg_op in ('UPDATE', 'DELETE') then
        was := to_jsonb(old);
        select (tg_op = 'DELETE' and tg_table_name in ('plans', 'plan_files', 'plan_signatures', 'screening_answers',
              'screening_decisions', 'spot_readings', 'consent_signatures', 'photos', 'session_entries', 'check_in_answers',
              'follow_up_entries', 'adverse_event_versions', 'outcome_pairs', 'outcome_ratings', 'recall_contacts'))
            or (tg_op = 'UPDATE' and tg_table_name = 'invoices' and
              was - '{buyer_name,buyer_gstin,reason}'::text[] = to_jsonb(new) - '{buyer_name,buyer_gstin,reason}'::text[])
            or (tg_op = 'UPDATE' and tg_table_name = 'payments' and
              was - '{reference,reason}'::text[] = to_jsonb(new) - '{reference,reason}'::text[])
          into is_erased
          from erasures e
          where e.tenant_id = old.tenant_id and e.id = erasing and e.state = 'running'
            and (was ->> 'patient_id' is null or (was ->> 'patient_id')::uuid = any (e.patient_ids));
        if is_erased and tg_op = 'DELETE' then return old; end if;
        if is_erased then return new; end if;
      end if;
      raise exception '% of % is refused: its rows are never changed', tg_op, tg_table_name using errcode = 'restrict_violation';
    end $$`.execute(db);
}
