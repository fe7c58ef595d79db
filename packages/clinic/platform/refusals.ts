import type { z } from 'zod';

/** The first thing wrong with a form: what in the message, where in the field. */
export function badForm(error: z.ZodError) {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return { ok: false, reason: 'bad-form', message: issue?.message ?? 'This cannot be used.', field } as const;
}
