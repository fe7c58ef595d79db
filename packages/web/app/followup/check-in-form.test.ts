import { describe, expect, it } from 'vitest';
import { faultsOf, nothingGiven, readAnswers } from './check-in-form.ts';

function formOf(pairs: readonly (readonly [string, string | Blob])[]): FormData {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
}

describe('the fields of a check-in', () => {
  it('are read as ticked, in the order of the table', () => {
    const form = formOf([
      ['course', 'worse'],
      ['sign', 'flaking'],
      ['sign', 'eye'],
      ['detail', 'blisters-near-eye'],
      ['text', 'hello'],
    ]);
    expect(readAnswers(form)).toEqual({
      course: 'worse',
      signs: ['eye', 'flaking'],
      details: ['blisters-near-eye'],
      none: false,
      text: 'hello',
    });
  });

  it('leave out what the table does not know, and files', () => {
    const form = formOf([
      ['course', 'dancing'],
      ['sign', 'R01'],
      ['sign', new Blob(['x'])],
      ['text', new Blob(['x'])],
    ]);
    expect(readAnswers(form)).toEqual(nothingGiven);
  });

  it('miss what was not said; words alone are an answer a person reads', () => {
    expect(faultsOf(nothingGiven)).toEqual({ course: true, signs: true });
    expect(faultsOf({ ...nothingGiven, course: 'same', none: true })).toEqual({
      course: false,
      signs: false,
    });
    expect(faultsOf({ ...nothingGiven, course: 'same', text: 'it stings' }).signs).toBe(false);
  });
});
