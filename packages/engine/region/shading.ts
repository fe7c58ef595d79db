import type { Features } from './features.ts';

/**
 * Takes slow shading out of the light feature, so that what is left is nearly constant on each side of a border
 * (Retinex: Land and McCann, J. Opt. Soc. Am. 61 (1971) 1; as a Poisson equation: Horn, 1974). Steps between
 * neighbouring cells weaker than `slope` are called shading and dropped; the rest is summed back to a surface by
 * multigrid-like relaxation from coarse to fine.
 */
export function withoutShading(features: Features): Features {
  return {
    ...features,
    light: flatten(features.light, features, 0.012, 0.07),
    melanin: flatten(features.melanin, features, 0.012, 0.07),
  };
}

/** One plane without its slow slopes; what counts as slow follows the plane's own grain, within bounds. */
function flatten(
  plane: Float32Array,
  { widthPx, heightPx, skin }: Features,
  least: number,
  most: number,
): Float32Array {
  const gx = new Float32Array(plane.length);
  const gy = new Float32Array(plane.length);
  const sizes: number[] = [];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const p = y * widthPx + x;
      if (!skin[p]) continue;
      if (x + 1 < widthPx && skin[p + 1]) gx[p] = plane[p + 1] - plane[p];
      if (y + 1 < heightPx && skin[p + widthPx]) gy[p] = plane[p + widthPx] - plane[p];
      if ((x + y) % 3 === 0) sizes.push(Math.abs(gx[p]), Math.abs(gy[p]));
    }
  }
  sizes.sort((a, b) => a - b);
  const typical = sizes[Math.floor(sizes.length * 0.75)] ?? 0;
  const slope = Math.min(most, Math.max(least, 2 * typical));
  for (let p = 0; p < plane.length; p++) {
    gx[p] = soften(gx[p], slope);
    gy[p] = soften(gy[p], slope);
  }
  return integrate(gx, gy, widthPx, heightPx);
}

/** Nothing below the slope, all of it above twice the slope, linear between. */
function soften(step: number, slope: number): number {
  const size = Math.abs(step);
  if (size <= slope) return 0;
  return size >= 2 * slope ? step : Math.sign(step) * (size - slope) * 2;
}

/** The surface whose steps come nearest to (gx, gy), by Gauss-Seidel from coarse grids to fine; mean 0. */
function integrate(gx: Float32Array, gy: Float32Array, widthPx: number, heightPx: number): Float32Array {
  let surface: Float32Array;
  if (Math.min(widthPx, heightPx) > 8) {
    const w = Math.ceil(widthPx / 2);
    const h = Math.ceil(heightPx / 2);
    const cx = new Float32Array(w * h);
    const cy = new Float32Array(w * h);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        // A coarse step is the sum of two fine ones, averaged over the two rows or columns it spans.
        for (const dy of [0, 1]) {
          for (const dx of [0, 1]) {
            const fx = Math.min(widthPx - 1, 2 * x + dx);
            const fy = Math.min(heightPx - 1, 2 * y + dy);
            const next = Math.min(widthPx - 1, fx + 1);
            const below = Math.min(heightPx - 1, fy + 1);
            cx[y * w + x] += (gx[fy * widthPx + fx] + gx[fy * widthPx + next]) / 4;
            cy[y * w + x] += (gy[fy * widthPx + fx] + gy[below * widthPx + fx]) / 4;
          }
        }
      }
    }
    const coarse = integrate(cx, cy, w, h);
    surface = new Float32Array(widthPx * heightPx);
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) surface[y * widthPx + x] = coarse[(y >> 1) * w + (x >> 1)];
    }
  } else surface = new Float32Array(widthPx * heightPx);
  for (let round = 0; round < 12; round++) {
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const p = y * widthPx + x;
        let sum = 0;
        let count = 0;
        if (x + 1 < widthPx) {
          sum += surface[p + 1] - gx[p];
          count++;
        }
        if (x > 0) {
          sum += surface[p - 1] + gx[p - 1];
          count++;
        }
        if (y + 1 < heightPx) {
          sum += surface[p + widthPx] - gy[p];
          count++;
        }
        if (y > 0) {
          sum += surface[p - widthPx] + gy[p - widthPx];
          count++;
        }
        surface[p] = sum / count;
      }
    }
  }
  return surface;
}
