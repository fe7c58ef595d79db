import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forbiddenWords } from '../visitor/forbidden-words.ts';
import {
  addWait,
  answerDetail,
  answerList,
  bookableKinds,
  evaluate,
  type Gate,
  gates,
  gatesFor,
  nextStep,
  severity,
  startSelfCheck,
  type Treatment,
  textOf,
  treatments,
} from './rules.ts';
import { type Answers, answersSchema, locales } from './schema.ts';

const today = '2026-03-10';
const treatment = fc.constantFrom(...treatments);
const audience = fc.constantFrom('visitor' as const, 'physician' as const);
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2026-03-09'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

const clear = (gate: Gate) => ({ choice: gate.options[0].id });
const allClear = (t: Treatment): Answers =>
  Object.fromEntries(gatesFor(t, 'physician').map((g) => [g.id, clear(g)]));

/** Any answer to a gate, or none. */
const answerTo = (gate: Gate) =>
  fc.option(
    fc.record(
      { choice: fc.constantFrom(...gate.options.map((o) => o.id), 'unsure', 'no-such-option'), date: day },
      { requiredKeys: ['choice'] },
    ),
    { nil: undefined },
  );
const anyAnswers = fc
  .tuple(...gates.map((g) => answerTo(g).map((a) => [g.id, a] as const)))
  .map((pairs) => Object.fromEntries(pairs.filter(([, a]) => a !== undefined)) as Answers);

const restrains = (gate: Gate) => gate.unknown.outcome !== 'may-book';

describe('the gates as data', () => {
  it('are thirty, in order, each with a source, a review state and a clear first option', () => {
    expect(gates.map((g) => g.id)).toEqual(
      Array.from({ length: 30 }, (_, i) => `G${String(i + 1).padStart(2, '0')}`),
    );
    for (const gate of gates) {
      expect(gate.source.length).toBeGreaterThan(10);
      expect(gate.reviewState).toBe('unreviewed');
      expect(gate.options[0].effect).toBeUndefined();
      expect(new Set(gate.options.map((o) => o.id)).size).toBe(gate.options.length);
    }
  });

  it('have a finding for every gate in every treatment it belongs to', () => {
    for (const gate of gates) {
      for (const t of gate.treatments) {
        for (const option of gate.options.filter((o) => o.effect ?? o.effectFor)) {
          const answers = { ...allClear(t), [gate.id]: { choice: option.id } };
          const { findings } = evaluate(answers, { treatment: t, today, audience: 'physician' });
          expect(findings.map((f) => f.gate)).toEqual([gate.id]);
        }
      }
    }
  });
});

