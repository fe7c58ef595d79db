import type { Treatment } from '../match/index.ts';

/**
 * What is read about needles, depth, visits and rates, as data. Nobody has signed any of it: every line carries its
 * source and `review: 'unreviewed'`. The numbers in square brackets are sources of the clinical reference.
 */
export interface Sourced {
  readonly source: string;
  readonly review: 'unreviewed';
}

export type Site = 'face' | 'trunk-limb' | 'hand-foot' | 'lip' | 'scalp' | 'brow';

export interface NeedleAdvice extends Sourced {
  readonly site: Site;
  readonly needle: string;
  readonly depthMm: { readonly low: number; readonly high: number };
  readonly depthNote: string;
  readonly sessions: { readonly usual: number; readonly low: number; readonly high: number };
  readonly gapDays: { readonly low: number; readonly high?: number };
  readonly passes: { readonly low: number; readonly high: number };
  readonly passesSource: string;
}

const passesSource = 'proposal [derived]: one light pass, a second only where the first did not take';

const needles: readonly NeedleAdvice[] = [
  {
    site: 'scalp',
    needle: 'single or triple point by zone, single at the edge',
    depthMm: { low: 0.5, high: 1 },
    depthNote: 'upper dermis, no bleeding; commercial pages name 0.5 and 2 mm and are not to be trusted',
    sessions: { usual: 3, low: 3, high: 4 },
    gapDays: { low: 10, high: 30 },
    passes: { low: 1, high: 1 },
    passesSource: 'one touch a dot [derived]',
    source: 'needle [9; known], depth [9; 95, commercial; known], sessions [9], gap [94, commercial]',
    review: 'unreviewed',
  },
  {
    site: 'trunk-limb',
    needle: 'multi-row, 0.36-0.41 mm needles, 500-3,000 rpm',
    depthMm: { low: 0.8, high: 1.2 },
    depthNote: 'an older source gives 1.1-1.3 mm for the papillary dermis [55]',
    sessions: { usual: 3, low: 1, high: 5 },
    gapDays: { low: 28, high: 42 },
    passes: { low: 1, high: 2 },
    passesSource,
    source: 'needle [55], depth [55; known], sessions [1], gap [known]',
    review: 'unreviewed',
  },
  {
    site: 'face',
    needle: '3-5 round or curved',
    depthMm: { low: 0.5, high: 1 },
    depthNote:
      'no source read for vitiligo of the face; the brow band is used. The eyelid dermis is 0.76 mm thin [56]: a lid is another treatment',
    sessions: { usual: 3, low: 1, high: 5 },
    gapDays: { low: 28, high: 42 },
    passes: { low: 1, high: 2 },
    passesSource,
    source: 'needle and depth [derived from brow, known], sessions [1], gap [known]',
    review: 'unreviewed',
  },
  {
    site: 'hand-foot',
    needle: '3-5 round or curved',
    depthMm: { low: 0.8, high: 1.2 },
    depthNote: "women's dorsal-hand dermis is about 2.1 mm [57]",
    sessions: { usual: 2, low: 1, high: 5 },
    gapDays: { low: 28, high: 42 },
    passes: { low: 1, high: 2 },
    passesSource,
    source: 'needle, depth [known], sessions [2], gap [known]',
    review: 'unreviewed',
  },
  {
    site: 'lip',
    needle: '1-3 round; scar needs slower passes',
    depthMm: { low: 0.3, high: 0.8 },
    depthNote: 'upper-lip epidermis is 0.063 mm [56]',
    sessions: { usual: 2, low: 2, high: 4 },
    gapDays: { low: 42, high: 56 },
    passes: { low: 1, high: 2 },
    passesSource,
    source: 'needle, depth [known], sessions and gap [92, 93, commercial]',
    review: 'unreviewed',
  },
  {
    site: 'brow',
    needle: '1-3 round',
    depthMm: { low: 0.5, high: 1 },
    depthNote: 'no source read',
    sessions: { usual: 2, low: 2, high: 2 },
    gapDays: { low: 42, high: 56 },
    passes: { low: 1, high: 2 },
    passesSource,
    source: 'needle, depth, sessions, gap [known]',
    review: 'unreviewed',
  },
];

export const sites: readonly Site[] = needles.map((advice) => advice.site);

export function defaultSite(treatment: Treatment): Site {
  return treatment === 'vitiligo' ? 'trunk-limb' : treatment;
}

export function needleAdvice(site: Site): NeedleAdvice {
  const advice = needles.find((entry) => entry.site === site);
  if (!advice) throw Object.assign(new Error(`No site "${site}".`), { code: 'unknown-site' as const });
  return advice;
}

export const stopRule =
  'Pinpoint bleeding means too deep: shorten the needle, do not press [derived from 9; unreviewed].';

export interface DotAdvice extends Sourced {
  readonly densityPerCm2: number;
  /** Diameter at the surface when set, and the range healed dots grow to, mm. */
  readonly dotMm: number;
  readonly healedDotMm: { readonly low: number; readonly expected: number; readonly high: number };
  /** Shares of the tones, lightest first. */
  readonly toneShares: readonly number[];
  /** Share of all dots set by the end of each session. */
  readonly stageShares: readonly number[];
  /** Dots a practised hand sets in a minute. */
  readonly dotsPerMinute: { readonly low: number; readonly high: number };
  readonly longestSessionMinutes: number;
}

export function dotAdvice(treatment: Treatment): DotAdvice {
  if (treatment === 'scalp') {
    return {
      densityPerCm2: 75,
      dotMm: 0.1,
      healedDotMm: { low: 0.2, expected: 0.3, high: 0.4 },
      toneShares: [0.5, 0.35, 0.15],
      stageShares: [0.3, 0.7, 1],
      dotsPerMinute: { low: 20, high: 60 },
      longestSessionMinutes: 240,
      source:
        'stages [9]; 75 a cm² and dot growth [derived; 10, 11]; rate from 20-30 h for a whole head [10; derived]; cap [known]',
      review: 'unreviewed',
    };
  }
  const lip = treatment === 'lip';
  return {
    densityPerCm2: 400,
    dotMm: 0.25,
    healedDotMm: { low: 0.3, expected: 0.45, high: 0.6 },
    toneShares: lip ? [0.7, 0.3] : [0.5, 0.3, 0.2],
    stageShares: lip ? [0.6, 1] : [0.5, 0.8, 1],
    dotsPerMinute: { low: 60, high: 200 },
    longestSessionMinutes: lip ? 120 : 240,
    source:
      'two or three tones [known]; density, dot size, shares and rate are proposals, no published figure was found [derived]; cap [known]',
    review: 'unreviewed',
  };
}

/** Parts of sterile diluent to one of carbon black for the lightest, middle and darkest grey: typ. 1:3-1:10 [known]. */
export const scalpDilutions: readonly { readonly tone: string; readonly diluentParts: number }[] = [
  { tone: 'light grey', diluentParts: 10 },
  { tone: 'mid grey', diluentParts: 6 },
  { tone: 'dark grey', diluentParts: 3 },
];
