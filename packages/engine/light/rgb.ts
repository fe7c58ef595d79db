import type { Lab, Xyz } from './colour.ts';
import { labFromXyz, whitePoint, xyzFromLab } from './colour.ts';

/** Red, green and blue, 0..1 inside the gamut; encoded for the display unless a name says linear. */
export type Rgb = readonly [red: number, green: number, blue: number];

export type RgbSpace = 'srgb' | 'display-p3';

// IEC 61966-2-1 and SMPTE EG 432-1: chromaticities of red, green, blue; both spaces have white D65.
const primaries: Record<RgbSpace, readonly [number, number][]> = {
  srgb: [
    [0.64, 0.33],
    [0.3, 0.6],
    [0.15, 0.06],
  ],
  'display-p3': [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
};

type Matrix = readonly number[];

function inverse3(m: Matrix): Matrix {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ].map((x) => x / det);
}

function times(m: Matrix, x: number, y: number, z: number): [number, number, number] {
  const row = (i: number) => (m[i] ?? 0) * x + (m[i + 1] ?? 0) * y + (m[i + 2] ?? 0) * z;
  return [row(0), row(3), row(6)];
}

/** Linear RGB to XYZ: columns are the primaries, scaled so that (1, 1, 1) is exactly our D65/2 white. */
function toXyzMatrix(space: RgbSpace): Matrix {
  const [red = [0, 1], green = [0, 1], blue = [0, 1]] = primaries[space];
  const columns = [red, green, blue].map(([x, y]) => [x / y, 1, (1 - x - y) / y]);
  const plain = [0, 1, 2].flatMap((axis) => columns.map((column) => column[axis] ?? 0));
  const white = whitePoint('D65/2');
  const scale = times(inverse3(plain), white.X, white.Y, white.Z);
  return plain.map((value, i) => value * (scale[i % 3] ?? 0));
}

const matrices: Record<RgbSpace, { readonly toXyz: Matrix; readonly fromXyz: Matrix }> = {
  srgb: { toXyz: toXyzMatrix('srgb'), fromXyz: inverse3(toXyzMatrix('srgb')) },
  'display-p3': { toXyz: toXyzMatrix('display-p3'), fromXyz: inverse3(toXyzMatrix('display-p3')) },
};

/** Encoded value 0..1 to linear light 0..1; both spaces share this curve. Odd about zero. */
export function decodeRgb(encoded01: number): number {
  const v = Math.abs(encoded01);
  return Math.sign(encoded01) * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
}

/** Linear light 0..1 to the encoded value 0..1. Odd about zero. */
export function encodeRgb(linear01: number): number {
  const v = Math.abs(linear01);
  return Math.sign(linear01) * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);
}

/** Linear RGB to tristimulus values, Y of white = 1, observer 2°, white D65. */
export function xyzFromLinearRgb([red, green, blue]: Rgb, space: RgbSpace = 'srgb'): Xyz {
  const [X, Y, Z] = times(matrices[space].toXyz, red, green, blue);
  return { X, Y, Z };
}

export function linearRgbFromXyz(xyz: Xyz, space: RgbSpace = 'srgb'): Rgb {
  return times(matrices[space].fromXyz, xyz.X, xyz.Y, xyz.Z);
}

/** Encoded RGB (0..1) to L*a*b*. */
export function labFromRgb([red, green, blue]: Rgb, space: RgbSpace = 'srgb'): Lab<'D65/2'> {
  const xyz = xyzFromLinearRgb([decodeRgb(red), decodeRgb(green), decodeRgb(blue)], space);
  return labFromXyz(xyz, whitePoint('D65/2'), 'D65/2');
}

/** L*a*b* to encoded RGB. Values outside 0..1 mean that the display cannot show the colour; clamp to draw. */
export function rgbFromLab(lab: Lab<'D65/2'>, space: RgbSpace = 'srgb'): Rgb {
  const [red, green, blue] = linearRgbFromXyz(xyzFromLab(lab, whitePoint('D65/2')), space);
  return [encodeRgb(red), encodeRgb(green), encodeRgb(blue)];
}
