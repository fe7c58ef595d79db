import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withNepaliDates, withNepaliLists, withNepaliNumbers } from './nepali-intl.ts';

/*
 * The runtime of the tests, like the server's, has all of Nepali; a browser without it is one that is asked for English
 * and Hindi alone, as these two are.
 */
const Dates = withNepaliDates(Intl.DateTimeFormat);
const Numbers = withNepaliNumbers(Intl.NumberFormat);

const dates: readonly Intl.DateTimeFormatOptions[] = [
  { dateStyle: 'full' },
  { dateStyle: 'long' },
  { dateStyle: 'medium' },
  { timeStyle: 'short' },
  { dateStyle: 'medium', timeStyle: 'short' },
  { dateStyle: 'medium', timeStyle: 'medium' },
  { dateStyle: 'long', timeStyle: 'short' },
  { dateStyle: 'full', timeStyle: 'short' },
  { weekday: 'long' },
  { weekday: 'short', day: 'numeric' },
  { weekday: 'short', day: 'numeric', month: 'short' },
  { weekday: 'long', day: 'numeric', month: 'long' },
  { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' },
  { month: 'short', year: 'numeric' },
  { month: 'long' },
  { hour: 'numeric', minute: '2-digit' },
  { hour: '2-digit', minute: '2-digit' },
];

const numbers: readonly Intl.NumberFormatOptions[] = [
  {},
  { maximumFractionDigits: 2 },
  { style: 'percent', maximumFractionDigits: 1 },
  { maximumSignificantDigits: 3 },
  { style: 'unit', unit: 'megabyte' },
  ...['INR', 'NPR', 'USD', 'BDT', 'EUR'].map((currency) => ({ style: 'currency' as const, currency })),
  { style: 'currency', currency: 'INR', currencyDisplay: 'code' },
];

describe('Nepali in a browser that has none', () => {
  it.each(dates)('is dated as the server dates it: %j', (options) => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        fc.constantFrom('Asia/Kolkata', 'Asia/Kathmandu', 'UTC', 'America/St_Johns'),
        fc.constantFrom('ne-NP', 'ne-NP-u-hc-h23'),
        (at, timeZone, tag) => {
          const ours = new Dates(tag, { ...options, timeZone });
          expect(Object.hasOwn(ours, 'format')).toBe(true);
          expect(ours.format(at)).toBe(new Intl.DateTimeFormat(tag, { ...options, timeZone }).format(at));
        },
      ),
    );
  });

  it.each(numbers)('is counted as the server counts: %j', (options) => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (amount) => {
        expect(new Numbers('ne-NP', options).format(amount)).toBe(
          new Intl.NumberFormat('ne-NP', options).format(amount),
        );
      }),
    );
  });

  it('is listed as the server lists', () => {
    const Lists = withNepaliLists(Intl.ListFormat);
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (list) => {
        expect(new Lists('ne-NP').format(list)).toBe(new Intl.ListFormat('ne-NP').format(list));
      }),
    );
  });

  it('leaves other languages, and forms it does not write, to the browser', () => {
    const at = new Date('2027-03-31T18:35:00Z');
    for (const [tag, options] of [
      ['bn-IN', { dateStyle: 'medium', timeZone: 'UTC' }],
      ['ne-NP', { dateStyle: 'short', timeZone: 'UTC' }],
      ['ne-NP', { year: 'numeric', month: '2-digit', timeZone: 'UTC' }],
    ] as const) {
      const ours = new Dates(tag, options);
      expect(Object.hasOwn(ours, 'format')).toBe(false);
      expect(ours.format(at)).toBe(new Intl.DateTimeFormat(tag, options).format(at));
    }
    expect(new Dates('ne-NP', { timeZone: 'UTC' })).toBeInstanceOf(Intl.DateTimeFormat);
  });
});
