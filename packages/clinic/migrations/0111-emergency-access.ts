import { type Kysely, sql } from 'kysely';

/** A session may be raised for a short time, with a reason, when a person's care cannot wait for the right member. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table staff_sessions
    add column emergency_until timestamptz,
    add column emergency_reason text check (length(emergency_reason) between 10 and 500),
    add check ((emergency_until is null) = (emergency_reason is null))`.execute(db);
  await sql`comment on column staff_sessions.emergency_until is 'Until then the session has the rights of the next role; every use is in the audit chain.'`.execute(
    db,
  );
}
