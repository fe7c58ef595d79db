import type { LinearRgb } from './colour.ts';
import { solveLinear } from './homography.ts';

/**
 * How a camera bent the tones of a picture after its sensor, channel by channel: the logarithm of the light as a
 * polynomial of the logarithm of what the file says. A phone does this to every JPEG; light by the file's own encoding is
 * then not proportional to the light that came in.
 */
export interface Tone {
  /** Per channel c0 to c3: ln light = c0 + c1 t + c2 t² + c3 t³, t = ln value. */
  readonly curves: readonly (readonly number[])[];
  /** Values between which greys were seen; beyond, the curve goes on straight. */
  readonly from: LinearRgb;
  readonly to: LinearRgb;
}

/** A grey of known reflectance and what the picture says of it. */
export interface SeenGrey {
  readonly linear: LinearRgb;
  readonly reflectance01: number;
}

/** Below this, greys lie on a straight line as well as 8 bits and noise let them. */
const straightRms = 0.04;

/** How far greys lie from proportion, as a share of their light (root mean square of logarithms, worst channel). */
export function toneBend(greys: readonly SeenGrey[]): number {
  const channel = (c: number) => {
    const off = greys.map(({ linear, reflectance01 }) => Math.log(Math.max(1e-6, linear[c]) / reflectance01));
    const mean = off.reduce((a, b) => a + b, 0) / off.length;
    return Math.sqrt(off.reduce((sum, v) => sum + (v - mean) ** 2, 0) / off.length);
  };
  return greys.length === 0 ? 0 : Math.max(channel(0), channel(1), channel(2));
}

/**
 * The curve through a grey ramp; undefined where the ramp is straight (then nothing is to be undone, and undoing would add
 * noise), has fewer than five greys, or gives a curve that turns back.
 */
export function toneOf(greys: readonly SeenGrey[]): Tone | undefined {
  if (greys.length < 5 || toneBend(greys) < straightRms) return undefined;
  const curves: number[][] = [];
  const ends: [number, number][] = [];
  for (const c of [0, 1, 2]) {
    const points = greys
      .map(({ linear, reflectance01 }) => ({
        t: Math.log(Math.max(1e-6, linear[c])),
        y: Math.log(reflectance01),
      }))
      .sort((a, b) => a.t - b.t);
    const curve = polynomial(points, points.length >= 6 ? 3 : 2);
    if (!curve) return undefined;
    const [first, last] = [points[0].t, points[points.length - 1].t];
    for (let n = 0; n <= 20; n++)
      if (slopeAt(curve, first + ((last - first) * n) / 20) <= 0.1) return undefined;
    curves.push(curve);
    ends.push([Math.exp(first), Math.exp(last)]);
  }
  return {
    curves,
    from: [ends[0][0], ends[1][0], ends[2][0]],
    to: [ends[0][1], ends[1][1], ends[2][1]],
  };
}

/** Light in proportion to what came in; 1 is a perfect white. */
export function straightened({ curves, from, to }: Tone, linear: LinearRgb): [number, number, number] {
  const channel = (c: 0 | 1 | 2) => {
    if (linear[c] <= 0) return 0;
    const t = Math.log(linear[c]);
    const held = Math.min(Math.log(to[c]), Math.max(Math.log(from[c]), t));
    const [c0, c1, c2, c3 = 0] = curves[c];
    const y = c0 + held * (c1 + held * (c2 + held * c3));
    return Math.exp(y + (t - held) * slopeAt(curves[c], held));
  };
  return [channel(0), channel(1), channel(2)];
}

const slopeAt = ([, c1, c2, c3 = 0]: readonly number[], t: number): number => c1 + t * (2 * c2 + 3 * c3 * t);

function polynomial(
  points: readonly { readonly t: number; readonly y: number }[],
  degree: number,
): number[] | undefined {
  const size = degree + 1;
  const gram = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => points.reduce((sum, { t }) => sum + t ** (i + j), 0)),
  );
  return solveLinear(
    gram,
    Array.from({ length: size }, (_, i) => points.reduce((sum, { t, y }) => sum + y * t ** i, 0)),
  );
}
