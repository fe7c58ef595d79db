import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventKindIds, eventKinds } from '../followup/event-kinds.ts';
import { risks } from '../visitor/risks.ts';
import { cusum, cusumWeights, simulateRunLengths } from './cusum.ts';
import reference from './fixtures/reference.json' with { type: 'json' };
import {
  type Count,
  mayPublish,
  measureIds,
  measures,
  publicRisks,
  rateOf,
  runLengthSimulation,
  runLengths,
} from './rules.ts';

describe('the CUSUM', () => {
  it('is the log-likelihood ratio of Steiner and others: both weights weigh nothing between p0 and p1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.4, noNaN: true }),
        fc.double({ min: 1.1, max: 2.4, noNaN: true }),
        (p0, ratio) => {
          const p1 = p0 * ratio;
          const { withEvent, without } = cusumWeights({ p0, p1 });
          // Kullback and Leibler: on average down in control, up out of control.
          expect(p0 * withEvent + (1 - p0) * without).toBeLessThan(0);
          expect(p1 * withEvent + (1 - p1) * without).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('never falls below 0, signals above its limit and begins again', () => {
    const design = { p0: 0.1, p1: 0.3, h: 2 };
    const steps = cusum([true, true, false, true, false, false], design);
    expect(steps.map(({ isSignal }) => isSignal)).toEqual([false, true, false, false, false, false]);
    expect(steps[1]?.value).toBeCloseTo(2 * Math.log(3), 12);
    expect(steps[2]?.value).toBe(0);
    expect(Math.min(...steps.map(({ value }) => value))).toBe(0);
  });

  it('runs as long as an independent simulation by NumPy says', () => {
    for (const [p0 = 0, p1 = 0, h = 0, rate = 0, mean = 0, error = 0] of reference.runLengths) {
      const ours = simulateRunLengths({ p0, p1, h }, rate, { runs: 4000, seed: 11 });
      expect(Math.abs(ours.mean - mean)).toBeLessThan(4 * Math.hypot(ours.standardError, error));
    }
  });

  it('has the run lengths that stand beside its limits', () => {
    const { runs, seedInControl, seedOutOfControl } = runLengthSimulation;
    const rounded = (value: number) => Math.round(value * 10) / 10;
    for (const id of measureIds) {
      const { cusum: design } = measures[id];
      for (const [rate, seed, stated] of [
        [design.p0, seedInControl, runLengths[id].inControl],
        [design.p1, seedOutOfControl, runLengths[id].outOfControl],
      ] as const) {
        const again = simulateRunLengths(design, rate, { runs, seed });
        expect(rounded(again.mean)).toBe(stated.mean);
        expect(again.median).toBe(stated.median);
      }
      expect(runLengths[id].inControl.mean).toBeGreaterThan(5 * runLengths[id].outOfControl.mean);
    }
  });
});

const anyCount: fc.Arbitrary<Count> = fc
  .record({
    followed: fc.nat({ max: 3000 }),
    waiting: fc.nat({ max: 50 }),
    unknown: fc.nat({ max: 1000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ followed, waiting, unknown, part }) => ({
    followed,
    waiting,
    unknown,
    sessions: followed + waiting + unknown,
    events: Math.floor(followed * part),
  }));

describe('a rate', () => {
  it('lies in its interval, and above what it would be if all unknown were well', () => {
    fc.assert(
      fc.property(anyCount, (count) => {
        const { rate01 = 0, least01 = 0, low01, high01 } = rateOf(count);
        expect(rate01).toBeGreaterThanOrEqual(low01);
        expect(rate01).toBeLessThanOrEqual(high01);
        expect(least01).toBeLessThanOrEqual(rate01);
      }),
    );
  });

  it('of nobody is no rate', () => {
    const none = { sessions: 0, followed: 0, waiting: 0, unknown: 0, events: 0 };
    expect(rateOf(none)).toMatchObject({ rate01: undefined, least01: undefined, low01: 0, high01: 1 });
    expect(mayPublish(none)).toBe(false);
  });

  it('is published only of a hundred followed and seven in ten known', () => {
    const count = { sessions: 150, followed: 105, waiting: 0, unknown: 45, events: 3 };
    expect(mayPublish(count)).toBe(true);
    expect(mayPublish({ ...count, followed: 99 })).toBe(false);
    expect(mayPublish({ ...count, unknown: 46 })).toBe(false);
  });
});

describe('kinds of events', () => {
  it('have bits of their own that fit an integer, and lines the public page has', () => {
    const bits = eventKindIds.map((kind) => eventKinds[kind].bit);
    expect(new Set(bits).size).toBe(bits.length);
    expect(Math.max(...bits)).toBeLessThan(31);
    const known = new Set(risks.map(({ id }) => id));
    expect(publicRisks.filter((risk) => !known.has(risk))).toEqual([]);
  });
});
