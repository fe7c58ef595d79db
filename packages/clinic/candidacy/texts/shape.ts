import type { GateId, Outcome, StepId } from '../gates.ts';

export interface GateText {
  /** A plain question; "yes" is the finding. */
  question: string;
  /** Why it matters, shown with a result. */
  reason: string;
  /** Labels of the options other than yes, no and unsure. */
  options?: Readonly<Record<string, string>>;
  /** The label of the date, where an option asks for one. */
  date?: string;
}

export interface GateTexts {
  /** Translations and sentences wait for a clinician who speaks the language. */
  state: 'unreviewed' | 'reviewed';
  common: { yes: string; no: string; unsure: string; noneOfThese: string };
  lead: string;
  unknownReason: string;
  steps: Readonly<Record<StepId, string>>;
  outcomes: Readonly<Record<Outcome, { title: string; body: string }>>;
  gates: Readonly<Record<GateId, GateText>>;
}
