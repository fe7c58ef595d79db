import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StackLayer } from './index.ts';
import { layeredKubelkaMunk, monteCarloFluxes, stackFluxes } from './index.ts';

interface Reference {
  layered_skin_like: { n: number; layers: [number, number, number, number | null][]; UR1: number }[];
}
const reference = JSON.parse(
  readFileSync(new URL('../fixtures/data/rt_reference.json', import.meta.url), 'utf8'),
) as Reference;
const stacks = reference.layered_skin_like.map(({ n, layers, UR1 }) => ({
  refractiveIndex: n,
  UR1,
  layers: layers.map(
    ([muaPerCm, musPerCm, anisotropy, thicknessCm]): StackLayer => ({
      muaPerCm,
      musPerCm,
      anisotropy,
      thicknessCm: thicknessCm ?? Number.POSITIVE_INFINITY,
    }),
  ),
}));
const rms = (errors: readonly number[]) =>
  Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);

describe('photons followed one by one', () => {
  it('agree with adding-doubling within 3 standard errors on skin-like stacks', () => {
    const z = stacks.map(({ layers, refractiveIndex }, i) => {
      const photons = monteCarloFluxes(layers, { photons: 5_000, seed: 100 + i, refractiveIndex });
      const transport = stackFluxes(layers, { points: 16, refractiveIndex });
      return (photons.normalReflectance01 - transport.normalReflectance01) / photons.reflectanceError01;
    });
    for (const value of z) expect(Math.abs(value)).toBeLessThan(3);
    expect(rms(z)).toBeLessThan(1.6);
  });

  it('are absorbed in each layer as transport says, and none is lost', () => {
    const layers: StackLayer[] = [
      { muaPerCm: 30, musPerCm: 200, anisotropy: 0.8, thicknessCm: 0.008 },
      { muaPerCm: 2, musPerCm: 150, anisotropy: 0.8, thicknessCm: 0.05 },
    ];
    const photons = monteCarloFluxes(layers, { photons: 15_000, seed: 5, refractiveIndex: 1.4 });
    const transport = stackFluxes(layers, { points: 16, refractiveIndex: 1.4 });
    const absorbed = photons.normalAbsorbed01.reduce((sum, share) => sum + share, 0);
    const total = photons.normalReflectance01 + photons.normalTransmittance01 + absorbed;
    expect(total).toBeCloseTo(1, 2);
    expect(photons.normalTransmittance01).toBeCloseTo(transport.normalTransmittance01, 2);
    photons.normalAbsorbed01.forEach((share, i) => {
      expect(Math.abs(share - transport.normalAbsorbed01[i])).toBeLessThan(0.01);
    });
  });

  it('take the same paths for the same seed', () => {
    const [{ layers, refractiveIndex }] = stacks;
    const run = (seed: number) => monteCarloFluxes(layers, { photons: 500, seed, refractiveIndex });
    expect(run(1)).toEqual(run(1));
    expect(run(2)).not.toEqual(run(1));
  });
});

describe('layered Kubelka-Munk, the comparison', () => {
  it('errs on skin-like stacks by many times what 8-point transport does', () => {
    const plain = stacks.map(
      ({ layers, refractiveIndex, UR1 }) => layeredKubelkaMunk(layers, refractiveIndex) - UR1,
    );
    const transport = stacks.map(
      ({ layers, refractiveIndex, UR1 }) =>
        stackFluxes(layers, { points: 8, refractiveIndex }).normalReflectance01 - UR1,
    );
    expect(rms(plain)).toBeGreaterThan(0.02);
    expect(rms(plain)).toBeLessThan(0.06);
    expect(rms(plain) / rms(transport)).toBeGreaterThan(15);
  });

  it('still darkens with absorption', () => {
    const values = [0.1, 1, 5, 30].map((muaPerCm) =>
      layeredKubelkaMunk(
        [{ muaPerCm, musPerCm: 150, anisotropy: 0.8, thicknessCm: Number.POSITIVE_INFINITY }],
        1.4,
      ),
    );
    expect(values.toSorted((a, b) => b - a)).toEqual(values);
  });
});
