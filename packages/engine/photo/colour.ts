import type { Lab } from '../light/index.ts';
import { linearTable, linearToSrgb } from './linear.ts';
import { clipBox, type Mask, type Picture, type Point } from './picture.ts';

/** Linear light in sRGB primaries, 1 = the white of the encoding. May leave 0..1 after a correction. */
export type LinearRgb = readonly [r: number, g: number, b: number];

/**
 * Rows X, Y, Z of linear sRGB, from the primaries and white of IEC 61966-2-1 (x 0.3127, y 0.3290), derived with
 * full precision so that white lands on a = b = 0.
 */
const xyzOfSrgb = [
  [0.41239079926595934, 0.357584339383878, 0.1804807884018343],
  [0.21263900587151027, 0.715168678767756, 0.07219231536073371],
  [0.01933081871559182, 0.11919477979462598, 0.9505321522496607],
] as const;
const srgbOfXyz = [
  [3.2409699419045226, -1.537383177570094, -0.4986107602930034],
  [-0.9692436362808796, 1.8759675015077202, 0.04155505740717559],
  [0.05563007969699366, -0.20397695888897652, 1.0569715142428786],
] as const;
const whiteX = 0.3127 / 0.329;
const whiteZ = (1 - 0.3127 - 0.329) / 0.329;

const epsilon = 216 / 24389;
const kappa = 24389 / 27;

/** CIELAB's compression of one tristimulus ratio. CIE 15:2018, equation 8.6. */
const compress = (t: number): number => (t > epsilon ? Math.cbrt(t) : (kappa * t + 16) / 116);
const expand = (f: number): number => (f > 6 / 29 ? f * f * f : (116 * f - 16) / kappa);

/** CIELAB under D65, 2-degree observer (sRGB's own white), of linear sRGB. CIE 15:2018, section 8.2. */
export function labOfLinear([r, g, b]: LinearRgb): Lab<'D65/2'> {
  const [mx, my, mz] = xyzOfSrgb;
  const fx = compress((mx[0] * r + mx[1] * g + mx[2] * b) / whiteX);
  const fy = compress(my[0] * r + my[1] * g + my[2] * b);
  const fz = compress((mz[0] * r + mz[1] * g + mz[2] * b) / whiteZ);
  return { white: 'D65/2', L: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz) };
}

/** The inverse of {@link labOfLinear}; colours outside the sRGB gamut leave 0..1. */
export function linearOfLab(lab: Lab<'D65/2'>): LinearRgb {
  const fy = (lab.L + 16) / 116;
  const x = expand(fy + lab.a / 500) * whiteX;
  const y = expand(fy);
  const z = expand(fy - lab.b / 200) * whiteZ;
  const row = (m: readonly [number, number, number]): number => m[0] * x + m[1] * y + m[2] * z;
  return [row(srgbOfXyz[0]), row(srgbOfXyz[1]), row(srgbOfXyz[2])];
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
