import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Each password of the list is kept as the first bytes of its SHA-256, in order: about one guess in 10^7 collides. */
export const entryBytes = 5;

export function entryOf(password: string): Buffer {
  return createHash('sha256').update(password).digest().subarray(0, entryBytes);
}

/** What is left of a password without the digits and signs people put around a word: `Sunshine2026!` is `sunshine`. */
export function coreOf(password: string): string {
  return password
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/**
 * Whether the password, or the word inside it, is among those found most often in breaches (data/SOURCES.md). Compared
 * without capitals. The list is read when a password is set, a few times a year, and not kept.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  // By the package's name: this module also runs as part of the pages' bundle, which lies elsewhere.
  const file = createRequire(import.meta.url).resolve('@undertone/clinic/staff/data/common-passwords.bin');
  const list = await readFile(file);
  const folded = password.normalize('NFKC').toLowerCase();
  const core = coreOf(password);
  // Twice the same word is that word.
  const half = folded.slice(0, folded.length / 2);
  return [folded, core, half + half === folded ? half : '']
    .filter((text) => text.length >= 6)
    .some((text) => holds(list, entryOf(text)));
}

function holds(list: Buffer, entry: Buffer): boolean {
  let low = 0;
  let high = list.length / entryBytes;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = middle * entryBytes;
    const order = entry.compare(list, at, at + entryBytes);
    if (order === 0) return true;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return false;
}
