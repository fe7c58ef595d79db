import { describe, expect, it } from 'vitest';
import { readAnswers, readDecision, readLab, readReading } from './forms.ts';

describe('the screening page’s forms', () => {
  it('leave out what was not answered, and a date no option asks for', () => {
    const form = {
      'choice-G22': 'young',
      'date-G22': '2026-01-05',
      'choice-G12': 'yes',
      'date-G12': '2026-01-05',
      'choice-G03': '',
      'choice-G23': 'transplant',
    };
    expect(readAnswers('lip', form)).toEqual({
      G12: { choice: 'yes' },
      G22: { choice: 'young', date: '2026-01-05' },
    });
  });

  it('give a day only with "wait"', () => {
    const form = { answersVersion: '3', overall: 'go', untilDate: '2027-01-01', 'word-G12': 'go' };
    expect(readDecision('p', 'lip', form)).toEqual({
      patientId: 'p',
      treatment: 'lip',
      answersVersion: 3,
      overall: 'go',
      reason: '',
      gates: [{ gate: 'G12', word: 'go', reason: '' }],
    });
    expect(readDecision('p', 'lip', { ...form, overall: 'wait' })).toMatchObject({ untilDate: '2027-01-01' });
  });

  it.each([
    ['61.2, 12, 18.5', [61.2, 12, 18.5]],
    ['61.2 12 -18.5', [61.2, 12, -18.5]],
    ['61.2;12;18.5', [61.2, 12, 18.5]],
    ['', undefined],
    ['61.2, 12', null],
    ['a, b, c', null],
    ['1, 2, Infinity', null],
  ])('read the colour "%s"', (text, lab) => {
    expect(readLab(text)).toEqual(lab);
  });

  it('take no reading whose colour cannot be read', () => {
    const form = { spotId: 's', reading: 'week-6', outcome: 'clear', 'sign-halo': 'clear', lab: '1, 2' };
    expect(readReading(form)).toBeNull();
    expect(readReading({ ...form, lab: '' })).toMatchObject({ signs: { halo: 'clear' }, note: '' });
  });
});
