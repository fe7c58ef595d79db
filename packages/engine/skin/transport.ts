import type { Phase, Quadrature } from './quadrature.ts';

/**
 * Adding and doubling of plane layers (van de Hulst 1980; Prahl 1993).
 *
 * The reflection R and transmission T of a layer are points × points matrices between directions, stored row by row.
 * Rows and columns are scaled by the square root of the flux a node carries. In that scaling both are symmetric
 * (reciprocity) and layers combine by plain matrix products.
 */
export interface LayerMatrices {
  readonly reflection: Float64Array;
  readonly transmission: Float64Array;
}

/** Optical properties of a layer. Infinite `thicknessCm` stands for the half-space below everything. */
export interface OpticalLayer {
  readonly muaPerCm: number;
  /** Scattering coefficient itself; the reduced one is musPerCm (1 - g). */
  readonly musPerCm: number;
  readonly thicknessCm: number;
}

/** Scratch matrices for one thread of work; sized by the points of the quadrature. */
export interface Workspace {
  readonly points: number;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly c: Float64Array;
  readonly vector: Float64Array;
}

export function makeWorkspace(points: number): Workspace {
  const square = points * points;
  return {
    points,
    a: new Float64Array(square),
    b: new Float64Array(square),
    c: new Float64Array(square),
    vector: new Float64Array(points),
  };
}

export function makeLayerMatrices(points: number): LayerMatrices {
  return { reflection: new Float64Array(points * points), transmission: new Float64Array(points * points) };
}

/** The first thin layer is at most this share of the smallest cosine thick, in optical depth. */
const thinShare = 0.4;
/** A half-space is doubled until less than this leaks through; without absorption rounding would win beyond. */
const leakLimit = 1e-6;
const mostDoublings = 60;

/**
 * Reflection and transmission of one homogeneous layer, into `out`: a thin layer by the diamond rule (which keeps
 * energy exactly), then doubled until it has the thickness asked for.
 */
export function layerMatrices(
  quadrature: Quadrature,
  phase: Phase,
  layer: OpticalLayer,
  work: Workspace,
  out: LayerMatrices,
): void {
  const n = quadrature.points;
  const extinction = layer.muaPerCm + layer.musPerCm;
  const { reflection, transmission } = out;
  if (extinction === 0 || layer.thicknessCm === 0) {
    reflection.fill(0);
    transmission.fill(0);
    if (Number.isFinite(layer.thicknessCm)) for (let i = 0; i < n; i++) transmission[i * n + i] = 1;
    return;
  }
  const albedo = layer.musPerCm / extinction;
  const scaledAlbedo = (albedo * (1 - phase.forwardPeak01)) / (1 - albedo * phase.forwardPeak01);
  const scaledExtinction = extinction * (1 - albedo * phase.forwardPeak01);
  const thinnest = thinShare * quadrature.cosines[0];
  let depth = thinnest;
  let doublings = mostDoublings;
  if (Number.isFinite(layer.thicknessCm)) {
    const full = scaledExtinction * layer.thicknessCm;
    doublings = Math.max(0, Math.ceil(Math.log2(full / thinnest)));
    depth = full / 2 ** doublings;
  }
  thinLayer(quadrature, phase, scaledAlbedo, depth, work, out);
  for (let k = 0; k < doublings; k++) {
    doubleLayer(n, out, work);
    if (doublings === mostDoublings && trace(n, transmission) < leakLimit) break;
  }
  if (doublings === mostDoublings) transmission.fill(0);
}

/**
 * Diamond rule: for light coming equally from both sides the difference of the two streams grows by (A - B) times
 * the depth, for opposite light their sum by (A + B), which gives R + T and R - T in turn.
 */
