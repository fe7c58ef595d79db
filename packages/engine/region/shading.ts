import type { PixelKernels } from '../kernels/index.ts';
import type { Features } from './features.ts';
import { nthSmallest } from './quantile.ts';

type Pair = readonly [Float32Array, Float32Array];

/**
 * Takes slow shading out of the light feature, so that what is left is nearly constant on each side of a border
 * (Retinex: Land and McCann, J. Opt. Soc. Am. 61 (1971) 1; as a Poisson equation: Horn, 1974). Steps between
 * neighbouring cells weaker than `slope` are called shading and dropped; the rest is summed back to a surface by
 * multigrid-like relaxation from coarse to fine.
 */
export function withoutShading(features: Features, kernels: PixelKernels): Features {
  const { widthPx, heightPx } = features;
  const [light, melanin] = [features.light, features.melanin].map((plane) =>
    steps(plane, features, 0.012, 0.07),
  );
  const flat = integrate(
    [light.right, melanin.right],
    [light.below, melanin.below],
    widthPx,
    heightPx,
    kernels,
  );
  return { ...features, light: flat[0], melanin: flat[1] };
}

/** The steps of one plane without its slow slopes; what counts as slow follows the plane's own grain, within bounds. */
function steps(
  plane: Float32Array,
  { widthPx, heightPx, skin }: Features,
  least: number,
  most: number,
): { right: Float32Array; below: Float32Array } {
  const right = new Float32Array(plane.length);
  const below = new Float32Array(plane.length);
  const sizes = new Float32Array(2 * plane.length);
  let seen = 0;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const p = y * widthPx + x;
      if (!skin[p]) continue;
      if (x + 1 < widthPx && skin[p + 1]) right[p] = plane[p + 1] - plane[p];
      if (y + 1 < heightPx && skin[p + widthPx]) below[p] = plane[p + widthPx] - plane[p];
      if ((x + y) % 3 !== 0) continue;
      sizes[seen++] = Math.abs(right[p]);
      sizes[seen++] = Math.abs(below[p]);
    }
  }
  const typical = seen === 0 ? 0 : nthSmallest(sizes.subarray(0, seen), Math.floor(seen * 0.75));
  const slope = Math.min(most, Math.max(least, 2 * typical));
  for (let p = 0; p < plane.length; p++) {
    right[p] = soften(right[p], slope);
    below[p] = soften(below[p], slope);
  }
  return { right, below };
}

/** Nothing below the slope, all of it above twice the slope, linear between. */
function soften(step: number, slope: number): number {
  const size = Math.abs(step);
  if (size <= slope) return 0;
  return size >= 2 * slope ? step : Math.sign(step) * (size - slope) * 2;
}

/** The surfaces whose steps come nearest to these, by Gauss-Seidel from coarse grids to fine; mean 0. */
function integrate(right: Pair, below: Pair, widthPx: number, heightPx: number, kernels: PixelKernels): Pair {
  const surfaces: Pair = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  if (Math.min(widthPx, heightPx) > 8) {
    const w = Math.ceil(widthPx / 2);
    const h = Math.ceil(heightPx / 2);
    const halved = ([first, second]: Pair, across: 0 | 1): Pair => [
      halve(first, widthPx, heightPx, across),
      halve(second, widthPx, heightPx, across),
    ];
    const coarse = integrate(halved(right, 1), halved(below, 0), w, h, kernels);
    surfaces.forEach((surface, k) => {
      const from = coarse[k];
      for (let y = 0, p = 0; y < heightPx; y++) {
        const row = (y >> 1) * w;
        for (let x = 0; x < widthPx; x++, p++) surface[p] = from[row + (x >> 1)];
      }
    });
  }
  kernels.relaxPair(surfaces, right, below, widthPx, heightPx, 12);
  return surfaces;
}

/**
 * Steps on a grid of half the size: each the sum of two fine ones, averaged over the two rows or columns it spans.
 *
 * @param across 1 for steps to the right, 0 for steps to the row below
 */
function halve(steps: Float32Array, widthPx: number, heightPx: number, across: 0 | 1): Float32Array {
  const w = Math.ceil(widthPx / 2);
  const h = Math.ceil(heightPx / 2);
  const out = new Float32Array(w * h);
  const [toX, toY] = [across, 1 - across];
  for (let y = 0, c = 0; y < h; y++) {
    for (let x = 0; x < w; x++, c++) {
      for (let k = 0; k < 4; k++) {
        const fx = Math.min(widthPx - 1, 2 * x + (k & 1));
        const fy = Math.min(heightPx - 1, 2 * y + (k >> 1));
        const next = Math.min(heightPx - 1, fy + toY) * widthPx + Math.min(widthPx - 1, fx + toX);
        out[c] += (steps[fy * widthPx + fx] + steps[next]) / 4;
      }
    }
  }
  return out;
}
