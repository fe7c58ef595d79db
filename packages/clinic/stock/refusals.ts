import type { z } from 'zod';
import type { Actor } from '../staff/schema.ts';
import type { StockRefusal } from './rules.ts';

/** Who acted, as the audit chain names them. */
export function by(actor: Actor) {
  return { tenantId: actor.tenantId, actor: { kind: 'staff' as const, id: actor.staffId } };
}

export const notAllowed: StockRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
export const noSuchItem: StockRefusal = {
  ok: false,
  reason: 'no-such-item',
  message: 'There is no such item.',
  field: 'itemId',
};
export const noSuchLot: StockRefusal = {
  ok: false,
  reason: 'no-such-lot',
  message: 'There is no such lot.',
  field: 'lotId',
};

/** The first thing wrong with a form, at its field. */
export function badForm(error: z.ZodError): StockRefusal {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return { ok: false, reason: 'bad-form', message: issue?.message ?? 'This cannot be used.', field };
}

export function needsReason(message: string): StockRefusal {
  return { ok: false, reason: 'needs-reason', message, field: 'reason' };
}
