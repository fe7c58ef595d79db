import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type GateId, gatesFor, severity, type Treatment, treatments } from '../candidacy/rules.ts';
import type { Answer, Answers } from '../candidacy/schema.ts';
import { findingsOf, type ReadinessFacts, readiness, type StepState } from './readiness.ts';
import { type Spot, spotProtocols } from './spots.ts';

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const now = new Date('2026-03-02T04:30:00Z');
const dayMs = 86_400_000;

function clearAnswers(treatment: Treatment): Answers {
  return Object.fromEntries(
    gatesFor(treatment, 'physician').map((gate) => [gate.id, { choice: gate.options[0].id }]),
  );
}

/** Everything in order for a session now. */
function readyFacts(treatment: Treatment, answers: Answers = clearAnswers(treatment)): ReadinessFacts {
  const facts: ReadinessFacts = {
    treatment,
    now,
    dayOf,
    answers,
    decision: undefined,
    spots: [],
    spotsWaived: ['trial'],
    plan: { state: 'signed', planId: 'p', version: 1 },
    consent: { state: 'signed', coolingOffUntil: new Date(now.getTime() - 1), planId: 'p' },
  };
  const covered = findingsOf(facts).map((finding) => ({ ...finding, word: 'go' as const }));
  return { ...facts, decision: { overall: 'go', covered, isReopened: false } };
}

const strictness: Record<StepState, number> = { done: 0, open: 1, blocked: 2 };

const answerOf = (treatment: Treatment) =>
  fc.constantFrom(...gatesFor(treatment, 'physician')).chain((gate) =>
    fc.record({
      gate: fc.constant<GateId>(gate.id),
      answer: fc.record<Answer>(
        {
          choice: fc.constantFrom(...gate.options.map(({ id }) => id), 'unsure'),
          date: fc
            .integer({ min: -8000, max: 400 })
            .map((days) => dayOf(new Date(now.getTime() + days * dayMs))),
        },
        { requiredKeys: ['choice'] },
      ),
    }),
  );

const answersOf = (treatment: Treatment) =>
  fc.array(answerOf(treatment), { maxLength: 12 }).map(
    (list): Answers => ({
      ...clearAnswers(treatment),
      ...Object.fromEntries(list.map(({ gate, answer }) => [gate, answer])),
    }),
  );

/** How adverse one answer is: action, then until when. */
function weight(treatment: Treatment, gate: GateId, answers: Answers): [number, string] {
  const finding = evaluate(answers, { treatment, today: dayOf(now), audience: 'physician' }).findings.find(
    (one) => one.gate === gate,
  );
  if (!finding) return [-1, ''];
  const actions = ['INFORM', 'REVIEW', 'DEFER', 'STOP'];
  return [
    actions.indexOf(finding.action) * 10 + severity(finding.outcome),
    finding.untilDate ?? '9999-12-31',
  ];
}

