/*
 * Lots: received, opened, counted, thrown away, held.
 *
 *   receive(services, actor, form, certificate?)            { ok: true, lot, findings }; refused or asks for a reason
 *   openLot(services, actor, { lotId, actId })              { ok: true, lot }: its opened life begins
 *   wasteFromLot(services, actor, { lotId, quantity, unit, reason, actId })
 *   countLot(services, actor, { lotId, quantity, unit, reason?, actId })   { ok: true, lot, difference }
 *   holdLot(services, actor, { lotId, reason, actId }), releaseLot(…)
 *   readLot(services, actor, lotId, branchId?)              { ok: true, lot, item, movements, branches, … }
 *
 * `actId` is made by the page that asks: the same act sent twice is done once. What is there, counted, opened and thrown away
 * is so at one branch; a hold is one of the lot wherever it lies.
 */

import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Db, Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can, mayAt } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { addDays, dayIn } from '../tenant/schema.ts';
import { selectBalances, writeOpening } from './branch-store.ts';
import { everywhere, isRefusal, listPlaces, type NamedPlace, type Place, placeFor } from './branches.ts';
import { paperProblem } from './items.ts';
import { faultRefusal, zoneOf } from './ledger.ts';
import { badForm, by, needsReason, noSuchItem, noSuchLot, notAllowed } from './refusals.ts';
import {
  type Finding,
  type Item,
  type Lot,
  type LotFault,
  lotAlerts,
  lotFault,
  type Movement,
  type MovementKind,
  receiptFindings,
  type StockAlert,
  type StockRefusal,
} from './rules.ts';
import { type Paper, type ReceiptForm, receiptForm } from './schema.ts';
import {
  findLotByNumber,
  insertLot,
  insertMovement,
  lockLots,
  type NewMovement,
  selectItem,
  selectLots,
  selectMovementOf,
  selectMovements,
  updateLot,
} from './store.ts';
import { type OnTheWay, selectOnTheWay } from './transfer-store.ts';
import { toBase, type Unit } from './units.ts';

type LotServices = Pick<Services, 'db' | 'clock'>;

/**
 * Puts a delivery on the shelf. A lot that is there already gets more. What the blocklist or an expired date refuses is
 * not received; what a limit, a missing number or a missing paper warns of is received with a reason, which is kept.
 */
export async function receive(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  form: ReceiptForm,
  certificate?: Paper,
): Promise<{ ok: true; lot: Lot; findings: readonly Finding[] } | StockRefusal> {
  if (!can(actor.role, 'stock.write')) return notAllowed;
  const parsed = receiptForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const wrong = paperProblem(certificate, 'certificate');
  if (wrong) return wrong;
  const { itemId, lotNumber, expiresOn, quantity, unit, supplier, acceptedReason, receiptId } = parsed.data;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const item = await selectItem(trx, tenantId, itemId);
    if (item === undefined) return noSuchItem;
    const place = await placeFor(trx, actor, parsed.data.branchId);
    if (isRefusal(place)) return place;
    const base = toBase(quantity, unit, item);
    if (base === undefined) return wrongUnit(item);
    const now = services.clock.now();
    const lotId = (await findLotByNumber(trx, tenantId, itemId, lotNumber)) ?? randomUUID();
    const known = (await selectLots(trx, tenantId, place, { ids: [lotId] }))[0];
    const findings = receiptFindings({
      kind: item.kind,
      ingredients: item.ingredients,
      expiresOn,
      hasSafetySheet: item.safetySheetFile !== null,
      hasCertificate: certificate !== undefined || (known?.sterilityFile ?? null) !== null,
      today: dayIn(await zoneOf(trx, tenantId), now),
    });
    const objection = objectionTo(findings, acceptedReason);
    if (objection) return objection;
    if (known !== undefined && known.expiresOn !== expiresOn) return expiryDiffers(known);
    const sterilityFile =
      certificate === undefined ? null : (await services.files.put(trx, { tenantId, ...certificate })).id;
    await insertLot(trx, tenantId, {
      id: lotId,
      itemId,
      lotNumber,
      expiresOn,
      supplier,
      sterilityFile,
      openedAt: null,
      discardBy: null,
      heldAt: null,
      heldReason: null,
      receivedAt: now,
      findings,
      acceptedReason,
    });
    const locked = (await lockLots(trx, tenantId, place, [lotId]))[0];
    // Somebody received the same number at the same moment under another id: the transaction begins again.
    if (locked === undefined) return changedMeanwhile;
    if (known !== undefined && sterilityFile !== null) {
      await updateLot(trx, tenantId, lotId, { sterility_file: sterilityFile });
    }
    const lot = await enter(services, trx, actor, place, locked, {
      kind: 'receipt',
      quantity: base,
      said: quantity,
      saidUnit: unit,
      sourceKind: 'receipt',
      sourceId: receiptId,
      reason: acceptedReason,
    });
    return { ok: true as const, lot, findings };
  });
}

