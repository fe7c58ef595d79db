import { type Kysely, sql } from 'kysely';

/** Rates by zone from the index alone, as by everything else. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index followed_sessions_counted`.execute(db);
  await sql`create index followed_sessions_counted on followed_sessions (tenant_id, performed_on)
    include (treatment, operator_id, zones, followed_day, event_bits)`.execute(db);
}
