import { z } from 'zod';
import { calendarDay } from '../tenant/schema.ts';
import { type EventKind, eventKindIds } from './event-kinds.ts';
import { type Detail, details, signs } from './red-flags.ts';
import { courses } from './triage.ts';

/** One answer to a check-in. */
export const checkInAnswers = z.object({
  course: z.enum(courses, 'Choose how it goes.'),
  signs: z.array(z.enum(signs)).max(signs.length),
  details: z.array(z.enum(Object.keys(details) as [Detail, ...Detail[]])),
  none: z.boolean(),
  text: z.string().trim().max(2000, 'Keep it under 2000 characters; we will call you.'),
});
export type CheckInAnswers = z.infer<typeof checkInAnswers>;

const checkInStates = ['planned', 'sent', 'reminded', 'to-call', 'answered', 'missed', 'withdrawn'] as const;
export type CheckInState = (typeof checkInStates)[number];

/** How a case was answered. */
export const caseOutcomes = [
  'advised',
  'visit-today',
  'visit-later',
  'referred',
  'hospital',
  'no-action',
] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

export const caseAnswer = z.object({
  outcome: z.enum(caseOutcomes, 'Choose what was agreed.'),
  note: z.string().trim().min(1, 'Write down what was said.').max(4000),
});

export const handOverForm = z.object({
  toStaffId: z.uuid('Choose who takes it.'),
  note: z.string().trim().min(1, 'Say what the other needs to know.').max(4000),
});

export const eventOutcomes = [
  'ongoing',
  'resolved',
  'resolved-with-mark',
  'lasting',
  'fatal',
  'unknown',
] as const;
export type EventOutcome = (typeof eventOutcomes)[number];

/** Where an adverse event was found. */
export const foundBy = ['check-in', 'desk', 'visit'] as const;

const day = calendarDay('Give a date.');
const blank = z.literal('').transform(() => null);
const maybeId = z
  .union([blank, z.uuid()])
  .nullish()
  .transform((id) => id ?? null);

/** An adverse event as it is written down. Grades after CTCAE 5.0: 1 mild … 5 death. */
export const adverseEventForm = z
  .object({
    patientId: z.uuid(),
    sessionId: maybeId,
    lotId: maybeId,
    caseId: maybeId,
    kind: z.enum(eventKindIds as readonly [EventKind, ...EventKind[]], 'Choose a kind.'),
    grade: z.coerce.number('Choose a grade.').int().min(1, 'Choose a grade.').max(5),
    onsetOn: day,
    foundBy: z.enum(foundBy),
    description: z.string().trim().max(4000).default(''),
    treatmentGiven: z.string().trim().max(4000).default(''),
    outcome: z.enum(eventOutcomes, 'Choose how it stands.'),
    resolvedOn: z
      .union([blank, day])
      .nullish()
      .transform((at) => at ?? null),
  })
  .refine(({ onsetOn, resolvedOn }) => resolvedOn === null || resolvedOn >= onsetOn, {
    path: ['resolvedOn'],
    message: 'It cannot be over before it began.',
  })
  .refine(({ grade, outcome }) => (grade === 5) === (outcome === 'fatal'), {
    path: ['outcome'],
    message: 'Grade 5 and the outcome "fatal" go together.',
  });

export interface FollowUpRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'bad-form'
    | 'already-answered'
    | 'link-unknown'
    | 'link-expired'
    | 'photo-refused'
    | 'no-such-staff'
    | 'changed-meanwhile';
  readonly message: string;
  readonly field?: string;
}
