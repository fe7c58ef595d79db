import { adultYears, ageOn } from '@undertone/clinic/record/rules.ts';
import type { PatientRecord } from '@undertone/clinic/record/schema.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import type { Locale } from '../locales/index.ts';
import { chartWords } from './words.ts';

export interface NextStep {
  readonly to: string;
  readonly label: string;
}

/** The one act that brings this patient further, if this role may do it. */
export async function nextStepFor(
  _clinic: Clinic,
  actor: Actor,
  locale: Locale,
  { patient }: PatientRecord,
  today: string,
): Promise<NextStep | undefined> {
  if (patient.mergedInto !== null) return undefined;
  const age = ageOn(today, patient);
  if (
    can(actor.role, 'patient.write') &&
    age !== undefined &&
    age.years < adultYears &&
    patient.guardian === null
  )
    return { to: `/desk/patients/${patient.id}/record`, label: chartWords[locale].addGuardian };
  return can(actor.role, 'plan.write') ? { to: '/studio', label: chartWords[locale].makePlan } : undefined;
}
