import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mieEfficiencies } from './mie.ts';

const rows = readFileSync(new URL('../fixtures/pigments/mie_reference.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number) as [number, number, number, number, number, number]);

// The two large, nearly clear spheres of the table carry the error of a recurrence begun too low (up to 2e-5);
// they are compared with arithmetic of 40 decimal digits instead. Wiscombe's MIEV0 prints 2.101321 and 2.096594.
const imprecise = ([mReal, mImag, x]: readonly number[]) => x === 100 && (mReal === 1.33 || mImag === 0);
const exact = [
  [1.5, 0, 2.094387815, 2.094387815, 0.8182464399],
  [1.33, 1e-5, 2.101320706, 2.096593506, 0.868959272],
] as const;

describe('scattering by a sphere', () => {
  it.each(rows.filter((row) => !imprecise(row)))(
    'agrees with the reference to 1e-6 for m = %d + %d i, x = %d',
    (mReal, mImag, x, extinction, scattering, asymmetry) => {
      const mie = mieEfficiencies(mReal, mImag, x);
      expect(Math.abs(mie.extinction - extinction)).toBeLessThan(1e-6);
      expect(Math.abs(mie.scattering - scattering)).toBeLessThan(1e-6);
      expect(Math.abs(mie.asymmetry - asymmetry)).toBeLessThan(1e-6);
    },
  );

  it.each(exact)(
    'agrees with 40-digit arithmetic for m = %d + %d i, x = 100',
    (mReal, mImag, ext, sca, g) => {
      const mie = mieEfficiencies(mReal, mImag, 100);
      expect(Math.abs(mie.extinction - ext)).toBeLessThan(1e-8);
      expect(Math.abs(mie.scattering - sca)).toBeLessThan(1e-8);
      expect(Math.abs(mie.asymmetry - g)).toBeLessThan(1e-8);
    },
  );

  it('never scatters more than it takes out, and nothing is absorbed by a clear sphere', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.05, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0.01, max: 60, noNaN: true }),
        (mReal, mImag, x) => {
          const mie = mieEfficiencies(mReal, mImag, x);
          expect(mie.scattering).toBeLessThanOrEqual(mie.extinction * (1 + 1e-9) + 1e-12);
          expect(Math.abs(mie.asymmetry)).toBeLessThanOrEqual(1);
          const clear = mieEfficiencies(mReal, 0, x);
          expect(Math.abs(clear.extinction - clear.scattering)).toBeLessThan(1e-8 * (1 + clear.extinction));
        },
      ),
    );
  });

  it('falls to Rayleigh scattering for a small sphere', () => {
    const x = 0.01;
    const m2 = 1.5 * 1.5;
    const rayleigh = (8 / 3) * x ** 4 * ((m2 - 1) / (m2 + 2)) ** 2;
    expect(mieEfficiencies(1.5, 0, x).scattering / rayleigh).toBeCloseTo(1, 3);
  });
});
