import type { PlanningRefusal } from './rules.ts';

export { by } from '../staff/rules.ts';

export const notAllowed: PlanningRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
export const noSuchPatient: PlanningRefusal = {
  ok: false,
  reason: 'no-such-patient',
  message: 'There is no such patient.',
  field: 'patientId',
};
export const noSuchPlan: PlanningRefusal = {
  ok: false,
  reason: 'no-such-plan',
  message: 'There is no such plan.',
  field: 'planId',
};
export const otherPatient: PlanningRefusal = {
  ok: false,
  reason: 'other-patient',
  message: 'The plan belongs to another patient; begin a new plan.',
  field: 'planId',
};