export interface LotAct {
  readonly lotId: string;
  readonly actId: string;
  /** At which branch; left out: hers, or the main one. */
  readonly branchId?: string | null;
}

/** Opens a container. The opened life of the one before it ends in the record: one of a lot is open at a time. */
export function openLot(
  services: LotServices,
  actor: Actor,
  act: LotAct,
): Promise<{ ok: true; lot: Lot } | StockRefusal> {
  return withLot(services, actor, act, 'opened', async (trx, { lot, item, place, today }) => {
    // A container whose opened life is over does not stand in the way of the next one.
    const fault = lotFault({ ...lot, discardBy: null }, item.ingredients, today);
    if (fault !== undefined) return faultRefusal(fault, lot, item);
    const openedAt = services.clock.now();
    const discardBy = item.discardAfterDays === null ? null : addDays(today, item.discardAfterDays);
    await writeOpening(trx, actor.tenantId, place, lot.id, { openedAt, discardBy });
    return { movement: { quantity: 0 }, lot: { ...lot, openedAt, discardBy } };
  });
}

export interface QuantityAct extends LotAct {
  readonly quantity: number;
  readonly unit: Unit;
  readonly reason: string;
}

/** Thrown away, spilt, returned to the supplier: gone without having been used. Always with a reason. */
export function wasteFromLot(
  services: LotServices,
  actor: Actor,
  act: QuantityAct,
): Promise<{ ok: true; lot: Lot } | StockRefusal> {
  return withLot(services, actor, act, 'wasted', async (_trx, { lot, item }) => {
    const base = toBase(act.quantity, act.unit, item);
    if (base === undefined) return wrongUnit(item);
    const reason = act.reason.trim().slice(0, 500);
    if (reason === '') return needsReason('Say why it was thrown away.');
    const movement = { quantity: -base, said: act.quantity, saidUnit: act.unit, reason };
    return { movement, lot };
  });
}

/**
 * What a person counted on the shelf. The ledger gets the difference, nothing when there is none but the fact of the
 * count; a difference needs a reason.
 */
export async function countLot(
  services: LotServices,
  actor: Actor,
  act: QuantityAct,
): Promise<{ ok: true; lot: Lot; difference: number } | StockRefusal> {
  let difference = 0;
  const done = await withLot(services, actor, act, 'counted', async (_trx, { lot, item }) => {
    const base = toBase(act.quantity, act.unit, item, true);
    if (base === undefined) return wrongUnit(item);
    difference = base - lot.balance;
    const reason = act.reason.trim().slice(0, 500);
    if (difference !== 0 && reason === '') {
      return needsReason('The count differs from the ledger; say why, as far as it is known.');
    }
    const movement = {
      quantity: difference,
      said: act.quantity,
      saidUnit: act.unit,
      reason: reason === '' ? null : reason,
    };
    return { movement, lot };
  });
  return done.ok ? { ...done, difference } : done;
}

/** Puts a lot on hold: it refuses use until somebody releases it. */
export function holdLot(
  services: LotServices,
  actor: Actor,
  act: LotAct & { readonly reason: string },
): Promise<{ ok: true; lot: Lot } | StockRefusal> {
  return withLot(services, actor, act, 'held', (trx, { lot }) => hold(services, trx, actor, lot, act.reason));
}

/** Puts a lot that the caller has locked on hold, with the transaction of what asks for it; held already, it stays so. */
export async function holdWithin(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  place: Place,
  lot: Lot,
  why: { readonly reason: string; readonly sourceKind: string; readonly sourceId: string },
): Promise<void> {
  if (lot.heldAt !== null) return;
  const { reason, sourceKind, sourceId } = why;
  await updateLot(trx, actor.tenantId, lot.id, { held_at: services.clock.now(), held_reason: reason });
  await enter(services, trx, actor, place, lot, { kind: 'held', quantity: 0, reason, sourceKind, sourceId });
}

