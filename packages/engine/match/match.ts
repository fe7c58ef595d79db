import {
  colorimeter,
  deltaE00,
  type Lab,
  labFromXyz,
  labUnder,
  type NamedWhite,
  resample,
  whitePoint,
  xyzFromLab,
} from '../light/index.ts';
import { makeSkinModel, missingGloss01, skinGrid, usualLabSd } from '../skin/index.ts';
import { defaultAssumptions, defaultGeometry, pigmentClassOf } from './assumptions.ts';
import {
  bestWith,
  type Central,
  idealPigments,
  type MatchProblem,
  type RankedRecipe,
  solveMatch,
} from './core.ts';
import { type DropsPlan, dropMl, leastBatchDrops, mostBatchDrops, planDrops } from './drops.ts';
import { sessionDraws } from './ensemble.ts';
import { gamutVerdict } from './gamut.ts';
import type { SpotObservation } from './learn.ts';
import { type ColourDrift, classShares, learnedDrift } from './learned-drift.ts';
import { learnedAssumptions, skinGroupOf } from './learned-healing.ts';
import { driftWarning, healingWarning } from './learned-warnings.ts';
import { labAt } from './model.ts';
import { type Pigment, type PigmentSet, pigmentRules } from './pigment.ts';
import {
  chooseFirstDose,
  estimateWorst,
  type Prediction,
  predictColours,
  sensitivityOf,
  summariseLearned,
} from './predict.ts';
import { readPatch, readTarget } from './readings.ts';
import {
  type DriftAxis,
  type HealedSpot,
  type MatchAssumptions,
  type MatchOptions,
  type MatchOutcome,
  type MatchRequest,
  type MatchResult,
  type MatchStep,
  type Recipe,
} from './request.ts';
import { solverTarget, worstDeltaE00 } from './solve.ts';
import { checkRequest } from './validate.ts';

/** Share of all progress when a step begins, and what it takes. */
const progressOf: Readonly<Record<MatchStep, readonly [from: number, share: number]>> = {
  fit: [0, 0.1],
  table: [0.1, 0.2],
  learn: [0.3, 0.1],
  search: [0.4, 0.2],
  spread: [0.6, 0.4],
};

/** Outcomes simulated for each member. */
const drawsPerMember = 6;
/** Liquid that a square centimetre takes, with what is wiped away: an assumption, unreviewed. */
const mlPerCm2 = 0.02;

/**
 * The recipe for a patch, with what it is expected to heal to. Deterministic: same request and seed, same result.
 * Refusals are values; the promise rejects only with the signal's reason. About a second on one core.
 */
