import { sql } from 'kysely';
import type { Treatment } from '../candidacy/gates.ts';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { ClinicFacts, Language } from '../tenant/schema.ts';
import type { LocalNumbers } from './local-numbers.ts';
import type { ProtocolDay } from './protocol.ts';
import type { RowId, Urgency } from './red-flags.ts';
import type { CaseOutcome, CheckInAnswers, CheckInState } from './schema.ts';
import type { Doubt, TriageContext } from './triage.ts';

declare module '../platform/database.ts' {
  interface Tables {
    check_ins: CheckInsTable;
    check_in_answers: CheckInAnswersTable;
    follow_up_cases: FollowUpCasesTable;
    follow_up_entries: FollowUpEntriesTable;
    follow_up_settings: FollowUpSettingsTable;
  }
}

export interface CheckInsTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  session_id: string;
  branch_id: string | null;
  treatment: Treatment;
  protocol_day: ProtocolDay;
  day_number: number;
  performed_at: Date;
  due_at: Date;
  state: CheckInState;
  next_at: Date | null;
  sent_at: Date | null;
  reminded_at: Date | null;
  to_call_at: Date | null;
  call_tries: number;
  answered_at: Date | null;
  answer_version: number;
  urgency: Urgency | null;
  created_at: Date;
}

export interface CheckInAnswersTable {
  tenant_id: string;
  check_in_id: string;
  version: number;
  answers: CheckInAnswers;
  photo_file_id: string | null;
  context: TriageContext;
  urgency: Urgency;
  matched: RowId[];
  reasons: Doubt[];
  rules_version: string;
  said_by: 'patient' | 'staff';
  staff_id: string | null;
  answered_at: Date;
}

export interface FollowUpCasesTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  session_id: string | null;
  check_in_id: string | null;
  source: 'check-in' | 'desk';
  urgency: Urgency;
  readonly urgency_rank: number;
  state: 'open' | 'answered';
  opened_at: Date;
  timer_from: Date;
  holder_id: string | null;
  step: number;
  next_at: Date | null;
  answered_at: Date | null;
  answered_by: string | null;
  outcome: CaseOutcome | null;
}
export type CaseRow = FollowUpCasesTable;
export type NewCase = Omit<FollowUpCasesTable, 'urgency_rank'>;

const entryKinds = ['opened', 'raised', 'escalated', 'handed-over', 'noted', 'answered'] as const;

export interface FollowUpEntriesTable {
  tenant_id: string;
  readonly seq: number;
  case_id: string;
  what: (typeof entryKinds)[number];
  detail: unknown;
  note: string | null;
  staff_id: string | null;
  at: Date;
}

interface FollowUpSettingsTable {
  tenant_id: string;
  numbers: unknown;
  changed_at: Date;
}

export interface TenantFacts {
  readonly name: string;
  readonly country: string;
  readonly zone: string;
  readonly facts: ClinicFacts;
  readonly languages: readonly Language[];
  readonly numbers: LocalNumbers | null;
}