/** The part of a hold inside a transaction that has the lot locked. */
async function hold(services: LotServices, trx: Trx, actor: Actor, lot: Lot, given: string) {
  const reason = given.trim().slice(0, 500);
  if (reason === '') return needsReason('Say why the lot is put on hold.');
  if (lot.heldAt !== null) {
    const message = `Lot ${lot.lotNumber} is on hold already.`;
    return { ok: false, reason: 'already-held', message } satisfies StockRefusal;
  }
  const heldAt = services.clock.now();
  await updateLot(trx, actor.tenantId, lot.id, { held_at: heldAt, held_reason: reason });
  return { movement: { quantity: 0, reason }, lot: { ...lot, heldAt, heldReason: reason } };
}

/** Ends a hold: for those who answer for treatments. */
export function releaseLot(
  services: LotServices,
  actor: Actor,
  act: LotAct & { readonly reason: string },
): Promise<{ ok: true; lot: Lot } | StockRefusal> {
  if (!can(actor.role, 'plan.write')) return Promise.resolve(notAllowed);
  return withLot(services, actor, act, 'released', async (trx, { lot }) => {
    const reason = act.reason.trim().slice(0, 500);
    if (reason === '') return needsReason('Say why the lot may be used again.');
    if (lot.heldAt === null) {
      return { ok: false, reason: 'not-held', message: `Lot ${lot.lotNumber} is not on hold.` };
    }
    await updateLot(trx, actor.tenantId, lot.id, { held_at: null, held_reason: null });
    return { movement: { quantity: 0, reason }, lot: { ...lot, heldAt: null, heldReason: null } };
  });
}

/** Whether all of these are lots of the clinic, wherever they lie. */
export async function areLots(db: Db, tenantId: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  return (await selectLots(db, tenantId, everywhere, { ids })).length === new Set(ids).size;
}

/** Those of the lots that are on hold, and since when. */
export async function heldLots(
  db: Db,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly heldAt: Date }[]> {
  if (ids.length === 0) return [];
  const lots = await selectLots(db, tenantId, everywhere, { ids });
  return lots.flatMap(({ id, heldAt }) => (heldAt === null ? [] : [{ id, heldAt }]));
}

export interface LotPage {
  readonly ok: true;
  readonly item: Item;
  readonly lot: Lot;
  readonly fault: LotFault | undefined;
  readonly alerts: readonly StockAlert[];
  /** Newest first, at this branch. */
  readonly movements: readonly Movement[];
  /** Parts of the lot on the way to or from a branch open to her. */
  readonly onTheWay: readonly OnTheWay[];
  readonly today: string;
  /** Where all this is, and what lies of the lot at the branches open to her; one entry where there is one branch. */
  readonly branchId: string | null;
  readonly branches: readonly (NamedPlace & { readonly balance: number })[];
  /** Open branches it can be brought to, hers or not. */
  readonly destinations: readonly NamedPlace[];
}

export async function readLot(
  services: LotServices,
  actor: Actor,
  lotId: string,
  branchId?: string | null,
): Promise<LotPage | StockRefusal> {
  if (!can(actor.role, 'stock.read')) return notAllowed;
  if (!isUuid(lotId)) return noSuchLot;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const place = await placeFor(trx, actor, branchId);
    if (isRefusal(place)) return place;
    const lot = (await selectLots(trx, tenantId, place, { ids: [lotId] }))[0];
    const item = lot && (await selectItem(trx, tenantId, lot.itemId));
    if (lot === undefined || item === undefined) return noSuchLot;
    const today = dayIn(await zoneOf(trx, tenantId), services.clock.now());
    const movements = await selectMovements(trx, tenantId, place, lotId);
    const balances = await selectBalances(trx, tenantId, lotId);
    const every = await listPlaces(trx, { tenantId });
    const ways = await selectOnTheWay(trx, tenantId, { lotId });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'stock.lot-read',
      subject: { kind: 'stock-lot', id: lotId },
    });
    return {
      ok: true as const,
      item,
      lot,
      fault: lotFault(lot, item.ingredients, today),
      alerts: lotAlerts(lot, item.ingredients, today),
      movements,
      onTheWay: ways.filter(({ from, to }) => mayAt(actor, from) || mayAt(actor, to)),
      today,
      branchId: place.branchId,
      branches: every
        .filter((one) => mayAt(actor, one.branchId))
        .map((one) => ({
          ...one,
          balance: (balances.get(one.branchId) ?? 0) + (one.isMain ? (balances.get(null) ?? 0) : 0),
        })),
      destinations: every.filter((one) => !one.isClosed && one.branchId !== place.branchId),
    };
  });
}

