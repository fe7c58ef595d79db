import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contains,
  type Intervals,
  intersect,
  measure,
  normalise,
  startsInside,
  startsMeeting,
  subtract,
  union,
} from './intervals.ts';

const limit = 60;
const pairs = fc.array(fc.tuple(fc.nat(limit), fc.nat(limit)), { maxLength: 8 });
const set = pairs.map((p) => normalise(p));

/** The obvious meaning: the minutes themselves. */
const minutesOf = (intervals: Intervals) => {
  const out = new Set<number>();
  for (let i = 0; i < intervals.length; i += 2) {
    for (let m = intervals[i] as number; m < (intervals[i + 1] as number); m += 1) out.add(m);
  }
  return out;
};
const range = Array.from({ length: 3 * limit }, (_, i) => i - limit);
const where = (holds: (minute: number) => boolean) => new Set(range.filter(holds));

describe('interval algebra', () => {
  it('agrees with sets of minutes, and equal sets are equal arrays', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const A = minutesOf(a);
        const B = minutesOf(b);
        expect(minutesOf(union(a, b))).toEqual(where((m) => A.has(m) || B.has(m)));
        expect(minutesOf(intersect(a, b))).toEqual(where((m) => A.has(m) && B.has(m)));
        expect(minutesOf(subtract(a, b))).toEqual(where((m) => A.has(m) && !B.has(m)));
        expect(measure(a)).toBe(A.size);
        expect(union(a, b)).toEqual(union(b, a));
        expect(union(subtract(a, b), intersect(a, b))).toEqual(a);
        for (const m of range) expect(contains(a, m)).toBe(A.has(m));
      }),
    );
  });

  it('finds starts whose whole length lies inside, and starts whose span meets', () => {
    fc.assert(
      fc.property(set, fc.integer({ min: 1, max: 9 }), fc.nat(5), (a, length, before) => {
        const A = minutesOf(a);
        const span = (s: number, from: number, to: number) =>
          range.filter((m) => m >= s - from && m < s + to);
        expect(minutesOf(startsInside(a, length))).toEqual(
          where((s) => span(s, 0, length).every((m) => A.has(m)) && s <= limit),
        );
        expect(minutesOf(startsMeeting(a, before, length))).toEqual(
          where((s) => span(s, before, length).some((m) => A.has(m))),
        );
      }),
    );
  });
});
