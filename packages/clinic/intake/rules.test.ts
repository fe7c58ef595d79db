import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatesFor, treatments } from '../candidacy/rules.ts';
import {
  answersOf,
  draftOfAnswers,
  editsSince,
  fieldsFor,
  gateField,
  mergeDrafts,
  problemsOf,
  progress01,
  sanitised,
} from './rules.ts';
import type { Draft } from './schema.ts';

const edit = fc.record({ value: fc.string({ maxLength: 5 }), at: fc.nat(6) });
const draft: fc.Arbitrary<Draft> = fc.dictionary(
  fc.constantFrom('name', 'phone', 'gate.G05', '__proto__', 'toString'),
  edit,
  {
    noNullPrototype: true,
  },
);

describe('two drafts of one form', () => {
  it('merge to the same whichever comes first, however often, and in whatever groups', () => {
    fc.assert(
      fc.property(draft, draft, draft, (a, b, c) => {
        expect(mergeDrafts(a, b)).toEqual(mergeDrafts(b, a));
        expect(mergeDrafts(mergeDrafts(a, b), c)).toEqual(mergeDrafts(a, mergeDrafts(b, c)));
        expect(mergeDrafts(a, a)).toEqual(a);
      }),
    );
  });

  it('lose no field, and hold only edits somebody made', () => {
    fc.assert(
      fc.property(draft, draft, (a, b) => {
        const merged = mergeDrafts(a, b);
        expect(Object.keys(merged).toSorted()).toEqual(
          [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted(),
        );
        for (const [name, one] of Object.entries(merged))
          expect([a, b].filter((from) => Object.hasOwn(from, name)).map((from) => from[name])).toContainEqual(
            one,
          );
      }),
    );
  });

  it('need only what is later to be sent', () => {
    fc.assert(
      fc.property(draft, draft, (a, b) => {
        expect(mergeDrafts(a, editsSince(a, b))).toEqual(mergeDrafts(a, b));
        expect(editsSince(mergeDrafts(a, b), b)).toEqual({});
      }),
    );
  });
});

it('a wrong clock does not win for ever, and fields this form does not have are not kept', () => {
  const future = {
    name: { value: 'x', at: 9e15 },
    'gate.G02': { value: 'yes', at: 5 },
    evil: { value: 'x', at: 1 },
  };
  expect(sanitised(future, 'vitiligo', 1000)).toEqual({ name: { value: 'x', at: 1000 } });
});

describe.each(treatments)('the form for %s', (treatment) => {
  const clear = Object.fromEntries(
    gatesFor(treatment).map((gate) => [gateField(gate.id), { value: gate.options[0].id, at: 5 }]),
  );
  const whole: Draft = { ...clear, name: { value: 'Sample patient 001', at: 5 } };
  const problems = (more: Record<string, string> = {}) =>
    problemsOf(
      {
        ...whole,
        ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, { value, at: 6 }])),
      },
      treatment,
      '2026-03-02',
      'IN',
    );

  it('asks every gate, takes "not sure" for an answer, and gives back answers as they were', () => {
    expect(problems()).toEqual({});
    expect(progress01(whole, treatment)).toBe(1);
    expect(problems({ 'gate.G14': 'unsure' })).toEqual({});
    expect(problemsOf({}, treatment, '2026-03-02', 'IN')).toMatchObject({
      name: 'name-needed',
      'gate.G14': 'unanswered',
    });
    const answers = answersOf(whole, treatment);
    expect(Object.keys(answers)).toHaveLength(gatesFor(treatment).length);
    expect(answersOf(draftOfAnswers(answers), treatment)).toEqual(answers);
  });

  it('says what cannot be, at its field', () => {
    expect(
      problems({
        birthDate: '2027-01-01',
        phone: '12',
        email: 'nobody',
        'gate.G14': 'perhaps',
        'gate.G13': 'ended',
        'date.G13': '2026-02-30',
      }),
    ).toEqual({
      birthDate: 'date-in-future',
      phone: 'not-a-phone',
      email: 'not-an-email',
      'gate.G14': 'not-an-option',
      'date.G13': 'not-a-day',
    });
    expect(problems({ 'gate.G13': 'ended', 'date.G13': '2026-03-03' })).toEqual({
      'date.G13': 'date-in-future',
    });
  });

  it('has no two fields of one name', () => {
    expect(fieldsFor(treatment).size).toBeGreaterThan(gatesFor(treatment).length + 10);
  });
});
