import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Availability,
  type AvailabilityInput,
  availability,
  type Hours,
  nearestSlots,
  openInstants,
  type ServiceTimes,
  staffOf,
} from './availability.ts';
import { measure, normalise } from './intervals.ts';
import { dayNumber, isoDay, isoWithOffset, localDayOf, minutesPerDay, resolveZone } from './zone.ts';

const utc = (iso: string) => Date.parse(iso) / 60_000;
const anyTime: ServiceTimes = {
  durationMin: 30,
  bufferBeforeMin: 0,
  bufferAfterMin: 0,
  stepMin: 15,
  noticeMin: 0,
  horizonDays: 400,
};
const daily = (openMin: number, closeMin: number): Hours => ({
  weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, openMin, closeMin })),
  exceptions: [],
});

/** A wall clock asked minute by minute: slow, and with nothing of ours in it. */
function wallClock(zone: string) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const seen = new Map<number, number>();
  return (minute: number): number => {
    const known = seen.get(minute);
    if (known !== undefined) return known;
    const p = Object.fromEntries(format.formatToParts(minute * 60_000).map((x) => [x.type, Number(x.value)]));
    const wall =
      Date.UTC(p.year as number, (p.month as number) - 1, p.day, p.hour as number, p.minute as number) /
      60_000;
    seen.set(minute, wall);
    return wall;
  };
}

function isOpen(hours: Hours, wall: number): boolean {
  const today = Math.floor(wall / minutesPerDay);
  return [today, today - 1, today - 2].some((day) => {
    const exception = hours.exceptions.find((e) => e.localDay === day);
    const weekday = ((new Date(day * 86_400_000).getUTCDay() + 6) % 7) + 1;
    const spans = exception?.spans ?? hours.weekly.filter((w) => w.weekday === weekday);
    const at = wall - day * minutesPerDay;
    return spans.some((s) => at >= s.openMin && at < s.closeMin);
  });
}

/** The whole question asked for every minute and every person in turn. */
function oracle(input: AvailabilityInput, wallAt: (minute: number) => number) {
  const { service } = input;
  const lastDay = Math.floor(wallAt(input.nowMinute) / minutesPerDay) + service.horizonDays;
  const occupied = (busy: readonly number[], from: number, to: number) => {
    for (let i = 0; i < busy.length; i += 2) {
      if ((busy[i] as number) < to && (busy[i + 1] as number) > from) return true;
    }
    return false;
  };
  const found = new Map<number, string[]>();
  for (let s = input.fromMinute; s < input.toMinute; s += 1) {
    const wall = wallAt(s);
    if (wall % service.stepMin !== 0) continue;
    if (s < input.nowMinute + service.noticeMin || Math.floor(wall / minutesPerDay) > lastDay) continue;
    const from = s - service.bufferBeforeMin;
    const to = s + service.durationMin + service.bufferAfterMin;
    if (input.rooms?.every((r) => occupied(r.busy, from, to)) ?? false) continue;
    if (input.machines?.every((m) => occupied(m.busy, from, to)) ?? false) continue;
    const able = input.staff.filter((person) => {
      if (occupied(person.busy, from, to)) return false;
      for (let m = s; m < s + service.durationMin; m += 1) {
        if (!isOpen(input.branchHours, wallAt(m))) return false;
        if (person.hours !== undefined && !isOpen(person.hours, wallAt(m))) return false;
      }
      return true;
    });
    if (able.length > 0)
      found.set(
        s,
        able.map((p) => p.id),
      );
  }
  return found;
}

const asMap = (found: Availability, input: AvailabilityInput) =>
  new Map(
    Array.from(found.startMinutes, (s, i) => [s, Array.from(staffOf(found, i), (p) => input.staff[p]?.id)]),
  );

/** Zone, the first instant after its change, and how far the clock jumps. */
const changes = [
  ['Asia/Kolkata', '2026-03-29T00:00:00Z', 0],
  ['America/New_York', '2026-03-08T07:00:00Z', 60],
  ['America/New_York', '2026-11-01T06:00:00Z', -60],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 60],
  ['Europe/Berlin', '2026-10-25T01:00:00Z', -60],
  ['Australia/Sydney', '2026-04-04T16:00:00Z', -60],
  ['Australia/Sydney', '2026-10-03T16:00:00Z', 60],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', -30],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 30],
  ['Asia/Kathmandu', '2026-05-05T05:05:00Z', 0],
  ['America/Santiago', '2026-09-06T04:00:00Z', 60],
] as const;

