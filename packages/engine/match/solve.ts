import { ciede2000, type Lab } from '../light/index.ts';
import { solveSymmetric } from './linear.ts';

/**
 * What the solver asks of a forward model: L*a*b* under each light for given doses.
 * `labs` takes 3 numbers a light; `jacobian`, row-major, 3 x lights rows and one column a pigment.
 */
export interface ColourModel {
  readonly pigmentCount: number;
  readonly lightCount: number;
  evaluate(doses: Float64Array, labs: Float64Array, jacobian?: Float64Array): void;
}

export interface Solution {
  readonly doses: Float64Array;
  /** Largest CIEDE2000 to the target over the lights. */
  readonly worstDeltaE00: number;
  readonly evaluations: number;
}

/** Target colours with CIEDE2000 as a quadratic form around each: the curvature the solver steps by. */
export interface SolverTarget {
  readonly labs: Float64Array;
  readonly metrics: readonly Float64Array[];
}

export function solverTarget(labs: readonly Pick<Lab, 'L' | 'a' | 'b'>[]): SolverTarget {
  const h = 0.01;
  return {
    labs: Float64Array.from(labs.flatMap(({ L, a, b }) => [L, a, b])),
    metrics: labs.map(({ L, a, b }) => {
      const squared = (dl: number, da: number, db: number) =>
        ciede2000(L, a, b, L + h * dl, a + h * da, b + h * db) ** 2 / (h * h);
      const axes = [squared(1, 0, 0), squared(0, 1, 0), squared(0, 0, 1)];
      const pair = (i: number, j: number) => {
        const step = [0, 0, 0];
        step[i] = 1;
        step[j] = 1;
        return (squared(step[0], step[1], step[2]) - axes[i] - axes[j]) / 2;
      };
      const [la, lb, ab] = [pair(0, 1), pair(0, 2), pair(1, 2)];
      return Float64Array.of(axes[0], la, lb, la, axes[1], ab, lb, ab, axes[2]);
    }),
  };
}

/** Largest CIEDE2000 between model colours and target over the lights. */
export function worstDeltaE00(labs: Float64Array, target: SolverTarget): number {
  let worst = 0;
  for (let k = 0; k < labs.length; k += 3) {
    const t = target.labs;
    worst = Math.max(worst, ciede2000(labs[k], labs[k + 1], labs[k + 2], t[k], t[k + 1], t[k + 2]));
  }
  return worst;
}

/** Sharpness of the smooth maximum, in units of 1 / (largest squared difference), from easy to exact. */
const sharpnesses = [4, 60, 400];
const bluntStages = 1;

