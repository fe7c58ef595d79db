/** Rows of adverse events and of lot alerts. */
import { sql } from 'kysely';
import type { Treatment } from '../candidacy/gates.ts';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { EventKind } from './event-kinds.ts';
import type { EventOutcome, foundBy } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    adverse_events: AdverseEventsTable;
    adverse_event_versions: AdverseEventVersionsTable;
    lot_alerts: LotAlertsTable;
  }
}

export interface AdverseEventsTable {
  tenant_id: string;
  id: string;
  version: number;
  patient_id: string;
  session_id: string | null;
  treatment: Treatment | null;
  lot_id: string | null;
  case_id: string | null;
  kind: EventKind;
  grade: number;
  onset_on: string;
  found_by: (typeof foundBy)[number];
  description: string;
  treatment_given: string;
  outcome: EventOutcome;
  resolved_on: string | null;
  withdrawn_reason: string | null;
  recorded_by: string | null;
  recorded_at: Date;
  changed_at: Date;
}

interface AdverseEventVersionsTable {
  tenant_id: string;
  event_id: string;
  version: number;
  fields: unknown;
  by_staff: string | null;
  at: Date;
}

export interface LotAlertsTable {
  tenant_id: string;
  id: string;
  lot_id: string;
  rule: string;
  events: number;
  raised_at: Date;
  settled_at: Date | null;
  settled_by: string | null;
  settled_note: string | null;
}

/** Writes the event as it is now, and the version beside it. */
export async function saveEvent(trx: Trx, row: AdverseEventsTable, byStaff: string | null): Promise<void> {
  const { tenant_id, id, ...rest } = row;
  await trx
    .insertInto('adverse_events')
    .values(row)
    .onConflict((c) => c.columns(['tenant_id', 'id']).doUpdateSet(rest))
    .execute();
  await trx
    .insertInto('adverse_event_versions')
    .values({
      tenant_id,
      event_id: id,
      version: row.version,
      fields: JSON.stringify(rest),
      by_staff: byStaff,
      at: row.changed_at,
    })
    .execute();
}

