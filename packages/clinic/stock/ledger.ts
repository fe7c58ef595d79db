/*
 * The ledger: every movement of every lot, in the transaction of what brings it about.
 *
 *   takeFromLots(services, trx, { tenantId, actor, sourceKind, sourceId, takes: [{ lotId, quantity, unit }] })
 *   takeFromLot(services, trx, { tenantId, actor, lotId, quantity, unit, sourceKind, sourceId })
 *   giveBack(services, trx, { tenantId, actor, lotId, quantity, unit, sourceKind, sourceId })
 *
 * Each with `branchId`, the branch from whose shelf it is.
 *
 * A source takes from a lot once: the same call again changes nothing and returns the same movement; another quantity
 * is refused (`source-differs`). A lot that is blocked, held, expired or past its opened life refuses. What has been
 * used all the same is entered with `alreadyUsed`: the ledger keeps the fact and flags it. A quantity beyond what the
 * ledger holds is entered and flagged `below-zero`: a wrong count must not stop a treatment, nor go unsaid.
 *
 * Take all lots of a transaction in one call: it locks them in one order and writes one entry in the audit chain.
 */

import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Db, Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { dayIn } from '../tenant/schema.ts';
import { placeOfSession } from './branches.ts';
import { noSuchLot, notAllowed } from './refusals.ts';
import {
  type Item,
  type Lot,
  type LotFault,
  lotFault,
  type Movement,
  type MovementFlag,
  type StockRefusal,
} from './rules.ts';
import { insertMovement, lockLots, selectItem, selectMovementOf } from './store.ts';
import { toBase, type Unit } from './units.ts';

export interface Take {
  readonly lotId: string;
  /** Above zero, in `unit`. */
  readonly quantity: number;
  readonly unit: Unit;
}

export interface TakeSource {
  readonly tenantId: string;
  readonly actor: Actor;
  /** What uses it up, for instance `session`, and its id: together they take from a lot once. */
  readonly sourceKind: string;
  readonly sourceId: string;
  /** The branch it was used at; null or left out: the main one. */
  readonly branchId?: string | null;
  /** When it was used; now, if left out. The state of the lot is judged on that day. */
  readonly usedAt?: Date;
  /** It is in the skin already and is only being written down: nothing about the lot refuses any more. */
  readonly alreadyUsed?: boolean;
}

type LedgerServices = Pick<Services, 'clock'>;
export type Taken = { readonly ok: true; readonly movements: readonly Movement[] };

export async function takeFromLots(
  services: LedgerServices,
  trx: Trx,
  from: TakeSource & { readonly takes: readonly Take[] },
): Promise<Taken | StockRefusal> {
  return move(services, trx, from, 'used');
}

export async function takeFromLot(
  services: LedgerServices,
  trx: Trx,
  from: TakeSource & Take,
): Promise<{ ok: true; movement: Movement } | StockRefusal> {
  const { lotId, quantity, unit, ...source } = from;
  return onlyOne(await move(services, trx, { ...source, takes: [{ lotId, quantity, unit }] }, 'used'));
}

/** What was taken and not used goes back. */
export async function giveBack(
  services: LedgerServices,
  trx: Trx,
  from: Omit<TakeSource, 'alreadyUsed'> & Take,
): Promise<{ ok: true; movement: Movement } | StockRefusal> {
  const { lotId, quantity, unit, ...source } = from;
  const takes = [{ lotId, quantity, unit }];
  return onlyOne(await move(services, trx, { ...source, takes, alreadyUsed: true }, 'returned'));
}

function onlyOne(done: Taken | StockRefusal): { ok: true; movement: Movement } | StockRefusal {
  return done.ok ? { ok: true, movement: done.movements[0] as Movement } : done;
}

