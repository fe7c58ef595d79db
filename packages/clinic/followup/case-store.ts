/** Rows of cases and their entries. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { Language } from '../tenant/schema.ts';
import type { Urgency } from './red-flags.ts';
import type { CaseRow, FollowUpEntriesTable, NewCase } from './store.ts';

export async function insertCase(trx: Trx, row: NewCase): Promise<void> {
  await trx
    .insertInto('follow_up_cases')
    .values(row as CaseRow)
    .execute();
}

export async function updateCase(
  trx: Trx,
  row: Pick<CaseRow, 'tenant_id' | 'id'>,
  change: Partial<NewCase>,
): Promise<void> {
  await trx
    .updateTable('follow_up_cases')
    .set(change)
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.id)
    .execute();
}

export function lockCase(trx: Trx, tenantId: string, id: string): Promise<CaseRow | undefined> {
  return trx
    .selectFrom('follow_up_cases')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** The case if its next step is due; undefined when it is not, or another worker is about it. */
export function lockDueCase(trx: Trx, tenantId: string, id: string, now: Date): Promise<CaseRow | undefined> {
  return trx
    .selectFrom('follow_up_cases')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('next_at', '<=', now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** The open case of a check-in, locked. */
export function lockOpenCaseOf(trx: Trx, tenantId: string, checkInId: string): Promise<CaseRow | undefined> {
  return trx
    .selectFrom('follow_up_cases')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('check_in_id', '=', checkInId)
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
}

export function selectCase(db: Db | Trx, tenantId: string, id: string): Promise<CaseRow | undefined> {
  return db
    .selectFrom('follow_up_cases')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface InboxRow extends CaseRow {
  readonly name: string;
  readonly language: Language;
  readonly treatment: string | null;
  readonly protocol_day: string | null;
  readonly matched: readonly string[] | null;
  readonly reasons: readonly string[] | null;
  readonly photo_file_id: string | null;
}

/** Open cases, the most urgent first, then the longest waiting. */
export function selectOpenCases(db: Db | Trx, tenantId: string, limit: number): Promise<InboxRow[]> {
  const first = db
    .selectFrom('follow_up_cases')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'open')
    .orderBy('urgency_rank')
    .orderBy('opened_at')
    .orderBy('id')
    .limit(limit)
    .as('f');
  return db
    .selectFrom(first)
    .innerJoin('patients as p', (join) =>
      join.onRef('p.tenant_id', '=', 'f.tenant_id').onRef('p.id', '=', 'f.patient_id'),
    )
    .leftJoin('check_ins as c', (join) =>
      join.onRef('c.tenant_id', '=', 'f.tenant_id').onRef('c.id', '=', 'f.check_in_id'),
    )
    .leftJoin('check_in_answers as a', (join) =>
      join
        .onRef('a.tenant_id', '=', 'c.tenant_id')
        .onRef('a.check_in_id', '=', 'c.id')
        .onRef('a.version', '=', 'c.answer_version'),
    )
    .selectAll('f')
    .select([
      'p.name',
      'p.language',
      'c.treatment',
      'c.protocol_day',
      'a.matched',
      'a.reasons',
      'a.photo_file_id',
    ])
    .orderBy('f.urgency_rank')
    .orderBy('f.opened_at')
    .orderBy('f.id')
    .execute() as Promise<InboxRow[]>;
}

export interface InboxCounts {
  readonly open: Readonly<Record<Urgency, number>>;
  readonly toCall: number;
  /** Differs when anything in the inbox has changed. */
  readonly version: string;
}

export async function selectCounts(db: Db | Trx, tenantId: string): Promise<InboxCounts> {
  const { rows } = await sql<{ urgency: Urgency; count: number; newest: string | null }>`
    select urgency, count(*) as count,
      max(extract(epoch from timer_from))::text || ' ' || sum(step)::text
        || ' ' || count(holder_id)::text as newest
    from follow_up_cases where tenant_id = ${tenantId} and state = 'open' group by urgency order by urgency`.execute(
    db,
  );
  const calls = await sql<{ count: number }>`
    select count(*) as count from check_ins where tenant_id = ${tenantId} and state = 'to-call'`.execute(db);
  const open = { EMERG: 0, DAY: 0, '24H': 0, SELF: 0 };
  for (const { urgency, count } of rows) open[urgency] = count;
  const toCall = calls.rows[0]?.count ?? 0;
  const version = [...rows.map(({ urgency, count, newest }) => `${urgency} ${count} ${newest}`), toCall].join(
    '|',
  );
  return { open, toCall, version };
}

export function selectCasesOf(db: Db | Trx, tenantId: string, patientId: string): Promise<CaseRow[]> {
  return db
    .selectFrom('follow_up_cases')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy('opened_at', 'desc')
    .execute();
}

export async function insertEntry(
  trx: Trx,
  row: Pick<CaseRow, 'tenant_id' | 'id'>,
  entry: Pick<FollowUpEntriesTable, 'what' | 'at'> &
    Partial<Pick<FollowUpEntriesTable, 'note' | 'staff_id' | 'detail'>>,
): Promise<void> {
  await trx
    .insertInto('follow_up_entries')
    .values({
      tenant_id: row.tenant_id,
      case_id: row.id,
      what: entry.what,
      detail: JSON.stringify(entry.detail ?? {}),
      note: entry.note ?? null,
      staff_id: entry.staff_id ?? null,
      at: entry.at,
    } as FollowUpEntriesTable)
    .execute();
}

export function selectEntries(
  db: Db | Trx,
  tenantId: string,
  caseIds: readonly string[],
): Promise<FollowUpEntriesTable[]> {
  if (caseIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('follow_up_entries')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('case_id', 'in', [...caseIds])
    .orderBy('seq')
    .execute();
}
