import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isCalendarDay, typedNumber } from './schema.ts';

const dayFrom = (min: string, max: string) =>
  fc
    .date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));

const digitsOf = { hi: '०१२३४५६७८९', bn: '০১২৩৪৫৬৭৮৯', en: '0123456789' };

describe('a number as typed', () => {
  it('law: is read from any of the clinic’s digits, with a point or a comma that groups no thousands', () => {
    const script = fc.constantFrom('hi', 'bn', 'en').map((one) => digitsOf[one as 'hi']);
    const value = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((n) => n / 1000);
    fc.assert(
      fc.property(value, script, fc.constantFrom('.', ','), (number, digits, mark) => {
        const typed = String(number)
          .replace('.', mark)
          .replaceAll(/\d/g, (digit) => digits[Number(digit)] ?? '');
        const mayGroup = mark === ',' && Math.abs(number) >= 1 && /^-?\d{1,3}\.\d{3}$/.test(String(number));
        expect(typedNumber(` ${typed} `)).toBe(mayGroup ? Number.NaN : number);
      }),
    );
  });

  it('is none where nothing, or something else, was typed', () => {
    for (const text of [
      '',
      ' ',
      '-',
      ',',
      '1e3',
      '0x10',
      '1.2.3',
      '1 2',
      'Infinity',
      'five',
      '1,000',
      '१,२५०',
      '1,000,000',
    ])
      expect([text, typedNumber(text)]).toEqual([text, Number.NaN]);
  });
});

describe('a day of the calendar', () => {
  it('is every one from 1900 to 2199, and reckoning from it by some months gives a day the database knows', () => {
    fc.assert(
      fc.property(dayFrom('1900-01-01', '2199-12-31'), fc.integer({ min: -400, max: 400 }), (day, days) => {
        expect(isCalendarDay(day)).toBe(true);
        expect(addDays(day, days)).toMatch(/^[12]\d{3}-\d\d-\d\d$/);
      }),
    );
  });

  it('is none before or after, none that the calendar does not have, and no other text', () => {
    for (const text of ['1899-12-31', '2200-01-01', '0000-01-01', '2026-02-29', '2026-02-30', '2026-13-01'])
      expect([text, isCalendarDay(text)]).toEqual([text, false]);
    const longer = fc.string({ minLength: 1 });
    fc.assert(fc.property(longer, (text) => !isCalendarDay(`2026-03-01${text}`)));
  });
});
