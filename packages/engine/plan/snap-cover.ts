import { createPixelKernels, type PixelKernels } from '../kernels/index.ts';
import { squaredDistanceTo } from '../region/index.ts';
import type { BorderView, Rgb3 } from './border.ts';

/** How far from the drawn border the seen border is looked for, as a share of the window. */
const snapShare = 0.5;
/** ln of light over three channels: below this texture hides the border. */
const leastSnapRise = 0.1;
/** Scatter of the seen cover above which the drawn border is trusted instead. */
const mostSnapNoise = 1;
/** Squared cover by which a drawn border must fit worse than texture before it is looked at closely. */
const leastMisfit = 0.005;
/** Mean error of the drawn cover beside the border from which it is doubted, and at which it is given up. */
const doubtFrom = 0.15;
const doubtFull = 0.35;
/** ln of linear green below which there is only noise. */
const darkestLn = -5.5;

/**
 * Cover that follows the border in the picture. What a pixel differs by from the local mean of what is surely outside
 * (or surely inside, less the mean difference) is weighed along Fisher's discriminant: the direction in which region
 * and surround stand apart most against the scatter of texture and shading. The result is 0 outside and 1 inside but
 * for that scatter. Where the drawn border disagrees with it on the mean, it is averaged over a few
 * pixels and cut where it crosses one half; the farther from the drawn border, the clearer it must be.
 */
export function snapCover(view: BorderView, rise: Rgb3, windowPx: number): Float32Array {
  const { cover: drawn, log, clipped, widthPx, heightPx } = view;
  if (Math.hypot(...rise) < leastSnapRise) return drawn;
  const count = drawn.length;
  const reachPx = Math.max(2, Math.round(windowPx * snapShare));
  const depth = depthField(drawn, widthPx, heightPx, reachPx);
  const isReadable = (p: number) => clipped[p] === 0 && log[1][p] >= darkestLn;
  const isSure = (p: number) => Math.abs(depth[p]) >= 1 && Math.abs(depth[p]) <= 3.5 && isReadable(p);

  const weight = new Float32Array(count);
  for (let p = 0; p < count; p++) weight[p] = isSure(p) ? 1 : 0;
  const meanRadius = Math.round(1.6 * reachPx);
  const kernels = createPixelKernels();
  const share = new Float32Array(count);
  kernels.boxMean(weight, widthPx, heightPx, meanRadius, share);
  const residual = [0, 1, 2].map((c) => {
    const sum = new Float32Array(count);
    for (let p = 0; p < count; p++) {
      if (weight[p] === 1) sum[p] = log[c][p] - (depth[p] > 0 ? rise[c] : 0);
    }
    kernels.boxMean(sum, widthPx, heightPx, meanRadius, sum);
    for (let p = 0; p < count; p++) sum[p] = share[p] < 0.03 ? Number.NaN : log[c][p] - sum[p] / share[p];
    return sum;
  });

  const scatter = [1e-4, 0, 0, 1e-4, 0, 1e-4];
  let sure = 0;
  for (let p = 0; p < count; p++) {
    if (weight[p] === 0 || Number.isNaN(residual[0][p])) continue;
    const side = depth[p] > 0 ? 1 : 0;
    const r = residual[0][p] - side * rise[0];
    const g = residual[1][p] - side * rise[1];
    const b = residual[2][p] - side * rise[2];
    [r * r, r * g, r * b, g * g, g * b, b * b].forEach((v, k) => {
      scatter[k] += v;
    });
    sure++;
  }
  if (sure < 50) return drawn;
  const discriminant = solveSymmetric3(
    scatter.map((v) => v / sure),
    rise,
  );
  const separation = dot(discriminant, rise);
  if (!(separation > 0)) return drawn;
  const noise = 1 / Math.sqrt(separation);
  const plain = rise[0] ** 2 + rise[1] ** 2 + rise[2] ** 2;

  const seen = new Float32Array(count);
  for (let p = 0; p < count; p++) {
    if (Number.isNaN(residual[0][p])) {
      seen[p] = drawn[p];
      continue;
    }
    const at: Rgb3 = [residual[0][p], residual[1][p], residual[2][p]];
    // A clipped channel has lost its colour; its brightness still tells.
    const value = clipped[p] === 0 ? dot(discriminant, at) / separation : dot(rise, at) / plain;
    seen[p] = Math.min(1.5, Math.max(-0.5, value));
  }
  if (noise > mostSnapNoise || fitsAsDrawn(seen, drawn, clipped, depth, noise)) return drawn;
  const doubt = doubtOfDrawn(seen, depth, widthPx, heightPx, 2 * reachPx, kernels);
  if (!doubt.some((t) => t > 0)) return drawn;

  const radius = Math.min(3, Math.max(1, Math.round(noise * 4)));
  const smooth = new Float32Array(count);
  kernels.boxMean(seen, widthPx, heightPx, radius, smooth);
  const cut = new Float32Array(count);
  for (let p = 0; p < count; p++) {
    const d = depth[p];
    const level = 0.5 - 0.35 * d * Math.abs(d);
    cut[p] = (Math.abs(d) >= 1 ? d > 0 : smooth[p] > level) ? 1 : 0;
  }
  // A lens and a feathered border spread the step over about three pixels.
  kernels.boxMean(cut, widthPx, heightPx, 1, cut);
  return drawn.map((v, p) => v + (cut[p] - v) * doubt[p]);
}

