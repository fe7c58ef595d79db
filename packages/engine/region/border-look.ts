import type { PixelKernels } from '../kernels/index.ts';
import { cropFeatures, type Features } from './features.ts';
import { boundsOfCells, cropCells, inverted, squaredDistanceTo } from './mask.ts';

/** How a guess's border looks all the way round. */
export interface BorderLook {
  /** How clearly the border stands out, -1..1; the picture's own grain and shading score about 0.1. */
  readonly clarity: number;
  /**
   * How unevenly: spread between the second and eighth tenth of its step in light, by the median step, 0..3. Pigment
   * is lost to much the same degree all round a patch; the outline of a face or a fold is steep here and faint there.
   */
  readonly unevenness: number;
}

/** Half width of the window over which each side of the border is averaged, in cells. */
const windowPx = 6;
/** Nothing further from the region is averaged at its border, in cells. */
const reachPx = windowPx + 1;

/**
 * How clearly and how far round the border the inside differs from the skin just outside, in the way loss of
 * pigment makes it differ: more light and less melanin at once. Hair, lips and shadow change light alone.
 */
export function lookOfBorder(whole: Features, wholeInside: Uint8Array, kernels: PixelKernels): BorderLook {
  const { features, inside, isEdge } = aboutRegion(whole, wholeInside);
  const { widthPx, heightPx, light, melanin, skin } = features;
  const toIn = squaredDistanceTo(inside, widthPx, heightPx);
  const toOut = squaredDistanceTo(inverted(inside), widthPx, heightPx);
  const [deep, near, beside, far] = [
    { side: 1, to: toOut, least: 20, most: 64 },
    { side: 1, to: toOut, least: 3, most: 13 },
    { side: 0, to: toIn, least: 3, most: 13 },
    { side: 0, to: toIn, least: 20, most: 64 },
  ].map(({ side, to, least, most }) => {
    const weight = new Float32Array(inside.length);
    const l = new Float32Array(inside.length);
    const m = new Float32Array(inside.length);
    for (let p = 0; p < inside.length; p++) {
      if (!skin[p] || inside[p] !== side || to[p] < least || to[p] > most) continue;
      weight[p] = 1;
      l[p] = light[p];
      m[p] = melanin[p];
    }
    for (const plane of [weight, l, m]) kernels.boxMean(plane, widthPx, heightPx, windowPx, plane);
    return { weight, l, m };
  });
  let border = 0;
  let supported = 0;
  let cut = 0;
  const contrasts: number[] = [];
  const steps: number[] = [];
  const sharpness: number[] = [];
  const enough = 0.02;
  for (let p = 0; p < inside.length; p++) {
    if (!inside[p] || toOut[p] > 1.5) continue;
    border++;
    if (isEdge(p)) cut++;
    if (near.weight[p] < enough || beside.weight[p] < enough) continue;
    supported++;
    const step = (plane: 'l' | 'm', a: typeof deep, b: typeof deep): number =>
      a.weight[p] < enough || b.weight[p] < enough
        ? 0
        : a[plane][p] / a.weight[p] - b[plane][p] / b.weight[p];
    // A border jumps; a slope of shading goes on rising on both sides of it, and that much is taken off.
    const slope = (plane: 'l' | 'm', sign: number): number =>
      Math.max(0, sign * (step(plane, deep, near) + step(plane, beside, far)) * 0.5);
    const dl = step('l', near, beside) / 0.05;
    const dm = (-step('m', near, beside) / 0.05) * 1.5;
    steps.push(dl);
    contrasts.push(Math.max(-12, Math.min(12, Math.min(dl, dm))));
    const jump = Math.max(0, dl) + Math.max(0, dm);
    sharpness.push(jump / (jump + (slope('l', 1) + slope('m', -1) * 1.5) / 0.05 + 0.3));
  }
  if (supported < 8) return { clarity: 0, unevenness: 3 };
  contrasts.sort((a, b) => a - b);
  sharpness.sort((a, b) => a - b);
  steps.sort((a, b) => a - b);
  const weakest = contrasts[Math.floor(contrasts.length * 0.2)];
  const sharp = sharpness[Math.floor(sharpness.length * 0.25)];
  const tenth = (n: number): number => steps[Math.floor((steps.length * n) / 10)];
  return {
    clarity: Math.tanh(weakest / 4) * (supported / border) * sharp * (1 - Math.min(1, (4 * cut) / border)),
    unevenness: Math.min(3, (tenth(8) - tenth(2)) / Math.max(1, tenth(5))),
  };
}

/** The grid as far from the region as anything bears on its border, and which of its cells lie at the edge of the whole. */
function aboutRegion(
  whole: Features,
  wholeInside: Uint8Array,
): { features: Features; inside: Uint8Array; isEdge: (p: number) => boolean } {
  const cells = boundsOfCells(wholeInside, whole, reachPx);
  const features = cropFeatures(whole, cells);
  const { widthPx } = features;
  const [right, low] = [whole.widthPx - 1 - cells.x, whole.heightPx - 1 - cells.y];
  return {
    features,
    inside: cropCells(wholeInside, whole.widthPx, cells),
    isEdge: (p) => {
      const x = p % widthPx;
      const y = (p - x) / widthPx;
      return x + cells.x === 0 || y + cells.y === 0 || x === right || y === low;
    },
  };
}
