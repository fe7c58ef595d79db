import { array, assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorimeter, deltaE00, labUnder } from '../light/index.ts';
import {
  buildPigmentTable,
  buildPigmentTableAsync,
  buildPigmentTables,
  exampleSkin,
  makePigmentBasis,
  reflectanceOf,
  skinGrid,
  standardGeometry,
  tableReflectance,
  tableReflectanceAndSlopes,
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

  it('has the slopes that differences of its values show', () => {
    const mua = smooth(12, -2, 0.3);
    const musp = smooth(8, -1, 0);
    const value = new Float64Array(bands);
    const byMua = new Float64Array(bands);
    const byMusp = new Float64Array(bands);
    tableReflectanceAndSlopes(table, mua, musp, value, byMua, byMusp);
    lookUp(mua, musp).forEach((alone, i) => expect(value[i]).toBeCloseTo(alone, 12));
    const step = 1e-3;
    const moreMua = lookUp(
      mua.map((x) => x + step),
      musp,
    );
    const lessMua = lookUp(
      mua.map((x) => x - step),
      musp,
    );
    const moreMusp = lookUp(
      mua,
      musp.map((x) => x + step),
    );
    const lessMusp = lookUp(
      mua,
      musp.map((x) => x - step),
    );
    for (let i = 0; i < bands; i++) {
      expect(byMua[i]).toBeCloseTo((moreMua[i] - lessMua[i]) / (2 * step), 6);
      expect(byMusp[i]).toBeCloseTo((moreMusp[i] - lessMusp[i]) / (2 * step), 6);
    }
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

  it('is the same whether built alone, with other depths, or while yielding', async () => {
    const deeper = { ...standardGeometry, clearDermisUm: 150 };
    const pair = buildPigmentTables(patch, [standardGeometry, deeper], { basis });
    expect(pair[0].coefficients).toEqual(table.coefficients);
    const done: number[] = [];
    const alone = await buildPigmentTableAsync(patch, deeper, {
      basis,
      onProgress: (share) => done.push(share),
    });
    expect(alone.coefficients).toEqual(pair[1].coefficients);
    expect(done.length).toBeGreaterThan(3);
    expect(done.toSorted((a, b) => a - b)).toEqual(done);
  });

  it('stops when asked', async () => {
    const controller = new AbortController();
    const job = buildPigmentTableAsync(patch, standardGeometry, {
      basis,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
  });
});
