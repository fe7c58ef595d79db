/*
 * The intake form: its fields, how two drafts of it become one, and what the answers say. Pure, browser-safe.
 *
 * A form is a set of named texts, each with the time of its last edit. Two drafts merge field by field and the later
 * edit wins, so that it does not matter in which order, how often or from which device they arrive.
 */
import {
  type Gate,
  type GateId,
  gatesFor,
  type StepId,
  stepOrder,
  type Treatment,
} from '../candidacy/rules.ts';
import type { Answers } from '../candidacy/schema.ts';
import { phoneOf } from '../record/phone.ts';
import {
  type ContactChannel,
  type ContactPurpose,
  contactChannels,
  contactPurposes,
  sexes,
} from '../record/schema.ts';
import type { Draft, FieldEdit } from './schema.ts';

export const personFields = [
  'name',
  'birthDate',
  'sex',
  'phone',
  'email',
  'guardianName',
  'relation',
  'guardianPhone',
] as const;
export type PersonField = (typeof personFields)[number];
/** Free words, one thing a line. */
export const healthFields = ['medicines', 'allergies', 'history'] as const;
export type HealthField = (typeof healthFields)[number];

export const gateField = (gate: GateId) => `gate.${gate}`;
export const dateField = (gate: GateId) => `date.${gate}`;
export const contactField = (channel: ContactChannel, purpose: ContactPurpose) =>
  `contact.${channel}.${purpose}`;

/** The gates a person answers, by part of the form. */
export function gateParts(
  treatment: Treatment,
): readonly { readonly step: StepId; readonly gates: readonly Gate[] }[] {
  const gates = gatesFor(treatment);
  return stepOrder
    .map((step) => ({ step, gates: gates.filter((gate) => gate.step === step) }))
    .filter((part) => part.gates.length > 0);
}

/** Every field of a form. What has another name is not kept. */
export function fieldsFor(treatment: Treatment): ReadonlySet<string> {
  const gates = gatesFor(treatment);
  return new Set<string>([
    ...personFields,
    ...healthFields,
    'wishes',
    ...gates.map(({ id }) => gateField(id)),
    ...gates.filter(asksDate).map(({ id }) => dateField(id)),
    ...contactChannels.flatMap((channel) => contactPurposes.map((purpose) => contactField(channel, purpose))),
  ]);
}

export function asksDate(gate: Gate): boolean {
  return gate.options.some((option) => option.asksDate);
}

/** The later edit of each field; of two at the same instant the greater text, so that the order never matters. */
export function mergeDrafts(a: Draft, b: Draft): Draft {
  const merged = new Map(Object.entries(a));
  for (const [name, edit] of Object.entries(b)) {
    const before = merged.get(name);
    if (before === undefined || isLater(edit, before)) merged.set(name, edit);
  }
  return Object.fromEntries(merged);
}

function isLater(a: FieldEdit, b: FieldEdit): boolean {
  return a.at === b.at ? a.value > b.value : a.at > b.at;
}

/** What is new or later in `to` than in `from`. */
export function editsSince(from: Draft, to: Draft): Draft {
  return Object.fromEntries(
    Object.entries(to).filter(([name, edit]) => {
      const before = Object.hasOwn(from, name) ? from[name] : undefined;
      return before === undefined || isLater(edit, before);
    }),
  );
}

/** The draft with fields this form has, and no edit from the future: a wrong clock may not win for ever. */
export function sanitised(draft: Draft, treatment: Treatment, nowMs: number): Draft {
  const known = fieldsFor(treatment);
  return Object.fromEntries(
    Object.entries(draft)
      .filter(([name]) => known.has(name))
      .map(([name, { value, at }]) => [name, { value, at: Math.min(at, nowMs) }]),
  );
}

/** The text of a field, without space around it; empty when it has none. */
export function valueOf(draft: Draft, name: string): string {
  return Object.hasOwn(draft, name) ? (draft[name]?.value.trim() ?? '') : '';
}

