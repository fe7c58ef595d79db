import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Members who work at some branches only: the calendar and the till of the others are closed to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table staff_branches (
    tenant_id uuid not null references tenants (tenant_id),
    staff_id uuid not null,
    branch_id uuid not null,
    primary key (tenant_id, staff_id, branch_id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id)
  )`.execute(db);
  await sql`comment on table staff_branches is 'Branches a member is bound to; a member without a row works at all of them.'`.execute(
    db,
  );
  await fenceByTenant(db, 'staff_branches');
}
