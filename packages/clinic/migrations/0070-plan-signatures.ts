import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Signatures under versions of plans. A signature names what was signed by its hash: the document and every file kept
 * with it. Rows are neither changed nor signed twice; a later version of the plan supersedes and needs its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table plan_signatures (
    tenant_id uuid not null references tenants (tenant_id),
    plan_id uuid not null,
    version integer not null,
    signed_by uuid not null,
    signer_name text not null check (signer_name <> ''),
    signed_at timestamptz not null,
    content_sha256 bytea not null check (octet_length(content_sha256) = 32),
    primary key (tenant_id, plan_id, version),
    foreign key (tenant_id, plan_id, version) references plans (tenant_id, plan_id, version)
  )`.execute(db);
  await sql`comment on column plan_signatures.content_sha256 is
    'SHA-256 over the SHA-256 of the document and of each file kept with it: see planning/signing.ts'`.execute(
    db,
  );
  await sql`create trigger plan_signatures_never_change before update on plan_signatures
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'plan_signatures');

  // The pixels the plan was made from, without loss: a browser's reduced copy cannot be made again from the photo.
  await sql`alter table plan_files drop constraint plan_files_part_check`.execute(db);
  await sql`alter table plan_files add constraint plan_files_part_check
    check (part in ('photo', 'picture', 'day0', 'week6', 'month12', 'map', 'pdf'))`.execute(db);
}
