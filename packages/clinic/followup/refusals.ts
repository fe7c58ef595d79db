import type { FollowUpRefusal } from './schema.ts';

export { badForm } from '../platform/refusals.ts';

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
