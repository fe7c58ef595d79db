import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaE00, labOf } from '../light/index.ts';
import { exampleSkin, fitSkin, makeSkinModel, reflectanceOf, standardGeometry } from '../skin/index.ts';
import { defaultAssumptions } from './assumptions.ts';
import { evenPoint, normalQuantile } from './even-points.ts';
import { readPatch } from './readings.ts';
import { healingStates } from './request.ts';
import { samplePaints } from './sample-pigments.ts';
import { lnDoseFactor, normalBelow, scatteringOf, scenarioModel, scenarioOf } from './scenario.ts';

const assumptions = defaultAssumptions('vitiligo');
const at = (scatteringPerCm500: number) => ({ ...exampleSkin, melaninFraction: 0, scatteringPerCm500 });
const model = scenarioModel(at, standardGeometry, samplePaints.pigments, assumptions);
const normal = fc.double({ min: -3.5, max: 3.5, noNaN: true });
const z = fc.array(normal, { minLength: model.dimensions, maxLength: model.dimensions });

describe('even points', () => {
  it('normal quantile and distribution undo each other', () => {
    fc.assert(
      fc.property(normal, (x) => {
        expect(normalQuantile(normalBelow(x))).toBeCloseTo(x, 5);
      }),
    );
  });

  it('fill each axis evenly', () => {
    const shift = Float64Array.of(0.3, 0.7, 0.1);
    const points = Array.from({ length: 200 }, (_, i) => evenPoint(i, shift));
    for (const axis of [0, 1, 2]) {
      const below = points.filter((p) => p[axis] < 0.25).length;
      expect(Math.abs(below - 50)).toBeLessThanOrEqual(4);
    }
  });
});

describe('possible people', () => {
  it('keep scattering inside its range and all thicknesses above zero', () => {
    fc.assert(
      fc.property(z, (point) => {
        const { geometry } = scenarioOf(model, point);
        const { min, max } = assumptions.scatteringPerCm;
        expect(scatteringOf(model, point)).toBeGreaterThanOrEqual(min);
        expect(scatteringOf(model, point)).toBeLessThanOrEqual(max);
        expect(geometry.clearDermisUm).toBeGreaterThan(0);
        expect(geometry.pigmentLayerUm).toBeGreaterThan(0);
      }),
    );
  });

  it('with nothing unknown are the assumed skin', () => {
    const { skin, geometry } = scenarioOf(model, new Float64Array(model.dimensions));
    expect(skin.scatteringPerCm500).toBeCloseTo(Math.sqrt(25 * 60), 4);
    expect(skin.bloodFraction).toBeCloseTo(exampleSkin.bloodFraction, 12);
    expect(geometry.clearDermisUm).toBeCloseTo(standardGeometry.clearDermisUm, 3);
  });

  it('lose pigment as months go by, at the median', () => {
    const zero = new Float64Array(model.dimensions);
    samplePaints.pigments.forEach((_, p) => {
      const kept = healingStates.map((state) => lnDoseFactor(model, state, zero, p, 0, 0));
      for (let i = 1; i < kept.length; i += 1) expect(kept[i]).toBeLessThan(kept[i - 1]);
    });
  });

  it('with retention 1 and no spread look healed as on day 0', () => {
    const kept = scenarioModel(at, standardGeometry, samplePaints.pigments, {
      ...assumptions,
      healing: assumptions.healing.map((h) => ({ ...h, retentionMedian01: 1, retentionLogSd: 0 })),
    });
    fc.assert(
      fc.property(z, normal, (point, session) => {
        for (const state of healingStates) {
          expect(lnDoseFactor(kept, state, point, 2, session, 0.7)).toBeCloseTo(
            lnDoseFactor(kept, 'day0', point, 2, session, 0.7),
            12,
          );
        }
      }),
    );
  });

  it('who read the same bare patch look alike at every scattering scale', () => {
    const skinModel = makeSkinModel();
    const reading = {
      kind: 'spectrum' as const,
      reflectance01: reflectanceOf({ ...at(40), melaninFraction: 0.001 }, undefined, 'fine'),
      instrument: 'sphere-sci' as const,
    };
    const patch = readPatch(reading, assumptions.scatteringPerCm, skinModel);
    for (const scattering of [27, 33, 45, 58]) {
      const own = fitSkin(reading, { model: skinModel, scatteringPerCm500: scattering }).parameters;
      const between = labOf(reflectanceOf(patch.at(scattering), undefined, 'fine'), 'D65/10');
      expect(deltaE00(between, labOf(reflectanceOf(own, undefined, 'fine'), 'D65/10'))).toBeLessThan(0.25);
    }
  });
});