describe('evaluating answers', () => {
  it('lets a person book when every gate is clear', () => {
    for (const t of treatments) {
      expect(evaluate(allClear(t), { treatment: t, today, audience: 'physician' })).toEqual({
        outcome: 'may-book',
        findings: [],
        restrictions: [],
      });
    }
  });

  it('never permits on an unknown answer', () => {
    fc.assert(
      fc.property(treatment, audience, fc.nat(), fc.boolean(), (t, who, pick, unsure) => {
        const asked = gatesFor(t, who).filter(restrains);
        const gate = asked[pick % asked.length] as Gate;
        const answers = allClear(t);
        if (unsure) answers[gate.id] = { choice: 'unsure' };
        else delete answers[gate.id];
        const { outcome, findings } = evaluate(answers, { treatment: t, today, audience: who });
        expect(outcome).not.toBe('may-book');
        expect(findings[0]).toMatchObject({ gate: gate.id, choice: 'unknown' });
      }),
    );
    for (const t of treatments)
      expect(evaluate({}, { treatment: t, today }).outcome).toBe('see-doctor-first');
  });

  it('still names what an unanswered informational gate would tell, and withholds prilocaine', () => {
    const answers = allClear('lip');
    delete answers.G24;
    delete answers.G30;
    const result = evaluate(answers, { treatment: 'lip', today });
    expect(result.outcome).toBe('may-book');
    expect(result.findings.map((f) => f.gate)).toEqual(['G24', 'G30']);
    expect(result.restrictions).toEqual(['no-prilocaine']);
  });

  it('is never made more permissive by one more finding', () => {
    fc.assert(
      fc.property(
        treatment,
        audience,
        anyAnswers,
        fc.nat(),
        fc.nat(),
        fc.option(day),
        (t, who, base, g, o, date) => {
          const asked = gatesFor(t, who);
          const gate = asked[g % asked.length] as Gate;
          const positive = gate.options.filter((x) => x.effect ?? x.effectFor);
          const option = positive[o % positive.length];
          if (option === undefined) return;
          const before = evaluate(
            { ...base, [gate.id]: clear(gate) },
            { treatment: t, today, audience: who },
          );
          const answer = { choice: option.id, ...(date === null ? {} : { date }) };
          const after = evaluate({ ...base, [gate.id]: answer }, { treatment: t, today, audience: who });
          expect(severity(after.outcome)).toBeGreaterThanOrEqual(severity(before.outcome));
          expect((after.untilDate ?? '9999') >= (before.untilDate ?? '')).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is the worst of its findings, and asks the physician no less than the visitor', () => {
    fc.assert(
      fc.property(treatment, anyAnswers, (t, answers) => {
        const visitor = evaluate(answers, { treatment: t, today });
        const physician = evaluate(answers, { treatment: t, today, audience: 'physician' });
        expect(severity(visitor.outcome)).toBe(
          Math.max(0, ...visitor.findings.map((f) => severity(f.outcome))),
        );
        expect(severity(physician.outcome)).toBeGreaterThanOrEqual(severity(visitor.outcome));
      }),
    );
  });

  it('lifts a wait exactly on its day, never earlier', () => {
    const at = (now: string) =>
      evaluate(
        { ...allClear('vitiligo'), G05: { choice: 'changed', date: '2025-03-10' } },
        { treatment: 'vitiligo', today: now },
      );
    expect(at('2026-03-09')).toMatchObject({ outcome: 'wait-until', untilDate: '2026-03-10' });
    expect(at('2026-03-10').outcome).toBe('may-book');
  });

  it('gives no date when something open-ended must end first', () => {
    const result = evaluate(
      { ...allClear('vitiligo'), G05: { choice: 'changed', date: today }, G04: { choice: 'yes' } },
      { treatment: 'vitiligo', today },
    );
    expect(result.outcome).toBe('wait-until');
    expect(result.untilDate).toBeUndefined();
  });

  it('does not believe a date in the future', () => {
    const result = evaluate(
      { ...allClear('scalp'), G13: { choice: 'ended', date: '2026-03-11' } },
      { treatment: 'scalp', today },
    );
    expect(result.findings).toMatchObject([{ gate: 'G13', choice: 'unknown', outcome: 'see-doctor-first' }]);
  });

  it('keeps a person after chemotherapy with the doctor even when the months have passed', () => {
    const result = evaluate(
      { ...allClear('scalp'), G21: { choice: 'ended', date: '2020-01-01' } },
      { treatment: 'scalp', today },
    );
    expect(result).toMatchObject({ outcome: 'see-doctor-first', findings: [{ action: 'REVIEW' }] });
  });

  it('waits for the eighteenth birthday where the work is cosmetic', () => {
    const answers = (t: Treatment): Answers => ({
      ...allClear(t),
      G26: { choice: 'under-18', date: '2010-02-28' },
    });
    expect(evaluate(answers('scalp'), { treatment: 'scalp', today })).toMatchObject({
      outcome: 'wait-until',
      untilDate: '2028-02-28',
    });
    expect(evaluate(answers('lip'), { treatment: 'lip', today }).outcome).toBe('see-doctor-first');
  });

  it('opens the consultation to everybody and the treatment only to a clear result', () => {
    expect(bookableKinds('may-book')).toContain('treatment');
    for (const outcome of ['wait-until', 'see-doctor-first', 'not-this-treatment'] as const) {
      expect(bookableKinds(outcome)).toEqual(['consultation']);
    }
  });
});

describe('calendar waits', () => {
  it('end on the last day of a shorter month', () => {
    expect(addWait('2025-08-31', { months: 6 })).toBe('2026-02-28');
    expect(addWait('2024-02-29', { years: 18 })).toBe('2042-02-28');
    expect(addWait('2025-12-28', { weeks: 12 })).toBe('2026-03-22');
  });

  it('never end before they began', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (d, n) => {
        expect(addWait(d, { months: n }) > d).toBe(true);
        expect(addWait(d, { months: n + 1 }) >= addWait(d, { months: n })).toBe(true);
      }),
    );
  });
});

