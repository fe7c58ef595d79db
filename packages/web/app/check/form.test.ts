import { gates, type Treatment, textOf, treatments } from '@undertone/clinic/candidacy/rules.ts';
import { locales } from '@undertone/clinic/candidacy/schema.ts';
import { forbiddenWords } from '@undertone/clinic/visitor/forbidden-words.ts';
import { describe, expect, it } from 'vitest';
import { fieldNames, partsFor, readForm, ruledOut, weigh } from './form.ts';
import { checkWords } from './words.ts';

const today = '2026-03-10';

function noneOfThese(treatment: Treatment): FormData {
  const form = new FormData();
  for (const { step } of partsFor(treatment)) form.append(fieldNames.none, step);
  return form;
}

describe('the self-check as one form', () => {
  it('asks every gate meant for visitors exactly once', () => {
    for (const treatment of treatments) {
      const asked = partsFor(treatment).flatMap((part) => part.gates.map(({ id }) => id));
      const meant = gates.filter((g) => g.audience === 'visitor' && g.treatments.includes(treatment));
      expect([...asked].sort()).toEqual(meant.map(({ id }) => id).sort());
    }
  });

  it('weighs by the clinic’s gates where it has its own', () => {
    for (const treatment of treatments) {
      for (const gate of gates.filter((g) => g.audience === 'visitor' && g.treatments.includes(treatment))) {
        const form = noneOfThese(treatment);
        form.append(fieldNames.unsure, gate.id);
        const { check } = readForm(treatment, form, today);
        const stop = { action: 'STOP', outcome: 'not-this-treatment' } as const;
        const own = gates.map((g) => (g.id === gate.id ? { ...g, unknown: stop } : g));
        expect(weigh(check, today, own).outcome).toBe('not-this-treatment');
        expect(ruledOut(check, today, own)).toBe(true);
      }
    }
  });

  it('lets a visitor book when every part says none of these', () => {
    for (const treatment of treatments) {
      const { check, faults } = readForm(treatment, noneOfThese(treatment), today);
      expect(faults).toEqual({});
      expect(weigh(check, today).outcome).toBe('may-book');
    }
  });

  it('does not take an untouched part for a no', () => {
    const form = noneOfThese('lip');
    form.delete(fieldNames.none);
    const { faults } = readForm('lip', form, today);
    expect(Object.keys(faults).sort()).toEqual(
      partsFor('lip')
        .map(({ step }) => step)
        .sort(),
    );
  });

  it('never permits more for any single tick or doubt, and asks back where a tick needs a choice', () => {
    for (const treatment of treatments) {
      for (const { gates: asked } of partsFor(treatment)) {
        for (const gate of asked) {
          const doubtful = noneOfThese(treatment);
          doubtful.append(fieldNames.unsure, gate.id);
          const unsure = weigh(readForm(treatment, doubtful, today).check, today);
          expect(unsure.findings.map((f) => f.gate)).toContain(gate.id);

          const ticked = noneOfThese(treatment);
          ticked.append(fieldNames.yes, gate.id);
          const { check, faults } = readForm(treatment, ticked, today);
          const found = weigh(check, today).findings.some((f) => f.gate === gate.id);
          const settled = gate.answerKind === 'yes-no' || gate.options.length === 2;
          expect({ fault: faults[gate.id], found: found || !settled }).toEqual({
            fault: settled ? undefined : 'nothing-chosen',
            found: true,
          });
        }
      }
    }
  });

  it('refuses a day that has not come, and waits from one that has', () => {
    const form = noneOfThese('vitiligo');
    form.append(fieldNames.yes, 'G05');
    form.set(fieldNames.date('G05'), '2026-03-11');
    expect(readForm('vitiligo', form, today).faults.G05).toBe('date-in-future');
    form.set(fieldNames.date('G05'), '2026-03-01');
    const { check } = readForm('vitiligo', form, today);
    expect(weigh(check, today)).toMatchObject({ outcome: 'wait-until', untilDate: '2027-03-01' });
  });

  it('knows before the end when the treatment is ruled out', () => {
    const form = new FormData();
    form.append(fieldNames.yes, 'G08');
    form.append(fieldNames.choice('G08'), 'self');
    const { check } = readForm('scalp', form, today, ['skin']);
    expect(ruledOut(check, today)).toBe(true);
  });

  it('speaks every language without a promise', () => {
    for (const locale of locales) {
      const words = checkWords[locale];
      const said = [
        ...Object.values(words).filter((word) => typeof word === 'string'),
        ...Object.values(words.treatments),
        words.step(1, 2),
        words.until('1'),
      ];
      const patterns = [...forbiddenWords.en, ...forbiddenWords[locale]];
      for (const text of said)
        expect(patterns.filter(({ pattern }) => new RegExp(pattern).test(text))).toEqual([]);
      expect(textOf(locale).state).toBe('unreviewed');
    }
  });
});
