import { cholesky, solveLower, solveUpper } from '../match/linear.ts';

/**
 * A hierarchy of effects by exact Gaussian algebra. A result y of person g is
 *
 *   y = sum of w_k · b_k + u_g + e,   b_k ~ N(0, (q τ_k)²),   u_g ~ N(0, (m κ)²),   e ~ N(0, (m σ)² + s²)
 *
 * with weights w, deviations τ, κ, σ given, s the result's own measurement deviation, and two scales unknown:
 * ln q ~ N(0, d²), ln m ~ N(0, d²). Given the scales everything is Gaussian and solved exactly (people are taken out by
 * Sherman and Morrison); the scales are integrated on a grid, weighted by their marginal likelihood. No chance involved.
 */
export interface Result {
  /** Name of each effect with its weight. */
  readonly effects: readonly (readonly [effect: string, weight: number])[];
  readonly person: string;
  readonly value: number;
  /** Measurement deviation. */
  readonly sd: number;
}

export interface HierarchyPrior {
  /** Deviation of an effect by its name. */
  readonly effectSd: (effect: string) => number;
  readonly personSd: number;
  readonly sessionSd: number;
  /** Deviation of the logarithm of both scales. */
  readonly scaleLogSd: number;
}

export interface Posterior {
  /** How the value of a new person with these effects is spread, without measurement error. */
  predict(effects: Result['effects'], extraSd?: number): { readonly mean: number; readonly sd: number };
  /** The common part alone: what all people of this kind share. */
  shared(effects: Result['effects']): { readonly mean: number; readonly sd: number };
  /** Expected scales: of effects between groups, and of spread within. */
  readonly scales: { readonly between: number; readonly within: number };
}

interface Node {
  readonly between: number;
  readonly within: number;
  readonly weight: number;
  readonly mean: Float64Array;
  /** Lower Cholesky factor of the precision of the effects. */
  readonly factor: Float64Array;
}

const gridSteps = [-2.4, -1.6, -0.8, 0, 0.8, 1.6, 2.4];

export function fitHierarchy(results: readonly Result[], prior: HierarchyPrior): Posterior {
  const names = [...new Set(results.flatMap(({ effects }) => effects.map(([name]) => name)))];
  const indexOf = new Map(names.map((name, k) => [name, k]));
  const sds = names.map(prior.effectSd);
  const people = new Map<string, Result[]>();
  for (const result of results) {
    const own = people.get(result.person);
    if (own) own.push(result);
    else people.set(result.person, [result]);
  }
  const groups = [...people.values()].map((own) =>
    own.map(({ effects, value, sd }) => ({
      at: effects.map(([name]) => indexOf.get(name) as number),
      w: effects.map(([, weight]) => weight),
      value,
      sd,
    })),
  );
  const solved: (Node & { lnLikelihood: number })[] = [];
  for (const a of gridSteps) {
    for (const b of gridSteps) {
      const between = Math.exp(a * prior.scaleLogSd);
      const within = Math.exp(b * prior.scaleLogSd);
      const node = solveAt(groups, sds, between, within, prior);
      solved.push({
        ...node,
        between,
        within,
        weight: 0,
        lnLikelihood: node.lnLikelihood - (a * a + b * b) / 2,
      });
    }
  }
  const most = Math.max(...solved.map(({ lnLikelihood }) => lnLikelihood));
  const total = solved.reduce((sum, { lnLikelihood }) => sum + Math.exp(lnLikelihood - most), 0);
  const nodes: Node[] = solved.map((node) => ({
    ...node,
    weight: Math.exp(node.lnLikelihood - most) / total,
  }));

  const at = (node: Node, effects: Result['effects']) => {
    const x = new Float64Array(names.length);
    let unseen = 0;
    let mean = 0;
    for (const [name, weight] of effects) {
      const k = indexOf.get(name);
      if (k === undefined) unseen += (weight * node.between * prior.effectSd(name)) ** 2;
      else {
        x[k] += weight;
        mean += weight * node.mean[k];
      }
    }
    const half = solveLower(node.factor, x, names.length);
    return { mean, variance: unseen + half.reduce((sum, v) => sum + v * v, 0) };
  };
  const mixed = (effects: Result['effects'], added: (node: Node) => number) => {
    let mean = 0;
    let square = 0;
    for (const node of nodes) {
      const own = at(node, effects);
      mean += node.weight * own.mean;
      square += node.weight * (own.mean ** 2 + own.variance + added(node));
    }
    return { mean, sd: Math.sqrt(Math.max(square - mean * mean, 0)) };
  };
  return {
    predict: (effects, extraSd = 0) =>
      mixed(
        effects,
        ({ within }) => within ** 2 * (prior.personSd ** 2 + prior.sessionSd ** 2) + extraSd ** 2,
      ),
    shared: (effects) => mixed(effects, () => 0),
    scales: {
      between: nodes.reduce((sum, node) => sum + node.weight * node.between, 0),
      within: nodes.reduce((sum, node) => sum + node.weight * node.within, 0),
    },
  };
}

interface Row {
  readonly at: readonly number[];
  readonly w: readonly number[];
  readonly value: number;
  readonly sd: number;
}

function solveAt(
  groups: readonly (readonly Row[])[],
  sds: readonly number[],
  between: number,
  within: number,
  prior: HierarchyPrior,
): { mean: Float64Array; factor: Float64Array; lnLikelihood: number } {
  const n = sds.length;
  const precision = new Float64Array(n * n);
  const right = new Float64Array(n);
  let lnDeterminant = 0;
  let square = 0;
  sds.forEach((sd, k) => {
    const own = (between * sd) ** 2;
    precision[k * n + k] = 1 / own;
    lnDeterminant += Math.log(own);
  });
  const person = (within * prior.personSd) ** 2;
  for (const rows of groups) {
    let certainty = 0;
    let weighted = 0;
    // Sum of the group's rows, each over its variance: what the person's own level takes away again.
    const sumAt = new Map<number, number>();
    for (const { at, w, value, sd } of rows) {
      const variance = (within * prior.sessionSd) ** 2 + sd * sd;
      lnDeterminant += Math.log(variance);
      certainty += 1 / variance;
      weighted += value / variance;
      square += (value * value) / variance;
      for (let i = 0; i < at.length; i++) {
        right[at[i]] += (w[i] * value) / variance;
        sumAt.set(at[i], (sumAt.get(at[i]) ?? 0) + w[i] / variance);
        for (let j = 0; j < at.length; j++) precision[at[i] * n + at[j]] += (w[i] * w[j]) / variance;
      }
    }
    const shrink = person / (1 + person * certainty);
    lnDeterminant += Math.log1p(person * certainty);
    square -= shrink * weighted * weighted;
    for (const [i, u] of sumAt) {
      right[i] -= shrink * u * weighted;
      for (const [j, v] of sumAt) precision[i * n + j] -= shrink * u * v;
    }
  }
  const factor = cholesky(precision, n);
  if (!factor) {
    throw Object.assign(new Error('fitHierarchy: the precision of the effects is not positive'), {
      code: 'hierarchy-singular' as const,
    });
  }
  const half = solveLower(factor, right, n);
  for (let k = 0; k < n; k++) lnDeterminant += 2 * Math.log(factor[k * n + k]);
  return {
    factor,
    mean: solveUpper(factor, half, n),
    lnLikelihood: -0.5 * (lnDeterminant + square - half.reduce((sum, v) => sum + v * v, 0)),
  };
}
