import type { ChannelPrior } from '../photo/sensitivity.ts';

/** The normal distribution of a set of vectors, its largest axes first (power iteration with deflation). */
export function priorOf(vectors: readonly (readonly number[])[], rank: number): ChannelPrior {
  const size = vectors[0].length;
  const mean = Array.from(
    { length: size },
    (_, k) => vectors.reduce((sum, v) => sum + v[k], 0) / vectors.length,
  );
  const centred = vectors.map((v) => v.map((x, k) => x - mean[k]));
  const covariance = Array.from({ length: size }, (_, i) =>
    Array.from(
      { length: size },
      (__, j) => centred.reduce((sum, v) => sum + v[i] * v[j], 0) / (vectors.length - 1),
    ),
  );
  const axes: number[][] = [];
  for (let n = 0; n < rank; n++) {
    let v = Array.from({ length: size }, (_, k) => Math.sin(1 + n + k * (n + 1)));
    let value = 0;
    for (let turn = 0; turn < 400; turn++) {
      const w = covariance.map((row) => row.reduce((sum, c, k) => sum + c * v[k], 0));
      value = Math.hypot(...w);
      if (value < 1e-16) break;
      v = w.map((x) => x / value);
    }
    axes.push(v.map((x) => x * Math.sqrt(value)));
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) covariance[i][j] -= value * v[i] * v[j];
  }
  return { mean, axes };
}
