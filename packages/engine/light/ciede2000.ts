import type { Lab, White } from './colour.ts';

const degree = Math.PI / 180;
const pow25to7 = 25 ** 7;

/**
 * CIEDE2000 colour difference with unit weights (CIE 142-2001; Sharma, Wu, Dalal, Color Res. Appl. 30 (2005) 21).
 * Both colours must be under the same white: another white does not compile, and where the types know only "some
 * white" it throws `code: 'white-mismatch'`.
 */
export function deltaE00<W extends White>(a: Lab<W>, b: Lab<NoInfer<W>>): number {
  if (a.white !== b.white) {
    throw Object.assign(new Error(`colours under ${a.white} and ${b.white} cannot be subtracted`), {
      code: 'white-mismatch' as const,
    });
  }
  return ciede2000(a.L, a.a, a.b, b.L, b.a, b.b);
}

/** {@link deltaE00} on bare numbers, for loops. */
export function ciede2000(L1: number, a1: number, b1: number, L2: number, a2: number, b2: number): number {
  const meanC7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1 + 0.5 * (1 - Math.sqrt(meanC7 / (meanC7 + pow25to7)));
  const C1 = Math.hypot(stretch * a1, b1);
  const C2 = Math.hypot(stretch * a2, b2);
  const h1 = hueDegrees(stretch * a1, b1);
  const h2 = hueDegrees(stretch * a2, b2);

  const grey = C1 * C2 === 0;
  // Opposite hues leave the mean hue ambiguous. The published rule takes the plain mean when they differ by 180° or
  // less; rounding must not decide, so a difference within 1e-9° of 180° counts as exactly 180°.
  const oneSide = Math.abs(h1 - h2) <= 180 + 1e-9;
  let hueStep = h2 - h1;
  if (!oneSide) hueStep += h2 <= h1 ? 360 : -360;
  let meanH = (h1 + h2) / 2;
  if (!oneSide) meanH += h1 + h2 < 360 ? 180 : -180;
  if (grey) {
    hueStep = 0;
    meanH = h1 + h2;
  }

  const meanL = (L1 + L2) / 2;
  const meanC = (C1 + C2) / 2;
  const T =
    1 -
    0.17 * Math.cos((meanH - 30) * degree) +
    0.24 * Math.cos(2 * meanH * degree) +
    0.32 * Math.cos((3 * meanH + 6) * degree) -
    0.2 * Math.cos((4 * meanH - 63) * degree);
  const offset50 = (meanL - 50) ** 2;
  const SL = 1 + (0.015 * offset50) / Math.sqrt(20 + offset50);
  const SC = 1 + 0.045 * meanC;
  const SH = 1 + 0.015 * meanC * T;
  const meanStretchedC7 = meanC ** 7;
  const turn = 30 * Math.exp(-(((meanH - 275) / 25) ** 2));
  const RT = -2 * Math.sqrt(meanStretchedC7 / (meanStretchedC7 + pow25to7)) * Math.sin(2 * turn * degree);

  const l = (L2 - L1) / SL;
  const c = (C2 - C1) / SC;
  const h = (2 * Math.sqrt(C1 * C2) * Math.sin((hueStep / 2) * degree)) / SH;
  return Math.sqrt(Math.max(0, l * l + c * c + h * h + RT * c * h));
}

function hueDegrees(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const h = Math.atan2(b, a) / degree;
  return h < 0 ? h + 360 : h;
}
