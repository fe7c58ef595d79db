import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHours, writeHours } from './hours-text.ts';

describe('hours as they are typed', () => {
  it('are read back as they were written', () => {
    const anyDay = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 8 }).map((minutes) => {
      const sorted = minutes.sort((a, b) => a - b);
      return Array.from({ length: sorted.length >> 1 }, (_, i) => ({
        openMin: sorted[2 * i] as number,
        closeMin: sorted[2 * i + 1] as number,
      }));
    });
    fc.assert(
      fc.property(anyDay, (spans) => {
        expect(readHours(writeHours(spans))).toEqual(spans);
      }),
    );
  });

  it.each([
    ['', []],
    [
      '10:00–13:00, 14:00–18:00',
      [
        { openMin: 600, closeMin: 780 },
        { openMin: 840, closeMin: 1080 },
      ],
    ],
    [
      '14-18; 10.30 to 13',
      [
        { openMin: 630, closeMin: 780 },
        { openMin: 840, closeMin: 1080 },
      ],
    ],
    ['১০:০০-১৩:০০', [{ openMin: 600, closeMin: 780 }]],
    ['१०-१३', [{ openMin: 600, closeMin: 780 }]],
    ['20:00-02:00', [{ openMin: 1200, closeMin: 1560 }]],
    ['0-24', [{ openMin: 0, closeMin: 1440 }]],
  ])('read %j', (text, spans) => {
    expect(readHours(text)).toEqual(spans);
  });

  it.each([
    'ten to six',
    '10:00',
    '10:75-11:00',
    '25-26',
    '10-10',
    '10-13, 12-15',
    '10-12, 12-15',
    '24:00-25:00',
    '10-13,',
  ])('are refused where they make no sense: %j', (text) => {
    expect(readHours(text)).toBeUndefined();
  });

  it('are read or refused, never more, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { openMin, closeMin } of readHours(text) ?? []) {
          expect(openMin).toBeGreaterThanOrEqual(0);
          expect(closeMin).toBeGreaterThan(openMin);
          expect(closeMin).toBeLessThanOrEqual(2880);
        }
      }),
    );
  });
});
