import { array, assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorimeter, deltaE00, labUnder } from '../light/index.ts';
import {
  buildPigmentTable,
  buildPigmentTables,
  exampleSkin,
  makePigmentBasis,
  reflectanceOf,
  skinGrid,
  standardGeometry,
  tableReflectance,
} from './index.ts';

const bands = skinGrid.count;
const patch = { ...exampleSkin, melaninFraction: 0 };
const basis = makePigmentBasis();
const table = buildPigmentTable(patch, standardGeometry, { basis });
const daylight = colorimeter('D65/10', skinGrid);

const smooth = (peak: number, slope: number, wave: number) =>
  Float64Array.from(
    { length: bands },
    (_, i) => peak * ((400 + 10 * i) / 550) ** slope * (1 + wave * Math.sin(i / 4)),
  );
const lookUp = (mua: ArrayLike<number>, musp: ArrayLike<number>) => {
  const out = new Float64Array(bands);
  tableReflectance(table, mua, musp, out);
  return out;
};

describe('the pigment table', () => {
  it('differs from direct transport by at most 0.01 colour units, from no dose to opaque', () => {
    assert(
      property(
        array(double({ min: -1, max: 3.1, noNaN: true }), { minLength: 2, maxLength: 2 }),
        double({ min: -3, max: 3, noNaN: true }),
        double({ min: 0, max: 0.9, noNaN: true }),
        ([logMua, logMusp], slope, wave) => {
          const muaPerCm = smooth(10 ** logMua, slope, wave);
          const muspPerCm = smooth(10 ** logMusp, -1, 0);
          const direct = reflectanceOf(patch, { geometry: standardGeometry, muaPerCm, muspPerCm });
          const difference = deltaE00(
            labUnder(daylight, lookUp(muaPerCm, muspPerCm)),
            labUnder(daylight, direct.values),
          );
          expect(difference).toBeLessThan(0.01);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the untreated patch when there is no dose', () => {
    const none = new Float64Array(bands);
    const bare = reflectanceOf(patch);
    expect(deltaE00(labUnder(daylight, lookUp(none, none)), labUnder(daylight, bare.values))).toBeLessThan(
      0.01,
    );
  });

  it('darkens with absorption and lightens with scattering', () => {
    const doses = [0, 1, 3, 10, 30, 100].map((dose) => new Float64Array(bands).fill(dose));
    for (let k = 1; k < doses.length; k++) {
      const darker = lookUp(doses[k], doses[0]);
      const before = lookUp(doses[k - 1], doses[0]);
      darker.forEach((value, i) => expect(value).toBeLessThan(before[i]));
      const lighter = lookUp(doses[2], doses[k]);
      const under = lookUp(doses[2], doses[k - 1]);
      lighter.forEach((value, i) => expect(value).toBeGreaterThan(under[i]));
    }
  });

  it('is the same whether built alone or with other depths', () => {
    const deeper = { ...standardGeometry, clearDermisUm: 150 };
    const pair = buildPigmentTables(patch, [standardGeometry, deeper], { basis });
    expect(pair[0].coefficients).toEqual(table.coefficients);
    expect(pair[1].coefficients).toEqual(buildPigmentTable(patch, deeper, { basis }).coefficients);
  });
});
