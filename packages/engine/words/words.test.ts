import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  everyReading,
  recognise,
  recogniseText,
  type Saying,
  said,
  sayings,
  speakerOf,
  tongues,
  type ValueKind,
  valuesOf,
} from './index.ts';
import { filled } from './template.ts';

const others = tongues.filter((tongue) => tongue !== 'en');
const phrases = sayings.filter(({ en }) => !/[.!?]$/.test(en));
/** Entries that stand between commas or semicolons without being taken apart there. */
const listed = phrases.filter(({ en }) => valuesOf(en).length === 0 && !/[,;]/.test(en));

const anyName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 -]{0,10}[A-Za-z0-9]$/);
const anyNumber = fc.oneof(
  fc.integer({ min: 0, max: 99_999 }).map(String),
  fc.tuple(fc.integer({ min: 0, max: 999 }), fc.stringMatching(/^\d{1,4}$/)).map((parts) => parts.join('.')),
);
const signedNumber = fc
  .tuple(fc.constantFrom('', '', '-', '−', '+'), anyNumber)
  .map((parts) => parts.join(''));

const valueOf = (kind: ValueKind): fc.Arbitrary<string> => {
  if (kind === 'n') return signedNumber;
  if (kind === 'text') return anyName;
  if (kind === 'word') return fc.stringMatching(/^[a-zA-Z]+(\[\d\])?(\.[a-zA-Z]+)?$/);
  if (kind === 'said') return fc.constantFrom(...phrases).chain(sentenceOf);
  if (kind === 'either') return fc.oneof(anyName, fc.constantFrom(...listed.map(({ en }) => en)));
  return fc
    .array(fc.constantFrom(...listed.map(({ en }) => en)), { minLength: 1, maxLength: 3 })
    .map((all) => all.join(kind === 'list' ? ', ' : '; '));
};
const valuesFor = (saying: Saying): fc.Arbitrary<Record<string, string>> =>
  fc.record(Object.fromEntries(valuesOf(saying.en).map(({ name, kind }) => [name, valueOf(kind)])));
const sentenceOf = (saying: Saying): fc.Arbitrary<string> =>
  valuesFor(saying).map((values) => filled(saying.en, values));
const anySaying = fc.constantFrom(...sayings);

/** Numbers written into a template itself, in Western digits, whatever digits it uses. */
function ownNumbers(template: string): readonly string[] {
  const western = filled(template, {}).replaceAll(/[०-९০-৯]/g, (digit) =>
    String(((digit.codePointAt(0) ?? 0) % 16) - 6),
  );
  return (western.match(/\d+(?:[.,]\d+)*/g) ?? []).sort();
}

describe('the catalogue of what the engine says', () => {
  it.each(sayings.map((saying) => [saying.en, saying] as const))(
    'holds in every language: %s',
    (en, saying) => {
      const names = valuesOf(en)
        .map(({ name }) => name)
        .sort();
      for (const tongue of others) {
        const text = saying[tongue];
        expect(
          valuesOf(text)
            .map(({ name }) => name)
            .sort(),
        ).toEqual(names);
        expect(ownNumbers(text)).toEqual(ownNumbers(en));
        const letters = tongue === 'bn' ? /\p{Script=Bengali}/u : /\p{Script=Devanagari}/u;
        expect(letters.test(text) || !/[a-z]{3}/.test(filled(en, {}))).toBe(true);
        expect(text).not.toMatch(tongue === 'bn' ? /\p{Script=Devanagari}/u : /\p{Script=Bengali}/u);
        expect(text.endsWith('।')).toBe(en.endsWith('.'));
      }
    },
  );

  it('finds the values again that were put into a sentence, and no other entry', () => {
    fc.assert(
      fc.property(
        anySaying.chain((saying) => valuesFor(saying).map((values) => ({ saying, values }))),
        ({ saying, values }) => {
          const readings = everyReading(filled(saying.en, values));
          expect(readings.map((reading) => reading.saying.en)).toEqual([saying.en]);
          expect(readings[0]?.values).toEqual(values);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('has no entry twice', () => {
    expect(new Set(sayings.map(({ en }) => en)).size).toBe(sayings.length);
  });
});

describe('a sentence in another language', () => {
  it('holds every text and number of the English one', () => {
    fc.assert(
      fc.property(
        anySaying.chain((saying) => valuesFor(saying).map((values) => ({ saying, values }))),
        fc.constantFrom(...others),
        ({ saying, values }, tongue) => {
          const { text, language } = said(filled(saying.en, values), tongue);
          expect(language).toBe(tongue);
          const plain = valuesOf(saying.en).filter(({ kind }) => ['text', 'word', 'n'].includes(kind));
          for (const { name, kind } of plain) {
            expect(kind === 'n' ? western(text) : text).toContain(values[name]);
          }
        },
      ),
    );
    // Grouped digits and leading zeros aside, which are the languages' own.
    function western(text: string): string {
      return text
        .replaceAll(/(?<=[\d०-९০-৯]),(?=[\d०-९০-৯])/g, '')
        .replaceAll(/[०-९০-৯]/g, (digit) => String(((digit.codePointAt(0) ?? 0) % 16) - 6));
    }
  });

  it('may be one of several in a text', () => {
    const several = fc.array(anySaying.filter(({ en }) => en.endsWith('.')).chain(sentenceOf), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(several, (sentences) => {
        const found = recogniseText(sentences.join(' '));
        expect(found?.map(({ saying }) => saying.en)).toEqual(
          sentences.map((sentence) => recognise(sentence)?.saying.en),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('stays English, and says so, when the catalogue has no entry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(...tongues), (text, tongue) => {
        const unknown = `${text} \u{10FFFF}`;
        expect(said(unknown, tongue)).toEqual({ text: unknown, language: 'en' });
      }),
    );
  });

  it('is untouched in English', () => {
    fc.assert(
      fc.property(anySaying.chain(sentenceOf), (sentence) => {
        expect(said(sentence, 'en')).toEqual({ text: sentence, language: 'en' });
      }),
    );
  });

  it('writes numbers in the digits of its reader', () => {
    const sentence = 'Only 1312 pixels show it. Go closer or do not zoom out.';
    expect(said(sentence, 'hi').text).toContain('1312');
    expect(said(sentence, 'bn').text).toContain('১৩১২');
    expect(said(sentence, 'ne').text).toContain('१३१२');
    expect(said('Best ΔE00 3.40, above 3.', 'bn').text).toContain('৩.৪০');
  });
});

describe('a catalogue of one language', () => {
  it('says in that language what the whole one says, and leaves the others English', () => {
    const hindi = speakerOf(sayings.map(({ en, hi }) => ({ en, hi })));
    fc.assert(
      fc.property(anySaying.chain(sentenceOf), (english) => {
        expect(hindi.said(english, 'hi')).toEqual(said(english, 'hi'));
        expect(hindi.said(english, 'bn')).toEqual({ text: english, language: 'en' });
      }),
    );
  });
});
