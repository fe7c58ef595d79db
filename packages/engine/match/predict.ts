import { type Colorimeter, ciede2000, type Lab, type NamedWhite } from '../light/index.ts';
import { seededChance } from '../skin/index.ts';
import { type Ensemble, type Outcome, quantile, type SessionDraw, simulate } from './ensemble.ts';
import type { ColourDrift } from './learned-drift.ts';
import { labAt, type PigmentOptics } from './model.ts';
import type { Pigment } from './pigment.ts';
import {
  type DriftAxis,
  type DropSensitivity,
  type Estimate,
  type HealingState,
  healingStates,
  type Learned,
  type MatchResult,
  type PredictedColour,
} from './request.ts';
import { lnPersonalRetention, scatteringOf, scenarioOf } from './scenario.ts';
import type { SolverTarget } from './solve.ts';

/** What every prediction of one request shares. */
export interface Prediction {
  readonly ensemble: Ensemble;
  readonly optics: PigmentOptics;
  readonly meters: readonly Colorimeter<NamedWhite>[];
  /** Colours of the surround under those meters, and how well they are known. */
  readonly target: SolverTarget;
  readonly targetSdDeltaE: number;
  readonly tanned?: SolverTarget;
  readonly draws: readonly SessionDraw[];
  readonly drawsPerMember: number;
  readonly correction: Float64Array;
  /** What the clinic's results say of colour drift, for implanted doses; without it colours are those of fading alone. */
  readonly drift?: (state: HealingState, implanted: ArrayLike<number>) => ColourDrift | undefined;
  readonly seed: number;
}

/** One simulated treatment, with the reading error of the surround it is compared to. */
interface Compared {
  readonly weight: number;
  readonly labs: Float64Array;
  readonly differences: Float64Array;
  readonly toTanned?: Float64Array;
}

function compare(prediction: Prediction, implanted: ArrayLike<number>, state: HealingState): Compared[] {
  const { meters, target, tanned } = prediction;
  const chance = seededChance(prediction.seed ^ 0x5eed);
  const lights = meters.map((_, light) => light);
  // A reading of sd 1 in CIEDE2000 errs by about 1/sqrt(3) along each axis of its own quadratic form.
  const perAxis = target.metrics.map((m) =>
    [0, 4, 8].map((k) => prediction.targetSdDeltaE / Math.sqrt(3 * m[k])),
  );
  return outcomesOf(prediction, implanted, state).map((outcome) => {
    const noise = [chance.normal(), chance.normal(), chance.normal()];
    const against = (to: SolverTarget) =>
      Float64Array.from(lights, (light) => {
        const k = 3 * light;
        const t = to.labs;
        return ciede2000(
          outcome.labs[k],
          outcome.labs[k + 1],
          outcome.labs[k + 2],
          t[k] + perAxis[light][0] * noise[0],
          t[k + 1] + perAxis[light][1] * noise[1],
          t[k + 2] + perAxis[light][2] * noise[2],
        );
      });
    return { ...outcome, differences: against(target), ...(tanned ? { toTanned: against(tanned) } : {}) };
  });
}

function faded(prediction: Prediction, implanted: ArrayLike<number>, state: HealingState): Outcome[] {
  const { ensemble, optics, meters, draws, drawsPerMember, correction } = prediction;
  return simulate(ensemble, optics, meters, implanted, state, draws, drawsPerMember, correction);
}

/**
 * Simulated colours, moved by the learned drift: its mean, and for each outcome a draw of how far the mean is unknown and
 * of how results scatter. Depth, blood and scattering already spread the outcomes off the course of fading, and learned
 * scatter holds that too; only what it has beyond is added. Drift is read under D65 and taken as equal in other lights.
 */
