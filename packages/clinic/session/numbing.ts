/*
 * The numbing ledger: one sum over everything numbing a person was given, whatever the route, and a hard stop.
 *
 *   ledgerOf(facts, given)          milligrams of each substance, the fraction of the allowance used, what is wrong
 *   mayGive(facts, given, next)     { ok: true, ledger } or the refusal that stops it
 *   amountLeft(facts, given, next)  how much of a product still fits
 *   timesOf(application, facts)     when it works, when it comes off
 *
 * Pure; limits are data in numbing-limits.ts with source and state of review. Each product counts as a fraction of its own
 * limit; the fractions are added and may not pass one. What is put on counts in grams and square centimetres where the
 * label has such a limit, else as if every milligram reached the blood. Nothing is taken off for time.
 */
import {
  type CreamBand,
  creamBands,
  creamEffect,
  creamMgPerGram,
  eczemaCream,
  type InjectedLimit,
  type InjectedLine,
  injectedLimits,
  injectedOnset,
  leanWeightRule,
  methaemoglobinRisks,
  mixtureRule,
  otherTopical,
} from './numbing-limits.ts';
import type { Application, NumbingProduct, SessionRefusal, sexes } from './schema.ts';

export type Sex = (typeof sexes)[number];

/** What the ledger must know of a person. */
export interface NumbingFacts {
  /** Whole months of age. */
  readonly ageMonths: number | undefined;
  readonly weightKg: number | undefined;
  readonly heightCm: number | undefined;
  readonly sex: Sex | undefined;
  /** Unknown rules it out as well. */
  readonly mayHavePrilocaine: boolean;
  /** False with an allergy to amide anaesthetics. */
  readonly mayHaveAmides: boolean;
}

/** One application with the part of it that counts here. */
export type Given = Pick<
  Application,
  'product' | 'amount' | 'areaCm2' | 'zone' | 'skin' | 'nearEye' | 'reason'
>;

export type LimitLine = InjectedLine | 'cream';
export interface LedgerLine {
  readonly line: LimitLine;
  /** In milligrams; for cream in grams of 2.5 %/2.5 %. */
  readonly used: number;
  readonly most: number;
  /** Above one when more was given than this limit alone allows. */
  readonly fraction: number;
  readonly source: string;
  readonly review: 'unreviewed';
}

export interface Ledger {
  /** Nominal milligrams of each substance over all routes and products. */
  readonly mg: { readonly lidocaine: number; readonly prilocaine: number };
  /** The weight the limits are reckoned with; less than the person's in obesity. */
  readonly countedKg: number | undefined;
  readonly lines: readonly LedgerLine[];
  /** Share of the whole allowance used: the sum of the lines' fractions. */
  readonly fraction: number;
  readonly isOver: boolean;
}

export interface NumbingRefusal extends SessionRefusal {
  readonly reason:
    | 'needs-weight'
    | 'needs-height'
    | 'needs-age'
    | 'needs-area'
    | 'needs-reason'
    | 'near-eye'
    | 'prilocaine-ruled-out'
    | 'amide-ruled-out'
    | 'no-limit-for-age'
    | 'too-thick'
    | 'over-limit';
  /** With `over-limit`: millilitres or grams of this product that still fit. */
  readonly amountLeft?: number;
}

/** Differences a pen on paper would not show; keeps 27 mL of 1 % from being refused by the last bit of a double. */
const slack = 1e-9;

/**
 * The weight the limits are reckoned with: the person's, or in obesity the lean body weight (never more than the person's).
 * Where the sex is not known the smaller of the two is taken.
 * @returns undefined when it needs the height or weight and does not have it
 */
export function countedWeightKg(facts: NumbingFacts): number | undefined {
  const { weightKg, heightCm, sex } = facts;
  if (weightKg === undefined || heightCm === undefined) return undefined;
  const bmi = weightKg / (heightCm / 100) ** 2;
  if (bmi < leanWeightRule.fromBmi) return weightKg;
  const lean = ([base, perBmi]: readonly [number, number]) => (9270 * weightKg) / (base + perBmi * bmi);
  const { male, female } = leanWeightRule;
  const weights =
    sex === 'male' ? [lean(male)] : sex === 'female' ? [lean(female)] : [lean(male), lean(female)];
  return Math.min(weightKg, ...weights);
}

