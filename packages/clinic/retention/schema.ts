import { z } from 'zod';

/**
 * What is kept for how long. `enquiry`: people who asked or joined the waiting list and never became patients.
 * `contact`: visits, messages and what else serves to reach a patient. `treatment`: the clinical record. `tax`: invoices
 * and payments.
 */
export const recordKinds = ['enquiry', 'contact', 'treatment', 'tax'] as const;
export type RecordKind = (typeof recordKinds)[number];

export interface RetentionRule {
  readonly kind: RecordKind;
  /** Months the law wants it kept, from `from`; a request for erasure waits until then. */
  readonly lawMonths: number;
  /** Months after which it is listed as passed. At least `lawMonths`. */
  readonly keepMonths: number;
  readonly from: 'last-request' | 'last-visit' | 'last-treatment' | 'financial-year-end';
  /** Where both periods come from. */
  readonly source: string;
  readonly review: 'unreviewed' | 'reviewed';
  /** Whether what has passed goes without the owner being asked each time. */
  readonly erasesByItself: boolean;
}

/** The database holds no U+0000, and a lone surrogate is no letter. */
const usable = (text: string) => text.isWellFormed() && !text.includes('\0');
const unusable = 'Use letters, no control characters.';

const months = z.coerce.number().int('Whole months.').min(0, 'From 0.').max(1200, 'At most 1200.');

export const retentionRuleForm = z
  .object({
    kind: z.enum(recordKinds),
    lawMonths: months,
    keepMonths: months,
    source: z
      .string()
      .trim()
      .min(3, 'Say where the period comes from.')
      .max(500, 'At most 500 characters.')
      .refine(usable, unusable),
    review: z.enum(['unreviewed', 'reviewed']),
    erasesByItself: z.boolean(),
  })
  .refine((rule) => rule.keepMonths >= rule.lawMonths, {
    path: ['keepMonths'],
    message: 'Not shorter than what the law wants.',
  });
export type RetentionRuleForm = z.input<typeof retentionRuleForm>;

/** Words a person writes about a wish or a hold: needed, and short. */
export const reasonText = z
  .string()
  .trim()
  .min(3, 'Write in a few words why.')
  .max(1000, 'At most 1000 characters.')
  .refine(usable, unusable);

const erasureStates = [
  'invited',
  'requested',
  'refused',
  'approved',
  'running',
  'sweeping',
  'waiting',
  'done',
] as const;
export type ErasureState = (typeof erasureStates)[number];

/** Something that stays, and why. Days are `YYYY-MM-DD` on the clinic's calendar. */
export interface Kept {
  readonly kind: RecordKind;
  readonly rows: number;
  readonly until: string | null;
  readonly source: string;
  readonly review: 'unreviewed' | 'reviewed';
}

/** What would go, or went, and what stays. Tables by their names, so that nothing is left to interpretation. */
export interface ErasureSummary {
  /** Rows removed or emptied, by table; 0 is left out. */
  readonly gone: Readonly<Record<string, number>>;
  readonly filesGone: number;
  readonly kept: readonly Kept[];
  /** Whether the name, birth date and telephone stay with a record that must be kept. */
  readonly identity: 'gone' | 'kept' | 'number-only';
  /** Entries of the audit log in which words of the person were found; they cannot be changed. */
  readonly auditEntries: readonly number[];
}

export interface LegalHold {
  readonly id: string;
  readonly patientId: string;
  readonly reason: string;
  readonly setAt: Date;
  readonly setBy: string;
  readonly liftedAt: Date | null;
  readonly liftedReason: string | null;
}

/** One line of the register. */
export interface Erasure {
  readonly id: string;
  readonly patientId: string;
  readonly source: 'desk' | 'patient' | 'schedule';
  readonly state: ErasureState;
  /** In the words of whoever took the wish; empty once carried out. */
  readonly note: string;
  readonly refusal: string;
  readonly recordedAt: Date;
  readonly requestedAt: Date | null;
  readonly decidedAt: Date | null;
  readonly resumeAt: Date | null;
  readonly finishedAt: Date | null;
  readonly summary: ErasureSummary | null;
}

export interface RetentionRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'bad-form'
    | 'on-hold'
    | 'already-held'
    | 'already-asked'
    | 'wrong-state'
    | 'merged'
    | 'link-unknown'
    | 'link-expired'
    | 'wrong-answer';
  readonly message: string;
  readonly field?: string;
}
