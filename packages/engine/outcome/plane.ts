import type { Homography } from '../photo/homography.ts';
import { boxMean, type Mask, type Picture } from '../photo/index.ts';

/** Grey values of a picture, or anything else with one number a pixel. */
export interface Plane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Float32Array;
}

/** A rectangle of a picture seen at another size: frame pixel (x, y) shows picture point (x0 + x · pxPerFramePx, …). */
export interface Frame {
  readonly x0: number;
  readonly y0: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Picture pixels a frame pixel; above 1 the frame is smaller than the picture. */
  readonly pxPerFramePx: number;
}

/**
 * Brightness as differences are judged: ln of (encoded green-weighted brightness + 8), so that exposure is an offset and
 * the dark does not shout.
 */
export function greyPlane(picture: Picture): Plane {
  const { widthPx, heightPx, rgba } = picture;
  const values = new Float32Array(widthPx * heightPx);
  for (let p = 0, i = 0; p < values.length; p++, i += 4) {
    values[p] = Math.log(0.3 * rgba[i] + 0.6 * rgba[i + 1] + 0.1 * rgba[i + 2] + 8);
  }
  return { widthPx, heightPx, values };
}

/** The plane halved again and again, by means over 2 x 2, down to `leastPx` of the shorter side. */
export function pyramid(plane: Plane, leastPx = 24): readonly Plane[] {
  const levels = [plane];
  for (;;) {
    const { widthPx: w, heightPx: h, values } = levels[levels.length - 1];
    if (Math.min(w, h) < 2 * leastPx) return levels;
    const [widthPx, heightPx] = [w >> 1, h >> 1];
    const out = new Float32Array(widthPx * heightPx);
    for (let y = 0, p = 0; y < heightPx; y++) {
      for (let x = 0, q = 2 * y * w; x < widthPx; x++, p++, q += 2) {
        out[p] = 0.25 * (values[q] + values[q + 1] + values[q + w] + values[q + w + 1]);
      }
    }
    levels.push({ widthPx, heightPx, values: out });
  }
}

/** What a frame shows of a picture under a projection (picture point → point of the pyramid's picture). NaN outside. */
export function seenThrough(levels: readonly Plane[], frame: Frame, toPicture: Homography): Plane {
  const { widthPx, heightPx, x0, y0, pxPerFramePx: step } = frame;
  const values = new Float32Array(widthPx * heightPx);
  // One level for the whole frame: what a step of a frame pixel amounts to in its middle.
  const h = toPicture;
  const at = (x: number, y: number): [number, number] => {
    const w = h[6] * x + h[7] * y + h[8];
    return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
  };
  const [cx, cy] = [x0 + (widthPx * step) / 2, y0 + (heightPx * step) / 2];
  const [mx, my] = at(cx, cy);
  const [rx, ry] = at(cx + step, cy);
  const [dx, dy] = at(cx, cy + step);
  const area = Math.abs((rx - mx) * (dy - my) - (ry - my) * (dx - mx));
  const level = Math.min(
    levels.length - 1,
    Math.max(0, Math.floor(0.5 * Math.log2(Math.max(area, 1)) + 0.25)),
  );
  const { widthPx: w, heightPx: hgt, values: source } = levels[level];
  const shrink = 1 / 2 ** level;
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      const [px, py] = at(x0 + (x + 0.5) * step, y0 + (y + 0.5) * step);
      const sx = px * shrink - 0.5;
      const sy = py * shrink - 0.5;
      const ix = Math.floor(sx);
      const iy = Math.floor(sy);
      if (!(ix >= 0 && iy >= 0 && ix < w - 1 && iy < hgt - 1)) {
        values[p] = Number.NaN;
        continue;
      }
      const tx = sx - ix;
      const ty = sy - iy;
      const q = iy * w + ix;
      const top = source[q] + (source[q + 1] - source[q]) * tx;
      const low = source[q + w] + (source[q + w + 1] - source[q + w]) * tx;
      values[p] = top + (low - top) * ty;
    }
  }
  return { widthPx, heightPx, values };
}

/**
 * Local detail: the plane minus its mean over a square, over its deviation there. Exposure, white balance, shading and
 * the colour of a patch go; pores, lines, hairs and freckles stay. Where there is none, the floor keeps noise small.
 */
export function localDetail(plane: Plane, radiusPx: number, floor = 0.02): Plane {
  const { widthPx, heightPx } = plane;
  const known = Float32Array.from(plane.values, (v) => (Number.isNaN(v) ? 0 : 1));
  const values = Float32Array.from(plane.values, (v) => (Number.isNaN(v) ? 0 : v));
  const share = boxMean(known, widthPx, heightPx, radiusPx);
  const mean = boxMean(values, widthPx, heightPx, radiusPx);
  const square = boxMean(
    values.map((v) => v * v),
    widthPx,
    heightPx,
    radiusPx,
  );
  const out = new Float32Array(values.length);
  for (let p = 0; p < out.length; p++) {
    if (known[p] === 0 || share[p] < 0.3) continue;
    const m = mean[p] / share[p];
    const variance = Math.max(0, square[p] / share[p] - m * m);
    out[p] = (values[p] - m) / Math.sqrt(variance + floor * floor);
  }
  return { widthPx, heightPx, values: out };
}

/** The whole of a picture in a frame whose longer side is at most `longestPx`. */
export function wholeFrame(picture: { widthPx: number; heightPx: number }, longestPx: number): Frame {
  return frameOf({ x: 0, y: 0, ...picture }, longestPx);
}

/** A box of a picture in a frame whose longer side is at most `longestPx`. Small boxes are not enlarged. */
export function frameOf(
  box: { readonly x: number; readonly y: number; readonly widthPx: number; readonly heightPx: number },
  longestPx: number,
): Frame {
  const pxPerFramePx = Math.max(1, Math.max(box.widthPx, box.heightPx) / longestPx);
  return {
    x0: box.x,
    y0: box.y,
    widthPx: Math.max(1, Math.floor(box.widthPx / pxPerFramePx)),
    heightPx: Math.max(1, Math.floor(box.heightPx / pxPerFramePx)),
    pxPerFramePx,
  };
}

/** Box of the pixels with any cover; undefined for an empty mask. */
export function boxOfMask(
  mask: Mask,
): { x: number; y: number; widthPx: number; heightPx: number } | undefined {
  let [x0, y0, x1, y1] = [mask.widthPx, mask.heightPx, -1, -1];
  for (let y = 0, p = 0; y < mask.heightPx; y++) {
    for (let x = 0; x < mask.widthPx; x++, p++) {
      if (mask.alpha[p] < 128) continue;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      y1 = y;
    }
  }
  return x1 < 0 ? undefined : { x: x0, y: y0, widthPx: x1 - x0 + 1, heightPx: y1 - y0 + 1 };
}
