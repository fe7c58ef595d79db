import { addDays } from '../tenant/schema.ts';
import type { Active, Ingredient, ItemKind, Needle } from './schema.ts';
import { type Hazard, hazardLimits, hazardSource, substanceRules } from './substances.ts';
import type { BaseUnit, Unit } from './units.ts';

export { type Hazard, hazards } from './substances.ts';
export { type BaseUnit, baseOf, fromBase, toBase, type Unit, units, unitsOf, usualDropUl } from './units.ts';

/** What a list of pigment sets shows. */
export interface PigmentSetSummary {
  readonly setId: string;
  /** Counted from 1 within one set. */
  readonly version: number;
  readonly name: string;
  readonly kind: 'ink' | 'paint';
  /** False while the dose of one treatment is an assumption, true once the clinic's test spots set it. */
  readonly doseCalibrated: boolean;
  readonly pigmentCount: number;
  /** How and by whom the first pigment was measured; the pigments of a set are measured together. */
  readonly provenance: { readonly method: string; readonly source: string };
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface StockRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'no-such-set'
    | 'no-name'
    | 'set-too-large'
    | 'wrong-format'
    | 'bad-pigments'
    | 'bad-table'
    | 'bad-form'
    | 'no-such-item'
    | 'no-such-lot'
    | 'no-such-paper'
    | 'item-named-already'
    | 'changed-meanwhile'
    | 'paper-unusable'
    | 'receipt-refused'
    | 'receipt-needs-reason'
    | 'expiry-differs'
    | 'wrong-unit'
    | 'needs-reason'
    | 'nothing-open'
    | 'source-differs'
    | LotFault
    | 'already-held'
    | 'not-held'
    | 'no-open-recall'
    | 'not-in-recall'
    | 'no-such-branch'
    | 'same-branch'
    | 'more-than-there'
    | 'no-such-transfer';
  readonly message: string;
  readonly field?: string;
  /** With `receipt-refused` and `receipt-needs-reason`. */
  readonly findings?: readonly Finding[];
  /** With a refused lot. */
  readonly lotId?: string;
}

/** Bytes a document of pigments may have: twenty pigments take about 20 kB. */
export const mostDocumentBytes = 1_048_576;

/** Characters a set's name may have. */
export const longestName = 120;

/** Why a lot may not be used, worst first. */
const lotFaults = ['blocked', 'held', 'expired', 'discard-passed'] as const;
export type LotFault = (typeof lotFaults)[number];

/** What a movement in the ledger can have against it. */
export type MovementFlag = LotFault | 'below-zero';

const movementKinds = [
  'receipt',
  'opened',
  'used',
  'wasted',
  'counted',
  'returned',
  'held',
  'released',
  'sent',
  'arrived',
] as const;
export type MovementKind = (typeof movementKinds)[number];

export interface LotFacts {
  readonly expiresOn: string | null;
  readonly discardBy: string | null;
  readonly heldAt: Date | null;
}

/** Whether a lot may be used on a day (the clinic's): the worst that stands against it, or undefined. */
export function lotFault(
  lot: LotFacts,
  ingredients: readonly Ingredient[],
  today: string,
): LotFault | undefined {
  if (ingredients.some((one) => findingsOf(one).some(({ effect }) => effect === 'refuse'))) return 'blocked';
  if (lot.heldAt !== null) return 'held';
  if (lot.expiresOn !== null && lot.expiresOn < today) return 'expired';
  if (lot.discardBy !== null && lot.discardBy < today) return 'discard-passed';
  return undefined;
}

/** Something found when a delivery is checked: a stable code, what it does, and where the rule is from. */
export interface Finding {
  readonly code: string;
  readonly effect: 'refuse' | 'warn' | 'note';
  /** The ingredient or paper it is about, as the label names it. */
  readonly about: string | null;
  /** Percent by weight: what the sheet says, and from where the rule applies. */
  readonly percent?: number;
  readonly fromPercent?: number;
  readonly source: string;
  readonly review: 'unreviewed';
}

const own = (code: string, effect: Finding['effect'], about: string | null = null): Finding => ({
  code,
  effect,
  about,
  source: 'Domain reference 2.3: required fields of a pigment [26; background knowledge]',
  review: 'unreviewed',
});

function findingsOf(one: Ingredient): Finding[] {
  const about = one.name ?? one.ciNumber ?? one.cas;
  const found: Finding[] = [];
  const ci = one.ciNumber?.slice(0, 5);
  for (const rule of substanceRules) {
    const named =
      (ci !== undefined && rule.ciNumbers.includes(ci)) || (one.cas !== null && rule.cas.includes(one.cas));
    if (!named) continue;
    const { code, effect, source, review, fromPercent } = rule;
    // A limit cannot be kept when nobody says how much is in it: the ink counts as over it until somebody does.
    if (fromPercent !== undefined && one.percent !== null && one.percent < fromPercent) continue;
    found.push({ code, effect, about, ...amounts(one, fromPercent), source, review });
  }
  const overHazard = (hazard: Hazard) => {
    const limit = hazardLimits[hazard];
    const from = one.phRegulator ? (limit.asPhRegulator ?? limit.fromPercent) : limit.fromPercent;
    return one.percent === null || one.percent >= from ? from : undefined;
  };
  for (const hazard of one.hazards) {
    const from = overHazard(hazard);
    if (from === undefined) continue;
    found.push({
      code: `reach-${hazard}`,
      effect: 'warn',
      about,
      ...amounts(one, from),
      ...hazardSource,
    });
  }
  return found;
}

