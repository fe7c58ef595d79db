import type { Db, Trx } from '../platform/database.ts';

declare module '../platform/database.ts' {
  interface Tables {
    stock_transfers: TransfersTable;
  }
}

interface TransfersTable {
  tenant_id: string;
  id: string;
  lot_id: string;
  from_branch_id: string;
  to_branch_id: string;
  quantity: number;
  opened_at: Date | null;
  discard_by: string | null;
  sent_at: Date;
  sent_by: string | null;
  reason: string | null;
  received_at: Date | null;
  received_by: string | null;
  received_branch_id: string | null;
  received_quantity: number | null;
  received_reason: string | null;
}

/** A part of a lot that has left one branch and has not been counted at another. */
export interface OnTheWay {
  readonly id: string;
  readonly lotId: string;
  readonly from: string;
  readonly to: string;
  /** As sent, in the item's base unit. */
  readonly quantity: number;
  /** The container in use that went with the last of the lot. */
  readonly openedAt: Date | null;
  readonly discardBy: string | null;
  readonly reason: string | null;
  readonly sentAt: Date;
  readonly sentBy: string | null;
}

export async function insertTransfer(trx: Trx, tenantId: string, sent: OnTheWay): Promise<void> {
  await trx
    .insertInto('stock_transfers')
    .values({
      tenant_id: tenantId,
      id: sent.id,
      lot_id: sent.lotId,
      from_branch_id: sent.from,
      to_branch_id: sent.to,
      quantity: sent.quantity,
      opened_at: sent.openedAt,
      discard_by: sent.discardBy,
      sent_at: sent.sentAt,
      sent_by: sent.sentBy,
      reason: sent.reason,
    })
    .execute();
}

/** What is on the way, the longest first; of one lot, or to and from one branch. */
export async function selectOnTheWay(
  db: Db,
  tenantId: string,
  of: { readonly lotId?: string; readonly branchId?: string } = {},
): Promise<readonly OnTheWay[]> {
  let query = db
    .selectFrom('stock_transfers')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('received_at', 'is', null);
  const { lotId, branchId } = of;
  if (lotId !== undefined) query = query.where('lot_id', '=', lotId);
  if (branchId !== undefined)
    query = query.where((eb) =>
      eb.or([eb('from_branch_id', '=', branchId), eb('to_branch_id', '=', branchId)]),
    );
  const rows = await query.orderBy('sent_at').orderBy('id').execute();
  return rows.map(onTheWayOf);
}

/** @returns undefined when there is none of this id; `receivedAt` null while it is on the way */
export async function selectTransfer(
  db: Db,
  tenantId: string,
  id: string,
): Promise<(OnTheWay & { readonly receivedAt: Date | null }) | undefined> {
  const row = await db
    .selectFrom('stock_transfers')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...onTheWayOf(row), receivedAt: row.received_at };
}

export async function writeReceipt(
  trx: Trx,
  tenantId: string,
  id: string,
  receipt: {
    readonly at: Date;
    readonly by: string;
    readonly branchId: string;
    readonly quantity: number;
    readonly reason: string | null;
  },
): Promise<void> {
  await trx
    .updateTable('stock_transfers')
    .set({
      received_at: receipt.at,
      received_by: receipt.by,
      received_branch_id: receipt.branchId,
      received_quantity: receipt.quantity,
      received_reason: receipt.reason,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('received_at', 'is', null)
    .execute();
}

function onTheWayOf(row: TransfersTable): OnTheWay {
  return {
    id: row.id,
    lotId: row.lot_id,
    from: row.from_branch_id,
    to: row.to_branch_id,
    quantity: row.quantity,
    openedAt: row.opened_at,
    discardBy: row.discard_by,
    reason: row.reason,
    sentAt: row.sent_at,
    sentBy: row.sent_by,
  };
}
