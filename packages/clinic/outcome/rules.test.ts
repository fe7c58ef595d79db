import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../tenant/schema.ts';
import { agreement, agreementOfTable, firstShown, medianReading, scale, timePointAt } from './rules.ts';

describe('time points', () => {
  it('begin at week 6, a week early at most, and are the nearest', () => {
    expect([0, 34, 35, 42, 63, 64, 100, 183, 365, 548, 730, 2000].map(timePointAt)).toEqual([
      undefined,
      undefined,
      'week6',
      'week6',
      'week6',
      'month3',
      'month3',
      'month6',
      'month12',
      'month18',
      'month24',
      'month24',
    ]);
  });

  it('never go back as days pass', () => {
    const order = [undefined, 'week6', 'month3', 'month6', 'month12', 'month18', 'month24'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 300 }), (day, more) => {
        expect(order.indexOf(timePointAt(day + more))).toBeGreaterThanOrEqual(
          order.indexOf(timePointAt(day)),
        );
      }),
    );
  });

  it('count days of the calendar, leap years too', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (days) => {
        expect(daysBetween('2026-01-31', addDays('2026-01-31', days))).toBe(days);
      }),
    );
  });
});

it('the median of three readings ignores one slip', () => {
  const good = { L: 60, a: 10, b: 18 };
  expect(medianReading([good, { L: 90, a: 40, b: -10 }, { L: 60.4, a: 10.2, b: 18.2 }])).toEqual({
    L: 60.4,
    a: 10.2,
    b: 18,
  });
  expect(medianReading([good, { L: 62, a: 12, b: 20 }])).toEqual({ L: 61, a: 11, b: 19 });
});

describe('agreement of two raters', () => {
  const same = (i: number, j: number) => (i === j ? 1 : 0);

  it('gives the unweighted kappa and standard error of the textbook (Fleiss, Rates and Proportions, table 13.1)', () => {
    const { kappa, interval95, same01 } = agreementOfTable(
      [
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ],
      same,
    );
    expect(same01).toBeCloseTo(0.89, 10);
    expect(kappa).toBeCloseTo(0.676, 3);
    expect(((interval95?.high ?? 0) - (interval95?.low ?? 0)) / (2 * 1.96)).toBeCloseTo(0.0877, 3);
  });

  it('is 1 for raters who agree, whichever weights, and does not care who is first', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom(...scale), fc.constantFrom(...scale)), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(pairs, (ratings) => {
        const { kappa, pairs: n } = agreement(ratings);
        const turned = agreement(ratings.map(([a, b]) => [b, a] as const)).kappa;
        expect(n).toBe(ratings.length);
        expect(turned === undefined).toBe(kappa === undefined);
        expect(turned ?? 0).toBeCloseTo(kappa ?? 0, 10);
      }),
    );
    expect(
      agreement([
        ['poor', 'poor'],
        ['good', 'good'],
        ['fair', 'fair'],
      ]).kappa,
    ).toBeCloseTo(1, 12);
  });

  it('forgives a step less than two', () => {
    const near = agreement([
      ['poor', 'fair'],
      ['fair', 'poor'],
      ['good', 'excellent'],
      ['excellent', 'good'],
    ]);
    const far = agreement([
      ['poor', 'good'],
      ['fair', 'excellent'],
      ['good', 'poor'],
      ['excellent', 'fair'],
    ]);
    expect(near.kappa).toBeGreaterThan(far.kappa ?? 1);
  });

  it('says nothing from nothing, or where everything is rated alike', () => {
    expect(agreement([['good', 'fair']]).interval95).toBeUndefined();
    expect(agreement([])).toMatchObject({ pairs: 0, kappa: undefined, isEnough: false });
    expect(
      agreement([
        ['good', 'good'],
        ['good', 'good'],
      ]),
    ).toMatchObject({ same01: 1, kappa: undefined });
  });
});

it('shows either picture first, about as often', () => {
  const shown = Array.from({ length: 1000 }, (_, seed) => firstShown(seed * 7919));
  expect(shown.filter((one) => one === 'before').length).toBe(500);
});
