/*
 * From one branch's shelf to another's. What is sent has left one balance and is in no other until somebody has counted it:
 * no session may take it meanwhile. It arrives as it was sent; what the count says otherwise is a movement of its own, with a
 * reason. So the sum of all movements and of what is on the way changes by nothing but that.
 *
 *   transferLot(services, actor, { lotId, branchId?, to, quantity, unit, reason?, actId })   { ok: true, lot }: as it lies here now
 *   receiveTransfer(services, actor, { transferId, branchId?, quantity, unit, reason? })     { ok: true, lot, difference }
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { dayIn } from '../tenant/schema.ts';
import { writeOpening } from './branch-store.ts';
import { destinationOf, isRefusal, placeFor } from './branches.ts';
import { faultRefusal, zoneOf } from './ledger.ts';
import { by, needsReason, noSuchLot, notAllowed } from './refusals.ts';
import { type Lot, lotFault, type StockRefusal } from './rules.ts';
import { insertMovement, lockLots, selectItem, selectMovementOf } from './store.ts';
import { insertTransfer, selectTransfer, writeReceipt } from './transfer-store.ts';
import { toBase, type Unit } from './units.ts';

export interface Transfer {
  readonly lotId: string;
  /** Made by the page that asks: the same transfer sent twice is done once. */
  readonly actId: string;
  /** Where it lies; left out: her branch, or the main one. */
  readonly branchId?: string | null;
  readonly to: string;
  /** Above zero, in `unit`, and no more than the ledger holds here. */
  readonly quantity: number;
  readonly unit: Unit;
  readonly reason?: string;
}

export interface TransferReceipt {
  readonly transferId: string;
  /** Where it was sent; or where it left, when it came back. */
  readonly branchId?: string | null;
  /** As counted, in `unit`; none of it when it was lost. */
  readonly quantity: number;
  readonly unit: Unit;
  /** Needed when another quantity was sent. */
  readonly reason?: string;
}

/**
 * Sends a part of a lot on its way. What is blocked, on hold or expired stays where it is. A container that is open goes
 * with the last of its lot: its days are counted on where it arrives.
 */
export async function transferLot(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  transfer: Transfer,
): Promise<{ ok: true; lot: Lot } | StockRefusal> {
  if (!can(actor.role, 'stock.write')) return notAllowed;
  const { lotId, actId, quantity, unit } = transfer;
  if (!isUuid(lotId) || !isUuid(actId)) return noSuchLot;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const from = await placeFor(trx, actor, transfer.branchId);
    if (isRefusal(from)) return from;
    const to = await destinationOf(trx, tenantId, transfer.to);
    if (isRefusal(to)) return to;
    if (to.branchId === from.branchId) return sameBranch;
    const [lot] = await lockLots(trx, tenantId, from, [lotId]);
    const item = lot && (await selectItem(trx, tenantId, lot.itemId));
    if (lot === undefined || item === undefined) return noSuchLot;
    const source = { sourceKind: 'desk', sourceId: actId };
    if (await selectMovementOf(trx, tenantId, { lotId, kind: 'sent', ...source }))
      return { ok: true as const, lot };
    const now = services.clock.now();
    const fault = lotFault(
      { ...lot, discardBy: null },
      item.ingredients,
      dayIn(await zoneOf(trx, tenantId), now),
    );
    if (fault !== undefined) return faultRefusal(fault, lot, item);
    const base = toBase(quantity, unit, item);
    if (base === undefined) return wrongUnit;
    if (base > lot.balance) return moreThanThere;
    // Where there is another branch, each has an id.
    if (from.branchId === null || to.branchId === null) return sameBranch;
    const reason = reasonOf(transfer.reason);
    await insertMovement(trx, tenantId, {
      lotId,
      said: quantity,
      saidUnit: unit,
      flags: [],
      reason,
      ...source,
      happenedAt: now,
      recordedAt: now,
      recordedBy: actor.staffId,
      id: randomUUID(),
      kind: 'sent',
      branchId: from.branchId,
      quantity: -base,
      book: lot.balance,
    });
    const isLast = base === lot.balance;
    const transferId = randomUUID();
    await insertTransfer(trx, tenantId, {
      id: transferId,
      lotId,
      from: from.branchId,
      to: to.branchId,
      quantity: base,
      openedAt: isLast ? lot.openedAt : null,
      discardBy: isLast ? lot.discardBy : null,
      reason,
      sentAt: now,
      sentBy: actor.staffId,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'stock.transferred',
      subject: { kind: 'stock-lot', id: lotId },
      change: { after: { transferId, quantity: base, from: from.branchId, to: to.branchId, source: actId } },
    });
    return { ok: true as const, lot: { ...lot, balance: lot.balance - base } };
  });
}