/** The most milligrams of an injected line for this person, alone; undefined where there is no limit for the age. */
export function mostMg(facts: NumbingFacts, line: InjectedLine): number | undefined {
  const limit = injectedLimit(facts, line);
  const kg = countedWeightKg(facts);
  return limit && kg !== undefined ? Math.min(limit.mgPerKg * kg, limit.mostMg) : undefined;
}

function injectedLimit({ ageMonths }: NumbingFacts, line: InjectedLine): InjectedLimit | undefined {
  if (ageMonths === undefined) return undefined;
  return injectedLimits.findLast((limit) => limit.line === line && ageMonths >= limit.fromMonths);
}

/** The highest band that age and weight both reach. */
export function creamBandOf({ ageMonths, weightKg }: NumbingFacts): CreamBand | undefined {
  if (ageMonths === undefined || weightKg === undefined) return undefined;
  return creamBands.findLast((band) => ageMonths >= band.fromMonths && weightKg > band.overKg);
}

function mgIn(product: NumbingProduct, substance: 'lidocaine' | 'prilocaine' | 'epinephrine'): number {
  return product.actives.reduce((sum, one) => (one.substance === substance ? sum + one.mgPer : sum), 0);
}

/** A cream of both substances, which has limits of its own in grams and square centimetres. */
export function isMixedCream(product: NumbingProduct): boolean {
  return product.route === 'topical' && mgIn(product, 'lidocaine') > 0 && mgIn(product, 'prilocaine') > 0;
}

/** Grams of the 2.5 %/2.5 % cream that hold as much of the stronger of the two substances. */
function creamGrams({ product, amount }: Given): number {
  return (amount * Math.max(mgIn(product, 'lidocaine'), mgIn(product, 'prilocaine'))) / creamMgPerGram;
}

/** Milligrams an application adds to each injected line. */
function injectedMg(one: Given): Partial<Record<InjectedLine, number>> {
  if (isMixedCream(one.product)) return {};
  const lidocaine = one.amount * mgIn(one.product, 'lidocaine');
  const isLasting = one.product.route === 'injected' && mgIn(one.product, 'epinephrine') > 0;
  return {
    [isLasting ? 'lidocaine-epinephrine' : 'lidocaine-plain']: lidocaine,
    prilocaine: one.amount * mgIn(one.product, 'prilocaine'),
  };
}

const lineNames = ['lidocaine-plain', 'lidocaine-epinephrine', 'prilocaine'] as const;

/** The ledger of what was given. A line without a limit for this person counts as over as soon as anything is in it. */
export function ledgerOf(facts: NumbingFacts, given: readonly Given[]): Ledger {
  const mg = { lidocaine: 0, prilocaine: 0 };
  const used: Record<InjectedLine, number> = {
    'lidocaine-plain': 0,
    'lidocaine-epinephrine': 0,
    prilocaine: 0,
  };
  let grams = 0;
  let areaCm2 = 0;
  for (const one of given) {
    mg.lidocaine += one.amount * mgIn(one.product, 'lidocaine');
    mg.prilocaine += one.amount * mgIn(one.product, 'prilocaine');
    const injected = injectedMg(one);
    for (const line of lineNames) used[line] += injected[line] ?? 0;
    if (isMixedCream(one.product)) {
      grams += creamGrams(one);
      areaCm2 += one.areaCm2 ?? 0;
    }
  }
  const lines: LedgerLine[] = [];
  for (const line of lineNames) {
    if (used[line] === 0) continue;
    const most = mostMg(facts, line) ?? 0;
    lines.push({
      line,
      used: used[line],
      most,
      fraction: most > 0 ? used[line] / most : Number.POSITIVE_INFINITY,
      source: injectedLimit(facts, line)?.source ?? '',
      review: 'unreviewed',
    });
  }
  if (grams > 0) {
    const band = creamBandOf(facts);
    lines.push({
      line: 'cream',
      used: grams,
      most: band?.mostGrams ?? 0,
      fraction: band ? Math.max(grams / band.mostGrams, areaCm2 / band.mostCm2) : Number.POSITIVE_INFINITY,
      source: band?.source ?? '',
      review: 'unreviewed',
    });
  }
  const fraction = lines.reduce((sum, line) => sum + line.fraction, 0);
  return {
    mg,
    countedKg: countedWeightKg(facts),
    lines,
    fraction,
    isOver: fraction > mixtureRule.mostFraction + slack,
  };
}

