import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import reference from './fixtures/reference.json' with { type: 'json' };
import {
  betaQuantile,
  binomialCdf,
  clopperPearson,
  funnelLimits,
  incompleteBeta,
  logGamma,
} from './statistics.ts';

const close = (got: number, wanted: number) =>
  Math.abs(got - wanted) <= 1e-10 || Math.abs(got - wanted) <= 1e-9 * Math.abs(wanted);

/** Rows of the reference that differ from ours by more than 1e-10 (or a billionth of a large value). */
const wrong = <T extends readonly number[]>(rows: readonly T[], ours: (row: T) => readonly number[]) =>
  rows.filter((row) => {
    const got = ours(row);
    return !got.every((value, i) => close(value, row[row.length - got.length + i] as number));
  });

describe('against SciPy, to 1e-10', () => {
  it('the incomplete beta function', () => {
    expect(wrong(reference.incompleteBeta, ([x = 0, a = 1, b = 1]) => [incompleteBeta(x, a, b)])).toEqual([]);
  });

  it('quantiles of the beta distribution', () => {
    expect(wrong(reference.betaQuantile, ([p = 0, a = 1, b = 1]) => [betaQuantile(p, a, b)])).toEqual([]);
  });

  it('the binomial distribution', () => {
    expect(wrong(reference.binomialCdf, ([k = 0, n = 0, p = 0]) => [binomialCdf(k, n, p)])).toEqual([]);
  });

  it('Clopper–Pearson intervals', () => {
    const ours = ([events = 0, people = 0, confidence = 0]: readonly number[]) => {
      const { low01, high01 } = clopperPearson(events, people, confidence);
      return [low01, high01];
    };
    expect(wrong(reference.clopperPearson, ours)).toEqual([]);
  });

  it('funnel limits', () => {
    const ours = ([n = 0, target = 0, tail = 0]: readonly number[]) => {
      const { low01, high01 } = funnelLimits(n, target, tail);
      return [low01, high01];
    };
    expect(wrong(reference.funnelLimits, ours)).toEqual([]);
  });
});

describe('published examples', () => {
  it('of exact intervals: 4 of 20 at 90 % (NIST/SEMATECH e-Handbook, 7.2.4.1)', () => {
    const { low01, high01 } = clopperPearson(4, 20, 0.9);
    expect(low01).toBeCloseTo(0.071354, 5);
    expect(high01).toBeCloseTo(0.401029, 5);
  });

  it('of the rule of three: none in n leaves about 3/n (Hanley and Lippman-Hand, JAMA 1983;249:1743)', () => {
    // The rule is one-sided: 95 % from above is the upper end of a 90 % interval.
    for (const n of [30, 100, 1000]) {
      expect(clopperPearson(0, n, 0.9).high01).toBeCloseTo(3 / n, n === 30 ? 2 : 3);
    }
  });

  it('of the gamma function: Γ(½) = √π, Γ(n + 1) = n!', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    let factorial = 0;
    for (let n = 1; n <= 170; n += 1) {
      factorial += Math.log(n);
      expect(Math.abs(logGamma(n + 1) - factorial)).toBeLessThan(1e-11 * Math.max(1, factorial));
    }
  });
});

describe('laws', () => {
  const shape = fc.double({ min: 0.05, max: 5000, noNaN: true });
  const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

  it('I_x(a, b) = 1 − I_{1−x}(b, a)', () => {
    fc.assert(
      fc.property(share, shape, shape, (x, a, b) => {
        expect(Math.abs(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a) - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it('a quantile leads back to its chance', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b);
        // Where the distribution is a near-step, neighbouring doubles straddle the chance: one or two of them away, and
        // what the law above leaves to the sum.
        const step = x * Number.EPSILON;
        expect(incompleteBeta(x - step, a, b)).toBeLessThan(p + 1e-9);
        expect(incompleteBeta(x + step, a, b)).toBeGreaterThan(p - 1e-9);
      }),
    );
  });

  it('an interval holds its rate, mirrors, and narrows with confidence', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), fc.nat({ max: 5000 }), (events, others) => {
        const people = events + others;
        fc.pre(people > 0);
        const wide = clopperPearson(events, people, 0.99);
        const narrow = clopperPearson(events, people, 0.9);
        const mirror = clopperPearson(others, people, 0.99);
        expect(wide.low01).toBeLessThanOrEqual(narrow.low01);
        expect(wide.high01).toBeGreaterThanOrEqual(narrow.high01);
        expect(narrow.low01).toBeLessThanOrEqual(events / people);
        expect(narrow.high01).toBeGreaterThanOrEqual(events / people);
        expect(mirror.low01).toBeCloseTo(1 - wide.high01, 9);
      }),
    );
  });

  it('an interval covers the truth at least as often as it says, for every count', () => {
    const n = 60;
    for (const truth of [0.01, 0.05, 0.12, 0.5]) {
      let covered = 0;
      for (let events = 0; events <= n; events += 1) {
        const { low01, high01 } = clopperPearson(events, n);
        const chance = binomialCdf(events, n, truth) - binomialCdf(events - 1, n, truth);
        covered += low01 <= truth && truth <= high01 ? chance : 0;
      }
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('funnel limits close about the target with more people', () => {
    const widths = [10, 100, 1000, 10_000].map((n) => {
      const { low01, high01 } = funnelLimits(n, 0.12, 0.025);
      expect(low01).toBeLessThanOrEqual(0.12);
      expect(high01).toBeGreaterThanOrEqual(0.12);
      return high01 - low01;
    });
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });
});
