import type { z } from 'zod';

/**
 * The first thing wrong with a form: what in the message, where in the field.
 * @param named the field, where what was parsed is one value of a form and not the whole
 */
export function badForm(error: z.ZodError, named?: string) {
  const issue = error.issues[0];
  const field = named ?? issue?.path.join('.') ?? '';
  return { ok: false, reason: 'bad-form', message: issue?.message ?? 'This cannot be used.', field } as const;
}
