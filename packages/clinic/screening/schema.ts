import { z } from 'zod';
import { answersSchema, isoDay, treatmentSchema } from '../candidacy/schema.ts';
import { gateWords } from './rules.ts';
import { readingIds, readingOutcomes, spotKinds, spotSigns } from './spots.ts';

const id = z.uuid();
const words = (most: number) => z.string().trim().max(most);

export const answersForm = z.object({
  patientId: id,
  treatment: treatmentSchema,
  answers: answersSchema,
});
export type AnswersForm = z.input<typeof answersForm>;

export const decisionForm = z.object({
  patientId: id,
  treatment: treatmentSchema,
  /** The answers the physician looked at; others in the meantime are a refusal. */
  answersVersion: z.int().positive(),
  overall: z.enum(gateWords),
  untilDate: isoDay.optional(),
  reason: words(2000).default(''),
  gates: z
    .array(
      z.object({
        gate: answersSchema.keyType,
        word: z.enum(gateWords),
        reason: words(2000).default(''),
      }),
    )
    .max(40),
});
export type DecisionForm = z.input<typeof decisionForm>;

export const spotForm = z.object({
  patientId: id,
  treatment: treatmentSchema,
  kind: z.enum(spotKinds),
  /** Where on the body. */
  place: words(200).min(1, 'Say where the spot is.'),
  /** Pigments, anaesthetic and aftercare tried. */
  what: words(500).min(1, 'Say what was tried.'),
  lotIds: z.array(id).max(20).default([]),
  /** When it was placed; now, when left out. */
  placedAt: z.date().optional(),
});
export type SpotForm = z.input<typeof spotForm>;

const lab = z.tuple([
  z.number().min(0).max(100),
  z.number().min(-128).max(127),
  z.number().min(-128).max(127),
]);

export const readingForm = z.object({
  spotId: id,
  reading: z.enum(readingIds),
  outcome: z.enum(readingOutcomes),
  /** What was seen, by sign. */
  signs: z.partialRecord(z.enum(spotSigns), z.enum(readingOutcomes)).default({}),
  /** CIELAB of the spot and of the skin around it: D65, 10° observer, median of three. */
  lab: lab.optional(),
  surroundLab: lab.optional(),
  note: words(1000).default(''),
});
export type ReadingForm = z.input<typeof readingForm>;

export const waiverForm = z.object({
  patientId: id,
  treatment: treatmentSchema,
  kind: z.enum(spotKinds),
  reason: words(2000).min(8, 'Write why no such spot is needed.'),
});
export type WaiverForm = z.input<typeof waiverForm>;

export interface ScreeningRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'bad-form'
    | 'no-such-patient'
    | 'no-such-lot'
    | 'no-such-spot'
    | 'answers-missing'
    | 'protocol-changed'
    | 'promise-in-text'
    | 'answers-changed'
    | 'gate-undecided'
    | 'reason-missing'
    | 'overall-against-gates'
    | 'hard-stop'
    | 'until-in-past'
    | 'reading-not-of-this-spot'
    | 'reading-too-early'
    | 'outcome-against-signs'
    | 'spot-set-aside'
    | 'placed-in-future'
    | 'not-ready';
  readonly message: string;
  readonly field?: string;
}
