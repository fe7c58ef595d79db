import { decodeRgb, encodeRgb } from '../light/index.ts';
import type { Picture } from './picture.ts';

/** Encoded sRGB value 0..1 of linear light; outside 0..1 it is clipped, as a picture must. */
export function linearToSrgb(linear01: number): number {
  return encodeRgb(Math.min(1, Math.max(0, linear01)));
}

/** Linear light of each of the 256 encoded values. Build once per job and hand it on. */
export function linearTable(): Float32Array {
  return Float32Array.from({ length: 256 }, (_, i) => decodeRgb(i / 255));
}

/** Three planes of linear light, 0..1, in sRGB primaries. */
export interface LinearPlanes {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly r: Float32Array;
  readonly g: Float32Array;
  readonly b: Float32Array;
}

/** Undoes the sRGB encoding of a whole picture. */
export function toLinear(picture: Picture): LinearPlanes {
  const { widthPx, heightPx, rgba } = picture;
  const table = linearTable();
  const count = widthPx * heightPx;
  const r = new Float32Array(count);
  const g = new Float32Array(count);
  const b = new Float32Array(count);
  for (let p = 0, i = 0; p < count; p++, i += 4) {
    r[p] = table[rgba[i]];
    g[p] = table[rgba[i + 1]];
    b[p] = table[rgba[i + 2]];
  }
  return { widthPx, heightPx, r, g, b };
}

/** Encodes linear planes as a picture; values outside 0..1 are clipped. */
export function fromLinear(planes: LinearPlanes): Picture {
  const { widthPx, heightPx, r, g, b } = planes;
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4);
  for (let p = 0, i = 0; p < r.length; p++, i += 4) {
    rgba[i] = linearToSrgb(r[p]) * 255;
    rgba[i + 1] = linearToSrgb(g[p]) * 255;
    rgba[i + 2] = linearToSrgb(b[p]) * 255;
    rgba[i + 3] = 255;
  }
  return { widthPx, heightPx, rgba };
}