describe('zones', () => {
  it('finds the exact minute of every change', () => {
    for (const [zone, at, jumpMin] of changes) {
      const minute = utc(at);
      const table = resolveZone(zone, minute - 3 * minutesPerDay, minute + 3 * minutesPerDay);
      const expected = jumpMin === 0 ? [] : [minute];
      expect(table.starts.slice(1)).toEqual(expected);
      expect((table.offsetsMin.at(-1) as number) - (table.offsetsMin[0] as number)).toBe(jumpMin);
    }
  });

  it('reads every minute around a change as the system’s wall clock does', () => {
    for (const [zone, at] of changes) {
      const wallAt = wallClock(zone);
      const table = resolveZone(zone, utc(at) - 2 * minutesPerDay, utc(at) + 2 * minutesPerDay);
      for (let m = utc(at) - 200; m < utc(at) + 200; m += 1) {
        expect(isoWithOffset(table, m).slice(0, 16)).toBe(
          new Date(wallAt(m) * 60_000).toISOString().slice(0, 16),
        );
        expect(Date.parse(isoWithOffset(table, m)) / 60_000).toBe(m);
      }
    }
  });

  it('refuses a zone it does not know', () => {
    expect(() => resolveZone('Asia/Siliguri', 0, 10)).toThrow(
      expect.objectContaining({ code: 'zone-unknown' }),
    );
  });

  it('numbers days both ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
        expect(isoDay(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(dayNumber(isoDay(day))).toBe(day);
      }),
    );
  });
});

describe('opening at 01:00 on the day the clocks change', () => {
  const openedMinutes = (zone: string, day: string) => {
    const table = resolveZone(
      zone,
      utc(`${day}T00:00Z`) - 4 * minutesPerDay,
      utc(`${day}T00:00Z`) + 4 * minutesPerDay,
    );
    const hours: Hours = {
      weekly: [],
      exceptions: [{ localDay: dayNumber(day), spans: [{ openMin: 60, closeMin: 300 }] }],
    };
    const open = openInstants(
      hours,
      table,
      table.fromMinute + 2 * minutesPerDay,
      table.toMinute - minutesPerDay,
    );
    return { minutes: measure(open), opens: isoWithOffset(table, open[0] as number) };
  };

  it('loses what the change skips and works what it repeats', () => {
    expect(openedMinutes('Asia/Kolkata', '2026-03-29')).toEqual({
      minutes: 240,
      opens: '2026-03-29T01:00:00+05:30',
    });
    expect(openedMinutes('America/New_York', '2026-03-08')).toEqual({
      minutes: 180,
      opens: '2026-03-08T01:00:00-05:00',
    });
    expect(openedMinutes('America/New_York', '2026-11-01')).toEqual({
      minutes: 300,
      opens: '2026-11-01T01:00:00-04:00',
    });
    expect(openedMinutes('Europe/Berlin', '2026-03-29').minutes).toBe(180);
    expect(openedMinutes('Europe/Berlin', '2026-10-25').minutes).toBe(300);
    expect(openedMinutes('Australia/Sydney', '2026-10-04').minutes).toBe(180);
    expect(openedMinutes('Australia/Sydney', '2026-04-05').minutes).toBe(300);
    expect(openedMinutes('Australia/Lord_Howe', '2026-10-04')).toEqual({
      minutes: 210,
      opens: '2026-10-04T01:00:00+10:30',
    });
    expect(openedMinutes('Australia/Lord_Howe', '2026-04-05')).toEqual({
      minutes: 270,
      opens: '2026-04-05T01:00:00+11:00',
    });
  });

  it('never offers a visit whose wall-clock time does not exist', () => {
    const from = utc('2026-03-29T00:00:00Z') - 60;
    const zone = resolveZone('Europe/Berlin', from - 2 * minutesPerDay, from + 2 * minutesPerDay);
    const found = availability({
      zone,
      nowMinute: from - minutesPerDay,
      fromMinute: from,
      toMinute: from + 360,
      service: anyTime,
      branchHours: daily(60, 300),
      staff: [{ id: 'a', busy: [] }],
    });
    const shown = Array.from(found.startMinutes, (m) => isoWithOffset(zone, m));
    expect(shown.filter((s) => s.includes('T02:'))).toEqual([]);
    expect(shown).toContain('2026-03-29T01:45:00+01:00');
    expect(shown).toContain('2026-03-29T03:00:00+02:00');
  });
});

