import type { Actor } from '../staff/schema.ts';
import type { PhotoRefusal } from './schema.ts';

export function by(actor: Actor) {
  return { tenantId: actor.tenantId, actor: { kind: 'staff' as const, id: actor.staffId } };
}

export const notAllowed: PhotoRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
export const notFound: PhotoRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such photograph.',
};
