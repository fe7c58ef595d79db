/** Under 18 or not: the record's birth date, else what was answered at gate G26. */
import type { Treatment } from '../candidacy/rules.ts';
import type { Answers } from '../candidacy/schema.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { patientFacts } from '../record/commands.ts';
import { adultYears } from '../record/rules.ts';
import { dayReader } from './course.ts';
import { answersOf } from './person.ts';

/**
 * The answers with G26 as the record has it: a birth date there outweighs what was ticked. Without one, and without
 * answers at all, nothing changes.
 */
export async function withRecordedAge(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  patientId: string,
  answers: Answers | undefined,
): Promise<Answers | undefined> {
  const facts = await patientFacts(services, trx, tenantId, patientId);
  const birthDate = facts?.patient.birthDate ?? null;
  if (answers === undefined || facts?.age === undefined || birthDate === null) return answers;
  return {
    ...answers,
    G26: facts.age.years < adultYears ? { choice: 'under-18', date: birthDate } : { choice: 'no' },
  };
}

/** Undefined when neither the record nor the answers say. */
export async function isMinor(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  patientId: string,
  treatment: Treatment,
): Promise<boolean | undefined> {
  const facts = await patientFacts(services, trx, tenantId, patientId);
  if (facts?.age !== undefined) return facts.age.years < adultYears;
  const today = (await dayReader(trx, tenantId))(services.clock.now());
  const told = (await answersOf(trx, { tenantId, patientId, treatment }, today))?.answers.G26;
  if (told?.choice === 'no') return false;
  return told?.choice === 'under-18' ? true : undefined;
}
