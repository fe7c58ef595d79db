import type { Resampler, SpectralGrid, Spectrum } from './spectrum.ts';
import { gridOf, resample, resampler } from './spectrum.ts';
import { illuminantPower } from './tables/illuminants.ts';
import { matchingFunctions } from './tables/observers.ts';

/** CIE 1931 2° or CIE 1964 10° standard observer. */
export type Observer = '2' | '10';
export type IlluminantName = keyof typeof illuminantPower;
export type NamedWhite = `${IlluminantName}/${Observer}`;
/** A light that CIE does not name, such as the measured lamp of a treatment room. */
export type CustomWhite = `custom:${string}/${Observer}`;
/** The white point is part of the type: two colours under different whites cannot be subtracted. */
export type White = NamedWhite | CustomWhite;

/** CIE tristimulus values; Y of the perfect diffuser is 1. */
export interface Xyz {
  readonly X: number;
  readonly Y: number;
  readonly Z: number;
}

/** CIE 1976 L*a*b* relative to `white`. L 0..100. */
export interface Lab<W extends White = White> {
  readonly white: W;
  readonly L: number;
  readonly a: number;
  readonly b: number;
}

/** Lightness, chroma and hue angle in degrees, 0..360. */
export interface Lch<W extends White = White> {
  readonly white: W;
  readonly L: number;
  readonly C: number;
  readonly hDegrees: number;
}

/** The grid on which colours are summed (CIE 015: 5 nm over 380 to 780 nm). */
export const colourGrid: SpectralGrid = { startNm: 380, stepNm: 5, count: 81 };

export function isNamedWhite(text: string): text is NamedWhite {
  const [illuminant, observer, ...rest] = text.split('/');
  return (
    rest.length === 0 &&
    illuminant !== undefined &&
    illuminant in illuminantPower &&
    (observer === '2' || observer === '10')
  );
}

/** A light with its observer, ready to turn reflectance spectra on one grid into colours. */
export interface Colorimeter<W extends White = White> {
  readonly white: W;
  readonly whiteXyz: Xyz;
  readonly grid: SpectralGrid;
  /** Three rows of `grid.count` weights: X, Y, Z are their products with a reflectance on `grid`. */
  readonly weights: Float64Array;
}

export function illuminantSpectrum(name: IlluminantName): Spectrum {
  return {
    startNm: colourGrid.startNm,
    stepNm: colourGrid.stepNm,
    values: Float64Array.from(illuminantPower[name]),
  };
}

/** The colorimeter of a CIE illuminant for reflectances (0..1) on `grid`. Make it once, use it in loops. */
export function colorimeter<W extends NamedWhite>(white: W, grid: SpectralGrid): Colorimeter<W> {
  const [name, observer] = white.split('/') as [IlluminantName, Observer];
  return weigh(white, observer, illuminantPower[name], grid);
}

/**
 * The colorimeter of a measured light, named by the caller. `power` is relative spectral power on any regular
 * grid; outside its range the ends are held, so it should cover 380 to 780 nm.
 */
export function customColorimeter<N extends string, O extends Observer>(
  name: N,
  power: Spectrum,
  observer: O,
  grid: SpectralGrid,
): Colorimeter<`custom:${N}/${O}`> {
  return weigh(`custom:${name}/${observer}`, observer, resample(power, colourGrid).values, grid);
}

/**
 * Reflectance on `grid` is interpolated to the 5 nm of the tables and summed there; both steps are linear, so they
 * fold into three rows of weights (the reasoning of ASTM E308 and E2022).
 */
function weigh<W extends White>(
  white: W,
  observer: Observer,
  power: ArrayLike<number>,
  grid: SpectralGrid,
): Colorimeter<W> {
  const rule: Resampler = resampler(grid, colourGrid);
  const weights = new Float64Array(3 * grid.count);
  const total = [0, 0, 0];
  matchingFunctions[observer].forEach((matching, axis) => {
    for (let k = 0; k < colourGrid.count; k++) {
      const share = (power[k] ?? 0) * (matching[k] ?? 0);
      total[axis] = (total[axis] ?? 0) + share;
      for (let i = 0; i < grid.count; i++) {
        const at = axis * grid.count + i;
        weights[at] = (weights[at] ?? 0) + share * (rule.weights[k * grid.count + i] ?? 0);
      }
    }
  });
  const [X = 0, Y = 1, Z = 0] = total;
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) / Y;
  return { white, whiteXyz: { X: X / Y, Y: 1, Z: Z / Y }, grid, weights };
}

/** Tristimulus values of a reflectance (0..1) given on the colorimeter's own grid. */
export function xyzUnder(meter: Colorimeter, reflectance01: ArrayLike<number>): Xyz {
  const n = meter.grid.count;
  let X = 0;
  let Y = 0;
  let Z = 0;
  for (let i = 0; i < n; i++) {
    const r = reflectance01[i] ?? 0;
    X += (meter.weights[i] ?? 0) * r;
    Y += (meter.weights[n + i] ?? 0) * r;
    Z += (meter.weights[2 * n + i] ?? 0) * r;
  }
  return { X, Y, Z };
}

