import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planDrops } from './drops.ts';

/** A stand-in for colour: the largest relative error of any pigment, in units where 10 % shows. */
const worstAgainst = (wanted: Float64Array) => (given: Float64Array) =>
  wanted.reduce(
    (worst, w, i) => Math.max(worst, w > 0 ? (Math.abs(given[i] - w) / w) * 10 : given[i] * 1000),
    0,
  );

const strengths = fc
  .array(fc.double({ min: 0.002, max: 0.3, noNaN: true }), { minLength: 1, maxLength: 5 })
  .filter((list) => list.reduce((a, b) => a + b, 0) < 0.9);

describe('whole drops', () => {
  it('are whole, at least one of each pigment, and fill the batch with diluent', () => {
    fc.assert(
      fc.property(strengths, (list) => {
        const wanted = Float64Array.from(list);
        const plan = planDrops({ strengths01: wanted, errorOf: worstAgainst(wanted), least: 10, most: 80 });
        expect(plan.drops.every((d) => Number.isInteger(d) && d >= 1)).toBe(true);
        expect(plan.diluentDrops).toBeGreaterThanOrEqual(0);
        expect(plan.drops.reduce((a, b) => a + b, 0) + plan.diluentDrops).toBe(plan.totalDrops);
        expect(plan.totalDrops).toBeGreaterThanOrEqual(10);
        expect(plan.totalDrops).toBeLessThanOrEqual(80);
      }),
    );
  });

  it('keep proportions when more is asked than undiluted ink can give', () => {
    const wanted = Float64Array.of(1.2, 0.6);
    const plan = planDrops({ strengths01: wanted, errorOf: worstAgainst(wanted), least: 10, most: 80 });
    expect(plan.diluentDrops / plan.totalDrops).toBeLessThan(0.1);
    expect(plan.drops[0] / plan.drops[1]).toBeCloseTo(2, 0);
  });

  it('let down a strong pigment rather than stir a bucket', () => {
    const wanted = Float64Array.of(0.3, 0.004);
    const plan = planDrops({ strengths01: wanted, errorOf: worstAgainst(wanted), least: 10, most: 80 });
    expect(plan.letDown).toEqual([1, 10]);
  });
});
