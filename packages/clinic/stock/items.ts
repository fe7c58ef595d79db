/*
 * What the clinic keeps in stock, and the papers that come with it.
 *
 *   createItem(services, actor, form, safetySheet?)             { ok: true, item }
 *   changeItem(services, actor, { id, version }, form, sheet?)  { ok: true, item }; its counting unit stays
 *   retireItem(services, actor, id, retired)                    { ok: true }; off the lists, its history stays
 *   readStock(services, actor, itemId?, branchId?)              { ok: true, items: [{ item, lots, … }], today, … } of one branch
 *   readShelf(services, actor, branchId)                        likewise, for a session there
 *   readPaper(services, actor, { itemId } | { lotId })          { ok: true, bytes, mediaType }
 */

import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { dayIn } from '../tenant/schema.ts';
import { selectReorderLevels, writeReorderLevel } from './branch-store.ts';
import {
  everywhere,
  isRefusal,
  listPlaces,
  type NamedPlace,
  type Place,
  placeFor,
  placeOfSession,
} from './branches.ts';
import { zoneOf } from './ledger.ts';
import { badForm, by, noSuchItem, notAllowed } from './refusals.ts';
import {
  type Item,
  isLow,
  type Lot,
  lotAlerts,
  lotFault,
  type StockAlert,
  type StockRefusal,
} from './rules.ts';
import { type ItemForm, itemForm, mostPaperBytes, type Paper, paperMediaTypes } from './schema.ts';
import { insertItem, isNameTaken, selectItem, selectItems, selectLots, updateItem } from './store.ts';
import { type OnTheWay, selectOnTheWay } from './transfer-store.ts';
import { baseOf, toBase } from './units.ts';

type ItemServices = Pick<Services, 'db' | 'clock' | 'files'>;

export async function createItem(
  services: ItemServices,
  actor: Actor,
  form: ItemForm,
  safetySheet?: Paper,
): Promise<{ ok: true; item: Item } | StockRefusal> {
  if (!can(actor.role, 'stock.write')) return notAllowed;
  const id = randomUUID();
  const read = itemFrom(form, { id, version: 1, safetySheetFile: null, retiredAt: null });
  if (!read.ok) return read;
  const wrong = paperProblem(safetySheet, 'safetySheet');
  if (wrong) return wrong;
  return services.db.transaction().execute(async (trx) => {
    const place = await placeFor(trx, actor, form.branchId);
    if (isRefusal(place)) return place;
    const item = await withSheet(services, trx, actor, read.item, safetySheet);
    const kept = place.isMain ? item : { ...item, lowAt: null };
    const isNew = await insertItem(trx, actor.tenantId, kept, services.clock.now(), actor.staffId);
    if (!isNew) return namedAlready;
    await markAt(trx, actor.tenantId, place, item);
    await recordItem(services, trx, actor, 'stock.item-created', item, place);
    return { ok: true as const, item };
  });
}

export async function changeItem(
  services: ItemServices,
  actor: Actor,
  at: { readonly id: string; readonly version: number },
  form: ItemForm,
  safetySheet?: Paper,
): Promise<{ ok: true; item: Item } | StockRefusal> {
  if (!can(actor.role, 'stock.write')) return notAllowed;
  if (!isUuid(at.id)) return noSuchItem;
  const wrong = paperProblem(safetySheet, 'safetySheet');
  if (wrong) return wrong;
  return services.db.transaction().execute(async (trx) => {
    const before = await selectItem(trx, actor.tenantId, at.id);
    if (before === undefined) return noSuchItem;
    if (before.version !== at.version) return changedMeanwhile;
    const read = itemFrom(form, before);
    if (!read.ok) return read;
    if (read.item.baseUnit !== before.baseUnit || read.item.kind !== before.kind) return countedOtherwise;
    if (await isNameTaken(trx, actor.tenantId, read.item)) return namedAlready;
    const place = await placeFor(trx, actor, form.branchId);
    if (isRefusal(place)) return place;
    const item = await withSheet(services, trx, actor, read.item, safetySheet);
    const kept = place.isMain ? item : { ...item, lowAt: before.lowAt };
    if (!(await updateItem(trx, actor.tenantId, kept, services.clock.now()))) return changedMeanwhile;
    await markAt(trx, actor.tenantId, place, item);
    const changed = { ...item, version: item.version + 1 };
    await recordItem(services, trx, actor, 'stock.item-changed', changed, place);
    return { ok: true as const, item: changed };
  });
}