export async function matchPigments(request: MatchRequest, options: MatchOptions): Promise<MatchOutcome> {
  const geometry = request.geometry ?? defaultGeometry(request.treatment);
  const checked = checkRequest(request, geometry);
  if (!checked.ok) return checked;
  const { pigments } = checked;
  const observer = request.observer ?? '10';
  const lights = request.lights ?? ['D65', 'A'];
  const illuminants = [
    ...lights,
    ...(request.alsoReport ?? ['LED-B3']).filter((name) => !lights.includes(name)),
  ];
  const whites = illuminants.map((name): NamedWhite => `${name}/${observer}`);
  const pause = async (done01: number, step: MatchStep) => {
    options.signal?.throwIfAborted();
    const [from, share] = progressOf[step];
    options.onProgress?.(from + share * done01, step);
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    options.signal?.throwIfAborted();
  };

  await pause(0, 'fit');
  const skinModel = options.skinModel ?? makeSkinModel();
  await pause(0.4, 'fit');
  const target = readTarget(request.surround, whites, observer, options.seed, skinModel);
  const tanned =
    request.tannedSurround && readTarget(request.tannedSurround, whites, observer, options.seed, skinModel);
  const prior = defaultAssumptions(request.treatment);
  const learned =
    request.learned && learnedAssumptions(request.learned, request.treatment, skinGroupOf(target.ita), prior);
  const driftOf =
    request.learned && learnedDrift(request.learned, request.treatment, skinGroupOf(target.ita));
  const classes = pigments.map(pigmentClassOf);
  const assumed: MatchAssumptions = { ...prior, ...learned, ...request.assumptions };
  await pause(0.7, 'fit');
  const patch = readPatch(request.patch, assumed.scatteringPerCm, skinModel);

  const problem: MatchProblem = {
    pigments,
    treatment: request.treatment,
    patch,
    target: target.labs.slice(0, lights.length),
    lights: whites.slice(0, lights.length),
    geometry,
    assumptions: widenForReading(assumed, patch.sdDeltaE),
    spots: (request.spots ?? []).map((spot) => observationOf(spot, pigments)),
    highestDose: request.pigments.undilutedDose,
    seed: options.seed,
  };
  const core = await solveMatch(problem, pause);

  const meters = whites.map((white) => colorimeter(white, skinGrid));
  const gloss = missingGloss01(request.surround.instrument);
  const asRead = (lab: Lab<NamedWhite>) => withoutGloss(lab, gloss);
  const prediction: Prediction = {
    ensemble: core.ensemble,
    optics: core.central.optics,
    meters,
    target: solverTarget(target.labs),
    targetSdDeltaE: target.sdDeltaE,
    ...(tanned ? { tanned: solverTarget(tanned.labs) } : {}),
    draws: sessionDraws(pigments.length, core.ensemble.members.length * drawsPerMember, options.seed + 1),
    drawsPerMember,
    correction: core.correction,
    ...(driftOf
      ? {
          drift: (state, implanted) => {
            const drift = driftOf(state, classShares(implanted, classes));
            return drift && driftWithGloss(drift, asRead(target.labs[0]), gloss);
          },
        }
      : {}),
    seed: options.seed,
  };
  const least = Math.max(leastBatchDrops, Math.ceil(((request.areaCm2 ?? 0) * mlPerCm2) / dropMl));
  const made: { recipe: Recipe; plan: DropsPlan; ranked: RankedRecipe }[] = [];
  for (const ranked of core.recipes) {
    const plan = dropsFor(ranked, core.central, request.pigments, least);
    made.push({
      recipe: recipeOf(ranked, plan, core.central, request.pigments, pigments, prediction, lights.length),
      plan,
      ranked,
    });
    await pause(0.9, 'spread');
  }
  const { recipe, plan } = made[0];
  const implanted = plan.strengths01.map((s) => s * request.pigments.undilutedDose);
  const verdict = verdictOf(
    problem,
    core.central,
    core.candidates[0].doses,
    core.candidates[0].worstDeltaE00,
    target.ita,
    patch.reflectance01,
  );
  const used = pigments.filter((_, p) => plan.drops[p] > 0);
  const untreated = meters.map((meter, light) => ({
    illuminant: illuminants[light],
    deltaE00: deltaE00(labUnder(meter, patch.reflectance01), target.labs[light]),
  }));

  return {
    ok: true,
    recipe,
    firstDose: chooseFirstDose(prediction, implanted, {
      isTolerable: verdict.tolerable,
      isNeeded: untreated.some(({ deltaE00: difference }) => difference > leastSeen),
    }),
    predicted: predictColours(prediction, implanted, asRead),
    sensitivity: sensitivityOf(
      pigments,
      plan.drops,
      plan.totalDrops,
      (drops, totalDrops) => {
        const strengths = Float64Array.from(drops, (d, p) => d / (totalDrops * plan.letDown[p]));
        return labsOfStrengths(core.central, request.pigments, strengths);
      },
      (labs) => worstDeltaE00(labs, core.central.target),
      whites[0],
    ),
    alternatives: made.slice(1).map((entry) => entry.recipe),
    verdict,
    learned: summariseLearned(core.ensemble, pigments, problem.spots.length),
    untreated,
    warnings: [
      ...warningsOf(request, [...patch.warnings, ...target.warnings], checked.refused, plan),
      ...littleToGain(recipe, untreated.slice(0, lights.length)),
      ...(request.learned ? [healingWarning(request.learned, learned !== undefined)] : []),
      ...(request.learned ? driftWarning(request.learned, driftOf, classShares(implanted, classes)) : []),
    ],
    rules: used.flatMap((pigment) =>
      pigmentRules(pigment, request.treatment).map((rule) => ({ ...rule, pigment: pigment.id })),
    ),
    target: target.labs.map(asRead),
    observer,
    lights,
    geometry,
    seed: options.seed,
    evaluations: core.evaluations,
  };
}

/**
 * An uncertain reading of the patch leaves its blood and scattering uncertain: half the blood moves the healed colour by
 * about 2.3 CIEDE2000 and 20 % of the scattering by 2 (docs/science/match.md), so one unit of reading is about 0.2 and 0.08
 * in their logarithms; shared between the two.
 */
