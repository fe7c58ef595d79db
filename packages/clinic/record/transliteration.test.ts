import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenNames, surnames } from './testing/given-names.ts';
import { asciiDigits, foldName, romanised, slipsOf, soundKey } from './transliteration.ts';

const names = [...givenNames, ...surnames];

describe('the key of a name', () => {
  it.each(names)('is one for %s, %s and the Latin spellings', (...spellings) => {
    const keys = new Set(spellings.map(soundKey));
    expect([...keys]).toHaveLength(1);
    expect([...keys][0]).not.toBe('');
  });

  it('keeps most given names apart', () => {
    const keys = new Set(givenNames.map(([devanagari]) => soundKey(devanagari)));
    expect(keys.size).toBeGreaterThan(givenNames.length - 3);
  });

  it('does not change with case, accents or doubled consonants', () => {
    for (const name of names.flatMap(([, , ...spellings]) => spellings)) {
      for (let at = 0; at < name.length; at++) {
        const letter = name[at] as string;
        const doubled = /[bdgklmnprt]/.test(letter) ? name.slice(0, at) + letter + name.slice(at) : name;
        expect([doubled, soundKey(doubled)]).toEqual([doubled, soundKey(name)]);
        expect(soundKey(doubled.toUpperCase())).toBe(soundKey(name));
      }
      for (const form of ['NFC', 'NFD'])
        expect(soundKey(name.replaceAll('a', 'ā').normalize(form))).toBe(soundKey(name));
    }
  });

  it('is plain letters or nothing, for any text at all, and folds to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        for (const { word, key, skeleton } of foldName(text)) {
          expect(word).not.toBe('');
          expect(key).toMatch(/^[a-z]*$/);
          expect(key.replaceAll(/[iu]/g, '')).toBe(skeleton.replaceAll(/[iu]/g, ''));
          expect(foldName(word).map((again) => again.key)).toEqual([key]);
        }
      }),
    );
  });

  it('is empty for scripts it does not read, and for numbers', () => {
    expect(foldName('محمد Иван 014')).toEqual([
      { word: 'محمد', key: '', skeleton: '' },
      { word: 'иван', key: '', skeleton: '' },
      { word: '014', key: '', skeleton: '' },
    ]);
  });

  it('holds an Indian word together that is written with joiners or precomposed letters', () => {
    expect(foldName('क्‍षमा')[0]?.key).toBe(soundKey('क्षमा'));
    expect(soundKey('প্রিয়া'.normalize('NFD'))).toBe(soundKey('প্রিয়া'.normalize('NFC')));
  });
});

describe('romanisation', () => {
  it.each([
    ['कमला', 'kamalaa'],
    ['কমলা', 'kamalaa'],
    ['গৌতম', 'gautama'],
    ['मोहन', 'mohana'],
    ['ড়', 'ra'],
    ['উৎপল', 'utpala'],
  ])('%s is %s', (word, latin) => {
    expect(romanised(word)).toBe(latin);
  });

  it('of both scripts agrees letter for letter where the blocks do', () => {
    const shared = Array.from('कखगघचछजझटठडढणतथदधनपफबभमरलशषसह');
    for (const letter of shared) {
      const bengali = String.fromCodePoint((letter.codePointAt(0) as number) + 0x80);
      expect(romanised(bengali)).toBe(romanised(letter));
    }
  });
});

it('digits of every script are the same digits', () => {
  expect(asciiDigits('९८७৬৫৪ 3210')).toBe('987654 3210');
});

describe('a slip of the finger', () => {
  const words = fc.array(fc.constantFrom(...Array.from('abcdefgकখमা')), { minLength: 4, maxLength: 15 });

  it('law: two neighbours turned round, or a letter too many, is put right', () => {
    fc.assert(
      fc.property(words, fc.nat(20), (letters, place) => {
        const at = place % (letters.length - 1);
        const word = letters.join('');
        const turned = letters
          .with(at, letters[at + 1] ?? '')
          .with(at + 1, letters[at] ?? '')
          .join('');
        expect([turned, ...slipsOf(turned)]).toContain(word);
        expect(slipsOf(letters.toSpliced(at, 0, 'x').join(''))).toContain(word);
      }),
    );
  });

  it('is not looked for in words too short or too long to know', () => {
    expect(slipsOf('ab')).toEqual([]);
    expect(slipsOf('a'.repeat(17))).toEqual([]);
    expect(slipsOf('aaaa')).toEqual(['aaa']);
  });
});
