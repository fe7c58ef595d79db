import { type Kysely, sql } from 'kysely';

/**
 * Which master key the secrets in this database are sealed with, and what keyed hashes derive from. It is of the whole
 * database, not of one clinic, so it stands in a schema of its own; what it holds is sealed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema platform`.execute(db);
  await sql`create table platform.master_keys (
    id text primary key check (id ~ '^[0-9a-f]{16}$'),
    sealed_root bytea not null,
    in_use boolean not null,
    since timestamptz not null
  )`.execute(db);
  await sql`create unique index one_master_key_in_use on platform.master_keys (in_use) where in_use`.execute(
    db,
  );
  await sql`comment on column platform.master_keys.sealed_root is
    'The first master key of this database, sealed with the one of this row: keyed hashes stay what they were.'`.execute(
    db,
  );
}
