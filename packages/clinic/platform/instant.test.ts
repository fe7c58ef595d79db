import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from './instant.ts';

describe('an instant that is typed', () => {
  it.each([
    ['2026-11-23 10:00', 'Asia/Kolkata', '2026-11-23T04:30:00.000Z'],
    ['2026-11-23 10:00 UTC', 'Asia/Kolkata', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:30.5Z', undefined, '2026-11-23T10:00:30.500Z'],
    ['2026-11-23 10:00 +0545', undefined, '2026-11-23T04:15:00.000Z'],
    ['2026-07-01 09:30', 'Europe/Berlin', '2026-07-01T07:30:00.000Z'],
    ['2026-03-29 01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(parseInstant(text, zone)).toEqual({ ok: true, at: new Date(instant) });
  });

  it.each([
    ['yesterday', 'Asia/Kolkata', 'is not an instant'],
    ['2026-02-30 10:00', 'Asia/Kolkata', 'no day and time'],
    ['2026-11-23 25:00', 'UTC', 'no day and time'],
    ['2026-11-23 10:00', undefined, 'which clock'],
    ['2026-03-29 02:30', 'Europe/Berlin', 'skipped'],
    ['2026-10-25 02:30', 'Europe/Berlin', 'twice'],
  ])('%s in %s is refused', (text, zone, why) => {
    expect(parseInstant(text, zone)).toMatchObject({
      ok: false,
      message: expect.stringContaining(why) as string,
    });
  });

  it('reads back what a clock on the wall of any clinic shows, to the second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 }),
        fc.constantFrom('Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Dhaka', 'UTC'),
        (seconds, zone) => {
          const at = new Date(seconds * 1000);
          const shown = at.toLocaleString('sv-SE', { timeZone: zone });
          expect(parseInstant(shown, zone)).toEqual({ ok: true, at });
        },
      ),
    );
  });
});
