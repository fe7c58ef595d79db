import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { language } from '../tenant/schema.ts';
import { forbiddenWords } from '../visitor/forbidden-words.ts';
import { numbersByCountry, numbersOf } from './local-numbers.ts';
import { type Detail, details, redFlags, rowIds, type Sign, signs, type Urgency } from './red-flags.ts';
import { followUpTexts, instructionsFor } from './texts/index.ts';
import { courses, rankOf, type TriageAnswers, type TriageContext, triage } from './triage.ts';

const calm: TriageAnswers = { course: 'better', signs: [], details: [], none: true, text: '' };
const at = (days: number, bloodThinner = false): TriageContext => ({ hoursSince: days * 24, bloodThinner });
const told = (sign: Sign | readonly Sign[], detail: readonly Detail[] = []): TriageAnswers => ({
  ...calm,
  none: false,
  signs: [sign].flat(),
  details: detail,
});

/** Every path of the table: what is told, how many days after, taking a thinner or not → row and urgency. */
const paths: readonly (readonly [
  row: string,
  urgency: Urgency,
  sign: Sign,
  days: number,
  detail?: readonly Detail[],
  thinner?: boolean,
])[] = [
  ['R01', 'EMERG', 'allergic-shock', 0],
  ['R02', 'EMERG', 'numbing', 0],
  ['R03', 'EMERG', 'grey-blue', 1],
  ['R04', 'EMERG', 'eye', 1],
  ['R05', 'EMERG', 'lid', 2, ['lid-fever-sight-movement']],
  ['R06', 'EMERG', 'sepsis', 5],
  ['R07', 'DAY', 'bleeding', 1],
  ['R07', 'EMERG', 'bleeding', 1, ['bleeding-near-eye-or-mouth']],
  ['R07', 'EMERG', 'bleeding', 1, ['bleeding-thinner']],
  ['R07', 'EMERG', 'bleeding', 1, [], true],
  ['R08', 'DAY', 'infection', 1],
  ['R08', 'DAY', 'redness-growing', 3],
  ['R09', 'DAY', 'blisters', 2],
  ['R09', 'EMERG', 'blisters', 2, ['blisters-near-eye']],
  ['R10', '24H', 'bumps', 7],
  ['R11', '24H', 'itchy-raised', 400],
  ['R11', 'DAY', 'itchy-raised', 40, ['itchy-cough-breath-eye']],
  ['R12', '24H', 'white-patch', 60],
  ['R13', '24H', 'firm-scar', 28],
  ['R14', '24H', 'dry-eyes', 8],
  ['R15', 'DAY', 'numb-face', 0.5],
  ['R16', '24H', 'jaundice', 150],
  ['R16', '24H', 'needle-worry', 30],
  ['R16', 'DAY', 'needle-worry', 30, ['needle-within-72h']],
  ['R16', 'DAY', 'needle-worry', 2],
  ['R17', '24H', 'shedding', 14],
  ['R18', 'EMERG', 'despair', 42],
  ['R19', '24H', 'colour', 10],
  ['R20', 'SELF', 'mild-redness', 2],
  ['R20', 'SELF', 'small-bruise', 2],
  ['R20', 'SELF', 'flaking', 5],
];

describe('the red-flag table', () => {
  for (const [row, urgency, sign, days, detail = [], thinner = false] of paths) {
    const facts = [sign, ...detail, ...(thinner ? ['on a thinner'] : [])].join(', ');
    it(`${row} is ${urgency} for ${facts} on day ${days}`, () => {
      const result = triage(told(sign, detail), at(days, thinner));
      expect(result.matched.map(({ id }) => id)).toEqual([row]);
      expect(result.urgency).toBe(urgency);
    });
  }

  it('has a tested path for every row and for every escalation', () => {
    expect(new Set(paths.map(([row]) => row))).toEqual(new Set(rowIds));
    for (const { id, urgency, escalations } of redFlags) {
      const reached = new Set(paths.filter(([row]) => row === id).map(([, level]) => level));
      expect(reached).toEqual(new Set([urgency, ...escalations.map(({ to }) => to)]));
    }
  });

  it.each([
    ['redness-growing', 1],
    ['bumps', 3],
    ['firm-scar', 10],
    ['dry-eyes', 2],
    ['jaundice', 300],
    ['mild-redness', 10],
    ['flaking', 30],
    ['lid', 1],
    ['numb-face', 0.1],
  ] as const)('leaves %s on day %d to a person, because no row explains it then', (sign, days) => {
    const result = triage(told(sign), at(days));
    expect(result).toMatchObject({ urgency: '24H', matched: [], doubts: ['unexplained-sign'] });
  });

  it('every row is data with its source and says that no clinician has signed it', () => {
    for (const flag of redFlags) expect(flag).toMatchObject({ review: 'unreviewed', mark: 'known' });
    expect(redFlags.map(({ id }) => id)).toEqual(rowIds);
  });
});

