/** What is true of outcomes whatever database they lie in: time points, the scale, agreement of two raters. */

/** When an outcome is taken, by days after the session; the nearest point counts. Clinical reference 4.2 and 6.1. */
const timePoints = [
  { id: 'week6', days: 42, fromDay: 35 },
  { id: 'month3', days: 91, fromDay: 64 },
  { id: 'month6', days: 183, fromDay: 137 },
  { id: 'month12', days: 365, fromDay: 274 },
  { id: 'month18', days: 548, fromDay: 457 },
  { id: 'month24', days: 730, fromDay: 639 },
] as const;
export type TimePoint = (typeof timePoints)[number]['id'];

/**
 * First day an outcome may be recorded: a verdict is not given before week 6 (clinical reference 4.2), and a visit may
 * fall a week early.
 */
export const firstDay = 35;

/** The time point of a day after the session; undefined while it is too early for a verdict. */
export function timePointAt(daysAfter: number): TimePoint | undefined {
  let found: TimePoint | undefined;
  for (const { id, fromDay } of timePoints) if (daysAfter >= fromDay) found = id;
  return found;
}

/** The 4-point scale of the published series (poor, fair, good, excellent), worst first. */
export const scale = ['poor', 'fair', 'good', 'excellent'] as const;
export type Rating = (typeof scale)[number];

/** A colour of three numbers. */
export interface Triple {
  readonly L: number;
  readonly a: number;
  readonly b: number;
}

/** Component-wise median of one to three readings of a place. */
export function medianReading(readings: readonly Triple[]): Triple {
  const middle = (pick: (one: Triple) => number) => {
    const values = readings.map(pick).sort((x, y) => x - y);
    const half = values.length >> 1;
    return values.length % 2 === 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  };
  return { L: middle(({ L }) => L), a: middle(({ a }) => a), b: middle(({ b }) => b) };
}

/** Which of a pair the rater is shown as A. */
export function firstShown(seed: number): 'before' | 'after' {
  return seed % 2 === 1 ? 'before' : 'after';
}

export interface Agreement {
  /** Outcomes rated by both. */
  readonly pairs: number;
  /** Share with the same rating. */
  readonly same01: number;
  /** Cohen's kappa with quadratic weights, -1..1; undefined when one rater gave everything the same. */
  readonly kappa: number | undefined;
  /** Its 95 % interval by the large-sample standard error of Fleiss, Cohen and Everitt; not told below five pairs. */
  readonly interval95: { readonly low: number; readonly high: number } | undefined;
  readonly isEnough: boolean;
}

/** Pairs below which an agreement says little: its interval spans half the scale. */
const leastPairs = 20;
/** Below this the large-sample error means nothing. */
const leastForInterval = 5;

/**
 * Agreement of two raters on the 4-point scale: J. Cohen, Psychol. Bull. 70 (1968) 213, with quadratic weights; standard
 * error by J. L. Fleiss, J. Cohen, B. S. Everitt, Psychol. Bull. 72 (1969) 323, equation 8.
 */
export function agreement(ratings: readonly (readonly [Rating, Rating])[]): Agreement {
  return agreementOfTable(tableOf(ratings));
}

function tableOf(ratings: readonly (readonly [Rating, Rating])[]): number[][] {
  const table = scale.map(() => scale.map(() => 0));
  for (const [one, two] of ratings) table[scale.indexOf(one)][scale.indexOf(two)]++;
  return table;
}

/** {@link agreement} from counts: rows the first rater, columns the second; any number of steps. */
export function agreementOfTable(
  counts: readonly (readonly number[])[],
  weightOf: (i: number, j: number, steps: number) => number = (i, j, steps) =>
    1 - ((i - j) / (steps - 1)) ** 2,
): Agreement {
  const steps = counts.length;
  const n = counts.reduce((sum, row) => sum + row.reduce((s, v) => s + v, 0), 0);
  if (n === 0) return { pairs: 0, same01: 0, kappa: undefined, interval95: undefined, isEnough: false };
  const share = counts.map((row) => row.map((v) => v / n));
  const rows = share.map((row) => row.reduce((sum, v) => sum + v, 0));
  const columns = share.map((_, j) => share.reduce((sum, row) => sum + row[j], 0));
  const each = (of: (i: number, j: number) => number) =>
    share.reduce((sum, row, i) => sum + row.reduce((s, _, j) => s + of(i, j), 0), 0);
  const weight = (i: number, j: number) => weightOf(i, j, steps);
  const observed = each((i, j) => weight(i, j) * share[i][j]);
  const chance = each((i, j) => weight(i, j) * rows[i] * columns[j]);
  const same01 = share.reduce((sum, row, i) => sum + row[i], 0);
  if (1 - chance < 1e-12)
    return { pairs: n, same01, kappa: undefined, interval95: undefined, isEnough: false };
  const kappa = (observed - chance) / (1 - chance);
  const rowMean = rows.map((_, i) => columns.reduce((sum, c, j) => sum + c * weight(i, j), 0));
  const columnMean = columns.map((_, j) => rows.reduce((sum, r, i) => sum + r * weight(i, j), 0));
  const spread = each(
    (i, j) =>
      share[i][j] * (weight(i, j) * (1 - chance) - (rowMean[i] + columnMean[j]) * (1 - observed)) ** 2,
  );
  const variance = (spread - (observed * chance - 2 * chance + observed) ** 2) / (n * (1 - chance) ** 4);
  const sd = Math.sqrt(Math.max(0, variance));
  return {
    pairs: n,
    same01,
    kappa,
    interval95:
      n < leastForInterval
        ? undefined
        : { low: Math.max(-1, kappa - 1.96 * sd), high: Math.min(1, kappa + 1.96 * sd) },
    isEnough: n >= leastPairs,
  };
}
