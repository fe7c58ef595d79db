import { type HealedResult, learnHealing, leastResults } from './healing.ts';

/** One result against what the others would have made the clinic expect. */
export interface CheckedResult {
  readonly id: string;
  readonly observedLn: number;
  readonly expectedLn: number;
  readonly low90Ln: number;
  readonly high90Ln: number;
  readonly isWithin: boolean;
  /** Probability integral transform: the share of the predicted distribution below the result, 0..1. */
  readonly rank01: number;
}

export interface Calibration {
  readonly results: readonly CheckedResult[];
  /** How many of the results lie within their 90 % interval. */
  readonly within: number;
  /** The count within that chance alone would give, 5th to 95th percentile, if intervals were right. */
  readonly expected: { readonly low: number; readonly high: number };
  readonly isEnough: boolean;
}

const z90 = 1.645;
const folds = 10;

/**
 * Whether 90 % intervals hold 90 of 100 results: each result is predicted from those of other people, a tenth of the
 * people left out at a time.
 */
export function checkHealing(results: readonly HealedResult[]): Calibration {
  const people = [...new Set(results.map(({ person }) => person))].sort();
  const foldOf = new Map(people.map((person, i) => [person, i % folds]));
  const checked: CheckedResult[] = [];
  for (let fold = 0; fold < Math.min(folds, people.length); fold++) {
    const left = results.filter(({ person }) => foldOf.get(person) === fold);
    const posterior = learnHealing(results.filter(({ person }) => foldOf.get(person) !== fold));
    for (const result of left) {
      const { mean, sd } = posterior.retention(result);
      const spread = Math.hypot(sd, result.lnSd);
      const z = (result.lnRetention - mean) / spread;
      checked.push({
        id: result.id,
        observedLn: result.lnRetention,
        expectedLn: mean,
        low90Ln: mean - z90 * spread,
        high90Ln: mean + z90 * spread,
        isWithin: Math.abs(z) <= z90,
        rank01: normalBelow(z),
      });
    }
  }
  const n = checked.length;
  return {
    results: checked,
    within: checked.filter(({ isWithin }) => isWithin).length,
    expected: { low: binomialQuantile(n, 0.9, 0.05), high: binomialQuantile(n, 0.9, 0.95) },
    isEnough: n >= 2 * leastResults,
  };
}

/** Share of the standard normal distribution below z (Abramowitz and Stegun 26.2.17; error below 1e-7). */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail = ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) * t;
  const upper = (tail * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  return z >= 0 ? 1 - upper : upper;
}

/** Smallest count whose cumulative binomial probability reaches `at`. */
function binomialQuantile(n: number, p: number, at: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  // Beyond what a double can hold the normal approximation is good to a count.
  if (term === 0) {
    const z = at < 0.5 ? -z90 : z90;
    return Math.min(n, Math.max(0, Math.round(n * p + z * Math.sqrt(n * p * (1 - p)))));
  }
  let k = 0;
  while (sum < at && k < n) {
    k++;
    term *= ((n - k + 1) / k) * (p / (1 - p));
    sum += term;
  }
  return k;
}
