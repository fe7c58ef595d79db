// Small dense linear algebra: symmetric positive systems of a few to a few dozen unknowns.

/**
 * Cholesky factor L (lower, row-major) of a symmetric positive definite n x n matrix, or `undefined` when it is not.
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * n + j] as number;
      for (let k = 0; k < j; k += 1) sum -= (factor[i * n + k] as number) * (factor[j * n + k] as number);
      if (i === j) {
        if (!(sum > 0)) return undefined;
        factor[i * n + i] = Math.sqrt(sum);
      } else {
        factor[i * n + j] = sum / (factor[j * n + j] as number);
      }
    }
  }
  return factor;
}

/** Solves L y = b. */
export function solveLower(factor: Float64Array, b: Float64Array, n: number): Float64Array {
  const y = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k += 1) sum -= (factor[i * n + k] as number) * (y[k] as number);
    y[i] = sum / (factor[i * n + i] as number);
  }
  return y;
}

/** Solves transpose(L) x = y. */
export function solveUpper(factor: Float64Array, y: Float64Array, n: number): Float64Array {
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = y[i] as number;
    for (let k = i + 1; k < n; k += 1) sum -= (factor[k * n + i] as number) * (x[k] as number);
    x[i] = sum / (factor[i * n + i] as number);
  }
  return x;
}

/** Solves A x = b for symmetric positive definite A, or `undefined` when A is not. */
export function solveSymmetric(matrix: Float64Array, b: Float64Array, n: number): Float64Array | undefined {
  const factor = cholesky(matrix, n);
  return factor && solveUpper(factor, solveLower(factor, b, n), n);
}