export async function selectTenantFacts(db: Db | Trx, tenantId: string): Promise<TenantFacts> {
  const row = await db
    .selectFrom('tenants as t')
    .leftJoin('follow_up_settings as s', 's.tenant_id', 't.tenant_id')
    .select(['t.name', 't.country', 't.zone', 't.facts', 't.languages', 's.numbers'])
    .where('t.tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow();
  return { ...row, facts: row.facts as ClinicFacts, numbers: row.numbers as LocalNumbers | null };
}

export async function upsertNumbers(
  trx: Trx,
  tenantId: string,
  numbers: LocalNumbers,
  at: Date,
): Promise<void> {
  const values = { numbers: JSON.stringify(numbers), changed_at: at };
  await trx
    .insertInto('follow_up_settings')
    .values({ tenant_id: tenantId, ...values })
    .onConflict((c) => c.column('tenant_id').doUpdateSet(values))
    .execute();
}

/** Inserts what is not there yet; returns how many were new. */
export async function insertCheckIns(trx: Trx, rows: readonly CheckInsTable[]): Promise<number> {
  const done = await trx
    .insertInto('check_ins')
    .values([...rows])
    .onConflict((c) => c.columns(['tenant_id', 'session_id', 'protocol_day']).doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0n);
}

/** The clinics that have something due, each with the ids that are, the longest due first. */
export async function selectDue(
  db: Db,
  table: 'check_ins' | 'follow_up_cases',
  now: Date,
  limit: number,
): Promise<readonly { tenantId: string; id: string }[]> {
  const { rows } = await sql<{ tenant_id: string; id: string }>`
    select t.tenant_id, due.id from tenants t cross join lateral (
      select d.id from ${sql.table(table)} d where d.tenant_id = t.tenant_id and d.next_at <= ${now}
      order by d.next_at limit ${limit}) due`.execute(db);
  return rows.map((row) => ({ tenantId: row.tenant_id, id: row.id }));
}

/** The row, locked; undefined when it is gone or another worker holds it. */
export function lockDueCheckIn(
  trx: Trx,
  tenantId: string,
  id: string,
  now: Date,
): Promise<CheckInsTable | undefined> {
  return trx
    .selectFrom('check_ins')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('next_at', '<=', now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

export function lockCheckIn(trx: Trx, tenantId: string, id: string): Promise<CheckInsTable | undefined> {
  return trx
    .selectFrom('check_ins')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function selectCheckIn(
  db: Db | Trx,
  tenantId: string,
  id: string,
): Promise<CheckInsTable | undefined> {
  return db
    .selectFrom('check_ins')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function updateCheckIn(
  trx: Trx,
  row: Pick<CheckInsTable, 'tenant_id' | 'id'>,
  change: Partial<CheckInsTable>,
): Promise<void> {
  await trx
    .updateTable('check_ins')
    .set(change)
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.id)
    .execute();
}

/** Whoever answers later has answered for the earlier ones too: they are no longer reminded of or called about. */
export async function settleEarlier(trx: Trx, row: CheckInsTable): Promise<readonly string[]> {
  const rows = await trx
    .updateTable('check_ins')
    .set({ state: 'missed', next_at: null })
    .where('tenant_id', '=', row.tenant_id)
    .where('session_id', '=', row.session_id)
    .where('day_number', '<', row.day_number)
    .where('state', 'in', ['planned', 'sent', 'reminded', 'to-call'])
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Ends what is still to come for a patient. @returns the ids of the check-ins that were. */
export async function withdrawCheckIns(trx: Trx, tenantId: string, patientId: string): Promise<string[]> {
  const rows = await trx
    .updateTable('check_ins')
    .set({ state: 'withdrawn', next_at: null })
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .where('state', 'in', ['planned', 'sent', 'reminded', 'to-call'])
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

export function selectCheckInsOf(
  db: Db | Trx,
  tenantId: string,
  patientId: string,
): Promise<CheckInsTable[]> {
  return db
    .selectFrom('check_ins')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy('performed_at', 'desc')
    .orderBy('day_number')
    .execute();
}

export async function insertAnswers(trx: Trx, row: CheckInAnswersTable): Promise<void> {
  await trx
    .insertInto('check_in_answers')
    .values({
      ...row,
      answers: sql`${JSON.stringify(row.answers)}::jsonb`,
      context: sql`${JSON.stringify(row.context)}::jsonb`,
    })
    .execute();
}

export function selectAnswers(
  db: Db | Trx,
  tenantId: string,
  checkInIds: readonly string[],
): Promise<CheckInAnswersTable[]> {
  if (checkInIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('check_in_answers')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('check_in_id', 'in', [...checkInIds])
    .orderBy('version', 'desc')
    .execute();
}

export interface ToCall extends CheckInsTable {
  readonly name: string;
  readonly language: Language;
  readonly phone: string | null;
}

/** People to call because a check-in stayed unanswered, the longest waiting first. */
export function selectToCall(db: Db | Trx, tenantId: string, limit: number): Promise<ToCall[]> {
  return db
    .selectFrom('check_ins as c')
    .innerJoin('patients as p', (join) =>
      join.onRef('p.tenant_id', '=', 'c.tenant_id').onRef('p.id', '=', 'c.patient_id'),
    )
    .selectAll('c')
    .select(['p.name', 'p.language', sql<string | null>`p.phones[1]`.as('phone')])
    .where('c.tenant_id', '=', tenantId)
    .where('c.state', '=', 'to-call')
    .orderBy('c.to_call_at')
    .orderBy('c.id')
    .limit(limit)
    .execute();
}
