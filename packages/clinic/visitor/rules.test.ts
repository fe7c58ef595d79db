import { describe, expect, it } from 'vitest';
import { risks, wilsonInterval } from './risks.ts';
import { blockText, findForbiddenWords, parseText, problemsOf, questionsOf } from './rules.ts';
import { languages } from './schema.ts';
import { readSeedTexts } from './seed-texts.ts';
import { sourceByNumber, sources } from './sources.ts';

const shipped = { own: await readSeedTexts('own'), sample: await readSeedTexts('sample') };

it('a clinic of its own starts without the place and the doctor of the sample clinic', () => {
  const named = /Siliguri|सिलीगुड़ी|শিলিগুড়ি|सिलिगुडी|Bhagat|KIMS/;
  const naming = ({ title, description, body }: (typeof shipped.own)[number]) =>
    named.test([title, description, body].join('\n'));
  expect(shipped.sample.filter(naming).length).toBe(3 * languages.length);
  expect(shipped.own.filter(naming)).toEqual([]);
});

describe.each(['own', 'sample'] as const)('the texts that come with the program, for %s', (clinic) => {
  const texts = shipped[clinic];

  it.each(texts.map((text) => [`${text.language}/${text.pageKey}`, text] as const))(
    '%s has no problem that would keep it from being published',
    (_, text) => {
      expect(problemsOf(text)).toEqual([]);
    },
  );

  it('cite the same sources in every language', () => {
    for (const english of texts.filter((text) => text.language === 'en')) {
      const cited = parseText(english.body).sources.sort((a, b) => a - b);
      for (const language of languages) {
        const other = texts.find((text) => text.language === language && text.pageKey === english.pageKey);
        expect(
          parseText(other?.body ?? '').sources.sort((a, b) => a - b),
          `${language}/${english.pageKey}`,
        ).toEqual(cited);
      }
    }
  });

  it('have the same blocks in the same order in every language', () => {
    const shape = (body: string) => parseText(body).blocks.map((block) => block.kind);
    for (const english of texts.filter((text) => text.language === 'en'))
      for (const language of languages) {
        const other = texts.find((text) => text.language === language && text.pageKey === english.pageKey);
        expect(shape(other?.body ?? ''), `${language}/${english.pageKey}`).toEqual(shape(english.body));
      }
  });

  it('answer on the page of a treatment as in the list of all questions', () => {
    for (const language of languages) {
      const of = (pageKey: string) =>
        parseText(texts.find((text) => text.language === language && text.pageKey === pageKey)?.body ?? '')
          .blocks;
      const answers = new Map(
        questionsOf(of('faq')).map(({ question, answer }) => [question, answer.map(blockText).join('\n')]),
      );
      for (const pageKey of ['scalp', 'lip', 'vitiligo']) {
        const blocks = of(pageKey);
        const asked = blocks.flatMap((block, at) =>
          block.kind === 'heading' && block.level === 3
            ? [[blockText(block), blockText(blocks[at + 1] ?? block)] as const]
            : [],
        );
        expect(asked.length).toBeGreaterThanOrEqual(4);
        for (const [question, answer] of asked)
          expect(answers.get(question), `${language}/${pageKey}`).toBe(answer);
      }
    }
  });

  it('answer every question', () => {
    for (const text of texts.filter((candidate) => candidate.pageKey === 'faq')) {
      const questions = questionsOf(parseText(text.body).blocks);
      expect(questions.length).toBeGreaterThanOrEqual(17);
      for (const { answer } of questions) expect(answer.map(blockText).join('').length).toBeGreaterThan(10);
    }
  });
});

describe('reading a text', () => {
  it('names the line of what cannot be shown', () => {
    const { problems } = parseText(
      '## Fine\n\nText [999].\n\n<script>alert(1)</script>\n\n[out](https://example.org)',
    );
    expect(problems.map(({ line }) => line)).toEqual([3, 5, 7]);
  });

  it('keeps heading ids different and readable in any script', () => {
    const { blocks } = parseText('## रंग क्यों जाता है\n\n## রং\n\n## রং');
    expect(blocks.map((block) => block.kind === 'heading' && block.id)).toEqual([
      'रंग-क्यों-जाता-है',
      'রং',
      'রং-2',
    ]);
  });

  it.each([
    ['en', 'This is a permanent cure, guaranteed and 100% safe.', 5],
    ['hi', 'यह स्थायी है और इसकी गारंटी है।', 2],
    ['bn', 'এটি স্থায়ী এবং নিরাপদ।', 2],
    ['ne', 'यो स्थायी र सुरक्षित छ।', 2],
  ] as const)('finds promises in %s', (language, text, count) => {
    expect(findForbiddenWords(text, language)).toHaveLength(count);
  });

  it('does not take a word inside another word for a promise', () => {
    expect(findForbiddenWords('A secure curtain and an accurate curette.', 'en')).toEqual([]);
  });
});

describe('published risks', () => {
  it('cite sources that exist and events that fit among the people counted', () => {
    for (const risk of risks)
      for (const figure of risk.figures) {
        expect(sourceByNumber.has(figure.source)).toBe(true);
        expect(figure.events ?? 0).toBeLessThanOrEqual(figure.people ?? 0);
      }
  });

  it('start with the five that the clinic names', () => {
    expect(risks.slice(0, 5).every((risk) => risk.named)).toBe(true);
    expect(risks.slice(5).some((risk) => risk.named)).toBe(false);
  });

  it('use no word that promises', () => {
    for (const risk of risks)
      for (const language of languages)
        expect(findForbiddenWords(`${risk.label[language]} ${risk.onset[language]}`, language)).toEqual([]);
  });

  it('give Wilson intervals that agree with those printed in the sources', () => {
    // 20 of 25 excellent: 61–91 %; 17 of 20: 64–95 %; 3 of 1,352 infections: 0.08–0.65 %.
    expect(wilsonInterval(20, 25).low01).toBeCloseTo(0.61, 2);
    expect(wilsonInterval(20, 25).high01).toBeCloseTo(0.911, 2);
    expect(wilsonInterval(17, 20).low01).toBeCloseTo(0.64, 2);
    expect(wilsonInterval(3, 1352).low01 * 100).toBeCloseTo(0.08, 2);
    expect(wilsonInterval(3, 1352).high01 * 100).toBeCloseTo(0.65, 2);
    expect(wilsonInterval(0, 15).low01).toBe(0);
    expect(wilsonInterval(15, 15).high01).toBe(1);
  });

  it('keep sources in ascending numbers without repeats', () => {
    const numbers = sources.map((source) => source.number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});
