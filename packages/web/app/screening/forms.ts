/** What the screening page's forms send, as the commands take it. Pure. */
import { type Gate, gatesFor, type Treatment } from '@undertone/clinic/candidacy/rules.ts';
import type { Answers } from '@undertone/clinic/candidacy/schema.ts';
import type { GateWord } from '@undertone/clinic/screening/rules.ts';
import type { DecisionForm, ReadingForm } from '@undertone/clinic/screening/schema.ts';
import { type ReadingOutcome, readingOutcomes, spotSigns } from '@undertone/clinic/screening/spots.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';

type Texts = Partial<Record<string, string>>;

/** Gates left at "not answered" are left out; a date goes only with an option that asks for one. */
export function readAnswers(treatment: Treatment, form: Texts): Answers {
  const answers: Answers = {};
  for (const gate of gatesFor(treatment, 'physician')) {
    const choice = form[`choice-${gate.id}`] ?? '';
    if (choice === '') continue;
    const date = form[`date-${gate.id}`] ?? '';
    answers[gate.id] = { choice, ...(date !== '' && asksDate(gate, choice) && { date }) };
  }
  return answers;
}

export function asksDate(gate: Gate, choice?: string): boolean {
  return gate.options.some((option) => option.asksDate && (choice === undefined || option.id === choice));
}

export function readDecision(patientId: string, treatment: Treatment, form: Texts): DecisionForm {
  const gates = gatesFor(treatment, 'physician').flatMap(({ id }) => {
    const word = form[`word-${id}`];
    return word === undefined
      ? []
      : [{ gate: id, word: word as GateWord, reason: form[`reason-${id}`] ?? '' }];
  });
  const untilDate = form.untilDate ?? '';
  return {
    patientId,
    treatment,
    answersVersion: Number(form.answersVersion),
    overall: form.overall as GateWord,
    ...(untilDate !== '' && form.overall === 'wait' && { untilDate }),
    reason: form.reason ?? '',
    gates,
  };
}

/** Three numbers in any of the usual ways: `61.2, 12, 18.5`. Undefined when empty, null when it cannot be read. */
export function readLab(text: string | undefined): [number, number, number] | undefined | null {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return undefined;
  const numbers = trimmed.split(/[\s;,]+/).map(typedNumber);
  const [L, a, b] = numbers;
  if (numbers.length !== 3 || numbers.some((one) => !Number.isFinite(one))) return null;
  return [L ?? 0, a ?? 0, b ?? 0];
}

export function readReading(form: Texts): ReadingForm | null {
  const lab = readLab(form.lab);
  const surroundLab = readLab(form.surroundLab);
  if (lab === null || surroundLab === null) return null;
  const isOutcome = (text: string | undefined): text is ReadingOutcome =>
    readingOutcomes.includes(text as ReadingOutcome);
  return {
    spotId: form.spotId ?? '',
    reading: form.reading as ReadingForm['reading'],
    outcome: form.outcome as ReadingOutcome,
    signs: Object.fromEntries(
      spotSigns.flatMap((sign) => {
        const seen = form[`sign-${sign}`];
        return isOutcome(seen) ? [[sign, seen]] : [];
      }),
    ),
    ...(lab && { lab }),
    ...(surroundLab && { surroundLab }),
    note: form.note ?? '',
  };
}
