import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * A clinic's own pigment sets, one row a version; rows never change. `document` is the text of an `undertone/pigments`
 * document as it was saved: the columns beside it are derived from it by the database.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table pigment_sets (
    tenant_id uuid not null references tenants (tenant_id),
    set_id uuid not null,
    version integer not null check (version > 0),
    document text not null check (octet_length(document) <= 1048576),
    name text not null generated always as ((document::jsonb) ->> 'name') stored,
    kind text not null generated always as ((document::jsonb) ->> 'kind') stored check (kind in ('ink', 'paint')),
    dose_calibrated boolean not null
      generated always as (coalesce(((document::jsonb) ->> 'doseCalibrated')::boolean, false)) stored,
    pigment_count integer not null
      generated always as (jsonb_array_length((document::jsonb) -> 'pigments')) stored,
    method text generated always as ((document::jsonb) #>> '{pigments,0,provenance,method}') stored,
    source text generated always as ((document::jsonb) #>> '{pigments,0,provenance,source}') stored,
    created_at timestamptz not null,
    created_by uuid not null,
    primary key (tenant_id, set_id, version)
  )`.execute(db);
  await sql`create trigger pigment_sets_never_change before update on pigment_sets
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'pigment_sets');
}
