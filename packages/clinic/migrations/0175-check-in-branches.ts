import { type Kysely, sql } from 'kysely';

/** Check-ins say at which branch the session was: it is that branch which writes to her, and whose people see what failed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table check_ins add column branch_id uuid`.execute(db);
  await sql`comment on column check_ins.branch_id is
    'Branch of the session; null: it named none, or a version that did not say wrote it.'`.execute(db);
  await sql`update check_ins c set branch_id = s.branch_id from sessions s
    where s.tenant_id = c.tenant_id and s.id = c.session_id and s.branch_id is not null`.execute(db);
  await sql`update messages m set branch_id = c.branch_id from check_ins c
    where c.tenant_id = m.tenant_id and c.id = m.subject_id and m.subject_kind = 'check-in'
      and m.branch_id is null and m.state in ('queued', 'failed')`.execute(db);
}
