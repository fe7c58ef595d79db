/**
 * What the engine says, in the clinic's languages. The engine writes English, and stored plans keep it to the byte; a
 * screen finds the sentence again by its template and says it in its reader's language:
 *
 *     said('Only 312 pixels show it. Go closer or do not zoom out.', 'hi')
 *     // → { text: 'इसमें केवल 312 पिक्सेल हैं। …', language: 'hi' }
 *
 * A sentence without an entry comes back as it is, in English.
 */
import { drawdownSayings } from './catalogue/drawdowns.ts';
import { matchSayings } from './catalogue/match.ts';
import { outcomeSayings } from './catalogue/outcome.ts';
import { photoSayings } from './catalogue/photo.ts';
import { planSayings } from './catalogue/plan.ts';
import { regionSayings } from './catalogue/region.ts';
import { skinSayings } from './catalogue/skin.ts';
import { speakerOf } from './speaker.ts';
import type { Saying } from './template.ts';

export { type Recognised, type Said, type Speaker, speakerOf } from './speaker.ts';
export { type Saying, type SomeSaying, type Tongue, tongues, type ValueKind, valuesOf } from './template.ts';

/** Every entry. Translations are the program's own: no clinician who speaks the language has read them yet. */
export const sayings: readonly Saying[] = [
  ...photoSayings,
  ...skinSayings,
  ...regionSayings,
  ...matchSayings,
  ...drawdownSayings,
  ...planSayings,
  ...outcomeSayings,
];

/** Finds the engine's sentences again and says them in other languages. */
export const { recognise, everyReading, recogniseText, said } = speakerOf(sayings);
