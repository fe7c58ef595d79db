import { type Kysely, sql } from 'kysely';

/** Where a branch is and how it is reached; null where the clinic's own address and telephone stand for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table branches add column address_lines text[], add column phone text`.execute(db);
  await sql`comment on column branches.address_lines is
    'Street address, a line each, without the town; null: not said.'`.execute(db);
}
