import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Copies of records that were asked for: a person's whole record as a zip, or the clinic's as FHIR in bulk. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table record_links (
    tenant_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    asks text not null check (asks in ('birth-date', 'phone')),
    proof bytea not null,
    made_by uuid not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, made_by) references staff (tenant_id, id)
  )`.execute(db);
  await sql`comment on table record_links is 'By which a patient asks for her own record.'`.execute(db);
  await sql`comment on column record_links.proof is 'HMAC of the right answer, bound to this link.'`.execute(
    db,
  );
  await fenceByTenant(db, 'record_links');

  await sql`create table exports (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    kind text not null check (kind in ('record', 'fhir')),
    patient_id uuid,
    link_id uuid,
    token_id uuid,
    wish jsonb not null default '{}',
    state text not null check (state in ('queued', 'ready', 'failed', 'cancelled', 'expired')),
    asked_by uuid not null,
    asked_at timestamptz not null,
    as_of timestamptz,
    ready_at timestamptz,
    expires_at timestamptz,
    fault text,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, link_id) references record_links (tenant_id, id) on delete cascade,
    foreign key (tenant_id, asked_by) references staff (tenant_id, id),
    check ((kind = 'record') = (patient_id is not null)),
    check ((state = 'ready') <= (expires_at is not null and as_of is not null))
  )`.execute(db);
  for (const [column, text] of [
    [
      'asked_by',
      'In whose name and with whose role it is made: who asked, made the token, or gave the link.',
    ],
    ['wish', 'Of FHIR in bulk: types, since, whether of patients alone, and the address that asked.'],
    ['as_of', 'The one moment all of it is a picture of.'],
    ['expires_at', 'When its files are removed; the row stays.'],
    ['fault', 'A stable code: why it could not be made.'],
  ] as const) {
    await sql`comment on column exports.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`create index exports_of_patient on exports (tenant_id, patient_id, asked_at desc)`.execute(db);
  await sql`create index exports_expiring on exports (tenant_id, expires_at) where state = 'ready'`.execute(
    db,
  );
  await fenceByTenant(db, 'exports');

  await sql`create table export_files (
    tenant_id uuid not null,
    export_id uuid not null,
    seq integer not null check (seq > 0),
    type text,
    resources integer,
    size_bytes bigint not null check (size_bytes >= 0),
    file_id uuid not null,
    primary key (tenant_id, export_id, seq),
    foreign key (tenant_id, export_id) references exports (tenant_id, id) on delete cascade,
    foreign key (tenant_id, file_id) references files (tenant_id, id)
  )`.execute(db);
  await sql`comment on table export_files is 'Encrypted pieces: of a zip in order, of FHIR in bulk a file each of one type.'`.execute(
    db,
  );
  await fenceByTenant(db, 'export_files');
}
