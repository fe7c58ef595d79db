import { languages, type TextInput } from './schema.ts';
import { linesIn, ofSample, readSeed } from './seed-texts.ts';

/**
 * Pages with the lines in which the sample clinic's text differs from what another clinic starts from. The files are read
 * when this module is: once, by whoever imports it when it is asked for.
 */
export const linesOfSample: Promise<
  readonly (Pick<TextInput, 'pageKey' | 'language'> & { readonly lines: readonly string[] })[]
> = Promise.all(
  languages.flatMap((language) =>
    ofSample.map(async (pageKey) => {
      const [sample, own] = await Promise.all([
        readSeed('sample', pageKey, language),
        readSeed('own', pageKey, language),
      ]);
      const known = new Set(linesIn(own));
      return { pageKey, language, lines: linesIn(sample).filter((line) => !known.has(line)) };
    }),
  ),
);
