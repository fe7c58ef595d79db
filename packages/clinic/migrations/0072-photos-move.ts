import { type Kysely, sql } from 'kysely';

/** A photograph stays as it was taken, and moves with its person when two records of hers become one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop trigger photos_never_change on photos`.execute(db);
  await sql`create trigger photos_never_change
    before update of tenant_id, id, session_id, treatment, view, origin, taken_at, added_at, added_by, file_id, sha256,
      width_px, height_px on photos
    for each row execute function refuse_change()`.execute(db);
}
