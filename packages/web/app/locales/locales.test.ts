import { describe, expect, it } from 'vitest';
import { isLocale, locales, messagesFor, preferredLocale, readLocaleCookie } from './index.ts';

/** Every word of a language by its path; functions are called with a number and stand as their result. */
function wordsOf(tree: object, path = ''): Map<string, string> {
  const words = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') words.set(at, value);
    else if (typeof value === 'function') words.set(at, (value as (given: unknown) => string)(3));
    else for (const [inner, word] of wordsOf(value as object, at)) words.set(inner, word);
  }
  return words;
}

const english = wordsOf(messagesFor('en'));
const scripts = {
  en: /[a-z]/i,
  hi: /\p{Script=Devanagari}/u,
  bn: /\p{Script=Bengali}/u,
  ne: /\p{Script=Devanagari}/u,
};

describe.each(locales)('the words in %s', (locale) => {
  const words = wordsOf(messagesFor(locale));

  const where = (fault: (word: string) => boolean) =>
    [...words].filter(([, word]) => fault(word)).map(([at]) => at);

  it('are the same set as in English, and none is empty', () => {
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
    expect(where((word) => word.trim() === '')).toEqual([]);
  });

  it('are written in the script of the language', () => {
    expect(where((word) => !scripts[locale].test(word))).toEqual([]);
  });

  it('promise nothing that may not be promised', () => {
    const promises =
      /\bcure|permanent|guarantee|100 ?%|painless|risk-free|स्थायी|गारंटी|ग्यारेन्टी|গ্যারান্টি|চিরস্থায়ী|নিশ্চিত নিরাময়/i;
    expect(where((word) => promises.test(word))).toEqual([]);
  });
});

describe('the language of a page', () => {
  it('is the one chosen before, whatever the browser asks for', () => {
    expect(preferredLocale('bn', 'hi')).toBe('bn');
  });

  it('is the best of those the browser asks for', () => {
    expect(preferredLocale(undefined, 'de, hi-IN;q=0.7, bn;q=0.8, en;q=0.1')).toBe('bn');
    expect(preferredLocale(undefined, 'ne')).toBe('ne');
    expect(preferredLocale('xx', 'bn;q=0, fr')).toBe('en');
    expect(preferredLocale(undefined, undefined)).toBe('en');
  });

  it('is remembered in a cookie of its own', () => {
    expect(isLocale(readLocaleCookie('a=1; lang=hi; b=2'))).toBe(true);
    expect(readLocaleCookie('slang=hi')).toBeUndefined();
  });
});
