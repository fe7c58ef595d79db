import { forbiddenWords } from '@undertone/clinic/visitor/forbidden-words.ts';
import { sourceByNumber } from '@undertone/clinic/visitor/sources.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookWords } from '../book/words.ts';
import { locales } from '../locales/index.ts';
import { estimate, extents, reasons, taxFor, treatments } from './rules.ts';
import { estimateWords } from './words.ts';

const asked = treatments.flatMap((treatment) =>
  extents[treatment].flatMap((extent) => reasons[treatment].map((reason) => ({ extent, reason }))),
);
const any = fc.constantFrom(...asked);
const price = fc.integer({ min: 1, max: 100_000_00 });

describe('the estimate', () => {
  it('is a range in order, and grows with the price', () => {
    fc.assert(
      fc.property(any, price, fc.integer({ min: 1, max: 1000 }), ({ extent, reason }, perVisit, more) => {
        const { totalMinor, visits } = estimate(extent, taxFor(reason, 'IN', null), perVisit);
        const dearer = estimate(extent, taxFor(reason, 'IN', null), perVisit + more).totalMinor;
        expect(visits.least).toBeLessThan(visits.most);
        expect(totalMinor?.least).toBeLessThan(totalMinor?.most ?? 0);
        expect(totalMinor?.least).toBeGreaterThanOrEqual(perVisit * visits.least);
        expect(dearer?.most).toBeGreaterThanOrEqual(totalMinor?.most ?? Number.POSITIVE_INFINITY);
      }),
    );
  });

  it('names no amount while the clinic has set none', () => {
    for (const { extent, reason } of asked)
      expect(estimate(extent, taxFor(reason, 'IN', null), null).totalMinor).toBeNull();
  });

  it('counts with the tax the clinic set; in India with the advice while it set none, elsewhere with no tax nobody knows', () => {
    for (const { extent, reason } of asked) {
      const own = taxFor(reason, 'IN', { [reason]: 5 });
      expect(own).toEqual({ least: 5, most: 5, isAdvice: false });
      expect(estimate(extent, own, 1000).totalMinor).toEqual({
        least: extent.leastVisits * 1050,
        most: (extent.mostVisits + 1) * 1050,
      });
      expect(taxFor(reason, 'IN', {})).toEqual(taxFor(reason, 'IN', null));
      expect(taxFor(reason, 'JP', null)).toBeNull();
      expect(taxFor(reason, 'JP', { [reason]: 10 })?.most).toBe(10);
      expect(estimate(extent, null, 1000).totalMinor).toBeNull();
    }
  });

  it('rests on sources that are listed', () => {
    for (const { extent } of asked) expect(sourceByNumber.get(extent.source)).toBeDefined();
  });
});

describe('the words of booking and estimate', () => {
  it('promise nothing, in any language', () => {
    for (const locale of locales) {
      const patterns = [...forbiddenWords.en, ...forbiddenWords[locale]];
      for (const text of [...sentences(bookWords[locale]), ...sentences(estimateWords[locale])]) {
        expect(patterns.filter(({ pattern }) => new RegExp(pattern).test(text))).toEqual([]);
      }
    }
  });
});

function sentences(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return [(words as (...parts: string[]) => string)('1', '2', '3')];
  return Object.values(words as object).flatMap(sentences);
}
