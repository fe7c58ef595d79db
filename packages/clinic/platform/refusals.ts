import type { z } from 'zod';

/**
 * Whether the database refused a text because it holds U+0000, as a text (22021) or within JSON (22P05; PostgreSQL
 * documentation, appendix A). It holds none itself: what it refuses so came with a request.
 */
export const isUnstorableText = (error: unknown): boolean =>
  ['22021', '22P05'].includes((error as { readonly code?: string } | null)?.code ?? '');

/**
 * The first thing wrong with a form: what in the message, where in the field.
 * @param named the field, where what was parsed is one value of a form and not the whole
 */
export function badForm(error: z.ZodError, named?: string) {
  const issue = error.issues[0];
  const field = named ?? issue?.path.join('.') ?? '';
  return { ok: false, reason: 'bad-form', message: issue?.message ?? 'This cannot be used.', field } as const;
}
