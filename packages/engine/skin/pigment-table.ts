import { makePhase, makeQuadrature } from './quadrature.ts';
import type { Geometry, Quality } from './reflectance.ts';
import { qualityPoints } from './reflectance.ts';
import type { SkinParameters } from './skin-parameters.ts';
import { layerOptics, skinAnisotropy, skinGrid, skinRefractiveIndex } from './skin-parameters.ts';
import type { LogAxis } from './spline.ts';
import { axisValue, logAxis, splineAlong, splineOperator } from './spline.ts';
import { layerMatrices, makeLayerMatrices, makeWorkspace } from './transport.ts';
import type { View } from './view.ts';
import {
  addBelow,
  eliminate,
  makeView,
  multiplyInto,
  oneMinusProduct,
  reflectanceAbove,
  resetView,
} from './view.ts';

/**
 * Reflection and transmission of the pigmented layer over a grid of absorbing and scattering optical depths. They
 * depend on nothing else (not on the person, the band or the thickness), so one basis serves every table.
 */
export interface PigmentBasis {
  readonly points: number;
  /** Absorption coefficient times thickness, and reduced scattering times thickness. */
  readonly absorbingDepth: LogAxis;
  readonly scatteringDepth: LogAxis;
  /** Per node (absorbing index major) a points × points matrix. */
  readonly reflection: Float64Array;
  readonly transmission: Float64Array;
}

/** One person's skin in one geometry: reflectance over the optical depths of the pigmented layer, as bicubic splines. */
export interface PigmentTable {
  readonly skin: SkinParameters;
  readonly geometry: Geometry;
  readonly absorbingDepth: LogAxis;
  readonly scatteringDepth: LogAxis;
  /** The tissue's own absorption and reduced scattering in the pigmented layer, cm-1 per band. */
  readonly tissueMuaPerCm: Float64Array;
  readonly tissueMuspPerCm: Float64Array;
  readonly pigmentLayerCm: number;
  /** Per band (absorbingDepth.count + 2) × (scatteringDepth.count + 2). */
  readonly coefficients: Float64Array;
}

export interface TableOptions {
  /** Default 'fine'. */
  readonly quality?: Quality;
  /** A basis from {@link makePigmentBasis}, to share between tables; it decides quality. */
  readonly basis?: PigmentBasis;
}

/** Optical depths covered; outside them the table answers as at the border. */
const absorbingRange: readonly [number, number] = [0.001, 300];
const scatteringRange: readonly [number, number] = [0.05, 100];

export interface BasisSize {
  readonly quality?: Quality;
  /** Nodes of the grid; default 26 × 20. 14 × 10 costs a quarter and errs by up to a tenth of a colour unit. */
  readonly absorbingNodes?: number;
  readonly scatteringNodes?: number;
}

export function makePigmentBasis(size: BasisSize = {}): PigmentBasis {
  const points = qualityPoints[size.quality ?? 'fine'];
  const absorbingDepth = logAxis(...absorbingRange, size.absorbingNodes ?? 26);
  const scatteringDepth = logAxis(...scatteringRange, size.scatteringNodes ?? 20);
  const nodes = absorbingDepth.count * scatteringDepth.count;
  const square = points * points;
  const reflection = new Float64Array(nodes * square);
  const transmission = new Float64Array(nodes * square);
  const quadrature = makeQuadrature(points, skinRefractiveIndex);
  const phase = makePhase(quadrature, skinAnisotropy);
  const work = makeWorkspace(points);
  const out = makeLayerMatrices(points);
  for (let node = 0; node < nodes; node++) {
    const muaPerCm = axisValue(absorbingDepth, Math.floor(node / scatteringDepth.count));
    const musp = axisValue(scatteringDepth, node % scatteringDepth.count);
    const layer = { muaPerCm, musPerCm: musp / (1 - skinAnisotropy), thicknessCm: 1 };
    layerMatrices(quadrature, phase, layer, work, out);
    reflection.set(out.reflection, node * square);
    transmission.set(out.transmission, node * square);
  }
  return { points, absorbingDepth, scatteringDepth, reflection, transmission };
}

/** The table of one geometry; see {@link buildPigmentTables}. */
export function buildPigmentTable(
  skin: SkinParameters,
  geometry: Geometry,
  options: TableOptions = {},
): PigmentTable {
  return buildPigmentTables(skin, [geometry], options)[0];
}

/**
 * Tables of one skin in several geometries. Those with the same pigmented thickness share the costly part, so three
 * depths cost about half of three tables.
 */
