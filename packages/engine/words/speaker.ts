import {
  filled,
  patternOf,
  type Saying,
  type SomeSaying,
  separators,
  type Tongue,
  type ValueKind,
  valuesOf,
} from './template.ts';

/** An English sentence as an entry of a catalogue with its values, as they stand in the sentence. */
export interface Recognised<S extends SomeSaying = Saying> {
  readonly saying: S;
  readonly values: Readonly<Record<string, string>>;
}

export interface Said {
  readonly text: string;
  /** What the text is written in: English where nothing else is known. */
  readonly language: Tongue;
}

/** A catalogue that finds English sentences again and says them in other languages. */
export interface Speaker<S extends SomeSaying = Saying> {
  /** The entry of one sentence or phrase, if it has one. */
  readonly recognise: (english: string) => Recognised<S> | undefined;
  /** All entries a sentence could be; more than one is a fault of the catalogue. */
  readonly everyReading: (english: string) => readonly Recognised<S>[];
  /** Entries of a text of one or more sentences; undefined unless every part is known. */
  readonly recogniseText: (english: string) => readonly Recognised<S>[] | undefined;
  /** The text in a language, where every part of it is known in it; `tag` tells `Intl` how to write numbers. */
  readonly said: (english: string, language: Tongue, tag?: string) => Said;
}

/** Countries of our clinics: they decide digits and grouping. */
const numberTags: Readonly<Record<Tongue, string>> = { en: 'en-IN', hi: 'hi-IN', bn: 'bn-IN', ne: 'ne-NP' };

const sentenceEnd = /(?<=[.!?]) /;
const sentenceEnds = /(?<=[.!?]) /g;

export function speakerOf<S extends SomeSaying>(sayings: readonly S[]): Speaker<S> {
  const patterns = sayings.map((saying) => ({
    saying,
    pattern: patternOf(saying.en),
    values: valuesOf(saying.en),
  }));

  function everyReading(english: string): readonly Recognised<S>[] {
    return patterns.flatMap(({ saying, pattern, values }) => {
      const found = pattern.exec(english);
      if (!found) return [];
      const read = values.map(({ name, kind }, i) => [name, kind, found[i + 1] ?? ''] as const);
      return read.every(([, kind, value]) => isOfKind(kind, value))
        ? [{ saying, values: Object.fromEntries(read.map(([name, , value]) => [name, value])) }]
        : [];
    });
  }
  const recognise = (english: string) => everyReading(english)[0];

  function isOfKind(kind: ValueKind, value: string): boolean {
    if (kind === 'said') return recognise(value) !== undefined;
    if (kind !== 'list' && kind !== 'series') return true;
    return value.split(separators[kind]).every((one) => recognise(one) !== undefined);
  }

  function recogniseText(english: string): readonly Recognised<S>[] | undefined {
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

  function said(english: string, language: Tongue, tag: string = numberTags[language]): Said {
    const known = language === 'en' ? undefined : recogniseText(english);
    return known?.every(({ saying }) => saying[language] !== undefined)
      ? { text: known.map((one) => written(one, language, tag)).join(' '), language }
      : { text: english, language: 'en' };
  }

  function written({ saying, values }: Recognised<S>, language: Tongue, tag: string): string {
    const texts = valuesOf(saying.en).map(({ name, kind }) => [
      name,
      valueIn(kind, values[name] ?? '', language, tag),
    ]);
    return filled(saying[language] ?? saying.en, Object.fromEntries(texts) as Record<string, string>);
  }

  function valueIn(kind: ValueKind, value: string, language: Tongue, tag: string): string {
    if (kind === 'text' || kind === 'word') return value;
    if (kind === 'n') return numberIn(value, tag);
    const separator = kind === 'list' || kind === 'series' ? separators[kind] : undefined;
    return (separator === undefined ? [value] : value.split(separator))
      .map((one) => said(one, language, tag).text)
      .join(separator ?? '');
  }

  return { recognise, everyReading, recogniseText, said };
}

/** More digits than this after the point are a calculation's, not a statement's. */
const mostDecimals = 4;

/** A number as it was printed, with its decimals and sign, in the digits of a language. */
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
