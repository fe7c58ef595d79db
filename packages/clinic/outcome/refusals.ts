import type { OutcomeRefusal } from './schema.ts';

export { by } from '../staff/rules.ts';

export const notAllowed: OutcomeRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
export const notFound: OutcomeRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such result.',
};
export const noSuchPatient: OutcomeRefusal = {
  ok: false,
  reason: 'no-such-patient',
  message: 'There is no such patient.',
  field: 'patientId',
};
