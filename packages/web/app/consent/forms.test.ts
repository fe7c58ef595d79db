import { consentLabels } from '@undertone/clinic/consent/labels.ts';
import { signForm } from '@undertone/clinic/consent/schema.ts';
import { shippedContent } from '@undertone/clinic/consent/text.ts';
import { findForbiddenWords } from '@undertone/clinic/visitor/rules.ts';
import { describe, expect, it } from 'vitest';
import { locales } from '../locales/index.ts';
import { consentPageWords } from './public-words.ts';
import { readPigments } from './read-offer-form.ts';
import { readSignForm, readStrokes } from './sign-form.ts';
import { readTextForm } from './text-form.ts';

describe('the form of the person who signs', () => {
  it('takes what was drawn only when drawing was chosen, and ticks only what was ticked', () => {
    const form = {
      'answer-colour': 'a',
      'photo-teaching': 'yes',
      'identifiable-record': 'yes',
      'name-patient': 'রিতা',
      'method-patient': 'typed',
      'strokes-patient': '[[[1,2],[3,4]]]',
      'name-witness': '  ',
    };
    expect(signForm.parse(readSignForm(form))).toEqual({
      answers: { colour: 'a' },
      photos: [{ use: 'teaching', identifiable: false }],
      signatures: [{ part: 'patient', name: 'রিতা', method: 'typed', strokes: [] }],
    });
    const drawn = readSignForm({ ...form, 'method-patient': 'drawn' });
    expect(drawn.signatures[0]?.strokes).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  });

  it.each(['', '{', 'null', '7', '"x"'])('counts %s as nothing drawn', (text) => {
    expect(readStrokes(text)).toEqual([]);
  });
});

describe('the physician’s form', () => {
  it('reads one pigment a line', () => {
    expect(readPigments('Beige; CI 77491; L7\r\n\n Brown ')).toEqual([
      { name: 'Beige', ci: 'CI 77491', lot: 'L7' },
      { name: 'Brown', ci: '', lot: '' },
    ]);
  });

  it('sent back as it was shown changes nothing in a text', () => {
    const content = shippedContent('vitiligo', 'bn');
    const form = Object.fromEntries([
      ['lead', content.lead],
      ['hours', String(content.coolingOffHours)],
      ...content.sections.flatMap(({ id, heading, lines }) => [
        [`heading-${id}`, heading],
        [`lines-${id}`, lines.join('\r\n')],
      ]),
      ...content.questions.flatMap(({ id, question, right, because, options }) => [
        [`question-${id}`, question],
        [`right-${id}`, right],
        [`because-${id}`, because],
        ...options.map((option) => [`option-${id}-${option.id}`, option.text]),
      ]),
    ]) as Record<string, string>;
    expect(readTextForm(content, form)).toEqual(content);
    expect(readTextForm(content, {})).toEqual(content);
  });
});

it.each(locales)('no word around a consent promises anything (%s)', (locale) => {
  const sentences = JSON.stringify([consentPageWords[locale], consentLabels[locale]]);
  expect(findForbiddenWords(sentences, locale)).toEqual([]);
});