describe('readiness', () => {
  it.each(treatments)('is given for %s when every step is done, in their order', (treatment) => {
    const found = readiness(readyFacts(treatment));
    expect(found.isReady).toBe(true);
    expect(found.next).toBeUndefined();
    expect(found.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'intake done',
      'screening done',
      'spots done',
      'plan done',
      'consent done',
      'cooling-off done',
    ]);
  });

  it.each(treatments)('is never more permissive after a more adverse answer (%s)', (treatment) => {
    fc.assert(
      fc.property(
        answersOf(treatment),
        answerOf(treatment),
        fc.constantFrom('go', 'wait', 'no', 'none', 'reopened'),
        (answers, { gate, answer }, overall) => {
          const decided = readyFacts(treatment, answers);
          const before: ReadinessFacts = {
            ...decided,
            decision:
              overall === 'none' || decided.decision === undefined
                ? undefined
                : {
                    ...decided.decision,
                    overall: overall === 'reopened' ? 'go' : (overall as 'go' | 'wait' | 'no'),
                    isReopened: overall === 'reopened',
                  },
          };
          const after = { ...answers, [gate]: answer };
          const [was, wasUntil] = weight(treatment, gate, answers);
          const [is, isUntil] = weight(treatment, gate, after);
          fc.pre(is > was || (is === was && isUntil >= wasUntil));
          const a = readiness(before);
          const b = readiness({ ...before, answers: after });
          expect(a.isReady || !b.isReady).toBe(true);
          b.steps.forEach((step, i) => {
            expect(strictness[step.state]).toBeGreaterThanOrEqual(strictness[a.steps[i]?.state ?? 'blocked']);
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(treatments)(
    'falls when a clear answer turns into a finding nobody has decided (%s)',
    (treatment) => {
      for (const gate of gatesFor(treatment, 'physician')) {
        for (const option of gate.options) {
          const effect = option.effectFor?.[treatment] ?? option.effect;
          if (effect === undefined || (effect.action === 'INFORM' && effect.restriction === undefined))
            continue;
          const facts = readyFacts(treatment);
          const answers = { ...facts.answers, [gate.id]: { choice: option.id } };
          const found = readiness({ ...facts, answers });
          expect([gate.id, found.isReady, found.next?.gates]).toEqual([gate.id, false, [gate.id]]);
          expect(readiness(readyFacts(treatment, answers)).isReady).toBe(true);
        }
      }
    },
  );

  it('asks again when the date of a finding that was let pass moves on', () => {
    const scarOf = (date: string): Answers => ({
      ...clearAnswers('lip'),
      G22: { choice: 'young', date },
    });
    const decided = readyFacts('lip', scarOf('2025-06-01'));
    expect(readiness(decided).isReady).toBe(true);
    expect(readiness({ ...decided, answers: scarOf('2025-05-01') }).isReady).toBe(true);
    expect(readiness({ ...decided, answers: scarOf('2025-07-01') }).next).toMatchObject({
      state: 'blocked',
      untilDate: '2026-07-01',
    });
  });

  it('needs the trial spot of vitiligo, read at both times, and stops at an adverse reading for good', () => {
    const base = { ...readyFacts('vitiligo'), spotsWaived: [] };
    expect(readiness(base).next).toMatchObject({ step: 'spots', state: 'open', reason: 'spot-missing' });
    const spot = (placedDaysAgo: number, ...readings: Spot['readings']): Spot => ({
      kind: 'trial',
      placedAt: new Date(now.getTime() - placedDaysAgo * dayMs),
      readings,
      isSetAside: false,
    });
    const stepWith = (...spots: Spot[]) => readiness({ ...base, spots }).steps[2];
    expect(stepWith(spot(10))).toMatchObject({
      state: 'blocked',
      reason: 'reading-awaited',
      untilDate: '2026-04-03',
    });
    expect(stepWith(spot(42))).toMatchObject({ state: 'open', reason: 'reading-due' });
    const week6 = { reading: 'week-6', outcome: 'clear' } as const;
    expect(stepWith(spot(50, week6))).toMatchObject({ reason: 'reading-awaited' });
    expect(stepWith(spot(100, week6))).toMatchObject({ reason: 'reading-due' });
    expect(stepWith(spot(100, week6, { reading: 'week-12', outcome: 'unclear' }))).toMatchObject({
      state: 'open',
      reason: 'reading-unclear',
    });
    const clean = spot(100, week6, { reading: 'week-12', outcome: 'clear' });
    expect(stepWith(clean)).toMatchObject({ state: 'done', reason: 'spots-clear' });
    const bad = spot(100, { reading: 'week-6', outcome: 'adverse' });
    expect(stepWith(clean, bad)).toMatchObject({ state: 'blocked', reason: 'reading-adverse' });
    expect(stepWith(clean, { ...bad, isSetAside: true })).toMatchObject({ state: 'done' });
  });

  it('is never given by a worse reading, a later placing or one more spot', () => {
    const outcomes = ['clear', 'unclear', 'adverse'] as const;
    const spotOf = fc.constantFrom<Spot['kind']>('trial', 'patch').chain((kind) =>
      fc.record<Spot>({
        kind: fc.constant(kind),
        placedAt: fc.integer({ min: 0, max: 120 }).map((days) => new Date(now.getTime() - days * dayMs)),
        readings: fc.array(
          fc.record({
            reading: fc.constantFrom(...spotProtocols[kind].readings.map(({ id }) => id)),
            outcome: fc.constantFrom(...outcomes),
          }),
          { maxLength: 6 },
        ),
        isSetAside: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(spotOf, { maxLength: 4 }),
        spotOf,
        fc.nat(),
        fc.nat(),
        (spots, other, at, which) => {
          const isReadyWith = (given: readonly Spot[]) =>
            readiness({ ...readyFacts('vitiligo'), spots: given }).isReady;
          const before = isReadyWith(spots);
          expect(before || !isReadyWith([...spots, other])).toBe(true);
          const worse = spots.map((spot, i) =>
            i === at % spots.length
              ? {
                  ...spot,
                  readings: spot.readings.map((reading, k) =>
                    k === which % spot.readings.length
                      ? { ...reading, outcome: 'adverse' as const }
                      : reading,
                  ),
                }
              : spot,
          );
          expect(before || !isReadyWith(worse)).toBe(true);
          const later = spots.map((spot) => ({
            ...spot,
            placedAt: new Date(spot.placedAt.getTime() + dayMs),
          }));
          expect(before || !isReadyWith(later)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('waits for every early reading of a patch spot, but not for its colour at six weeks', () => {
    const required = spotProtocols.patch.readings.filter(({ isRequired }) => isRequired);
    expect(required.map(({ id }) => id)).toEqual(['minute-20', 'hour-48', 'day-8']);
    const facts = readyFacts('lip');
    const spot = (readings: Spot['readings']): Spot => ({
      kind: 'patch',
      placedAt: new Date(now.getTime() - 11 * dayMs),
      readings,
      isSetAside: false,
    });
    const clear = required.map(({ id }) => ({ reading: id, outcome: 'clear' as const }));
    expect(readiness({ ...facts, spots: [spot(clear)] }).isReady).toBe(true);
    expect(readiness({ ...facts, spots: [spot(clear.slice(0, 2))] }).isReady).toBe(false);
  });

  it('waits for the reflection time to the millisecond, and ends with a withdrawal', () => {
    const facts = readyFacts('scalp');
    const until = new Date(now.getTime() + 1);
    const cooling = { ...facts, consent: { ...facts.consent, coolingOffUntil: until } };
    expect(readiness(cooling).next).toMatchObject({ step: 'cooling-off', state: 'blocked', untilAt: until });
    expect(readiness({ ...cooling, now: until }).isReady).toBe(true);
    expect(readiness({ ...facts, consent: { state: 'withdrawn' } }).next).toMatchObject({
      step: 'consent',
      state: 'blocked',
    });
    expect(readiness({ ...facts, plan: { state: 'signed', planId: 'another' } }).next).toMatchObject({
      reason: 'consent-for-earlier-plan',
    });
  });
});
