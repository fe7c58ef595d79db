/*
 * From one branch's shelf to another's: out of one balance and into the other in one transaction, so that no sum changes.
 *
 *   transferLot(services, actor, { lotId, branchId?, to, quantity, unit, reason?, actId })   { ok: true, lot }: as it lies here now
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
import { by, noSuchLot, notAllowed } from './refusals.ts';
import { type Lot, lotFault, type StockRefusal } from './rules.ts';
import { insertMovement, lockLots, selectItem, selectLots, selectMovementOf } from './store.ts';
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

/**
 * What is blocked, on hold or expired stays where it is. A container that is open goes with the last of its lot: its days
 * are counted on where it arrives.
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
    const [there] = await selectLots(trx, tenantId, to, { ids: [lotId] });
    if (there === undefined) return noSuchLot;
    const reason = (transfer.reason ?? '').trim().slice(0, 500);
    const entry = {
      lotId,
      said: quantity,
      saidUnit: unit,
      flags: [],
      reason: reason === '' ? null : reason,
      ...source,
      happenedAt: now,
      recordedAt: now,
      recordedBy: actor.staffId,
    };
    await insertMovement(trx, tenantId, {
      ...entry,
      id: randomUUID(),
      kind: 'sent',
      branchId: from.branchId,
      quantity: -base,
      book: lot.balance,
    });
    await insertMovement(trx, tenantId, {
      ...entry,
      id: randomUUID(),
      kind: 'arrived',
      branchId: to.branchId,
      quantity: base,
      book: there.balance,
    });
    if (base === lot.balance && lot.openedAt !== null && isSooner(lot.discardBy, there))
      await writeOpening(trx, tenantId, to, lotId, { openedAt: lot.openedAt, discardBy: lot.discardBy });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'stock.transferred',
      subject: { kind: 'stock-lot', id: lotId },
      change: { after: { quantity: base, from: from.branchId, to: to.branchId, source: actId } },
    });
    return { ok: true as const, lot: { ...lot, balance: lot.balance - base } };
  });
}

/** Of two open containers the one whose days end first is minded. */
function isSooner(discardBy: string | null, there: Pick<Lot, 'openedAt' | 'discardBy'>): boolean {
  if (there.openedAt === null || there.discardBy === null) return true;
  return discardBy !== null && discardBy < there.discardBy;
}

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
