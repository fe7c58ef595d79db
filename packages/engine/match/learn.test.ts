import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaE00, labOf } from '../light/index.ts';
import { exampleSkin, seededChance, skinGrid, standardGeometry } from '../skin/index.ts';
import { defaultAssumptions } from './assumptions.ts';
import { layeredReflectance, makeTransport } from './dose-table.ts';
import { memberBuilder, priorPoints, reach } from './ensemble.ts';
import { learn, temperedWeights, unknownCount } from './learn.ts';
import { mixInto, pigmentOptics } from './model.ts';
import { nominalLayerUm } from './pigment.ts';
import { samplePaints } from './sample-pigments.ts';
import { lnPersonalRetention, scatteringOf, scenarioModel, scenarioOf } from './scenario.ts';

const bands = skinGrid.count;
const pigments = samplePaints.pigments.slice(0, 4);
const optics = pigmentOptics(pigments);
const at = (scatteringPerCm500: number) => ({
  ...exampleSkin,
  melaninFraction: 0,
  scatteringPerCm500,
  bloodFraction: (0.01 * scatteringPerCm500) / 40,
  baselineScale: scatteringPerCm500 / 40,
});
const model = scenarioModel(at, standardGeometry, pigments, defaultAssumptions('vitiligo'));
const implanted = Float64Array.of(0, 40, 4, 1);
const transport = makeTransport(4);

/** Spectrum of a spot of a person, without reading noise. */
function spotOf(z: Float64Array): Float64Array {
  const { skin, geometry } = scenarioOf(model, z);
  const doses = implanted.map(
    (dose, p) =>
      (dose * Math.exp(lnPersonalRetention(model, z, p)) * nominalLayerUm) / geometry.pigmentLayerUm,
  );
  const [mua, musp, out] = [new Float64Array(bands), new Float64Array(bands), new Float64Array(bands)];
  mixInto(optics, doses, mua, musp);
  layeredReflectance(skin, geometry, mua, musp, transport, out);
  return out;
}

function learnFrom(reflectance01: Float64Array) {
  const spots = [{ doses: implanted, measured: { kind: 'spectrum' as const, reflectance01, sd01: 0.004 } }];
  const learning = learn(model, optics, spots, 4, () => new Float64Array(bands));
  return { learning, spots };
}

describe('learning from a healed spot', () => {
  const chance = seededChance(11);
  const people = Array.from({ length: 4 }, () =>
    Float64Array.from({ length: model.dimensions }, () => 1.2 * chance.normal()),
  );

  it('explains the spot it saw', () => {
    for (const z of people) {
      const seen = spotOf(z);
      const { learning } = learnFrom(seen);
      const lab = (values: Float64Array) => labOf({ ...skinGrid, values }, 'D65/10');
      // Session deviations explain a part, so the person alone need not fit to the last digit.
      expect(deltaE00(lab(spotOf(learning.centre.slice(0, model.dimensions))), lab(seen))).toBeLessThan(1);
    }
  });

  it('moves scattering towards the truth', () => {
    const wrongBefore = people.map((z) => Math.abs(Math.log(scatteringOf(model, z) / Math.sqrt(25 * 60))));
    const wrongAfter = people.map((z) =>
      Math.abs(Math.log(scatteringOf(model, learnFrom(spotOf(z)).learning.centre) / scatteringOf(model, z))),
    );
    const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0);
    expect(sum(wrongAfter)).toBeLessThan(sum(wrongBefore));
  });

  it('draws people who are close to the posterior', () => {
    const { learning, spots } = learnFrom(spotOf(people[0]));
    const build = memberBuilder(model, reach(optics, [implanted], 2.5));
    const ratios = priorPoints(unknownCount(model, spots), 24, 3).map((normals) => {
      const { y, lnProposal } = learning.draw(normals);
      return learning.lnPosterior(build(y.slice(0, model.dimensions), 1), y) - lnProposal;
    });
    const weights = temperedWeights(ratios, 0.3);
    const sum = weights.reduce((total, w) => total + w, 0);
    expect(sum ** 2 / weights.reduce((total, w) => total + w * w, 0)).toBeGreaterThan(7);
  });
});

describe('weights', () => {
  it('keep their order, and keep enough people', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 5, maxLength: 60 }),
        (ln) => {
          const weights = temperedWeights(ln, 0.3);
          const byRatio = [...ln.keys()].sort((i, j) => ln[i] - ln[j]).map((i) => weights[i]);
          expect(byRatio).toEqual(byRatio.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 30 },
    );
  });
});
