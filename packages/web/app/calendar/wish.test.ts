import { describe, expect, it } from 'vitest';
import { wishedTime } from './wish.ts';

describe('the time somebody would like', () => {
  it('is read by the clinic’s clock, whatever offset it was written with', () => {
    for (const wish of ['2026-11-26T10:00:00+05:30', '2026-11-26T04:30:00Z · mornings please']) {
      expect(wishedTime(wish, 'Asia/Kolkata')).toEqual({ day: '2026-11-26', clock: '10:00' });
    }
    expect(wishedTime('2026-11-25T20:00:00Z', 'Asia/Kathmandu')).toEqual({
      day: '2026-11-26',
      clock: '01:45',
    });
  });

  it('may be missing', () => {
    for (const wish of [null, '', 'any morning', '2026-11-26']) {
      expect(wishedTime(wish, 'Asia/Kolkata')).toBeUndefined();
    }
  });
});
