import { makePhase, makeQuadrature } from './quadrature.ts';
import type { Quality } from './reflectance.ts';
import { qualityPoints, standardGeometry } from './reflectance.ts';
import type { Absorbers, SkinParameters } from './skin-parameters.ts';
import {
  absorbers,
  melanosomePerCm500,
  packing,
  skinAnisotropy,
  skinGrid,
  skinRefractiveIndex,
} from './skin-parameters.ts';
import type { LogAxis } from './spline.ts';
import { axisValue, logAxis, splineAlong, splineOperator, splineWeights } from './spline.ts';
import { layerMatrices, makeLayerMatrices, makeWorkspace } from './transport.ts';
import { addBelow, makeView, reflectanceAbove, resetView } from './view.ts';

/**
 * Skin without pigment for fitting: epidermis of the standard 80 µm over dermis without end. Its reflectance depends
 * on three numbers only (absorbing depth and scattering depth of the epidermis, and the ratio of absorption to
 * reduced scattering of the dermis), so one tricubic spline serves every band and every person.
 */
export interface SkinModel {
  readonly absorbingDepth: LogAxis;
  readonly scatteringDepth: LogAxis;
  readonly dermisRatio: LogAxis;
  /** (absorbing + 2) × (scattering + 2) × (ratio + 2). */
  readonly coefficients: Float64Array;
  readonly shapes: Absorbers;
}

/** The free numbers of a fit, in the scale they are fitted in. Order matters: it is the order of the vectors. */
const fittedNames = [
  'lnMelaninFraction',
  'melaninExponent',
  'lnBloodFraction',
  'logitOxygenation',
  'lnVesselRadiusUm',
  'lnBaselineScale',
  'lnCarotenoidPerCm',
  'scatteringSlope',
] as const;
export const fittedCount = fittedNames.length;

export function makeSkinModel(quality: Quality = 'fine'): SkinModel {
  const points = qualityPoints[quality];
  const absorbingDepth = logAxis(5e-4, 15, 24);
  const scatteringDepth = logAxis(0.02, 2, 10);
  const dermisRatio = logAxis(5e-4, 6, 24);
  const quadrature = makeQuadrature(points, skinRefractiveIndex);
  const phase = makePhase(quadrature, skinAnisotropy);
  const work = makeWorkspace(points);
  const layer = makeLayerMatrices(points);
  const view = makeView(quadrature);
  const halves = Array.from({ length: dermisRatio.count }, (_, k) => {
    const half = makeLayerMatrices(points);
    const musPerCm = 1 / (1 - skinAnisotropy);
    const deep = { muaPerCm: axisValue(dermisRatio, k), musPerCm, thicknessCm: Number.POSITIVE_INFINITY };
    layerMatrices(quadrature, phase, deep, work, half);
    return half.reflection;
  });
  const samples = new Float64Array(absorbingDepth.count * scatteringDepth.count * dermisRatio.count);
  let at = 0;
  for (let i = 0; i < absorbingDepth.count; i++) {
    for (let j = 0; j < scatteringDepth.count; j++) {
      const musPerCm = axisValue(scatteringDepth, j) / (1 - skinAnisotropy);
      layerMatrices(
        quadrature,
        phase,
        { muaPerCm: axisValue(absorbingDepth, i), musPerCm, thicknessCm: 1 },
        work,
        layer,
      );
      resetView(view);
      addBelow(view, layer);
      for (const half of halves) samples[at++] = reflectanceAbove(view, half);
    }
  }
  const [nx, ny, nz] = [absorbingDepth.count, scatteringDepth.count, dermisRatio.count];
  let block = splineAlong(splineOperator(nx), samples, 1, nx, ny * nz);
  block = splineAlong(splineOperator(ny), block, nx + 2, ny, nz);
  block = splineAlong(splineOperator(nz), block, (nx + 2) * (ny + 2), nz, 1);
  return { absorbingDepth, scatteringDepth, dermisRatio, coefficients: block, shapes: absorbers() };
}

/** Scratch for {@link modelReflectance}. */
export interface ModelScratch {
  readonly weights: Float64Array;
  readonly slopes: Float64Array;
  /** Reflectance and its slopes by ln mua (epidermis), ln musp, ln mua (dermis). */
  readonly point: Float64Array;
}

export function makeModelScratch(): ModelScratch {
  return { weights: new Float64Array(12), slopes: new Float64Array(12), point: new Float64Array(4) };
}

export function toParameters(vector: ArrayLike<number>, scatteringPerCm500: number): SkinParameters {
  return {
    melaninFraction: Math.exp(vector[0]),
    melaninExponent: vector[1],
    bloodFraction: Math.exp(vector[2]),
    oxygenation01: 1 / (1 + Math.exp(-vector[3])),
    vesselRadiusUm: Math.exp(vector[4]),
    baselineScale: Math.exp(vector[5]),
    carotenoidPerCm: Math.exp(vector[6]),
    scatteringPerCm500,
    scatteringSlope: vector[7],
  };
}

