import { solveLinear } from './homography.ts';

/**
 * What one channel of a camera collects from each wavelength under a light, as a normal distribution over cameras and
 * lights: mean plus sums of axes, each one standard deviation long. Scaled so that the white patch of the chart answers 1.
 */
export interface ChannelPrior {
  readonly mean: readonly number[];
  readonly axes: readonly (readonly number[])[];
}

/**
 * What a channel collects, from its answers to surfaces of known reflectance and from what cameras and lights are like:
 * the mean of the posterior (a linear problem; Wiener estimation). Neither camera nor light need be known.
 *
 * @param answers over the answer of the surface the prior is scaled by
 * @param noise one standard deviation of an answer, as a share of it
 */
export function channelOf(
  prior: ChannelPrior,
  surfaces: readonly (readonly number[])[],
  answers: readonly number[],
  noise: number,
): number[] | undefined {
  const rows = surfaces.map((surface) => prior.axes.map((axis) => dot(axis, surface)));
  const miss = answers.map((answer, i) => answer - dot(prior.mean, surfaces[i]));
  // A floor of a tenth of a percent of white: dark patches are read no better than that.
  const variance = answers.map((answer) => (noise * Math.max(Math.abs(answer), 0)) ** 2 + 1e-6);
  const size = prior.axes.length;
  const normal = Array.from({ length: size }, (_, n) =>
    Array.from(
      { length: size },
      (__, m) => rows.reduce((sum, row, i) => sum + (row[n] * row[m]) / variance[i], 0) + (n === m ? 1 : 0),
    ),
  );
  const right = Array.from({ length: size }, (_, n) =>
    rows.reduce((sum, row, i) => sum + (row[n] * miss[i]) / variance[i], 0),
  );
  const shares = solveLinear(normal, right);
  return (
    shares && prior.mean.map((m, k) => prior.axes.reduce((sum, axis, n) => sum + axis[k] * shares[n], m))
  );
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, k) => sum + v * b[k], 0);
