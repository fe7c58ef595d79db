import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultAssumptions,
  learnedAssumptions,
  learnedHealingProblem,
  skinGroupOf,
} from '../match/index.ts';
import { simulateHealing } from '../simulator/healed-results.ts';
import { seededRandom } from '../simulator/random.ts';
import { checkHealing } from './check.ts';
import { learnedHealing, learnHealing, leastResults, priorRetention } from './healing.ts';
import { fitHierarchy, type HierarchyPrior, type Result } from './hierarchy.ts';

const plain: HierarchyPrior = { effectSd: () => 0.3, personSd: 0.2, sessionSd: 0.1, scaleLogSd: 1e-6 };

describe('the hierarchy', () => {
  it('with one effect and known scales is the precision-weighted mean of textbooks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        (values, sd) => {
          const results = values.map(
            (value, i): Result => ({ effects: [['clinic', 1]], person: `p${i}`, value, sd }),
          );
          const { mean, sd: spread } = fitHierarchy(results, plain).shared([['clinic', 1]]);
          const each = 1 / (0.2 ** 2 + 0.1 ** 2 + sd * sd);
          const precision = 1 / 0.3 ** 2 + values.length * each;
          expect(mean).toBeCloseTo((each * values.reduce((sum, v) => sum + v, 0)) / precision, 8);
          expect(spread).toBeCloseTo(Math.sqrt(1 / precision), 8);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('learns less from one person seen twice than from two people', () => {
    const result = (person: string): Result => ({ effects: [['clinic', 1]], person, value: 0.5, sd: 0.05 });
    const one = fitHierarchy([result('a'), result('a')], plain).shared([['clinic', 1]]);
    const two = fitHierarchy([result('a'), result('b')], plain).shared([['clinic', 1]]);
    expect(two.mean).toBeGreaterThan(one.mean);
    expect(two.sd).toBeLessThan(one.sd);
  });

  it('gives the prior for a kind nobody has seen', () => {
    const fitted = fitHierarchy([], plain);
    const { mean, sd } = fitted.predict([
      ['clinic', 1],
      ['treatment lip', 1],
    ]);
    expect(mean).toBe(0);
    expect(sd).toBeCloseTo(Math.sqrt(2 * 0.3 ** 2 + 0.2 ** 2 + 0.1 ** 2), 8);
  });

  it('agrees with a long random walk over effects, people and both scales', () => {
    const prior: HierarchyPrior = { effectSd: () => 0.3, personSd: 0.2, sessionSd: 0.15, scaleLogSd: 0.4 };
    const random = seededRandom(17);
    const results = Array.from({ length: 12 }, (_, i): Result => {
      const effects =
        i % 3 === 0
          ? ([['clinic', 1]] as const)
          : ([
              ['clinic', 1],
              ['skin dark', 1],
            ] as const);
      return { effects, person: `p${Math.floor(i / 2)}`, value: 0.35 + 0.3 * random.normal(), sd: 0.08 };
    });
    const fitted = fitHierarchy(results, prior);
    const walked = walk(results, prior, 60_000, 23);
    const asked = [
      ['clinic', 1],
      ['skin dark', 1],
    ] as const;
    const { mean, sd } = fitted.shared(asked);
    expect(Math.abs(mean - walked.mean)).toBeLessThan(0.02);
    expect(Math.abs(sd - walked.sd)).toBeLessThan(0.02);
    expect(Math.abs(fitted.scales.within - walked.within)).toBeLessThan(0.1);
  });
});

/** Gibbs sampling of two effects and the people, with Metropolis steps on the scales. */
function walk(results: readonly Result[], prior: HierarchyPrior, steps: number, seed: number) {
  const random = seededRandom(seed);
  const names = ['clinic', 'skin dark'];
  const people = [...new Set(results.map(({ person }) => person))];
  const b = [0, 0];
  const u = people.map(() => 0);
  let [lnQ, lnM] = [0, 0];
  const has = ({ effects }: Result, name: string) => effects.some(([n]) => n === name);
  const rest = (r: Result, skip?: string) =>
    r.value - names.reduce((sum, n, k) => sum + (n !== skip && has(r, n) ? b[k] : 0), 0);
  const noise2 = (r: Result, m: number) => (m * prior.sessionSd) ** 2 + r.sd ** 2;
  const lnDensity = (q: number, m: number) => {
    let ln = -(Math.log(q) ** 2 + Math.log(m) ** 2) / (2 * prior.scaleLogSd ** 2);
    for (const v of b) ln += -0.5 * (v / (q * 0.3)) ** 2 - Math.log(q);
    for (const v of u) ln += -0.5 * (v / (m * prior.personSd)) ** 2 - Math.log(m);
    for (const r of results)
      ln +=
        (-0.5 * (rest(r) - u[people.indexOf(r.person)]) ** 2) / noise2(r, m) - 0.5 * Math.log(noise2(r, m));
    return ln;
  };
  const draws: number[] = [];
  let within = 0;
  for (let step = 0; step < steps; step++) {
    const [q, m] = [Math.exp(lnQ), Math.exp(lnM)];
    names.forEach((name, k) => {
      let precision = 1 / (q * 0.3) ** 2;
      let sum = 0;
      for (const r of results.filter((one) => has(one, name))) {
        precision += 1 / noise2(r, m);
        sum += (rest(r, name) - u[people.indexOf(r.person)]) / noise2(r, m);
      }
      b[k] = sum / precision + random.normal() / Math.sqrt(precision);
    });
    people.forEach((person, i) => {
      let precision = 1 / (m * prior.personSd) ** 2;
      let sum = 0;
      for (const r of results.filter((one) => one.person === person)) {
        precision += 1 / noise2(r, m);
        sum += rest(r) / noise2(r, m);
      }
      u[i] = sum / precision + random.normal() / Math.sqrt(precision);
    });
    const [newQ, newM] = [lnQ + 0.4 * random.normal(), lnM + 0.3 * random.normal()];
    if (Math.log(1 - random.uniform()) < lnDensity(Math.exp(newQ), Math.exp(newM)) - lnDensity(q, m)) {
      lnQ = newQ;
      lnM = newM;
    }
    if (step > steps / 10) {
      draws.push(b[0] + b[1]);
      within += Math.exp(lnM);
    }
  }
  const mean = draws.reduce((sum, v) => sum + v, 0) / draws.length;
  return {
    mean,
    sd: Math.sqrt(draws.reduce((sum, v) => sum + (v - mean) ** 2, 0) / draws.length),
    within: within / draws.length,
  };
}

describe('learning from healed results', () => {
  /** Share of new people's results within the 90 % interval predicted for them. */
  function held(clinics: number, count: number, truth?: Parameters<typeof simulateHealing>[2]): number {
    let within = 0;
    let all = 0;
    for (let k = 0; k < clinics; k++) {
      const clinic = simulateHealing(count, 4000 + k, truth);
      const posterior = learnHealing(clinic.results);
      for (let i = 0; i < 40; i++) {
        const next = clinic.next();
        const { mean, sd } = posterior.retention(next);
        all++;
        if (Math.abs(next.lnRetention - mean) <= 1.645 * Math.hypot(sd, next.lnSd)) within++;
      }
    }
    return within / all;
  }

  it.each([
    ['8 results', 8, undefined],
    ['60 results', 60, undefined],
    ['60 results, people who scatter half as much again', 60, { between: 1, within: 1.5, clinicShift: 0 }],
    ['60 results, a clinic far from the prior', 60, { between: 1, within: 1, clinicShift: -0.3 }],
  ] as const)('holds about 90 of 100 new results in its intervals: %s', (_, count, truth) => {
    const share = held(24, count, truth);
    expect(share).toBeGreaterThan(0.85);
    expect(share).toBeLessThan(0.95);
  });

  it('is narrower with more results, and finds a clinic that loses more pigment', () => {
    const truth = { between: 0.3, within: 0.7, clinicShift: -0.35 };
    const { results } = simulateHealing(150, 77, truth);
    const kind = { treatment: 'vitiligo', skinGroup: 'tan', state: 'week6', shares: { red: 1 } } as const;
    const few = learnHealing(results.slice(0, 6)).retention(kind);
    const many = learnHealing(results).retention(kind);
    const prior = priorRetention('vitiligo', 'week6', 'red');
    expect(many.sd).toBeLessThan(few.sd);
    expect(few.sd).toBeLessThan(1.3 * prior.sd);
    expect(many.mean).toBeLessThan(prior.ln - 0.2);
  });

  it('does not depend on the order of the results', () => {
    const { results } = simulateHealing(30, 5);
    expect(learnedHealing([...results].reverse(), 'test')).toEqual(learnedHealing(results, 'test'));
  });

  it('stays with the prior while there are few results, and says so', () => {
    const { results } = simulateHealing(leastResults - 1, 9);
    const learned = learnedHealing(results, 'test');
    expect(learned).toMatchObject({ isEnough: false, results: leastResults - 1, healing: [] });
    const prior = defaultAssumptions('vitiligo');
    expect(learnedAssumptions(learned, 'vitiligo', 'tan', prior)).toBeUndefined();
    expect(learnedHealing([], 'test')).toMatchObject({ results: 0, people: 0 });
  });

  it('writes a document that a match can take, and leaves day 0 alone', () => {
    const learned = learnedHealing(simulateHealing(40, 3).results, 'simulated clinic');
    expect(learnedHealingProblem(JSON.parse(JSON.stringify(learned)))).toBeUndefined();
    const prior = defaultAssumptions('vitiligo');
    const used = learnedAssumptions(learned, 'vitiligo', 'tan', prior);
    expect(used?.healing).toHaveLength(prior.healing.length);
    const isDay0 = ({ state }: { state: string }) => state === 'day0';
    const [kept, changed] = [
      (used?.healing ?? []).filter(isDay0),
      (used?.healing ?? []).filter((e) => !isDay0(e)),
    ];
    expect(kept).toEqual(prior.healing.filter(isDay0));
    for (const entry of changed) {
      expect(entry.source).toMatch(/simulated clinic: 40 results/);
      expect(entry.review).toBe('unreviewed');
    }
    expect(learnedAssumptions(learned, 'scalp', 'tan', defaultAssumptions('scalp'))).toBeUndefined();
  });

  it.each([
    [null],
    [{ format: 'undertone/plan' }],
    [{ format: 'undertone/learned-healing', version: 2 }],
    [
      {
        format: 'undertone/learned-healing',
        version: 1,
        results: -1,
        people: 0,
        from: 'x',
        isEnough: true,
        healing: [],
      },
    ],
    [
      {
        format: 'undertone/learned-healing',
        version: 1,
        results: 1,
        people: 1,
        from: 'x',
        isEnough: true,
        healing: [{ retentionMedian01: 9 }],
      },
    ],
  ])('knows a document that is none: %j', (value) => {
    expect(learnedHealingProblem(value)).toEqual(expect.any(String));
  });

  it('checks itself on people left out, and is fair to what it left out', () => {
    const checked = checkHealing(simulateHealing(120, 12).results);
    expect(checked.results).toHaveLength(120);
    expect(checked.isEnough).toBe(true);
    expect(checked.within).toBeGreaterThanOrEqual(checked.expected.low - 4);
    expect(checked.within).toBeLessThanOrEqual(checked.expected.high + 4);
    for (const { rank01, isWithin } of checked.results)
      expect(isWithin).toBe(rank01 >= 0.05 && rank01 <= 0.95);
    expect(checkHealing([])).toMatchObject({ within: 0, isEnough: false });
  });
});

it('groups skin as the typology angle does', () => {
  expect([60, 48, 35, 20, 0, -40].map(skinGroupOf)).toEqual([
    'very-light',
    'light',
    'intermediate',
    'tan',
    'brown',
    'dark',
  ]);
});