describe('the short form', () => {
  /** Walks the form with one ticked gate and takes its given option. */
  const walk = (t: Treatment, ticked: readonly string[], option?: (gate: Gate) => string) => {
    let check = startSelfCheck(t);
    let pages = 0;
    for (let step = nextStep(check, today); step !== undefined; step = nextStep(check, today)) {
      pages += 1;
      if (step.kind === 'list') check = answerList(check, step.step, { ticked });
      else {
        const id = step.gate;
        const gate = gates.find((g) => g.id === id) as Gate;
        check = answerDetail(check, id, { choice: option?.(gate) ?? 'unsure' });
      }
    }
    return { check, pages };
  };

  it('is six pages for a person without findings, and its answers survive the schema', () => {
    for (const t of treatments) {
      const { check, pages } = walk(t, []);
      expect(pages).toBe(6);
      expect(evaluate(answersSchema.parse(check.answers), { treatment: t, today }).outcome).toBe('may-book');
    }
  });

  it('reaches every visitor gate and every option of it', () => {
    for (const gate of gates.filter((g) => g.audience === 'visitor')) {
      for (const t of gate.treatments) {
        for (const option of gate.options.slice(1)) {
          const { check } = walk(t, [gate.id], () => option.id);
          expect(check.answers[gate.id]?.choice).toBe(option.id);
        }
      }
    }
  });

  it('ends early when the treatment is ruled out', () => {
    const { check, pages } = walk('scalp', ['G08'], () => 'self');
    expect(pages).toBeLessThan(6);
    expect(evaluate(check.answers, { treatment: 'scalp', today }).outcome).toBe('not-this-treatment');
  });

  it('keeps an unsure line unknown', () => {
    const check = answerList(startSelfCheck('scalp'), 'health', { ticked: [], unsure: ['G15'] });
    expect(check.answers.G15).toEqual({ choice: 'unsure' });
    expect(check.answers.G18).toEqual({ choice: 'no' });
  });
});

describe('the words', () => {
  const sentencesOf = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(sentencesOf)
        : [];

  it('exist in four languages for every gate, option and date, and wait for review', () => {
    for (const locale of locales) {
      const texts = textOf(locale);
      expect(texts.state).toBe('unreviewed');
      for (const gate of gates) {
        const text = texts.gates[gate.id];
        expect(text.question.length).toBeGreaterThan(8);
        expect(text.reason.length).toBeGreaterThan(8);
        const optionIds = gate.answerKind === 'yes-no' ? [] : gate.options.slice(1).map((o) => o.id);
        expect(Object.keys(text.options ?? {})).toEqual(optionIds);
        expect(text.date !== undefined).toBe(gate.answerKind === 'choice-and-date');
      }
    }
  });

  it('use each language’s own script', () => {
    const script = { hi: /\p{Script=Devanagari}/u, bn: /\p{Script=Bengali}/u, ne: /\p{Script=Devanagari}/u };
    for (const locale of ['hi', 'bn', 'ne'] as const) {
      for (const sentence of sentencesOf(textOf(locale).gates)) expect(sentence).toMatch(script[locale]);
    }
  });

  it('promise nothing and never tell anyone to stop a medicine', () => {
    const stopMedicine = {
      en: /\b(stop|discontinue|pause|skip|leave off) (taking|using|your|the|any)\b/i,
      hi: /दवा(ई|ओं|इयाँ|एँ)? *(लेना|खाना)? *(बंद|रोक|छोड़)/u,
      bn: /ওষুধ *(খাওয়া)? *(বন্ধ|থামা|ছেড়ে|বাদ)/u,
      ne: /औष[धध]ि *(खान|लिन)? *(बन्द|रोक|छोड)/u,
    };
    for (const locale of locales) {
      const said = sentencesOf(textOf(locale)).filter((s) => s !== 'unreviewed');
      for (const sentence of said) {
        for (const { pattern } of [...forbiddenWords.en, ...forbiddenWords[locale]]) {
          expect(sentence).not.toMatch(new RegExp(pattern.source, 'iu'));
        }
        expect(sentence).not.toMatch(stopMedicine[locale]);
      }
    }
  });
});