/** Answers to the gates. A date belongs to the option that asks for it, and is left out elsewhere. */
export function answersOf(draft: Draft, treatment: Treatment): Answers {
  const answers: Answers = {};
  for (const gate of gatesFor(treatment)) {
    const choice = valueOf(draft, gateField(gate.id));
    if (choice === '') continue;
    const option = gate.options.find(({ id }) => id === choice);
    const date = valueOf(draft, dateField(gate.id));
    answers[gate.id] = { choice, ...(option?.asksDate && isDay(date) && { date }) };
  }
  return answers;
}

/** A draft that holds answers given before, older than anything a person will type. */
export function draftOfAnswers(answers: Answers): Draft {
  const draft: Record<string, FieldEdit> = {};
  for (const [gate, answer] of Object.entries(answers)) {
    draft[gateField(gate as GateId)] = { value: answer.choice, at: 1 };
    if (answer.date !== undefined) draft[dateField(gate as GateId)] = { value: answer.date, at: 1 };
  }
  return draft;
}

export function contactsOf(draft: Draft): readonly { channel: ContactChannel; purpose: ContactPurpose }[] {
  return contactChannels.flatMap((channel) =>
    contactPurposes
      .filter((purpose) => valueOf(draft, contactField(channel, purpose)) === 'yes')
      .map((purpose) => ({ channel, purpose })),
  );
}

/** The lines of a field of free words, each once. */
export function linesOf(draft: Draft, field: HealthField): readonly string[] {
  const lines = valueOf(draft, field)
    .split('\n')
    .map((line) => line.trim().slice(0, 500).toWellFormed())
    .filter((line) => line !== '');
  return [...new Set(lines)];
}

export type IntakeProblem =
  | 'unanswered'
  | 'not-an-option'
  | 'date-in-future'
  | 'not-a-day'
  | 'not-a-phone'
  | 'not-an-email'
  | 'name-needed';

/**
 * What stands against sending a form, by field; empty when nothing does. "Not sure" is an answer.
 * @param today the clinic's day, `YYYY-MM-DD`
 */
export function problemsOf(
  draft: Draft,
  treatment: Treatment,
  today: string,
  country: string,
): Readonly<Record<string, IntakeProblem>> {
  const problems: Record<string, IntakeProblem> = {};
  const text = (name: string) => valueOf(draft, name);
  if (text('name') === '') problems.name = 'name-needed';
  const birthDate = text('birthDate');
  if (birthDate !== '' && !isDay(birthDate)) problems.birthDate = 'not-a-day';
  else if (birthDate > today) problems.birthDate = 'date-in-future';
  if (text('sex') !== '' && !(sexes as readonly string[]).includes(text('sex')))
    problems.sex = 'not-an-option';
  for (const field of ['phone', 'guardianPhone'])
    if (text(field) !== '' && phoneOf(text(field), country) === undefined) problems[field] = 'not-a-phone';
  if (text('email') !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text('email')))
    problems.email = 'not-an-email';
  for (const gate of gatesFor(treatment)) {
    const field = gateField(gate.id);
    const choice = text(field);
    if (choice === '') problems[field] = 'unanswered';
    else if (choice !== 'unsure' && !gate.options.some(({ id }) => id === choice))
      problems[field] = 'not-an-option';
    const date = text(dateField(gate.id));
    if (date !== '' && !isDay(date)) problems[dateField(gate.id)] = 'not-a-day';
    else if (date > today) problems[dateField(gate.id)] = 'date-in-future';
  }
  return problems;
}

/** A day that exists, `YYYY-MM-DD`. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** How far a form is, 0 to 1: gates answered and a name given. */
export function progress01(draft: Draft, treatment: Treatment): number {
  const fields = ['name', ...gatesFor(treatment).map(({ id }) => gateField(id))];
  return fields.filter((name) => valueOf(draft, name) !== '').length / fields.length;
}
