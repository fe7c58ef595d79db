import type { Quadrature } from './quadrature.ts';
import type { LayerMatrices } from './transport.ts';

/**
 * Skin as seen from above, down to some depth: for a beam at normal incidence, what arrives at that depth, what of
 * the light coming up from there leaves the skin, and what is thrown back down. Layers are added underneath, so the
 * part above the pigment is worked out once and used for every pigment.
 */
export interface View {
  readonly quadrature: Quadrature;
  /** Reflection for light from below. */
  readonly under: Float64Array;
  /** Beam light arriving at the lower side, without bounces from below. */
  readonly arriving: Float64Array;
  /** Share of upward light of each node that leaves the skin. */
  readonly leaving: Float64Array;
  /** Scalars: [0] what the beam already gave back. */
  readonly returned: Float64Array;
  readonly scratch: { readonly a: Float64Array; readonly b: Float64Array; readonly v: Float64Array };
}

export function makeView(quadrature: Quadrature): View {
  const n = quadrature.points;
  const view: View = {
    quadrature,
    under: new Float64Array(n * n),
    arriving: new Float64Array(n),
    leaving: new Float64Array(n),
    returned: new Float64Array(1),
    scratch: { a: new Float64Array(n * n), b: new Float64Array(n * n), v: new Float64Array(n) },
  };
  resetView(view);
  return view;
}

/** The bare surface. */
export function resetView(view: View): void {
  const { quadrature } = view;
  const n = quadrature.points;
  view.under.fill(0);
  view.arriving.fill(0);
  for (let i = 0; i < n; i++) {
    view.under[i * n + i] = quadrature.surfaceReflectance[i];
    view.leaving[i] = (1 - quadrature.surfaceReflectance[i]) * quadrature.rootFlux[i];
  }
  view.arriving[n - 1] = (1 - quadrature.normalReflectance) / quadrature.rootFlux[n - 1];
  view.returned[0] = quadrature.normalReflectance;
}

/**
 * Adds a layer underneath. With X = (1 - R U)⁻¹ T, where U is the reflection from below so far, the new arriving and
 * leaving vectors are Xᵀ times the old ones (all matrices are symmetric), and U becomes R + T U X.
 */
export function addBelow(view: View, layer: LayerMatrices): void {
  const n = view.quadrature.points;
  const { under, arriving, leaving, scratch } = view;
  const { a, b, v } = scratch;
  view.returned[0] = reflectanceAbove(view, layer.reflection);
  oneMinusProduct(n, layer.reflection, under, a);
  b.set(layer.transmission);
  eliminate(n, a, b, n);
  transposeTimes(n, b, arriving, v);
  arriving.set(v);
  transposeTimes(n, b, leaving, v);
  leaving.set(v);
  multiplyInto(n, under, b, a);
  multiplyInto(n, layer.transmission, a, under);
  for (let k = 0; k < n * n; k++) under[k] += layer.reflection[k];
}

/** Reflectance of the whole when the tissue under the view reflects by the matrix `below`. */
export function reflectanceAbove(view: View, below: Float64Array): number {
  const n = view.quadrature.points;
  const { a, v } = view.scratch;
  oneMinusProduct(n, view.under, below, a);
  v.set(view.arriving);
  eliminate(n, a, v, 1);
  let sum = view.returned[0];
  for (let i = 0; i < n; i++) {
    let up = 0;
    const row = i * n;
    for (let j = 0; j < n; j++) up += below[row + j] * v[j];
    sum += view.leaving[i] * up;
  }
  return sum;
}

/** out = 1 - a b. */
export function oneMinusProduct(n: number, a: Float64Array, b: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let k = 0; k < n; k++) {
      const share = a[row + k];
      if (share === 0) continue;
      const from = k * n;
      for (let j = 0; j < n; j++) out[row + j] -= share * b[from + j];
    }
    out[row + i] += 1;
  }
}

/** out = a b. */
export function multiplyInto(n: number, a: Float64Array, b: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let k = 0; k < n; k++) {
      const share = a[row + k];
      const from = k * n;
      for (let j = 0; j < n; j++) out[row + j] += share * b[from + j];
    }
  }
}

function transposeTimes(n: number, matrix: Float64Array, vector: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < n; i++) {
    const share = vector[i];
    const row = i * n;
    for (let j = 0; j < n; j++) out[j] += share * matrix[row + j];
  }
}

/**
 * Solves `system` x = `right` for `columns` right sides in place. No pivoting: a layer never returns more than it
 * gets, so 1 minus a product of reflections keeps its pivots away from zero; an exact zero is a direction that is
 * trapped for ever between two surfaces, which no light enters.
 */
export function eliminate(n: number, system: Float64Array, right: Float64Array, columns: number): void {
  for (let k = 0; k < n; k++) {
    const pivot = system[k * n + k];
    const inverse = pivot === 0 ? 0 : 1 / pivot;
    for (let i = k + 1; i < n; i++) {
      const share = system[i * n + k] * inverse;
      for (let j = k + 1; j < n; j++) system[i * n + j] -= share * system[k * n + j];
      for (let j = 0; j < columns; j++) right[i * columns + j] -= share * right[k * columns + j];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    const pivot = system[i * n + i];
    const inverse = pivot === 0 ? 0 : 1 / pivot;
    for (let k = i + 1; k < n; k++) {
      const share = system[i * n + k];
      for (let j = 0; j < columns; j++) right[i * columns + j] -= share * right[k * columns + j];
    }
    for (let j = 0; j < columns; j++) right[i * columns + j] *= inverse;
  }
}
