import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSeedFile } from './rules.ts';
import { languages, pageKeys, type TextInput } from './schema.ts';

const contentDir = join(dirname(fileURLToPath(import.meta.url)), 'content');

/**
 * The texts that come with the program, one file per page and language (`content/hi/scalp.md`). A clinic starts from
 * them and edits its own versions in the database; these files are never read to show a page.
 *
 * @throws an error with code `seed-text-broken` naming the file, because a broken seed is our own fault.
 */
export async function readSeedTexts(): Promise<TextInput[]> {
  const wanted = languages.flatMap((language) => pageKeys.map((pageKey) => ({ language, pageKey })));
  return Promise.all(
    wanted.map(async ({ language, pageKey }) => {
      const parsed = parseSeedFile(
        await readFile(join(contentDir, language, `${pageKey}.md`), 'utf8'),
        pageKey,
        language,
      );
      if (!parsed.ok) throw Object.assign(new Error(parsed.message), { code: 'seed-text-broken' });
      return parsed.text;
    }),
  );
}
