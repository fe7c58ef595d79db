import type { Locale } from '../schema.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { hi } from './hi.ts';
import { ne } from './ne.ts';
import type { GateTexts } from './shape.ts';

export type { GateText, GateTexts } from './shape.ts';

export function textOf(locale: Locale): GateTexts {
  return { en, hi, bn, ne }[locale];
}
