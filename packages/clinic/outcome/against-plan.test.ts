import { learnedHealing } from '@undertone/engine/learn/index.ts';
import { matchPigments, pigmentDocument, samplePaints } from '@undertone/engine/match/index.ts';
import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import { simulateHealing } from '@undertone/engine/simulator/healed-results.ts';
import { expect, it } from 'vitest';
import { compareWithPlan } from './against-plan.ts';

const white = 'D65/10' as const;
const read = (L: number, a: number, b: number) => ({
  kind: 'lab' as const,
  instrument: 'contact-colorimeter' as const,
  lab: { white, L, a, b },
});

it('reads the same lesson from a healed colour, whether or not the plan expected the drift', async () => {
  const taught = learnedHealing(simulateHealing(40, 3).results, 'simulated clinic');
  const axis = (mean: number) => ({ mean, meanSd: 0, scatterSd: 0 });
  const drift = { a: axis(1.6), b: axis(-2) };
  const { drift: cells = [], ...without } = taught;
  const lessonOf = async (learned: typeof taught) => {
    const match = await matchPigments(
      {
        treatment: 'vitiligo',
        patch: read(72, 8, 14),
        surround: read(60, 12, 19),
        pigments: samplePaints,
        learned,
      },
      { seed: 1 },
    );
    if (!match.ok) throw new Error('the match was refused');
    const plan = {
      treatment: 'vitiligo',
      match: { kind: 'recipe', ...match },
      inputs: { learned, pigments: pigmentDocument(samplePaints) },
    } as unknown as PlanDocument;
    return compareWithPlan(plan, { white, region: [{ L: 61, a: 12.5, b: 16 }] }, 42);
  };
  const plain = await lessonOf(without);
  const expecting = await lessonOf({ ...taught, drift: cells.map((cell) => ({ ...cell, ...drift })) });
  expect(Math.abs(plain?.lesson?.driftB ?? 0)).toBeGreaterThan(0.5);
  expect(expecting?.lesson?.driftA).toBeCloseTo(plain?.lesson?.driftA ?? 0, 1);
  expect(expecting?.lesson?.driftB).toBeCloseTo(plain?.lesson?.driftB ?? 0, 1);
  expect(expecting?.lesson?.lnRetention).toBeCloseTo(plain?.lesson?.lnRetention ?? 0, 1);
  // What the plan promised does include it.
  const promised = (compared: typeof plain) => compared?.against.predicted ?? { L: 0, a: 0, b: 0 };
  expect(promised(expecting).a - promised(plain).a).toBeCloseTo(1.6, 1);
  expect(promised(expecting).b - promised(plain).b).toBeCloseTo(-2, 1);
});
