import { adaptLab, deltaE00, type Lab, type NamedWhite } from '../light/index.ts';
import type { HealingState, MatchResult, PredictedColour } from '../match/index.ts';
import type { PlanDocument } from '../plan/index.ts';

/** Days after the session at which each healing state is expected; the nearest earlier one is compared to. */
const stateDays: readonly { readonly state: HealingState; readonly fromDay: number }[] = [
  { state: 'day0', fromDay: 0 },
  { state: 'week6', fromDay: 35 },
  { state: 'month6', fromDay: 120 },
  { state: 'month12', fromDay: 270 },
  { state: 'month24', fromDay: 545 },
];

/** A verdict is not given before week 6 (domain reference 4.2): readings of day 35 on count as week 6. */
export const firstVerdictDay = 35;

/** The state a plan's prediction is read at, so many days after the session. */
export function healingStateAt(daysAfter: number): HealingState {
  let state: HealingState = 'day0';
  for (const entry of stateDays) if (daysAfter >= entry.fromDay) state = entry.state;
  return state;
}

/** A healed colour against what the plan said. Colours are in the white of the prediction. */
export interface HealedAgainstPlan {
  readonly ok: true;
  readonly state: HealingState;
  readonly predicted: Lab<NamedWhite>;
  readonly interval90: { readonly low: Lab<NamedWhite>; readonly high: Lab<NamedWhite> };
  readonly healed: Lab<NamedWhite>;
  /** Healed reading against the predicted median, CIEDE2000. */
  readonly missDeltaE00: number;
  /** Whether L*, a* and b* each lie within the plan's 90 % interval, widened by the reading's own deviation. */
  readonly within: { readonly L: boolean; readonly a: boolean; readonly b: boolean };
  readonly withinAll: boolean;
  /** Retention of the mixture that explains the reading best along the predicted course of fading, with its deviation. */
  readonly retention?: FadingRead;
}

export interface FadingRead {
  readonly retention01: number;
  /** Standard deviation of ln retention from the reading alone. */
  readonly lnSd: number;
  /** ln of the retention the plan expected in this state. */
  readonly lnExpected: number;
  /** What of the healed colour fading does not explain: healed minus the nearest colour on the course. */
  readonly driftL: number;
  readonly driftA: number;
  readonly driftB: number;
}

export interface HealedRefusal {
  readonly ok: false;
  readonly reason: 'too-early' | 'no-prediction' | 'impossible-lab';
  readonly message: string;
  readonly field: 'readings' | 'plan';
}

/** Repeatability of a contact colorimeter on skin, each of L*, a*, b* (science reference: 0.9-1.0 dE between readings). */
const readingSd = 0.7;

/**
 * Compares a healed reading (median of three, contact colorimeter) with the plan, at the state its day calls for.
 * @param retentionOf retention the plan assumed in each state, for the pigments of the recipe together
 */
export function healedAgainstPlan(
  match: Pick<MatchResult, 'predicted'>,
  healed: Lab<NamedWhite>,
  daysAfter: number,
  retentionOf?: Readonly<Partial<Record<HealingState, number>>>,
): HealedAgainstPlan | HealedRefusal {
  if (![healed.L, healed.a, healed.b].every(Number.isFinite) || healed.L < 0 || healed.L > 100) {
    return {
      ok: false,
      reason: 'impossible-lab',
      message: 'The healed reading is no colour: L* lies between 0 and 100.',
      field: 'readings',
    };
  }
  if (daysAfter < firstVerdictDay) {
    return {
      ok: false,
      reason: 'too-early',
      message: `Day ${Math.floor(daysAfter)}: skin is not healed before week 6; read again from day ${firstVerdictDay}.`,
      field: 'readings',
    };
  }
  const state = healingStateAt(daysAfter);
  const course = match.predicted.filter(({ illuminant }) => illuminant === 'D65');
  const predicted = course.find((p) => p.state === state);
  if (!predicted) {
    return {
      ok: false,
      reason: 'no-prediction',
      message: 'The plan predicts no colour for this time, so there is nothing to compare with.',
      field: 'plan',
    };
  }
  const seen = adaptLab(healed, predicted.lab.white);
  const { low, high } = predicted.interval90;
  const slack = 1.645 * readingSd;
  const holds = (axis: 'L' | 'a' | 'b') => {
    // The interval is of the truth: the reading adds its own deviation.
    const half = Math.hypot((high[axis] - low[axis]) / 2, slack);
    return Math.abs(seen[axis] - (high[axis] + low[axis]) / 2) <= half;
  };
  const within = { L: holds('L'), a: holds('a'), b: holds('b') };
  const retention = retentionOf && fadingRead(course, retentionOf, seen, state);
  return {
    ok: true,
    state,
    predicted: predicted.lab,
    interval90: predicted.interval90,
    healed: seen,
    missDeltaE00: deltaE00(predicted.lab, seen),
    within,
    withinAll: within.L && within.a && within.b,
    ...(retention ? { retention } : {}),
  };
}

