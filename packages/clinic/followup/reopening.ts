/** Which adverse events open the screening decision of a treatment again, as data. */
import type { EventKind } from './event-kinds.ts';

const reopeningRule = {
  id: 'grade-2-or-a-reaction-of-this-skin',
  /** CTCAE 5.0: from here on, whatever the kind. */
  leastGrade: 2,
  /** At any grade: they tell how this person's skin answers to needle and pigment, which is what a decision rests on. */
  kinds: ['allergy', 'anaphylaxis', 'koebner', 'scar'] satisfies readonly EventKind[],
  source: 'Clinical reference, red flags R11 to R13 (no retouch until examined, stop sessions) and gate G05',
  mark: 'derived',
  review: 'unreviewed',
} as const;

export function opensScreening(event: { readonly kind: EventKind; readonly grade: number }): boolean {
  return (
    event.grade >= reopeningRule.leastGrade ||
    (reopeningRule.kinds as readonly EventKind[]).includes(event.kind)
  );
}
