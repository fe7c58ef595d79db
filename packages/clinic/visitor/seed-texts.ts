import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSeedFile } from './rules.ts';
import { languages, pageKeys, type TextInput } from './schema.ts';

/** Pages that name a place and a doctor: the sample clinic has its own of them, another clinic is named nobody else's. */
const ofSample: readonly TextInput['pageKey'][] = ['home', 'clinic', 'doctor'];

/** Whose texts: those that name the sample clinic's place and doctor, or those in which a clinic writes its own. */
export type SeededClinic = 'sample' | 'own';

const contentDir = join(dirname(fileURLToPath(import.meta.url)), 'content');

/**
 * The texts that come with the program, one file per page and language (`content/hi/scalp.md`; the sample clinic's own lie
 * in `content/sample/`). A clinic starts from
 * them and edits its own versions in the database; these files are never read to show a page.
 *
 * @throws an error with code `seed-text-broken` naming the file, because a broken seed is our own fault.
 */
export async function readSeedTexts(clinic: SeededClinic): Promise<TextInput[]> {
  const wanted = languages.flatMap((language) => pageKeys.map((pageKey) => ({ language, pageKey })));
  return Promise.all(
    wanted.map(async ({ language, pageKey }) => {
      const folder = clinic === 'sample' && ofSample.includes(pageKey) ? join('sample', language) : language;
      const file = await readFile(join(contentDir, folder, `${pageKey}.md`), 'utf8');
      const parsed = parseSeedFile(file, pageKey, language);
      if (!parsed.ok) throw Object.assign(new Error(parsed.message), { code: 'seed-text-broken' });
      return parsed.text;
    }),
  );
}