async function move(
  services: LedgerServices,
  trx: Trx,
  from: TakeSource & { readonly takes: readonly Take[] },
  kind: 'used' | 'returned',
): Promise<Taken | StockRefusal> {
  const { tenantId, actor, sourceKind, sourceId } = from;
  if (!can(actor.role, 'session.write') && !can(actor.role, 'stock.write')) return notAllowed;
  const now = services.clock.now();
  const happenedAt = from.usedAt ?? now;
  const ids = [...new Set(from.takes.map(({ lotId }) => lotId))].toSorted();
  const unknown = ids.find((id) => !isUuid(id));
  if (unknown !== undefined) return { ...noSuchLot, lotId: unknown };
  const place = await placeOfSession(trx, tenantId, from.branchId);
  const lots = new Map((await lockLots(trx, tenantId, place, ids)).map((lot) => [lot.id, lot]));
  const zone = await zoneOf(trx, tenantId);
  const done: Movement[] = [];
  const fresh: Movement[] = [];
  // Everything is looked at before anything is written: a refusal leaves the caller's transaction as it was.
  const toWrite: { lot: Lot; take: Take; base: number; flags: readonly MovementFlag[] }[] = [];
  for (const lotId of ids) {
    const lot = lots.get(lotId);
    const item = lot && (await selectItem(trx, tenantId, lot.itemId));
    if (lot === undefined || item === undefined) return { ...noSuchLot, lotId };
    const take = sumOf(from.takes.filter((one) => one.lotId === lotId));
    const base = take && toBase(take.quantity, take.unit, item);
    if (take === undefined || base === undefined) return wrongUnit(lot, item);
    const quantity = kind === 'used' ? -base : base;
    const before = await selectMovementOf(trx, tenantId, { lotId, kind, sourceKind, sourceId });
    if (before !== undefined) {
      if (before.quantity !== quantity) return sourceDiffers(lot);
      done.push(before);
      continue;
    }
    const fault = lotFault(lot, item.ingredients, dayIn(zone, happenedAt));
    if (fault !== undefined && from.alreadyUsed !== true) return faultRefusal(fault, lot, item);
    const flags: MovementFlag[] = fault === undefined || kind === 'returned' ? [] : [fault];
    if (quantity < 0 && lot.balance + quantity < 0) flags.push('below-zero');
    toWrite.push({ lot, take, base: quantity, flags });
  }
  for (const { lot, take, base, flags } of toWrite) {
    fresh.push(
      await insertMovement(trx, tenantId, {
        id: randomUUID(),
        lotId: lot.id,
        kind,
        branchId: place.branchId,
        quantity: base,
        said: take.quantity,
        saidUnit: take.unit,
        book: lot.balance,
        flags,
        reason: null,
        sourceKind,
        sourceId,
        happenedAt,
        recordedAt: now,
        recordedBy: actor.staffId,
      }),
    );
  }
  if (fresh.length > 0) {
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: `stock.${kind}`,
      subject: { kind: sourceKind, id: sourceId },
      change: {
        after: { movements: fresh.map(({ lotId, quantity, flags }) => ({ lotId, quantity, flags })) },
      },
    });
  }
  return { ok: true, movements: [...done, ...fresh] };
}

/** The zone the clinic's days are counted in. */
export async function zoneOf(db: Db, tenantId: string): Promise<string> {
  return (await listTenants({ db })).find(({ id }) => id === tenantId)?.zone ?? 'UTC';
}

/** Two entries of one lot in one call are one movement; they must be said in one unit. */
function sumOf(takes: readonly Take[]): Take | undefined {
  const [first, ...rest] = takes;
  if (first === undefined || rest.some(({ unit }) => unit !== first.unit)) return undefined;
  // A quantity that is not above zero spoils the sum instead of hiding in it.
  if (takes.some(({ quantity }) => !(quantity > 0))) return undefined;
  return { ...first, quantity: takes.reduce((sum, { quantity }) => sum + quantity, 0) };
}

export function faultRefusal(fault: LotFault, lot: Lot, item: Item): StockRefusal {
  const name = `${item.name}, lot ${lot.lotNumber}`;
  const message = {
    blocked: `${name} holds an ingredient of the blocklist and is not used. Choose another pigment.`,
    held: `${name} is on hold: ${lot.heldReason ?? ''}. Choose another lot.`,
    expired: `${name} expired on ${lot.expiresOn ?? ''}. Choose another lot.`,
    'discard-passed': `${name} was opened too long ago (use by ${lot.discardBy ?? ''}). Open a new container.`,
  }[fault];
  return { ok: false, reason: fault, message, field: 'lotId', lotId: lot.id };
}

function wrongUnit(lot: Lot, item: Item): StockRefusal {
  return {
    ok: false,
    reason: 'wrong-unit',
    message: `${item.name} is counted in ${item.unit}; give a quantity above zero in that unit.`,
    field: 'quantity',
    lotId: lot.id,
  };
}

function sourceDiffers(lot: Lot): StockRefusal {
  return {
    ok: false,
    reason: 'source-differs',
    message: `Another quantity of lot ${lot.lotNumber} is in the ledger for this already; correct it by giving back.`,
    field: 'quantity',
    lotId: lot.id,
  };
}
