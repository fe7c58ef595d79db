import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { type Anchors, scheduleWith } from './rules.ts';
import type {
  Erasure,
  ErasureState,
  ErasureSummary,
  LegalHold,
  RecordKind,
  RetentionRule,
} from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    retention_rules: RetentionRulesTable;
    legal_holds: LegalHoldsTable;
    erasures: ErasuresTable;
  }
}

interface RetentionRulesTable {
  tenant_id: string;
  record_kind: RecordKind;
  law_months: number;
  keep_months: number;
  source: string;
  review_state: 'unreviewed' | 'reviewed';
  erases_by_itself: boolean;
  changed_at: Date;
  changed_by: string;
}

interface LegalHoldsTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  reason: string;
  set_at: Date;
  set_by: string;
  lifted_at: Date | null;
  lifted_by: string | null;
  lifted_reason: string | null;
}

/** What lies outside the database and must go after the rows. */
export interface Leftover {
  readonly fileKeys: readonly string[];
  readonly messageIds: readonly string[];
}

interface ErasuresTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  patient_ids: string[];
  source: Erasure['source'];
  state: ErasureState;
  asked: 'birth-date' | 'phone' | 'nothing' | null;
  proof: Buffer | null;
  expires_at: Date | null;
  note: string;
  refusal: string;
  recorded_at: Date;
  recorded_by: string | null;
  requested_at: Date | null;
  decided_at: Date | null;
  decided_by: string | null;
  resume_at: Date | null;
  leftover: unknown;
  summary: unknown;
  finished_at: Date | null;
}
export type ErasureRow = Omit<ErasuresTable, 'leftover' | 'summary'> & {
  leftover: Leftover;
  summary: ErasureSummary | null;
};

export function erasureOf(row: ErasureRow): Erasure {
  return {
    id: row.id,
    patientId: row.patient_id,
    source: row.source,
    state: row.state,
    note: row.note,
    refusal: row.refusal,
    recordedAt: row.recorded_at,
    requestedAt: row.requested_at,
    decidedAt: row.decided_at,
    resumeAt: row.resume_at,
    finishedAt: row.finished_at,
    summary: row.summary,
  };
}

export async function selectSchedule(db: Db, tenantId: string): Promise<readonly RetentionRule[]> {
  const rows = await db.selectFrom('retention_rules').selectAll().where('tenant_id', '=', tenantId).execute();
  return scheduleWith(
    rows.map((row) => ({
      kind: row.record_kind,
      lawMonths: row.law_months,
      keepMonths: row.keep_months,
      source: row.source,
      review: row.review_state,
      erasesByItself: row.erases_by_itself,
    })),
  );
}

export async function upsertRule(
  trx: Trx,
  tenantId: string,
  rule: Omit<RetentionRule, 'from'>,
  by: { at: Date; staffId: string },
): Promise<void> {
  const values = {
    law_months: rule.lawMonths,
    keep_months: rule.keepMonths,
    source: rule.source,
    review_state: rule.review,
    erases_by_itself: rule.erasesByItself,
    changed_at: by.at,
    changed_by: by.staffId,
  };
  await trx
    .insertInto('retention_rules')
    .values({ tenant_id: tenantId, record_kind: rule.kind, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'record_kind']).doUpdateSet(values))
    .execute();
}

/** What the periods of these records count from, in the clinic's zone. */
export async function selectAnchors(
  trx: Trx,
  tenantId: string,
  ids: { readonly patients: readonly string[]; readonly bookings: readonly string[] },
): Promise<Anchors> {
  const patients = sql`any(${[...ids.patients]}::uuid[])`;
  const bookings = sql`any(${[...ids.bookings]}::uuid[])`;
  const { rows } = await sql<Anchors>`
    with zone as (select zone from tenants where tenant_id = ${tenantId}),
    days as (
      select
        (select max(starts_at) from bookings where tenant_id = ${tenantId} and id = ${bookings}) as visit,
        (select max(at) from (
          select max(coalesce(performed_at, started_at)) as at from sessions where tenant_id = ${tenantId} and patient_id = ${patients}
          union all select max(signed_at) from consents where tenant_id = ${tenantId} and patient_id = ${patients}
          union all select max(signed_at) from screening_decisions where tenant_id = ${tenantId} and patient_id = ${patients}
          union all select max(placed_at) from screening_spots where tenant_id = ${tenantId} and patient_id = ${patients}
          union all select max(recorded_at) from adverse_events where tenant_id = ${tenantId} and patient_id = ${patients}
        ) as acts) as treatment,
        (select max(day) from (
          select max(issued_day) as day from invoices where tenant_id = ${tenantId} and patient_id = ${patients}
          union all select max(day) from payments where tenant_id = ${tenantId} and patient_id = ${patients}
        ) as money) as money)
    select (visit at time zone zone)::date::text as "lastVisit", (treatment at time zone zone)::date::text as "lastTreatment",
      money::text as "lastMoney",
      (select min(birth_date)::text from patients where tenant_id = ${tenantId} and id = ${patients}) as "birthDate",
      coalesce((select year_start_month from money_settings where tenant_id = ${tenantId}), 4) as "yearStartMonth"
    from days, zone`.execute(trx);
  return (
    rows[0] ?? { lastVisit: null, lastTreatment: null, lastMoney: null, birthDate: null, yearStartMonth: 4 }
  );
}

