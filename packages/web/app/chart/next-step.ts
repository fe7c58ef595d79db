import { can } from '@undertone/clinic/staff/rules.ts';
import type { Role } from '@undertone/clinic/staff/schema.ts';
import type { Locale } from '../locales/index.ts';
import { chartWords } from './words.ts';

export interface NextStep {
  readonly to: string;
  readonly label: string;
}

/** The one act that brings this patient further, if this role may do it. */
export function nextStepOf(role: Role, locale: Locale): NextStep | undefined {
  return can(role, 'plan.write') ? { to: '/studio', label: chartWords[locale].makePlan } : undefined;
}
