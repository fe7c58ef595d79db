import { createPixelKernels } from '../kernels/index.ts';
import { clipBox } from '../photo/index.ts';
import { grainFor } from './grain.ts';

/** Red, green and blue of a box, row by row. */
export type Planes = [Float32Array, Float32Array, Float32Array];

export const planes = (count: number): Planes => [
  new Float32Array(count),
  new Float32Array(count),
  new Float32Array(count),
];

/** Linear light of about 2/255: below it the encoding is all steps, and its logarithm would shout. */
export const darkestLight = 0.0006;

/** Bins of the curve that tells a clipped channel from the ones that are not. */
const curveBins = 48;

/**
 * Light times exp(cover · offset). Where a channel is clipped that is too little: the light above full scale is lost.
 * Unclipped pixels of the healed picture tell how red goes with green and green with blue; a clipped channel takes
 * the value that its unclipped neighbour calls for, and at least what the clipping proves. Spots that hold nothing are
 * filled from around them, unless they are the region's own shine and kept.
 */
export function healedLight(
  light: Planes,
  log: Planes,
  clipped: Uint8Array,
  cover: Float32Array,
  offset: Planes,
  widthPx: number,
  heightPx: number,
  isShineKept: boolean,
): Planes {
  // Outside the cover light stays as it is.
  const out: Planes = [light[0].slice(), light[1].slice(), light[2].slice()];
  const [red, green, blue] = out;
  let anyClipped = false;
  for (let p = 0; p < cover.length; p++) {
    const a = cover[p];
    if (a === 0) continue;
    if (clipped[p] !== 0) anyClipped = true;
    red[p] *= Math.exp(a * offset[0][p]);
    green[p] *= Math.exp(a * offset[1][p]);
    blue[p] *= Math.exp(a * offset[2][p]);
  }
  if (!anyClipped) return out;
  const ln = planes(cover.length);
  for (let c = 0; c < 3; c++) {
    for (let p = 0; p < cover.length; p++) ln[c][p] = log[c][p] + cover[p] * offset[c][p];
  }
  const greenOfBlue = followCurve(ln[2], ln[1], clipped, widthPx, heightPx);
  const redOfGreen = followCurve(ln[1], ln[0], clipped, widthPx, heightPx);
  for (let p = 0; p < clipped.length; p++) {
    const bits = clipped[p];
    if (bits === 0 || cover[p] === 0) continue;
    const green = bits & 2 && !(bits & 4) ? Math.max(ln[1][p], greenOfBlue(ln[2][p])) : ln[1][p];
    if (bits & 2) out[1][p] = Math.exp(green);
    if (bits & 1) out[0][p] = Math.exp(Math.max(ln[0][p], redOfGreen(green)));
  }
  if (!isShineKept) fillBurntOut(out, clipped, cover, widthPx, heightPx);
  return out;
}

/**
 * Where all three channels have run over, the picture holds nothing but that there was at least full light. The healed
 * light there is drawn like a membrane between what is known around it, inside the region and outside, with the
 * texture of the skin near by ({@link grainFor}).
 */
function fillBurntOut(
  healed: Planes,
  clipped: Uint8Array,
  cover: Float32Array,
  widthPx: number,
  heightPx: number,
): void {
  const isBurntOut = (p: number): boolean => clipped[p] === 7 && cover[p] > 0;
  let [left, right, top, low] = [widthPx, -1, heightPx, -1];
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      if (!isBurntOut(p)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      low = y;
    }
  }
  if (right < 0) return;
  // A membrane is fastened to the pixels beside it, and texture is that of skin near by; the rest of the box, which may
  // be of many megapixels, has no say.
  const box = clipBox(
    {
      x: left - textureReachPx,
      y: top - textureReachPx,
      widthPx: right - left + 1 + 2 * textureReachPx,
      heightPx: low - top + 1 + 2 * textureReachPx,
    },
    widthPx,
    heightPx,
  );
  const eachPlace = (visit: (inBox: number, p: number) => void): void => {
    for (let y = 0, k = 0; y < box.heightPx; y++) {
      const row = (box.y + y) * widthPx + box.x;
      for (let x = 0; x < box.widthPx; x++, k++) visit(k, row + x);
    }
  };
  const unknown = new Uint8Array(box.widthPx * box.heightPx);
  const known = new Uint8Array(unknown.length);
  eachPlace((k, p) => {
    unknown[k] = isBurntOut(p) ? 1 : 0;
    known[k] = clipped[p] === 0 ? 1 : 0;
  });
  const kernels = createPixelKernels();
  const filled = healed.map((channel) => {
    const plane = new Float32Array(unknown.length);
    eachPlace((k, p) => {
      plane[k] = Math.log(Math.max(channel[p], darkestLight));
    });
    kernels.membrane(plane, unknown, box.widthPx, box.heightPx, plane);
    return plane;
  });
  const grain = grainFor(filled[1], unknown, known, box.widthPx, box.heightPx, kernels);
  healed.forEach((channel, c) => {
    eachPlace((k, p) => {
      if (unknown[k] === 1) channel[p] = Math.exp(filled[c][k] + grain[k]);
    });
  });
}

/** How far about burnt-out spots skin lends them its texture. */
const textureReachPx = 64;

/** Median of `to - from` as a function of `from`, over unclipped pixels; constant beyond the last filled bin. */
function followCurve(
  from: Float32Array,
  to: Float32Array,
  clipped: Uint8Array,
  widthPx: number,
  heightPx: number,
): (value: number) => number {
  const low = -5;
  const bins: number[][] = Array.from({ length: curveBins }, () => []);
  const stride = Math.max(1, Math.floor(Math.sqrt((widthPx * heightPx) / 60_000)));
  for (let y = 0; y < heightPx; y += stride) {
    for (let x = 0; x < widthPx; x += stride) {
      const p = y * widthPx + x;
      if (clipped[p] !== 0) continue;
      const bin = Math.floor(((from[p] - low) / -low) * curveBins);
      if (bin >= 0 && bin < curveBins) bins[bin].push(to[p] - from[p]);
    }
  }
  const medians = bins.map((bin) =>
    bin.length < 12 ? Number.NaN : bin.sort((a, b) => a - b)[bin.length >> 1],
  );
  let last = medians.find((m) => !Number.isNaN(m)) ?? 0;
  const filled = medians.map((m) => (last = Number.isNaN(m) ? last : m));
  return (value) => {
    const t = Math.min(curveBins - 1.001, Math.max(0, ((value - low) / -low) * curveBins - 0.5));
    const k = Math.floor(t);
    return value + filled[k] + (filled[k + 1] - filled[k]) * (t - k);
  };
}