/**
 * Where on the plan's own course of fading a colour lies. The course is the line through the predicted median colours,
 * each at the ln retention assumed for its state, carried on beyond both ends; the colour is projected on it.
 */
function fadingRead(
  course: readonly PredictedColour[],
  retentionOf: Readonly<Partial<Record<HealingState, number>>>,
  seen: Lab<NamedWhite>,
  state: HealingState,
): FadingRead | undefined {
  const nodes = course
    .flatMap(({ state: s, lab }) => {
      const retention = retentionOf[s];
      return retention !== undefined && retention > 0 ? [{ ln: Math.log(retention), lab, state: s }] : [];
    })
    .sort((a, b) => b.ln - a.ln);
  const expected = nodes.find((node) => node.state === state);
  if (nodes.length < 2 || !expected) return undefined;
  const colourAt = (ln: number): [number, number, number] => {
    let k = nodes.findIndex((node) => node.ln <= ln);
    k = k < 0 ? nodes.length - 1 : Math.max(1, k);
    const [a, b] = [nodes[k - 1], nodes[k]];
    const t = (ln - a.ln) / (b.ln - a.ln || -1e-9);
    return [
      a.lab.L + (b.lab.L - a.lab.L) * t,
      a.lab.a + (b.lab.a - a.lab.a) * t,
      a.lab.b + (b.lab.b - a.lab.b) * t,
    ];
  };
  const off = (ln: number) => {
    const [L, a, b] = colourAt(ln);
    return [seen.L - L, seen.a - a, seen.b - b];
  };
  const squared = (ln: number) => off(ln).reduce((sum, v) => sum + v * v, 0);
  let best = expected.ln;
  for (let ln = Math.log(0.05); ln <= Math.log(2); ln += 0.02) if (squared(ln) < squared(best)) best = ln;
  for (let step = 0.01; step > 1e-4; step /= 2) {
    if (squared(best + step) < squared(best)) best += step;
    else if (squared(best - step) < squared(best)) best -= step;
  }
  const h = 0.05;
  const [up, down] = [colourAt(best + h), colourAt(best - h)];
  const slope = Math.hypot(...up.map((v, i) => (v - down[i]) / (2 * h)));
  // Without a slope in colour nothing is learned of retention.
  if (slope < 0.3) return undefined;
  const [driftL, driftA, driftB] = off(best);
  return {
    retention01: Math.exp(best),
    lnSd: readingSd / slope,
    lnExpected: expected.ln,
    driftL,
    driftA,
    driftB,
  };
}

/** Retention a plan assumed for its recipe in each state: the classes' medians, weighted by parts. */
export function retentionOfPlan(
  document: Pick<PlanDocument, 'match'>,
  healing: readonly {
    readonly state: HealingState;
    readonly pigmentClass: string;
    readonly retentionMedian01: number;
  }[],
  classOf: (pigment: string) => string,
): Partial<Record<HealingState, number>> {
  const { match } = document;
  if (match.kind !== 'recipe') return {};
  const out: Partial<Record<HealingState, number>> = {};
  for (const { state } of stateDays) {
    let ln = 0;
    let weight = 0;
    for (const { pigment, parts01 } of match.recipe.parts) {
      const entry = healing.find((h) => h.state === state && h.pigmentClass === classOf(pigment));
      if (!entry) continue;
      ln += parts01 * Math.log(entry.retentionMedian01);
      weight += parts01;
    }
    if (weight > 0) out[state] = Math.exp(ln / weight);
  }
  return out;
}