describe('an answer', () => {
  it('with nothing found is for home', () => {
    expect(triage(calm, at(3))).toEqual({ urgency: 'SELF', matched: [], doubts: [] });
  });

  it.each([
    [{ course: 'worse' as const }, 'worsening'],
    [{ course: 'unsure' as const }, 'unclear'],
    [{ none: false }, 'unclear'],
    [{ text: 'ঠিক আছি' }, 'unread-text'],
  ])('%j is never below a call within 24 hours', (change, doubt) => {
    expect(triage({ ...calm, ...change }, at(3))).toMatchObject({ urgency: '24H', doubts: [doubt] });
  });

  it('takes the highest of what matches, and keeps the rest', () => {
    const result = triage(told(['colour', 'infection', 'flaking', 'eye']), at(5));
    expect(result.urgency).toBe('EMERG');
    expect(result.matched.map(({ id }) => id)).toEqual(['R04', 'R08', 'R19', 'R20']);
  });

  it('counts a second question ticked without its first', () => {
    expect(triage({ ...calm, details: ['blisters-near-eye'] }, at(2)).urgency).toBe('EMERG');
  });
});

const anyAnswers: fc.Arbitrary<TriageAnswers> = fc.record({
  course: fc.constantFrom(...courses),
  signs: fc.subarray([...signs]),
  details: fc.subarray(Object.keys(details) as Detail[]),
  none: fc.boolean(),
  text: fc.constantFrom('', ' ', 'x'),
});
const anyContext: fc.Arbitrary<TriageContext> = fc.record({
  hoursSince: fc.double({ min: 0, max: 20_000, noNaN: true }),
  bloodThinner: fc.boolean(),
});

describe('saying more', () => {
  const urgencyOf = (answers: TriageAnswers, context: TriageContext) =>
    rankOf(triage(answers, context).urgency);

  it('never makes an answer less urgent', () => {
    fc.assert(
      fc.property(
        anyAnswers,
        anyContext,
        fc.constantFrom(...signs),
        fc.constantFrom(...(Object.keys(details) as Detail[])),
        (answers, context, sign, detail) => {
          // Silence is no answer: the page refuses it, and what is said instead of it may be harmless.
          fc.pre(answers.none || answers.signs.length + answers.details.length > 0);
          const before = urgencyOf(answers, context);
          const more: TriageAnswers[] = [
            { ...answers, signs: [...answers.signs, sign] },
            { ...answers, details: [...answers.details, detail] },
            { ...answers, course: 'worse' },
            { ...answers, text: `${answers.text} and more` },
          ];
          for (const one of more) {
            // "Worse" instead of "unsure" is another answer, not a lesser one: both are at least 24H.
            expect(urgencyOf(one, context)).toBeLessThanOrEqual(before);
          }
          expect(urgencyOf(answers, { ...context, bloodThinner: true })).toBeLessThanOrEqual(
            urgencyOf(answers, { ...context, bloodThinner: false }),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('silence, doubt and unread words are never for home, whatever else is said', () => {
    fc.assert(
      fc.property(anyAnswers, anyContext, (answers, context) => {
        const isDoubtful =
          answers.course === 'worse' ||
          answers.course === 'unsure' ||
          answers.text.trim() !== '' ||
          (!answers.none && answers.signs.length + answers.details.length === 0);
        fc.pre(isDoubtful);
        expect(triage(answers, context).urgency).not.toBe('SELF');
      }),
    );
  });
});

describe('what is said', () => {
  const numbers = numbersOf('IN');

  it('begins with the most urgent, and an emergency names the numbers of the country', () => {
    for (const one of language.options) {
      const result = triage(told(['allergic-shock', 'despair', 'flaking']), at(5));
      const said = instructionsFor(result, one, numbers);
      expect(said.map(({ id }) => id)).toEqual(['R01', 'R18', 'R20']);
      expect(said[0]?.text).toContain('112 / 108');
      expect(said[1]?.text).toContain('Tele-MANAS 14416');
      expect(said.map(({ text }) => text).join(' ')).not.toContain('{');
    }
    expect(instructionsFor(triage(told('sepsis'), at(5)), 'ne', numbersOf('NP'))[0]?.text).toContain('102');
  });

  it('is never nothing, and tells a doubtful answer that a person will read it', () => {
    fc.assert(
      fc.property(anyAnswers, anyContext, fc.constantFrom(...language.options), (answers, context, one) => {
        const result = triage(answers, context);
        const said = instructionsFor(result, one, numbers);
        expect(said.length).toBeGreaterThan(0);
        const isGrave = result.urgency === 'EMERG' || result.urgency === 'DAY';
        expect(said.some(({ id }) => id === 'doubt')).toBe(result.doubts.length > 0 && !isGrave);
      }),
    );
  });

  it('promises nothing and takes no medicine away, in any language', () => {
    for (const one of language.options) {
      const text = JSON.stringify(followUpTexts(one));
      for (const { pattern } of [...forbiddenWords.en, ...forbiddenWords[one]]) {
        expect(text.match(pattern)).toBeNull();
      }
      expect(text).not.toMatch(/stop taking|दवा बंद|ওষুধ বন্ধ|औषधि बन्द/);
    }
  });

  it('has its own numbers for each country, unreviewed, and 112 where none are known', () => {
    for (const facts of Object.values(numbersByCountry)) expect(facts.review).toBe('unreviewed');
    expect(numbersOf('XX').emergency).toEqual(['112']);
  });
});
