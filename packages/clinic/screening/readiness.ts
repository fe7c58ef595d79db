/**
 * What has to be true before a session may begin, as an ordered checklist. Pure and browser-safe: the same answer is
 * shown in the chart and enforced by `requireReady` (gate.ts).
 *
 *   readiness(facts) → { isReady, steps: [{ step, state: 'done' | 'open' | 'blocked', reason, … }], next }
 *
 * `open` waits for somebody to do something, `blocked` waits for a date or says no. More findings, later dates and
 * worse readings never make a step more permissive (property test in readiness.test.ts).
 */
import { evaluate, type Finding, type GateId, type Treatment } from '../candidacy/rules.ts';
import type { Answers } from '../candidacy/schema.ts';
import type { PlanFacts } from '../planning/rules.ts';
import type { ScreeningProtocol } from './protocol-rules.ts';
import { type CoveredFinding, uncovered } from './rules.ts';
import { readingsOf, type Spot, type SpotKind, spotKinds, spotProtocols } from './spots.ts';

const readinessSteps = ['intake', 'screening', 'spots', 'plan', 'consent', 'cooling-off'] as const;
export type ReadinessStepId = (typeof readinessSteps)[number];

export type StepState = 'done' | 'open' | 'blocked';

export type ReadinessReason =
  | 'answers-given'
  | 'answers-missing'
  | 'decided'
  | 'decision-missing'
  | 'decision-reopened'
  | 'findings-undecided'
  | 'findings-stop'
  | 'decided-wait'
  | 'decided-no'
  | 'spots-not-needed'
  | 'spots-clear'
  | 'spot-missing'
  | 'reading-awaited'
  | 'reading-due'
  | 'reading-unclear'
  | 'reading-adverse'
  | 'plan-signed'
  | 'plan-missing'
  | 'plan-unsigned'
  | 'consent-signed'
  | 'consent-missing'
  | 'consent-offered'
  | 'consent-withdrawn'
  | 'consent-for-earlier-plan'
  | 'guardian-missing'
  | 'cooled-off'
  | 'cooling-off'
  | 'cooling-off-not-begun';

export interface ReadinessStep {
  readonly step: ReadinessStepId;
  readonly state: StepState;
  readonly reason: ReadinessReason;
  /** Day in the clinic's zone from which it may change by itself. */
  readonly untilDate?: string;
  /** Instant from which it changes by itself. */
  readonly untilAt?: Date;
  /** Gates that wait for a decision. */
  readonly gates?: readonly GateId[];
  readonly spot?: SpotKind;
}

export interface Readiness {
  readonly treatment: Treatment;
  readonly isReady: boolean;
  readonly steps: readonly ReadinessStep[];
  /** The first step that is not done. */
  readonly next?: ReadinessStep;
}

/** The physician's last decision over the gates of one treatment. */
export interface DecisionFacts {
  readonly overall: 'go' | 'wait' | 'no';
  readonly untilDate?: string;
  /** The findings it was taken over, each with the physician's word. */
  readonly covered: readonly CoveredFinding[];
  readonly isReopened: boolean;
}

/** What consent says for one treatment. */
export interface ConsentState {
  readonly state: 'none' | 'offered' | 'signed' | 'withdrawn';
  readonly withdrawnAt?: Date;
  /** End of the reflection time, once signed. */
  readonly coolingOffUntil?: Date;
  /** Signed by a minor alone: cannot happen through the commands, and never opens a session. */
  readonly isGuardianMissing?: boolean;
  /** The plan whose pigments the person read, if there was one. */
  readonly planId?: string;
  readonly planVersion?: number;
}

export interface ReadinessFacts {
  readonly treatment: Treatment;
  /** What the clinic screens by; default what comes with the program. */
  readonly protocol?: Pick<ScreeningProtocol, 'gates' | 'spots'>;
  readonly now: Date;
  /** The calendar day of an instant in the clinic's zone, `YYYY-MM-DD`. */
  readonly dayOf: (at: Date) => string;
  /** Undefined: nobody has answered anything yet. */
  readonly answers: Answers | undefined;
  readonly decision: DecisionFacts | undefined;
  readonly spots: readonly Spot[];
  /** Kinds of spot a physician has set aside for this person, in writing. */
  readonly spotsWaived: readonly SpotKind[];
  readonly plan: PlanFacts;
  readonly consent: ConsentState;
}

export function readiness(facts: ReadinessFacts): Readiness {
  const steps = [
    intakeStep(facts),
    screeningStep(facts),
    spotsStep(facts),
    planStep(facts),
    consentStep(facts),
    coolingOffStep(facts),
  ];
  const next = steps.find(({ state }) => state !== 'done');
  return { treatment: facts.treatment, isReady: next === undefined, steps, ...(next && { next }) };
}

/** The gates' findings for this treatment as the physician has to weigh them. */
export function findingsOf(
  facts: Pick<ReadinessFacts, 'answers' | 'treatment' | 'now' | 'dayOf' | 'protocol'>,
): Finding[] {
  return evaluate(facts.answers ?? {}, {
    treatment: facts.treatment,
    today: facts.dayOf(facts.now),
    audience: 'physician',
    gates: facts.protocol?.gates,
  }).findings;
}

