import type { SessionRefusal } from './schema.ts';

export { badForm } from '../platform/refusals.ts';
export { by } from '../staff/rules.ts';

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