/** Value of what is minimised, with slope and a positive curvature by dose. Row-major. */
export interface LocalModel {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** What {@link minimise} asks: value at some doses, and value with slopes. May be sharpened in stages. */
export interface Objective {
  readonly pigmentCount: number;
  valueAt(doses: Float64Array): number;
  localAt(doses: Float64Array): LocalModel;
}

/**
 * Doses of 0 or more whose worst colour difference over the lights is smallest: the smooth maximum
 * (1/β) ln Σ exp(β dE²) with rising β. CIEDE2000 itself gives value and slope, its quadratic form at the target the
 * curvature.
 *
 * @param start doses to begin at, above zero for pigments that may enter
 * @param scale typical dose of each pigment, sets the size of steps
 * @param highest largest dose of any pigment
 * @param giveUpAbove a difference that after the blunt stages is not worth polishing; 0 stops there always
 */
export function solveDoses(
  model: ColourModel,
  target: SolverTarget,
  start: Float64Array,
  scale: Float64Array,
  highest: number,
  giveUpAbove = Number.POSITIVE_INFINITY,
): Solution {
  const labs = new Float64Array(3 * model.lightCount);
  let doses = start;
  let evaluations = 0;
  for (const [stage, sharpness] of sharpnesses.entries()) {
    model.evaluate(doses, labs);
    const worst = worstDeltaE00(labs, target);
    if (stage === bluntStages && worst > giveUpAbove) break;
    const beta = sharpness / Math.max(worst * worst, 1e-3);
    const found = minimise(worstObjective(model, target, beta), doses, scale, highest);
    doses = found.doses;
    evaluations += found.evaluations;
  }
  model.evaluate(doses, labs);
  return { doses, worstDeltaE00: worstDeltaE00(labs, target), evaluations };
}

function worstObjective(model: ColourModel, target: SolverTarget, beta: number): Objective {
  const work = smoothWorstWork(model);
  return {
    pigmentCount: model.pigmentCount,
    valueAt: (doses) => {
      model.evaluate(doses, work.labs);
      return smoothWorst(work.labs, target, beta);
    },
    localAt: (doses) => {
      model.evaluate(doses, work.labs, work.jacobian);
      return localWorst(work, target, model.pigmentCount, beta);
    },
  };
}

/** One possible person for {@link solveRobust}: their skin, and what becomes of a unit of implanted dose of each pigment. */
export interface RobustMember {
  readonly model: ColourModel;
  readonly weight: number;
  readonly doseFactors: Float64Array;
}

/** Sharpness of the smooth maximum per squared unit of difference, for means over many people. */
const robustBeta = 2;
/** Keeps the root of a squared difference smooth at zero: 0.2 units of difference. */
const robustFloor = 0.04;

/** Implanted doses whose worst difference over the lights is smallest on average over possible people. */
export function solveRobust(
  members: readonly RobustMember[],
  target: SolverTarget,
  start: Float64Array,
  scale: Float64Array,
  highest: number,
): { readonly doses: Float64Array; readonly meanWorstDeltaE00: number } {
  const n = start.length;
  const own = new Float64Array(n);
  const works = members.map(({ model }) => smoothWorstWork(model));
  const dosesOf = (member: RobustMember, doses: Float64Array) => {
    for (let i = 0; i < n; i += 1) own[i] = doses[i] * member.doseFactors[i];
    return own;
  };
  const objective: Objective = {
    pigmentCount: n,
    valueAt: (doses) => {
      let value = 0;
      members.forEach((member, m) => {
        member.model.evaluate(dosesOf(member, doses), works[m].labs);
        value += member.weight * Math.sqrt(smoothWorst(works[m].labs, target, robustBeta) + robustFloor);
      });
      return value;
    },
    localAt: (doses) => {
      let value = 0;
      const gradient = new Float64Array(n);
      const hessian = new Float64Array(n * n);
      members.forEach((member, m) => {
        member.model.evaluate(dosesOf(member, doses), works[m].labs, works[m].jacobian);
        const local = localWorst(works[m], target, n, robustBeta);
        const root = Math.sqrt(local.value + robustFloor);
        value += member.weight * root;
        const share = member.weight / (2 * root);
        for (let i = 0; i < n; i += 1) {
          gradient[i] += share * local.gradient[i] * member.doseFactors[i];
          for (let j = 0; j < n; j += 1) {
            hessian[i * n + j] +=
              share * local.hessian[i * n + j] * member.doseFactors[i] * member.doseFactors[j];
          }
        }
      });
      return { value, gradient, hessian };
    },
  };
  const { doses } = minimise(objective, start, scale, highest);
  return { doses, meanWorstDeltaE00: objective.valueAt(doses) };
}

/** Damped Newton steps on the doses that are not held at zero. */
function minimise(
  objective: Objective,
  start: Float64Array,
  scale: Float64Array,
  highest: number,
): { readonly doses: Float64Array; readonly evaluations: number } {
  const n = objective.pigmentCount;
  let doses = Float64Array.from(start);
  let damping = 1e-4;
  let evaluations = 0;
  for (let iteration = 0; iteration < 40; iteration += 1) {
    const local = objective.localAt(doses);
    evaluations += 1;
    const free = Array.from({ length: n }, (_, i) => i).filter(
      (i) => (doses[i] > 0 || local.gradient[i] < 0) && (doses[i] < highest || local.gradient[i] > 0),
    );
    // Steps are relative to the dose itself once it is large: the valleys are long there.
    const own = scale.map((size, i) => Math.max(size, doses[i]));
    let moved = 0;
    while (damping < 1e8) {
      const step = dampedStep(local, n, free, own, damping);
      const trial = step && doses.map((dose, i) => Math.min(Math.max(dose + step[i], 0), highest));
      evaluations += trial ? 1 : 0;
      if (trial && objective.valueAt(trial) < local.value) {
        moved = trial.reduce((most, dose, i) => Math.max(most, Math.abs(dose - doses[i]) / own[i]), 0);
        doses = trial;
        damping = Math.max(damping / 8, 1e-10);
        break;
      }
      damping *= 5;
    }
    if (moved < 1e-5) break;
  }
  return { doses, evaluations };
}

interface SmoothWorstWork {
  readonly labs: Float64Array;
  readonly jacobian: Float64Array;
}

function smoothWorstWork(model: ColourModel): SmoothWorstWork {
  return {
    labs: new Float64Array(3 * model.lightCount),
    jacobian: new Float64Array(3 * model.lightCount * model.pigmentCount),
  };
}

function squaredDifference(
  labs: ArrayLike<number>,
  k: number,
  target: SolverTarget,
  axis = -1,
  step = 0,
): number {
  const t = target.labs;
  const difference = ciede2000(
    labs[k] + (axis === 0 ? step : 0),
    labs[k + 1] + (axis === 1 ? step : 0),
    labs[k + 2] + (axis === 2 ? step : 0),
    t[k],
    t[k + 1],
    t[k + 2],
  );
  return difference * difference;
}

function smoothWorst(labs: Float64Array, target: SolverTarget, beta: number): number {
  const squares = target.metrics.map((_, light) => squaredDifference(labs, 3 * light, target));
  const largest = Math.max(...squares);
  return largest + Math.log(squares.reduce((sum, s) => sum + Math.exp(beta * (s - largest)), 0)) / beta;
}

function localWorst(
  { labs, jacobian }: SmoothWorstWork,
  target: SolverTarget,
  n: number,
  beta: number,
): LocalModel {
  const squares = target.metrics.map((_, light) => squaredDifference(labs, 3 * light, target));
  const largest = Math.max(...squares);
  const shares = squares.map((s) => Math.exp(beta * (s - largest)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const h = 1e-3;
  target.metrics.forEach((metric, light) => {
    const k = 3 * light;
    const weight = shares[light] / total;
    const slope = new Float64Array(n);
    for (let axis = 0; axis < 3; axis += 1) {
      const along =
        (squaredDifference(labs, k, target, axis, h) - squaredDifference(labs, k, target, axis, -h)) /
        (2 * h);
      for (let i = 0; i < n; i += 1) slope[i] += along * jacobian[(k + axis) * n + i];
    }
    for (let i = 0; i < n; i += 1) {
      gradient[i] += weight * slope[i];
      for (let j = 0; j < n; j += 1) {
        let sum = 0;
        for (let r = 0; r < 3; r += 1) {
          for (let c = 0; c < 3; c += 1) {
            sum += jacobian[(k + r) * n + i] * metric[3 * r + c] * jacobian[(k + c) * n + j];
          }
        }
        hessian[i * n + j] += weight * (2 * sum + beta * slope[i] * slope[j]);
      }
    }
  });
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) hessian[i * n + j] -= beta * gradient[i] * gradient[j];
  }
  return { value: largest + Math.log(total) / beta, gradient, hessian };
}

function dampedStep(
  { gradient, hessian }: LocalModel,
  n: number,
  free: readonly number[],
  scale: Float64Array,
  damping: number,
): Float64Array | undefined {
  const m = free.length;
  if (m === 0) return undefined;
  const matrix = new Float64Array(m * m);
  const right = new Float64Array(m);
  let largest = 0;
  for (const i of free) largest = Math.max(largest, hessian[i * n + i] * scale[i] * scale[i]);
  free.forEach((i, r) => {
    right[r] = -gradient[i] * scale[i];
    free.forEach((j, c) => {
      matrix[r * m + c] = hessian[i * n + j] * scale[i] * scale[j];
    });
    matrix[r * m + r] += damping * largest + 1e-12;
  });
  const solved = solveSymmetric(matrix, right, m);
  if (!solved) return undefined;
  const step = new Float64Array(n);
  free.forEach((i, r) => {
    step[i] = solved[r] * scale[i];
  });
  return step;
}
