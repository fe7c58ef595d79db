import type { PhotoRefusal } from './schema.ts';

export { by } from '../staff/rules.ts';

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
