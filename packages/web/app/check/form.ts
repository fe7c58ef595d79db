/** The whole self-check as one form: read, checked and weighed by the same code on the device and on the server. */
import {
  answerDetail,
  answerList,
  type Evaluation,
  evaluate,
  type Gate,
  type GateId,
  gatesFor,
  needsDetail,
  type SelfCheck,
  type StepId,
  startSelfCheck,
  stepOrder,
  type Treatment,
} from '@undertone/clinic/candidacy/rules.ts';
import type { Answer } from '@undertone/clinic/candidacy/schema.ts';

/** Names of the form's fields. A tick carries the gate's id; what it needs besides is named after the gate. */
export const fieldNames = {
  yes: 'yes',
  unsure: 'unsure',
  none: 'none',
  choice: (gate: GateId) => `choice-${gate}`,
  date: (gate: GateId) => `date-${gate}`,
};

/**
 * The parts of the form for a treatment, in order; parts without a question are left out.
 * @param own the clinic's gates, here and below; default those that come with the program
 */
export function partsFor(treatment: Treatment, own?: readonly Gate[]): { step: StepId; gates: Gate[] }[] {
  const gates = gatesFor(treatment, 'visitor', own);
  return stepOrder
    .map((step) => ({ step, gates: gates.filter((gate) => gate.step === step) }))
    .filter((part) => part.gates.length > 0);
}

/** Options a person chooses among after ticking a gate: all but the clear one. */
export function detailOptions(gate: Gate): Gate['options'][number][] {
  return gate.options.slice(1);
}

export type Fault = 'nothing-ticked' | 'nothing-chosen' | 'date-in-future';

export interface Reading {
  readonly check: SelfCheck;
  /** By part or gate. Empty when every part is answered. */
  readonly faults: Partial<Record<StepId | GateId, Fault>>;
}

/** What the form holds: `FormData`, or the like. */
interface Fields {
  get(name: string): unknown;
  getAll(name: string): unknown[];
}

/**
 * Reads one or more parts of the form.
 * @param today the clinic's day, `YYYY-MM-DD`
 */
export function readForm(
  treatment: Treatment,
  fields: Fields,
  today: string,
  steps: readonly StepId[] = stepOrder,
): Reading {
  const texts = (name: string) => fields.getAll(name).filter((value) => typeof value === 'string');
  const ticked = texts(fieldNames.yes);
  const unsure = texts(fieldNames.unsure);
  const none = texts(fieldNames.none);
  const faults: Reading['faults'] = {};
  let check = startSelfCheck(treatment);
  for (const { step, gates } of partsFor(treatment)) {
    if (!steps.includes(step)) continue;
    const touched = gates.some(({ id }) => ticked.includes(id) || unsure.includes(id));
    if (!touched && !none.includes(step)) faults[step] = 'nothing-ticked';
    check = answerList(check, step, { ticked, unsure });
    for (const gate of gates) {
      if (!ticked.includes(gate.id) || !needsDetail(gate)) continue;
      const read = readDetail(gate, fields, today);
      if (read.fault !== undefined) faults[gate.id] = read.fault;
      else check = answerDetail(check, gate.id, read.answer);
    }
  }
  return { check, faults };
}

function readDetail(
  gate: Gate,
  fields: Fields,
  today: string,
): { answer: Answer; fault?: undefined } | { fault: Fault } {
  const options = detailOptions(gate);
  const chosen = options.length === 1 ? options[0]?.id : fields.get(fieldNames.choice(gate.id));
  const option = options.find(({ id }) => id === chosen);
  if (option === undefined) return { fault: 'nothing-chosen' };
  const date = option.asksDate ? fields.get(fieldNames.date(gate.id)) : undefined;
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return { answer: { choice: option.id } };
  return date > today ? { fault: 'date-in-future' } : { answer: { choice: option.id, date } };
}

/** The result of a whole form, or of its beginning when that already rules the treatment out. */
export function weigh(check: SelfCheck, today: string, own?: readonly Gate[]): Evaluation {
  return evaluate(check.answers, { treatment: check.treatment, today, gates: own });
}

/** Whether the parts answered so far rule the treatment out, so that the rest need not be asked. */
export function ruledOut(check: SelfCheck, today: string, own?: readonly Gate[]): boolean {
  return weigh(check, today, own).findings.some(({ outcome }) => outcome === 'not-this-treatment');
}

/** The service a visitor may go on to. A talk with the doctor is open to everybody. */
export function bookingPath(locale: string, treatment: Treatment, outcome: Evaluation['outcome']): string {
  return outcome === 'may-book'
    ? `/${locale}/book?service=${treatment}&checked=1`
    : `/${locale}/book?service=consultation`;
}
