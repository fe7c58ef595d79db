import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** What people tell before a treatment: forms opened by a link or on the clinic's tablet, and every saved step of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table intake_forms (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid,
    booking_id uuid,
    treatment text not null check (treatment in ('scalp', 'lip', 'vitiligo')),
    language text not null check (language in ('bn', 'en', 'hi', 'ne')),
    state text not null check (state in ('open', 'submitted', 'accepted', 'withdrawn')),
    asks text not null check (asks in ('birth-date', 'phone', 'nothing')),
    proof bytea,
    draft jsonb not null default '{}',
    version integer not null default 0,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    created_by uuid,
    submitted_at timestamptz,
    settled_at timestamptz,
    settled_by uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    check (patient_id is not null or booking_id is not null),
    check ((asks = 'nothing') = (proof is null))
  )`.execute(db);
  await sql`comment on column intake_forms.asks is
    'What a person with the link must know before anything kept is shown: their birth date or the last four digits of their telephone.'`.execute(
    db,
  );
  await sql`comment on column intake_forms.proof is 'HMAC of the right answer, bound to this form.'`.execute(
    db,
  );
  await sql`comment on column intake_forms.draft is 'Field by field: {value, at}; at in milliseconds since 1970.'`.execute(
    db,
  );
  await sql`create index intake_forms_by_patient on intake_forms (tenant_id, patient_id, created_at desc)`.execute(
    db,
  );
  await sql`create index intake_forms_waiting on intake_forms (tenant_id, submitted_at) where state = 'submitted'`.execute(
    db,
  );
  await sql`create unique index intake_forms_by_booking on intake_forms (tenant_id, booking_id) where booking_id is not null`.execute(
    db,
  );
  await fenceByTenant(db, 'intake_forms');

  await sql`create table intake_saves (
    tenant_id uuid not null,
    form_id uuid not null,
    version integer not null check (version > 0),
    edits jsonb not null,
    saved_at timestamptz not null,
    saved_by uuid,
    primary key (tenant_id, form_id, version),
    foreign key (tenant_id, form_id) references intake_forms (tenant_id, id)
  )`.execute(db);
  await sql`comment on table intake_saves is 'Every step of a form as it arrived: the draft is their merge.'`.execute(
    db,
  );
  await sql`comment on column intake_saves.saved_by is 'The member of staff; null for the person with the link.'`.execute(
    db,
  );
  await fenceByTenant(db, 'intake_saves');
}
