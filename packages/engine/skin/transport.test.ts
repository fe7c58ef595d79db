import { readFileSync } from 'node:fs';
import { assert, constantFrom, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePhase, makeQuadrature } from './quadrature.ts';
import type { StackLayer } from './stack.ts';
import { stackFluxes } from './stack.ts';
import { layerMatrices, makeLayerMatrices, makeWorkspace } from './transport.ts';

type Row = [muaPerCm: number, musPerCm: number, anisotropy: number, thicknessCm: number | null];
interface Reference {
  literature: { name: string; n: number; layers: Row[]; UR1: number; UT1?: number }[];
  isotropic_semi_infinite_exact: {
    albedo: number;
    plane_albedo_normal: number;
    spherical_albedo_diffuse: number;
  }[];
  slabs_adding_doubling_N48: {
    n: number;
    g: number;
    albedo: number;
    tau: number;
    UR1: number;
    UT1: number;
    URU: number;
    UTU: number;
  }[];
  layered_skin_like: { n: number; layers: Row[]; UR1: number; MC_UR1: number; MC_se: number }[];
}
const reference = JSON.parse(
  readFileSync(new URL('../fixtures/data/rt_reference.json', import.meta.url), 'utf8'),
) as Reference;

const stackOf = (rows: readonly Row[]): StackLayer[] =>
  rows.map(([muaPerCm, musPerCm, anisotropy, thicknessCm]) => ({
    muaPerCm,
    musPerCm,
    anisotropy,
    thicknessCm: thicknessCm ?? Number.POSITIVE_INFINITY,
  }));

const rms = (errors: readonly number[]) =>
  Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);

describe('adding-doubling against published values', () => {
  it('gives the literature values within 1e-4, Giovanelli within 3e-4', () => {
    for (const { name, n, layers, UR1, UT1 } of reference.literature) {
      const fluxes = stackFluxes(stackOf(layers), { points: 32, refractiveIndex: n });
      expect(Math.abs(fluxes.normalReflectance01 - UR1)).toBeLessThan(
        name.includes('Giovanelli') ? 3e-4 : 1e-4,
      );
      expect(Math.abs(fluxes.normalTransmittance01 - (UT1 ?? fluxes.normalTransmittance01))).toBeLessThan(
        1e-4,
      );
    }
  });

  it('gives the exact half-space of Chandrasekhar to 1e-6', () => {
    for (const {
      albedo,
      plane_albedo_normal,
      spherical_albedo_diffuse,
    } of reference.isotropic_semi_infinite_exact) {
      const half = {
        muaPerCm: 1 - albedo,
        musPerCm: albedo,
        anisotropy: 0,
        thicknessCm: Number.POSITIVE_INFINITY,
      };
      const fluxes = stackFluxes([half], { points: 16, refractiveIndex: 1 });
      expect(Math.abs(fluxes.normalReflectance01 - plane_albedo_normal)).toBeLessThan(1e-6);
      expect(Math.abs(fluxes.diffuseReflectance01 - spherical_albedo_diffuse)).toBeLessThan(1e-6);
    }
  });

  it('gives all four fluxes of 81 slabs to 1e-5 with the same 48 points', () => {
    for (const slab of reference.slabs_adding_doubling_N48) {
      const layer = {
        muaPerCm: 1 - slab.albedo,
        musPerCm: slab.albedo,
        anisotropy: slab.g,
        thicknessCm: slab.tau,
      };
      const fluxes = stackFluxes([layer], { points: 48, refractiveIndex: slab.n });
      expect(Math.abs(fluxes.normalReflectance01 - slab.UR1)).toBeLessThan(1e-5);
      expect(Math.abs(fluxes.normalTransmittance01 - slab.UT1)).toBeLessThan(1e-5);
      expect(Math.abs(fluxes.diffuseReflectance01 - slab.URU)).toBeLessThan(1e-5);
      expect(Math.abs(fluxes.diffuseTransmittance01 - slab.UTU)).toBeLessThan(1e-5);
    }
  });

  it.each([
    [8, 0.0015],
    [12, 0.0003],
  ])('keeps skin-like stacks within their bar with %i points', (points, bar) => {
    const errors = reference.layered_skin_like.map(
      ({ n, layers, UR1 }) =>
        stackFluxes(stackOf(layers), { points, refractiveIndex: n }).normalReflectance01 - UR1,
    );
    expect(rms(errors)).toBeLessThan(bar);
  });

  it('agrees with an independent Monte Carlo of the stacks within its error', () => {
    const z = reference.layered_skin_like.map(({ n, layers, MC_UR1, MC_se }) => {
      const fluxes = stackFluxes(stackOf(layers), { points: 32, refractiveIndex: n });
      return (fluxes.normalReflectance01 - MC_UR1) / MC_se;
    });
    expect(rms(z)).toBeLessThan(1.8);
    expect(Math.max(...z.map(Math.abs))).toBeLessThan(3.5);
  });
});

