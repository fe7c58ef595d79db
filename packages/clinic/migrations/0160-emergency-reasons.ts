import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Why records were opened in an emergency. Words may name a patient whatever was asked for, so they lie here, where an
 * erasure reaches them; the audit chain keeps their id and a salted hash. Entries from before keep their words.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table emergency_reasons (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    staff_id uuid not null,
    from_at timestamptz not null,
    until_at timestamptz not null,
    reason text not null check (length(reason) between 10 and 500),
    salt bytea not null check (octet_length(salt) = 16),
    primary key (tenant_id, id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
  )`.execute(db);
  await sql`comment on column emergency_reasons.salt is
    'SHA-256 of salt and reason stands in the audit chain; without the salt nobody can try words against it.'`.execute(
    db,
  );
  await sql`create trigger emergency_reasons_never_change before update on emergency_reasons
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'emergency_reasons');

  // Sessions kept the words too; they are over within hours, and what they need is that there was a reason.
  await sql`update staff_sessions set emergency_reason = 'in the audit chain' where emergency_reason is not null`.execute(
    db,
  );
  await sql`comment on column staff_sessions.emergency_reason is 'Id of the row in emergency_reasons.'`.execute(
    db,
  );
}
