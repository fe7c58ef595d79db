import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activeStatuses, type BookingStatus, mayCancel, mayMarkNoShow, mayMove } from './policy.ts';
import { seriesStarts } from './series.ts';
import { appendAligned, dayNumber, minutesPerDay, offsetAt, resolveZone } from './zone.ts';

/** A clock that is never changed. */
const still = (minute: number) => minute;

describe('a series of visits', () => {
  const spacing = fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.nat(3), fc.nat(4))
    .map(([visits, gapMinDays, extra]) => ({
      visits,
      gapMinDays: gapMinDays + 1,
      gapMaxDays: gapMinDays + 1 + extra,
    }));
  const slots = fc
    .uniqueArray(fc.nat(25 * 4), { minLength: 1, maxLength: 14 })
    .map((quarters) => quarters.sort((a, b) => a - b).map((q) => (q * minutesPerDay) / 4));

  it('is found exactly when one exists, and keeps the spacing', () => {
    fc.assert(
      fc.property(slots, spacing, (starts, s) => {
        const exists = (previous: number, left: number): boolean =>
          left === 0 ||
          starts.some(
            (x) =>
              x - previous >= s.gapMinDays * minutesPerDay &&
              x - previous <= s.gapMaxDays * minutesPerDay &&
              exists(x, left - 1),
          );
        const first = starts[0] as number;
        const found = seriesStarts(starts, first, s, still);
        expect(found !== undefined).toBe(exists(first, s.visits - 1));
        const gaps = (found ?? [])
          .slice(1)
          .map((x, i) => (x - ((found as number[])[i] as number)) / minutesPerDay);
        expect(gaps.every((g) => g >= s.gapMinDays && g <= s.gapMaxDays)).toBe(true);
        expect(found?.length ?? s.visits).toBe(s.visits);
      }),
    );
  });

  it('prefers the shortest gap at the same hour', () => {
    const ten = 600;
    const starts = [
      ten,
      28 * minutesPerDay + 540,
      28 * minutesPerDay + 600,
      28 * minutesPerDay + 900,
      29 * minutesPerDay + 600,
    ];
    expect(seriesStarts(starts, ten, { visits: 2, gapMinDays: 28, gapMaxDays: 42 }, still)).toEqual([
      ten,
      28 * minutesPerDay + 600,
    ]);
  });

  it('keeps days of the calendar and the hour of the wall over a change of clocks', () => {
    const year = {
      from: dayNumber('2027-01-01') * minutesPerDay,
      to: dayNumber('2028-01-01') * minutesPerDay,
    };
    const zones = [
      'America/New_York',
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kolkata',
    ];
    const tables = zones.map((zone) => resolveZone(zone, year.from, year.to));
    const weeks = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(
        fc.constantFrom(...tables),
        fc.integer({ min: 1, max: 240 }),
        fc.integer({ min: 8, max: 18 }),
        weeks,
        (table, day, hour, gapWeeks) => {
          const starts: number[] = [];
          appendAligned(starts, table, [year.from, year.to], 30);
          const wallOf = (minute: number) => minute + offsetAt(table, minute);
          const wall = year.from + day * minutesPerDay + hour * 60;
          const first = starts.find((start) => wallOf(start) === wall) as number;
          const gap = gapWeeks * 7;
          const spacing = { visits: 3, gapMinDays: gap, gapMaxDays: gap + 3 };
          const found = seriesStarts(starts, first, spacing, wallOf) ?? [];
          expect(found.map(wallOf)).toEqual([0, 1, 2].map((visit) => wall + visit * gap * minutesPerDay));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('does not begin at a start that is not free', () => {
    expect(seriesStarts([0], 15, { visits: 1, gapMinDays: 1, gapMaxDays: 2 }, still)).toBeUndefined();
  });
});

describe('changing a booking', () => {
  const policy = { freeCancelHours: 24, moveUntilHours: 6, maxMoves: 2 };
  const booking = { status: 'confirmed' as BookingStatus, startMinute: 10_000, moves: 0 };

  it('is free until the agreed hours, late after, impossible once begun', () => {
    expect(mayCancel(booking, 10_000 - 24 * 60, policy)).toEqual({ ok: true, late: false });
    expect(mayCancel(booking, 10_000 - 24 * 60 + 1, policy)).toEqual({ ok: true, late: true });
    expect(mayCancel(booking, 10_000, policy)).toMatchObject({ ok: false, reason: 'already-started' });
  });

  it('moves only in time and not for ever', () => {
    expect(mayMove(booking, 10_000 - 6 * 60, policy).ok).toBe(true);
    expect(mayMove(booking, 10_000 - 6 * 60 + 1, policy)).toMatchObject({ reason: 'too-late-to-move' });
    expect(mayMove({ ...booking, moves: 2 }, 0, policy)).toMatchObject({ reason: 'moved-too-often' });
  });

  it('refuses closed bookings, and a no-show before its time', () => {
    for (const status of ['cancelled', 'no-show', 'completed', 'expired'] as const) {
      expect(mayCancel({ ...booking, status }, 0, policy)).toMatchObject({ reason: 'not-open' });
      expect(mayMove({ ...booking, status }, 0, policy)).toMatchObject({ reason: 'not-open' });
    }
    expect(mayMarkNoShow(booking, 9_999)).toBe(false);
    expect(mayMarkNoShow(booking, 10_000)).toBe(true);
    expect(activeStatuses).not.toContain('cancelled');
  });
});
