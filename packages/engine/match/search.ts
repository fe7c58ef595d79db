import { type ColourModel, type SolverTarget, solveDoses } from './solve.ts';

/** A recipe of the search: doses of all pigments in order, zeros for those it does without. */
export interface Candidate {
  readonly doses: Float64Array;
  readonly worstDeltaE00: number;
}

export interface SearchProgress {
  /** Called between solves; may throw to stop. */
  readonly pause: (done01: number) => Promise<void>;
}

/** All subsets of `size` of the numbers 0..count-1, in lexical order. */
export function subsetsOf(count: number, size: number): number[][] {
  const found: number[][] = [];
  const grow = (chosen: number[], from: number) => {
    if (chosen.length === size) {
      found.push(chosen);
      return;
    }
    for (let i = from; i < count; i += 1) grow([...chosen, i], i + 1);
  };
  grow([], 0);
  return found;
}

/** The same forward model with only some of its pigments. */
export function restrict(model: ColourModel, subset: readonly number[]): ColourModel {
  const all = new Float64Array(model.pigmentCount);
  const rows = 3 * model.lightCount;
  const wide = new Float64Array(rows * model.pigmentCount);
  return {
    pigmentCount: subset.length,
    lightCount: model.lightCount,
    evaluate(doses, labs, jacobian) {
      all.fill(0);
      subset.forEach((p, i) => {
        all[p] = doses[i];
      });
      model.evaluate(all, labs, jacobian && wide);
      if (!jacobian) return;
      for (let row = 0; row < rows; row += 1) {
        subset.forEach((p, i) => {
          jacobian[row * subset.length + i] = wide[row * model.pigmentCount + p];
        });
      }
    },
  };
}

/** A blunt solution this much worse than the best so far is not polished. */
const hopeless = (best: number) => 1.25 * best + 0.4;
/** Doses to begin at, in typical doses: thin, and so heavy that pigment hides the skin. Both kinds of recipe exist. */
const starts = [1, 6, 40];
/** How many of the best are followed along flat valleys, and the difference below which none needs to be. */
const followed = 5;
const worthFollowing = 1;

const smallest = 3;
/**
 * Up to this many pigments every subset is solved (582 of them). Of larger sets every three are, and the best of each
 * size are grown by each other pigment.
 */
const exhaustiveUpTo = 10;
const grownFrom = 40;

/** Subsets one larger than the best of those solved, each once. */
function grown(
  solved: readonly { readonly subset: readonly number[]; readonly least: number }[],
  count: number,
): number[][] {
  const larger = new Map<string, number[]>();
  for (const { subset } of solved.toSorted((a, b) => a.least - b.least).slice(0, grownFrom)) {
    for (let p = 0; p < count; p += 1) {
      if (subset.includes(p)) continue;
      const next = [...subset, p].sort((a, b) => a - b);
      larger.set(next.join(), next);
    }
  }
  return [...larger.values()];
}

/**
 * Solves subsets of 3 to 5 pigments (fewer when there are fewer) and returns distinct recipes, best first. Doses may
 * come out zero, so a recipe can use fewer pigments than its subset.
 *
 * @param scale typical dose of each pigment
 * @param highest largest dose of any pigment
 */
export async function searchSubsets(
  model: ColourModel,
  target: SolverTarget,
  scale: Float64Array,
  highest: number,
  { pause }: SearchProgress,
): Promise<{ readonly candidates: Candidate[]; readonly evaluations: number }> {
  const n = model.pigmentCount;
  let evaluations = 0;
  let best = Number.POSITIVE_INFINITY;
  const found = new Map<string, Candidate>();
  /** Best difference of one subset, polished or not. */
  const solveSubset = (subset: readonly number[]): number => {
    const own = Float64Array.from(subset, (p) => scale[p]);
    const restricted = restrict(model, subset);
    let least = Number.POSITIVE_INFINITY;
    for (const factor of starts) {
      const start = own.map((s) => s * factor);
      const solution = solveDoses(restricted, target, start, own, highest, hopeless(best));
      evaluations += solution.evaluations;
      least = Math.min(least, solution.worstDeltaE00);
      if (solution.worstDeltaE00 > hopeless(best)) continue;
      best = Math.min(best, solution.worstDeltaE00);
      const doses = new Float64Array(n);
      subset.forEach((p, i) => {
        doses[p] = solution.doses[i] < 1e-4 * scale[p] ? 0 : solution.doses[i];
      });
      const key = [...doses.keys()].filter((p) => doses[p] > 0).join();
      const known = found.get(key);
      if (!known || solution.worstDeltaE00 < known.worstDeltaE00) {
        found.set(key, { doses, worstDeltaE00: solution.worstDeltaE00 });
      }
    }
    return least;
  };
  let solved: { subset: readonly number[]; least: number }[] = [];
  for (const size of n < smallest ? [n] : [3, 4, 5].filter((s) => s <= n)) {
    const subsets = size > smallest && n > exhaustiveUpTo ? grown(solved, n) : subsetsOf(n, size);
    solved = [];
    for (const [k, subset] of subsets.entries()) {
      solved.push({ subset, least: solveSubset(subset) });
      if (k % 8 === 7) await pause((size - smallest + k / subsets.length) / 3);
    }
  }
  // Near the edge of the gamut valleys are long and flat: the best few are followed further, also towards heavier doses.
  const sorted = () => [...found.entries()].sort(([, a], [, b]) => a.worstDeltaE00 - b.worstDeltaE00);
  for (const [key, candidate] of sorted().slice(0, followed)) {
    if (candidate.worstDeltaE00 < worthFollowing) continue;
    const subset = [...candidate.doses.keys()].filter((p) => candidate.doses[p] > 0);
    const own = Float64Array.from(subset, (p) => scale[p]);
    let current = candidate;
    for (const factor of [1, 1.8, 1, 1.8, 1]) {
      const start = Float64Array.from(subset, (p) => current.doses[p] * factor);
      const solution = solveDoses(restrict(model, subset), target, start, own, highest);
      evaluations += solution.evaluations;
      if (solution.worstDeltaE00 >= current.worstDeltaE00) continue;
      const doses = new Float64Array(n);
      subset.forEach((p, i) => {
        doses[p] = solution.doses[i];
      });
      current = { doses, worstDeltaE00: solution.worstDeltaE00 };
    }
    found.set(key, current);
    await pause(1);
  }
  return { candidates: sorted().map(([, candidate]) => candidate), evaluations };
}
