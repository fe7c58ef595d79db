import { type Colorimeter, type Lab, labFromXyz, type NamedWhite } from '../light/index.ts';
import { skinGrid } from '../skin/index.ts';
import { type DoseTable, tableReflectance } from './dose-table.ts';
import { absorptionPerK, type Pigment } from './pigment.ts';
import type { ColourModel } from './solve.ts';

/** Absorption and reduced scattering of each pigment per unit dose, cm⁻¹, in the nominal layer. Rows of 31 bands. */
export interface PigmentOptics {
  readonly count: number;
  readonly muaPerDose: Float64Array;
  readonly muspPerDose: Float64Array;
}

const bands = skinGrid.count;

export function pigmentOptics(pigments: readonly Pigment[]): PigmentOptics {
  const muaPerDose = new Float64Array(pigments.length * bands);
  const muspPerDose = new Float64Array(pigments.length * bands);
  pigments.forEach(({ K, S }, p) => {
    for (let band = 0; band < bands; band += 1) {
      muaPerDose[p * bands + band] = absorptionPerK * K[band];
      muspPerDose[p * bands + band] = S[band];
    }
  });
  return { count: pigments.length, muaPerDose, muspPerDose };
}

/** Pigment coefficients of a mixture: order of pigments does not matter. */
export function mixInto(
  optics: PigmentOptics,
  doses: ArrayLike<number>,
  muaPerCm: Float64Array,
  muspPerCm: Float64Array,
): void {
  muaPerCm.fill(0);
  muspPerCm.fill(0);
  for (let p = 0; p < optics.count; p += 1) {
    const dose = doses[p];
    if (dose === 0) continue;
    const base = p * bands;
    for (let band = 0; band < bands; band += 1) {
      muaPerCm[band] += dose * optics.muaPerDose[base + band];
      muspPerCm[band] += dose * optics.muspPerDose[base + band];
    }
  }
}

/**
 * Forward model of one skin: doses to L*a*b* under several lights, with slopes. Holds scratch space, so it belongs to
 * one thread of work.
 */
export interface SkinColourModel extends ColourModel {
  readonly reflectance01: Float64Array;
  readonly muaPerCm: Float64Array;
  readonly muspPerCm: Float64Array;
}

export function skinColourModel(
  table: DoseTable,
  optics: PigmentOptics,
  meters: readonly Colorimeter<NamedWhite>[],
  /** Added to the table's reflectance; see `ensemble.ts`. */
  correction?: Float64Array,
): SkinColourModel {
  const reflectance01 = new Float64Array(bands);
  const muaPerCm = new Float64Array(bands);
  const muspPerCm = new Float64Array(bands);
  const byMua = new Float64Array(bands);
  const byMusp = new Float64Array(bands);
  const whites = meters.map((meter) => meter.whiteXyz);
  return {
    pigmentCount: optics.count,
    lightCount: meters.length,
    reflectance01,
    muaPerCm,
    muspPerCm,
    evaluate(doses, labs, jacobian) {
      mixInto(optics, doses, muaPerCm, muspPerCm);
      if (jacobian) tableReflectance(table, muaPerCm, muspPerCm, reflectance01, byMua, byMusp);
      else tableReflectance(table, muaPerCm, muspPerCm, reflectance01);
      if (correction) for (let band = 0; band < bands; band += 1) reflectance01[band] += correction[band];
      meters.forEach((meter, light) => {
        const white = whites[light];
        const weights = meter.weights;
        const xyz = [0, 0, 0];
        for (let axis = 0; axis < 3; axis += 1) {
          let sum = 0;
          for (let band = 0; band < bands; band += 1)
            sum += weights[axis * bands + band] * reflectance01[band];
          xyz[axis] = sum;
        }
        const lab = labFromXyz({ X: xyz[0], Y: xyz[1], Z: xyz[2] }, white, meter.white);
        labs[3 * light] = lab.L;
        labs[3 * light + 1] = lab.a;
        labs[3 * light + 2] = lab.b;
        if (!jacobian) return;
        const fx = cubeRootSlope(xyz[0] / white.X) / white.X;
        const fy = cubeRootSlope(xyz[1] / white.Y) / white.Y;
        const fz = cubeRootSlope(xyz[2] / white.Z) / white.Z;
        for (let p = 0; p < optics.count; p += 1) {
          let dX = 0;
          let dY = 0;
          let dZ = 0;
          for (let band = 0; band < bands; band += 1) {
            const slope =
              byMua[band] * optics.muaPerDose[p * bands + band] +
              byMusp[band] * optics.muspPerDose[p * bands + band];
            dX += weights[band] * slope;
            dY += weights[bands + band] * slope;
            dZ += weights[2 * bands + band] * slope;
          }
          jacobian[3 * light * optics.count + p] = 116 * fy * dY;
          jacobian[(3 * light + 1) * optics.count + p] = 500 * (fx * dX - fy * dY);
          jacobian[(3 * light + 2) * optics.count + p] = 200 * (fy * dY - fz * dZ);
        }
      });
    },
  };
}

/** Slope of the f of CIE L*a*b* (CIE 15:2018, 8.2.1). */
function cubeRootSlope(t: number): number {
  return t > 216 / 24389 ? 1 / (3 * Math.cbrt(t) ** 2) : 841 / 108;
}

/** L*a*b* number `light` of the flat list a model fills. */
export function labAt(labs: Float64Array, light: number, white: NamedWhite): Lab<NamedWhite> {
  return { white, L: labs[3 * light], a: labs[3 * light + 1], b: labs[3 * light + 2] };
}
