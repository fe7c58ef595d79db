import { z } from 'zod';
import { calendarDay } from '../tenant/schema.ts';
import { type Rating, scale, type TimePoint, type Triple } from './rules.ts';

const day = calendarDay('Give a date.');
const maybeId = z
  .union([z.literal('').transform(() => null), z.uuid()])
  .nullish()
  .transform((id) => id ?? null);

const within = (low: number, high: number) =>
  z.number('Give a number.').min(low, `From ${low} to ${high}.`).max(high, `From ${low} to ${high}.`);
const lab = z.object({ L: within(0, 100), a: within(-60, 60), b: within(-60, 80) });
const place = z.array(lab).min(1, 'Give at least one reading.').max(3);

/** Healed readings by a contact colorimeter: up to three of a place, all under one white. */
const readingsForm = z.object({
  white: z.enum(['D65/10', 'D65/2', 'D50/2', 'D50/10']),
  region: place,
  surround: place.optional(),
});
export type ReadingsForm = z.infer<typeof readingsForm>;

export const ratingSchema = z.enum(scale, 'Choose one of the four.');

export const outcomeForm = z
  .object({
    patientId: z.uuid(),
    sessionId: maybeId,
    /** Needed when there is no session of the program: treatment done before it, or elsewhere. */
    performedOn: day.nullish().transform((at) => at ?? null),
    treatment: z.enum(['vitiligo', 'lip', 'scalp'], 'Choose the treatment.'),
    planId: maybeId,
    planVersion: z
      .int()
      .positive()
      .nullish()
      .transform((v) => v ?? null),
    takenOn: day,
    readings: readingsForm.nullish().transform((r) => r ?? null),
    patientScore: z
      .int('Whole steps from 0 to 10.')
      .min(0, 'From 0 to 10.')
      .max(10, 'From 0 to 10.')
      .nullish()
      .transform((v) => v ?? null),
    rating: ratingSchema.nullish().transform((v) => v ?? null),
    note: z.string().trim().max(4000, 'Keep it under 4000 characters.').default(''),
  })
  .refine(({ sessionId, performedOn }) => sessionId !== null || performedOn !== null, {
    path: ['performedOn'],
    message: 'Say which session it was, or the day it was done.',
  });
export type OutcomeForm = z.input<typeof outcomeForm>;

/** What the plan said and how the reading lies to it, as kept. */
export interface AgainstPlan {
  readonly state: 'week6' | 'month6' | 'month12' | 'month24';
  readonly white: string;
  readonly predicted: Triple;
  readonly low90: Triple;
  readonly high90: Triple;
  readonly healed: Triple;
  readonly missDeltaE00: number;
  readonly withinAll: boolean;
  readonly within: { readonly L: boolean; readonly a: boolean; readonly b: boolean };
  /** To the surround: as predicted with its 90 % interval, and as read, when the surround was read too. */
  readonly toSurround: {
    readonly predicted: { readonly expected: number; readonly low90: number; readonly high90: number };
    readonly healed: number | null;
  };
  readonly retention01: number | null;
  readonly expectedRetention01: number | null;
}

interface Shown90 {
  readonly value: number;
  readonly low90: number;
  readonly high90: number;
}

/** What two photographs told, as kept. */
export type FromPhotos =
  | {
      readonly ok: true;
      readonly errorPx: number;
      readonly errorMm: number | null;
      readonly agreement01: number;
      readonly regionFrom: 'given' | 'proposed' | null;
      readonly before: Shown90 | null;
      readonly after: Shown90 | null;
      readonly isSure: boolean;
      readonly coverage: Shown90 | null;
      readonly repigmented01: number | null;
      readonly calibrated: boolean;
      readonly dots: {
        readonly planned: number;
        readonly found: number;
        readonly retained01: number;
        readonly growth: number | null;
      } | null;
      readonly couldNot: readonly string[];
    }
  | { readonly ok: false; readonly reason: string; readonly message: string };

export interface Outcome {
  readonly id: string;
  readonly patientId: string;
  readonly sessionId: string | null;
  readonly planId: string | null;
  readonly planVersion: number | null;
  readonly treatment: 'vitiligo' | 'lip' | 'scalp';
  readonly timePoint: TimePoint;
  readonly performedOn: string;
  readonly takenOn: string;
  readonly daysAfter: number;
  readonly readings:
    | (ReadingsForm & { readonly median: { readonly region: Triple; readonly surround: Triple | null } })
    | null;
  readonly againstPlan: AgainstPlan | null;
  readonly fromPhotos: FromPhotos | null;
  readonly patientScore: number | null;
  readonly note: string;
  readonly recordedAt: Date;
  readonly recordedBy: string | null;
  readonly withdrawnReason: string | null;
  readonly hasPair: boolean;
  readonly physicianRating: Rating | null;
  /** Shown only once it was given: the blinded rating says nothing about who gave it. */
  readonly blindedRating: Rating | null;
}

export interface OutcomeRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'bad-form'
    | 'too-early'
    | 'in-future'
    | 'no-such-patient'
    | 'no-such-session'
    | 'no-such-plan'
    | 'photo-unreadable'
    | 'not-blind'
    | 'already-rated'
    | 'nothing-recorded';
  readonly message: string;
  readonly field?: string;
}