describe('availability against the obvious oracle', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
    .map(([open, length]) => ({ openMin: open * 15, closeMin: Math.min(open * 15 + length * 15, 2880) }));
  const hoursAround = (day: number) =>
    fc.record({
      weekly: fc.array(
        fc.tuple(fc.integer({ min: 1, max: 7 }), span).map(([weekday, s]) => ({ weekday, ...s })),
        { maxLength: 14 },
      ),
      exceptions: fc.uniqueArray(
        fc.record({
          localDay: fc.integer({ min: day - 2, max: day + 2 }),
          spans: fc.array(span, { maxLength: 2 }),
        }),
        { maxLength: 2, selector: (e) => e.localDay },
      ),
    });
  const busyAround = (minute: number) =>
    fc
      .array(
        fc
          .tuple(fc.integer({ min: -1500, max: 1500 }), fc.integer({ min: 1, max: 240 }))
          .map(([at, length]) => [minute + at, minute + at + length] as const),
        { maxLength: 6 },
      )
      .map((p) => normalise(p));
  const resources = (minute: number, name: string) =>
    fc.option(
      fc
        .array(busyAround(minute), { minLength: 1, maxLength: 3 })
        .map((list) => list.map((busy, i) => ({ id: `${name}${i}`, busy }))),
      { nil: undefined },
    );
  const serviceTimes = fc.record({
    durationMin: fc.integer({ min: 1, max: 150 }),
    bufferBeforeMin: fc.constantFrom(0, 5, 20),
    bufferAfterMin: fc.constantFrom(0, 10, 45),
    stepMin: fc.constantFrom(5, 10, 15, 20, 30, 60),
    noticeMin: fc.constantFrom(0, 30, 720),
    horizonDays: fc.constantFrom(0, 1, 2, 30),
  });

  let withSlots = 0;
  for (const [zoneName, at] of changes) {
    it(`holds around ${at} in ${zoneName}`, () => {
      const middle = utc(at);
      const wallAt = wallClock(zoneName);
      const zone = resolveZone(zoneName, middle - 6 * minutesPerDay, middle + 6 * minutesPerDay);
      const day = localDayOf(zone, middle);
      const input = fc
        .record({
          service: serviceTimes,
          branchHours: fc.oneof(hoursAround(day), fc.constant(daily(0, 1440)), fc.constant(daily(60, 600))),
          people: fc.array(
            fc.record({ hours: fc.option(hoursAround(day), { nil: undefined }), busy: busyAround(middle) }),
            { minLength: 1, maxLength: 3 },
          ),
          rooms: resources(middle, 'room'),
          machines: resources(middle, 'machine'),
          fromMinute: fc.integer({ min: middle - 1600, max: middle + 200 }),
          length: fc.integer({ min: 0, max: 1500 }),
          nowMinute: fc.integer({ min: middle - 2500, max: middle + 200 }),
        })
        .map(
          ({ people, rooms, machines, length, ...rest }): AvailabilityInput => ({
            ...rest,
            zone,
            toMinute: rest.fromMinute + length,
            staff: people.map(({ hours, busy }, i) => ({
              id: `staff${i}`,
              busy,
              ...(hours === undefined ? {} : { hours }),
            })),
            ...(rooms === undefined ? {} : { rooms }),
            ...(machines === undefined ? {} : { machines }),
          }),
        );
      fc.assert(
        fc.property(input, (given) => {
          const expected = oracle(given, wallAt);
          if (expected.size > 0) withSlots += 1;
          expect(asMap(availability(given), given)).toEqual(expected);
        }),
        { numRuns: 40 },
      );
    });
  }

  it('found slots in many of them', () => {
    // A tenth of all; about a fifth have some.
    expect(withSlots).toBeGreaterThan(4 * changes.length);
  });

  it('counts the slots of two plain days', () => {
    const [zoneName, at] = changes[3];
    const zone = resolveZone(zoneName, utc(at) - 6 * minutesPerDay, utc(at) + 6 * minutesPerDay);
    const found = availability({
      zone,
      nowMinute: utc(at) - 3000,
      fromMinute: utc(at) - 1440,
      toMinute: utc(at) + 1440,
      service: { ...anyTime, noticeMin: 60 },
      branchHours: daily(540, 1080),
      staff: [{ id: 'a', busy: [] }],
    });
    expect(found.startMinutes.length).toBe(2 * (4 * 9 - 1));
  });
});

describe('laws of availability', () => {
  const zone = resolveZone('Asia/Kolkata', utc('2026-02-25T00:00Z'), utc('2026-03-20T00:00Z'));
  const base: AvailabilityInput = {
    zone,
    nowMinute: utc('2026-03-01T00:00Z'),
    fromMinute: utc('2026-03-02T00:00Z'),
    toMinute: utc('2026-03-05T00:00Z'),
    service: anyTime,
    branchHours: daily(600, 1080),
    staff: [{ id: 'a', busy: [] }],
  };

  it('never gains a slot from one more booking, longer service or larger buffer', () => {
    fc.assert(
      fc.property(fc.nat(4000), fc.integer({ min: 1, max: 200 }), fc.nat(60), (at, length, extra) => {
        const all = new Set(availability(base).startMinutes);
        const busy = [base.fromMinute + at, base.fromMinute + at + length];
        const fewer = availability({
          ...base,
          staff: [{ id: 'a', busy }],
          service: { ...anyTime, durationMin: 30 + extra, bufferAfterMin: extra },
        });
        expect(Array.from(fewer.startMinutes).every((s) => all.has(s))).toBe(true);
      }),
    );
  });

  it('splits and joins: two ranges side by side give the slots of the whole', () => {
    fc.assert(
      fc.property(fc.nat(3 * minutesPerDay), (cut) => {
        const middle = base.fromMinute + cut;
        const whole = Array.from(availability(base).startMinutes);
        const parts = [
          ...availability({ ...base, toMinute: middle }).startMinutes,
          ...availability({ ...base, fromMinute: middle }).startMinutes,
        ];
        expect(parts).toEqual(whole);
      }),
    );
  });

  it('offers the nearest other slots first', () => {
    const found = availability(base);
    const wanted = utc('2026-03-03T06:07Z');
    const distances = nearestSlots(found, wanted, 12).map((i) =>
      Math.abs((found.startMinutes[i] as number) - wanted),
    );
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    const best = Math.min(...Array.from(found.startMinutes, (s) => Math.abs(s - wanted)));
    expect(distances[0]).toBe(best);
  });
});
