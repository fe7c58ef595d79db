import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * The audit chain, one per tenant. `entry` is the text that was hashed; every other column is derived from it by the
 * database, so what is searched cannot differ from what is proven.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table audit_heads (
    tenant_id uuid primary key references tenants (tenant_id),
    seq bigint not null check (seq >= 0),
    hash bytea not null check (octet_length(hash) = 32)
  )`.execute(db);
  await fenceByTenant(db, 'audit_heads');

  await sql`create table audit_entries (
    tenant_id uuid not null references tenants (tenant_id),
    seq bigint not null check (seq > 0),
    entry text not null,
    hash bytea not null check (octet_length(hash) = 32),
    at text not null generated always as ((entry::jsonb) ->> 'at') stored,
    actor_kind text not null generated always as ((entry::jsonb) #>> '{actor,kind}') stored,
    actor_id text generated always as ((entry::jsonb) #>> '{actor,id}') stored,
    action text not null generated always as ((entry::jsonb) ->> 'action') stored,
    subject_kind text not null generated always as ((entry::jsonb) #>> '{subject,kind}') stored,
    subject_id text generated always as ((entry::jsonb) #>> '{subject,id}') stored,
    primary key (tenant_id, seq)
  )`.execute(db);
  await sql`create index audit_entries_subject on audit_entries (tenant_id, subject_kind, subject_id, seq)`.execute(
    db,
  );
  await sql`create index audit_entries_actor on audit_entries (tenant_id, actor_id, seq)`.execute(db);
  await sql`create trigger audit_entries_never_change before update or delete on audit_entries
    for each row execute function refuse_change()`.execute(db);
  await sql`create trigger audit_entries_never_truncated before truncate on audit_entries
    for each statement execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'audit_entries');
}
