import type { Mask, Picture, Point } from '../photo/index.ts';
import { type Homography, project } from './projection.ts';

/** A dark round spot found in a picture. */
export interface FoundDot {
  readonly x: number;
  readonly y: number;
  /** Diameter at half depth, px. */
  readonly diameterPx: number;
  /** ln of light lost in the middle. */
  readonly depthLn: number;
}

export interface DotCount {
  readonly found: number;
  /** Found dots that lie on a planned one, and planned ones that were found. */
  readonly onPlan: number;
  readonly planned: number;
  readonly precision01: number;
  readonly retained01: number;
  readonly meanDiameterPx: number;
  readonly meanDiameterMm?: number;
  /** Mean diameter over the diameter at which dots were set. */
  readonly growth?: number;
}

/** Dots smaller than this cannot be told apart from grain. */
export const leastDotPx = 1.6;

/**
 * Dark spots of about a size by the scale-normalised difference of Gaussians (three sizes an octave), at maxima over place
 * and size, well above the grain of the skin.
 * @param diameterPx range of diameters looked for
 */
export function findDots(
  picture: Picture,
  mask: Mask,
  diameterPx: { readonly low: number; readonly high: number },
): readonly FoundDot[] {
  const { widthPx: w, heightPx: h } = picture;
  const plane = new Float32Array(w * h);
  for (let p = 0, i = 0; p < plane.length; p++, i += 4) {
    // Dots and hair are black: all channels tell, green and red with the least noise.
    plane[p] = -Math.log(0.4 * picture.rgba[i] + 0.5 * picture.rgba[i + 1] + 0.1 * picture.rgba[i + 2] + 6);
  }
  // A disc of diameter d answers most strongly at sigma = d / (2 sqrt 2).
  const smallest = Math.max(leastDotPx, diameterPx.low) / (2 * Math.SQRT2);
  const largest = Math.max(leastDotPx, diameterPx.high) / (2 * Math.SQRT2);
  const steps = Math.max(1, Math.ceil(3 * Math.log2(largest / smallest)));
  const ratio = 2 ** (1 / 3);
  const sigmas = Array.from({ length: steps + 3 }, (_, k) => smallest * ratio ** (k - 1));
  const blurred = sigmas
    .concat(sigmas[sigmas.length - 1] * ratio)
    .map((sigma) => gaussian(plane, w, h, sigma));
  const answers = sigmas.map((_, k) => {
    const out = new Float32Array(plane.length);
    for (let p = 0; p < out.length; p++) out[p] = (blurred[k][p] - blurred[k + 1][p]) / (ratio - 1);
    return out;
  });
  const grain = sigmas.map((_, k) => grainOf(answers[k], mask));
  const found: (FoundDot & { score: number })[] = [];
  for (let k = 1; k < sigmas.length - 1; k++) {
    const [below, here, above] = [answers[k - 1], answers[k], answers[k + 1]];
    for (let y = 2; y < h - 2; y++) {
      for (let x = 2; x < w - 2; x++) {
        const p = y * w + x;
        const v = here[p];
        if (mask.alpha[p] < 128 || v < 3.2 * grain[k] || v < 0.03) continue;
        if (v < below[p] || v < above[p] || !isPeak(here, p, w)) continue;
        const dx = between(here[p - 1], v, here[p + 1]);
        const dy = between(here[p - w], v, here[p + w]);
        found.push({
          x: x + 0.5 + dx,
          y: y + 0.5 + dy,
          diameterPx: 2 * Math.SQRT2 * sigmas[k] * ratio ** between(below[p], v, above[p]),
          depthLn: v,
          score: v,
        });
      }
    }
  }
  found.sort((a, b) => b.score - a.score);
  const kept: FoundDot[] = [];
  const taken = new Map<string, FoundDot[]>();
  const cell = Math.max(2, diameterPx.low);
  for (const { score: _, ...dot } of found) {
    const [cx, cy] = [Math.floor(dot.x / cell), Math.floor(dot.y / cell)];
    const near = [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1].flatMap((dx) => taken.get(`${cx + dx},${cy + dy}`) ?? []),
    );
    if (
      near.some((other) => Math.hypot(other.x - dot.x, other.y - dot.y) < 0.6 * Math.max(dot.diameterPx, 2))
    )
      continue;
    kept.push(dot);
    const key = `${cx},${cy}`;
    taken.set(key, [...(taken.get(key) ?? []), dot]);
  }
  return kept;
}