/** Whether one more application may be given. The refusal says what stops it and, at the limit, how much still fits. */
export function mayGive(
  facts: NumbingFacts,
  given: readonly Given[],
  next: Given,
): { readonly ok: true; readonly ledger: Ledger } | NumbingRefusal {
  const stop = stopOf(facts, next);
  if (stop !== undefined) return stop;
  const ledger = ledgerOf(facts, [...given, next]);
  if (!ledger.isOver) return { ok: true, ledger };
  const left = amountLeft(facts, given, next);
  const unit = next.product.route === 'injected' ? 'mL' : 'g';
  return {
    ok: false,
    reason: 'over-limit',
    message: `With this the numbing limit would be passed; at most ${left} ${unit} of ${next.product.name} still fit.`,
    field: 'amount',
    amountLeft: left,
  };
}

/** Whether the person's record rules the product out. */
export function isRuledOut(
  { mayHaveAmides, mayHavePrilocaine }: Pick<NumbingFacts, 'mayHaveAmides' | 'mayHavePrilocaine'>,
  { product }: Pick<Given, 'product'>,
): boolean {
  return !mayHaveAmides || (!mayHavePrilocaine && mgIn(product, 'prilocaine') > 0);
}

/** What rules an application out however little it is. */
function stopOf(facts: NumbingFacts, next: Given): NumbingRefusal | undefined {
  const { product } = next;
  const isTopical = product.route === 'topical';
  const hasPrilocaine = mgIn(product, 'prilocaine') > 0;
  if (!facts.mayHaveAmides)
    return stop(
      'amide-ruled-out',
      'An allergy to amide anaesthetics is on record: none is given.',
      'product',
    );
  if (hasPrilocaine && !facts.mayHavePrilocaine)
    return stop(
      'prilocaine-ruled-out',
      'No prilocaine for this person (G6PD, methaemoglobin or a medicine, or not known). Choose a product without it.',
      'product',
    );
  if (isTopical && next.nearEye)
    return stop('near-eye', 'Numbing cream never goes near the eye: it burns the cornea.', 'nearEye');
  if (facts.ageMonths === undefined)
    return stop('needs-age', 'The limits go by age: enter it first.', 'ageYears');
  if (facts.weightKg === undefined)
    return stop('needs-weight', 'The limits go by weight: enter it first.', 'weightKg');
  if (isMixedCream(product)) {
    const band = creamBandOf(facts);
    if (!band) return stop('no-limit-for-age', 'There is no limit for this age and weight.', 'product');
    if (next.areaCm2 === undefined)
      return stop('needs-area', 'On how many cm² does the cream go?', 'areaCm2');
    if (creamGrams(next) / next.areaCm2 > band.mostGramsPerCm2 + slack)
      return stop(
        'too-thick',
        `At most ${band.mostGramsPerCm2} g per cm²: that is ${round(band.mostGramsPerCm2 * next.areaCm2)} g on this area.`,
        'amount',
      );
  } else {
    if (injectedLimit(facts, 'lidocaine-plain') === undefined)
      return stop(
        'no-limit-for-age',
        'The limits by weight are for adults only: this product is not given at this age.',
        'product',
      );
    if (facts.heightCm === undefined)
      return stop('needs-height', 'The weight that counts needs the height: enter it first.', 'heightCm');
  }
  if (isTopical && next.skin === 'broken' && (next.reason ?? '') === '')
    return stop(
      'needs-reason',
      'Cream on broken skin is outside its label and gets into the blood faster: say why.',
      'reason',
    );
  return undefined;
}

function stop(reason: NumbingRefusal['reason'], message: string, field: string): NumbingRefusal {
  return { ok: false, reason, message, field };
}

/**
 * How much of the product still fits, in millilitres or grams, rounded down to hundredths; 0 when nothing does. For a
 * cream the area stays as it is given.
 */
export function amountLeft(facts: NumbingFacts, given: readonly Given[], next: Given): number {
  const { fraction } = ledgerOf(facts, given);
  const free = mixtureRule.mostFraction - fraction;
  if (!(free > 0)) return 0;
  const one = ledgerOf(facts, [{ ...next, amount: 1, areaCm2: 0 }]).fraction;
  if (!Number.isFinite(one) || one <= 0) return 0;
  // Not free / one: cream shares its limit with cream already on, by the larger of grams and area.
  const fits = (hundredths: number) =>
    !ledgerOf(facts, [...given, { ...next, amount: hundredths / 100 }]).isOver;
  let low = 0;
  let high = Math.floor(100 / one) + 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low / 100;
}

