import type { TestServices } from '../../platform/testing/database.ts';
import type { Actor } from '../../staff/schema.ts';
import { createPatient } from '../commands.ts';
import type { Patient, PatientForm } from '../schema.ts';

/** A patient made by the command, whom nothing is known of but what is given. */
export async function testPatient(
  services: TestServices,
  actor: Actor,
  form: Partial<PatientForm> = {},
): Promise<Patient> {
  const given = { name: 'Sample patient 014', language: 'en', synthetic: true, ...form } as const;
  const made = await createPatient(services, actor, given);
  if (!made.ok) throw new Error(made.message);
  return made.patient;
}
