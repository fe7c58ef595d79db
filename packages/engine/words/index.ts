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
import {
  filled,
  patternOf,
  type Saying,
  separators,
  type Tongue,
  type ValueKind,
  valuesOf,
} from './template.ts';

export { type Saying, type Tongue, tongues, type ValueKind, valuesOf } from './template.ts';

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

/** An English sentence as an entry of the catalogue with its values, as they stand in the sentence. */
export interface Recognised {
  readonly saying: Saying;
  readonly values: Readonly<Record<string, string>>;
}

export interface Said {
  readonly text: string;
  /** What the text is written in: English where nothing else is known. */
  readonly language: Tongue;
}

interface Pattern {
  readonly saying: Saying;
  readonly pattern: RegExp;
  readonly values: readonly { readonly name: string; readonly kind: ValueKind }[];
}

const patterns: readonly Pattern[] = sayings.map((saying) => ({
  saying,
  pattern: patternOf(saying.en),
  values: valuesOf(saying.en),
}));

/** The entry of one sentence or phrase, if it has one. */
export function recognise(english: string): Recognised | undefined {
  return everyReading(english)[0];
}

/** All entries a sentence could be; more than one is a fault of the catalogue. */
export function everyReading(english: string): readonly Recognised[] {
  return patterns.flatMap(({ saying, pattern, values }) => {
    const found = pattern.exec(english);
    if (!found) return [];
    const read = values.map(({ name, kind }, i) => [name, kind, found[i + 1] ?? ''] as const);
    return read.every(([, kind, value]) => isOfKind(kind, value))
      ? [{ saying, values: Object.fromEntries(read.map(([name, , value]) => [name, value])) }]
      : [];
  });
}

/** Entries of a text of one or more sentences; undefined unless every part is known. */
export function recogniseText(english: string): readonly Recognised[] | undefined {
  const whole = recognise(english);
  // A value that holds the end of a sentence is more likely to be that: two sentences read as one.
  if (whole && !Object.values(whole.values).some((value) => sentenceEnd.test(value))) return [whole];
  for (const { index } of english.matchAll(sentenceEnds)) {
    const first = recognise(english.slice(0, index));
    const rest = first && recogniseText(english.slice(index + 1));
    if (first && rest) return [first, ...rest];
  }
  return whole && [whole];
}

const sentenceEnd = /(?<=[.!?]) /;
const sentenceEnds = /(?<=[.!?]) /g;

/** What the engine said, in the language asked for where the catalogue has it; `tag` tells `Intl` how to write numbers. */
export function said(english: string, language: Tongue, tag: string = numberTags[language]): Said {
  const known = language === 'en' ? undefined : recogniseText(english);
  return known
    ? { text: known.map((one) => written(one, language, tag)).join(' '), language }
    : { text: english, language: 'en' };
}

/** Countries of our clinics: they decide digits and grouping. */
const numberTags: Readonly<Record<Tongue, string>> = { en: 'en-IN', hi: 'hi-IN', bn: 'bn-IN', ne: 'ne-NP' };

function isOfKind(kind: ValueKind, value: string): boolean {
  if (kind === 'said') return recognise(value) !== undefined;
  if (kind !== 'list' && kind !== 'series') return true;
  return value.split(separators[kind]).every((one) => recognise(one) !== undefined);
}

function written({ saying, values }: Recognised, language: Tongue, tag: string): string {
  const kinds = valuesOf(saying.en);
  return filled(
    saying[language],
    Object.fromEntries(
      kinds.map(({ name, kind }) => [name, valueIn(kind, values[name] ?? '', language, tag)]),
    ),
  );
}

function valueIn(kind: ValueKind, value: string, language: Tongue, tag: string): string {
  if (kind === 'text' || kind === 'word') return value;
  if (kind === 'n') return numberIn(value, tag);
  const separator = kind === 'list' || kind === 'series' ? separators[kind] : undefined;
  return (separator === undefined ? [value] : value.split(separator))
    .map((one) => said(one, language, tag).text)
    .join(separator ?? '');
}

/** More digits than this after the point are a calculation's, not a statement's. */
const mostDecimals = 4;

/** A number as the engine printed it, with its decimals and sign, in the digits of a language. */
function numberIn(printed: string, tag: string): string {
  const [, sign = '', digits = '', decimals = ''] = /^([+−-]?)(\d+)(?:\.(\d+))?$/.exec(printed) ?? [];
  if (digits === '') return printed;
  const isLong = decimals.length > mostDecimals;
  const format = new Intl.NumberFormat(tag, {
    useGrouping: 'min2',
    ...(isLong
      ? { maximumSignificantDigits: mostDecimals }
      : { minimumFractionDigits: decimals.length, maximumFractionDigits: decimals.length }),
  });
  return sign + format.format(Number(decimals === '' ? digits : `${digits}.${decimals}`));
}
