import { adaptLab, deltaE00, type Lab, type NamedWhite } from '../light/index.ts';
import { type Calibration, colourOf, type LinearRgb, labOfLinear, linearOfLab } from '../photo/index.ts';
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

/** What a document says about the photo's colours. */
export function colourStatement(calibration: Calibration): ColourStatement {
  const { calibrated, chart, correction, sdDeltaE, differenceSdDeltaE, reasons } = calibration;
  return {
    calibrated,
    method: chart && correction ? `${chart.kind}, ${correction.kind} correction` : 'none: read as sRGB',
    absoluteSdDeltaE: sdDeltaE,
    differenceSdDeltaE,
    statement: reasons.join(' '),
  };
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
  calibration: Calibration,
): { patch: Reading; surround: Reading; exposureFactor: number } {
  const surround: LinearRgb = [
    region[0] * Math.exp(lnOffset[0]),
    region[1] * Math.exp(lnOffset[1]),
    region[2] * Math.exp(lnOffset[2]),
  ];
  const lightness = colourOf(calibration, region).lab.L;
  let factor = 1;
  if (!calibration.calibrated && (lightness > plausibleL.high || lightness < plausibleL.low)) {
    const wanted = lightness > plausibleL.high ? plausibleL.high : plausibleL.low;
    factor = ((wanted + 16) / (lightness + 16)) ** 3;
  }
  const reading = ([r, g, b]: LinearRgb): Reading => ({
    kind: 'lab',
    lab: colourOf(calibration, [r * factor, g * factor, b * factor]).lab,
    instrument: 'camera',
    sdLab: calibration.differenceSdDeltaE,
  });
  return { patch: reading(region), surround: reading(surround), exposureFactor: factor };
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
