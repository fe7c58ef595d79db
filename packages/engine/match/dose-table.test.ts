import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaE00, labOf } from '../light/index.ts';
import { exampleSkin, reflectanceOf, skinGrid, standardGeometry } from '../skin/index.ts';
import { buildDoseTable, layeredReflectance, makeTransport, tableReflectance } from './dose-table.ts';
import { mixInto, pigmentOptics } from './model.ts';
import { samplePaints } from './sample-pigments.ts';

const bands = skinGrid.count;
const patch = { ...exampleSkin, melaninFraction: 0, scatteringPerCm500: 40 };
const optics = pigmentOptics(samplePaints.pigments);
const mostMuaPerCm = new Float64Array(bands).fill(150);
const mostMuspPerCm = new Float64Array(bands).fill(500);
const coefficients = (doses: readonly number[]) => {
  const [muaPerCm, muspPerCm] = [new Float64Array(bands), new Float64Array(bands)];
  mixInto(optics, doses, muaPerCm, muspPerCm);
  return { muaPerCm, muspPerCm };
};
const dose = (max: number) => fc.double({ min: 0, max, noNaN: true });
const recipes = fc.tuple(dose(150), dose(120), dose(20), dose(5), dose(10), dose(10), dose(5));

describe('the table of doses', () => {
  const table = buildDoseTable(patch, standardGeometry, {
    order: 10,
    points: 12,
    mostMuaPerCm,
    mostMuspPerCm,
  });
  const out = new Float64Array(bands);

  it('agrees with direct transport within 0.01 ΔE00 over any mixture', () => {
    fc.assert(
      fc.property(recipes, (doses) => {
        const pigment = coefficients(doses);
        tableReflectance(table, pigment.muaPerCm, pigment.muspPerCm, out);
        const direct = reflectanceOf(patch, { geometry: standardGeometry, ...pigment }, 'fine');
        expect(deltaE00(labOf({ ...direct, values: out }, 'D65/10'), labOf(direct, 'D65/10'))).toBeLessThan(
          0.01,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('gives slopes that are the differences of its values', () => {
    const { muaPerCm, muspPerCm } = coefficients([20, 10, 3, 0.5, 1, 1, 1]);
    const [byMua, byMusp, moved] = [
      new Float64Array(bands),
      new Float64Array(bands),
      new Float64Array(bands),
    ];
    tableReflectance(table, muaPerCm, muspPerCm, out, byMua, byMusp);
    for (const [slope, first, second] of [
      [byMua, muaPerCm.map((v) => v + 1e-5), muspPerCm],
      [byMusp, muaPerCm, muspPerCm.map((v) => v + 1e-5)],
    ] as const) {
      tableReflectance(table, first, second, moved);
      slope.forEach((value, band) => expect((moved[band] - out[band]) / 1e-5).toBeCloseTo(value, 5));
    }
  });

  it('no dose is the bare skin', () => {
    tableReflectance(table, new Float64Array(bands), new Float64Array(bands), out);
    const bare = reflectanceOf(patch, undefined, 'fine').values;
    out.forEach((value, band) => expect(value).toBeCloseTo(bare[band], 3));
  });

  it('the small tables of simulated people stay within 0.1 ΔE00 of their own transport', () => {
    const reach = coefficients([60, 60, 8, 3, 5, 5, 3]);
    const small = buildDoseTable(patch, standardGeometry, {
      order: 5,
      points: 4,
      mostMuaPerCm: reach.muaPerCm,
      mostMuspPerCm: reach.muspPerCm,
    });
    const transport = makeTransport(4);
    const direct = new Float64Array(bands);
    for (const doses of [
      [10, 20, 3, 0.5, 0, 0, 0],
      [30, 5, 1, 1, 1, 1, 1],
      [0, 30, 4, 1, 0, 0, 0],
    ]) {
      const { muaPerCm, muspPerCm } = coefficients(doses);
      tableReflectance(small, muaPerCm, muspPerCm, out);
      layeredReflectance(patch, standardGeometry, muaPerCm, muspPerCm, transport, direct);
      const lab = (values: Float64Array) => labOf({ ...skinGrid, values }, 'D65/10');
      expect(deltaE00(lab(out), lab(direct))).toBeLessThan(0.1);
    }
  });
});

describe('pigment under skin', () => {
  it('is weaker the deeper it lies', () => {
    const { muaPerCm, muspPerCm } = coefficients([0, 30, 4, 1, 0, 0, 0]);
    const transport = makeTransport(8);
    const bare = labOf(reflectanceOf(patch, undefined, 'interactive'), 'D65/10');
    const shifts = [0, 50, 100, 200, 400].map((clearDermisUm) => {
      const values = new Float64Array(bands);
      layeredReflectance(
        patch,
        { ...standardGeometry, clearDermisUm },
        muaPerCm,
        muspPerCm,
        transport,
        values,
      );
      return deltaE00(labOf({ ...skinGrid, values }, 'D65/10'), bare);
    });
    for (let i = 1; i < shifts.length; i += 1) expect(shifts[i]).toBeLessThan(shifts[i - 1]);
  });

  it('mixes in any order to the same colour', () => {
    const doses = [5, 10, 3, 0.5, 1, 2, 1];
    const backwards = pigmentOptics(samplePaints.pigments.toReversed());
    const [mua, musp] = [new Float64Array(bands), new Float64Array(bands)];
    mixInto(backwards, doses.toReversed(), mua, musp);
    const { muaPerCm, muspPerCm } = coefficients(doses);
    mua.forEach((value, band) => expect(value).toBeCloseTo(muaPerCm[band], 12));
    musp.forEach((value, band) => expect(value).toBeCloseTo(muspPerCm[band], 12));
  });
});
