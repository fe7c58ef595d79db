import type { Geometry } from '../skin/index.ts';
import type { Treatment } from './pigment.ts';
import type { HealingAssumption, HealingState, MatchAssumptions, PigmentClass } from './request.ts';

/** Where pigment is assumed to lie, µm. Central geometry of docs/science/match.md; lips have a thinner cover. */
export function defaultGeometry(treatment: Treatment): Geometry {
  if (treatment === 'lip') return { epidermisUm: 63, clearDermisUm: 70, pigmentLayerUm: 300 };
  return { epidermisUm: 80, clearDermisUm: 70, pigmentLayerUm: 300 };
}

interface Fading {
  readonly state: HealingState;
  readonly median01: number;
  readonly logSd: number;
  readonly source: string;
}

const bodyFading: readonly Fading[] = [
  { state: 'day0', median01: 1, logSd: 0, source: 'by definition: what was implanted' },
  {
    state: 'week6',
    median01: 0.75,
    logSd: 0.2,
    source: 'assumption between lips (30-60 % lost) and scalp (11 % lost); domain reference 4.2 [92, 9]',
  },
  {
    state: 'month6',
    median01: 0.68,
    logSd: 0.25,
    source:
      'assumption between week 6 and month 12; colour still moves at 6 months, domain reference 4.1 [24]',
  },
  {
    state: 'month12',
    median01: 0.62,
    logSd: 0.35,
    source: 'areola series: mean fading 32 % (5-80) at 14 months, domain reference 4.2 [23]',
  },
  {
    state: 'month24',
    median01: 0.5,
    logSd: 0.5,
    source: 'vitiligo repeats after 2-4 years, domain reference 4.2 [89, 90]',
  },
];

/** Factors on the body's medians. */
const treatmentFading: Readonly<Record<Treatment, { readonly factor: number; readonly source: string }>> = {
  vitiligo: { factor: 1, source: '' },
  lip: {
    factor: 0.73,
    source: '; lips lose 30-60 % of day-0 intensity, domain reference 4.2 [92, commercial page]',
  },
  scalp: { factor: 1.17, source: '; scalp density 8.7 to 7.7 of 10 at 6 months, domain reference 4.2 [9]' },
};

/** Uneven fading, as a power of retention: above 1 goes sooner. Domain reference 2.3 and 4.1 [104, commercial page]. */
const classPower: Readonly<Record<PigmentClass, number>> = {
  white: 1,
  yellow: 1.25,
  red: 0.85,
  black: 0.9,
  other: 1.1,
};

/**
 * What is assumed until a clinic's own outcomes replace it. No open data give retention or fading rates: every number
 * is broad, editable, and unreviewed.
 */
export function defaultAssumptions(treatment: Treatment): MatchAssumptions {
  const { factor, source: why } = treatmentFading[treatment];
  const healing = bodyFading.flatMap(({ state, median01, logSd, source }) =>
    (Object.keys(classPower) as PigmentClass[]).map((pigmentClass): HealingAssumption => {
      const median = state === 'day0' ? 1 : Math.min(median01 * factor, 0.97) ** classPower[pigmentClass];
      return {
        state,
        pigmentClass,
        retentionMedian01: Number(median.toFixed(3)),
        retentionLogSd: logSd,
        source: state === 'day0' ? source : `${source}${why}; unevenness by class assumed`,
        review: 'unreviewed',
      };
    }),
  );
  return {
    // In vivo 30-40 cm⁻¹ with cohorts from 25 to 60: docs/science/match.md.
    scatteringPerCm: { min: 25, max: 60 },
    depthSdUm: 30,
    thicknessLogSd: 0.2,
    mixingLogSd: 0.07,
    bloodLogSd: 0.2,
    scatterLogSd: 0.1,
    retentionShare: { common01: 0.5, personal01: 0.8 },
    healing,
  };
}

/** Which uneven-fading class a pigment belongs to: by CI number, else by where it absorbs. */
export function pigmentClassOf(pigment: {
  readonly ciNumber?: string;
  readonly isWhiteOpacifier: boolean;
  readonly K: Float64Array;
}): PigmentClass {
  if (pigment.isWhiteOpacifier) return 'white';
  switch (pigment.ciNumber) {
    case '77492':
    case '21108':
      return 'yellow';
    case '77491':
    case '12475':
    case '12370':
    case '73900':
      return 'red';
    case '77499':
    case '77266':
      return 'black';
    default:
      return classOfAbsorption(pigment.K);
  }
}

function classOfAbsorption(K: Float64Array): PigmentClass {
  const mean = (from: number, to: number) =>
    K.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  const [blue, green, red] = [mean(2, 9), mean(12, 17), mean(24, 31)];
  if (red > 0.4 * blue && green > 0.4 * blue) return 'black';
  if (red > 0.4 * Math.max(blue, green)) return 'other';
  return green > 0.5 * blue ? 'red' : 'yellow';
}
