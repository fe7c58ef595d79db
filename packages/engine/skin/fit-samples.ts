import type { Colorimeter, Lab, NamedWhite } from '../light/index.ts';
import { labUnder, xyzUnder } from '../light/index.ts';
import type { DataRows, Predictor, PriorRows, SkinPrior } from './fit-problem.ts';
import { insideBounds, predict, solveFit } from './fit-problem.ts';
import type { LeastSquaresFit } from './levenberg.ts';
import type { Chance } from './random.ts';
import { glossReflectance01 } from './reading.ts';
import { toParameters } from './skin-model.ts';
import type { SkinParameters } from './skin-parameters.ts';
import { skinGrid } from './skin-parameters.ts';
import { choleskyInPlace } from './transport.ts';

const bands = skinGrid.count;

export interface SkinSample {
  readonly parameters: SkinParameters;
  /** Total reflectance, gloss included, on skinGrid. */
  readonly reflectance01: Float64Array;
}

/** A correlated Gaussian prior: rows for least squares, and the lower factor to draw from it. */
export interface JointPrior {
  readonly rows: PriorRows;
  readonly mean: readonly number[];
  /** Lower Cholesky factor of the covariance, row-major. */
  readonly factor: Float64Array;
}

/**
 * Added to the learned variance of ln melanin: white patches and darker skins must not be pulled towards the forearms
 * that were measured.
 */
export const extraMelaninVariance = 1;
/** Fifty subjects give an uncertain covariance; widened by this, 90 % intervals cover as they should. */
const widening = 1.08;

/** @param stretch widens further, for skin unlike those the prior was learned from */
export function jointPrior(prior: SkinPrior, stretch = 1): JointPrior {
  const n = prior.mean.length;
  const factor = Float64Array.from(prior.covariance, (value) => value * (widening * stretch) ** 2);
  factor[0] += extraMelaninVariance * stretch ** 2;
  choleskyInPlace(n, factor);
  const whitening = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    for (let i = column; i < n; i++) {
      let value = i === column ? 1 : 0;
      for (let k = column; k < i; k++) value -= factor[i * n + k] * whitening[k * n + column];
      whitening[i * n + column] = value * factor[i * n + i];
    }
  }
  for (let i = 0; i < n; i++) {
    factor[i * n + i] = 1 / factor[i * n + i];
    for (let j = i + 1; j < n; j++) factor[i * n + j] = 0;
  }
  return { rows: { mean: prior.mean, whitening }, mean: prior.mean, factor };
}

/** Three rows: L*, a*, b* of what the instrument would read, in units of the reading's standard deviation. */
export function labRows<W extends NamedWhite>(
  meter: Colorimeter<W>,
  lab: Pick<Lab, 'L' | 'a' | 'b'>,
  sdLab: number,
  missingGloss: number,
): DataRows {
  const read = new Float64Array(bands);
  const slopes = new Float64Array(3);
  return {
    rows: 3,
    fill: (predictor, residuals, jacobian) => {
      const { count } = predictor;
      for (let i = 0; i < bands; i++) read[i] = predictor.reflectance01[i] - missingGloss;
      const seen = labUnder(meter, read);
      residuals[0] = (seen.L - lab.L) / sdLab;
      residuals[1] = (seen.a - lab.a) / sdLab;
      residuals[2] = (seen.b - lab.b) / sdLab;
      const xyz = xyzUnder(meter, read);
      const { whiteXyz } = meter;
      slopes[0] = rootSlope(xyz.X / whiteXyz.X) / whiteXyz.X / sdLab;
      slopes[1] = rootSlope(xyz.Y / whiteXyz.Y) / whiteXyz.Y / sdLab;
      slopes[2] = rootSlope(xyz.Z / whiteXyz.Z) / whiteXyz.Z / sdLab;
      for (let p = 0; p < count; p++) {
        let x = 0;
        let y = 0;
        let z = 0;
        for (let i = 0; i < bands; i++) {
          const slope = predictor.jacobian[i * count + p];
          x += meter.weights[i] * slope;
          y += meter.weights[bands + i] * slope;
          z += meter.weights[2 * bands + i] * slope;
        }
        jacobian[p] = 116 * slopes[1] * y;
        jacobian[count + p] = 500 * (slopes[0] * x - slopes[1] * y);
        jacobian[2 * count + p] = 200 * (slopes[1] * y - slopes[2] * z);
      }
    },
  };
}

