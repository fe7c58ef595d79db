import { type Kysely, sql } from 'kysely';

/** Who joined the waiting list gets a link of their own to look at the wish and to leave. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table booking_links drop constraint booking_links_purpose_check`.execute(db);
  await sql`alter table booking_links add constraint booking_links_purpose_check
    check (purpose in ('manage', 'confirm', 'accept-offer', 'intake', 'opt-out', 'waitlist'))`.execute(db);
}