function amounts(one: Ingredient, fromPercent: number | undefined) {
  return {
    ...(one.percent !== null && { percent: one.percent }),
    ...(fromPercent !== undefined && { fromPercent }),
  };
}

export interface Delivery {
  readonly kind: ItemKind;
  readonly ingredients: readonly Ingredient[];
  readonly expiresOn: string | null;
  readonly hasSafetySheet: boolean;
  readonly hasCertificate: boolean;
  /** The clinic's day. */
  readonly today: string;
}

/** Days before its end at which a lot is listed as expiring, and at which receiving one is worth a word. */
const expiringDays = 60;

/** Everything to be said of a delivery before it is put on the shelf, what refuses it first. */
export function receiptFindings(delivery: Delivery): readonly Finding[] {
  const { kind, ingredients, expiresOn, today } = delivery;
  const found = ingredients.flatMap(findingsOf);
  if (expiresOn !== null && expiresOn < today) found.push(own('expired', 'refuse'));
  else if (expiresOn !== null && expiresOn <= addDays(today, expiringDays))
    found.push(own('expires-soon', 'note'));
  if (kind !== 'consumable' && expiresOn === null) found.push(own('no-expiry', 'warn'));
  if (kind === 'pigment') {
    if (!ingredients.some((one) => one.ciNumber !== null)) found.push(own('no-ci', 'warn'));
    if (!delivery.hasSafetySheet) found.push(own('no-safety-sheet', 'warn'));
  }
  if ((kind === 'pigment' || kind === 'needle') && !delivery.hasCertificate) {
    found.push(own('no-certificate', 'warn'));
  }
  const rank = { refuse: 0, warn: 1, note: 2 } as const;
  return found.toSorted((a, b) => rank[a.effect] - rank[b.effect]);
}

/** What stands on a list for somebody to act on. */
export type StockAlert = LotFault | 'expiring' | 'low' | 'below-zero';

/** What is wrong with a lot that still holds something (or less than nothing), worst first; empty when all is well. */
export function lotAlerts(
  lot: LotFacts & { readonly balance: number },
  ingredients: readonly Ingredient[],
  today: string,
): readonly StockAlert[] {
  if (lot.balance < 0) return ['below-zero'];
  if (lot.balance === 0) return [];
  const fault = lotFault(lot, ingredients, today);
  if (fault !== undefined) return [fault];
  const end = [lot.expiresOn, lot.discardBy].filter((day) => day !== null).toSorted()[0];
  return end !== undefined && end <= addDays(today, expiringDays) ? ['expiring'] : [];
}

/** Whether an item is to be ordered: what may still be used is at or below its mark. */
export function isLow(lowAt: number | null, usable: number): boolean {
  return lowAt !== null && usable <= lowAt;
}

/** A thing the clinic keeps in stock. Quantities of it are whole numbers of `baseUnit`. */
export interface Item {
  readonly id: string;
  readonly version: number;
  readonly kind: ItemKind;
  readonly name: string;
  readonly maker: string | null;
  readonly baseUnit: BaseUnit;
  readonly unit: Unit;
  readonly dropUl: number;
  readonly lowAt: number | null;
  readonly discardAfterDays: number | null;
  readonly ingredients: readonly Ingredient[];
  readonly actives: readonly Active[];
  readonly needle: Needle | null;
  readonly safetySheetFile: string | null;
  readonly pigmentSetId: string | null;
  readonly setPigmentId: string | null;
  readonly note: string | null;
  readonly retiredAt: Date | null;
}

/** A maker's lot as it stands now at one branch. */
export interface Lot {
  readonly id: string;
  readonly itemId: string;
  readonly lotNumber: string;
  /** Last day of use; null for things without one. */
  readonly expiresOn: string | null;
  readonly supplier: string | null;
  readonly sterilityFile: string | null;
  readonly openedAt: Date | null;
  readonly discardBy: string | null;
  readonly heldAt: Date | null;
  readonly heldReason: string | null;
  readonly receivedAt: Date;
  readonly findings: readonly Finding[];
  readonly acceptedReason: string | null;
  /** The sum of its movements there, in the item's base unit; below zero when more was used than was recorded. */
  readonly balance: number;
}

export interface Movement {
  readonly seq: number;
  readonly id: string;
  readonly lotId: string;
  readonly kind: MovementKind;
  /** Where it lies; null: at the main branch. */
  readonly branchId: string | null;
  readonly quantity: number;
  readonly said: number | null;
  readonly saidUnit: Unit | null;
  /** What the ledger held there before. */
  readonly book: number;
  readonly flags: readonly MovementFlag[];
  readonly reason: string | null;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly happenedAt: Date;
  readonly recordedAt: Date;
  readonly recordedBy: string | null;
}