export async function selectHolds(
  db: Db,
  tenantId: string,
  patientIds: readonly string[],
): Promise<LegalHold[]> {
  if (patientIds.length === 0) return [];
  const rows = await db
    .selectFrom('legal_holds')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('patient_id', 'in', [...patientIds])
    .orderBy('set_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    patientId: row.patient_id,
    reason: row.reason,
    setAt: row.set_at,
    setBy: row.set_by,
    liftedAt: row.lifted_at,
    liftedReason: row.lifted_reason,
  }));
}

/** @returns false when one stands already */
export async function insertHold(
  trx: Trx,
  hold: Omit<LegalHoldsTable, 'lifted_at' | 'lifted_by' | 'lifted_reason'>,
): Promise<boolean> {
  const written = await trx
    .insertInto('legal_holds')
    .values({ ...hold, lifted_at: null, lifted_by: null, lifted_reason: null })
    .onConflict((c) => c.columns(['tenant_id', 'patient_id']).where('lifted_at', 'is', null).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns whose it was; undefined when none with this id stands */
export async function liftHold(
  trx: Trx,
  tenantId: string,
  id: string,
  lifted: { at: Date; by: string; reason: string },
): Promise<string | undefined> {
  const row = await trx
    .updateTable('legal_holds')
    .set({ lifted_at: lifted.at, lifted_by: lifted.by, lifted_reason: lifted.reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returning('patient_id')
    .executeTakeFirst();
  return row?.patient_id;
}

/** @returns false when an erasure of this patient is open already */
export async function insertErasure(
  trx: Trx,
  row: Omit<ErasuresTable, 'leftover' | 'summary' | 'resume_at' | 'finished_at' | 'refusal'>,
): Promise<boolean> {
  const written = await trx
    .insertInto('erasures')
    .values({
      ...row,
      refusal: '',
      leftover: JSON.stringify({ fileKeys: [], messageIds: [] }),
      summary: null,
      resume_at: null,
      finished_at: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function lockErasure(trx: Trx, tenantId: string, id: string): Promise<ErasureRow | undefined> {
  const row = await trx
    .selectFrom('erasures')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row as ErasureRow | undefined;
}

export async function selectErasure(db: Db, tenantId: string, id: string): Promise<ErasureRow | undefined> {
  const row = await db
    .selectFrom('erasures')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as ErasureRow | undefined;
}

export async function selectErasures(
  db: Db,
  tenantId: string,
  filter: { readonly patientId?: string; readonly states?: readonly ErasureState[]; readonly limit: number },
): Promise<readonly ErasureRow[]> {
  let query = db.selectFrom('erasures').selectAll().where('tenant_id', '=', tenantId);
  if (filter.patientId !== undefined) query = query.where('patient_id', '=', filter.patientId);
  if (filter.states !== undefined) query = query.where('state', 'in', [...filter.states]);
  const rows = await query.orderBy('recorded_at', 'desc').orderBy('id').limit(filter.limit).execute();
  return rows as ErasureRow[];
}

export async function updateErasure(
  trx: Trx,
  tenantId: string,
  id: string,
  change: Partial<
    Pick<
      ErasuresTable,
      | 'state'
      | 'patient_ids'
      | 'note'
      | 'refusal'
      | 'proof'
      | 'asked'
      | 'requested_at'
      | 'decided_at'
      | 'decided_by'
      | 'resume_at'
      | 'finished_at'
    >
  > & {
    readonly leftover?: Leftover;
    readonly summary?: ErasureSummary;
  },
): Promise<void> {
  const { leftover, summary, ...rest } = change;
  await trx
    .updateTable('erasures')
    .set({
      ...rest,
      ...(leftover !== undefined && { leftover: JSON.stringify(leftover) }),
      ...(summary !== undefined && { summary: JSON.stringify(summary) }),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}
