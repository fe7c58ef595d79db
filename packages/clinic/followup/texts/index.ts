import type { Language } from '../../tenant/schema.ts';
import type { LocalNumbers } from '../local-numbers.ts';
import type { RowId, Urgency } from '../red-flags.ts';
import type { Doubt } from '../triage.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { hi } from './hi.ts';
import { ne } from './ne.ts';
import type { FollowUpTexts } from './schema.ts';

export type { FollowUpTexts } from './schema.ts';

const all: Readonly<Record<Language, FollowUpTexts>> = { en, hi, bn, ne };

export function followUpTexts(language: Language): FollowUpTexts {
  return all[language];
}

export interface Instruction {
  readonly id: RowId | 'doubt' | 'fine';
  readonly text: string;
}

/** What a person is told to do, the most urgent first, with the numbers of the clinic's country in it. */
export function instructionsFor(
  result: {
    readonly matched: readonly { readonly id: RowId; readonly urgency: Urgency }[];
    readonly doubts: readonly Doubt[];
  },
  language: Language,
  numbers: LocalNumbers,
): readonly Instruction[] {
  const texts = all[language];
  const rows = result.matched.map(({ id }): Instruction => ({ id, text: texts.say[id] }));
  // "Within 24 hours" beside "now" or "today" would only confuse; the clinic reads the rest all the same.
  const isGrave = result.matched.some(({ urgency }) => urgency === 'EMERG' || urgency === 'DAY');
  const doubt: Instruction = { id: 'doubt', text: texts.sayDoubt };
  const said = result.doubts.length === 0 || isGrave ? rows : [...rows, doubt];
  const shown = said.length === 0 ? [{ id: 'fine' as const, text: texts.sayFine }] : said;
  const fill = (text: string) =>
    text
      .replaceAll('{emergency}', numbers.emergency.join(' / '))
      .replaceAll('{crisis}', `${numbers.crisis.name} ${numbers.crisis.number}`);
  return shown.map(({ id, text }) => ({ id, text: fill(text) }));
}
