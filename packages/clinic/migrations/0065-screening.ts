import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Screening: what was answered at the gates (one row a version, never changed), what a physician decided over it, and
 * when a decision was opened again. Per patient and treatment, because the place to be treated differs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table screening_answers (
    tenant_id uuid not null references tenants (tenant_id),
    patient_id uuid not null,
    treatment text not null check (treatment in ('scalp', 'lip', 'vitiligo')),
    version integer not null check (version > 0),
    answers jsonb not null,
    source text not null check (source in ('intake', 'staff', 'self-check')),
    source_id uuid,
    given_at timestamptz not null,
    given_by_kind text not null,
    given_by text,
    primary key (tenant_id, patient_id, treatment, version),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id)
  )`.execute(db);
  await sql`comment on column screening_answers.answers is
    'All answers known at this version, by gate: what was not asked again is carried over.'`.execute(db);
  await sql`create trigger screening_answers_never_change before update on screening_answers
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'screening_answers');

  await sql`create table screening_decisions (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    seq bigint not null generated always as identity,
    patient_id uuid not null,
    treatment text not null check (treatment in ('scalp', 'lip', 'vitiligo')),
    answers_version integer not null,
    overall text not null check (overall in ('go', 'wait', 'no')),
    until_date date,
    document text not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    signed_at timestamptz not null,
    signed_by uuid not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id, treatment, answers_version)
      references screening_answers (tenant_id, patient_id, treatment, version)
  )`.execute(db);
  await sql`comment on column screening_decisions.document is
    'The signed decision as canonical JSON: findings, word and reason at each gate, signer and instant. sha256 is of these bytes.'`.execute(
    db,
  );
  await sql`create index screening_decisions_of_patient
    on screening_decisions (tenant_id, patient_id, treatment, seq desc)`.execute(db);
  await sql`create trigger screening_decisions_never_change before update on screening_decisions
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'screening_decisions');

  await sql`create table screening_reopenings (
    tenant_id uuid not null references tenants (tenant_id),
    decision_id uuid not null,
    because text not null check (because in ('answers-changed', 'adverse-event', 'record-changed', 'physician')),
    source_id uuid,
    reopened_at timestamptz not null,
    reopened_by_kind text not null,
    reopened_by text,
    primary key (tenant_id, decision_id),
    foreign key (tenant_id, decision_id) references screening_decisions (tenant_id, id)
  )`.execute(db);
  await sql`comment on column screening_reopenings.source_id is
    'What made it necessary: an intake, an adverse event.'`.execute(db);
  await fenceByTenant(db, 'screening_reopenings');
}
