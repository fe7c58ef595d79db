import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseSeedFile } from './rules.ts';
import { languages, pageKeys, type TextInput } from './schema.ts';

/** Pages that name a place and a doctor: the sample clinic has its own of them, another clinic is named nobody else's. */
export const ofSample: readonly TextInput['pageKey'][] = ['home', 'clinic', 'doctor'];

/** Whose texts: those that name the sample clinic's place and doctor, or those in which a clinic writes its own. */
export type SeededClinic = 'sample' | 'own';

/**
 * The texts that come with the program, one file per page and language (`content/hi/scalp.md`; the sample clinic's own lie
 * in `content/sample/`). A clinic starts from
 * them and edits its own versions in the database; these files are never read to show a page.
 *
 * @throws an error with code `seed-text-broken` naming the file, because a broken seed is our own fault.
 */
export async function readSeedTexts(clinic: SeededClinic): Promise<TextInput[]> {
  return Promise.all(
    languages.flatMap((language) => pageKeys.map((pageKey) => readSeed(clinic, pageKey, language))),
  );
}

export async function readSeed(
  clinic: SeededClinic,
  pageKey: TextInput['pageKey'],
  language: TextInput['language'],
): Promise<TextInput> {
  const folder = clinic === 'sample' && ofSample.includes(pageKey) ? `sample/${language}` : language;
  // Asked by the package's name: this module is also part of the pages' bundle, which lies elsewhere.
  const { resolve } = createRequire(import.meta.url);
  const file = await readFile(resolve(`@undertone/clinic/visitor/content/${folder}/${pageKey}.md`), 'utf8');
  const parsed = parseSeedFile(file, pageKey, language);
  if (!parsed.ok) throw Object.assign(new Error(parsed.message), { code: 'seed-text-broken' });
  return parsed.text;
}

/** What a text says, a line each; lines without a letter say nothing. */
export function linesIn({ title, description, body }: Omit<TextInput, 'pageKey' | 'language'>): string[] {
  return [title, description, ...body.split('\n')]
    .map((line) => line.trim())
    .filter((line) => /\p{L}/u.test(line));
}
