import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose, parseKeep } from './keep.ts';

const instant = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 0, 1) })
  .map((ms) => new Date(ms).toISOString());
const rule = fc.record({ days: fc.nat(10), weeks: fc.nat(6), months: fc.nat(14) });

describe('what is kept of old backups', () => {
  it('is read from 7d,4w,12m', () => {
    expect(parseKeep('7d,4w,12m')).toEqual({ days: 7, weeks: 4, months: 12 });
    expect(parseKeep('3m')).toEqual({ days: 0, weeks: 0, months: 3 });
    for (const wrong of ['', '7', 'd7', '7d;4w', '0d', '-1d']) expect(parseKeep(wrong)).toBeUndefined();
  });

  it('always has the newest, never more than asked for, and nothing that was not there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(instant, { minLength: 1, maxLength: 80 }), rule, (all, asked) => {
        const { kept, daily } = choose(all, asked);
        expect(kept.has(all.toSorted().at(-1) ?? '')).toBe(true);
        expect(kept.size).toBeLessThanOrEqual(1 + asked.days + asked.weeks + asked.months);
        for (const one of kept) expect(all).toContain(one);
        for (const one of daily) expect(kept.has(one)).toBe(true);
      }),
    );
  });

  it('does not change when it is chosen again, and a longer rule keeps at least as much', () => {
    fc.assert(
      fc.property(fc.uniqueArray(instant, { minLength: 1, maxLength: 80 }), rule, (all, asked) => {
        const { kept } = choose(all, asked);
        expect(choose([...kept], asked).kept).toEqual(kept);
        const longer = choose(all, {
          days: asked.days + 1,
          weeks: asked.weeks + 1,
          months: asked.months + 1,
        }).kept;
        for (const one of kept) expect(longer.has(one)).toBe(true);
      }),
    );
  });
});