function thinLayer(
  quadrature: Quadrature,
  phase: Phase,
  albedo: number,
  depth: number,
  work: Workspace,
  out: LayerMatrices,
): void {
  const n = quadrature.points;
  const half = depth / 2;
  const { reflection, transmission } = out;
  for (const sign of [1, -1]) {
    const plus = work.a;
    const minus = work.b;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        const loss = i === j ? 1 / quadrature.cosines[i] : 0;
        const rate = half * (loss - 0.25 * albedo * (phase.forward[at] + sign * phase.backward[at]));
        const unit = i === j ? 1 : 0;
        plus[at] = unit + rate;
        minus[at] = unit - rate;
      }
    }
    choleskyInPlace(n, plus);
    solveColumns(n, plus, minus, n);
    for (let k = 0; k < n * n; k++) {
      if (sign === 1) {
        reflection[k] = 0.5 * minus[k];
        transmission[k] = 0.5 * minus[k];
      } else {
        reflection[k] = reflection[k] - 0.5 * minus[k];
        transmission[k] = transmission[k] + 0.5 * minus[k];
      }
    }
  }
}

/** Two equal layers as one: R ± T becomes R ± T (1 ∓ R)⁻¹ T, by symmetric factors. */
function doubleLayer(n: number, layer: LayerMatrices, work: Workspace): void {
  const { reflection, transmission } = layer;
  const { a, b, c } = work;
  const square = n * n;
  for (let k = 0; k < square; k++) {
    a[k] = -reflection[k];
    b[k] = transmission[k];
    c[k] = transmission[k];
  }
  for (let i = 0; i < n; i++) a[i * n + i] = 1 + a[i * n + i];
  choleskyInPlace(n, a);
  forwardColumns(n, a, b, n);
  a.set(reflection);
  for (let i = 0; i < n; i++) a[i * n + i] = 1 + a[i * n + i];
  choleskyInPlace(n, a);
  forwardColumns(n, a, c, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let even = 0;
      let odd = 0;
      for (let k = 0; k < n; k++) {
        const row = k * n;
        even += b[row + i] * b[row + j];
        odd += c[row + i] * c[row + j];
      }
      const r = reflection[i * n + j] + 0.5 * (even - odd);
      const t = 0.5 * (even + odd);
      reflection[i * n + j] = r;
      reflection[j * n + i] = r;
      transmission[i * n + j] = t;
      transmission[j * n + i] = t;
    }
  }
}

function trace(n: number, matrix: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += matrix[i * n + i];
  return sum;
}

/** Lower Cholesky factor of a symmetric positive matrix, in its lower triangle; the diagonal holds 1 / factor. */
export function choleskyInPlace(n: number, m: Float64Array): void {
  for (let j = 0; j < n; j++) {
    const rowJ = j * n;
    let sum = m[rowJ + j];
    for (let k = 0; k < j; k++) sum -= m[rowJ + k] * m[rowJ + k];
    const inverse = 1 / Math.sqrt(sum);
    m[rowJ + j] = inverse;
    for (let i = j + 1; i < n; i++) {
      const rowI = i * n;
      let value = m[rowI + j];
      for (let k = 0; k < j; k++) value -= m[rowI + k] * m[rowJ + k];
      m[rowI + j] = value * inverse;
    }
  }
}

/** Replaces each of the `columns` columns of `b` by L⁻¹ times it. */
function forwardColumns(n: number, factor: Float64Array, b: Float64Array, columns: number): void {
  for (let i = 0; i < n; i++) {
    const rowI = i * columns;
    for (let k = 0; k < i; k++) {
      const share = factor[i * n + k];
      const rowK = k * columns;
      for (let j = 0; j < columns; j++) b[rowI + j] -= share * b[rowK + j];
    }
    const inverse = factor[i * n + i];
    for (let j = 0; j < columns; j++) b[rowI + j] *= inverse;
  }
}

/** Replaces each of the `columns` columns of `b` by (L Lᵀ)⁻¹ times it, L from {@link choleskyInPlace}. */
export function solveColumns(n: number, factor: Float64Array, b: Float64Array, columns: number): void {
  forwardColumns(n, factor, b, columns);
  for (let i = n - 1; i >= 0; i--) {
    const rowI = i * columns;
    for (let k = i + 1; k < n; k++) {
      const share = factor[k * n + i];
      const rowK = k * columns;
      for (let j = 0; j < columns; j++) b[rowI + j] -= share * b[rowK + j];
    }
    const inverse = factor[i * n + i];
    for (let j = 0; j < columns; j++) b[rowI + j] *= inverse;
  }
}
