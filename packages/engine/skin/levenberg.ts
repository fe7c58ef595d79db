import { choleskyInPlace, solveColumns } from './transport.ts';

/** A least-squares problem in `count` numbers: fills residuals (length `rows`) and, row by row, their slopes. */
export interface LeastSquares {
  readonly count: number;
  readonly rows: number;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly evaluate: (x: Float64Array, residuals: Float64Array, jacobian: Float64Array) => void;
}

export interface LeastSquaresFit {
  readonly x: Float64Array;
  /** Half the sum of squares at x. */
  readonly cost: number;
  readonly residuals: Float64Array;
  readonly iterations: number;
  /** JᵀJ at x, count × count: the inverse covariance when residuals are in units of their standard deviation. */
  readonly information: Float64Array;
}

/** Levenberg-Marquardt inside a box: steps are cut at the bounds, and a number pressed against one is held there. */
export function levenbergMarquardt(
  problem: LeastSquares,
  start: ArrayLike<number>,
  mostIterations = 60,
): LeastSquaresFit {
  const { count, rows, low, high } = problem;
  let x = Float64Array.from({ length: count }, (_, i) => Math.min(Math.max(start[i], low[i]), high[i]));
  let trial = new Float64Array(count);
  let residuals = new Float64Array(rows);
  let trialResiduals = new Float64Array(rows);
  let jacobian = new Float64Array(rows * count);
  let trialJacobian = new Float64Array(rows * count);
  const information = new Float64Array(count * count);
  const system = new Float64Array(count * count);
  const gradient = new Float64Array(count);
  const step = new Float64Array(count);
  const held = new Uint8Array(count);
  problem.evaluate(x, residuals, jacobian);
  let cost = halfSquares(residuals);
  let damping = 1e-3;
  let iterations = 0;
  let stale = true;
  while (iterations < mostIterations) {
    iterations++;
    if (stale) {
      normalEquations(count, rows, jacobian, residuals, information, gradient);
      stale = false;
    }
    for (let i = 0; i < count; i++) {
      held[i] = (x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0) ? 1 : 0;
    }
    for (let i = 0; i < count; i++) {
      step[i] = held[i] ? 0 : -gradient[i];
      for (let j = 0; j < count; j++) {
        const at = i * count + j;
        system[at] = held[i] || held[j] ? (i === j ? 1 : 0) : information[at];
      }
      if (!held[i]) system[i * count + i] += damping * (information[i * count + i] + 1e-12);
    }
    choleskyInPlace(count, system);
    solveColumns(count, system, step, 1);
    for (let i = 0; i < count; i++) trial[i] = Math.min(Math.max(x[i] + step[i], low[i]), high[i]);
    problem.evaluate(trial, trialResiduals, trialJacobian);
    const trialCost = halfSquares(trialResiduals);
    if (trialCost < cost) {
      const gain = (cost - trialCost) / cost;
      [x, trial] = [trial, x];
      [residuals, trialResiduals] = [trialResiduals, residuals];
      [jacobian, trialJacobian] = [trialJacobian, jacobian];
      cost = trialCost;
      damping = Math.max(damping / 5, 1e-9);
      stale = true;
      if (gain < 1e-8) break;
    } else {
      damping *= 4;
      if (damping > 1e8) break;
    }
  }
  normalEquations(count, rows, jacobian, residuals, information, gradient);
  return { x, cost, residuals, iterations, information };
}

function halfSquares(residuals: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < residuals.length; i++) sum += residuals[i] * residuals[i];
  return sum / 2;
}

function normalEquations(
  count: number,
  rows: number,
  jacobian: Float64Array,
  residuals: Float64Array,
  information: Float64Array,
  gradient: Float64Array,
): void {
  information.fill(0);
  gradient.fill(0);
  for (let r = 0; r < rows; r++) {
    const row = r * count;
    for (let i = 0; i < count; i++) {
      const slope = jacobian[row + i];
      if (slope === 0) continue;
      gradient[i] += slope * residuals[r];
      for (let j = 0; j <= i; j++) information[i * count + j] += slope * jacobian[row + j];
    }
  }
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) information[j * count + i] = information[i * count + j];
  }
}
