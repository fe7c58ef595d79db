import type { z } from 'zod';
import type { FollowUpRefusal } from './schema.ts';

export const notAllowed: FollowUpRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};

export const notFound: FollowUpRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such entry any more. Please look again.',
};

export function badForm(error: z.ZodError): FollowUpRefusal {
  const issue = error.issues[0];
  return {
    ok: false,
    reason: 'bad-form',
    message: issue?.message ?? 'Not usable.',
    field: issue?.path.join('.') ?? '',
  };
}
