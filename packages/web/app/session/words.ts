import type { Locale } from '../locales/index.ts';
import { bn } from './words/bn.ts';
import { en, type SessionWords } from './words/en.ts';
import { hi } from './words/hi.ts';
import { ne } from './words/ne.ts';

export type { SessionWords } from './words/en.ts';

export const sessionWords: Readonly<Record<Locale, SessionWords>> = { en, hi, bn, ne };

/** A zone as it is called; what people wrote themselves stays as it is. */
export function zoneName(words: SessionWords, zone: string): string {
  if (zone === '') return words.wholeRegion;
  return (words.zones as Readonly<Record<string, string>>)[zone] ?? zone;
}