export function outcomesOf(
  prediction: Prediction,
  implanted: ArrayLike<number>,
  state: HealingState,
): Outcome[] {
  const outcomes = faded(prediction, implanted, state);
  const drift = prediction.drift?.(state, implanted);
  if (!drift) return outcomes;
  const less = faded(
    prediction,
    Float64Array.from(implanted, (dose) => 0.95 * dose),
    state,
  );
  const own = offCourseVariance(outcomes, less);
  const chance = seededChance(prediction.seed ^ 0xd21f);
  const spread = ({ meanSd, scatterSd }: DriftAxis, variance: number) =>
    Math.sqrt(meanSd ** 2 + Math.max(0, scatterSd ** 2 - variance));
  const [spreadA, spreadB] = [spread(drift.a, own.a), spread(drift.b, own.b)];
  return outcomes.map(({ weight, labs }) => {
    const moveA = drift.a.mean + spreadA * chance.normal();
    const moveB = drift.b.mean + spreadB * chance.normal();
    const moved = labs.map((value, k) => value + (k % 3 === 0 ? 0 : k % 3 === 1 ? moveA : moveB));
    return { weight, labs: moved };
  });
}

/**
 * Variance of a* and b* under the first meter across the course of fading, CIELAB units squared: what a reading's drift
 * shows of the model's own spread.
 * @param less the same outcomes with a little less pigment: they tell the direction of the course
 */
function offCourseVariance(
  outcomes: readonly Outcome[],
  less: readonly Outcome[],
): { readonly a: number; readonly b: number } {
  const mean = (of: readonly Outcome[], axis: number) =>
    of.reduce((sum, { weight, labs }) => sum + weight * labs[axis], 0);
  const middle = [0, 1, 2].map((axis) => mean(outcomes, axis));
  const along = [0, 1, 2].map((axis) => mean(less, axis) - middle[axis]);
  const length = Math.hypot(...along) || 1;
  const course = along.map((v) => v / length);
  let [a, b] = [0, 0];
  for (const { weight, labs } of outcomes) {
    const off = middle.map((m, axis) => labs[axis] - m);
    const on = off.reduce((sum, v, axis) => sum + v * course[axis], 0);
    a += weight * (off[1] - on * course[1]) ** 2;
    b += weight * (off[2] - on * course[2]) ** 2;
  }
  return { a, b };
}

function estimate(values: readonly number[], weights: readonly number[]): Estimate {
  return {
    expected: quantile(values, weights, 0.5),
    low90: quantile(values, weights, 0.05),
    high90: quantile(values, weights, 0.95),
  };
}

/** Worst difference over the first `lights` meters at week 6. */
export function estimateWorst(
  prediction: Prediction,
  implanted: ArrayLike<number>,
  lights: number,
): Estimate {
  const outcomes = compare(prediction, implanted, 'week6');
  return estimate(
    outcomes.map(({ differences }) => Math.max(...differences.slice(0, lights))),
    outcomes.map(({ weight }) => weight),
  );
}

/** Colours with intervals for every state of healing and every meter. */
export function predictColours(
  prediction: Prediction,
  implanted: ArrayLike<number>,
  /** Takes a colour of total reflectance to what the instrument shows. */
  asRead: (lab: Lab<NamedWhite>) => Lab<NamedWhite>,
): PredictedColour[] {
  return healingStates.flatMap((state) => {
    const outcomes = compare(prediction, implanted, state);
    const weights = outcomes.map(({ weight }) => weight);
    return prediction.meters.map((meter, light): PredictedColour => {
      const at = (q: number) => {
        const [L, a, b] = [0, 1, 2].map((axis) =>
          quantile(
            outcomes.map(({ labs }) => labs[3 * light + axis]),
            weights,
            q,
          ),
        );
        return asRead({ white: meter.white, L, a, b });
      };
      const differences = (of: (outcome: Compared) => Float64Array | undefined) =>
        estimate(
          outcomes.map((outcome) => of(outcome)?.[light] ?? Number.NaN),
          weights,
        );
      return {
        state,
        illuminant: meter.white.split('/')[0] as PredictedColour['illuminant'],
        lab: at(0.5),
        interval90: { low: at(0.05), high: at(0.95) },
        deltaE00: differences((outcome) => outcome.differences),
        ...(prediction.tanned ? { deltaE00Tanned: differences((outcome) => outcome.toTanned) } : {}),
      };
    });
  });
}

/** A result this much darker than the surround counts as too dark, L* units; and the chance accepted. */
const tooDarkL = 1.5;
const acceptedChance = 0.1;
const fractions = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4];

