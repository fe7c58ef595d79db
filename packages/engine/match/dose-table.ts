import {
  addBelow,
  type Geometry,
  layerMatrices,
  layerOptics,
  makeLayerMatrices,
  makePhase,
  makeQuadrature,
  makeView,
  makeWorkspace,
  reflectanceAbove,
  resetView,
  type SkinParameters,
  skinAnisotropy,
  skinGrid,
  skinRefractiveIndex,
} from '../skin/index.ts';

/**
 * Reflectance of one skin with pigment, as polynomials: for every band a product of Chebyshev series in the logarithms
 * of total absorption and total reduced scattering of the pigment layer. Tissue is part of the totals, so no dose is
 * an ordinary point. A few nodes suffice because reflectance is analytic in both, and a table this small can be made
 * for hundreds of skins (see `ensemble.ts`). Errors are measured in the test and in docs/science/match.md.
 */
export interface DoseTable {
  /** Nodes per axis. */
  readonly order: number;
  readonly muaTissue: Float64Array;
  readonly muspTissue: Float64Array;
  /** Per band: centre and half width of ln mua, the same of ln mus'. */
  readonly axes: Float64Array;
  /** Per band order x order coefficients of T_i(x) T_j(y), row i. */
  readonly coefficients: Float64Array;
}

export interface DoseTableOptions {
  /** Nodes per axis, 2..16. */
  readonly order: number;
  /** Directions per hemisphere of the transport, even, 4 or more. */
  readonly points: number;
  /** Most absorption and reduced scattering that pigment may add, cm⁻¹ per band. */
  readonly mostMuaPerCm: ArrayLike<number>;
  readonly mostMuspPerCm: ArrayLike<number>;
}

/** Fixed parts of the transport for one number of directions; make once, use for many tables. */
export interface Transport {
  readonly quadrature: ReturnType<typeof makeQuadrature>;
  readonly phase: ReturnType<typeof makePhase>;
  readonly work: ReturnType<typeof makeWorkspace>;
  readonly layer: ReturnType<typeof makeLayerMatrices>;
  readonly base: ReturnType<typeof makeLayerMatrices>;
}

export function makeTransport(points: number): Transport {
  const quadrature = makeQuadrature(points, skinRefractiveIndex);
  return {
    quadrature,
    phase: makePhase(quadrature, skinAnisotropy),
    work: makeWorkspace(points),
    layer: makeLayerMatrices(points),
    base: makeLayerMatrices(points),
  };
}

export function buildDoseTable(
  skin: SkinParameters,
  geometry: Geometry,
  options: DoseTableOptions,
  transport: Transport = makeTransport(options.points),
): DoseTable {
  const { order } = options;
  const optics = layerOptics(skin);
  const bands = skinGrid.count;
  const axes = new Float64Array(4 * bands);
  const coefficients = new Float64Array(order * order * bands);
  const cosines = chebyshevCosines(order);
  const samples = new Float64Array(order * order);
  const { quadrature, phase, work, layer, base } = transport;
  const top = makeView(quadrature);
  const view = makeView(quadrature);

  for (let band = 0; band < bands; band += 1) {
    const mua = optics.dermisMuaPerCm[band];
    const musp = optics.muspPerCm[band];
    const into = (muaPerCm: number, muspPerCm: number, thicknessUm: number, out: typeof layer) => {
      const musPerCm = muspPerCm / (1 - skinAnisotropy);
      layerMatrices(quadrature, phase, { muaPerCm, musPerCm, thicknessCm: thicknessUm * 1e-4 }, work, out);
    };
    resetView(top);
    into(optics.epidermisMuaPerCm[band], musp, geometry.epidermisUm, layer);
    addBelow(top, layer);
    if (geometry.clearDermisUm > 0) {
      into(mua, musp, geometry.clearDermisUm, layer);
      addBelow(top, layer);
    }
    into(mua, musp, Number.POSITIVE_INFINITY, base);

    const axis = (low: number, most: number, at: number) => {
      const [from, to] = [Math.log(low), Math.log(low + Math.max(most, 1e-3 * low))];
      axes[4 * band + at] = (from + to) / 2;
      axes[4 * band + at + 1] = (to - from) / 2;
    };
    axis(mua, options.mostMuaPerCm[band], 0);
    axis(musp, options.mostMuspPerCm[band], 2);
    for (let i = 0; i < order; i += 1) {
      const muaHere = Math.exp(axes[4 * band] + axes[4 * band + 1] * cosines[order + i]);
      for (let j = 0; j < order; j += 1) {
        const muspHere = Math.exp(axes[4 * band + 2] + axes[4 * band + 3] * cosines[order + j]);
        into(muaHere, muspHere, geometry.pigmentLayerUm, layer);
        copyView(top, view);
        addBelow(view, layer);
        samples[i * order + j] = reflectanceAbove(view, base.reflection);
      }
    }
    chebyshevFit(
      samples,
      cosines,
      order,
      coefficients.subarray(band * order * order, (band + 1) * order * order),
    );
  }
  return { order, muaTissue: optics.dermisMuaPerCm, muspTissue: optics.muspPerCm, axes, coefficients };
}