export function lockEvent(trx: Trx, tenantId: string, id: string): Promise<AdverseEventsTable | undefined> {
  return trx
    .selectFrom('adverse_events')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export interface EventRow extends AdverseEventsTable {
  readonly patient_name: string;
  readonly lot_number: string | null;
  readonly performed_on: string | null;
}

export interface EventFilter {
  readonly id?: string;
  readonly patientId?: string;
  readonly caseId?: string;
  readonly limit?: number;
}

/** Events with the names a page shows, the newest first. */
export function selectEvents(db: Db | Trx, tenantId: string, filter: EventFilter = {}): Promise<EventRow[]> {
  let query = db
    .selectFrom('adverse_events as e')
    .innerJoin('patients as p', (join) =>
      join.onRef('p.tenant_id', '=', 'e.tenant_id').onRef('p.id', '=', 'e.patient_id'),
    )
    .leftJoin('stock_lots as l', (join) =>
      join.onRef('l.tenant_id', '=', 'e.tenant_id').onRef('l.id', '=', 'e.lot_id'),
    )
    .leftJoin('followed_sessions as f', (join) =>
      join.onRef('f.tenant_id', '=', 'e.tenant_id').onRef('f.session_id', '=', 'e.session_id'),
    )
    .selectAll('e')
    .select(['p.name as patient_name', 'l.lot_number', 'f.performed_on'])
    .where('e.tenant_id', '=', tenantId);
  if (filter.id !== undefined) query = query.where('e.id', '=', filter.id);
  if (filter.patientId !== undefined)
    query = query.where(ofPerson('e.patient_id', tenantId, filter.patientId));
  if (filter.caseId !== undefined) query = query.where('e.case_id', '=', filter.caseId);
  query = query.orderBy('e.recorded_at', 'desc').orderBy('e.id');
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return query.execute();
}

/** A patient's sessions and their lots, to choose from. */
export async function selectSessionsOf(
  db: Db | Trx,
  tenantId: string,
  patientId: string,
): Promise<
  readonly {
    sessionId: string;
    treatment: Treatment;
    performedOn: string;
    lots: readonly { id: string; label: string }[];
  }[]
> {
  const { rows } = await sql<{
    session_id: string;
    treatment: Treatment;
    performed_on: string;
    lots: { id: string; label: string }[] | null;
  }>`select f.session_id, f.treatment, f.performed_on,
      (select jsonb_agg(distinct jsonb_build_object('id', l.id, 'label', i.name || ' · ' || l.lot_number))
        from followed_lots fl join stock_lots l on l.tenant_id = fl.tenant_id and l.id = fl.lot_id
        join stock_items i on i.tenant_id = l.tenant_id and i.id = l.item_id
        where fl.tenant_id = f.tenant_id and fl.session_id = f.session_id) as lots
    from followed_sessions f where f.tenant_id = ${tenantId} and ${ofPerson('f.patient_id', tenantId, patientId)}
    order by f.performed_on desc, f.session_id`.execute(db);
  return rows.map((row) => ({
    sessionId: row.session_id,
    treatment: row.treatment,
    performedOn: row.performed_on,
    lots: row.lots ?? [],
  }));
}

/**
 * Of each of these lots, the sessions with an event that counts towards its alert: one that suspects the lot, or suspects
 * none while the session used it.
 */
export async function countForAlert(
  trx: Trx,
  tenantId: string,
  kinds: readonly string[],
  lots: { readonly lotIds: readonly string[]; readonly sessionId: string | null },
): Promise<readonly { lotId: string; events: number }[]> {
  const { rows } = await sql<{ lot_id: string; events: number }>`
    with concerned as (
      select unnest(${[...lots.lotIds]}::uuid[]) as lot_id
      union select lot_id from followed_lots where tenant_id = ${tenantId} and session_id = ${lots.sessionId}
    )
    select c.lot_id, count(distinct coalesce(e.session_id, e.id)) as events
    from concerned c join adverse_events e on e.tenant_id = ${tenantId}
      and e.withdrawn_reason is null and e.kind = any(${[...kinds]})
      and (e.lot_id = c.lot_id or (e.lot_id is null and e.session_id in (
        select f.session_id from followed_lots f where f.tenant_id = ${tenantId} and f.lot_id = c.lot_id)))
    group by c.lot_id`.execute(trx);
  return rows.map(({ lot_id, events }) => ({ lotId: lot_id, events }));
}

/** False when this lot has its alert of this rule already; its count is brought up to date then. */
export async function insertAlert(trx: Trx, row: LotAlertsTable): Promise<boolean> {
  const { rows } = await sql<{ is_new: boolean }>`
    insert into lot_alerts (tenant_id, id, lot_id, rule, events, raised_at)
    values (${row.tenant_id}, ${row.id}, ${row.lot_id}, ${row.rule}, ${row.events}, ${row.raised_at})
    on conflict (tenant_id, lot_id, rule) do update set events = excluded.events
    returning id = ${row.id}::uuid as is_new`.execute(trx);
  return rows[0]?.is_new ?? false;
}

export interface LotAlertRow extends LotAlertsTable {
  readonly lot_number: string;
  readonly item_name: string;
}

/** Alerts of lots, those nobody has settled first. */
export function selectAlerts(db: Db | Trx, tenantId: string): Promise<LotAlertRow[]> {
  return db
    .selectFrom('lot_alerts as a')
    .innerJoin('stock_lots as l', (join) =>
      join.onRef('l.tenant_id', '=', 'a.tenant_id').onRef('l.id', '=', 'a.lot_id'),
    )
    .innerJoin('stock_items as i', (join) =>
      join.onRef('i.tenant_id', '=', 'l.tenant_id').onRef('i.id', '=', 'l.item_id'),
    )
    .selectAll('a')
    .select(['l.lot_number', 'i.name as item_name'])
    .where('a.tenant_id', '=', tenantId)
    .orderBy(sql`a.settled_at is not null`)
    .orderBy('a.raised_at', 'desc')
    .limit(200)
    .execute();
}

export async function settleAlertRow(
  trx: Trx,
  tenantId: string,
  id: string,
  by: { readonly staffId: string; readonly note: string; readonly at: Date },
): Promise<boolean> {
  const done = await trx
    .updateTable('lot_alerts')
    .set({ settled_at: by.at, settled_by: by.staffId, settled_note: by.note })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
