import {
  type Lab,
  labFromXyz,
  linearRgbFromXyz,
  whitePoint,
  xyzFromLab,
  xyzFromLinearRgb,
} from '../light/index.ts';
import { linearTable, linearToSrgb } from './linear.ts';
import { clipBox, type Mask, type Picture, type Point } from './picture.ts';

/** Linear light in sRGB primaries, 1 = the white of the encoding. May leave 0..1 after a correction. */
export type LinearRgb = readonly [r: number, g: number, b: number];

const white = whitePoint('D65/2');

/** CIELAB under D65, 2-degree observer (sRGB's own white), of linear sRGB. */
export function labOfLinear(linear: LinearRgb): Lab<'D65/2'> {
  return labFromXyz(xyzFromLinearRgb(linear), white, 'D65/2');
}

/** The inverse of {@link labOfLinear}; colours outside the sRGB gamut leave 0..1. */
export function linearOfLab(lab: Lab<'D65/2'>): LinearRgb {
  return linearRgbFromXyz(xyzFromLab(lab, white));
}

/** Encoded sRGB 0..255 of linear light, rounded and clipped. */
export function encodeRgb([r, g, b]: LinearRgb): [number, number, number] {
  return [
    Math.round(linearToSrgb(r) * 255),
    Math.round(linearToSrgb(g) * 255),
    Math.round(linearToSrgb(b) * 255),
  ];
}

/**
 * Mean linear light of the square of side 2 · radiusPx + 1 around a point, clipped to the picture.
 * The mean is taken in linear light, as an instrument's aperture takes it.
 */
export function linearAt(picture: Picture, point: Point, radiusPx = 0): LinearRgb {
  const table = linearTable();
  const side = 2 * radiusPx + 1;
  const box = clipBox(
    { x: Math.floor(point.x) - radiusPx, y: Math.floor(point.y) - radiusPx, widthPx: side, heightPx: side },
    picture.widthPx,
    picture.heightPx,
  );
  let r = 0;
  let g = 0;
  let b = 0;
  for (let y = box.y; y < box.y + box.heightPx; y++) {
    for (let x = box.x; x < box.x + box.widthPx; x++) {
      const i = (y * picture.widthPx + x) * 4;
      r += table[picture.rgba[i]];
      g += table[picture.rgba[i + 1]];
      b += table[picture.rgba[i + 2]];
    }
  }
  const count = box.widthPx * box.heightPx;
  return [r / count, g / count, b / count];
}

/** CIELAB D65/2 around a point, as the picture encodes it (no calibration). */
export function labAt(picture: Picture, point: Point, radiusPx = 0): Lab<'D65/2'> {
  return labOfLinear(linearAt(picture, point, radiusPx));
}

/** Mean linear light under a mask, weighted by its alpha; `undefined` when the mask is empty. */
export function meanLinear(picture: Picture, mask: Mask): LinearRgb | undefined {
  const table = linearTable();
  let weight = 0;
  let r = 0;
  let g = 0;
  let b = 0;
  for (let p = 0, i = 0; p < mask.alpha.length; p++, i += 4) {
    const w = mask.alpha[p];
    if (w === 0) continue;
    weight += w;
    r += w * table[picture.rgba[i]];
    g += w * table[picture.rgba[i + 1]];
    b += w * table[picture.rgba[i + 2]];
  }
  return weight === 0 ? undefined : [r / weight, g / weight, b / weight];
}

/** CIELAB D65/2 of the mean light under a mask; `undefined` when the mask is empty. */
export function meanLab(picture: Picture, mask: Mask): Lab<'D65/2'> | undefined {
  const mean = meanLinear(picture, mask);
  return mean && labOfLinear(mean);
}

/** A measured colour, how it was centred and how far its pixels scatter. */
export interface ColourSample {
  /** Component-wise median in linear light, as CIELAB. */
  readonly lab: Lab<'D65/2'>;
  readonly linear: LinearRgb;
  /** Robust standard deviation (1.4826 · median absolute deviation) of the pixels in L, a and b. */
  readonly spread: { readonly L: number; readonly a: number; readonly b: number };
  readonly pixels: number;
}

/**
 * Robust colour of the pixels where `mask.alpha` ≥ `atLeast`: medians, so that single hairs, pores and glints do not
 * pull it. At most about 20,000 pixels are looked at, evenly strided. `undefined` when fewer than 12 remain.
 */
export function sampleColour(picture: Picture, mask: Mask, atLeast = 128): ColourSample | undefined {
  const inside: number[] = [];
  for (let p = 0; p < mask.alpha.length; p++) if (mask.alpha[p] >= atLeast) inside.push(p);
  if (inside.length < 12) return undefined;
  const stride = Math.max(1, Math.floor(inside.length / 20_000));
  const table = linearTable();
  const channels: [number[], number[], number[]] = [[], [], []];
  const labs: [number[], number[], number[]] = [[], [], []];
  for (let k = 0; k < inside.length; k += stride) {
    const i = inside[k] * 4;
    const linear: LinearRgb = [
      table[picture.rgba[i]],
      table[picture.rgba[i + 1]],
      table[picture.rgba[i + 2]],
    ];
    const lab = labOfLinear(linear);
    linear.forEach((value, c) => channels[c].push(value));
    labs[0].push(lab.L);
    labs[1].push(lab.a);
    labs[2].push(lab.b);
  }
  const linear: LinearRgb = [median(channels[0]), median(channels[1]), median(channels[2])];
  const [L, a, b] = labs.map(robustSd);
  return { lab: labOfLinear(linear), linear, spread: { L, a, b }, pixels: inside.length };
}

/** Median of a non-empty list (mean of the middle two for an even count). */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** 1.4826 · median absolute deviation: equals the standard deviation for normal scatter. */
export function robustSd(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((v) => Math.abs(v - middle)));
}