const epidermisCm = standardGeometry.epidermisUm * 1e-4;

/**
 * Total reflectance per band, gloss included, into `out`, and its slopes by each fitted number into `jacobian`
 * (band-major, `width` numbers a row, of which the first `fittedCount` are written).
 */
export function modelReflectance(
  model: SkinModel,
  vector: ArrayLike<number>,
  scatteringPerCm500: number,
  scratch: ModelScratch,
  out: Float64Array,
  jacobian: Float64Array,
  width: number,
): void {
  const { shapes } = model;
  const { point } = scratch;
  const melanin500 = Math.exp(vector[0]) * melanosomePerCm500;
  const exponent = vector[1];
  const blood = Math.exp(vector[2]);
  const oxygenation = 1 / (1 + Math.exp(-vector[3]));
  const diameterCm = 2e-4 * Math.exp(vector[4]);
  const baseline = Math.exp(vector[5]);
  const carotenoid = Math.exp(vector[6]);
  const slope = vector[7];
  for (let band = 0; band < skinGrid.count; band++) {
    const logRatio = Math.log(shapes.wavelengthNm[band] / 500);
    const melanin = melanin500 * Math.exp(-exponent * logRatio);
    const bloodless = baseline * shapes.baselinePerCm[band];
    const yellow = carotenoid * shapes.carotenoidShape[band];
    const contrast = shapes.oxyBloodPerCm[band] - shapes.deoxyBloodPerCm[band];
    const whole = shapes.deoxyBloodPerCm[band] + oxygenation * contrast;
    const through = Math.exp(-whole * diameterCm);
    const share = packing(whole * diameterCm);
    const epidermis = bloodless + yellow + melanin;
    const dermis = bloodless + yellow + blood * whole * share;
    const musp = scatteringPerCm500 * Math.exp(-slope * logRatio);
    lookUp(model, epidermis, musp, dermis, scratch);
    out[band] = point[0];
    const byEpidermis = point[1] / epidermis;
    const byDermis = point[3] / dermis;
    const row = band * width;
    jacobian[row] = byEpidermis * melanin;
    jacobian[row + 1] = -byEpidermis * melanin * logRatio;
    jacobian[row + 2] = byDermis * blood * whole * share;
    jacobian[row + 3] = byDermis * blood * through * contrast * oxygenation * (1 - oxygenation);
    jacobian[row + 4] = byDermis * blood * whole * (through - share);
    jacobian[row + 5] = (byEpidermis + byDermis) * bloodless;
    jacobian[row + 6] = (byEpidermis + byDermis) * yellow;
    jacobian[row + 7] = -point[2] * logRatio;
  }
}

/** Reflectance at one band into `scratch.point`, with slopes by ln mua of the epidermis, ln musp, ln mua of the dermis. */
function lookUp(
  model: SkinModel,
  epidermis: number,
  musp: number,
  dermis: number,
  scratch: ModelScratch,
): void {
  const { absorbingDepth, scatteringDepth, dermisRatio, coefficients } = model;
  const { weights, slopes, point } = scratch;
  const i = place(absorbingDepth, Math.log(epidermis * epidermisCm), scratch, 0);
  const j = place(scatteringDepth, Math.log(musp * epidermisCm), scratch, 4);
  const k = place(dermisRatio, Math.log(dermis / musp), scratch, 8);
  const depth = dermisRatio.count + 2;
  const plane = (scatteringDepth.count + 2) * depth;
  const z0 = weights[8];
  const z1 = weights[9];
  const z2 = weights[10];
  const z3 = weights[11];
  let value = 0;
  let byX = 0;
  let byY = 0;
  let byZ = 0;
  for (let x = 0; x < 4; x++) {
    let sum = 0;
    let sumY = 0;
    let sumZ = 0;
    let at = (i + x) * plane + j * depth + k;
    for (let y = 4; y < 8; y++) {
      const c0 = coefficients[at];
      const c1 = coefficients[at + 1];
      const c2 = coefficients[at + 2];
      const c3 = coefficients[at + 3];
      const line = z0 * c0 + z1 * c1 + z2 * c2 + z3 * c3;
      sum += weights[y] * line;
      sumY += slopes[y] * line;
      sumZ += weights[y] * (slopes[8] * c0 + slopes[9] * c1 + slopes[10] * c2 + slopes[11] * c3);
      at += depth;
    }
    value += weights[x] * sum;
    byX += slopes[x] * sum;
    byY += weights[x] * sumY;
    byZ += weights[x] * sumZ;
  }
  point[0] = value;
  point[1] = byX / absorbingDepth.logStep;
  point[3] = byZ / dermisRatio.logStep;
  point[2] = byY / scatteringDepth.logStep - point[3];
}

function place(axis: LogAxis, log: number, scratch: ModelScratch, at: number): number {
  const last = axis.count - 1;
  const position = Math.min(Math.max((log - axis.logStart) / axis.logStep, 0), last);
  const index = Math.min(Math.floor(position), last - 1);
  splineWeights(position - index, scratch.weights, scratch.slopes, at);
  return index;
}
