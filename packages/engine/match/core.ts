import { colorimeter, type Lab, type NamedWhite } from '../light/index.ts';
import { type Geometry, skinGrid } from '../skin/index.ts';
import { defaultAssumptions } from './assumptions.ts';
import { buildDoseTable, type DoseTable, makeTransport } from './dose-table.ts';
import {
  coarseCorrection,
  type Ensemble,
  ensembleOf,
  type Member,
  memberBuilder,
  memberOrder,
  memberPoints,
  priorPoints,
  reach,
} from './ensemble.ts';
import { learn, type SpotObservation, temperedWeights, unknownCount } from './learn.ts';
import { type PigmentOptics, pigmentOptics, type SkinColourModel, skinColourModel } from './model.ts';
import { absorptionPerK, nominalLayerUm, type Pigment, pigmentRules, type Treatment } from './pigment.ts';
import type { PatchSkin } from './readings.ts';
import type { MatchAssumptions } from './request.ts';
import { lnPersonalRetention, type ScenarioModel, scenarioModel, scenarioOf } from './scenario.ts';
import { type Candidate, restrict, searchSubsets } from './search.ts';
import { type SolverTarget, solveDoses, solveRobust, solverTarget, worstDeltaE00 } from './solve.ts';

/** The optics of a match, free of readings, drops and words. */
export interface MatchProblem {
  readonly pigments: readonly Pigment[];
  readonly treatment: Treatment;
  readonly patch: Pick<PatchSkin, 'at' | 'residual01'>;
  /** Colours of the surround under `lights`, as total reflectance. */
  readonly target: readonly Pick<Lab<NamedWhite>, 'L' | 'a' | 'b'>[];
  readonly lights: readonly NamedWhite[];
  readonly geometry: Geometry;
  readonly assumptions: MatchAssumptions;
  readonly spots: readonly SpotObservation[];
  /** Largest dose implanted of any pigment. */
  readonly highestDose: number;
  readonly seed: number;
}

/** Called often; reports, and throws to stop. */
export type Pause = (done01: number, step: 'table' | 'learn' | 'search' | 'spread') => Promise<void>;

/** The most probable person and everything their colours follow from. */
export interface Central {
  readonly model: ScenarioModel;
  readonly optics: PigmentOptics;
  readonly table: DoseTable;
  readonly colour: SkinColourModel;
  /** Implanted to healed dose at work, per pigment. */
  readonly doseFactors: Float64Array;
  readonly target: SolverTarget;
  readonly scale: Float64Array;
}

export interface RankedRecipe {
  /** Implanted doses. */
  readonly doses: Float64Array;
  /** Worst light if every assumption holds. */
  readonly worstDeltaE00: number;
  /** Mean over possible people of the worst light. */
  readonly meanWorstDeltaE00: number;
}

export interface MatchCore {
  readonly central: Central;
  readonly ensemble: Ensemble;
  /** Added to members' reflectances: what the coarse transport lacks, and what the skin model misses of the patch. */
  readonly correction: Float64Array;
  /** Best first. */
  readonly recipes: readonly RankedRecipe[];
  /** Solutions of the search if every assumption holds, healed doses, best first. */
  readonly candidates: readonly Candidate[];
  readonly evaluations: number;
}

/** Nodes and directions of the one fine table; absorption and scattering it covers, cm⁻¹. */
const fineOrder = 10;
const finePoints = 12;
const coveredMua = 150;
const coveredMusp = 500;

/** People simulated, and how many of them rank the runners-up. */
const memberCount = 96;
const rankingShare = 3;
/** Candidates optimised for the uncertain case, and how far behind the best they may be. */
const mostRanked = 8;
const rankedWithin = 1;
/**
 * Preferences in CIEDE2000: for fewer pigments, against those a rule says to avoid, and for little pigment (the price of
 * undiluted strength), because what is in the skin cannot be taken out.
 */
const pigmentPrice = 0.03;
const avoidPrice = 1;
const strengthPrice = 0.6;
/** Effective share of simulated people kept after weighting. */
const leastEffective = 0.3;

