import { z } from 'zod';
import { calendarDay } from '../tenant/schema.ts';
import { gateIds, treatments } from './gates.ts';

export { type Language as Locale, languages as locales } from '../tenant/schema.ts';

export const isoDay = calendarDay();

export const treatmentSchema = z.enum(treatments);

/** One answer: the option's id, or `unsure`; and the date where the option asks for one. */
const answerSchema = z.object({
  choice: z.string().min(1).max(40),
  date: isoDay.optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** Answers by gate. A gate that is missing here is unknown, and unknown never permits. */
export const answersSchema = z.partialRecord(z.enum(gateIds), answerSchema);
export type Answers = z.infer<typeof answersSchema>;

/** What a visitor agrees to hand over with a booking. */
export const selfCheckSchema = z.object({
  treatment: treatmentSchema,
  answers: answersSchema,
  /** The visitor's own tick; without it the answers stay on the device. */
  consentToShare: z.literal(true),
});
