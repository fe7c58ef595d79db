import { z } from 'zod';
import { language } from '../tenant/schema.ts';

export { type Language, languages } from '../tenant/schema.ts';
export const languageSchema = language;

/** The pages of the public site, in the order of its menu. A page is one text per language. */
export const pageKeys = [
  'home',
  'how-it-works',
  'scalp',
  'lip',
  'vitiligo',
  'risks',
  'doctor',
  'clinic',
  'prices',
  'faq',
] as const;
export const pageKeySchema = z.enum(pageKeys);
export type PageKey = z.infer<typeof pageKeySchema>;

/**
 * Where a version of a text stands. `published` is what visitors see. Whether a clinician has reviewed it is a fact of
 * its own (`reviewedBy`), because a clinic may have to publish a text that still says it is unreviewed.
 */
const textStateSchema = z.enum(['draft', 'reviewed', 'published', 'retired']);
export type TextState = z.infer<typeof textStateSchema>;

export const textInputSchema = z.object({
  pageKey: pageKeySchema,
  language: languageSchema,
  title: z.string().trim().min(1, 'Give the page a title.').max(120, 'Keep the title under 120 characters.'),
  description: z
    .string()
    .trim()
    .min(1, 'Describe the page in a sentence; search engines show it.')
    .max(300, 'Keep the description under 300 characters.'),
  body: z.string().min(1, 'The text is empty.').max(60_000, 'Keep the text under 60,000 characters.'),
});
export type TextInput = z.infer<typeof textInputSchema>;

/** One version of one page in one language. `basedOnVersion` is the English version a translation was made from. */
export interface TextVersion extends TextInput {
  version: number;
  state: TextState;
  basedOnVersion: number | null;
  reviewedBy: string | null;
  reviewedAt: string | null;
  publishedAt: string | null;
}

/** What a preview picture shows. */
export const previewShownSchema = z.object({
  treatment: z.enum(['scalp', 'lip', 'vitiligo']),
  state: z.enum(['day0', 'week6', 'month12']),
  range: z.enum(['light', 'expected', 'dark']),
});
export type PreviewShown = z.infer<typeof previewShownSchema>;
