import { z } from 'zod';
import type { Treatment } from '../candidacy/rules.ts';
import type { Language } from '../tenant/schema.ts';

/** Longest text of one field, in characters. */
const valueMost = 4000;

/** One field as it was last edited: its text, empty when it was emptied, and when, in milliseconds since 1970. */
const fieldEdit = z.object({
  value: z
    .string()
    .max(valueMost)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'Use letters, no control characters.'),
  at: z.int().min(0).max(8.64e15),
});
export type FieldEdit = z.infer<typeof fieldEdit>;

/** Fields by name. */
export const draftSchema = z.record(z.string().max(60), fieldEdit);
export type Draft = Readonly<Record<string, FieldEdit>>;

const intakeStates = ['open', 'submitted', 'accepted', 'withdrawn'] as const;
export type IntakeState = (typeof intakeStates)[number];

/** What a person with the link must know before anything that is kept is shown or changed. */
export type Asks = 'birth-date' | 'phone' | 'nothing';

export interface IntakeForm {
  readonly tenantId: string;
  readonly id: string;
  readonly patientId: string | null;
  readonly bookingId: string | null;
  readonly treatment: Treatment;
  readonly language: Language;
  readonly state: IntakeState;
  readonly asks: Asks;
  readonly draft: Draft;
  /** Counts saves, from 0. */
  readonly version: number;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly settledAt: Date | null;
}

export interface IntakeRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'bad-form'
    | 'link-unknown'
    | 'link-expired'
    | 'link-closed'
    | 'proof-needed'
    | 'proof-wrong'
    | 'too-many-tries'
    | 'incomplete'
    | 'not-submitted'
    | 'no-patient';
  readonly message: string;
  readonly field?: string;
}