/** Distance from the drawn border in units of the reach, positive inside. */
function depthField(drawn: Float32Array, widthPx: number, heightPx: number, reachPx: number): Float32Array {
  const inside = new Uint8Array(drawn.map((v) => (v >= 0.5 ? 1 : 0)));
  const toInside = squaredDistanceTo(inside, widthPx, heightPx);
  const toOutside = squaredDistanceTo(
    inside.map((v) => 1 - v),
    widthPx,
    heightPx,
  );
  return toInside.map((d2, p) => (inside[p] ? Math.sqrt(toOutside[p]) - 0.5 : 0.5 - Math.sqrt(d2)) / reachPx);
}

/** Whether the drawn cover fits the picture near its border as well as texture allows. */
function fitsAsDrawn(
  seen: Float32Array,
  drawn: Float32Array,
  clipped: Uint8Array,
  depth: Float32Array,
  noise: number,
): boolean {
  let misfit2 = 0;
  let counted = 0;
  for (let p = 0; p < seen.length; p++) {
    if (clipped[p] !== 0 || Math.abs(depth[p]) >= 1) continue;
    misfit2 += (seen[p] - drawn[p]) ** 2;
    counted++;
  }
  return counted === 0 || misfit2 / counted <= noise ** 2 + leastMisfit;
}

/**
 * How much the drawn border is to be doubted, 0..1, place by place: just inside it the seen cover must be 1 on the mean
 * and just outside 0. Means, because single pixels are all texture.
 */
function doubtOfDrawn(
  seen: Float32Array,
  depth: Float32Array,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
  kernels: PixelKernels,
): Float32Array {
  const error = (side: 1 | -1) => {
    const sum = new Float32Array(seen.length);
    const weight = new Float32Array(seen.length);
    for (let p = 0; p < seen.length; p++) {
      const d = side * depth[p];
      if (d <= 0 || d >= 0.6) continue;
      weight[p] = 1;
      sum[p] = side === 1 ? 1 - seen[p] : seen[p];
    }
    kernels.boxMean(sum, widthPx, heightPx, radiusPx, sum);
    kernels.boxMean(weight, widthPx, heightPx, radiusPx, weight);
    return sum.map((v, p) => (weight[p] > 0.005 ? v / weight[p] : 0));
  };
  const inner = error(1);
  const outer = error(-1);
  return inner.map((v, p) => {
    const t = Math.min(1, Math.max(0, (Math.max(v, outer[p]) - doubtFrom) / (doubtFull - doubtFrom)));
    return t * t * (3 - 2 * t);
  });
}

const dot = (a: Rgb3, b: Rgb3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Solves a symmetric 3 x 3 system; the matrix as xx, xy, xz, yy, yz, zz. */
function solveSymmetric3([xx, xy, xz, yy, yz, zz]: readonly number[], [x, y, z]: Rgb3): Rgb3 {
  const a = yy * zz - yz * yz;
  const b = xz * yz - xy * zz;
  const c = xy * yz - xz * yy;
  const det = xx * a + xy * b + xz * c;
  const e = xx * zz - xz * xz;
  const f = xy * xz - xx * yz;
  const i = xx * yy - xy * xy;
  return [(a * x + b * y + c * z) / det, (b * x + e * y + f * z) / det, (c * x + f * y + i * z) / det];
}