/** Takes an item off the lists, or puts it back; nothing of it is lost. */
export async function retireItem(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  retired: boolean,
): Promise<{ ok: true } | StockRefusal> {
  if (!can(actor.role, 'stock.write')) return notAllowed;
  if (!isUuid(id)) return noSuchItem;
  return services.db.transaction().execute(async (trx) => {
    const item = await selectItem(trx, actor.tenantId, id);
    if (item === undefined) return noSuchItem;
    const now = services.clock.now();
    const changed = { ...item, retiredAt: retired ? now : null };
    if (!(await updateItem(trx, actor.tenantId, changed, now))) return changedMeanwhile;
    const action = retired ? 'stock.item-retired' : 'stock.item-restored';
    await recordItem(services, trx, actor, action, item);
    return { ok: true as const };
  });
}

export interface StockedLot extends Lot {
  /** May it be used today, and if not why. */
  readonly fault: ReturnType<typeof lotFault>;
  readonly alerts: readonly StockAlert[];
}

export interface StockedItem {
  readonly item: Item;
  readonly lots: readonly StockedLot[];
  /** What may be used today, in base units. */
  readonly usable: number;
  readonly isLow: boolean;
}

export interface StockOfBranch {
  readonly ok: true;
  readonly items: readonly StockedItem[];
  readonly today: string;
  /** Whose stock it is; null in a clinic without branches. */
  readonly branchId: string | null;
  /** Those whose stock she sees. */
  readonly branches: readonly NamedPlace[];
  /** What is on the way to it or from it. */
  readonly onTheWay: readonly OnTheWay[];
}

/**
 * Items with their lots as they stand today; `itemId` for one alone.
 * @param branchId left out: her branch, or the main one
 */
export async function readStock(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  itemId?: string,
  branchId?: string | null,
): Promise<StockOfBranch | StockRefusal> {
  return stockAt(services, actor, itemId, (trx) => placeFor(trx, actor, branchId));
}

/** What a session at a branch may take from; it depends on where it is held, not on the branches of who writes it down. */
export async function readShelf(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  branchId: string | null,
): Promise<StockOfBranch | StockRefusal> {
  return stockAt(services, actor, undefined, (trx) => placeOfSession(trx, actor.tenantId, branchId));
}

async function stockAt(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  itemId: string | undefined,
  placeIn: (trx: Trx) => Promise<Place | StockRefusal>,
): Promise<StockOfBranch | StockRefusal> {
  if (!can(actor.role, 'stock.read')) return notAllowed;
  if (itemId !== undefined && !isUuid(itemId)) return noSuchItem;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const place = await placeIn(trx);
    if (isRefusal(place)) return place;
    const today = dayIn(await zoneOf(trx, tenantId), services.clock.now());
    const one = itemId === undefined ? undefined : await selectItem(trx, tenantId, itemId);
    if (itemId !== undefined && one === undefined) return noSuchItem;
    const items = await withMarks(
      trx,
      tenantId,
      place,
      one === undefined ? await selectItems(trx, tenantId) : [one],
    );
    const lots = Map.groupBy(
      await selectLots(trx, tenantId, place, itemId === undefined ? {} : { itemId }),
      (lot) => lot.itemId,
    );
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'stock.read',
      subject: { kind: itemId === undefined ? 'tenant' : 'stock-item', id: itemId ?? tenantId },
    });
    return {
      ok: true as const,
      today,
      branchId: place.branchId,
      branches: await listPlaces(trx, actor),
      onTheWay:
        place.branchId === null ? [] : await selectOnTheWay(trx, tenantId, { branchId: place.branchId }),
      items: items.map((item) => stocked(item, lots.get(item.id) ?? [], today)),
    };
  });
}

function stocked(item: Item, lots: readonly Lot[], today: string): StockedItem {
  const seen = lots.map((lot) => ({
    ...lot,
    fault: lotFault(lot, item.ingredients, today),
    alerts: lotAlerts(lot, item.ingredients, today),
  }));
  const usable = seen.reduce((sum, lot) => (lot.fault === undefined ? sum + lot.balance : sum), 0);
  return { item, lots: seen, usable, isLow: item.retiredAt === null && isLow(item.lowAt, usable) };
}

