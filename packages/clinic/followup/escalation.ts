/** Who is told of an unanswered case and when, as data; clinics differ, and no clinician has signed these times yet. */
import type { Role } from '../staff/schema.ts';
import type { Urgency } from './red-flags.ts';

export interface EscalationStep {
  /** Minutes after the case opened or became more urgent. */
  readonly afterMin: number;
  readonly tell: readonly Role[];
}

export interface Timer {
  /** When it should have been answered, in minutes: shown in the inbox. */
  readonly answerWithinMin: number;
  /** In order of time. */
  readonly steps: readonly EscalationStep[];
  /** After the last step everybody of it is told again this often, without end: nothing falls silent. */
  readonly repeatEveryMin: number;
}

export const timers: Readonly<Record<Urgency, Timer>> = {
  EMERG: {
    answerWithinMin: 5,
    steps: [
      { afterMin: 0, tell: ['physician', 'assistant', 'desk'] },
      { afterMin: 5, tell: ['owner', 'physician'] },
      { afterMin: 15, tell: ['owner', 'physician', 'assistant', 'desk'] },
    ],
    repeatEveryMin: 15,
  },
  DAY: {
    answerWithinMin: 120,
    steps: [
      { afterMin: 0, tell: ['physician'] },
      { afterMin: 60, tell: ['physician', 'assistant'] },
      { afterMin: 180, tell: ['owner', 'physician'] },
    ],
    repeatEveryMin: 120,
  },
  '24H': {
    answerWithinMin: 1440,
    steps: [
      { afterMin: 480, tell: ['assistant'] },
      { afterMin: 960, tell: ['physician', 'assistant'] },
      { afterMin: 1320, tell: ['owner', 'physician'] },
    ],
    repeatEveryMin: 240,
  },
  /** A photograph that came with a harmless answer: nobody has looked at it yet. */
  SELF: {
    answerWithinMin: 2880,
    steps: [{ afterMin: 2880, tell: ['assistant', 'physician'] }],
    repeatEveryMin: 1440,
  },
};

/** What is told at a step of the escalation and when the next one is due. Steps beyond the last repeat it. */
export function escalationAt(
  urgency: Urgency,
  step: number,
): { readonly tell: readonly Role[]; readonly afterMin: number } {
  const { steps, repeatEveryMin } = timers[urgency];
  const last = steps.length - 1;
  const found = steps[Math.min(step, last)] as EscalationStep;
  return { tell: found.tell, afterMin: found.afterMin + Math.max(0, step - last) * repeatEveryMin };
}
