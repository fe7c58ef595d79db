import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Place } from './branches.ts';

declare module '../platform/database.ts' {
  interface Tables {
    stock_openings: OpeningsTable;
    stock_reorder_levels: ReorderLevelsTable;
  }
}

interface OpeningsTable {
  tenant_id: string;
  lot_id: string;
  branch_id: string;
  opened_at: Date;
  discard_by: string | null;
}

interface ReorderLevelsTable {
  tenant_id: string;
  item_id: string;
  branch_id: string;
  low_at: number | null;
}

/** Which movements lie at a place; those without a branch lie at the main one. */
export function liesAt(column: string, { branchId, isMain }: Place) {
  const at = sql.ref(column);
  if (branchId === null && !isMain) return sql<boolean>`true`;
  return isMain
    ? sql<boolean>`(${at} is null or ${at} = ${branchId}::uuid)`
    : sql<boolean>`${at} = ${branchId}::uuid`;
}

/** What the ledger holds of a lot, by branch; null: movements that name none. */
export async function selectBalances(
  db: Db,
  tenantId: string,
  lotId: string,
): Promise<ReadonlyMap<string | null, number>> {
  const rows = await db
    .selectFrom('stock_movements')
    .select((of) => ['branch_id', of.fn.sum<string>('quantity').as('sum')])
    .where('tenant_id', '=', tenantId)
    .where('lot_id', '=', lotId)
    .groupBy('branch_id')
    .execute();
  return new Map(rows.map(({ branch_id, sum }) => [branch_id, Number(sum)]));
}

export interface ContainerInUse {
  readonly openedAt: Date;
  readonly discardBy: string | null;
}

/** The containers in use at a branch that is not the main one, by lot. */
export async function selectOpenings(
  db: Db,
  tenantId: string,
  branchId: string,
): Promise<ReadonlyMap<string, ContainerInUse>> {
  const rows = await db
    .selectFrom('stock_openings')
    .select(['lot_id', 'opened_at', 'discard_by'])
    .where('tenant_id', '=', tenantId)
    .where('branch_id', '=', branchId)
    .execute();
  return new Map(rows.map((row) => [row.lot_id, { openedAt: row.opened_at, discardBy: row.discard_by }]));
}

/** Notes the container in use at a place. */
export async function writeOpening(
  trx: Trx,
  tenantId: string,
  { branchId, isMain }: Place,
  lotId: string,
  { openedAt, discardBy }: ContainerInUse,
): Promise<void> {
  const change = { opened_at: openedAt, discard_by: discardBy };
  if (isMain || branchId === null) {
    await trx
      .updateTable('stock_lots')
      .set(change)
      .where('tenant_id', '=', tenantId)
      .where('id', '=', lotId)
      .execute();
    return;
  }
  await trx
    .insertInto('stock_openings')
    .values({ tenant_id: tenantId, lot_id: lotId, branch_id: branchId, ...change })
    .onConflict((c) => c.columns(['tenant_id', 'lot_id', 'branch_id']).doUpdateSet(change))
    .execute();
}

/** Base units at which to order, by item, at a branch that is not the main one. */
export async function selectReorderLevels(
  db: Db,
  tenantId: string,
  branchId: string,
): Promise<ReadonlyMap<string, number | null>> {
  const rows = await db
    .selectFrom('stock_reorder_levels')
    .select(['item_id', 'low_at'])
    .where('tenant_id', '=', tenantId)
    .where('branch_id', '=', branchId)
    .execute();
  return new Map(rows.map((row) => [row.item_id, row.low_at]));
}

export async function writeReorderLevel(
  trx: Trx,
  tenantId: string,
  branchId: string,
  itemId: string,
  lowAt: number | null,
): Promise<void> {
  await trx
    .insertInto('stock_reorder_levels')
    .values({ tenant_id: tenantId, item_id: itemId, branch_id: branchId, low_at: lowAt })
    .onConflict((c) => c.columns(['tenant_id', 'item_id', 'branch_id']).doUpdateSet({ low_at: lowAt }))
    .execute();
}
