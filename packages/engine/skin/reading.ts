import type { Lab, NamedWhite, Spectrum } from '../light/index.ts';
import { fresnelFromInside } from './quadrature.ts';
import { skinRefractiveIndex } from './skin-parameters.ts';

/**
 * How a reading was taken. Sphere with and without gloss, 45/0, contact colorimeter and camera see different light
 * and are never mixed silently: a reading says which it is.
 */
export type InstrumentGeometry = 'sphere-sci' | 'sphere-sce' | '45/0' | 'contact-colorimeter' | 'camera';

/** A measured reflectance factor, 0..1, covering 400 to 700 nm on any regular grid. */
export interface SpectrumReading {
  readonly kind: 'spectrum';
  readonly reflectance01: Spectrum;
  readonly instrument: InstrumentGeometry;
  /** Standard deviation of each value beyond the 0.003 that a fit allows anyway; default 0. */
  readonly sd01?: number;
}

/** A measured colour. The white point names illuminant and observer. */
export interface LabReading {
  readonly kind: 'lab';
  readonly lab: Lab<NamedWhite>;
  readonly instrument: InstrumentGeometry;
  /** Standard deviation of each of L*, a*, b*; default {@link usualLabSd}. Must cover errors of the photograph. */
  readonly sdLab?: number;
}

export type Reading = SpectrumReading | LabReading;

/**
 * Standard deviation assumed for L*, a*, b* of a reading that does not state its own: bench spectrophotometers repeat
 * best, a contact head presses blood away, a photograph carries its calibration's error.
 */
export function usualLabSd(instrument: InstrumentGeometry): number {
  if (instrument === 'camera') return 2;
  return instrument === 'contact-colorimeter' ? 0.5 : 0.2;
}

/** Surface reflectance of skin at normal incidence, 0.028: what gloss adds to a reading that includes it. */
export const glossReflectance01 = fresnelFromInside(skinRefractiveIndex, 1);

/**
 * What has to be added to a reading to make it total reflectance. A reading without gloss is taken to miss exactly
 * the surface reflection; how 45/0 and contact heads differ from a sphere beyond that is not modelled.
 */
export function missingGloss01(instrument: InstrumentGeometry): number {
  return instrument === 'sphere-sci' ? 0 : glossReflectance01;
}

export type ReadingCheck =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'spectrum-too-narrow' | 'value-out-of-range' | 'impossible-lab';
      readonly message: string;
      readonly field: string;
    };

/** Whether a reading can be fitted; a refusal says what is wrong, where, and what to do. */
export function checkReading(reading: Reading): ReadingCheck {
  if (reading.kind === 'spectrum') {
    const { startNm, stepNm, values } = reading.reflectance01;
    const endNm = startNm + stepNm * (values.length - 1);
    if (!(startNm <= 400 && endNm >= 700)) {
      return {
        ok: false,
        reason: 'spectrum-too-narrow',
        message: `The spectrum covers ${startNm} to ${endNm} nm; 400 to 700 nm are needed. Export the full visible range.`,
        field: 'reflectance01',
      };
    }
    const bad = values.findIndex((value) => !(value >= 0 && value <= 1.2));
    if (bad >= 0) {
      return {
        ok: false,
        reason: 'value-out-of-range',
        message: `Reflectance at ${startNm + bad * stepNm} nm is ${values[bad]}; it must lie between 0 and 1. Divide percent by 100.`,
        field: 'reflectance01',
      };
    }
    return { ok: true };
  }
  const { L, a, b } = reading.lab;
  if (!(L > 0 && L <= 100 && Math.abs(a) <= 60 && Math.abs(b) <= 60)) {
    return {
      ok: false,
      reason: 'impossible-lab',
      message: `L* ${L}, a* ${a}, b* ${b} cannot be skin; L* lies between 0 and 100, a* and b* within ±60. Check the reading.`,
      field: 'lab',
    };
  }
  return { ok: true };
}