/** Slope of the cube root of CIELAB; below its threshold the straight piece. */
function rootSlope(t: number): number {
  return t > 216 / 24389 ? 1 / (3 * Math.cbrt(t) ** 2) : 841 / 108;
}

/** Draws around the fit of a spectrum, from the Gaussian that its curvature describes. */
export function sampleNearby(
  predictor: Predictor,
  fit: LeastSquaresFit,
  samples: number,
  chance: Chance,
): SkinSample[] {
  const n = predictor.count;
  const factor = Float64Array.from(fit.information);
  choleskyInPlace(n, factor);
  const x = new Float64Array(n);
  return Array.from({ length: samples }, () => {
    for (let i = 0; i < n; i++) x[i] = chance.normal();
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i] -= factor[k * n + i] * x[k];
      x[i] *= factor[i * n + i];
    }
    for (let i = 0; i < n; i++) x[i] = insideBounds(i, x[i] + fit.x[i]);
    predict(predictor, x);
    return sampleAt(predictor, x);
  });
}

/** What the draws of {@link sampleFromLab} are conditioned on. */
export interface LabCondition {
  readonly meter: Colorimeter<NamedWhite>;
  readonly lab: Pick<Lab, 'L' | 'a' | 'b'>;
  readonly sdLab: number;
  readonly gloss: number;
  readonly leftoverSd: ArrayLike<number>;
}

const drawIterations = 15;

/**
 * Draws from the skins that could have given a colour: each draws a skin from the prior and a reading error, and
 * moves the skin as little as the drawn reading asks (randomised maximum likelihood, Oliver, He, Reynolds 1996).
 */
export function sampleFromLab(
  predictor: Predictor,
  prior: JointPrior,
  condition: LabCondition,
  samples: number,
  chance: Chance,
): SkinSample[] {
  const n = predictor.count;
  const { meter, lab, sdLab, gloss, leftoverSd } = condition;
  const drawn = new Float64Array(n);
  const step = new Float64Array(n);
  return Array.from({ length: samples }, () => {
    for (let i = 0; i < n; i++) step[i] = chance.normal();
    for (let i = 0; i < n; i++) {
      drawn[i] = prior.mean[i];
      for (let k = 0; k <= i; k++) drawn[i] += prior.factor[i * n + k] * step[k];
    }
    const reading = {
      L: lab.L + sdLab * chance.normal(),
      a: lab.a + sdLab * chance.normal(),
      b: lab.b + sdLab * chance.normal(),
    };
    const rows = labRows(meter, reading, sdLab, gloss);
    const centred = { mean: drawn, whitening: prior.rows.whitening };
    const fit = solveFit(predictor, rows, centred, drawn, drawIterations);
    predict(predictor, fit.x);
    const sample = sampleAt(predictor, fit.x);
    for (let i = 0; i < bands; i++) {
      sample.reflectance01[i] = physical(sample.reflectance01[i] + leftoverSd[i] * chance.normal());
    }
    return sample;
  });
}

function sampleAt(predictor: Predictor, x: Float64Array): SkinSample {
  return {
    parameters: toParameters(x, predictor.scatteringPerCm500),
    reflectance01: predictor.reflectance01.map(physical),
  };
}

/** Total reflectance lies between the gloss of the surface and 1. */
function physical(reflectance01: number): number {
  return Math.min(Math.max(reflectance01, glossReflectance01), 1);
}