export async function solveMatch(problem: MatchProblem, pause: Pause): Promise<MatchCore> {
  const optics = pigmentOptics(problem.pigments);
  const model = scenarioModel(problem.patch.at, problem.geometry, problem.pigments, problem.assumptions);
  await pause(0, 'table');

  const prior = centralOf(problem, model, optics, new Float64Array(model.dimensions));
  await pause(0.5, 'table');
  const learning =
    problem.spots.length === 0
      ? undefined
      : learn(model, optics, problem.spots, memberPoints, (doses) =>
          coarseOffset(prior, doses, problem.patch.residual01),
        );
  await pause(1, 'learn');
  const central = learning ? centralOf(problem, model, optics, learning.centre) : prior;
  await pause(1, 'table');

  const workHighest = problem.highestDose * Math.max(...central.doseFactors);
  const { candidates, evaluations } = await searchSubsets(
    central.colour,
    central.target,
    central.scale,
    workHighest,
    { pause: (done01) => pause(done01, 'search') },
  );

  // Members' tables cover the best candidates and the spots, with room for thin layers and strong retention.
  const covered = reach(
    optics,
    [
      ...candidates.slice(0, mostRanked).map(({ doses }) => doses),
      ...problem.spots.map(({ doses }) => doses),
    ],
    2.5,
  );
  const build = memberBuilder(model, covered);
  const members: Member[] = [];
  const lnRatios: number[] = [];
  const dimensions = learning ? unknownCount(model, problem.spots) : model.dimensions;
  for (const [k, normals] of priorPoints(dimensions, memberCount, problem.seed).entries()) {
    if (learning) {
      const { y, lnProposal } = learning.draw(normals);
      const member = build(y.slice(0, model.dimensions), 1);
      members.push(member);
      lnRatios.push(learning.lnPosterior(member, y) - lnProposal);
    } else {
      members.push(build(normals, 1));
    }
    if (k % 4 === 3) await pause(k / memberCount, 'spread');
  }
  const weights = learning ? temperedWeights(lnRatios, leastEffective) : undefined;
  const ensemble = ensembleOf(
    model,
    members.map((member, k) => (weights ? { ...member, weight: weights[k] } : member)),
  );
  const bestDoses = candidates[0].doses;
  const correction = coarseOffset(central, bestDoses, problem.patch.residual01, covered);
  await pause(1, 'spread');
  const recipes = rankRecipes(problem, central, ensemble, correction, candidates);
  return { central, ensemble, correction, recipes, candidates, evaluations };
}

/** The fine model of one person. */
function centralOf(
  problem: Pick<MatchProblem, 'lights' | 'target' | 'patch' | 'pigments'>,
  model: ScenarioModel,
  optics: PigmentOptics,
  z: Float64Array,
): Central {
  const { skin, geometry } = scenarioOf(model, z);
  const table = buildDoseTable(skin, geometry, {
    order: fineOrder,
    points: finePoints,
    mostMuaPerCm: new Float64Array(skinGrid.count).fill(coveredMua),
    mostMuspPerCm: new Float64Array(skinGrid.count).fill(coveredMusp),
  });
  const meters = problem.lights.map((white) => colorimeter(white, skinGrid));
  const doseScale = nominalLayerUm / geometry.pigmentLayerUm;
  return {
    model,
    optics,
    table,
    colour: skinColourModel(table, optics, meters, problem.patch.residual01),
    doseFactors: Float64Array.from(
      problem.pigments,
      (_, p) => doseScale * Math.exp(lnPersonalRetention(model, z, p)),
    ),
    target: solverTarget(problem.target),
    scale: doseScales(problem.pigments),
  };
}

/** Dose of each pigment that absorbs 1 cm⁻¹ or scatters 10 cm⁻¹ at its strongest band. */
export function doseScales(pigments: readonly Pigment[]): Float64Array {
  return Float64Array.from(
    pigments,
    ({ K, S }) => 1 / Math.max(absorptionPerK * Math.max(...K), Math.max(...S) / 10, 1e-9),
  );
}

function coarseOffset(
  central: Central,
  doses: Float64Array,
  residual01: Float64Array,
  covered = reach(central.optics, [doses], 2.5),
): Float64Array {
  const { skin, geometry } = scenarioOf(central.model, new Float64Array(central.model.dimensions));
  const options = { order: memberOrder, points: memberPoints, ...covered };
  const coarse = buildDoseTable(skin, geometry, options, makeTransport(memberPoints));
  const fine = buildDoseTable(skin, geometry, { ...options, points: finePoints });
  return coarseCorrection(fine, coarse, central.optics, doses).map((value, band) => value + residual01[band]);
}

