import type { LeastSquares, LeastSquaresFit } from './levenberg.ts';
import { levenbergMarquardt } from './levenberg.ts';
import type { ModelScratch, SkinModel } from './skin-model.ts';
import { fittedCount, makeModelScratch, modelReflectance } from './skin-model.ts';
import { skinGrid } from './skin-parameters.ts';

/**
 * What is known about skin before a reading: learned from measured forearms by tools/learn-skin-prior.ts.
 * The vector is the fitted numbers of the model followed by the shares of the residual shapes.
 */
export interface SkinPrior {
  readonly mean: readonly number[];
  /** Row-major covariance. */
  readonly covariance: readonly number[];
  /** What the layered model systematically misses, one row of reflectance per shape, unit root-mean-square. */
  readonly residualShapes: readonly (readonly number[])[];
  /** Standard deviation per band of what is left after that. */
  readonly leftoverSd: readonly number[];
}

const bands = skinGrid.count;

/** Bounds of the fitted numbers. */
const bounds: readonly (readonly [low: number, high: number])[] = [
  [Math.log(1e-5), Math.log(0.5)],
  [2, 4.5],
  [Math.log(1e-4), Math.log(0.2)],
  [-3, 4],
  [Math.log(1), Math.log(200)],
  [Math.log(0.03), Math.log(10)],
  [Math.log(1e-3), Math.log(20)],
  [0.2, 3],
];

/** Shares of residual shapes stay within what any spectrum could need. */
const shareBound = 0.2;

export function insideBounds(index: number, value: number): number {
  const [low, high] = bounds[index] ?? [-shareBound, shareBound];
  return Math.min(Math.max(value, low), high);
}

/** A forward model with residual shapes, and room to evaluate it. */
export interface Predictor {
  readonly model: SkinModel;
  readonly scatteringPerCm500: number;
  readonly shapes: readonly (readonly number[])[];
  readonly count: number;
  readonly scratch: ModelScratch;
  /** Per band, total reflectance; and its slopes, band-major, `count` a row. */
  readonly reflectance01: Float64Array;
  readonly jacobian: Float64Array;
}

export function makePredictor(
  model: SkinModel,
  shapes: readonly (readonly number[])[],
  scatteringPerCm500: number,
): Predictor {
  const count = fittedCount + shapes.length;
  const jacobian = new Float64Array(bands * count);
  shapes.forEach((shape, s) => {
    shape.forEach((value, band) => {
      jacobian[band * count + fittedCount + s] = value;
    });
  });
  return {
    model,
    scatteringPerCm500,
    shapes,
    count,
    scratch: makeModelScratch(),
    reflectance01: new Float64Array(bands),
    jacobian,
  };
}

/** Fills the predictor's reflectance and slopes for one vector. */
export function predict(predictor: Predictor, vector: ArrayLike<number>): void {
  const { reflectance01, jacobian, count } = predictor;
  modelReflectance(
    predictor.model,
    vector,
    predictor.scatteringPerCm500,
    predictor.scratch,
    reflectance01,
    jacobian,
    count,
  );
  for (let s = fittedCount; s < count; s++) {
    const share = vector[s];
    for (let band = 0; band < bands; band++) reflectance01[band] += share * jacobian[band * count + s];
  }
}

/** A Gaussian prior as rows of least squares: W (x - mean), W the inverse Cholesky factor or 1 / sd. */
export interface PriorRows {
  readonly mean: ArrayLike<number>;
  /** count × count, row-major. */
  readonly whitening: Float64Array;
}

export function independentPrior(mean: ArrayLike<number>, sd: ArrayLike<number>): PriorRows {
  const count = mean.length;
  const whitening = new Float64Array(count * count);
  for (let i = 0; i < count; i++) whitening[i * count + i] = 1 / sd[i];
  return { mean, whitening };
}

/** Data rows of a problem: fills `residuals` from 0 and their slopes by the whole vector. */
export interface DataRows {
  readonly rows: number;
  readonly fill: (predictor: Predictor, residuals: Float64Array, jacobian: Float64Array) => void;
}

/** Reflectance of every band against a measured one with standard deviation `sd01`. */
export function spectrumRows(measured01: ArrayLike<number>, sd01: number): DataRows {
  return {
    rows: bands,
    fill: (predictor, residuals, jacobian) => {
      for (let band = 0; band < bands; band++) {
        residuals[band] = (predictor.reflectance01[band] - measured01[band]) / sd01;
      }
      for (let k = 0; k < predictor.jacobian.length; k++) jacobian[k] = predictor.jacobian[k] / sd01;
    },
  };
}

export function solveFit(
  predictor: Predictor,
  data: DataRows,
  prior: PriorRows,
  start: ArrayLike<number>,
  mostIterations?: number,
): LeastSquaresFit {
  const { count } = predictor;
  const limit = (side: 0 | 1) =>
    Float64Array.from({ length: count }, (_, i) =>
      insideBounds(i, side === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY),
    );
  const problem: LeastSquares = {
    count,
    rows: data.rows + count,
    low: limit(0),
    high: limit(1),
    evaluate: (x, residuals, jacobian) => {
      predict(predictor, x);
      data.fill(predictor, residuals, jacobian);
      for (let i = 0; i < count; i++) {
        let sum = 0;
        const row = (data.rows + i) * count;
        for (let j = 0; j < count; j++) {
          const weight = prior.whitening[i * count + j];
          sum += weight * (x[j] - prior.mean[j]);
          jacobian[row + j] = weight;
        }
        residuals[data.rows + i] = sum;
      }
    },
  };
  return levenbergMarquardt(problem, start, mostIterations);
}
