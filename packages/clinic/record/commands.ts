/*
 * Patients. Every function asks what the actor's role allows and leaves an entry in the audit chain, reading included.
 *
 *   createPatient(services, actor, form)        { ok: true, patient }
 *   getPatient(services, actor, id)             { ok: true, patient }; opening a record is an entry
 *   findPatients(services, actor, text, limit?) { ok: true, patients }; the newest for an empty text
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { type Patient, type PatientForm, patientForm, type RecordRefusal } from './schema.ts';
import { insertPatient, selectPatient, selectPatientsLike } from './store.ts';

type RecordServices = Pick<Services, 'db' | 'clock'>;

export async function createPatient(
  services: RecordServices,
  actor: Actor,
  form: PatientForm,
): Promise<{ ok: true; patient: Patient } | RecordRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  const parsed = patientForm.safeParse(form);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    return { ok: false, reason: 'bad-form', message: `${field}: ${issue?.message ?? 'not usable'}`, field };
  }
  const createdAt = services.clock.now();
  const patient: Patient = { ...parsed.data, tenantId: actor.tenantId, id: randomUUID(), createdAt };
  await services.db.transaction().execute(async (trx) => {
    await insertPatient(trx, patient, actor.staffId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.created',
      subject: { kind: 'patient', id: patient.id },
      change: { after: { language: patient.language, synthetic: patient.synthetic } },
    });
  });
  return { ok: true, patient };
}

export async function getPatient(
  services: RecordServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true; patient: Patient } | RecordRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  if (!isUuid(id)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const patient = await selectPatient(trx, actor.tenantId, id);
    if (patient === undefined) return notFound;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.read',
      subject: { kind: 'patient', id },
    });
    return { ok: true as const, patient };
  });
}

export async function findPatients(
  services: RecordServices,
  actor: Actor,
  text: string,
  limit = 20,
): Promise<{ ok: true; patients: readonly Patient[] } | RecordRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const patients = await selectPatientsLike(trx, actor.tenantId, text.slice(0, 200), Math.min(limit, 200));
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.searched',
      subject: { kind: 'patient', id: null },
      change: { after: { found: patients.map((patient) => patient.id) } },
    });
    return { ok: true as const, patients };
  });
}

function by(actor: Actor) {
  return { tenantId: actor.tenantId, actor: { kind: 'staff' as const, id: actor.staffId } };
}

const notAllowed: RecordRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const notFound: RecordRefusal = { ok: false, reason: 'not-found', message: 'There is no such patient.' };