function rankRecipes(
  problem: MatchProblem,
  central: Central,
  ensemble: Ensemble,
  correction: Float64Array,
  candidates: readonly Candidate[],
): RankedRecipe[] {
  const meters = problem.lights.map((white) => colorimeter(white, skinGrid));
  const people = ensemble.members.map((member) => ({
    colour: skinColourModel(member.table, central.optics, meters, correction),
    weight: member.weight,
    doseFactors: Float64Array.from(
      problem.pigments,
      (_, p) => member.doseScale * Math.exp(lnPersonalRetention(ensemble.model, member.z, p)),
    ),
  }));
  const best = candidates[0].worstDeltaE00;
  const labs = new Float64Array(3 * problem.lights.length);
  const avoided = problem.pigments.map((pigment) =>
    pigmentRules(pigment, problem.treatment).some(({ effect }) => effect === 'avoid'),
  );
  const optimise = (start: Float64Array, share: number): RankedRecipe => {
    const subset = [...start.keys()].filter((p) => start[p] > 0);
    const chosen = people.filter((_, k) => k % share === 0);
    const total = chosen.reduce((sum, { weight }) => sum + weight, 0);
    const solved = solveRobust(
      chosen.map(({ colour, weight, doseFactors }) => ({
        model: restrict(colour, subset),
        weight: weight / total,
        doseFactors: Float64Array.from(subset, (p) => doseFactors[p]),
      })),
      central.target,
      Float64Array.from(subset, (p) => start[p]),
      Float64Array.from(subset, (p) => central.scale[p]),
      problem.highestDose,
    );
    const doses = new Float64Array(problem.pigments.length);
    subset.forEach((p, i) => {
      doses[p] = solved.doses[i] < 1e-4 * central.scale[p] ? 0 : solved.doses[i];
    });
    central.colour.evaluate(
      doses.map((dose, p) => dose * central.doseFactors[p]),
      labs,
    );
    return {
      doses,
      worstDeltaE00: worstDeltaE00(labs, central.target),
      meanWorstDeltaE00: solved.meanWorstDeltaE00,
    };
  };
  const price = ({ doses, meanWorstDeltaE00 }: RankedRecipe) =>
    doses.reduce(
      (sum, dose, p) =>
        sum +
        (dose > 0 ? pigmentPrice + (avoided[p] ? avoidPrice : 0) : 0) +
        (strengthPrice * dose) / problem.highestDose,
      meanWorstDeltaE00,
    );
  const eligible = candidates.filter(({ worstDeltaE00: worst }) => worst <= best + rankedWithin);
  const withoutAvoided = candidates.filter(({ doses }) => !doses.some((dose, p) => dose > 0 && avoided[p]));
  const ranked = [...new Set([...eligible.slice(0, mostRanked), ...withoutAvoided.slice(0, 3)])].map(
    ({ doses }) =>
      optimise(
        doses.map((dose, p) => dose / central.doseFactors[p]),
        rankingShare,
      ),
  );
  ranked.sort((a, b) => price(a) - price(b));
  return ranked.slice(0, 4).map((recipe) => optimise(recipe.doses, 1));
}

/** Best worst-light difference with other pigments or another depth, for the gamut verdict. */
export function bestWith(
  problem: MatchProblem,
  change: { readonly extraPigments?: readonly Pigment[]; readonly geometry?: Geometry },
): number {
  const pigments = [...problem.pigments, ...(change.extraPigments ?? [])];
  const model = scenarioModel(
    problem.patch.at,
    change.geometry ?? problem.geometry,
    pigments,
    problem.assumptions,
  );
  const central = centralOf(
    { ...problem, pigments },
    model,
    pigmentOptics(pigments),
    new Float64Array(model.dimensions),
  );
  return [0.5, 2, 8].reduce((best, factor) => {
    const start = central.scale.map((s) => s * factor);
    const solved = solveDoses(central.colour, central.target, start, central.scale, problem.highestDose);
    return Math.min(best, solved.worstDeltaE00);
  }, Number.POSITIVE_INFINITY);
}

/** Best recipe if every assumption holds, doses at work; for benches and tests of the palette alone. */
export async function bestOfPalette(
  problem: Pick<MatchProblem, 'pigments' | 'patch' | 'target' | 'lights' | 'geometry'>,
): Promise<Candidate> {
  const model = scenarioModel(
    problem.patch.at,
    problem.geometry,
    problem.pigments,
    defaultAssumptions('vitiligo'),
  );
  const optics = pigmentOptics(problem.pigments);
  const central = centralOf(problem, model, optics, new Float64Array(model.dimensions));
  const { candidates } = await searchSubsets(central.colour, central.target, central.scale, coveredMusp, {
    pause: async () => {},
  });
  return candidates[0];
}

/** Narrow absorbers without scattering: no real palette does better in hue. */
export function idealPigments(): Pigment[] {
  return [440, 540, 630].map(
    (centreNm): Pigment => ({
      id: `ideal-${centreNm}`,
      name: `ideal absorber at ${centreNm} nm`,
      kind: 'ink',
      K: Float64Array.from({ length: skinGrid.count }, (_, i) =>
        Math.exp(-0.5 * ((skinGrid.startNm + i * skinGrid.stepNm - centreNm) / 35) ** 2),
      ),
      S: new Float64Array(skinGrid.count),
      relativeSd: { K: 0, S: 0 },
      provenance: { method: 'given', source: 'ideal' },
      isWhiteOpacifier: false,
    }),
  );
}