function widenForReading(assumed: MatchAssumptions, sdDeltaE: number): MatchAssumptions {
  return {
    ...assumed,
    bloodLogSd: Math.hypot(assumed.bloodLogSd, 0.14 * sdDeltaE),
    scatterLogSd: Math.hypot(assumed.scatterLogSd, 0.06 * sdDeltaE),
  };
}

/** Bands of a spectrum read at a clinic repeat within this. */
const spotSd01 = 0.004;

function observationOf(spot: HealedSpot, pigments: readonly Pigment[]): SpotObservation {
  const doses = Float64Array.from(pigments, ({ id }) => spot.doses[id] ?? 0);
  const { reading } = spot;
  const gloss = missingGloss01(reading.instrument);
  if (reading.kind === 'spectrum') {
    const reflectance01 = resample(reading.reflectance01, skinGrid).values.map((value) => value + gloss);
    return { doses, measured: { kind: 'spectrum', reflectance01, sd01: spotSd01 } };
  }
  const { L, a, b } = withGloss(reading.lab, gloss);
  return {
    doses,
    measured: {
      kind: 'lab',
      meter: colorimeter(reading.lab.white, skinGrid),
      lab: Float64Array.of(L, a, b),
      sdLab: reading.sdLab ?? usualLabSd(reading.instrument),
    },
  };
}

/** Surface reflection adds the same share of white to X, Y and Z. */
function withGloss(lab: Lab<NamedWhite>, gloss01: number): Lab<NamedWhite> {
  if (gloss01 === 0) return lab;
  const white = whitePoint(lab.white);
  const { X, Y, Z } = xyzFromLab(lab, white);
  const moved = { X: X + gloss01 * white.X, Y: Y + gloss01 * white.Y, Z: Z + gloss01 * white.Z };
  return labFromXyz(moved, white, lab.white);
}

function withoutGloss(lab: Lab<NamedWhite>, gloss01: number): Lab<NamedWhite> {
  return withGloss(lab, -gloss01);
}

/** Drift as an instrument reads it, as drift of total reflectance: surface reflection pales it by a few per cent. */
function driftWithGloss(drift: ColourDrift, at: Lab<NamedWhite>, gloss01: number): ColourDrift {
  if (gloss01 === 0) return drift;
  const from = withGloss(at, gloss01);
  const paled = (axis: 'a' | 'b'): DriftAxis => {
    const factor = withGloss({ ...at, [axis]: at[axis] + 1 }, gloss01)[axis] - from[axis];
    const { mean, meanSd, scatterSd } = drift[axis];
    return { mean: factor * mean, meanSd: factor * meanSd, scatterSd: factor * scatterSd };
  };
  return { a: paled('a'), b: paled('b') };
}

/** Colours under the optimised lights of a batch of given strengths, if every assumption holds. */
function labsOfStrengths(central: Central, set: PigmentSet, strengths01: Float64Array): Float64Array {
  const labs = new Float64Array(3 * central.colour.lightCount);
  central.colour.evaluate(
    strengths01.map((s, p) => s * set.undilutedDose * central.doseFactors[p]),
    labs,
  );
  return labs;
}

function dropsFor(ranked: RankedRecipe, central: Central, set: PigmentSet, least: number): DropsPlan {
  const strengths01 = ranked.doses.map((dose) => dose / set.undilutedDose);
  const lights = central.colour.lightCount;
  const exact = labsOfStrengths(central, set, strengths01);
  const wanted = solverTarget(Array.from({ length: lights }, (_, k) => labAt(exact, k, 'D65/10')));
  return planDrops({
    strengths01,
    errorOf: (strengths) => worstDeltaE00(labsOfStrengths(central, set, strengths), wanted),
    least,
    most: Math.max(mostBatchDrops, 2 * least),
  });
}

