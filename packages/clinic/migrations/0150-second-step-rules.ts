import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** A session knows when its member last proved who they are; a clinic may require a second step of the roles it names. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table staff_sessions add column proved_at timestamptz`.execute(db);
  await sql`comment on column staff_sessions.proved_at is 'When the member last proved, in this session, who they are; null: when it began and not since.'`.execute(
    db,
  );
  await sql`alter table staff_challenges
    drop constraint staff_challenges_kind_check,
    add constraint staff_challenges_kind_check
      check (kind in ('passkey-register', 'passkey-sign-in', 'passkey-proof'))`.execute(db);

  await sql`create table second_step_roles (
    tenant_id uuid not null references tenants (tenant_id),
    role text not null check (role in ('owner', 'physician', 'assistant', 'desk', 'auditor')),
    required_since timestamptz not null,
    grace_days int not null check (grace_days between 0 and 90),
    primary key (tenant_id, role)
  )`.execute(db);
  await sql`comment on table second_step_roles is 'Roles that must sign in with a second step; a role without a row need not.'`.execute(
    db,
  );
  await sql`comment on column second_step_roles.grace_days is 'Days after required_since, or after joining where that is later, until sign-in leads only to setting it up.'`.execute(
    db,
  );
  await fenceByTenant(db, 'second_step_roles');
}
