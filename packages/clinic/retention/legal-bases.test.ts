import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '../tenant/schema.ts';
import { basisToKeep, legalBasis } from './legal-bases.ts';
import { shippedSchedule } from './schedule.ts';
import { recordKinds } from './schema.ts';

const scripts = { hi: /\p{Script=Devanagari}/u, bn: /\p{Script=Bengali}/u, ne: /\p{Script=Devanagari}/u };

describe('where a period is from', () => {
  it('is said in each language, in its script, and differs from language to language', () => {
    for (const { kind, source } of shippedSchedule) {
      const texts = languages.map((one) => legalBasis(kind, source, one).text);
      expect(new Set(texts).size).toBe(languages.length);
      for (const one of ['hi', 'bn', 'ne'] as const) {
        const { text, language } = legalBasis(kind, source, one);
        expect([kind, language, scripts[one].test(text), /[A-Za-z]{3}/.test(text)]).toEqual([
          kind,
          one,
          true,
          false,
        ]);
        // Numbers of laws, sections and years are the same in all of them.
        const numbers = (said: string) => (said.match(/\d+(?:\.\d+)*/g) ?? []).toSorted();
        expect(numbers(text)).toEqual(numbers(source));
      }
    }
  });

  it('stays the program’s own when a form sends it back in any language, and the clinic’s when it wrote its own', () => {
    for (const { kind, source } of shippedSchedule)
      for (const one of languages)
        expect(basisToKeep(kind, ` ${legalBasis(kind, source, one).text}\r\n`)).toBe(source);
    fc.assert(
      fc.property(
        fc.constantFrom(...recordKinds),
        fc.constantFrom(...languages),
        fc.string(),
        (kind, one, text) => {
          expect(basisToKeep(kind, text)).toBe(text);
          expect(legalBasis(kind, text, one)).toEqual({ text, language: undefined });
        },
      ),
    );
  });
});