const round = (value: number) => Math.floor(value * 100 + slack) / 100;

/** Minutes from putting it on. */
export interface NumbingTimes {
  /** Before this it does not work yet. */
  readonly onsetMinutes: number;
  /** For deeper work worth waiting for; the same as the onset where there is no more to wait for. */
  readonly bestFromMinutes: number;
  /** It comes off by now; undefined for what is injected. */
  readonly removeByMinutes: number | undefined;
  readonly source: string;
}

export function timesOf({ product, skin }: Given, facts: NumbingFacts): NumbingTimes {
  if (product.route === 'injected') {
    const { onsetMinutes, source } = injectedOnset;
    return { onsetMinutes, bestFromMinutes: onsetMinutes, removeByMinutes: undefined, source };
  }
  if (skin !== 'intact') {
    const { onsetMinutes, mostMinutes, source } = eczemaCream;
    return { onsetMinutes, bestFromMinutes: onsetMinutes, removeByMinutes: mostMinutes, source };
  }
  if (!isMixedCream(product)) {
    const { onsetMinutes, mostMinutes, source } = otherTopical;
    return { onsetMinutes, bestFromMinutes: onsetMinutes, removeByMinutes: mostMinutes, source };
  }
  const band = creamBandOf(facts) ?? creamBands[0];
  return {
    onsetMinutes: band.onsetMinutes,
    bestFromMinutes: Math.min(creamEffect.deepOnsetMinutes, band.mostMinutes),
    removeByMinutes: band.mostMinutes,
    source: band.source,
  };
}

export type MethaemoglobinRisk = (typeof methaemoglobinRisks)[number]['code'];

/** Which of the classes that rule prilocaine out a text names: a list of medicines or conditions, in Latin script. */
export function methaemoglobinRisksIn(text: string): readonly MethaemoglobinRisk[] {
  const folded = text.normalize('NFKD').toLowerCase();
  return methaemoglobinRisks
    .filter(({ names }) => names.some((name) => startsWord(folded, name)))
    .map(({ code }) => code);
}

function startsWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true;
  }
  return false;
}

/**
 * Whether a product is as strong as what is known under its id: the common ones, and those of the shelf. The limit is
 * reckoned from what the entry says of itself, so that must not be weaker than the bottle.
 */
export function isAsStrongAs(product: NumbingProduct, known: readonly NumbingProduct[]): boolean {
  const own = [...commonProducts, ...known].find(({ id }) => id === product.id);
  const strength = ({ route, actives }: NumbingProduct) =>
    [route, ...actives.map(({ substance, mgPer }) => `${substance} ${mgPer}`).sort()].join();
  return own === undefined || strength(own) === strength(product);
}

/** Products a clinic has before it has written any into its stock. Strengths as on the labels. */
export const commonProducts: readonly NumbingProduct[] = [
  {
    id: 'cream-2.5-2.5',
    name: 'Lidocaine 2.5 % + prilocaine 2.5 % cream',
    route: 'topical',
    actives: [
      { substance: 'lidocaine', mgPer: 25 },
      { substance: 'prilocaine', mgPer: 25 },
    ],
  },
  {
    id: 'cream-lidocaine-4',
    name: 'Lidocaine 4 % cream',
    route: 'topical',
    actives: [{ substance: 'lidocaine', mgPer: 40 }],
  },
  {
    id: 'lidocaine-1',
    name: 'Lidocaine 1 %',
    route: 'injected',
    actives: [{ substance: 'lidocaine', mgPer: 10 }],
  },
  {
    id: 'lidocaine-2',
    name: 'Lidocaine 2 %',
    route: 'injected',
    actives: [{ substance: 'lidocaine', mgPer: 20 }],
  },
  {
    id: 'lidocaine-1-epinephrine',
    name: 'Lidocaine 1 % + epinephrine 1:200 000',
    route: 'injected',
    actives: [
      { substance: 'lidocaine', mgPer: 10 },
      { substance: 'epinephrine', mgPer: 0.005 },
    ],
  },
  {
    id: 'lidocaine-2-epinephrine',
    name: 'Lidocaine 2 % + epinephrine 1:200 000',
    route: 'injected',
    actives: [
      { substance: 'lidocaine', mgPer: 20 },
      { substance: 'epinephrine', mgPer: 0.005 },
    ],
  },
];
