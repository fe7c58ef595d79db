import type { z } from 'zod';
import type { Actor } from '../staff/schema.ts';
import type { SessionRefusal } from './schema.ts';

/** Who acted, as the audit chain names them. */
export function by(actor: Actor) {
  return { tenantId: actor.tenantId, actor: { kind: 'staff' as const, id: actor.staffId } };
}

export const notAllowed: SessionRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
export const noSuchSession: SessionRefusal = {
  ok: false,
  reason: 'no-such-session',
  message: 'There is no such session.',
  field: 'sessionId',
};
export const noSuchPatient: SessionRefusal = {
  ok: false,
  reason: 'no-such-patient',
  message: 'There is no such patient.',
  field: 'patientId',
};

/** The first thing wrong with a form, at its field. */
export function badForm(error: z.ZodError): SessionRefusal {
  const issue = error.issues[0];
  return {
    ok: false,
    reason: 'bad-form',
    message: issue?.message ?? 'This cannot be used.',
    field: issue?.path.join('.') ?? '',
  };
}
