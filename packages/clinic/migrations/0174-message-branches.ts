import { type Kysely, sql } from 'kysely';

/** Messages say which branch they are about, so that who is bound to branches sees only theirs among those that failed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table messages add column branch_id uuid`.execute(db);
  await sql`comment on column messages.branch_id is
    'Branch of the visit it is about; null: about the clinic as a whole, or written by a version that did not say.'`.execute(
    db,
  );
  await sql`update messages m set branch_id = b.branch_id from bookings b
    where b.tenant_id = m.tenant_id and b.id = m.subject_id and m.subject_kind = 'booking'
      and m.state in ('queued', 'failed')`.execute(db);
}
