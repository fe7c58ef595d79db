import { type ColumnType, type Generated, sql } from 'kysely';
import type { Treatment } from '../candidacy/rules.ts';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { LotUse } from './journal.ts';
import type { EntryFlag, JournalEntry, Opening, SessionState } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    sessions: SessionsTable;
    session_entries: SessionEntriesTable;
    session_lots: SessionLotsTable;
  }
}

export type Taken = Readonly<Record<string, { readonly quantity: number; readonly unit: LotUse['unit'] }>>;

interface SessionsTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  treatment: Treatment;
  branch_id: string | null;
  plan_id: string | null;
  plan_version: number | null;
  operator_id: string;
  physician_id: string;
  state: SessionState;
  opening: Opening;
  journal_seq: Generated<number>;
  started_at: Date;
  started_by: string;
  performed_at: Date | null;
  ended_at: Date | null;
  kept_at: Date | null;
  kept_by: string | null;
  kept_times: Generated<number>;
  kept_seq: Generated<number>;
  taken: Generated<Taken>;
  signed_at: Date | null;
  signed_by: string | null;
  content: string | null;
  sha256: Buffer | null;
}

interface SessionEntriesTable {
  tenant_id: string;
  session_id: string;
  seq: number;
  id: string;
  device_id: string;
  counter: number;
  seen_seq: number;
  kind: JournalEntry['kind'];
  body: unknown;
  said_at: Date;
  happened_at: Date;
  received_at: Date;
  made_by: string;
  sent_by: string;
  flags: EntryFlag[];
}

interface SessionLotsTable {
  tenant_id: string;
  session_id: string;
  lot_id: string;
  zone: string;
  kind: LotUse['kind'];
  drops: ColumnType<string | null, number | null>;
  quantity: ColumnType<string, number>;
  unit: LotUse['unit'];
}

/** A session without its journal. */
export interface Session {
  readonly tenantId: string;
  readonly id: string;
  readonly patientId: string;
  readonly treatment: Treatment;
  readonly branchId: string | null;
  readonly planId: string | null;
  readonly planVersion: number | null;
  readonly operatorId: string;
  readonly physicianId: string;
  readonly state: SessionState;
  readonly opening: Opening;
  readonly journalSeq: number;
  readonly startedAt: Date;
  readonly startedBy: string;
  /** First needle in skin; null while nothing was done, and for a session that was called off. */
  readonly performedAt: Date | null;
  readonly endedAt: Date | null;
  readonly keptAt: Date | null;
  readonly keptBy: string | null;
  readonly keptTimes: number;
  /** Last entry of the journal when it was kept; 0 before. */
  readonly keptSeq: number;
  readonly taken: Taken;
  readonly signedAt: Date | null;
  readonly signedBy: string | null;
  readonly sha256: string | null;
}

const columns = [
  'tenant_id',
  'id',
  'patient_id',
  'treatment',
  'branch_id',
  'plan_id',
  'plan_version',
  'operator_id',
  'physician_id',
  'state',
  'opening',
  'journal_seq',
  'started_at',
  'started_by',
  'performed_at',
  'ended_at',
  'kept_at',
  'kept_by',
  'kept_times',
  'kept_seq',
  'taken',
  'signed_at',
  'signed_by',
  'sha256',
] as const;

type Row = Pick<
  { [K in keyof SessionsTable]: SessionsTable[K] extends Generated<infer T> ? T : SessionsTable[K] },
  (typeof columns)[number]
>;

function sessionOf(row: Row): Session {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    patientId: row.patient_id,
    treatment: row.treatment,
    branchId: row.branch_id,
    planId: row.plan_id,
    planVersion: row.plan_version,
    operatorId: row.operator_id,
    physicianId: row.physician_id,
    state: row.state,
    opening: row.opening,
    journalSeq: row.journal_seq,
    startedAt: row.started_at,
    startedBy: row.started_by,
    performedAt: row.performed_at,
    endedAt: row.ended_at,
    keptAt: row.kept_at,
    keptBy: row.kept_by,
    keptTimes: row.kept_times,
    keptSeq: row.kept_seq,
    taken: row.taken,
    signedAt: row.signed_at,
    signedBy: row.signed_by,
    sha256: row.sha256?.toString('hex') ?? null,
  };
}

