import { colorimeter, deltaE00, type Lab, labFromXyz, whitePoint, xyzUnder } from '../light/index.ts';
import { type ChartPatch, colorChecker24, type FoundChart, findColorChecker, spectralGrid } from './chart.ts';
import { type LinearRgb, labOfLinear } from './colour.ts';
import {
  type Correction,
  type CorrectionKind,
  correctedLab,
  fitCorrection,
  leaveOneOut,
  type Pair,
  residuals,
} from './correct.ts';
import type { Picture } from './picture.ts';
import { cameraSensitivities } from './tables/cameras.ts';
import { colorChecker24Reflectance } from './tables/colorchecker24.ts';
import { skinReflectance } from './tables/skins.ts';

/** A colour read from a photograph, with how far it may be off and why. */
export interface PhotoColour {
  readonly lab: Lab<'D65/2'>;
  /** One standard deviation of the colour against a contact instrument, ΔE00. */
  readonly sdDeltaE: number;
  readonly calibrated: boolean;
  readonly reason: string;
}

export interface CalibrateOptions {
  /** `none` does not look for a chart. */
  readonly chart?: 'auto' | 'colorchecker24' | 'none';
  /** Middle of one patch to the middle of the next, mm, for the scale: charts are sold in several sizes. */
  readonly pitchMm?: number;
  /** A camera of {@link knownCameras} whose raw data the picture holds linearly: skin then joins the fit. */
  readonly camera?: string;
  /** Relative spectral power of the light, 400 to 700 nm every 10 nm; needed with `camera`. */
  readonly lightPower?: readonly number[];
}

export interface Calibration {
  readonly calibrated: boolean;
  readonly chart?: FoundChart;
  readonly correction?: Correction;
  /** ΔE00 per patch after the correction; clipped patches are not fitted and carry `used: false`. */
  readonly residuals: readonly { readonly name: string; readonly deltaE00: number; readonly used: boolean }[];
  readonly meanResidual?: number;
  /** Mean ΔE00 of patches left out of the fit in turn. */
  readonly leftOutError?: number;
  /** Kinds tried, and what each did to patches left out. */
  readonly tried: readonly { readonly kind: CorrectionKind; readonly leftOutError: number }[];
  /** How far the light's grey lies from the encoding's white, ΔE*ab chroma: 0 neutral, above 15 a strong tint. */
  readonly lightTint?: number;
  readonly mmPerPx?: number;
  readonly mmPerPxRelativeSd?: number;
  /** One standard deviation of absolute skin colour after this calibration, ΔE00. */
  readonly sdDeltaE: number;
  /** One standard deviation of the difference patch minus surround in the same picture, ΔE00. */
  readonly differenceSdDeltaE: number;
  readonly reasons: readonly string[];
}

export const knownCameras = (): string[] => Object.keys(cameraSensitivities);

/**
 * Photographs against a contact colorimeter, median ΔE*ab: 17.8 uncalibrated, 6.4 with a chart (domain notes 4.2;
 * wound photographs). A median of a distance in three dimensions is about 1.54 standard deviations of one; skin
 * ΔE00 is about 0.6 of ΔE*ab. Rounded up.
 */
const uncalibratedSd = 10.5;
const chartSd = 3.6;

/** Finds the chart, fits the corrections, keeps the one that treats patches it has not seen best, and says how sure it is. */
export function calibrate(picture: Picture, options: CalibrateOptions = {}): Calibration {
  const chart = options.chart === 'none' ? undefined : findColorChecker(picture);
  if (!chart) {
    return {
      calibrated: false,
      residuals: [],
      tried: [],
      sdDeltaE: uncalibratedSd,
      differenceSdDeltaE: 2.5,
      reasons: [
        options.chart === 'none'
          ? 'No chart was looked for: colours are as the camera encoded them.'
          : 'No colour chart was found: colours are as the camera encoded them. Put a ColorChecker next to the skin, flat and in the same light.',
        'Uncalibrated photographs were 17.8 ΔE*ab (median) from a contact colorimeter; use the difference between patch and surround, or a colorimeter reading.',
      ],
    };
  }
  return calibrateFrom(chart, options);
}