function recipeOf(
  ranked: RankedRecipe,
  plan: DropsPlan,
  central: Central,
  set: PigmentSet,
  pigments: readonly Pigment[],
  prediction: Prediction,
  lights: number,
): Recipe {
  const total = plan.strengths01.reduce((sum, s) => sum + s, 0);
  const implanted = plan.strengths01.map((s) => s * set.undilutedDose);
  const named = (values: Float64Array) =>
    Object.fromEntries(pigments.flatMap(({ id }, p) => (values[p] > 0 ? [[id, values[p]]] : [])));
  return {
    parts: pigments.flatMap((pigment, p) =>
      plan.drops[p] > 0
        ? [
            {
              pigment: pigment.id,
              name: pigment.name,
              parts01: plan.strengths01[p] / total,
              drops: plan.drops[p],
              letDown: plan.letDown[p],
            },
          ]
        : [],
    ),
    diluentDrops: plan.diluentDrops,
    totalDrops: plan.totalDrops,
    doses: named(ranked.doses),
    doseOfDrops: named(implanted),
    worstDeltaE00: ranked.worstDeltaE00,
    worstDeltaE00OfDrops: worstDeltaE00(labsOfStrengths(central, set, plan.strengths01), central.target),
    spread: estimateWorst(prediction, implanted, lights),
  };
}

function verdictOf(
  problem: MatchProblem,
  central: Central,
  healedDoses: Float64Array,
  best: number,
  ita: number,
  patch01: Float64Array,
): MatchResult['verdict'] {
  const labs = new Float64Array(3 * problem.lights.length);
  central.colour.evaluate(healedDoses, labs);
  const t = central.target.labs;
  let bestDeltaEab = 0;
  for (let k = 0; k < labs.length; k += 3) {
    bestDeltaEab = Math.max(
      bestDeltaEab,
      Math.hypot(labs[k] - t[k], labs[k + 1] - t[k + 1], labs[k + 2] - t[k + 2]),
    );
  }
  return gamutVerdict({
    best,
    bestDeltaEab,
    ita,
    surround: problem.target[0],
    patch: labUnder(colorimeter(problem.lights[0], skinGrid), patch01),
    bestWithIdealPalette: () => bestWith(problem, { extraPigments: idealPigments() }),
    bestShallow: () => bestWith(problem, { geometry: { ...problem.geometry, clearDermisUm: 0 } }),
  });
}

/** CIEDE2000 up to which two skins side by side are taken for one, the usual just noticeable difference. */
const leastSeen = 1;

/** A treatment expected to gain less than this, CIEDE2000, is hardly worth its risks. */
const worthwhileGain = 1;

function littleToGain(recipe: Recipe, untreated: MatchResult['untreated']): MatchResult['warnings'] {
  const now = Math.max(...untreated.map(({ deltaE00: difference }) => difference));
  if (recipe.spread.expected < now - worthwhileGain) return [];
  const message = `The untreated patch differs by ΔE00 ${now.toFixed(1)}; the recipe is expected to leave ${recipe.spread.expected.toFixed(1)}: little to gain.`;
  return [{ code: 'little-to-gain', message }];
}

function warningsOf(
  request: MatchRequest,
  fromFits: readonly { readonly code: string; readonly message: string }[],
  refused: readonly Pigment[],
  plan: DropsPlan,
): MatchResult['warnings'] {
  const warnings = new Map(fromFits.map(({ code, message }) => [code, message]));
  warnings.set(
    'model-not-proof',
    'Predicted colours are a model of light in skin; no accuracy in living skin has been shown.',
  );
  if (request.pigments.kind === 'paint') {
    warnings.set(
      'paint-not-ink',
      'These pigments were measured as paint, not as ink: for learning, not for treatment.',
    );
  }
  if (!request.pigments.doseCalibrated) {
    warnings.set(
      'dose-not-calibrated',
      'The strength of undiluted pigment is assumed; calibrate it with healed test spots before relying on dilution.',
    );
  }
  if ((request.spots ?? []).length === 0) {
    warnings.set(
      'no-test-spot',
      'Depth, scattering and retention of this person are assumed; a healed test spot narrows the range.',
    );
  }
  if (request.surround.kind === 'lab' || request.patch.kind === 'lab') {
    warnings.set(
      'colour-not-spectrum',
      'A colour of three numbers leaves the look under other lights open; a spectrum would settle it.',
    );
  }
  if (request.surround.instrument === 'camera') {
    warnings.set('photo-reading', 'A photograph cannot certify a match; confirm with a contact instrument.');
  }
  if (refused.length > 0) {
    warnings.set(
      'pigment-refused',
      `Left out by the blocklist: ${refused.map(({ name }) => name).join(', ')}.`,
    );
  }
  if (plan.strengths01.reduce((sum, s) => sum + s, 0) > 0.95) {
    warnings.set(
      'undiluted',
      'The recipe asks for undiluted pigment: one session may not reach this strength.',
    );
  }
  return [...warnings].map(([code, message]) => ({ code, message }));
}
