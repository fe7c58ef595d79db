import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Work in the studio that is not yet a plan: kept as it goes, so that a reload, a closed lid or another device goes on
 * where it stood. The photograph lies with the patient's photographs; each step of the region is sent once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table plan_drafts (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    plan_id uuid,
    revision integer not null check (revision > 0),
    state jsonb not null,
    created_at timestamptz not null,
    created_by uuid not null,
    updated_at timestamptz not null,
    updated_by uuid not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id)
  )`.execute(db);
  await sql`comment on column plan_drafts.id is 'made by the device, so that a save sent twice is one draft'`.execute(
    db,
  );
  await sql`comment on column plan_drafts.plan_id is 'the plan whose next version it will be; null for a new one'`.execute(
    db,
  );
  await sql`comment on column plan_drafts.revision is
    'raised by every save; a save that was made over an older one becomes a draft of its own'`.execute(db);
  await sql`comment on column plan_drafts.state is 'as planning/draft-schema.ts checks it'`.execute(db);
  await sql`create index plan_drafts_of_patient on plan_drafts (tenant_id, patient_id, updated_at)`.execute(
    db,
  );
  await sql`create index plan_drafts_by_age on plan_drafts (updated_at)`.execute(db);
  await fenceByTenant(db, 'plan_drafts');

  await sql`create table plan_draft_steps (
    tenant_id uuid not null references tenants (tenant_id),
    draft_id uuid not null,
    id uuid not null,
    step jsonb not null,
    primary key (tenant_id, draft_id, id),
    foreign key (tenant_id, draft_id) references plan_drafts (tenant_id, id) on delete cascade
  )`.execute(db);
  await sql`comment on table plan_draft_steps is
    'regions as they followed one another, for undo; plan_drafts.state names them in order'`.execute(db);
  await fenceByTenant(db, 'plan_draft_steps');
}