/** As {@link calibrate}, from a chart already found (or its corners corrected by hand and read again). */
export function calibrateFrom(chart: FoundChart, options: CalibrateOptions = {}): Calibration {
  const reference = colorChecker24();
  const pairs: Pair[] = [];
  chart.patches.forEach((patch, i) => {
    if (!patch.clipped) pairs.push({ linear: patch.linear, xyz: reference[i].xyz });
  });
  const reasons: string[] = [];
  const tried: { kind: CorrectionKind; leftOutError: number }[] = [];
  for (const kind of ['linear', 'root2', 'root3'] as const) {
    const errors = leaveOneOut(kind, pairs);
    if (errors) tried.push({ kind, leftOutError: errors.reduce((s, v) => s + v, 0) / errors.length });
  }
  const best = tried.reduce<(typeof tried)[number] | undefined>(
    (a, b) => (!a || b.leftOutError < a.leftOutError * 0.95 ? b : a),
    undefined,
  );
  const skinPairs = trainedOnSkin(chart.patches, options);
  if (skinPairs.length > 0)
    reasons.push(`Fitted also on ${skinPairs.length} skin spectra as ${options.camera} sees them.`);
  const correction = best && fitCorrection(best.kind, [...pairs, ...skinPairs]);
  if (!best || !correction) {
    return {
      calibrated: false,
      chart,
      residuals: [],
      tried,
      sdDeltaE: uncalibratedSd,
      differenceSdDeltaE: 2.5,
      reasons: [
        'A chart was found but too few of its patches can be read (over- or underexposed); expose so that the white patch is not clipped.',
      ],
    };
  }
  const each = residuals(
    correction,
    chart.patches.map((patch, i) => ({ linear: patch.linear, xyz: reference[i].xyz })),
  );
  const used = chart.patches.map((patch) => !patch.clipped);
  const kept = each.filter((_, i) => used[i]);
  const meanResidual = kept.reduce((s, v) => s + v, 0) / kept.length;
  const clipped = used.filter((u) => !u).length;
  if (clipped > 0) reasons.push(`${clipped} of 24 patches are over- or underexposed and were left out.`);
  const grey = labOfLinear(scaleTo(chart.patches[20].linear));
  const lightTint = Math.hypot(grey.a, grey.b);
  if (lightTint > 12) {
    reasons.push(
      'The light is strongly tinted (warm lamp or coloured surroundings): absolute colour is 3 to 4 ΔE00 worse than in daylight; use daylight or a 5000-6500 K lamp of high CRI.',
    );
  }
  // Light other than daylight costs 1.5 to 3.5 ΔE00 on skin whatever the fit (52 simulated cameras, docs/science/calibration.md).
  const lightSd = Math.min(3.5, Math.max(0, lightTint - 6) * 0.12);
  const known = skinPairs.length > 0;
  const sdDeltaE = Math.hypot(known ? 0.6 : chartSd * 0.6, best.leftOutError * 0.5, lightSd);
  const base: Calibration = {
    calibrated: true,
    chart,
    correction,
    residuals: chart.patches.map((patch, i) => ({ name: patch.name, deltaE00: each[i], used: used[i] })),
    meanResidual,
    leftOutError: best.leftOutError,
    tried,
    lightTint,
    sdDeltaE,
    differenceSdDeltaE: Math.hypot(0.5, 0.25 * sdDeltaE),
    reasons,
  };
  if (!options.pitchMm) {
    return {
      ...base,
      reasons: [
        ...reasons,
        'The chart is sold in several sizes: measure from the middle of one patch to the middle of the next, in mm, to get a scale.',
      ],
    };
  }
  return { ...base, mmPerPx: options.pitchMm / chart.pitchPx, mmPerPxRelativeSd: 0.02 };
}

/** A corrected colour with its uncertainty; without a correction, the encoded colour and a plain warning. */
export function colourOf(calibration: Calibration, linear: LinearRgb): PhotoColour {
  const { correction, calibrated, sdDeltaE } = calibration;
  return {
    lab: correction ? correctedLab(correction, linear) : labOfLinear(linear),
    sdDeltaE,
    calibrated,
    reason: calibration.reasons.join(' '),
  };
}

export interface ColourDifference {
  readonly deltaE00: number;
  readonly deltaL: number;
  readonly deltaA: number;
  readonly deltaB: number;
  readonly sdDeltaE: number;
}

/**
 * Patch against its own surround in the same picture: most of what light and camera do wrong they do to both, so this
 * is the number to use. Components are patch minus surround.
 */
export function colourDifference(
  calibration: Calibration,
  patch: LinearRgb,
  surround: LinearRgb,
): ColourDifference {
  const p = colourOf(calibration, patch).lab;
  const s = colourOf(calibration, surround).lab;
  return {
    deltaE00: deltaE00(p, s),
    deltaL: p.L - s.L,
    deltaA: p.a - s.a,
    deltaB: p.b - s.b,
    sdDeltaE: calibration.differenceSdDeltaE,
  };
}

/** Linear light scaled so that green is 0.18: for judging tint apart from exposure. */
function scaleTo([r, g, b]: LinearRgb): LinearRgb {
  const k = 0.18 / Math.max(1e-6, g);
  return [r * k, 0.18, b * k];
}

/**
 * Skin as the known camera sees it under the known light, scaled to this picture's exposure by the chart's own
 * patches; weighted so that 50 skins count as much as 24 patches. Empty unless camera and light are both given.
 */
function trainedOnSkin(patches: readonly ChartPatch[], options: CalibrateOptions): Pair[] {
  const { camera, lightPower } = options;
  const rows = camera === undefined ? undefined : cameraSensitivities[camera];
  if (!rows || !lightPower) return [];
  const see = (reflectance: readonly number[]): [number, number, number] =>
    rows.map((row) => row.reduce((sum, s, k) => sum + s * lightPower[k] * reflectance[k], 0)) as [
      number,
      number,
      number,
    ];
  // One gain a channel ties the model to the picture (exposure, white balance).
  const gains = [0, 1, 2].map((c) => {
    let top = 0;
    let low = 0;
    patches.forEach((patch, i) => {
      if (patch.clipped) return;
      const seen = see(colorChecker24Reflectance[i])[c];
      top += (patch.linear[c] * seen) / (seen * seen);
      low += 1;
    });
    return low === 0 ? 0 : top / low;
  });
  const meter = colorimeter('D65/2', spectralGrid);
  const white = whitePoint('D65/2');
  return skinReflectance.map((reflectance) => {
    const seen = see(reflectance);
    const xyz = xyzUnder(meter, reflectance);
    const lightness = labFromXyz(xyz, white, 'D65/2').L;
    return {
      linear: [seen[0] * gains[0], seen[1] * gains[1], seen[2] * gains[2]],
      xyz,
      // Light skins are many and dark ones few in the set: level them.
      weight: lightness < 50 ? 2 : 0.5,
    };
  });
}
