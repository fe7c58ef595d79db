import { describe, expect, it } from 'vitest';
import { colorimeter } from '../light/index.ts';
import { solveMatch } from '../match/core.ts';
import { sessionDraws } from '../match/ensemble.ts';
import {
  classShares,
  defaultAssumptions,
  defaultGeometry,
  healingStates,
  type LearnedHealing,
  learnedAssumptions,
  learnedDrift,
  learnedHealingProblem,
  type MatchAssumptions,
  matchPigments,
  pigmentClassOf,
  samplePaints,
} from '../match/index.ts';
import { outcomesOf, type Prediction, predictColours } from '../match/predict.ts';
import { readPatch, readTarget } from '../match/readings.ts';
import { solverTarget } from '../match/solve.ts';
import { healedAgainstPlan } from '../outcome/index.ts';
import { simulateHealing } from '../simulator/healed-results.ts';
import { seededRandom } from '../simulator/random.ts';
import { makeSkinModel, skinGrid } from '../skin/index.ts';
import { expectedLn, type HealedResult, learnedHealing, pigmentClasses } from './index.ts';

const colour = (L: number, a: number, b: number) => ({
  kind: 'lab' as const,
  instrument: 'contact-colorimeter' as const,
  lab: { white: 'D65/10' as const, L, a, b },
});
const request = {
  treatment: 'vitiligo' as const,
  patch: colour(72, 8, 14),
  surround: colour(60, 12, 19),
  pigments: samplePaints,
};
const skinModel = makeSkinModel();

/** What a clinic of 40 results learned of retention, with a drift of one's own in every cell. */
function withDrift(mean: number, meanSd: number, scatterSd: number): LearnedHealing {
  const learned = learnedHealing(simulateHealing(40, 3).results, 'simulated clinic');
  const axis = { mean, meanSd, scatterSd };
  return { ...learned, drift: (learned.drift ?? []).map((cell) => ({ ...cell, a: axis, b: axis })) };
}

async function matched(learned: LearnedHealing) {
  const match = await matchPigments({ ...request, learned }, { seed: 1, skinModel });
  if (!match.ok) throw new Error('the match was refused');
  return match;
}
const week6 = (match: Awaited<ReturnType<typeof matched>>) => {
  const found = match.predicted.find(({ state, illuminant }) => state === 'week6' && illuminant === 'D65');
  if (!found) throw new Error('no prediction of week 6');
  return found;
};

describe('learned drift in a match', () => {
  it('changes no colour where it is zero and nothing scatters, and is not mentioned by documents without it', async () => {
    const { drift: _, ...before } = withDrift(0, 0, 0);
    const plain = await matched(before);
    const zero = await matched(withDrift(0, 0, 0));
    expect(zero.recipe).toEqual(plain.recipe);
    expect(zero.predicted).toEqual(plain.predicted);
    expect(zero.firstDose).toEqual(plain.firstDose);
    expect(plain.warnings.map(({ code }) => code)).not.toContain('drift-learned');
    expect(zero.warnings.map(({ code }) => code)).toContain('drift-learned');
  });

  it('moves a* and b* by its mean, in the states it was learned for and no other', async () => {
    const zero = await matched(withDrift(0, 0, 0));
    const moved = await matched(withDrift(1.5, 0, 0));
    moved.predicted.forEach(({ state, lab }, i) => {
      const by = state === 'week6' ? 1.5 : 0;
      const from = zero.predicted[i].lab;
      expect(lab.L).toBeCloseTo(from.L, 1);
      expect(lab.a - from.a).toBeCloseTo(by, 1);
      expect(lab.b - from.b).toBeCloseTo(by, 1);
    });
    expect(moved.warnings.find(({ code }) => code === 'drift-learned')?.message).toMatch(
      /40 results.*week6 Δa\* \+1\.5, Δb\* \+1\.5/,
    );
  });

  it.each([
    ['the mean', (sd: number) => withDrift(0.5, sd, 0.5)],
    ['the scatter', (sd: number) => withDrift(0.5, 0.5, sd)],
  ])('widens the interval with the uncertainty of %s', async (_, learned) => {
    const widths: number[] = [];
    for (const sd of [0, 1.5, 3, 6]) {
      const { low, high } = week6(await matched(learned(sd))).interval90;
      widths.push(high.a - low.a + high.b - low.b);
    }
    // Scatter below the model's own leaves the interval as it is.
    expect(widths).toEqual([...widths].sort((x, y) => x - y));
    expect(widths[2]).toBeGreaterThan(widths[0] + 0.5);
    expect(widths[3]).toBeGreaterThan(widths[2] + 0.5);
  });

  it('is refused where a number cannot be', () => {
    const learned = withDrift(0.5, 0.5, 0.5);
    expect(learnedHealingProblem(JSON.parse(JSON.stringify(learned)))).toBeUndefined();
    for (const axis of [
      { mean: 99, meanSd: 1, scatterSd: 1 },
      { mean: 0, meanSd: -1, scatterSd: 1 },
      { mean: 0, meanSd: 1 },
      null,
    ]) {
      const drift = [{ ...learned.drift?.[0], b: axis }];
      expect(learnedHealingProblem({ ...learned, drift })).toMatch(/drift 0/);
    }
  });
});

