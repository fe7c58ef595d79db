import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesOf } from './differences.ts';

const number = fc.integer({ min: -3, max: 3 });
const value = fc.record({
  seed: number,
  region: fc.record({
    runs: fc.array(number, { minLength: 1, maxLength: 30 }),
    source: fc.constantFrom('tap', 'mask'),
  }),
  tones: fc.array(fc.record({ share: number }), { minLength: 1, maxLength: 3 }),
});

describe('what differs between two plans', () => {
  it('is nothing exactly when they are the same', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(differencesOf(a, structuredClone(a), true)).toEqual([]);
        const isSame = JSON.stringify(a) === JSON.stringify(b);
        expect(differencesOf(a, b, true).length === 0).toBe(isSame);
      }),
    );
  });

  it('is the same read backwards, with before and after exchanged', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const there = new Set(
          differencesOf(a, b).map(({ path, before, after }) => JSON.stringify([path, before, after])),
        );
        const back = new Set(
          differencesOf(b, a).map(({ path, before, after }) => JSON.stringify([path, after, before])),
        );
        expect(there).toEqual(back);
      }),
    );
  });

  it('leaves out how many steps a search took', () => {
    const plan = (evaluations: number) => ({ match: { seed: 1, evaluations } });
    expect(differencesOf(plan(5), plan(6), true)).toEqual([]);
  });

  it('names values by their place, masks as one, sentences not at all', () => {
    const before = {
      inputs: { seed: 1, maskRuns: Array.from({ length: 30 }, () => 1) },
      words: 'a',
      dots: { count: 5 },
    };
    const after = {
      inputs: { seed: 2, maskRuns: Array.from({ length: 31 }, () => 1) },
      words: 'b',
      dots: { count: null },
    };
    expect(differencesOf(before, after)).toEqual([
      { path: 'inputs.seed', before: 1, after: 2 },
      { path: 'inputs.maskRuns', before: { length: 30, sum: 30 }, after: { length: 31, sum: 31 } },
      { path: 'dots.count', before: 5, after: 'none' },
    ]);
  });
});
