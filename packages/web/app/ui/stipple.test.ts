import { describe, expect, it } from 'vitest';
import { stipplePaths, type ToneName, tones } from './stipple.ts';

const dotsOf = (paths: readonly { d: string }[]) =>
  paths.flatMap(({ d }) =>
    [...d.matchAll(/M([\d.]+) ([\d.]+)h0/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) })),
  );

describe('the stipple', () => {
  const field = { columns: 40, rows: 12, tone: tones.ramp };

  it('is the same for the same seed and another for another', () => {
    expect(stipplePaths({ ...field, seed: 3 })).toEqual(stipplePaths({ ...field, seed: 3 }));
    expect(stipplePaths({ ...field, seed: 3 })).not.toEqual(stipplePaths({ ...field, seed: 4 }));
  });

  it('keeps every dot inside the field', () => {
    const dots = dotsOf(stipplePaths({ ...field, seed: 1 }));
    expect(dots.filter(({ x, y }) => !(x > 0 && x < 40 && y > 0 && y < 12))).toEqual([]);
  });

  it.each([0.2, 0.5, 0.8])(
    'covers a share of %f where the tone asks for it, in every part of the field',
    (share) => {
      const dots = dotsOf(stipplePaths({ columns: 80, rows: 80, tone: () => share, seed: 5 }));
      for (const quarter of [0, 1, 2, 3]) {
        const here = dots.filter(({ x, y }) => (x < 40 ? 0 : 1) + (y < 40 ? 0 : 2) === quarter).length;
        expect(Math.abs(here / 1600 - share)).toBeLessThan(0.03);
      }
    },
  );

  it('knows only tones between bare and full', () => {
    const places = Array.from({ length: 21 }, (_, i) => i / 20);
    for (const name of Object.keys(tones) as ToneName[]) {
      const values = places.flatMap((x) => places.map((y) => tones[name](x, y)));
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
    }
  });
});
