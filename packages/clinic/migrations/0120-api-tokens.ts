import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Tokens with which other programs ask in a member's name. Kept as SHA-256 only, like those of sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table api_tokens (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    name text not null check (name <> ''),
    scopes text[] not null check (cardinality(scopes) > 0),
    token_hash bytea not null check (octet_length(token_hash) = 32),
    made_by uuid not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz,
    revoked_by uuid,
    primary key (tenant_id, id),
    unique (tenant_id, token_hash),
    foreign key (tenant_id, made_by) references staff (tenant_id, id),
    check ((revoked_at is null) = (revoked_by is null))
  )`.execute(db);
  await sql`comment on column api_tokens.scopes is
    'What the program may do: a subset of what the role of made_by allows, asked again at every use.'`.execute(
    db,
  );
  await sql`comment on column api_tokens.last_used_at is 'To the minute; every use is in the audit chain.'`.execute(
    db,
  );
  await fenceByTenant(db, 'api_tokens');
}