describe('a clinic whose colours drift', () => {
  const known = { a: 2.2, b: -2.6, scatter: 0.8 };
  const readingSd = 0.7;
  const white = 'D65/10' as const;
  const { pigments } = samplePaints;
  const classes = pigments.map(pigmentClassOf);
  const implanted = Float64Array.from(pigments, () => 0);

  async function predictionOf(assumptions: MatchAssumptions): Promise<Prediction> {
    const target = readTarget(request.surround, [white], '10', 1, skinModel);
    const core = await solveMatch(
      {
        pigments,
        treatment: 'vitiligo',
        patch: readPatch(request.patch, assumptions.scatteringPerCm, skinModel),
        target: target.labs,
        lights: [white],
        geometry: defaultGeometry('vitiligo'),
        assumptions,
        spots: [],
        highestDose: samplePaints.undilutedDose,
        seed: 1,
      },
      async () => {},
    );
    if (implanted.every((dose) => dose === 0)) implanted.set(core.recipes[0].doses);
    return {
      ensemble: core.ensemble,
      optics: core.central.optics,
      meters: [colorimeter(white, skinGrid)],
      target: solverTarget(target.labs),
      targetSdDeltaE: target.sdDeltaE,
      draws: sessionDraws(pigments.length, 576, 2),
      drawsPerMember: 6,
      correction: core.correction,
      seed: 1,
    };
  }

  it('heals within 90 % intervals about 90 times in 100 once it has learned, and not if drift is ignored', async () => {
    const prior = defaultAssumptions('vitiligo');
    const assumed = await predictionOf(prior);
    const asIs = <T>(lab: T) => lab;
    const predicted = predictColours(assumed, implanted, asIs);
    const shares = classShares(implanted, classes);
    const retentionOf = Object.fromEntries(
      healingStates.map((state) => [
        state,
        state === 'day0' ? 1 : Math.exp(expectedLn({ treatment: 'vitiligo', state, shares })),
      ]),
    );
    const truth = outcomesOf(
      { ...assumed, draws: sessionDraws(pigments.length, 576, 77) },
      implanted,
      'week6',
    );
    const count = { with: 0, without: 0, all: 0 };
    for (const seed of [11, 12, 13]) {
      const random = seededRandom(seed);
      const heal = () => {
        const [L, a, b] = random.pick(truth).labs;
        return {
          white,
          L,
          a: a + known.a + known.scatter * random.normal(),
          b: b + known.b + known.scatter * random.normal(),
        };
      };
      const results = Array.from({ length: 80 }).flatMap((_, i): HealedResult[] => {
        const { L, a, b } = heal();
        const noise = () => readingSd * random.normal();
        const seen = { white, L: L + noise(), a: a + noise(), b: b + noise() };
        const read = healedAgainstPlan({ predicted }, seen, 42, retentionOf);
        if (!read.ok || !read.retention) return [];
        const { retention01, lnSd, driftA, driftB } = read.retention;
        return [
          {
            id: `r${String(i).padStart(3, '0')}`,
            person: `p${i}`,
            treatment: 'vitiligo',
            skinGroup: 'tan',
            state: 'week6',
            shares,
            lnRetention: Math.log(retention01),
            lnSd,
            driftA,
            driftB,
          },
        ];
      });
      const learned = learnedHealing(results, 'simulated clinic');
      const healing = learnedAssumptions(learned, 'vitiligo', 'tan', prior);
      const driftOf = learnedDrift(learned, 'vitiligo', 'tan');
      const next = await predictionOf({ ...prior, ...healing });
      const interval = (prediction: Prediction) => {
        const found = predictColours(prediction, implanted, asIs).find(({ state }) => state === 'week6');
        if (!found) throw new Error('no prediction of week 6');
        return found.interval90;
      };
      const ranges = {
        with: interval({ ...next, drift: (state) => driftOf?.(state, shares) }),
        without: interval(next),
      };
      for (let i = 0; i < 300; i++) {
        const healed = heal();
        for (const axis of ['a', 'b'] as const) {
          count.all++;
          for (const name of ['with', 'without'] as const) {
            const { low, high } = ranges[name];
            if (healed[axis] >= low[axis] && healed[axis] <= high[axis]) count[name]++;
          }
        }
      }
    }
    expect(count.with / count.all).toBeGreaterThan(0.85);
    expect(count.with / count.all).toBeLessThan(0.95);
    expect(count.without / count.all).toBeLessThan(0.85);
  });

  it('expects none while results are few', () => {
    const learned = learnedHealing(simulateHealing(3, 8).results, 'simulated clinic');
    expect(learned.drift).toEqual([]);
    expect(learnedDrift(learned, 'vitiligo', 'tan')).toBeUndefined();
    const many = learnedHealing(simulateHealing(60, 8).results, 'simulated clinic');
    expect(learnedDrift(many, 'scalp', 'tan')).toBeUndefined();
    const driftOf = learnedDrift(many, 'vitiligo', 'tan');
    for (const name of pigmentClasses) {
      expect(driftOf?.('week6', { [name]: 1 })?.a.scatterSd).toBeGreaterThan(0);
      expect(driftOf?.('month12', { [name]: 1 })).toBeUndefined();
    }
  });
});
