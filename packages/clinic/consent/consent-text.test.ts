import { describe, expect, it } from 'vitest';
import { treatments } from '../candidacy/rules.ts';
import { language } from '../tenant/schema.ts';
import { consentContent, questionIds } from './schema.ts';
import { promiseIn, shippedContent } from './text.ts';

const all = treatments.flatMap((treatment) =>
  language.options.map((one) => ({ treatment, language: one, content: shippedContent(treatment, one) })),
);

describe('the consent text that comes with the program', () => {
  it.each(all)('is whole and promises nothing ($treatment, $language)', ({ content }) => {
    expect(consentContent.parse(content)).toEqual(content);
    expect(promiseIn(content)).toBeUndefined();
    for (const { risks, sources } of [content]) {
      expect(risks.length).toBeGreaterThan(6);
      expect(sources.length).toBeGreaterThan(5);
      expect(risks.every(({ figures }) => figures.length > 0)).toBe(true);
    }
  });

  it.each(all)(
    'asks the same questions with one right answer each ($treatment, $language)',
    ({ content }) => {
      expect(content.questions.map(({ id }) => id)).toEqual(questionIds);
      const places = content.questions.map(({ options, right }) =>
        options.findIndex(({ id }) => id === right),
      );
      expect(new Set(places).size).toBe(3);
      expect(new Set(content.questions.flatMap(({ options }) => options.map(({ text }) => text))).size).toBe(
        15,
      );
    },
  );

  it('is written in each language’s own script', () => {
    const script = {
      hi: /\p{Script=Devanagari}/u,
      ne: /\p{Script=Devanagari}/u,
      bn: /\p{Script=Bengali}/u,
      en: /[a-z]/,
    };
    for (const { content } of all) {
      const sentences = [
        content.title,
        content.lead,
        ...content.sections.flatMap(({ heading, lines }) => [heading, ...lines]),
        ...content.questions.flatMap(({ question, because, options }) => [
          question,
          because,
          ...options.map(({ text }) => text),
        ]),
        ...Object.values(content.declarations),
        ...Object.values(content.photos.uses),
      ];
      expect(sentences.filter((text) => !script[content.language].test(text))).toEqual([]);
    }
    const hi = shippedContent('lip', 'hi');
    const ne = shippedContent('lip', 'ne');
    expect(
      hi.sections.flatMap(({ lines }) => lines).filter((text) => JSON.stringify(ne).includes(text)),
    ).toEqual([]);
  });

  it('finds a promise somebody writes into it', () => {
    const content = shippedContent('scalp', 'en');
    const promising = { ...content, lead: 'The result is guaranteed.' };
    expect(promiseIn(promising)).toBe('guaranteed');
  });
});
