import { expect, it } from 'vitest';
import { learnedHealing } from '../learn/index.ts';
import { matchPigments, samplePaints } from '../match/index.ts';
import { simulateHealing } from '../simulator/healed-results.ts';

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

it('a clinic that keeps less pigment than assumed is given a stronger recipe, and the plan says why', async () => {
  const { results } = simulateHealing(150, 8, { between: 0.2, within: 0.6, clinicShift: -0.4 });
  const learned = learnedHealing(results, 'simulated clinic');
  const before = await matchPigments(request, { seed: 1 });
  const after = await matchPigments({ ...request, learned }, { seed: 1 });
  if (!before.ok || !after.ok) throw new Error('the match was refused');
  const dose = (doses: Readonly<Record<string, number>>) =>
    Object.values(doses).reduce((sum, v) => sum + v, 0);
  expect(dose(after.recipe.doses)).toBeGreaterThan(1.15 * dose(before.recipe.doses));
  expect(after.warnings.find(({ code }) => code === 'healing-learned')?.message).toMatch(
    /150 results of 100 people \(simulated clinic\)/,
  );
  const week6 = (match: typeof after) =>
    match.predicted.find(({ state, illuminant }) => state === 'week6' && illuminant === 'D65');
  const width = (match: typeof after) => {
    const { low, high } = week6(match)?.interval90 ?? { low: { L: 0 }, high: { L: 0 } };
    return high.L - low.L;
  };
  expect(width(after)).toBeLessThan(width(before) * 1.05);
});

it('with few results the plan is that of the prior, to the last digit, and says so', async () => {
  const learned = learnedHealing(simulateHealing(3, 8).results, 'simulated clinic');
  const before = await matchPigments(request, { seed: 1 });
  const after = await matchPigments({ ...request, learned }, { seed: 1 });
  if (!before.ok || !after.ok) throw new Error('the match was refused');
  expect(after.recipe).toEqual(before.recipe);
  expect(after.predicted).toEqual(before.predicted);
  expect(after.warnings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['healing-prior', 'drift-prior']),
  );
});
