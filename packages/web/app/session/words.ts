import type { Locale } from '../locales/index.ts';
import { bn } from './words/bn.ts';
import { en, type SessionWords } from './words/en.ts';
import { hi } from './words/hi.ts';
import { ne } from './words/ne.ts';

export type { SessionWords } from './words/en.ts';

export const sessionWords: Readonly<Record<Locale, SessionWords>> = { en, hi, bn, ne };
