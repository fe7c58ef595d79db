/** The self-check and the screening rules: pure, browser-safe. Wording: `textOf`. */
import {
  type Effect,
  type Gate,
  type GateAction,
  type GateId,
  type GateOption,
  gates,
  type Outcome,
  outcomes,
  type Restriction,
  type StepId,
  type Treatment,
  type Wait,
} from './gates.ts';
import type { Answer, Answers } from './schema.ts';

export {
  type Gate,
  type GateId,
  gates,
  type Outcome,
  outcomes,
  type StepId,
  type Treatment,
  treatments,
} from './gates.ts';
export { type GateTexts, textOf } from './texts/index.ts';

export interface Finding {
  gate: GateId;
  /** The option chosen, or `unknown` for no answer, `unsure`, an option we do not have, or a date in the future. */
  choice: string;
  action: GateAction;
  outcome: Outcome;
  untilDate?: string;
  restriction?: Restriction;
}

export interface Evaluation {
  outcome: Outcome;
  /** Latest date among the findings that carry one. With `wait-until` and no date: until it has healed or ended. */
  untilDate?: string;
  findings: Finding[];
  restrictions: Restriction[];
}

export interface EvaluateOptions {
  treatment: Treatment;
  /** Today in the clinic's zone, `YYYY-MM-DD`. */
  today: string;
  /** The physician answers the visitor's gates and their own. */
  audience?: 'visitor' | 'physician';
  /** The clinic's own; default those that come with the program. */
  gates?: readonly Gate[] | undefined;
}

/** The gates that apply to a treatment for an audience, in the order of domain.md. */
export function gatesFor(
  treatment: Treatment,
  audience: 'visitor' | 'physician' = 'visitor',
  all: readonly Gate[] = gates,
): Gate[] {
  return all.filter(
    (g) => g.treatments.includes(treatment) && (audience === 'physician' || g.audience === 'visitor'),
  );
}

/**
 * Weighs answers for one treatment. The worst finding decides; INFORM findings never restrict. A gate without a
 * usable answer counts as unknown and never leads to `may-book` (INFORM gates then simply tell).
 */
export function evaluate(answers: Answers, options: EvaluateOptions): Evaluation {
  const findings: Finding[] = [];
  for (const gate of gatesFor(options.treatment, options.audience, options.gates)) {
    const finding = weigh(gate, answers[gate.id], options);
    if (finding !== undefined) findings.push(finding);
  }
  let outcome: Outcome = 'may-book';
  let untilDate: string | undefined;
  const restrictions = new Set<Restriction>();
  for (const finding of findings) {
    if (severity(finding.outcome) > severity(outcome)) outcome = finding.outcome;
    if (finding.untilDate !== undefined && (untilDate === undefined || finding.untilDate > untilDate)) {
      untilDate = finding.untilDate;
    }
    if (finding.restriction !== undefined) restrictions.add(finding.restriction);
  }
  // One open-ended wait makes the date of another meaningless as a promise.
  const openEnded = findings.some((f) => f.outcome === 'wait-until' && f.untilDate === undefined);
  if (outcome === 'may-book' || openEnded) untilDate = undefined;
  return {
    outcome,
    ...(untilDate === undefined ? {} : { untilDate }),
    findings,
    restrictions: [...restrictions],
  };
}

/** 0 is most permissive. */
export function severity(outcome: Outcome): number {
  return outcomes.indexOf(outcome);
}

function weigh(gate: Gate, answer: Answer | undefined, options: EvaluateOptions): Finding | undefined {
  const option = answer === undefined ? undefined : gate.options.find((o) => o.id === answer.choice);
  const dateInFuture = answer?.date !== undefined && answer.date > options.today;
  if (answer === undefined || option === undefined || dateInFuture) {
    return finding(gate, 'unknown', gate.unknown);
  }
  const effect = effectOf(option, options.treatment);
  if (effect === undefined) return undefined;
  if (effect.wait === undefined || answer.date === undefined) return finding(gate, option.id, effect);
  const untilDate = addWait(answer.date, effect.wait);
  if (untilDate > options.today) return { ...finding(gate, option.id, effect), untilDate };
  if (effect.afterWait === undefined) return undefined;
  return finding(gate, option.id, { ...effect, ...effect.afterWait });
}