describe('the laws of light in layers', () => {
  const layer = (muaPerCm: number) =>
    property(
      double({ min: 1, max: 400, noNaN: true }),
      double({ min: 0.001, max: 0.1, noNaN: true }),
      constantFrom(0, 0.5, 0.8, 0.9),
      constantFrom(1, 1.4),
      (musPerCm, thicknessCm, anisotropy, refractiveIndex) => {
        const layers = [
          { muaPerCm, musPerCm, anisotropy, thicknessCm },
          { muaPerCm: muaPerCm / 3, musPerCm: musPerCm * 2, anisotropy, thicknessCm: 0.02 },
        ];
        const fluxes = stackFluxes(layers, { points: 8, refractiveIndex });
        const absorbed = fluxes.normalAbsorbed01.reduce((sum, share) => sum + share, 0);
        const total = fluxes.normalReflectance01 + fluxes.normalTransmittance01 + absorbed;
        expect(Math.abs(total - 1)).toBeLessThan(1e-9);
        for (const share of fluxes.normalAbsorbed01) {
          if (muaPerCm === 0) expect(Math.abs(share)).toBeLessThan(1e-9);
          else expect(share).toBeGreaterThan(0);
        }
      },
    );

  it('reflected, transmitted and absorbed light add up to what came in', () =>
    assert(layer(5), { numRuns: 40 }));
  it('without absorption nothing is lost', () => assert(layer(0), { numRuns: 40 }));

  it('a half-space without absorption returns everything, one without matter nothing', () => {
    for (const points of [4, 8, 12]) {
      for (const anisotropy of [0, 0.5, 0.8, 0.95]) {
        const white = { muaPerCm: 0, musPerCm: 20, anisotropy, thicknessCm: Number.POSITIVE_INFINITY };
        const fluxes = stackFluxes([white], { points, refractiveIndex: 1.4 });
        expect(fluxes.normalReflectance01).toBeCloseTo(1, 4);
        const empty = stackFluxes([{ ...white, musPerCm: 0 }], { points, refractiveIndex: 1 });
        expect(empty.normalReflectance01).toBeCloseTo(0, 12);
      }
    }
  });

  it('reciprocity: light finds the same way back', () => {
    const quadrature = makeQuadrature(12, 1.4);
    const out = makeLayerMatrices(12);
    const thick = { muaPerCm: 2, musPerCm: 200, thicknessCm: 0.03 };
    layerMatrices(quadrature, makePhase(quadrature, 0.8), thick, makeWorkspace(12), out);
    for (let i = 0; i < 12; i++) {
      for (let j = 0; j < i; j++) {
        expect(out.reflection[i * 12 + j]).toBeCloseTo(out.reflection[j * 12 + i], 12);
        expect(out.transmission[i * 12 + j]).toBeCloseTo(out.transmission[j * 12 + i], 12);
      }
    }
  });

  it('a slab turned over transmits the same diffuse light, and cutting a layer in two changes nothing', () => {
    const options = { points: 8, refractiveIndex: 1.4 };
    const one = { muaPerCm: 3, musPerCm: 150, anisotropy: 0.8, thicknessCm: 0.02 };
    const other = { muaPerCm: 20, musPerCm: 90, anisotropy: 0.8, thicknessCm: 0.01 };
    const whole = stackFluxes([one, other], options);
    const turned = stackFluxes([other, one], options);
    expect(turned.diffuseTransmittance01).toBeCloseTo(whole.diffuseTransmittance01, 10);
    const half = { ...one, thicknessCm: 0.01 };
    expect(stackFluxes([half, half, other], options).normalReflectance01).toBeCloseTo(
      whole.normalReflectance01,
      4,
    );
  });

  it('an empty layer changes nothing, and more absorption never reflects more', () => {
    const options = { points: 8, refractiveIndex: 1.4 };
    const below = { muaPerCm: 1, musPerCm: 150, anisotropy: 0.8, thicknessCm: Number.POSITIVE_INFINITY };
    const empty = { muaPerCm: 0, musPerCm: 0, anisotropy: 0.8, thicknessCm: 0.01 };
    const bare = stackFluxes([below], options).normalReflectance01;
    expect(stackFluxes([empty, below], options).normalReflectance01).toBeCloseTo(bare, 12);
    let last = 1;
    for (const muaPerCm of [0, 0.1, 1, 5, 20, 100, 1000]) {
      const now = stackFluxes([{ ...below, muaPerCm }], options).normalReflectance01;
      expect(now).toBeLessThan(last);
      last = now;
    }
  });
});
