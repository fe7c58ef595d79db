/** A quantity on a regular wavelength grid: `values[i]` belongs to `startNm + i * stepNm`. */
export interface Spectrum {
  readonly startNm: number;
  readonly stepNm: number;
  readonly values: Float64Array;
}

export interface SpectralGrid {
  readonly startNm: number;
  readonly stepNm: number;
  readonly count: number;
}

export function gridOf(spectrum: Spectrum): SpectralGrid {
  return { startNm: spectrum.startNm, stepNm: spectrum.stepNm, count: spectrum.values.length };
}

export function sameGrid(a: SpectralGrid, b: SpectralGrid): boolean {
  return a.startNm === b.startNm && a.stepNm === b.stepNm && a.count === b.count;
}

/** The wavelengths of a grid, in nm. */
export function wavelengthsNm(grid: SpectralGrid): Float64Array {
  return Float64Array.from({ length: grid.count }, (_, i) => grid.startNm + i * grid.stepNm);
}

/** A resampling as a matrix: `out[row] = Σ weights[row * inCount + column] * in[column]`. */
export interface Resampler {
  readonly inCount: number;
  readonly outCount: number;
  readonly weights: Float64Array;
}

/** How finely the triangle of a coarser band is sampled, per half width. */
const triangleSteps = 10;

/**
 * The rule by which spectra change grids.
 *
 * - To an equal or finer step: cubic Lagrange interpolation through the four nearest samples (fewer when the
 *   spectrum has fewer), as ASTM E2022 uses. Exact on cubics, and exact where the grids coincide.
 * - To a coarser step: the mean of that interpolant under a triangle whose half width is the new step, which is
 *   the band pass an instrument of that step would have.
 * - Outside the range: the end sample is held (CIE 15:2018, 7.2.2); within one new step of the end the last
 *   straight line is continued instead, so that the triangle is not lopsided.
 */
export function resampler(from: SpectralGrid, to: SpectralGrid): Resampler {
  const weights = new Float64Array(to.count * from.count);
  const coarser = to.stepNm > from.stepNm * (1 + 1e-9);
  for (let row = 0; row < to.count; row++) {
    const centreNm = to.startNm + row * to.stepNm;
    if (!coarser) {
      addSample(weights, row, from, centreNm, 1, 0);
      continue;
    }
    for (let k = 1 - triangleSteps; k < triangleSteps; k++) {
      const weight = (triangleSteps - Math.abs(k)) / (triangleSteps * triangleSteps);
      addSample(weights, row, from, centreNm + (k * to.stepNm) / triangleSteps, weight, to.stepNm);
    }
  }
  return { inCount: from.count, outCount: to.count, weights };
}

function addSample(
  weights: Float64Array,
  row: number,
  from: SpectralGrid,
  nm: number,
  weight: number,
  continueNm: number,
): void {
  const last = from.count - 1;
  const base = row * from.count;
  const add = (index: number, share: number) => {
    weights[base + index] = (weights[base + index] ?? 0) + share;
  };
  const endNm = from.startNm + last * from.stepNm;
  const heldNm = Math.min(Math.max(nm, from.startNm - continueNm), endNm + continueNm);
  const position = (heldNm - from.startNm) / from.stepNm;
  if (position < 0 || position > last) {
    const edge = position < 0 ? 0 : last;
    const inner = position < 0 ? Math.min(1, last) : Math.max(last - 1, 0);
    const beyond = Math.abs(position - edge);
    add(edge, weight * (1 + beyond));
    add(inner, -weight * beyond);
    return;
  }
  const nearest = Math.round(position);
  if (Math.abs(position - nearest) < 1e-9) {
    add(nearest, weight);
    return;
  }
  const points = Math.min(4, from.count);
  const first = Math.min(Math.max(Math.floor(position) - 1, 0), from.count - points);
  for (let i = 0; i < points; i++) {
    let share = weight;
    for (let j = 0; j < points; j++) {
      if (j !== i) share *= (position - first - j) / (i - j);
    }
    add(first + i, share);
  }
}

/** Applies a {@link resampler} to `values`, into `out`. */
export function applyResampler(rule: Resampler, values: ArrayLike<number>, out: Float64Array): void {
  for (let row = 0; row < rule.outCount; row++) {
    let sum = 0;
    const base = row * rule.inCount;
    for (let i = 0; i < rule.inCount; i++) sum += (rule.weights[base + i] ?? 0) * (values[i] ?? 0);
    out[row] = sum;
  }
}

/** The spectrum on another regular grid, by the rule of {@link resampler}. */
export function resample(spectrum: Spectrum, grid: SpectralGrid): Spectrum {
  const from = gridOf(spectrum);
  if (sameGrid(from, grid)) return { ...grid, values: Float64Array.from(spectrum.values) };
  const values = new Float64Array(grid.count);
  applyResampler(resampler(from, grid), spectrum.values, values);
  return { startNm: grid.startNm, stepNm: grid.stepNm, values };
}
