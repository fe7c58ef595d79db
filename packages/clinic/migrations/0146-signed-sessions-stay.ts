import { type Kysely, sql } from 'kysely';

/** What a physician signed names its patient: it stays with that record when two records become one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create trigger signed_sessions_stay before update of patient_id on sessions
    for each row when (old.state = 'signed' and new.patient_id <> old.patient_id)
    execute function refuse_change()`.execute(db);
}
