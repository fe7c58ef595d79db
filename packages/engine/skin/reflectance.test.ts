import { describe, expect, it } from 'vitest';
import type { Geometry, SkinParameters, StackLayer } from './index.ts';
import {
  exampleSkin,
  layerOptics,
  reflectanceOf,
  skinAnisotropy,
  skinGrid,
  stackFluxes,
  standardGeometry,
} from './index.ts';

const bands = skinGrid.count;
const pigment = (muaPerCm: number, muspPerCm: number, geometry: Geometry = standardGeometry) => ({
  geometry,
  muaPerCm: new Float64Array(bands).fill(muaPerCm),
  muspPerCm: new Float64Array(bands).fill(muspPerCm),
});
const patch: SkinParameters = { ...exampleSkin, melaninFraction: 0 };
const green = 15; // 550 nm

describe('reflectance of layered skin', () => {
  it('equals the raw stack of the same layers', () => {
    const optics = layerOptics(patch);
    const spectrum = reflectanceOf(patch, pigment(20, 30), 'interactive');
    for (const band of [0, 10, 30]) {
      const layer = (muaPerCm: number, muspPerCm: number, thicknessUm: number): StackLayer => ({
        muaPerCm,
        musPerCm: muspPerCm / (1 - skinAnisotropy),
        anisotropy: skinAnisotropy,
        thicknessCm: thicknessUm * 1e-4,
      });
      const musp = optics.muspPerCm[band];
      const mua = optics.dermisMuaPerCm[band];
      const layers = [
        layer(optics.epidermisMuaPerCm[band], musp, 80),
        layer(mua, musp, 70),
        layer(mua + 20, musp + 30, 300),
        layer(mua, musp, Number.POSITIVE_INFINITY),
      ];
      const fluxes = stackFluxes(layers, { points: 8, refractiveIndex: 1.4 });
      expect(spectrum.values[band]).toBeCloseTo(fluxes.normalReflectance01, 8);
    }
  });

  it('falls at every band as melanin rises', () => {
    let last = new Float64Array(bands).fill(1);
    for (const melaninFraction of [0, 0.01, 0.03, 0.1, 0.3]) {
      const now = reflectanceOf({ ...exampleSkin, melaninFraction }).values;
      now.forEach((value, i) => expect(value).toBeLessThan(last[i]));
      last = Float64Array.from(now);
    }
  });

  it('falls in the green as blood rises', () => {
    const values = [0, 0.003, 0.01, 0.03, 0.1].map(
      (bloodFraction) => reflectanceOf({ ...exampleSkin, bloodFraction }).values[green],
    );
    expect(values.toSorted((a, b) => b - a)).toEqual(values);
  });

  it('does not change when there is no dose', () => {
    const bare = reflectanceOf(patch).values;
    reflectanceOf(patch, pigment(0, 0)).values.forEach((value, i) => expect(value).toBeCloseTo(bare[i], 4));
  });

  it('sees a deeper pigment less', () => {
    const bare = reflectanceOf(patch).values[green];
    const effects = [0, 70, 150, 250].map((clearDermisUm) =>
      Math.abs(
        reflectanceOf(patch, pigment(50, 5, { ...standardGeometry, clearDermisUm })).values[green] - bare,
      ),
    );
    expect(effects.toSorted((a, b) => b - a)).toEqual(effects);
  });

  it('never drops below its gloss and differs little between the two qualities', () => {
    const fine = reflectanceOf(patch, pigment(1e4, 0));
    const quick = reflectanceOf(patch, pigment(1e4, 0), 'interactive');
    fine.values.forEach((value, i) => {
      expect(value).toBeGreaterThan(0.0277);
      expect(Math.abs(value - quick.values[i])).toBeLessThan(0.004);
    });
  });
});