/**
 * Puts what was sent on the shelf of the branch it came to, as counted there; also what is on hold or has expired meanwhile,
 * which stays so. Received twice, it is received once.
 */
export async function receiveTransfer(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  receipt: TransferReceipt,
): Promise<{ ok: true; lot: Lot; difference: number } | StockRefusal> {
  if (!can(actor.role, 'stock.write')) return notAllowed;
  const { transferId, quantity, unit } = receipt;
  if (!isUuid(transferId)) return noSuchTransfer;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const known = await selectTransfer(trx, tenantId, transferId);
    if (known === undefined) return noSuchTransfer;
    const { lotId, from, to } = known;
    const place = await placeFor(trx, actor, receipt.branchId ?? to);
    if (isRefusal(place)) return place;
    if (place.branchId === null || (place.branchId !== to && place.branchId !== from)) return noSuchTransfer;
    const [lot] = await lockLots(trx, tenantId, place, [lotId]);
    const item = lot && (await selectItem(trx, tenantId, lot.itemId));
    // Read again: who waited for the lot may find it received.
    const sent = await selectTransfer(trx, tenantId, transferId);
    if (lot === undefined || item === undefined || sent === undefined) return noSuchTransfer;
    if (sent.receivedAt !== null) return { ok: true as const, lot, difference: 0 };
    const counted = toBase(quantity, unit, item, true);
    if (counted === undefined) return wrongUnit;
    const difference = counted - sent.quantity;
    const reason = reasonOf(receipt.reason);
    if (difference !== 0 && reason === null)
      return needsReason('Another quantity was sent; say why it differs, as far as known.');
    const now = services.clock.now();
    const entry = {
      lotId,
      branchId: place.branchId,
      flags: [],
      sourceKind: 'transfer',
      sourceId: transferId,
      happenedAt: now,
      recordedAt: now,
      recordedBy: actor.staffId,
    };
    await insertMovement(trx, tenantId, {
      ...entry,
      id: randomUUID(),
      kind: 'arrived',
      quantity: sent.quantity,
      said: null,
      saidUnit: null,
      reason: sent.reason,
      book: lot.balance,
    });
    if (difference !== 0)
      await insertMovement(trx, tenantId, {
        ...entry,
        id: randomUUID(),
        kind: 'counted',
        quantity: difference,
        said: quantity,
        saidUnit: unit,
        reason,
        book: lot.balance + sent.quantity,
      });
    const { openedAt, discardBy } = sent;
    if (counted > 0 && openedAt !== null && place.branchId === to && isSooner(discardBy, lot))
      await writeOpening(trx, tenantId, place, lotId, { openedAt, discardBy });
    await writeReceipt(trx, tenantId, transferId, {
      at: now,
      by: actor.staffId,
      branchId: place.branchId,
      quantity: counted,
      reason,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'stock.transfer-received',
      subject: { kind: 'stock-lot', id: lotId },
      change: { after: { transferId, sent: sent.quantity, counted, at: place.branchId } },
    });
    return { ok: true as const, lot: { ...lot, balance: lot.balance + counted }, difference };
  });
}

function reasonOf(text: string | undefined): string | null {
  const reason = (text ?? '').trim().slice(0, 500);
  return reason === '' ? null : reason;
}

/** Of two open containers the one whose days end first is minded. */
function isSooner(discardBy: string | null, there: Pick<Lot, 'openedAt' | 'discardBy'>): boolean {
  if (there.openedAt === null || there.discardBy === null) return true;
  return discardBy !== null && discardBy < there.discardBy;
}

const noSuchTransfer: StockRefusal = {
  ok: false,
  reason: 'no-such-transfer',
  message: 'There is nothing of this kind on the way to or from this branch.',
};
const sameBranch: StockRefusal = {
  ok: false,
  reason: 'same-branch',
  message: 'It lies at this branch already; choose another.',
  field: 'to',
};
const moreThanThere: StockRefusal = {
  ok: false,
  reason: 'more-than-there',
  message: 'The ledger holds less here; count the shelf first, then send what is there.',
  field: 'quantity',
};
const wrongUnit: StockRefusal = {
  ok: false,
  reason: 'wrong-unit',
  message: 'Give a quantity above zero in the unit it is counted in.',
  field: 'quantity',
};
