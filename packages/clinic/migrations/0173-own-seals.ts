import { type Kysely, sql } from 'kysely';

/** A certificate of the clinic's own, which an authority vouches for, beside the one the program makes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table document_seals
    add column is_own boolean not null default false,
    add column chain bytea[] not null default '{}'`.execute(db);
  await sql`comment on column document_seals.is_own is
    'Brought by the owner; while it is valid it seals, before the one the program made.'`.execute(db);
  await sql`comment on column document_seals.chain is
    'Certificates of those who vouch for it, X.509 DER, the nearest first; goes into every signature.'`.execute(
    db,
  );
}