type Entered = Pick<NewMovement, 'quantity'> & Partial<Pick<NewMovement, 'said' | 'saidUnit' | 'reason'>>;

/** Locks a lot, lets `decide` say what is entered, enters it once, and leaves an entry in the audit chain. */
async function withLot(
  services: LotServices,
  actor: Actor,
  { lotId, actId, branchId }: LotAct,
  kind: MovementKind,
  decide: (
    trx: Trx,
    found: { lot: Lot; item: Item; place: Place; today: string },
  ) => Promise<{ movement: Entered; lot: Lot } | StockRefusal>,
): Promise<{ ok: true; lot: Lot } | StockRefusal> {
  if (!can(actor.role, 'stock.write')) return notAllowed;
  if (!isUuid(lotId) || !isUuid(actId)) return noSuchLot;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const place = await placeFor(trx, actor, branchId);
    if (isRefusal(place)) return place;
    const lot = (await lockLots(trx, tenantId, place, [lotId]))[0];
    const item = lot && (await selectItem(trx, tenantId, lot.itemId));
    if (lot === undefined || item === undefined) return noSuchLot;
    const source = { sourceKind: 'desk', sourceId: actId };
    if (await selectMovementOf(trx, tenantId, { lotId, kind, ...source })) return { ok: true as const, lot };
    const today = dayIn(await zoneOf(trx, tenantId), services.clock.now());
    const decided = await decide(trx, { lot, item, place, today });
    if (!('movement' in decided)) return decided;
    const entry = { kind, ...decided.movement, ...source };
    const changed = await enter(services, trx, actor, place, decided.lot, entry);
    return { ok: true as const, lot: changed };
  });
}

/** Writes one movement of a locked lot and its entry in the audit chain, unless its source did so before. */
async function enter(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  place: Place,
  lot: Lot,
  entry: Entered & Pick<NewMovement, 'kind' | 'sourceKind' | 'sourceId'>,
): Promise<Lot> {
  const { tenantId } = actor;
  if (await selectMovementOf(trx, tenantId, { ...entry, lotId: lot.id })) return lot;
  const now = services.clock.now();
  const balance = lot.balance + entry.quantity;
  await insertMovement(trx, tenantId, {
    said: null,
    saidUnit: null,
    reason: null,
    ...entry,
    id: randomUUID(),
    lotId: lot.id,
    branchId: place.branchId,
    book: lot.balance,
    flags: entry.quantity < 0 && balance < 0 ? ['below-zero'] : [],
    happenedAt: now,
    recordedAt: now,
    recordedBy: actor.staffId,
  });
  await recordAudit(services, trx, {
    ...by(actor),
    action: `stock.${entry.kind}`,
    subject: { kind: 'stock-lot', id: lot.id },
    change: {
      after: { quantity: entry.quantity, balance, source: entry.sourceId, branch: place.branchId },
    },
  });
  return { ...lot, balance };
}

function objectionTo(findings: readonly Finding[], acceptedReason: string | null): StockRefusal | undefined {
  const said = (effect: Finding['effect']) =>
    findings
      .filter((one) => one.effect === effect)
      .map(({ code, about }) => (about === null ? code : `${code} (${about})`))
      .join(', ');
  const refused = said('refuse');
  if (refused !== '') {
    const message = `Not received: ${refused}. Send it back, or keep it apart from what is used.`;
    return { ok: false, reason: 'receipt-refused', message, findings };
  }
  const warned = said('warn');
  if (warned !== '' && acceptedReason === null) {
    const message = `Look at this first: ${warned}. If it is received all the same, say why.`;
    return { ok: false, reason: 'receipt-needs-reason', message, field: 'acceptedReason', findings };
  }
  return undefined;
}

function expiryDiffers(lot: Lot): StockRefusal {
  return {
    ok: false,
    reason: 'expiry-differs',
    message: `Lot ${lot.lotNumber} is in stock with the expiry ${lot.expiresOn ?? '–'}; compare the labels.`,
    field: 'expiresOn',
    lotId: lot.id,
  };
}

function wrongUnit(item: Item): StockRefusal {
  return {
    ok: false,
    reason: 'wrong-unit',
    message: `${item.name} is counted in ${item.unit}; give a quantity in that unit.`,
    field: 'quantity',
  };
}

const changedMeanwhile: StockRefusal = {
  ok: false,
  reason: 'changed-meanwhile',
  message: 'Somebody received this lot at the same moment; send it again.',
};
