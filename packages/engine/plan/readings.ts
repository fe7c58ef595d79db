import { adaptLab, deltaE00, type Lab, type NamedWhite } from '../light/index.ts';
import { type LinearRgb, labOfLinear, linearOfLab } from '../photo/index.ts';
import type { SkinSamples } from '../region/index.ts';
import type { Reading } from '../skin/index.ts';
import type { Rgb3 } from './border.ts';
import type { ColourStatement, PlainReading, SampleStatement } from './document.ts';

/** Readings of the place to be treated and of what it shall look like, typed from an instrument. */
export interface TypedReadings {
  readonly patch: Reading;
  readonly surround: Reading;
  /** The surround in its tanned season. */
  readonly tanned?: Reading;
}

/** Multiplies linear sRGB by a 3 x 3 matrix, row by row; absent when the photo is not calibrated. */
export type ColourMatrix = readonly number[];

/**
 * Said of a photo without a chart. The published comparison (domain reference 4.3 [45]) found a median error of
 * 17.8 and 23 ΔE*ab to a spectrophotometer without calibration.
 */
export const uncalibrated: ColourStatement = {
  calibrated: false,
  method: 'none: read as sRGB',
  absoluteSdDeltaE: 18,
  differenceSdDeltaE: 3,
  statement:
    'No colour chart was found. Colours of this photo taken alone can be wrong by about 18 ΔE (published median without a chart: 17.8 and 23). The difference between the region and the skin beside it is far more reliable, and it is what the plan uses; measure both with a colorimeter before mixing.',
};

export function applyMatrix(linear: LinearRgb, matrix: ColourMatrix | undefined): LinearRgb {
  if (!matrix) return linear;
  const row = (i: number) => matrix[i] * linear[0] + matrix[i + 1] * linear[1] + matrix[i + 2] * linear[2];
  return [row(0), row(3), row(6)];
}

/** Lightness that human skin, bare of melanin or full of it, is plausibly photographed at. */
const plausibleL = { low: 30, high: 76 };

/**
 * Readings from the photo: the region's own colour, and what the skin across its border would look like in the same
 * light (region times exp(offset)). Without a chart the exposure is unknown: when the region comes out lighter than
 * skin without melanin, or darker than any, both are scaled by one factor to the nearer limit.
 */
export function photoReadings(
  region: LinearRgb,
  lnOffset: Rgb3,
  colour: ColourStatement,
  matrix: ColourMatrix | undefined,
): { patch: Reading; surround: Reading; exposureFactor: number } {
  const patchLinear = applyMatrix(region, matrix);
  const raw: [number, number, number] = [0, 1, 2].map((c) => region[c] * Math.exp(lnOffset[c])) as [
    number,
    number,
    number,
  ];
  const surroundLinear = applyMatrix(raw, matrix);
  const lightness = labOfLinear(patchLinear).L;
  let factor = 1;
  if (!colour.calibrated && (lightness > plausibleL.high || lightness < plausibleL.low)) {
    const wanted = lightness > plausibleL.high ? plausibleL.high : plausibleL.low;
    factor = ((wanted + 16) / (lightness + 16)) ** 3;
  }
  const scaled = (linear: LinearRgb): LinearRgb => [
    linear[0] * factor,
    linear[1] * factor,
    linear[2] * factor,
  ];
  const reading = (linear: LinearRgb): Reading => ({
    kind: 'lab',
    lab: labOfLinear(scaled(linear)),
    instrument: 'camera',
    sdLab: colour.differenceSdDeltaE,
  });
  return { patch: reading(patchLinear), surround: reading(surroundLinear), exposureFactor: factor };
}

export function plainReading(reading: Reading): PlainReading {
  if (reading.kind === 'lab') return reading;
  const { reflectance01, ...rest } = reading;
  return {
    ...rest,
    startNm: reflectance01.startNm,
    stepNm: reflectance01.stepNm,
    reflectance01: Array.from(reflectance01.values),
  };
}

/** The inverse of {@link plainReading}. */
export function readingOf(plain: PlainReading): Reading {
  if (plain.kind === 'lab') return plain;
  const { startNm, stepNm, reflectance01, ...rest } = plain;
  return { ...rest, reflectance01: { startNm, stepNm, values: Float64Array.from(reflectance01) } };
}

/** Light of a colour over that of another, per channel of linear sRGB, as seen adapted to D65. */
export function relativeRgb(of: Lab<NamedWhite>, over: Lab<NamedWhite>): [number, number, number] {
  const a = linearOfLab(adaptLab(of, 'D65/2'));
  const b = linearOfLab(adaptLab(over, 'D65/2'));
  // Outside the sRGB gamut a channel can vanish; a tenth of a percent keeps the ratio finite.
  return [0, 1, 2].map((c) => Math.max(a[c], 1e-3) / Math.max(b[c], 1e-3)) as [number, number, number];
}

/** What the document says about the samples. */
export function sampleStatement(
  samples: SkinSamples | undefined,
  difference: { readonly patch: LinearRgb; readonly lnOffset: Rgb3; readonly sd: Rgb3 } | undefined,
  colour: ColourStatement,
  used: SampleStatement['used'],
): SampleStatement {
  const sampled = (sample: SkinSamples['patch']) => ({
    lab: sample.lab,
    pixels: sample.pixels,
    sdDeltaE: colour.absoluteSdDeltaE,
  });
  const healed = difference?.patch.map(
    (v, c) => v * Math.exp(difference.lnOffset[c]),
  ) as unknown as LinearRgb;
  return {
    ...(samples
      ? {
          patch: sampled(samples.patch),
          ...(samples.edge ? { edge: sampled(samples.edge) } : {}),
          distant: {
            ...sampled(samples.surround),
            distancePx: (samples.surroundDistance.fromPx + samples.surroundDistance.toPx) / 2,
            ...(samples.surroundDistance.mm === undefined ? {} : { distanceMm: samples.surroundDistance.mm }),
          },
        }
      : {}),
    ...(difference
      ? {
          difference: {
            deltaE00: deltaE00(labOfLinear(difference.patch), labOfLinear(healed)),
            lnLinearRgb: difference.lnOffset.map((v) => -v),
            sd: [...difference.sd],
          },
        }
      : {}),
    used,
  };
}
