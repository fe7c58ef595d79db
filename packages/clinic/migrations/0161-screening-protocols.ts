import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** The gates and the schedules of test spots a clinic screens by, by version: what was signed names the version it saw. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table screening_protocols (
    tenant_id uuid not null references tenants (tenant_id),
    version integer not null check (version > 0),
    content text not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    is_in_force boolean not null,
    review_state text not null check (review_state in ('unreviewed', 'reviewed')),
    about text not null,
    created_at timestamptz not null,
    created_by uuid,
    primary key (tenant_id, version),
    foreign key (tenant_id, created_by) references staff (tenant_id, id)
  )`.execute(db);
  await sql`comment on column screening_protocols.content is
    'Canonical JSON of every gate, its words in each language and the schedules. Never changes; sha256 is of these bytes.'`.execute(
    db,
  );
  await sql`comment on column screening_protocols.is_in_force is
    'False: a draft, until a version with the same content is reviewed. The greatest version in force is used.'`.execute(
    db,
  );
  await sql`comment on column screening_protocols.about is 'Gate or kind of spot that was changed; empty: all of it.'`.execute(
    db,
  );
  await sql`comment on column screening_protocols.created_by is 'Null: came with the program.'`.execute(db);
  await sql`create trigger screening_protocols_never_change before update or delete on screening_protocols
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'screening_protocols');
}
