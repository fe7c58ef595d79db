/**
 * Learns `skin/tables/skin-prior.ts` from the measured forearms. Run from anywhere:
 * `node packages/engine/tools/learn-skin-prior.ts`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Spectrum } from '../light/index.ts';
import { resample } from '../light/index.ts';
import type { SkinPrior } from '../skin/fit-problem.ts';
import { independentPrior, makePredictor, predict, solveFit, spectrumRows } from '../skin/fit-problem.ts';
import type { SkinModel } from '../skin/skin-model.ts';
import { fittedCount, makeSkinModel } from '../skin/skin-model.ts';
import { skinGrid } from '../skin/skin-parameters.ts';
import { arrayBody, readTable } from './csv-table.ts';

/** Before any data: wide, uncorrelated, from the literature named in docs/science/skin-inversion.md. */
const assumedMean = [0.02, 3.33, 0.008, 0.6, 10, 0.4, 0.15, 1.3].map((value, i) =>
  [0, 2, 4, 5, 6].includes(i) ? Math.log(value) : value,
);
const assumedSd = [2, 0.5, 1, 0.8, 0.7, 0.6, 0.8, 0.3];
const shapeCount = 3;
const rounds = 4;
const sd01 = 0.003;
const scatteringPerCm500 = 35;
const bands = skinGrid.count;

/**
 * Alternates between fitting every subject and taking, from what the layered model leaves, the shapes that explain
 * most of it (uncentred principal components, so the common error is part of them).
 */
export function learnSkinPrior(subjects: readonly Float64Array[], model: SkinModel): SkinPrior {
  let shapes: number[][] = [];
  let shareMean: number[] = [];
  let shareSd: number[] = [];
  let vectors: Float64Array[] = [];
  let leftover: Float64Array[] = [];
  for (let round = 0; round <= rounds; round++) {
    const predictor = makePredictor(model, shapes, scatteringPerCm500);
    const mean = [...assumedMean, ...shareMean];
    const prior = independentPrior(mean, [...assumedSd, ...shareSd]);
    const missed: Float64Array[] = [];
    leftover = [];
    vectors = subjects.map((measured) => {
      const fits = [0.015, 0.15].map((melanin) => {
        const start = [...mean];
        start[0] = Math.log(melanin);
        return solveFit(predictor, spectrumRows(measured, sd01), prior, start);
      });
      const fit = fits.reduce((best, other) => (other.cost < best.cost ? other : best));
      predict(predictor, fit.x);
      const left = measured.map((value, i) => value - predictor.reflectance01[i]);
      leftover.push(left);
      missed.push(
        left.map((value, i) =>
          shapes.reduce((sum, shape, s) => sum + fit.x[fittedCount + s] * shape[i], value),
        ),
      );
      return fit.x;
    });
    if (round === rounds) break;
    shapes = principalShapes(missed, shapeCount);
    const shares = missed.map((row) => shapes.map((shape) => dot(shape, row) / bands));
    shareMean = shapes.map((_, s) => average(shares.map((share) => share[s])));
    shareSd = shapes.map((_, s) => 1.5 * deviation(shares.map((share) => share[s])));
  }
  const mean =
    vectors[0].length === 0 ? [] : Array.from(vectors[0], (_, p) => average(vectors.map((x) => x[p])));
  const covariance = mean.flatMap((_, p) =>
    mean.map((_, q) => {
      const sum = vectors.reduce((total, x) => total + (x[p] - mean[p]) * (x[q] - mean[q]), 0);
      return sum / (vectors.length - 1);
    }),
  );
  const leftoverSd = Array.from({ length: bands }, (_, i) =>
    Math.sqrt(average(leftover.map((row) => row[i] ** 2))),
  );
  return { mean, covariance, residualShapes: shapes, leftoverSd };
}

function principalShapes(rows: readonly Float64Array[], count: number): number[][] {
  const moments = new Float64Array(bands * bands);
  for (const row of rows) {
    for (let k = 0; k < moments.length; k++) moments[k] += row[Math.floor(k / bands)] * row[k % bands];
  }
  return Array.from({ length: count }, (_, shape) => {
    let vector = Array.from({ length: bands }, (_, i) => Math.sin(i + shape + 1));
    let length = 0;
    for (let k = 0; k < 1000; k++) {
      const next = vector.map((_, i) => dot(moments.subarray(i * bands, (i + 1) * bands), vector));
      length = Math.sqrt(dot(next, next));
      vector = next.map((value) => value / length);
    }
    for (let k = 0; k < moments.length; k++) {
      moments[k] -= length * vector[Math.floor(k / bands)] * vector[k % bands];
    }
    const sign = Math.sign(vector[5]);
    return vector.map((value) => sign * value * Math.sqrt(bands));
  });
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const mean = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** The 50 forearms on skinGrid. */
export function forearms(): Map<string, Float64Array> {
  const table = readTable('skin_nist_train_avg_5nm.csv');
  table.delete('wavelength_nm');
  return new Map(
    [...table].map(([name, values]) => {
      const spectrum: Spectrum = { startNm: 380, stepNm: 5, values: Float64Array.from(values) };
      return [name, resample(spectrum, skinGrid).values];
    }),
  );
}

if (import.meta.main) {
  const prior = learnSkinPrior([...forearms().values()], makeSkinModel());
  const rounded = (values: readonly number[]) =>
    arrayBody(values.map((value) => Number(value.toPrecision(6))));
  writeFileSync(
    fileURLToPath(new URL('../skin/tables/skin-prior.ts', import.meta.url)),
    `// Learned by tools/learn-skin-prior.ts from fixtures/data; do not edit. Origin: fixtures/data/SOURCES.md

import type { SkinPrior } from '../fit-problem.ts';

/** From 50 forearms (NIST, sphere with gloss), scattering held at ${scatteringPerCm500} per cm at 500 nm. */
export const learnedPrior: SkinPrior = {
  mean: [
${rounded(prior.mean)}
  ],
  covariance: [
${rounded(prior.covariance)}
  ],
  residualShapes: [
${prior.residualShapes.map((shape) => `    [\n${rounded(shape)}\n    ],`).join('\n')}
  ],
  leftoverSd: [
${rounded(prior.leftoverSd)}
  ],
};
`,
  );
}