/** The safety sheet of an item or the certificate of a lot. */
export async function readPaper(
  services: ItemServices,
  actor: Actor,
  of: { readonly itemId: string } | { readonly lotId: string },
): Promise<{ ok: true; bytes: Uint8Array; mediaType: string } | StockRefusal> {
  if (!can(actor.role, 'stock.read')) return notAllowed;
  const { tenantId } = actor;
  const id = 'itemId' in of ? of.itemId : of.lotId;
  if (!isUuid(id)) return noSuchPaper;
  return services.db.transaction().execute(async (trx) => {
    const fileId =
      'itemId' in of
        ? (await selectItem(trx, tenantId, id))?.safetySheetFile
        : (await selectLots(trx, tenantId, everywhere, { ids: [id] }))[0]?.sterilityFile;
    const file = fileId ? await services.files.get(trx, tenantId, fileId) : undefined;
    if (file === undefined) return noSuchPaper;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'stock.paper-read',
      subject: { kind: 'itemId' in of ? 'stock-item' : 'stock-lot', id },
    });
    return { ok: true as const, bytes: file.bytes, mediaType: file.mediaType };
  });
}

/** What keeps a paper from being kept, or undefined. */
export function paperProblem(paper: Paper | undefined, field: string): StockRefusal | undefined {
  if (paper === undefined) return undefined;
  const known = (paperMediaTypes as readonly string[]).includes(paper.mediaType);
  if (known && paper.bytes.length > 0 && paper.bytes.length <= mostPaperBytes) return undefined;
  return {
    ok: false,
    reason: 'paper-unusable',
    message: 'Give a PDF, JPEG or PNG of at most 20 MB.',
    field,
  };
}

function itemFrom(
  form: ItemForm,
  kept: Pick<Item, 'id' | 'version' | 'safetySheetFile' | 'retiredAt'>,
): { ok: true; item: Item } | StockRefusal {
  const parsed = itemForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { unit, lowAt, branchId: _, ...rest } = parsed.data;
  const counted = { baseUnit: baseOf[unit], dropUl: rest.dropUl };
  const mark = lowAt === null ? null : toBase(lowAt, unit, counted, true);
  if (mark === undefined) {
    return { ok: false, reason: 'bad-form', message: 'That mark is too high.', field: 'lowAt' };
  }
  const { id, version, safetySheetFile, retiredAt } = kept;
  return {
    ok: true,
    item: { ...rest, ...counted, unit, lowAt: mark, id, version, safetySheetFile, retiredAt },
  };
}

async function withSheet(
  services: Pick<Services, 'files'>,
  trx: Trx,
  actor: Actor,
  item: Item,
  sheet: Paper | undefined,
): Promise<Item> {
  if (sheet === undefined) return item;
  const stored = await services.files.put(trx, { tenantId: actor.tenantId, ...sheet });
  return { ...item, safetySheetFile: stored.id };
}

/** The mark for ordering is one branch's: the item itself has that of the main one. */
async function markAt(trx: Trx, tenantId: string, place: Place, { id, lowAt }: Item): Promise<void> {
  if (!place.isMain && place.branchId !== null)
    await writeReorderLevel(trx, tenantId, place.branchId, id, lowAt);
}

async function withMarks(
  trx: Trx,
  tenantId: string,
  place: Place,
  items: readonly Item[],
): Promise<readonly Item[]> {
  if (place.isMain || place.branchId === null) return items;
  const levels = await selectReorderLevels(trx, tenantId, place.branchId);
  return items.map((item) => ({ ...item, lowAt: levels.get(item.id) ?? null }));
}

async function recordItem(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  action: string,
  item: Item,
  place?: Place,
): Promise<void> {
  const { version, kind, baseUnit, dropUl, lowAt, discardAfterDays, ingredients, actives } = item;
  const cis = ingredients.map(({ ciNumber, cas }) => ciNumber ?? cas);
  const strengths = actives.map(({ substance, mgPer, per }) => ({ substance, mgPer, per }));
  await recordAudit(services, trx, {
    ...by(actor),
    action,
    subject: { kind: 'stock-item', id: item.id },
    change: {
      after: {
        version,
        kind,
        baseUnit,
        dropUl,
        lowAt,
        ...(place !== undefined && { branch: place.branchId }),
        discardAfterDays,
        ingredients: cis,
        actives: strengths,
        safetySheet: item.safetySheetFile,
      },
    },
  });
}

const namedAlready: StockRefusal = {
  ok: false,
  reason: 'item-named-already',
  message: 'There is an item of this name and maker already.',
  field: 'name',
};
const changedMeanwhile: StockRefusal = {
  ok: false,
  reason: 'changed-meanwhile',
  message: 'Somebody else changed this item; look at it again, then repeat your change.',
};
const countedOtherwise: StockRefusal = {
  ok: false,
  reason: 'wrong-unit',
  message: 'Its lots are counted already; keep the kind and a unit of the same sort, or make a new item.',
  field: 'unit',
};
const noSuchPaper: StockRefusal = {
  ok: false,
  reason: 'no-such-paper',
  message: 'There is no such paper.',
};