/** Robust scatter of an answer over the region: dots are few enough not to move a median. */
function grainOf(answer: Float32Array, mask: Mask): number {
  const values: number[] = [];
  const stride = Math.max(1, Math.floor(answer.length / 60_000));
  for (let p = 0; p < answer.length; p += stride) if (mask.alpha[p] >= 128) values.push(Math.abs(answer[p]));
  values.sort((a, b) => a - b);
  return 1.4826 * (values[values.length >> 1] ?? 0) + 1e-4;
}

function isPeak(values: Float32Array, p: number, w: number): boolean {
  const v = values[p];
  for (const q of [p - w - 1, p - w, p - w + 1, p - 1, p + 1, p + w - 1, p + w, p + w + 1])
    if (values[q] > v) return false;
  return true;
}

function between(l: number, m: number, r: number): number {
  const bend = l - 2 * m + r;
  return bend < -1e-9 ? Math.min(0.5, Math.max(-0.5, (l - r) / (2 * bend))) : 0;
}

function gaussian(plane: Float32Array, w: number, h: number, sigma: number): Float32Array {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, v) => sum + v, 0);
  const rows = new Float32Array(plane.length);
  const out = new Float32Array(plane.length);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let k = -reach; k <= reach; k++)
        sum += kernel[k + reach] * plane[y * w + Math.min(w - 1, Math.max(0, x + k))];
      rows[y * w + x] = sum / total;
    }
  }
  for (let y = 0; y < h; y++) {
    for (let k = -reach; k <= reach; k++) {
      const weight = kernel[k + reach] / total;
      const from = Math.min(h - 1, Math.max(0, y + k)) * w;
      for (let x = 0; x < w; x++) out[y * w + x] += weight * rows[from + x];
    }
  }
  return out;
}

/**
 * Lays the planned dots over the found ones: each planned dot takes the nearest free one within reach (a third of the mean
 * spacing, and no less than the error of the registration).
 * @param toPicture from the plan's picture to the one the dots were found in
 */
export function countDots(
  found: readonly FoundDot[],
  planned: readonly Point[],
  toPicture: Homography,
  size: { readonly widthPx: number; readonly heightPx: number },
  reachPx: number,
  scale: { readonly mmPerPx?: number; readonly dotMm?: number } = {},
): DotCount {
  const cell = Math.max(1, reachPx);
  const grid = new Map<string, number[]>();
  found.forEach(({ x, y }, i) => {
    const key = `${Math.floor(x / cell)},${Math.floor(y / cell)}`;
    const list = grid.get(key);
    if (list) list.push(i);
    else grid.set(key, [i]);
  });
  const pairs: { i: number; j: number; d: number }[] = [];
  let seen = 0;
  planned.forEach((dot, j) => {
    const p = project(toPicture, dot);
    if (p.x < 0 || p.y < 0 || p.x >= size.widthPx || p.y >= size.heightPx) return;
    seen++;
    const [cx, cy] = [Math.floor(p.x / cell), Math.floor(p.y / cell)];
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        for (const i of grid.get(`${cx + dx},${cy + dy}`) ?? []) {
          const d = Math.hypot(found[i].x - p.x, found[i].y - p.y);
          if (d <= reachPx) pairs.push({ i, j, d });
        }
      }
    }
  });
  pairs.sort((a, b) => a.d - b.d);
  const usedFound = new Set<number>();
  const usedPlanned = new Set<number>();
  for (const { i, j } of pairs) {
    if (usedFound.has(i) || usedPlanned.has(j)) continue;
    usedFound.add(i);
    usedPlanned.add(j);
  }
  const counted = usedFound.size > 0 ? [...usedFound].map((i) => found[i]) : found;
  const meanDiameterPx = counted.reduce((sum, dot) => sum + dot.diameterPx, 0) / Math.max(1, counted.length);
  const { mmPerPx, dotMm } = scale;
  return {
    found: found.length,
    onPlan: usedFound.size,
    planned: seen,
    precision01: found.length === 0 ? 0 : usedFound.size / found.length,
    retained01: seen === 0 ? 0 : usedFound.size / seen,
    meanDiameterPx,
    ...(mmPerPx === undefined ? {} : { meanDiameterMm: meanDiameterPx * mmPerPx }),
    ...(mmPerPx === undefined || dotMm === undefined ? {} : { growth: (meanDiameterPx * mmPerPx) / dotMm }),
  };
}