export async function insertSession(
  trx: Trx,
  session: Pick<
    Session,
    | 'tenantId'
    | 'id'
    | 'patientId'
    | 'treatment'
    | 'branchId'
    | 'planId'
    | 'planVersion'
    | 'operatorId'
    | 'physicianId'
    | 'opening'
    | 'startedAt'
    | 'startedBy'
  >,
): Promise<void> {
  await trx
    .insertInto('sessions')
    .values({
      tenant_id: session.tenantId,
      id: session.id,
      patient_id: session.patientId,
      treatment: session.treatment,
      branch_id: session.branchId,
      plan_id: session.planId,
      plan_version: session.planVersion,
      operator_id: session.operatorId,
      physician_id: session.physicianId,
      state: 'open',
      opening: JSON.stringify(session.opening) as unknown as Opening,
      started_at: session.startedAt,
      started_by: session.startedBy,
      performed_at: null,
      ended_at: null,
      kept_at: null,
      kept_by: null,
      signed_at: null,
      signed_by: null,
      content: null,
      sha256: null,
    })
    .execute();
}

export async function selectSession(db: Db, tenantId: string, id: string): Promise<Session | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && sessionOf(row);
}

/** The session with its row held until the transaction ends: its journal grows one after another. */
export async function lockSession(trx: Trx, tenantId: string, id: string): Promise<Session | undefined> {
  const row = await trx
    .selectFrom('sessions')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && sessionOf(row);
}

