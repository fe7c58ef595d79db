import { type ExpressionBuilder, type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { Db, Tables, Trx } from '../platform/database.ts';
import { liesAt, selectOpenings } from './branch-store.ts';
import type { Place } from './branches.ts';
import type { Finding, Item, Lot, Movement, MovementFlag, MovementKind } from './rules.ts';
import type { Active, Ingredient, ItemKind, Needle } from './schema.ts';
import type { BaseUnit, Unit } from './units.ts';

declare module '../platform/database.ts' {
  interface Tables {
    stock_items: ItemsTable;
    stock_lots: LotsTable;
    stock_movements: MovementsTable;
  }
}

interface ItemsTable {
  tenant_id: string;
  id: string;
  version: number;
  kind: ItemKind;
  name: string;
  maker: string | null;
  base_unit: BaseUnit;
  unit: Unit;
  drop_ul: number;
  low_at: number | null;
  discard_after_days: number | null;
  ingredients: unknown;
  actives: unknown;
  needle: unknown;
  safety_sheet_file: string | null;
  pigment_set_id: string | null;
  set_pigment_id: string | null;
  note: string | null;
  retired_at: Date | null;
  created_at: Date;
  created_by: string | null;
  changed_at: Date;
}

interface LotsTable {
  tenant_id: string;
  id: string;
  item_id: string;
  lot_number: string;
  expires_on: string | null;
  supplier: string | null;
  sterility_file: string | null;
  opened_at: Date | null;
  discard_by: string | null;
  held_at: Date | null;
  held_reason: string | null;
  received_at: Date;
  findings: unknown;
  accepted_reason: string | null;
}

interface MovementsTable {
  tenant_id: string;
  seq: GeneratedAlways<number>;
  id: string;
  lot_id: string;
  branch_id: string | null;
  kind: MovementKind;
  quantity: number;
  /** `numeric` comes back as text. */
  said: string | null;
  said_unit: Unit | null;
  book: number;
  flags: MovementFlag[];
  reason: string | null;
  source_kind: string;
  source_id: string;
  happened_at: Date;
  recorded_at: Date;
  recorded_by: string | null;
}

export type NewMovement = Omit<Movement, 'seq'>;

type ItemRow = Omit<ItemsTable, 'tenant_id' | 'created_at' | 'created_by' | 'changed_at'>;

export async function insertItem(
  trx: Trx,
  tenantId: string,
  item: Item,
  at: Date,
  by: string | null,
): Promise<boolean> {
  const done = await trx
    .insertInto('stock_items')
    .values({ ...itemRow(item), tenant_id: tenantId, created_at: at, created_by: by, changed_at: at })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Writes all of an item but its unit, if it is still at the version it was read at. */
export async function updateItem(trx: Trx, tenantId: string, item: Item, at: Date): Promise<boolean> {
  const { id, version, base_unit: _, ...rest } = itemRow(item);
  const done = await trx
    .updateTable('stock_items')
    .set({ ...rest, version: version + 1, changed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function isNameTaken(
  db: Db,
  tenantId: string,
  item: Pick<Item, 'id' | 'kind' | 'name' | 'maker'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('stock_items')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', item.kind)
    .where(sql`lower(name)`, '=', item.name.toLowerCase())
    .where(sql`lower(coalesce(maker, ''))`, '=', (item.maker ?? '').toLowerCase())
    .where('id', '<>', item.id)
    .executeTakeFirst();
  return row !== undefined;
}

export async function selectItems(db: Db, tenantId: string): Promise<readonly Item[]> {
  const rows = await db
    .selectFrom('stock_items')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('kind')
    .orderBy(sql`name collate "und-x-icu"`)
    .orderBy('id')
    .execute();
  return rows.map(itemOf);
}

export async function selectItem(db: Db, tenantId: string, id: string): Promise<Item | undefined> {
  const row = await db
    .selectFrom('stock_items')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && itemOf(row);
}

const balance = (of: ExpressionBuilder<Tables, 'stock_lots'>, place: Place) =>
  of
    .selectFrom('stock_movements as m')
    .select((sum) => sum.fn.coalesce(sum.fn.sum<string>('m.quantity'), sql<string>`0`).as('balance'))
    .whereRef('m.tenant_id', '=', 'stock_lots.tenant_id')
    .whereRef('m.lot_id', '=', 'stock_lots.id')
    .where(liesAt('m.branch_id', place))
    .as('balance');

/** Lots with what the ledger holds of them at a place; `itemId` and `ids` narrow it. The first to end comes first. */
export async function selectLots(
  db: Db,
  tenantId: string,
  place: Place,
  only: { readonly itemId?: string; readonly ids?: readonly string[] } = {},
): Promise<readonly Lot[]> {
  let query = db
    .selectFrom('stock_lots')
    .selectAll()
    .select((of) => balance(of, place))
    .where('tenant_id', '=', tenantId);
  if (only.itemId !== undefined) query = query.where('item_id', '=', only.itemId);
  if (only.ids !== undefined) query = query.where('id', 'in', [...only.ids]);
  const rows = await query
    .orderBy(sql`expires_on asc nulls last`)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  const lots = rows.map((row) => lotOf(row, Number(row.balance)));
  if (place.isMain || place.branchId === null) return lots;
  const inUse = await selectOpenings(db, tenantId, place.branchId);
  return lots.map((lot) => ({ ...lot, ...(inUse.get(lot.id) ?? { openedAt: null, discardBy: null }) }));
}

/** Locks lots in the order of their ids, so that two who need the same never wait for each other. */
export async function lockLots(
  trx: Trx,
  tenantId: string,
  place: Place,
  ids: readonly string[],
): Promise<readonly Lot[]> {
  if (ids.length === 0) return [];
  await trx
    .selectFrom('stock_lots')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
  return selectLots(trx, tenantId, place, { ids });
}

export async function findLotByNumber(
  db: Db,
  tenantId: string,
  itemId: string,
  lotNumber: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('stock_lots')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('item_id', '=', itemId)
    .where(sql`lower(lot_number)`, '=', lotNumber.toLowerCase())
    .executeTakeFirst();
  return row?.id;
}

export async function insertLot(trx: Trx, tenantId: string, lot: Omit<Lot, 'balance'>): Promise<boolean> {
  const done = await trx
    .insertInto('stock_lots')
    .values({
      tenant_id: tenantId,
      id: lot.id,
      item_id: lot.itemId,
      lot_number: lot.lotNumber,
      expires_on: lot.expiresOn,
      supplier: lot.supplier,
      sterility_file: lot.sterilityFile,
      opened_at: lot.openedAt,
      discard_by: lot.discardBy,
      held_at: lot.heldAt,
      held_reason: lot.heldReason,
      received_at: lot.receivedAt,
      findings: JSON.stringify(lot.findings),
      accepted_reason: lot.acceptedReason,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateLot(
  trx: Trx,
  tenantId: string,
  id: string,
  change: Partial<Pick<LotsTable, 'held_at' | 'held_reason' | 'sterility_file'>>,
): Promise<void> {
  await trx
    .updateTable('stock_lots')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

export async function selectMovementOf(
  db: Db,
  tenantId: string,
  of: Pick<Movement, 'lotId' | 'kind' | 'sourceKind' | 'sourceId'>,
): Promise<Movement | undefined> {
  const row = await db
    .selectFrom('stock_movements')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('lot_id', '=', of.lotId)
    .where('kind', '=', of.kind)
    .where('source_kind', '=', of.sourceKind)
    .where('source_id', '=', of.sourceId)
    .executeTakeFirst();
  return row && movementOf(row);
}

export async function insertMovement(trx: Trx, tenantId: string, movement: NewMovement): Promise<Movement> {
  const row = await trx
    .insertInto('stock_movements')
    .values({
      tenant_id: tenantId,
      id: movement.id,
      lot_id: movement.lotId,
      branch_id: movement.branchId,
      kind: movement.kind,
      quantity: movement.quantity,
      said: movement.said === null ? null : String(movement.said),
      said_unit: movement.saidUnit,
      book: movement.book,
      flags: [...movement.flags],
      reason: movement.reason,
      source_kind: movement.sourceKind,
      source_id: movement.sourceId,
      happened_at: movement.happenedAt,
      recorded_at: movement.recordedAt,
      recorded_by: movement.recordedBy,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return movementOf(row);
}

/** A lot's movements at a place, newest first. */
export async function selectMovements(
  db: Db,
  tenantId: string,
  place: Place,
  lotId: string,
): Promise<readonly Movement[]> {
  const rows = await db
    .selectFrom('stock_movements')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('lot_id', '=', lotId)
    .where(liesAt('branch_id', place))
    .orderBy('seq', 'desc')
    .limit(1000)
    .execute();
  return rows.map(movementOf);
}

function itemRow(item: Item): ItemRow {
  return {
    id: item.id,
    version: item.version,
    kind: item.kind,
    name: item.name,
    maker: item.maker,
    base_unit: item.baseUnit,
    unit: item.unit,
    drop_ul: item.dropUl,
    low_at: item.lowAt,
    discard_after_days: item.discardAfterDays,
    ingredients: JSON.stringify(item.ingredients),
    actives: JSON.stringify(item.actives),
    needle: item.needle === null ? null : JSON.stringify(item.needle),
    safety_sheet_file: item.safetySheetFile,
    pigment_set_id: item.pigmentSetId,
    set_pigment_id: item.setPigmentId,
    note: item.note,
    retired_at: item.retiredAt,
  };
}

function itemOf(row: ItemRow): Item {
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    name: row.name,
    maker: row.maker,
    baseUnit: row.base_unit,
    unit: row.unit,
    dropUl: row.drop_ul,
    lowAt: row.low_at,
    discardAfterDays: row.discard_after_days,
    ingredients: row.ingredients as Ingredient[],
    actives: row.actives as Active[],
    needle: row.needle as Needle | null,
    safetySheetFile: row.safety_sheet_file,
    pigmentSetId: row.pigment_set_id,
    setPigmentId: row.set_pigment_id,
    note: row.note,
    retiredAt: row.retired_at,
  };
}

function lotOf(row: LotsTable, held: number): Lot {
  return {
    id: row.id,
    itemId: row.item_id,
    lotNumber: row.lot_number,
    expiresOn: row.expires_on,
    supplier: row.supplier,
    sterilityFile: row.sterility_file,
    openedAt: row.opened_at,
    discardBy: row.discard_by,
    heldAt: row.held_at,
    heldReason: row.held_reason,
    receivedAt: row.received_at,
    findings: row.findings as Finding[],
    acceptedReason: row.accepted_reason,
    balance: held,
  };
}

function movementOf(row: Selectable<MovementsTable>): Movement {
  return {
    seq: row.seq,
    id: row.id,
    lotId: row.lot_id,
    branchId: row.branch_id,
    kind: row.kind,
    quantity: row.quantity,
    said: row.said === null ? null : Number(row.said),
    saidUnit: row.said_unit,
    book: row.book,
    flags: row.flags,
    reason: row.reason,
    sourceKind: row.source_kind,
    sourceId: row.source_id,
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}
