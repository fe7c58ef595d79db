import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Who a patient is, how to reach them, what a clinician must mind, and what they agreed to be sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table patients
    add column birth_date date,
    add column birth_date_exact boolean not null default true,
    add column sex text check (sex in ('female', 'male', 'other')),
    add column phones text[] not null default '{}',
    add column phone_digits text not null default '',
    add column email text check (email <> ''),
    add column fitzpatrick smallint check (fitzpatrick between 1 and 6),
    add column monk smallint check (monk between 1 and 10),
    add column weight_kg double precision check (weight_kg > 0 and weight_kg < 500),
    add column weighed_on date,
    add column guardian jsonb,
    add column changed_at timestamptz,
    add column version integer not null default 1`.execute(db);
  await sql`comment on column patients.birth_date_exact is
    'False: only the age was given, and birth_date is the latest day that fits it, so that nobody counts as older than they are.'`.execute(
    db,
  );
  await sql`comment on column patients.phones is 'E.164, the first one is called first.'`.execute(db);
  await sql`comment on column patients.phone_digits is 'Digits of all phones, apart by a space: for search.'`.execute(
    db,
  );
  await sql`comment on column patients.guardian is '{name, relation, phone}; phone in E.164 or null.'`.execute(
    db,
  );
  await sql`comment on column patients.weight_kg is 'Limits of anaesthetics are counted by it; see weighed_on.'`.execute(
    db,
  );

  await sql`create table health_entries (
    tenant_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    kind text not null check (kind in ('history', 'allergy', 'medicine')),
    flag text check (flag <> ''),
    note text not null,
    source text not null check (source in ('desk', 'intake')),
    noted_at timestamptz not null,
    noted_by uuid,
    ended_at timestamptz,
    ended_by uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    check (flag is not null or note <> '')
  )`.execute(db);
  await sql`comment on column health_entries.flag is
    'A code of record/flags.ts that rules and alerts act upon; null for what only people read.'`.execute(db);
  await sql`comment on column health_entries.ended_at is 'No longer so. Entries are never deleted or rewritten.'`.execute(
    db,
  );
  await sql`create index health_entries_by_patient on health_entries (tenant_id, patient_id, noted_at)`.execute(
    db,
  );
  await fenceByTenant(db, 'health_entries');

  await sql`create table contact_consents (
    tenant_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    channel text not null check (channel in ('email', 'sms', 'whatsapp', 'call')),
    purpose text not null check (purpose in ('appointments', 'aftercare', 'news')),
    given_at timestamptz not null,
    given_via text not null check (given_via in ('desk', 'intake')),
    withdrawn_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id)
  )`.execute(db);
  await sql`create unique index contact_consents_standing on contact_consents
    (tenant_id, patient_id, channel, purpose) where withdrawn_at is null`.execute(db);
  await fenceByTenant(db, 'contact_consents');
}
