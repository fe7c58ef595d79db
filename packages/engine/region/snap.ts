import { createPixelKernels } from '../kernels/index.ts';
import type { Features } from './features.ts';

/**
 * Moves a rough outline to the nearest border of colour by comparing the two sides locally: around each pixel the
 * mean and scatter of what is now inside and what is now outside are taken over a window, and the pixel goes to
 * the side it fits better. Local comparison is what survives shading (localised region competition: Lankton and
 * Tannenbaum, IEEE TIP 17 (2008) 2029; threshold dynamics for smoothness: Esedoglu and Tsai, J. Comput. Phys. 211
 * (2006) 367).
 */
export interface SnapOptions {
  /** Half width of the comparison window, in cells. */
  readonly windowPx: number;
  readonly rounds: number;
  /** Half width of the smoothing of the outline, in cells; 0 leaves it raw. */
  readonly smoothPx: number;
  /** `lighter`: the inside must have less melanin or more light than the outside; `any`: either way round. */
  readonly inside: 'lighter' | 'any';
  /** Cells that must stay inside (2), must stay outside (1) or are free (0). */
  readonly pinned?: Uint8Array;
}

export interface Snapped {
  /** 1 inside, 0 outside. */
  readonly inside: Uint8Array;
  /** Evidence for being inside, in nats, clipped to ±6; 0 where nothing speaks either way. */
  readonly evidence: Float32Array;
}

/** Noise floor of the features' variance, in squared natural-log units: camera noise and skin grain. */
const varianceFloor = { light: 0.004, melanin: 0.0012 };

export function snapToBorder(features: Features, start: Uint8Array, options: SnapOptions): Snapped {
  const { widthPx, heightPx, light, melanin, skin } = features;
  const { windowPx, pinned } = options;
  const count = widthPx * heightPx;
  const kernels = createPixelKernels();
  // Sums over skin alone, then means over windows: weight, both features, both squared.
  const all = Array.from({ length: 5 }, () => new Float32Array(count));
  const [allWeight, allLight, allMelanin, allLight2, allMelanin2] = all;
  for (let p = 0; p < count; p++) {
    if (!skin[p]) continue;
    allWeight[p] = 1;
    allLight[p] = light[p];
    allMelanin[p] = melanin[p];
    allLight2[p] = light[p] * light[p];
    allMelanin2[p] = melanin[p] * melanin[p];
  }
  for (const plane of all) kernels.boxMean(plane, widthPx, heightPx, windowPx, plane);
  const isAny = options.inside === 'any';
  const inside = Uint8Array.from(start, (v, p) => (v && skin[p] ? 1 : 0));
  if (pinned) for (let p = 0; p < count; p++) if (pinned[p]) inside[p] = pinned[p] - 1;
  const evidence = new Float32Array(count);
  const belief = new Float32Array(count);
  const planes = Array.from({ length: 5 }, () => new Float32Array(count));
  // A side seen over less than this share of the window says too little.
  const enough = 0.06;
  for (let round = 0; round < options.rounds; round++) {
    const [weight, l, m, l2, m2] = planes;
    for (let p = 0; p < count; p++) {
      const w = inside[p] && skin[p] ? 1 : 0;
      weight[p] = w;
      l[p] = w * light[p];
      m[p] = w * melanin[p];
      l2[p] = l[p] * light[p];
      m2[p] = m[p] * melanin[p];
    }
    for (const plane of planes) kernels.boxMean(plane, widthPx, heightPx, windowPx, plane);
    let moved = 0;
    for (let p = 0; p < count; p++) {
      const wi = weight[p];
      const wo = allWeight[p] - wi;
      if (!skin[p]) {
        evidence[p] = -6;
        belief[p] = 0;
        continue;
      }
      if (wi < enough || wo < enough) {
        evidence[p] = wi < enough ? -1 : 1;
        belief[p] = inside[p];
        continue;
      }
      const lin = l[p] / wi;
      const lout = (allLight[p] - l[p]) / wo;
      const min = m[p] / wi;
      const mout = (allMelanin[p] - m[p]) / wo;
      const total = allWeight[p];
      const varL =
        (l2[p] - wi * lin * lin + (allLight2[p] - l2[p]) - wo * lout * lout) / total + varianceFloor.light;
      const varM =
        (m2[p] - wi * min * min + (allMelanin2[p] - m2[p]) - wo * mout * mout) / total +
        varianceFloor.melanin;
      const dl = lin - lout;
      const dm = min - mout;
      // A lighter patch has more light or less melanin; a difference of the wrong sign is no evidence for a patch.
      const useL = isAny || dl > 0 ? dl : 0;
      const useM = isAny || dm < 0 ? dm : 0;
      const nats =
        (useL * (light[p] - (lin + lout) / 2)) / varL + (useM * (melanin[p] - (min + mout) / 2)) / varM;
      evidence[p] = Math.max(-6, Math.min(6, nats));
      belief[p] = 1 / (1 + Math.exp(-evidence[p]));
    }
    if (options.smoothPx > 0) {
      kernels.boxMean(belief, widthPx, heightPx, options.smoothPx, belief);
    }
    for (let p = 0; p < count; p++) {
      let next = belief[p] >= 0.5 && skin[p] ? 1 : 0;
      if (pinned?.[p]) next = pinned[p] - 1;
      if (next !== inside[p]) {
        inside[p] = next;
        moved++;
      }
    }
    // A few cells may flicker for ever.
    if (moved * 2000 <= count) break;
  }
  return { inside, evidence };
}
