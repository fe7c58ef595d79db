import { readdir } from 'node:fs/promises';
import { textOf } from '@undertone/clinic/candidacy/texts/index.ts';
import { render } from '@undertone/clinic/notify/templates.ts';
import { risks } from '@undertone/clinic/visitor/risks.ts';
import { findForbiddenWords } from '@undertone/clinic/visitor/rules.ts';
import { describe, expect, it } from 'vitest';
import { type Locale, locales, messagesFor } from '../locales/index.ts';

/** Folders of pages that visitors see. */
const publicFolders = ['site', 'book', 'check', 'estimate', 'preview'];

/** Every sentence in a value, however deep; sentences with gaps are filled with a figure. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') {
    const filled = (value as (...gaps: string[]) => unknown)(
      ...Array.from({ length: value.length }, () => '7'),
    );
    return sentencesOf(filled);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(sentencesOf);
}

/** All word files of the public folders, found by their names: a new one is read without being listed. */
async function wordFiles(): Promise<{ file: string; words: Readonly<Record<Locale, unknown>> }[]> {
  const found: { file: string; words: Readonly<Record<Locale, unknown>> }[] = [];
  for (const folder of publicFolders) {
    const dir = new URL(`../${folder}/`, import.meta.url);
    for (const name of await readdir(dir)) {
      if (!name.endsWith('words.ts')) continue;
      const module = (await import(new URL(name, dir).pathname)) as Record<string, unknown>;
      const byLocale = Object.values(module).filter(
        (one): one is Readonly<Record<Locale, unknown>> =>
          typeof one === 'object' && one !== null && locales.every((locale) => locale in one),
      );
      found.push(...byLocale.map((words) => ({ file: `${folder}/${name}`, words })));
    }
  }
  return found;
}

const gaps = {
  clinic: '7',
  name: '7',
  service: '7',
  when: '7',
  until: '7',
  link: '7',
  where: '7',
  staff: '7',
  phone: '7',
};
const templates = [
  'booking-hold',
  'booking-confirmed',
  'booking-moved',
  'booking-cancelled',
  'booking-reminder',
  'waitlist-offer',
] as const;

describe('the words around the clinic’s texts', () => {
  it('are found in every public folder that has any', async () => {
    const files = (await wordFiles()).map(({ file }) => file);
    expect(files).toEqual(
      expect.arrayContaining([
        'site/words.ts',
        'book/words.ts',
        'book/waitlist-words.ts',
        'check/words.ts',
        'estimate/words.ts',
        'preview/words.ts',
      ]),
    );
  });

  it.each(locales)('promise nothing and never tell anyone to leave off a medicine, in %s', async (locale) => {
    const sources = [
      ...(await wordFiles()).map(({ file, words }) => ({ file, value: words[locale] })),
      {
        file: 'locales',
        value: [
          messagesFor(locale).home,
          messagesFor(locale).common.skip,
          messagesFor(locale).common.language,
        ],
      },
      { file: 'gates', value: textOf(locale) },
      { file: 'risks', value: risks.map(({ label, onset }) => [label[locale], onset[locale]]) },
      ...templates.map((template) => ({ file: template, value: render(template, locale, gaps, '7') })),
    ];
    const faults = sources.flatMap(({ file, value }) =>
      sentencesOf(value).flatMap((sentence) =>
        findForbiddenWords(sentence, locale).map(({ word }) => `${file}: ${word}: ${sentence}`),
      ),
    );
    expect(faults).toEqual([]);
    expect(sources.flatMap(({ value }) => sentencesOf(value)).length).toBeGreaterThan(400);
  });

  it.each(locales.filter((locale) => locale !== 'en'))(
    'have the shape of the English ones, in %s',
    async (locale) => {
      for (const { file, words } of await wordFiles()) {
        const [own, english] = [sentencesOf(words[locale]), sentencesOf(words.en)];
        expect({ file, count: own.length }).toEqual({ file, count: english.length });
        expect(own.filter((sentence) => sentence.trim() === '')).toEqual([]);
      }
    },
  );
});
