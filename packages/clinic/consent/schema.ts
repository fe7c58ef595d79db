import { z } from 'zod';
import { treatmentSchema } from '../candidacy/schema.ts';
import { language } from '../tenant/schema.ts';

/** What photographs may be used for; each is asked for by itself and starts unticked (domain.md 7). */
export const photoUses = ['record', 'teaching', 'publication', 'social-media'] as const;
export type PhotoUse = (typeof photoUses)[number];

export const signatureParts = ['patient', 'guardian', 'assent', 'interpreter', 'witness'] as const;
export type SignaturePart = (typeof signatureParts)[number];

/** The field a signature is drawn in, in its own units. */
export const signatureField = { width: 1000, height: 400 } as const;

const point = z.tuple([z.int().min(0).max(signatureField.width), z.int().min(0).max(signatureField.height)]);
/** One line of the pen, from touching down to lifting. */
const stroke = z.array(point).min(1).max(2000);
export type Stroke = z.infer<typeof stroke>;

/** In the order of reading (domain.md 7). */
export const sectionIds = [
  'diagnosis',
  'what',
  'alternatives',
  'operator',
  'course',
  'pigments',
  'risks',
  'colour',
  'removal',
  'numbing',
  'inform',
  'aftercare',
  'cost',
  'data',
  'rights',
] as const;
export type SectionId = (typeof sectionIds)[number];

export const questionIds = ['treatment', 'colour', 'allergy', 'warning', 'withdrawal'] as const;
export type QuestionId = (typeof questionIds)[number];

const usable = (text: string) => text.isWellFormed() && !/[\p{Cc}\p{Cn}]/u.test(text);
const line = (most: number) =>
  z.string().trim().min(1).max(most).refine(usable, 'Use letters, no control characters.');
const optionalLine = (most: number) =>
  z.string().trim().max(most).refine(usable, 'Use letters, no control characters.');

/** Shortest reflection time that any version of a text may set, hours (domain.md 7, [known], unreviewed). */
export const coolingOffLeastHours = 24;

/** One version of the text for one treatment and language. Plain sentences, no markup. */
export const consentContent = z.object({
  v: z.literal(1),
  treatment: treatmentSchema,
  language,
  title: line(200),
  lead: line(1000),
  coolingOffHours: z
    .int()
    .min(coolingOffLeastHours)
    .max(24 * 90),
  sections: z
    .array(
      z.object({ id: z.enum(sectionIds), heading: line(200), lines: z.array(line(1000)).min(1).max(20) }),
    )
    .length(sectionIds.length)
    .refine(
      (list) => sectionIds.every((id, i) => list[i]?.id === id),
      'Every section has to be there, in order.',
    ),
  risks: z.array(z.object({ label: line(300), figures: z.array(line(500)), onset: line(300) })).min(1),
  questions: z
    .array(
      z.object({
        id: z.enum(questionIds),
        question: line(500),
        options: z
          .array(z.object({ id: z.string().min(1).max(20), text: line(500) }))
          .min(2)
          .max(5),
        right: z.string(),
        because: line(500),
      }),
    )
    .min(3)
    .refine(
      (list) => list.every(({ options, right }) => options.some(({ id }) => id === right)),
      'Every question needs its right answer among the options.',
    ),
  declarations: z.record(z.enum(signatureParts), line(1000)),
  photos: z.object({
    lead: line(500),
    uses: z.record(z.enum(photoUses), line(300)),
    identifiable: line(200),
    minor: line(300),
  }),
  sources: z.array(line(500)),
});
export type ConsentContent = z.infer<typeof consentContent>;

const person = z.object({ name: line(200), relation: line(80) });

export const offerForm = z.object({
  patientId: z.uuid(),
  treatment: treatmentSchema,
  language,
  /** What was found, in the physician's words. */
  diagnosis: optionalLine(500).default(''),
  /** Who operates. */
  operator: line(200),
  pigments: z
    .array(z.object({ name: line(120), ci: optionalLine(60).default(''), lot: optionalLine(60).default('') }))
    .max(30)
    .default([]),
  price: optionalLine(300).default(''),
  /** Needed under 18; the record's guardian when left out. */
  guardian: person.optional(),
  interpreter: z.boolean().default(false),
  witness: z.boolean().default(false),
  /** The plan whose pigments are read; the one that counts for the treatment when left out. */
  planId: z.uuid().optional(),
  planVersion: z.int().positive().optional(),
});
export type OfferForm = z.input<typeof offerForm>;

/** What was filled into the text for one person. */
export interface Particulars {
  readonly diagnosis: string;
  readonly operator: string;
  readonly explainedBy: string;
  readonly pigments: readonly { readonly name: string; readonly ci: string; readonly lot: string }[];
  readonly price: string;
  readonly isMinor: boolean;
  readonly guardian?: { readonly name: string; readonly relation: string };
  readonly parts: readonly SignaturePart[];
}

export const signForm = z.object({
  /** Option chosen at each question. */
  answers: z.partialRecord(z.enum(questionIds), z.string().max(20)),
  photos: z
    .array(z.object({ use: z.enum(photoUses), identifiable: z.boolean().default(false) }))
    .max(photoUses.length)
    .default([]),
  signatures: z
    .array(
      z.object({
        part: z.enum(signatureParts),
        name: line(200),
        relation: optionalLine(80).optional(),
        /** Left out or empty: the typed name is the signature. */
        strokes: z.array(stroke).max(200).default([]),
        method: z.enum(['drawn', 'typed']),
      }),
    )
    .max(signatureParts.length),
});
export type SignForm = z.input<typeof signForm>;

/** One try at the questions. */
export interface AnswerTry {
  readonly at: string;
  readonly answers: Readonly<Partial<Record<QuestionId, string>>>;
  readonly wrong: readonly QuestionId[];
}

export interface ConsentRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'bad-form'
    | 'no-such-patient'
    | 'no-such-consent'
    | 'age-unknown'
    | 'guardian-needed'
    | 'minor-not-treated'
    | 'link-unknown'
    | 'link-expired'
    | 'already-signed'
    | 'already-withdrawn'
    | 'cancelled'
    | 'not-understood'
    | 'signature-missing'
    | 'photos-not-for-minors'
    | 'promise-in-text'
    | 'nothing-to-withdraw'
    | 'no-way-to-reach'
    | 'opted-out'
    | 'already-sent';
  readonly message: string;
  readonly field?: string;
  /** With `not-understood`: the questions to look at again. */
  readonly wrong?: readonly QuestionId[];
}
