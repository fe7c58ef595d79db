import {
  blockPx,
  blockRadius,
  leastEpsilon,
  type PixelKernels,
  requireCells,
  requirePlanes,
} from './pixel-kernels.ts';
import { plainMembrane } from './plain-membrane.ts';
import { plainMoveOutline, plainRelax } from './plain-outline.ts';

/**
 * The kernels in plain JavaScript: for machines without SIMD, and the oracle of the SIMD ones in tests. Sums are kept in
 * double precision.
 */
export function createPlainPixelKernels(): PixelKernels {
  return {
    kind: 'plain',

    plane: (count) => new Float32Array(count),

    tables(rgba, table, out) {
      const count = rgba.length >> 2;
      requirePlanes(count, 1, out);
      const [first, second, third] = out;
      for (let p = 0, i = 0; p < count; p++, i += 4) {
        const r = rgba[i] << 2;
        const g = (256 + rgba[i + 1]) << 2;
        const b = (512 + rgba[i + 2]) << 2;
        first[p] = table[r] + table[g] + table[b];
        second[p] = table[r + 1] + table[g + 1] + table[b + 1];
        third[p] = table[r + 2] + table[g + 2] + table[b + 2];
      }
    },

    boxMean(plane, widthPx, heightPx, radiusPx, out) {
      requirePlanes(widthPx, heightPx, [plane, out]);
      boxMean(plane, widthPx, heightPx, radiusPx, out);
    },

    guidedFilter(guide, plane, widthPx, heightPx, radiusPx, epsilon, out) {
      requirePlanes(widthPx, heightPx, [guide, plane, out]);
      const count = guide.length;
      const mean = (values: Float32Array | Float64Array) => boxMean(values, widthPx, heightPx, radiusPx);
      const meanG = mean(guide);
      const meanP = mean(plane);
      const product = new Float64Array(count);
      for (let p = 0; p < count; p++) product[p] = guide[p] * plane[p];
      const meanGp = mean(product);
      for (let p = 0; p < count; p++) product[p] = guide[p] * guide[p];
      const meanGg = mean(product);
      lines(meanG, meanP, meanGp, meanGg, epsilon);
      const slope = mean(meanGp);
      const height = mean(meanP);
      for (let p = 0; p < count; p++) out[p] = slope[p] * guide[p] + height[p];
    },

    quickGuidedFilter(guide, plane, widthPx, heightPx, radiusPx, epsilon, out) {
      requirePlanes(widthPx, heightPx, [guide, plane, out]);
      const columns = Math.ceil(widthPx / blockPx);
      const rows = Math.ceil(heightPx / blockPx);
      const sums = [0, 1, 2, 3].map(() => new Float64Array(columns * rows));
      const share = 1 / (blockPx * blockPx);
      for (let y = 0; y < rows * blockPx; y++) {
        for (let x = 0; x < columns * blockPx; x++) {
          // Beyond the picture its last row and column go on.
          const p = Math.min(y, heightPx - 1) * widthPx + Math.min(x, widthPx - 1);
          const q = Math.floor(y / blockPx) * columns + Math.floor(x / blockPx);
          sums[0][q] += guide[p] * share;
          sums[1][q] += plane[p] * share;
          sums[2][q] += guide[p] * plane[p] * share;
          sums[3][q] += guide[p] * guide[p] * share;
        }
      }
      const radius = blockRadius(radiusPx);
      const mean = (values: Float64Array) => boxMean(values, columns, rows, radius);
      const [meanG, meanP, meanGp, meanGg] = sums.map(mean);
      lines(meanG, meanP, meanGp, meanGg, epsilon);
      const slope = mean(meanGp);
      const height = mean(meanP);
      const at = (values: Float64Array, row: number, column: number) =>
        values[Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column))];
      for (let y = 0, p = 0; y < heightPx; y++) {
        const gy = (y + 0.5) / blockPx - 0.5;
        const row = Math.floor(gy);
        const ty = gy - row;
        for (let x = 0; x < widthPx; x++, p++) {
          const gx = (x + 0.5) / blockPx - 0.5;
          const column = Math.floor(gx);
          const tx = gx - column;
          const between = (values: Float64Array) =>
            (at(values, row, column) * (1 - tx) + at(values, row, column + 1) * tx) * (1 - ty) +
            (at(values, row + 1, column) * (1 - tx) + at(values, row + 1, column + 1) * tx) * ty;
          out[p] = between(slope) * guide[p] + between(height);
        }
      }
    },

    membrane(plane, unknown, widthPx, heightPx, out) {
      requirePlanes(widthPx, heightPx, [plane, unknown, out]);
      plainMembrane(plane, unknown, widthPx, heightPx, out);
    },

    moveOutline(cells, rules, inside, evidence) {
      requireCells(cells, rules, inside, evidence);
      plainMoveOutline(cells, rules, inside, evidence, boxMean);
    },

    relaxPair(surfaces, right, below, widthPx, heightPx, rounds) {
      requirePlanes(widthPx, heightPx, [...surfaces, ...right, ...below]);
      surfaces.forEach((surface, k) => plainRelax(surface, right[k], below[k], widthPx, heightPx, rounds));
    },
  };
}

/** From means to slopes (over `meanGp`) and heights (over `meanP`) of the lines plane = slope · guide + height. */
function lines(
  meanG: Float64Array,
  meanP: Float64Array,
  meanGp: Float64Array,
  meanGg: Float64Array,
  epsilon: number,
): void {
  const least = Math.max(epsilon, leastEpsilon);
  for (let p = 0; p < meanG.length; p++) {
    const slope = (meanGp[p] - meanG[p] * meanP[p]) / (Math.max(0, meanGg[p] - meanG[p] * meanG[p]) + least);
    meanGp[p] = slope;
    meanP[p] -= slope * meanG[p];
  }
}

/** Two running sums, so the cost does not depend on the radius. */
function boxMean<Out extends Float32Array | Float64Array = Float64Array>(
  plane: Float32Array | Float64Array,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
  out: Out = new Float64Array(plane.length) as Out,
): Out {
  const rows = new Float64Array(plane.length);
  for (let y = 0; y < heightPx; y++) {
    runningMean(plane, y * widthPx, 1, widthPx, radiusPx, rows);
  }
  for (let x = 0; x < widthPx; x++) runningMean(rows, x, widthPx, heightPx, radiusPx, out);
  return out;
}

/** Means along one row or column of `count` values, `step` apart from `from` on. */
function runningMean(
  values: Float32Array | Float64Array,
  from: number,
  step: number,
  count: number,
  radius: number,
  out: Float32Array | Float64Array,
): void {
  let sum = 0;
  let inside = 0;
  for (let k = 0; k < Math.min(radius, count); k++, inside++) sum += values[from + k * step];
  for (let k = 0; k < count; k++) {
    if (k + radius < count) {
      sum += values[from + (k + radius) * step];
      inside++;
    }
    if (k > radius) {
      sum -= values[from + (k - radius - 1) * step];
      inside--;
    }
    out[from + k * step] = sum / inside;
  }
}
