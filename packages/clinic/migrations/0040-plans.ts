import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Treatment plans, one row a version; rows never change. `document` is the text of plan.json as it was made: the
 * columns beside it are derived from it by the database. Photo, pictures, map and paper lie in the file store.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table plans (
    tenant_id uuid not null references tenants (tenant_id),
    plan_id uuid not null,
    version integer not null check (version > 0),
    patient_id uuid not null,
    document text not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    treatment text not null generated always as ((document::jsonb) ->> 'treatment') stored,
    engine_version text not null generated always as ((document::jsonb) ->> 'engineVersion') stored,
    created_at timestamptz not null,
    created_by uuid not null,
    primary key (tenant_id, plan_id, version),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id)
  )`.execute(db);
  await sql`create index plans_of_patient on plans (tenant_id, patient_id, created_at)`.execute(db);
  await sql`create trigger plans_never_change before update on plans
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'plans');

  await sql`create table plan_files (
    tenant_id uuid not null references tenants (tenant_id),
    plan_id uuid not null,
    version integer not null,
    part text not null check (part in ('photo', 'day0', 'week6', 'month12', 'map', 'pdf')),
    file_id uuid not null,
    primary key (tenant_id, plan_id, version, part),
    foreign key (tenant_id, plan_id, version) references plans (tenant_id, plan_id, version),
    foreign key (tenant_id, file_id) references files (tenant_id, id)
  )`.execute(db);
  await sql`create trigger plan_files_never_change before update on plan_files
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'plan_files');
}