/** Reflectance of one skin for one dose without a table, by the same transport. For a few calls per skin. */
export function layeredReflectance(
  skin: SkinParameters,
  geometry: Geometry,
  muaPerCm: Float64Array,
  muspPerCm: Float64Array,
  transport: Transport,
  out: Float64Array,
): void {
  const optics = layerOptics(skin);
  const { quadrature, phase, work, layer } = transport;
  const view = makeView(quadrature);
  for (let band = 0; band < out.length; band += 1) {
    const mua = optics.dermisMuaPerCm[band];
    const musp = optics.muspPerCm[band];
    const put = (muaHere: number, muspHere: number, thicknessUm: number) => {
      const musPerCm = muspHere / (1 - skinAnisotropy);
      const optical = { muaPerCm: muaHere, musPerCm, thicknessCm: thicknessUm * 1e-4 };
      layerMatrices(quadrature, phase, optical, work, layer);
      if (Number.isFinite(thicknessUm)) addBelow(view, layer);
    };
    resetView(view);
    put(optics.epidermisMuaPerCm[band], musp, geometry.epidermisUm);
    put(mua, musp, geometry.clearDermisUm);
    put(mua + muaPerCm[band], musp + muspPerCm[band], geometry.pigmentLayerUm);
    put(mua, musp, Number.POSITIVE_INFINITY);
    out[band] = reflectanceAbove(view, layer.reflection);
  }
}

/**
 * Reflectance 0..1 per band for pigment of given absorption and reduced scattering, cm⁻¹; optionally its slopes by
 * both. Beyond the table's range the last straight line is continued.
 */
export function tableReflectance(
  table: DoseTable,
  muaPerCm: Float64Array,
  muspPerCm: Float64Array,
  out: Float64Array,
  byMua?: Float64Array,
  byMusp?: Float64Array,
): void {
  const { order, axes, coefficients } = table;
  for (let band = 0; band < out.length; band += 1) {
    const mua = table.muaTissue[band] + muaPerCm[band];
    const musp = table.muspTissue[band] + muspPerCm[band];
    const halfX = axes[4 * band + 1];
    const halfY = axes[4 * band + 3];
    const x = (Math.log(mua) - axes[4 * band]) / halfX;
    const y = (Math.log(musp) - axes[4 * band + 2]) / halfY;
    const xIn = x > 1 ? 1 : x < -1 ? -1 : x;
    const yIn = y > 1 ? 1 : y < -1 ? -1 : y;
    // Clenshaw's recurrence, value and derivative, first along y inside each row, then along x.
    let v1 = 0;
    let v2 = 0;
    let dx1 = 0;
    let dx2 = 0;
    let dy1 = 0;
    let dy2 = 0;
    const base = band * order * order;
    for (let i = order - 1; i >= 0; i -= 1) {
      let r1 = 0;
      let r2 = 0;
      let d1 = 0;
      let d2 = 0;
      for (let j = order - 1; j > 0; j -= 1) {
        const d0 = 2 * yIn * d1 - d2 + 2 * r1;
        d2 = d1;
        d1 = d0;
        const r0 = coefficients[base + i * order + j] + 2 * yIn * r1 - r2;
        r2 = r1;
        r1 = r0;
      }
      const row = coefficients[base + i * order] + yIn * r1 - r2;
      const rowY = yIn * d1 - d2 + r1;
      if (i > 0) {
        const dx0 = 2 * xIn * dx1 - dx2 + 2 * v1;
        dx2 = dx1;
        dx1 = dx0;
        const v0 = row + 2 * xIn * v1 - v2;
        v2 = v1;
        v1 = v0;
        const dy0 = rowY + 2 * xIn * dy1 - dy2;
        dy2 = dy1;
        dy1 = dy0;
      } else {
        const value = row + xIn * v1 - v2;
        const slopeX = xIn * dx1 - dx2 + v1;
        const slopeY = rowY + xIn * dy1 - dy2;
        out[band] = value + slopeX * (x - xIn) + slopeY * (y - yIn);
        if (byMua) byMua[band] = slopeX / (halfX * mua);
        if (byMusp) byMusp[band] = slopeY / (halfY * musp);
      }
    }
  }
}

function copyView(from: ReturnType<typeof makeView>, to: ReturnType<typeof makeView>): void {
  to.under.set(from.under);
  to.arriving.set(from.arriving);
  to.leaving.set(from.leaving);
  to.returned.set(from.returned);
}

/** cos(i theta_k) for i < order and the order Chebyshev points theta_k; row 1 holds the points themselves. */
function chebyshevCosines(order: number): Float64Array {
  return Float64Array.from({ length: Math.max(order, 2) * order }, (_, at) => {
    const [i, k] = [Math.floor(at / order), at % order];
    return Math.cos((i * Math.PI * (k + 0.5)) / order);
  });
}

function chebyshevFit(samples: Float64Array, cosines: Float64Array, order: number, out: Float64Array): void {
  const half = new Float64Array(order * order);
  for (let i = 0; i < order; i += 1) {
    for (let j = 0; j < order; j += 1) {
      let sum = 0;
      for (let k = 0; k < order; k += 1) sum += samples[i * order + k] * cosines[j * order + k];
      half[i * order + j] = ((j === 0 ? 1 : 2) / order) * sum;
    }
  }
  for (let i = 0; i < order; i += 1) {
    for (let j = 0; j < order; j += 1) {
      let sum = 0;
      for (let k = 0; k < order; k += 1) sum += half[k * order + j] * cosines[i * order + k];
      out[i * order + j] = ((i === 0 ? 1 : 2) / order) * sum;
    }
  }
}