function effectOf(option: GateOption, treatment: Treatment): Effect | undefined {
  return option.effectFor?.[treatment] ?? option.effect;
}

function finding(gate: Gate, choice: string, effect: Effect): Finding {
  const { action, outcome, restriction } = effect;
  return { gate: gate.id, choice, action, outcome, ...(restriction === undefined ? {} : { restriction }) };
}

/** Adds calendar time to a day; 31 January + 1 month is the last day of February. */
export function addWait(day: string, wait: Wait): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  if ('weeks' in wait) return isoDayOf(Date.UTC(year, month - 1, dayOfMonth + 7 * wait.weeks));
  const months = month - 1 + ('months' in wait ? wait.months : 12 * wait.years);
  const lastDay = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return isoDayOf(Date.UTC(year, months, Math.min(dayOfMonth, lastDay)));
}

function isoDayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

/** What may be booked on the site after a result. A talk with the doctor is open to everybody. */
export function bookableKinds(outcome: Outcome): ('consultation' | 'treatment')[] {
  return outcome === 'may-book' ? ['consultation', 'treatment'] : ['consultation'];
}

// ---- The short form -------------------------------------------------------------------------------------------

/**
 * The form asks six short lists ("does any of these apply?"), then one detail page for each ticked line that needs
 * one. It ends early when the treatment is already ruled out. The whole state fits into hidden form fields.
 */
export interface SelfCheck {
  treatment: Treatment;
  answers: Answers;
  asked: StepId[];
  /** Ticked gates whose option or date is still to be given. */
  pending: GateId[];
}

export type Step = { kind: 'list'; step: StepId; gates: GateId[] } | { kind: 'detail'; gate: GateId };

export const stepOrder: readonly StepId[] = ['you', 'area', 'skin', 'medicines', 'health', 'good-to-know'];

export function startSelfCheck(treatment: Treatment): SelfCheck {
  return { treatment, answers: {}, asked: [], pending: [] };
}

/** The next page of the form, or undefined when there is a result. */
export function nextStep(check: SelfCheck, today: string): Step | undefined {
  const pending = check.pending[0];
  if (pending !== undefined) return { kind: 'detail', gate: pending };
  if (ruledOut(check, today)) return undefined;
  for (const step of stepOrder) {
    if (check.asked.includes(step)) continue;
    const ids = gatesFor(check.treatment)
      .filter((g) => g.step === step)
      .map((g) => g.id);
    if (ids.length > 0) return { kind: 'list', step, gates: ids };
  }
  return undefined;
}

function ruledOut(check: SelfCheck, today: string): boolean {
  return evaluate(check.answers, { treatment: check.treatment, today }).findings.some(
    (f) => f.outcome === 'not-this-treatment',
  );
}

/**
 * Takes one list page: ticked gates are findings or need a detail, `unsure` gates stay unknown, the others are
 * clear. Ids that are not on this page are ignored.
 */
export function answerList(
  check: SelfCheck,
  step: StepId,
  given: { ticked: readonly string[]; unsure?: readonly string[] },
): SelfCheck {
  const answers: Answers = { ...check.answers };
  const pending = [...check.pending];
  for (const gate of gatesFor(check.treatment)) {
    if (gate.step !== step) continue;
    if (given.ticked.includes(gate.id)) {
      if (needsDetail(gate)) {
        delete answers[gate.id];
        pending.push(gate.id);
      } else answers[gate.id] = { choice: 'yes' };
    } else if (given.unsure?.includes(gate.id)) answers[gate.id] = { choice: 'unsure' };
    else answers[gate.id] = { choice: gate.options[0].id };
  }
  return { ...check, answers, pending, asked: [...check.asked, step] };
}

/** Takes one detail page. */
export function answerDetail(check: SelfCheck, gate: GateId, answer: Answer): SelfCheck {
  return {
    ...check,
    answers: { ...check.answers, [gate]: answer },
    pending: check.pending.filter((id) => id !== gate),
  };
}

/** A plain yes/no gate is settled by its tick. */
export function needsDetail(gate: Gate): boolean {
  return gate.answerKind !== 'yes-no';
}
