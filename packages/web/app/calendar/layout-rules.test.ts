import { resolveZone } from '@undertone/clinic/booking/rules.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockText, instantOf, lanesOf, minuteOfClock, shownHours, wallOf } from './layout-rules.ts';

const zones = ['Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'Europe/Berlin'];
const from = Date.UTC(2026, 0, 1) / 60_000;
const yearMin = 365 * 1440;

describe('the calendar on the wall', () => {
  it('returns to a reading from its instant, unless the reading is skipped or repeated by a change', () => {
    for (const name of zones) {
      const zone = resolveZone(name, from - 2880, from + yearMin + 2880);
      fc.assert(
        fc.property(fc.integer({ min: from, max: from + yearMin }), (minute) => {
          const wall = wallOf(zone, minute);
          const back = instantOf(zone, wall.day, wall.minuteOfDay);
          expect(wallOf(zone, back)).toEqual(wall);
          expect(back).toBeLessThanOrEqual(minute);
          expect(minute - back).toBeLessThanOrEqual(60);
        }),
      );
    }
  });

  it('reads the clock it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
        expect(minuteOfClock(clockText(minute))).toBe(minute);
      }),
    );
    expect(['24:00', '9:00', '', '10:60'].map(minuteOfClock)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('never draws two visits over each other, and loses none', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 1300 }), fc.integer({ min: 1, max: 240 }))
      .map(([fromMin, length]) => ({ fromMin, toMin: fromMin + length }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 30 }), (spans) => {
        const laid = lanesOf(spans);
        expect(laid).toHaveLength(spans.length);
        expect(laid.every((a) => a.lane < a.lanes)).toBe(true);
        const touching = laid.flatMap((a, i) =>
          laid
            .slice(i + 1)
            .filter((b) => a.fromMin < b.toMin && b.fromMin < a.toMin)
            .map((b) => ({ a, b })),
        );
        expect(touching.filter(({ a, b }) => a.lane === b.lane || a.lanes !== b.lanes)).toEqual([]);
      }),
    );
  });

  it('shows every span in whole hours of one day', () => {
    expect(shownHours([])).toEqual({ fromMin: 540, toMin: 1080 });
    expect(shownHours([{ fromMin: 425, toMin: 1141 }])).toEqual({ fromMin: 420, toMin: 1200 });
  });
});