export function buildPigmentTables(
  skin: SkinParameters,
  geometries: readonly Geometry[],
  options: TableOptions = {},
): PigmentTable[] {
  const basis = options.basis ?? makePigmentBasis({ quality: options.quality });
  const { points, absorbingDepth, scatteringDepth } = basis;
  const nodes = absorbingDepth.count * scatteringDepth.count;
  const square = points * points;
  const bands = skinGrid.count;
  const quadrature = makeQuadrature(points, skinRefractiveIndex);
  const phase = makePhase(quadrature, skinAnisotropy);
  const work = makeWorkspace(points);
  const layer = makeLayerMatrices(points);
  const half = makeLayerMatrices(points);
  const optics = layerOptics(skin);
  const views = geometries.map(() => makeView(quadrature));

  const samples = geometries.map(() => new Float64Array(bands * nodes));
  const reflections = Array.from({ length: nodes }, (_, k) =>
    basis.reflection.subarray(k * square, (k + 1) * square),
  );
  const transmissions = Array.from({ length: nodes }, (_, k) =>
    basis.transmission.subarray(k * square, (k + 1) * square),
  );
  const a = new Float64Array(square);
  const b = new Float64Array(square);
  const seen = new Float64Array(square);

  for (let band = 0; band < bands; band++) {
    const musPerCm = optics.muspPerCm[band] / (1 - skinAnisotropy);
    const dermis = optics.dermisMuaPerCm[band];
    geometries.forEach((geometry, g) => {
      const view: View = views[g];
      resetView(view);
      const epidermis = {
        muaPerCm: optics.epidermisMuaPerCm[band],
        musPerCm,
        thicknessCm: geometry.epidermisUm * 1e-4,
      };
      layerMatrices(quadrature, phase, epidermis, work, layer);
      addBelow(view, layer);
      const clear = { muaPerCm: dermis, musPerCm, thicknessCm: geometry.clearDermisUm * 1e-4 };
      layerMatrices(quadrature, phase, clear, work, layer);
      addBelow(view, layer);
    });
    const deep = { muaPerCm: dermis, musPerCm, thicknessCm: Number.POSITIVE_INFINITY };
    layerMatrices(quadrature, phase, deep, work, half);

    // The basis is in optical depths, so pigmented layer over deep dermis is the same for every thickness.
    for (let node = 0; node < nodes; node++) {
      const reflection = reflections[node];
      const transmission = transmissions[node];
      oneMinusProduct(points, reflection, half.reflection, a);
      b.set(transmission);
      eliminate(points, a, b, points);
      multiplyInto(points, half.reflection, b, a);
      multiplyInto(points, transmission, a, seen);
      for (let k = 0; k < square; k++) seen[k] += reflection[k];
      for (let g = 0; g < views.length; g++)
        samples[g][band * nodes + node] = reflectanceAbove(views[g], seen);
    }
  }

  const absorbing = splineOperator(absorbingDepth.count);
  const scattering = splineOperator(scatteringDepth.count);
  return geometries.map((geometry, g) => {
    const rows = splineAlong(absorbing, samples[g], bands, absorbingDepth.count, scatteringDepth.count);
    const outer = bands * (absorbingDepth.count + 2);
    return {
      skin,
      geometry,
      absorbingDepth,
      scatteringDepth,
      tissueMuaPerCm: optics.dermisMuaPerCm,
      tissueMuspPerCm: optics.muspPerCm,
      pigmentLayerCm: geometry.pigmentLayerUm * 1e-4,
      coefficients: splineAlong(scattering, rows, outer, scatteringDepth.count, 1),
    };
  });
}

/**
 * Reflectance per band (as `reflectanceOf`) for a pigment that adds `muaPerCm` absorption and `muspPerCm` reduced
 * scattering per band; zeros are the untreated patch. Into `out`, nothing allocated.
 */
export function tableReflectance(
  table: PigmentTable,
  muaPerCm: ArrayLike<number>,
  muspPerCm: ArrayLike<number>,
  out: Float64Array,
): void {
  const { absorbingDepth, scatteringDepth, tissueMuaPerCm, tissueMuspPerCm, pigmentLayerCm, coefficients } =
    table;
  const width = scatteringDepth.count + 2;
  const size = (absorbingDepth.count + 2) * width;
  const perLogX = 1 / absorbingDepth.logStep;
  const perLogY = 1 / scatteringDepth.logStep;
  const lastX = absorbingDepth.count - 1;
  const lastY = scatteringDepth.count - 1;
  const startX = absorbingDepth.logStart;
  const startY = scatteringDepth.logStart;
  for (let band = 0; band < skinGrid.count; band++) {
    let x = (Math.log((tissueMuaPerCm[band] + muaPerCm[band]) * pigmentLayerCm) - startX) * perLogX;
    let y = (Math.log((tissueMuspPerCm[band] + muspPerCm[band]) * pigmentLayerCm) - startY) * perLogY;
    x = x < 0 ? 0 : x > lastX ? lastX : x;
    y = y < 0 ? 0 : y > lastY ? lastY : y;
    const i = x >= lastX ? lastX - 1 : x | 0;
    const j = y >= lastY ? lastY - 1 : y | 0;
    const t = x - i;
    const s = 1 - t;
    const u = y - j;
    const v = 1 - u;
    const w0 = (v * v * v) / 6;
    const w1 = (3 * u * u * u - 6 * u * u + 4) / 6;
    const w2 = (3 * v * v * v - 6 * v * v + 4) / 6;
    const w3 = (u * u * u) / 6;
    const p = band * size + i * width + j;
    const q = p + width;
    const r = q + width;
    const z = r + width;
    const c = coefficients;
    out[band] =
      ((s * s * s) / 6) * (w0 * c[p] + w1 * c[p + 1] + w2 * c[p + 2] + w3 * c[p + 3]) +
      ((3 * t * t * t - 6 * t * t + 4) / 6) * (w0 * c[q] + w1 * c[q + 1] + w2 * c[q + 2] + w3 * c[q + 3]) +
      ((3 * s * s * s - 6 * s * s + 4) / 6) * (w0 * c[r] + w1 * c[r + 1] + w2 * c[r + 2] + w3 * c[r + 3]) +
      ((t * t * t) / 6) * (w0 * c[z] + w1 * c[z + 1] + w2 * c[z + 2] + w3 * c[z + 3]);
  }
}
