import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Clinics (tenants) and their branches, and what every later table leans on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists btree_gist`.execute(db);
  await sql`create extension if not exists pg_trgm`.execute(db);
  await sql`create extension if not exists unaccent`.execute(db);

  await sql`create function undertone_tenant() returns uuid language sql stable
    return nullif(current_setting('undertone.tenant_id', true), '')::uuid`.execute(db);
  await sql`comment on function undertone_tenant() is 'The tenant this transaction acts for; null when none was stated.'`.execute(
    db,
  );

  await sql`create table tenants (
    tenant_id uuid primary key,
    name text not null check (name <> ''),
    country text not null check (country ~ '^[A-Z]{2}$'),
    zone text not null check (zone <> ''),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    languages text[] not null check (cardinality(languages) > 0),
    facts jsonb not null default '{}',
    sample boolean not null default false,
    created_at timestamptz not null
  )`.execute(db);
  await sql`comment on column tenants.zone is 'IANA zone name; opening hours are wall-clock in it.'`.execute(
    db,
  );
  await sql`comment on column tenants.facts is 'What the clinic says about itself; a null field is still to be completed by the clinic.'`.execute(
    db,
  );
  await fenceByTenant(db, 'tenants');

  await sql`create table branches (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    name text not null check (name <> ''),
    town text,
    zone text not null check (zone <> ''),
    closed_at timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id)
  )`.execute(db);
  await fenceByTenant(db, 'branches');
}
