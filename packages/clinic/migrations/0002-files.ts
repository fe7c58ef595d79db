import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Encrypted files: what lies where, and each file's own key, sealed. The bytes are outside the database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table files (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    key text not null,
    media_type text not null check (media_type <> ''),
    size_bytes bigint not null check (size_bytes >= 0),
    sha256 bytea not null check (octet_length(sha256) = 32),
    wrapped_key bytea not null,
    master_key_id text not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, key)
  )`.execute(db);
  await sql`create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% of % is refused: its rows are never changed', tg_op, tg_table_name using errcode = 'restrict_violation';
    end $$`.execute(db);
  await sql`create trigger files_never_change before update of tenant_id, id, key, size_bytes, sha256 on files
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'files');
}
