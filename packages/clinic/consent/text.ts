/** The consent text that comes with the program, put together from words, published risks and sources. Pure. */
import type { Treatment } from '../candidacy/rules.ts';
import type { Language } from '../tenant/schema.ts';
import { forbiddenWords } from '../visitor/forbidden-words.ts';
import { risks } from '../visitor/risks.ts';
import { sourceByNumber } from '../visitor/sources.ts';
import {
  type ConsentContent,
  coolingOffLeastHours,
  questionIds,
  type SectionId,
  sectionIds,
} from './schema.ts';
import { bn } from './texts/bn.ts';
import { en } from './texts/en.ts';
import { hi } from './texts/hi.ts';
import { ne } from './texts/ne.ts';
import type { ConsentWords } from './texts/shape.ts';

const wordsOf: Readonly<Record<Language, ConsentWords>> = { en, hi, bn, ne };

/** Risks that belong to some treatments only. */
const onlyFor: Readonly<Record<string, readonly Treatment[]>> = {
  'cold-sore': ['lip'],
  koebner: ['vitiligo', 'lip'],
  // Patches may lie near the eye; scalp and lips do not.
  eye: ['vitiligo'],
};

/** Cited in the sections: approval (75), patch test (53), MRI (72), consent law (86). */
const sectionSources = [53, 66, 72, 75, 86];

/** @returns version 1 of the text; every sentence of it is unreviewed. */
export function shippedContent(treatment: Treatment, language: Language): ConsentContent {
  const words = wordsOf[language];
  const own = words.of[treatment];
  const lines: Readonly<Record<SectionId, readonly string[]>> = {
    diagnosis: [words.diagnosis],
    what: own.what,
    alternatives: [own.alternatives],
    operator: [words.operator],
    course: [own.course, words.pain],
    pigments: words.pigments,
    risks: [...words.risks, ...own.own],
    colour: words.colour,
    removal: [words.removal],
    numbing: [words.numbing],
    inform: words.inform,
    aftercare: [own.aftercare, words.aftercare],
    cost: words.cost,
    data: words.data,
    rights: words.rights,
  };
  const concerned = risks.filter(({ id }) => onlyFor[id]?.includes(treatment) ?? true);
  const cited = new Set([
    ...sectionSources,
    ...concerned.flatMap(({ figures }) => figures.map(({ source }) => source)),
  ]);
  return {
    v: 1,
    treatment,
    language,
    title: `${words.title}: ${own.name}`,
    lead: words.lead,
    coolingOffHours: coolingOffLeastHours,
    sections: sectionIds.map((id) => ({ id, heading: words.headings[id], lines: [...lines[id]] })),
    risks: concerned.map(({ label, figures, onset }) => ({
      label: label[language],
      figures:
        figures.length === 0
          ? [words.unknown]
          : figures.map(({ events, people = 0, ratePercent, population }) => {
              const percent = ratePercent ?? (100 * (events ?? 0)) / people;
              const shown = percent === 0 ? '0' : String(Number(percent.toPrecision(2)));
              return `${words.figure(events, people, shown)}; ${population[language]}`;
            }),
      onset: onset[language],
    })),
    questions: questionIds.map((id, i) => {
      const text = id === 'treatment' ? own.question : words.questions[id];
      const options = text.options.map((option, k) => ({ id: 'abc'.charAt(k), text: option }));
      // The right one is not always at the same place.
      const turn = [1, 2, 0, 1, 2][i] ?? 0;
      return {
        id,
        question: text.question,
        options: [...options.slice(turn), ...options.slice(0, turn)],
        right: 'a',
        because: text.because,
      };
    }),
    declarations: { ...words.declarations },
    photos: { ...words.photos, uses: { ...words.photos.uses } },
    sources: [...cited]
      .toSorted((a, b) => a - b)
      .flatMap((number) => {
        const source = sourceByNumber.get(number);
        return source === undefined ? [] : [`${number} ${source.citation}`];
      }),
  };
}

/** The first word in a text that promises what nobody can keep, if there is one. */
export function promiseIn(content: ConsentContent): string | undefined {
  const all = [
    content.title,
    content.lead,
    ...content.sections.flatMap(({ heading, lines }) => [heading, ...lines]),
    ...content.questions.map(({ because }) => because),
    ...Object.values(content.declarations),
    ...Object.values(content.photos.uses),
    content.photos.lead,
  ].join('\n');
  for (const { pattern } of [...forbiddenWords.en, ...forbiddenWords[content.language]]) {
    const found = new RegExp(pattern.source, pattern.flags).exec(all)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
