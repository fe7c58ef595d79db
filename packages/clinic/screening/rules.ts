/** What a physician's decision covers, and when a decision may be taken. Pure and browser-safe. */
import { evaluate, type Finding, type GateId, type Treatment } from '../candidacy/rules.ts';
import type { Answers } from '../candidacy/schema.ts';

export const gateWords = ['go', 'wait', 'no'] as const;
export type GateWord = (typeof gateWords)[number];

/** A finding as it stood when the physician decided about it. */
export interface CoveredFinding extends Finding {
  readonly word: GateWord;
}

const actionWeight = { INFORM: 0, REVIEW: 1, DEFER: 2, STOP: 3 } as const;

/** A wait without an end is longer than any with one. */
const never = '9999-12-31';

/**
 * Findings that no decision has let pass: new ones, worse ones, and those whose date has moved on. What only informs
 * needs no decision, but a restriction it carries (no prilocaine) must have been seen.
 */
export function uncovered(findings: readonly Finding[], covered: readonly CoveredFinding[]): Finding[] {
  return findings.filter(
    (finding) =>
      (finding.action !== 'INFORM' || finding.restriction !== undefined) &&
      !covered.some((decided) => covers(decided, finding)),
  );
}

function covers(decided: CoveredFinding, finding: Finding): boolean {
  if (decided.gate !== finding.gate || decided.word !== 'go' || decided.choice !== finding.choice)
    return false;
  if (finding.restriction !== undefined && finding.restriction !== decided.restriction) return false;
  const lighter = actionWeight[decided.action] - actionWeight[finding.action];
  if (lighter !== 0) return lighter > 0;
  return (finding.untilDate ?? never) <= (decided.untilDate ?? never);
}

/**
 * Of several records of one person, gate by gate the answer that weighs more; of equals the earlier in the list. A gate
 * only one of them answered is answered.
 */
export function gravestAnswers(records: readonly Answers[], treatment: Treatment, today: string): Answers {
  const weightOf = (gate: GateId, answer: Answers[GateId]) => {
    const { findings } = evaluate({ [gate]: answer }, { treatment, today, audience: 'physician' });
    const finding = findings.find((one) => one.gate === gate);
    if (finding === undefined) return '';
    const restricts = finding.restriction === undefined ? 0 : 1;
    return `${actionWeight[finding.action]} ${finding.untilDate ?? never} ${restricts}`;
  };
  const gravest: Answers = {};
  for (const answers of records) {
    for (const [gate, answer] of Object.entries(answers) as [GateId, Answers[GateId]][]) {
      const before = gravest[gate];
      if (before === undefined || weightOf(gate, answer) > weightOf(gate, before)) gravest[gate] = answer;
    }
  }
  return gravest;
}

/** Whether a physician has to say a word about it: everything but what only informs. */
export function needsDecision(finding: Finding): boolean {
  return finding.action !== 'INFORM';
}

/**
 * Findings nobody may decide against. Under 18: cosmetic scalp work is not done; cleft and vitiligo are left to the
 * physician with guardian and assent (domain.md G26, [known], unreviewed).
 */
const hardStops: readonly {
  readonly gate: GateId;
  readonly treatment: Treatment;
  readonly choice: string;
}[] = [{ gate: 'G26', treatment: 'scalp', choice: 'under-18' }];

function isHardStop(finding: Finding, treatment: Treatment): boolean {
  return hardStops.some(
    (stop) => stop.gate === finding.gate && stop.treatment === treatment && stop.choice === finding.choice,
  );
}

/** Shortest written reason taken, in characters. */
export const reasonLeast = 8;

export interface GateDecision {
  readonly gate: GateId;
  readonly word: GateWord;
  readonly reason: string;
}

export interface DecisionDraft {
  readonly overall: GateWord;
  readonly untilDate?: string;
  readonly reason: string;
  readonly gates: readonly GateDecision[];
}

export interface DecisionFault {
  readonly reason:
    | 'gate-undecided'
    | 'reason-missing'
    | 'overall-against-gates'
    | 'hard-stop'
    | 'until-in-past';
  readonly message: string;
  readonly field: string;
}

/**
 * Why a decision cannot stand, or undefined. Every gate raised needs a word; going on against a STOP or DEFER, and any
 * refusal, needs a written reason; the whole cannot be more permissive than a part.
 */
export function decisionFault(
  draft: DecisionDraft,
  findings: readonly Finding[],
  treatment: Treatment,
  today: string,
): DecisionFault | undefined {
  for (const finding of findings.filter(needsDecision)) {
    const field = `gate.${finding.gate}`;
    const decided = draft.gates.find(({ gate }) => gate === finding.gate);
    if (decided === undefined) {
      return {
        reason: 'gate-undecided',
        message: `Decide about ${finding.gate} first: go on, wait or not at all.`,
        field,
      };
    }
    if (decided.word === 'go' && isHardStop(finding, treatment)) {
      return {
        reason: 'hard-stop',
        message: `${finding.gate}: under 18 this treatment is not done; decide to wait or not to treat.`,
        field,
      };
    }
    const against = decided.word === 'go' && (finding.action === 'STOP' || finding.action === 'DEFER');
    if (against && Array.from(decided.reason.trim()).length < reasonLeast) {
      return {
        reason: 'reason-missing',
        message: `${finding.gate} says ${finding.action}: write why it may go on all the same.`,
        field: `reason.${finding.gate}`,
      };
    }
    if (draft.overall === 'go' && decided.word !== 'go') {
      return {
        reason: 'overall-against-gates',
        message: `You decided against going on at ${finding.gate}; the whole cannot be "go".`,
        field: 'overall',
      };
    }
  }
  if (draft.overall !== 'go' && Array.from(draft.reason.trim()).length < reasonLeast) {
    return {
      reason: 'reason-missing',
      message: 'Write why, so that it can be told to the patient.',
      field: 'reason',
    };
  }
  if (draft.overall === 'wait' && draft.untilDate !== undefined && draft.untilDate <= today) {
    return { reason: 'until-in-past', message: 'Give a day after today.', field: 'untilDate' };
  }
  return undefined;
}