/** L*a*b* of a reflectance (0..1) given on the colorimeter's own grid. */
export function labUnder<W extends White>(meter: Colorimeter<W>, reflectance01: ArrayLike<number>): Lab<W> {
  return labFromXyz(xyzUnder(meter, reflectance01), meter.whiteXyz, meter.white);
}

/** L*a*b* of a reflectance spectrum (0..1) under a CIE white. For many spectra make a {@link colorimeter} once. */
export function labOf<W extends NamedWhite>(reflectance01: Spectrum, white: W): Lab<W> {
  return labUnder(colorimeter(white, gridOf(reflectance01)), reflectance01.values);
}

/** Tristimulus values of a CIE white, Y = 1, summed on the 5 nm tables. */
export function whitePoint(white: NamedWhite): Xyz {
  return colorimeter(white, colourGrid).whiteXyz;
}

// CIE 15:2018, 8.2.1: the exact fractions (6/29)^3 and (29/6)^2/3.
const labThreshold = 216 / 24389;
const labSlope = 841 / 108;
const labOffset = 4 / 29;

function labF(t: number): number {
  return t > labThreshold ? Math.cbrt(t) : labSlope * t + labOffset;
}

function labInverseF(f: number): number {
  return f > 6 / 29 ? f * f * f : (f - labOffset) / labSlope;
}

export function labFromXyz<W extends White>(xyz: Xyz, whiteXyz: Xyz, white: W): Lab<W> {
  const fx = labF(xyz.X / whiteXyz.X);
  const fy = labF(xyz.Y / whiteXyz.Y);
  const fz = labF(xyz.Z / whiteXyz.Z);
  return { white, L: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz) };
}

export function xyzFromLab(lab: Pick<Lab, 'L' | 'a' | 'b'>, whiteXyz: Xyz): Xyz {
  const fy = (lab.L + 16) / 116;
  return {
    X: whiteXyz.X * labInverseF(fy + lab.a / 500),
    Y: whiteXyz.Y * labInverseF(fy),
    Z: whiteXyz.Z * labInverseF(fy - lab.b / 200),
  };
}

export function lchOf<W extends White>(lab: Lab<W>): Lch<W> {
  const degrees = (Math.atan2(lab.b, lab.a) * 180) / Math.PI;
  return {
    white: lab.white,
    L: lab.L,
    C: Math.hypot(lab.a, lab.b),
    hDegrees: degrees < 0 ? degrees + 360 : degrees,
  };
}

export function labFromLch<W extends White>(lch: Lch<W>): Lab<W> {
  const radians = (lch.hDegrees * Math.PI) / 180;
  return { white: lch.white, L: lch.L, a: lch.C * Math.cos(radians), b: lch.C * Math.sin(radians) };
}

/**
 * Individual typology angle atan((L* - 50) / b*) in degrees (Chardon, Cretois, Hourseau 1991): above 55 very light,
 * 41 light, 28 intermediate, 10 tan, -30 brown, below dark. Defined for b* > 0, where all skin lies.
 */
export function itaDegrees(lab: Pick<Lab, 'L' | 'b'>): number {
  return (Math.atan2(lab.L - 50, lab.b) * 180) / Math.PI;
}

// Bradford cone responses (Lam 1985; ICC.1:2022, annex E).
const bradford = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
const bradfordInverse = [
  0.9869929, -0.1470543, 0.1599627, 0.4323053, 0.5183603, 0.0492912, -0.0085287, 0.0400428, 0.9684867,
];

function times(m: readonly number[], x: number, y: number, z: number): [number, number, number] {
  const row = (i: number) => (m[i] ?? 0) * x + (m[i + 1] ?? 0) * y + (m[i + 2] ?? 0) * z;
  return [row(0), row(3), row(6)];
}

/**
 * The colour that looks alike under another white, by the linear Bradford transform. For showing colours on a
 * screen; it does not predict what a surface measures under the other light, which needs its spectrum.
 */
export function adaptLab<W extends NamedWhite>(lab: Lab<NamedWhite>, to: W): Lab<W> {
  const from = whitePoint(lab.white);
  const target = whitePoint(to);
  const xyz = xyzFromLab(lab, from);
  const [l1, m1, s1] = times(bradford, from.X, from.Y, from.Z);
  const [l2, m2, s2] = times(bradford, target.X, target.Y, target.Z);
  const [l, m, s] = times(bradford, xyz.X, xyz.Y, xyz.Z);
  const [X, Y, Z] = times(bradfordInverse, (l * l2) / l1, (m * m2) / m1, (s * s2) / s1);
  return labFromXyz({ X, Y, Z }, target, to);
}
