import { findForbiddenWords } from '@undertone/clinic/visitor/rules.ts';
import { sayings, tongues } from '@undertone/engine/words/index.ts';
import { expect, it } from 'vitest';
import { locales } from '../locales/index.ts';

it('the engine speaks the languages of the pages', () => {
  expect(tongues).toEqual(locales);
});

it.each(locales)('the engine promises nothing that no clinic can keep: %s', (locale) => {
  expect(sayings.flatMap((saying) => findForbiddenWords(saying[locale], locale))).toEqual([]);
});
