import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** The certificate a clinic signs its documents with, and its private key, which only the master key opens. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table document_seals (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    certificate bytea not null,
    sealed_key bytea not null,
    valid_until timestamptz not null,
    created_at timestamptz not null,
    primary key (tenant_id, id)
  )`.execute(db);
  await sql`comment on column document_seals.certificate is 'X.509, DER, self-signed.'`.execute(db);
  await sql`comment on column document_seals.sealed_key is
    'Private key, PKCS#8 DER, sealed with the master key (AES-256-GCM).'`.execute(db);
  await fenceByTenant(db, 'document_seals');
}
