/**
 * Cubic B-splines through samples on equal steps: twice continuously differentiable, so that a solver may follow
 * their gradients, and fourth-order accurate.
 */

/** An axis of equal steps in the logarithm of a positive quantity. */
export interface LogAxis {
  readonly logStart: number;
  readonly logStep: number;
  readonly count: number;
}

export function logAxis(from: number, to: number, count: number): LogAxis {
  return { logStart: Math.log(from), logStep: Math.log(to / from) / (count - 1), count };
}

export function axisValue(axis: LogAxis, index: number): number {
  return Math.exp(axis.logStart + index * axis.logStep);
}

/**
 * The (count + 2) × count matrix from samples to spline coefficients. At both ends the third derivative is continuous
 * across the first inner knot ("not a knot"), which keeps the order of the error up to the border.
 */
export function splineOperator(count: number): Float64Array {
  const size = count + 2;
  const system = new Float64Array(size * size);
  const right = new Float64Array(size * count);
  for (let i = 0; i < count; i++) {
    system.set([1 / 6, 4 / 6, 1 / 6], i * size + i);
    right[i * count + i] = 1;
  }
  system.set([1, -4, 6, -4, 1], count * size);
  system.set([1, -4, 6, -4, 1], (count + 1) * size + size - 5);
  solveWithPivots(size, system, right, count);
  return right;
}

/** Replaces samples along one axis of a row-major block by coefficients: (outer, count, inner) → (outer, count + 2, inner). */
export function splineAlong(
  operator: Float64Array,
  samples: Float64Array,
  outer: number,
  count: number,
  inner: number,
): Float64Array {
  const size = count + 2;
  const out = new Float64Array(outer * size * inner);
  for (let o = 0; o < outer; o++) {
    for (let row = 0; row < size; row++) {
      const to = (o * size + row) * inner;
      for (let k = 0; k < count; k++) {
        const share = operator[row * count + k];
        const from = (o * count + k) * inner;
        for (let i = 0; i < inner; i++) out[to + i] += share * samples[from + i];
      }
    }
  }
  return out;
}

/** The four spline weights at `t` (0..1) between two knots, and their slopes, into `weights` from `at`. */
export function splineWeights(t: number, weights: Float64Array, slopes: Float64Array, at: number): void {
  const s = 1 - t;
  weights[at] = (s * s * s) / 6;
  weights[at + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
  weights[at + 2] = (3 * s * s * s - 6 * s * s + 4) / 6;
  weights[at + 3] = (t * t * t) / 6;
  slopes[at] = -0.5 * s * s;
  slopes[at + 1] = 1.5 * t * t - 2 * t;
  slopes[at + 2] = -1.5 * s * s + 2 * s;
  slopes[at + 3] = 0.5 * t * t;
}

/** Solves `system` x = `right` (`columns` right sides) in place by Gaussian elimination with row pivots. */
function solveWithPivots(n: number, system: Float64Array, right: Float64Array, columns: number): void {
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(system[i * n + k]) > Math.abs(system[best * n + k])) best = i;
    }
    swapRows(system, n, k, best);
    swapRows(right, columns, k, best);
    for (let i = k + 1; i < n; i++) {
      const share = system[i * n + k] / system[k * n + k];
      if (share === 0) continue;
      for (let j = k; j < n; j++) system[i * n + j] -= share * system[k * n + j];
      for (let j = 0; j < columns; j++) right[i * columns + j] -= share * right[k * columns + j];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = 0; j < columns; j++) {
      let value = right[i * columns + j];
      for (let k = i + 1; k < n; k++) value -= system[i * n + k] * right[k * columns + j];
      right[i * columns + j] = value / system[i * n + i];
    }
  }
}

function swapRows(matrix: Float64Array, width: number, a: number, b: number): void {
  if (a === b) return;
  for (let j = 0; j < width; j++) {
    const held = matrix[a * width + j];
    matrix[a * width + j] = matrix[b * width + j];
    matrix[b * width + j] = held;
  }
}