function intakeStep({ answers }: ReadinessFacts): ReadinessStep {
  return answers === undefined
    ? { step: 'intake', state: 'open', reason: 'answers-missing' }
    : { step: 'intake', state: 'done', reason: 'answers-given' };
}

function screeningStep(facts: ReadinessFacts): ReadinessStep {
  const { decision } = facts;
  // A refusal stands until a physician decides anew, whatever is answered meanwhile.
  if (decision !== undefined && decision.overall !== 'go') {
    return {
      step: 'screening',
      state: 'blocked',
      reason: decision.overall === 'wait' ? 'decided-wait' : 'decided-no',
      ...(decision.untilDate !== undefined && { untilDate: decision.untilDate }),
    };
  }
  const open = uncovered(
    findingsOf(facts),
    decision === undefined || decision.isReopened ? [] : decision.covered,
  );
  const stops = open.filter(({ action }) => action === 'STOP' || action === 'DEFER');
  if (stops.length > 0) {
    const dates = stops.map(({ untilDate }) => untilDate);
    const untilDate = dates.every((date) => date !== undefined) ? dates.toSorted().at(-1) : undefined;
    return {
      step: 'screening',
      state: 'blocked',
      reason: 'findings-stop',
      gates: open.map(({ gate }) => gate),
      ...(untilDate !== undefined && { untilDate }),
    };
  }
  if (decision === undefined || decision.isReopened || open.length > 0) {
    return {
      step: 'screening',
      state: 'open',
      reason:
        decision === undefined
          ? 'decision-missing'
          : decision.isReopened
            ? 'decision-reopened'
            : 'findings-undecided',
      // Before anything was answered every gate is open; naming them all says nothing.
      ...(open.length > 0 && facts.answers !== undefined && { gates: open.map(({ gate }) => gate) }),
    };
  }
  return { step: 'screening', state: 'done', reason: 'decided' };
}

function spotsStep(facts: ReadinessFacts): ReadinessStep {
  const { treatment, now, dayOf, spotsWaived, protocol } = facts;
  const protocols = protocol?.spots ?? spotProtocols;
  const counting = facts.spots.filter(({ isSetAside }) => !isSetAside);
  const read = counting.flatMap((spot) =>
    readingsOf({ ...spot, treatment }, now, dayOf, protocols).map((reading) => ({
      ...reading,
      spot: spot.kind,
    })),
  );
  const adverse = read.find(({ rule, outcome }) => rule.isRequired && outcome === 'adverse');
  if (adverse) return { step: 'spots', state: 'blocked', reason: 'reading-adverse', spot: adverse.spot };
  const missing = spotKinds.find(
    (kind) =>
      protocols[kind].requiredFor.includes(treatment) &&
      !spotsWaived.includes(kind) &&
      !counting.some((spot) => spot.kind === kind),
  );
  if (missing) return { step: 'spots', state: 'open', reason: 'spot-missing', spot: missing };
  const waiting = read
    .filter(({ rule, outcome }) => rule.isRequired && outcome !== 'clear')
    .toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
  const first = waiting[0];
  if (first) {
    return {
      step: 'spots',
      state: first.state === 'early' ? 'blocked' : 'open',
      reason:
        first.state === 'early'
          ? 'reading-awaited'
          : first.state === 'read'
            ? 'reading-unclear'
            : 'reading-due',
      spot: first.spot,
      untilDate: first.fromDay,
    };
  }
  return {
    step: 'spots',
    state: 'done',
    reason: counting.length > 0 ? 'spots-clear' : 'spots-not-needed',
  };
}

function planStep({ plan }: ReadinessFacts): ReadinessStep {
  if (plan.state === 'signed') return { step: 'plan', state: 'done', reason: 'plan-signed' };
  return { step: 'plan', state: 'open', reason: plan.state === 'none' ? 'plan-missing' : 'plan-unsigned' };
}

function consentStep({ consent, plan }: ReadinessFacts): ReadinessStep {
  const step = 'consent';
  if (consent.state === 'withdrawn') return { step, state: 'blocked', reason: 'consent-withdrawn' };
  if (consent.state === 'none') return { step, state: 'open', reason: 'consent-missing' };
  if (consent.state === 'offered') return { step, state: 'open', reason: 'consent-offered' };
  if (consent.isGuardianMissing === true) return { step, state: 'blocked', reason: 'guardian-missing' };
  // Consent to one procedure does not cover another (Samira Kohli, 2008): a plan made anew is read anew.
  if (consent.planId !== undefined && plan.state === 'signed' && consent.planId !== plan.planId) {
    return { step, state: 'open', reason: 'consent-for-earlier-plan' };
  }
  return { step, state: 'done', reason: 'consent-signed' };
}

function coolingOffStep({ consent, now }: ReadinessFacts): ReadinessStep {
  const step = 'cooling-off';
  const until = consent.coolingOffUntil;
  if (consent.state !== 'signed' || until === undefined) {
    return { step, state: 'open', reason: 'cooling-off-not-begun' };
  }
  if (now < until) return { step, state: 'blocked', reason: 'cooling-off', untilAt: until };
  return { step, state: 'done', reason: 'cooled-off' };
}
