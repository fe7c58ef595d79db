import { illuminantPower } from '../light/tables/illuminants.ts';
import { cameraSensitivities } from './tables/cameras.ts';

/** Relative spectral power of a CIE illuminant, 400 to 700 nm every 10 nm. */
export function lightOn10nm(name: keyof typeof illuminantPower): number[] {
  return Array.from({ length: 31 }, (_, i) => illuminantPower[name][4 + 2 * i]);
}

export const simulatedCameras = Object.keys(cameraSensitivities);

/** What a camera's three channels collect from a surface under a light: raw, linear, before white balance. */
export function rawRgb(
  camera: string,
  lightPower: readonly number[],
  reflectance01: readonly number[],
): [number, number, number] {
  const sum = (row: readonly number[]): number =>
    row.reduce((total, s, k) => total + s * lightPower[k] * reflectance01[k], 0);
  const [r, g, b] = cameraSensitivities[camera];
  return [sum(r), sum(g), sum(b)];
}

/**
 * White balance on a perfect white, exposure so that white reads `whiteLevel`, and nothing else: the linear picture
 * a raw converter gives before its colour matrix.
 */
export function balancedRgb(
  camera: string,
  lightPower: readonly number[],
  reflectance01: readonly number[],
  whiteLevel = 0.8,
): [number, number, number] {
  const white = rawRgb(
    camera,
    lightPower,
    Array.from({ length: 31 }, () => 1),
  );
  const seen = rawRgb(camera, lightPower, reflectance01);
  return [0, 1, 2].map((c) => (whiteLevel * seen[c]) / white[c]) as [number, number, number];
}
