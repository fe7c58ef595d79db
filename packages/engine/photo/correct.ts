import { deltaE00, type Lab, labFromXyz, whitePoint, type Xyz } from '../light/index.ts';
import type { LinearRgb } from './colour.ts';
import { solveLinear } from './homography.ts';
import { straightened, type Tone } from './tone.ts';

/** Nine numbers, rows first. */
export type Matrix3 = readonly number[];

export function multiply(m: Matrix3, [r, g, b]: LinearRgb): [number, number, number] {
  return [m[0] * r + m[1] * g + m[2] * b, m[3] * r + m[4] * g + m[5] * b, m[6] * r + m[7] * g + m[8] * b];
}

/**
 * What turns linear camera RGB into XYZ under D65/2. `linear`: a 3x3 matrix. `root2`, `root3`: root polynomials of
 * degree 2 and 3, which keep exposure invariance (Finlayson, Mackiewicz, Hurlbert, IEEE TIP 24 (2015) 1460).
 */
export type CorrectionKind = 'linear' | 'root2' | 'root3';

export interface Correction {
  readonly kind: CorrectionKind;
  /** Undone first, where the camera bent tones. */
  readonly tone?: Tone;
  /** Three rows of one weight per term of {@link termsOf}. */
  readonly weights: readonly (readonly number[])[];
}

/** The terms each kind multiplies. All scale with exposure. */
export function termsOf(kind: CorrectionKind, [red, green, blue]: LinearRgb): number[] {
  const r = Math.max(0, red);
  const g = Math.max(0, green);
  const b = Math.max(0, blue);
  if (kind === 'linear') return [red, green, blue];
  const second = [red, green, blue, Math.sqrt(r * g), Math.sqrt(g * b), Math.sqrt(r * b)];
  if (kind === 'root2') return second;
  return [
    ...second,
    Math.cbrt(r * g * g),
    Math.cbrt(g * b * b),
    Math.cbrt(r * b * b),
    Math.cbrt(g * r * r),
    Math.cbrt(b * g * g),
    Math.cbrt(b * r * r),
    Math.cbrt(r * g * b),
  ];
}

export function correct(correction: Correction, linear: LinearRgb): Xyz {
  const terms = termsOf(correction.kind, correction.tone ? straightened(correction.tone, linear) : linear);
  const [X, Y, Z] = correction.weights.map((row) => row.reduce((sum, w, i) => sum + w * terms[i], 0));
  return { X, Y, Z };
}

const d65 = whitePoint('D65/2');

export function correctedLab(correction: Correction, linear: LinearRgb): Lab<'D65/2'> {
  return labFromXyz(correct(correction, linear), d65, 'D65/2');
}

/** A colour seen and what it should be. `weight` defaults to 1. */
export interface Pair {
  readonly linear: LinearRgb;
  readonly xyz: Xyz;
  readonly weight?: number;
}

/**
 * Least squares in a space near CIELAB: errors in X, Y, Z are divided by the slope of the cube root at the target, so
 * that dark and light patches count as the eye counts them. A little ridge keeps the higher terms quiet.
 * `undefined` with fewer pairs than terms, or when they do not determine the weights.
 */
export function fitCorrection(kind: CorrectionKind, pairs: readonly Pair[]): Correction | undefined {
  const count = termsOf(kind, [1, 1, 1]).length;
  if (pairs.length < count) return undefined;
  const scale = pairs.reduce((s, { linear }) => s + linear[1], 0) / pairs.length || 1;
  const weights: number[][] = [];
  for (const axis of ['X', 'Y', 'Z'] as const) {
    const normal = Array.from({ length: count }, () => Array.from({ length: count }, () => 0));
    const right = Array.from({ length: count }, () => 0);
    for (const { linear, xyz, weight = 1 } of pairs) {
      const terms = termsOf(kind, [linear[0] / scale, linear[1] / scale, linear[2] / scale]);
      const target = xyz[axis] / d65[axis];
      // d(cube root of t)/dt = t^(-2/3)/3; floored where the eye's curve turns linear.
      const w = weight * Math.max(target, 0.01) ** (-4 / 3);
      for (let i = 0; i < count; i++) {
        right[i] += w * terms[i] * target;
        for (let j = 0; j < count; j++) normal[i][j] += w * terms[i] * terms[j];
      }
    }
    const ridge = { linear: 0, root2: 1e-5, root3: 1e-4 }[kind];
    const trace = normal.reduce((s, row, i) => s + row[i], 0) / count;
    for (let i = 0; i < count; i++) normal[i][i] += ridge * trace;
    const solved = solveLinear(normal, right);
    if (!solved) return undefined;
    weights.push(solved.map((v) => (v * d65[axis]) / scale));
  }
  return { kind, weights };
}

/** The plain 3x3 of {@link fitCorrection}, as nine numbers. */
export function fitLinear3x3(samples: readonly LinearRgb[], targets: readonly Xyz[]): Matrix3 | undefined {
  const fitted = fitCorrection(
    'linear',
    samples.map((linear, i) => ({ linear, xyz: targets[i] })),
  );
  return fitted?.weights.flat();
}

/** ΔE00 of each pair after a correction. */
export function residuals(correction: Correction, pairs: readonly Pair[]): number[] {
  return pairs.map(({ linear, xyz }) =>
    deltaE00(correctedLab(correction, linear), labFromXyz(xyz, d65, 'D65/2')),
  );
}

/**
 * Mean ΔE00 of each pair when it is left out of the fit: what the correction does to a colour it has not seen.
 * `undefined` when any of the fits fails.
 */
export function leaveOneOut(kind: CorrectionKind, pairs: readonly Pair[]): number[] | undefined {
  const errors: number[] = [];
  for (let i = 0; i < pairs.length; i++) {
    const fitted = fitCorrection(
      kind,
      pairs.filter((_, k) => k !== i),
    );
    if (!fitted) return undefined;
    errors.push(...residuals(fitted, [pairs[i]]));
  }
  return errors;
}
