import { type Generated, sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { isUuid } from '../platform/uuid.ts';
import { emptyHash, type Link } from './chain.ts';

declare module '../platform/database.ts' {
  interface Tables {
    audit_heads: AuditHeadsTable;
    audit_entries: AuditEntriesTable;
  }
}

interface AuditHeadsTable {
  tenant_id: string;
  seq: number;
  hash: Buffer;
}

interface AuditEntriesTable {
  tenant_id: string;
  seq: number;
  entry: string;
  hash: Buffer;
  /** The columns below are derived from `entry` by the database. */
  at: Generated<string>;
  actor_kind: Generated<string>;
  actor_id: Generated<string | null>;
  action: Generated<string>;
  subject_kind: Generated<string>;
  subject_id: Generated<string | null>;
}

/** The end of the chain, locked until the transaction ends: entries of one clinic are written one after another. */
export async function lockHead(trx: Trx, tenantId: string): Promise<{ seq: number; hash: Buffer }> {
  return trx
    .insertInto('audit_heads')
    .values({ tenant_id: tenantId, seq: 0, hash: emptyHash })
    .onConflict((c) => c.column('tenant_id').doUpdateSet((e) => ({ tenant_id: e.ref('excluded.tenant_id') })))
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();
}

export async function appendLink(trx: Trx, tenantId: string, link: Link): Promise<void> {
  await sql`with added as (
      insert into audit_entries (tenant_id, seq, entry, hash) values (${tenantId}, ${link.seq}, ${link.entry}, ${link.hash}))
    update audit_heads set seq = ${link.seq}, hash = ${link.hash} where tenant_id = ${tenantId}`.execute(trx);
}

export async function selectHeads(
  db: Db,
): Promise<readonly { tenantId: string; seq: number; hash: Buffer }[]> {
  const rows = await db.selectFrom('audit_heads').selectAll().orderBy('tenant_id').execute();
  return rows.map(({ tenant_id, ...rest }) => ({ tenantId: tenant_id, ...rest }));
}

/** Every clinic that has entries or a head, so that a chain whose head was removed is still walked. */
export async function selectChains(db: Db): Promise<readonly string[]> {
  const rows = await sql<{ tenant_id: string }>`
    select tenant_id from audit_heads union select distinct tenant_id from audit_entries order by 1`.execute(
    db,
  );
  return rows.rows.map((row) => row.tenant_id);
}

/** The links after `seq`, in order, at most `limit` of them. */
export async function selectLinks(
  db: Db,
  tenantId: string,
  after: number,
  limit: number,
): Promise<readonly Link[]> {
  return db
    .selectFrom('audit_entries')
    .select(['seq', 'entry', 'hash'])
    .where('tenant_id', '=', tenantId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

export async function selectEntries(
  db: Db,
  tenantId: string,
  filter: { subjectKind?: string; subjectId?: string; actorId?: string; before?: number; limit: number },
): Promise<readonly { seq: number; entry: string }[]> {
  const { subjectKind, subjectId } = filter;
  let query = db.selectFrom('audit_entries').select(['seq', 'entry']).where('tenant_id', '=', tenantId);
  if (subjectId === undefined) {
    if (subjectKind !== undefined) query = query.where('subject_kind', '=', subjectKind);
  } else {
    query = query.where('seq', 'in', about(tenantId, subjectKind, subjectId));
  }
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId);
  if (filter.before !== undefined) query = query.where('seq', '<', filter.before);
  return query.orderBy('seq', 'desc').limit(filter.limit).execute();
}

/** Of the last entries one actor made, how many are of this action and later than `since`: looked for in the last 500. */
export async function countEntries(
  db: Db,
  of: { readonly tenantId: string; readonly actorId: string; readonly action: string; readonly since: Date },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select action, at from audit_entries
       where tenant_id = ${of.tenantId} and actor_id = ${of.actorId} order by seq desc limit 500) last
     where action = ${of.action} and at > ${of.since.toISOString()}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Numbers of the entries about one subject; of a patient those too that name her among several. */
function about(tenantId: string, kind: string | undefined, id: string) {
  const ofKind = kind === undefined ? sql`` : sql`and e.subject_kind = ${kind}`;
  const named =
    (kind === undefined || kind === 'patient') && isUuid(id)
      ? sql`union all select n.seq from audit_patients n where n.tenant_id = ${tenantId} and n.patient_id = ${id}::uuid`
      : sql``;
  return sql<number>`(select e.seq from audit_entries e
    where e.tenant_id = ${tenantId} and e.subject_id = ${id} ${ofKind} ${named})`;
}
