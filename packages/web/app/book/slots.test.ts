import { addDays } from '@undertone/clinic/tenant/schema.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locales } from '../locales/index.ts';
import { daysOf, placeOf, zoneName } from './slots.ts';

const zone = 'Asia/Kolkata';
/** Minutes after midnight of 10 March 2026 in the clinic. */
const slotsAt = (minutes: readonly number[]) =>
  [...minutes]
    .sort((a, b) => a - b)
    .map((minute) => {
      const wall = new Date(Date.parse('2026-03-10') + minute * 60_000).toISOString().slice(0, 19);
      return { start: `${wall}+05:30`, branch: 0, staff: [0] };
    });

describe('free times as days', () => {
  it('show every time once, under its own day, morning before afternoon', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 * 1440 - 1 }), { maxLength: 60 }),
        fc.constantFrom(...locales),
        (minutes, locale) => {
          const slots = slotsAt(minutes);
          const { days, hasMore } = daysOf(slots, zone, locale, 9);
          expect(hasMore).toBe(false);
          const shown = days.flatMap(({ times }) => times.map(({ start }) => start));
          expect(shown).toEqual([...new Set(slots.map(({ start }) => start))]);
          for (const { day, times } of days) {
            expect(times.every(({ start }) => start.startsWith(day))).toBe(true);
            expect(times.findLastIndex((t) => t.isMorning)).toBeLessThan(
              times.some((t) => !t.isMorning) ? times.findIndex((t) => !t.isMorning) : times.length,
            );
          }
        },
      ),
    );
  });

  it('stop after as many days as asked for, and say that there are more', () => {
    const found = daysOf(slotsAt([600, 2040, 3480]), zone, 'en', 2);
    expect(found.days.map(({ day }) => day)).toEqual(['2026-03-10', '2026-03-11']);
    expect(found.hasMore).toBe(true);
  });

  it('are named in the clinic’s zone, whatever the zone of the server', () => {
    const [day] = daysOf(slotsAt([600]), zone, 'en', 1).days;
    expect(day?.times[0]?.long).toMatch(/^Tuesday,? 10 March, 10:00\sam$/);
    expect(zoneName(zone, new Date('2026-03-10'), 'en')).toBe('India Standard Time');
  });
});

it('days are added across months and leap days', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});

it('a branch named like its town is said once', () => {
  expect(placeOf({ name: 'Siliguri', town: 'Siliguri' })).toBe('Siliguri');
  expect(placeOf({ name: 'Hill Cart Road', town: 'Siliguri' })).toBe('Hill Cart Road, Siliguri');
  expect(placeOf({ name: 'Second', town: 'Siliguri', addressLines: ['Sample lane 1', 'First floor'] })).toBe(
    'Second, Sample lane 1, First floor, Siliguri',
  );
});
