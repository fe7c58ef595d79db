import { describe, expect, it } from 'vitest';
import { coverage01, stipplePaths } from './stipple.ts';

const dotsOf = (paths: readonly { d: string }[]) =>
  paths.flatMap(({ d }) =>
    [...d.matchAll(/M([\d.]+) ([\d.]+)h0/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) })),
  );

describe('the stipple', () => {
  it('is the same for the same seed and another for another', () => {
    const field = { columns: 40, rows: 12 };
    expect(stipplePaths({ ...field, seed: 3 })).toEqual(stipplePaths({ ...field, seed: 3 }));
    expect(stipplePaths({ ...field, seed: 3 })).not.toEqual(stipplePaths({ ...field, seed: 4 }));
  });

  it('keeps every dot inside the field', () => {
    for (const { x, y } of dotsOf(stipplePaths({ columns: 60, rows: 20, seed: 1 }))) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(60);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(20);
    }
  });

  it('grows denser to the right, as its coverage promises', () => {
    const columns = 120;
    const rows = 120;
    const dots = dotsOf(stipplePaths({ columns, rows, seed: 5 }));
    for (const third of [0, 1, 2]) {
      const share =
        dots.filter(({ x }) => Math.min(2, Math.floor((x / columns) * 3)) === third).length /
        ((columns * rows) / 3);
      const steps = Array.from({ length: 100 }, (_, i) => coverage01((third + (i + 0.5) / 100) / 3));
      const promised = steps.reduce((sum, tone) => sum + tone, 0) / steps.length;
      expect(Math.abs(share - promised)).toBeLessThan(0.03);
    }
  });
});
