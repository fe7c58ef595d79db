import { boxMean } from '../photo/filter.ts';
import type { Features } from './features.ts';
import { squaredDistanceTo } from './mask.ts';

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

/**
 * How clearly and how far round the border the inside differs from the skin just outside, in the way loss of
 * pigment makes it differ: more light and less melanin at once. Hair, lips and shadow change light alone.
 */
export function lookOfBorder(features: Features, inside: Uint8Array): BorderLook {
  const { widthPx, heightPx, light, melanin, skin } = features;
  const toIn = squaredDistanceTo(inside, widthPx, heightPx);
  const toOut = squaredDistanceTo(
    Uint8Array.from(inside, (v) => 1 - v),
    widthPx,
    heightPx,
  );
  const bands = [
    (p: number): boolean => inside[p] === 1 && toOut[p] >= 20 && toOut[p] <= 64,
    (p: number): boolean => inside[p] === 1 && toOut[p] >= 3 && toOut[p] <= 13,
    (p: number): boolean => inside[p] === 0 && toIn[p] >= 3 && toIn[p] <= 13,
    (p: number): boolean => inside[p] === 0 && toIn[p] >= 20 && toIn[p] <= 64,
  ].map((belongs) => {
    const weight = new Float32Array(inside.length);
    const l = new Float32Array(inside.length);
    const m = new Float32Array(inside.length);
    for (let p = 0; p < inside.length; p++) {
      if (!skin[p] || !belongs(p)) continue;
      weight[p] = 1;
      l[p] = light[p];
      m[p] = melanin[p];
    }
    for (const plane of [weight, l, m]) boxMean(plane, widthPx, heightPx, 6, plane);
    return { weight, l, m };
  });
  const [deep, near, beside, far] = bands;
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
    const x = p % widthPx;
    if (x === 0 || x === widthPx - 1 || p < widthPx || p >= inside.length - widthPx) cut++;
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