/**
 * Largest part of the dose whose chance of healing too dark under the first meter is acceptable. None where the verdict is not
 * tolerable, or where no pigment is needed.
 *
 * @param isNeeded the untreated patch differs from the surround by what an eye can see
 */
export function chooseFirstDose(
  prediction: Prediction,
  implanted: Float64Array,
  { isTolerable, isNeeded }: { readonly isTolerable: boolean; readonly isNeeded: boolean },
): MatchResult['firstDose'] {
  // Lightness alone decides, and learned drift leaves it.
  const chanceAt = (fraction: number) =>
    faded(
      prediction,
      implanted.map((dose) => dose * fraction),
      'week6',
    ).reduce(
      (sum, { weight, labs }) => sum + (labs[0] < prediction.target.labs[0] - tooDarkL ? weight : 0),
      0,
    );
  if (!isTolerable || !isNeeded || implanted.every((dose) => dose === 0))
    return {
      fraction01: 0,
      chanceTooDark01: chanceAt(0),
      message: isTolerable
        ? 'No pigment is needed: the patch already has the colour of the surround.'
        : 'Give no dose of this recipe: no mixture of these pigments comes near enough to the surround.',
    };
  // A patch that is itself as dark as that stays so without any dose.
  const accepted = Math.max(acceptedChance, chanceAt(0));
  const fraction01 = fractions.find((fraction) => chanceAt(fraction) <= accepted) ?? 0.4;
  const chanceTooDark01 = chanceAt(fraction01);
  const percent = Math.round(100 * fraction01);
  return {
    fraction01,
    chanceTooDark01,
    message:
      fraction01 === 1
        ? 'The full dose can be given at once: it is unlikely to heal too dark.'
        : `Give ${percent} % of the dose first and read the healed result: too light can be corrected, too dark cannot.`,
  };
}

/** Effect of one drop more of each pigment, from the colours a batch heals to if every assumption holds. */
export function sensitivityOf(
  pigments: readonly Pigment[],
  drops: readonly number[],
  totalDrops: number,
  labsOf: (drops: readonly number[], totalDrops: number) => Float64Array,
  worstOf: (labs: Float64Array) => number,
  white: NamedWhite,
): DropSensitivity[] {
  const now = labsOf(drops, totalDrops);
  return pigments.flatMap((pigment, p): DropSensitivity[] => {
    if (drops[p] === 0) return [];
    const more = labsOf(
      drops.map((d, i) => (i === p ? d + 1 : d)),
      totalDrops + 1,
    );
    const [from, to] = [labAt(now, 0, white), labAt(more, 0, white)];
    const [deltaL, deltaA, deltaB] = [to.L - from.L, to.a - from.a, to.b - from.b];
    const words = [
      Math.abs(deltaL) >= 0.1 ? (deltaL < 0 ? 'darker' : 'lighter') : '',
      Math.abs(deltaA) >= 0.1 ? (deltaA < 0 ? 'less red' : 'redder') : '',
      Math.abs(deltaB) >= 0.1 ? (deltaB < 0 ? 'less yellow' : 'yellower') : '',
    ].filter((word) => word !== '');
    return [
      {
        pigment: pigment.id,
        deltaL,
        deltaA,
        deltaB,
        worstDeltaE00: worstOf(more),
        words: `One drop more ${pigment.name}: ${words.length > 0 ? words.join(', ') : 'hardly any change'}.`,
      },
    ];
  });
}

export function summariseLearned(ensemble: Ensemble, pigments: readonly Pigment[], spots: number): Learned {
  const { model, members } = ensemble;
  const weights = members.map(({ weight }) => weight);
  const of = (value: (z: Float64Array) => number) =>
    estimate(
      members.map(({ z }) => value(z)),
      weights,
    );
  return {
    spots,
    scatteringPerCm: of((z) => scatteringOf(model, z)),
    depthUm: of((z) => scenarioOf(model, z).geometry.clearDermisUm),
    retention: Object.fromEntries(
      pigments.map((pigment, p) => [pigment.id, of((z) => Math.exp(lnPersonalRetention(model, z, p)))]),
    ),
  };
}