/** Sessions of a patient, newest first. */
export async function selectSessionsOf(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<readonly Session[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy('started_at', 'desc')
    .execute();
  return rows.map(sessionOf);
}

export interface UnsignedSession {
  readonly id: string;
  readonly patientId: string;
  readonly treatment: Treatment;
  readonly startedAt: Date;
}

/** How many sessions are kept and not yet signed, and the first `most` of them, the longest waiting first. */
export async function selectUnsigned(
  db: Db,
  tenantId: string,
  most: number,
): Promise<{ count: number; sessions: readonly UnsignedSession[] }> {
  const unsigned = db.selectFrom('sessions').where('tenant_id', '=', tenantId).where('state', '=', 'kept');
  const { count } = await unsigned
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  const sessions = await unsigned
    .select(['id', 'patient_id as patientId', 'treatment', 'started_at as startedAt'])
    .orderBy('kept_at')
    .orderBy('id')
    .limit(most)
    .execute();
  return { count: Number(count), sessions };
}

/** Sessions in which a needle was in skin, in a half-open stretch of time, oldest first. */
export async function selectPerformed(
  db: Db,
  tenantId: string,
  range: { readonly from: Date; readonly to: Date },
): Promise<readonly Session[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('performed_at', '>=', range.from)
    .where('performed_at', '<', range.to)
    .orderBy('performed_at')
    .execute();
  return rows.map(sessionOf);
}

export async function selectJournal(
  db: Db,
  tenantId: string,
  sessionId: string,
  afterSeq = 0,
): Promise<readonly JournalEntry[]> {
  const rows = await db
    .selectFrom('session_entries')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .execute();
  return rows.map(
    (row) =>
      ({
        id: row.id,
        deviceId: row.device_id,
        counter: row.counter,
        seenSeq: row.seen_seq,
        saidAt: row.said_at.toISOString(),
        madeBy: row.made_by,
        kind: row.kind,
        body: row.body,
        seq: row.seq,
        happenedAt: row.happened_at.toISOString(),
        flags: row.flags,
      }) as JournalEntry,
  );
}

export async function insertEntries(
  trx: Trx,
  tenantId: string,
  sessionId: string,
  entries: readonly JournalEntry[],
  sent: { readonly at: Date; readonly by: string },
): Promise<void> {
  if (entries.length === 0) return;
  await trx
    .insertInto('session_entries')
    .values(
      entries.map((entry) => ({
        tenant_id: tenantId,
        session_id: sessionId,
        seq: entry.seq,
        id: entry.id,
        device_id: entry.deviceId,
        counter: entry.counter,
        seen_seq: entry.seenSeq,
        kind: entry.kind,
        body: JSON.stringify(entry.body),
        said_at: new Date(entry.saidAt),
        happened_at: new Date(entry.happenedAt),
        received_at: sent.at,
        made_by: entry.madeBy,
        sent_by: sent.by,
        flags: [...entry.flags],
      })),
    )
    .execute();
}

/** Ids among these that stand in a journal of another session. */
export async function foreignEntries(
  trx: Trx,
  tenantId: string,
  sessionId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await trx
    .selectFrom('session_entries')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '<>', sessionId)
    .where('id', 'in', ids)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Draws anew which lots a session touched. */
export async function replaceLots(
  trx: Trx,
  tenantId: string,
  sessionId: string,
  uses: readonly LotUse[],
): Promise<void> {
  await trx
    .deleteFrom('session_lots')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .execute();
  if (uses.length === 0) return;
  await trx
    .insertInto('session_lots')
    .values(
      uses.map(({ lotId, zone, kind, drops, quantity, unit }) => ({
        tenant_id: tenantId,
        session_id: sessionId,
        lot_id: lotId,
        zone,
        kind,
        drops,
        quantity,
        unit,
      })),
    )
    .execute();
}

export async function updateSession(
  trx: Trx,
  tenantId: string,
  id: string,
  change: Partial<
    Pick<Session, 'journalSeq' | 'performedAt' | 'operatorId' | 'physicianId' | 'opening'> & {
      kept: { at: Date; by: string; endedAt: Date; times: number; taken: Taken; seq: number };
      signed: { at: Date; by: string; content: string; sha256: Buffer };
    }
  >,
): Promise<void> {
  const { kept, signed } = change;
  await trx
    .updateTable('sessions')
    .set({
      ...(change.journalSeq !== undefined && { journal_seq: change.journalSeq }),
      ...(change.opening && { opening: JSON.stringify(change.opening) as unknown as Opening }),
      ...(change.performedAt !== undefined && { performed_at: change.performedAt }),
      ...(change.operatorId !== undefined && { operator_id: change.operatorId }),
      ...(change.physicianId !== undefined && { physician_id: change.physicianId }),
      ...(kept && {
        state: 'kept' as const,
        kept_at: kept.at,
        kept_by: kept.by,
        ended_at: kept.endedAt,
        kept_times: kept.times,
        kept_seq: kept.seq,
        taken: JSON.stringify(kept.taken) as unknown as Taken,
      }),
      ...(signed && {
        state: 'signed' as const,
        signed_at: signed.at,
        signed_by: signed.by,
        content: signed.content,
        sha256: signed.sha256,
      }),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

export async function selectContent(
  db: Db,
  tenantId: string,
  id: string,
): Promise<string | null | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select('content')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.content;
}

export interface LotTouch extends LotUse {
  readonly sessionId: string;
  readonly patientId: string;
  readonly treatment: Treatment;
  readonly state: SessionState;
  readonly startedAt: Date;
  readonly performedAt: Date | null;
}

/** Every session that took from these lots, kept or not, oldest first. */
export async function selectTouches(
  db: Db,
  tenantId: string,
  lotIds: readonly string[],
): Promise<readonly LotTouch[]> {
  if (lotIds.length === 0) return [];
  const rows = await db
    .selectFrom('session_lots as l')
    .innerJoin('sessions as s', (join) =>
      join.onRef('s.tenant_id', '=', 'l.tenant_id').onRef('s.id', '=', 'l.session_id'),
    )
    .select([
      'l.session_id',
      'l.lot_id',
      'l.zone',
      'l.kind',
      'l.drops',
      'l.quantity',
      'l.unit',
      's.patient_id',
      's.treatment',
      's.state',
      's.started_at',
      's.performed_at',
    ])
    .where('l.tenant_id', '=', tenantId)
    .where('l.lot_id', 'in', lotIds)
    .orderBy('s.started_at')
    .orderBy(sql`l.session_id, l.zone`)
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    patientId: row.patient_id,
    treatment: row.treatment,
    state: row.state,
    startedAt: row.started_at,
    performedAt: row.performed_at,
    lotId: row.lot_id,
    zone: row.zone,
    kind: row.kind,
    drops: row.drops === null ? null : Number(row.drops),
    quantity: Number(row.quantity),
    unit: row.unit,
  }));
}
