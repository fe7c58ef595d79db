/*
 * What is noted about a patient's health, and what they agreed to be sent. Nothing is deleted: an entry ends, a consent
 * is withdrawn.
 *
 *   noteHealth(services, actor, patientId, form)                { ok: true, id }
 *   endHealth(services, actor, patientId, entryId)              { ok: true }
 *   setContactConsent(services, actor, patientId, consent)      { ok: true }; `given: false` withdraws
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import { isUuid } from '../platform/uuid.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { mergedAway, notAllowed, notFound, type RecordServices } from './commands.ts';
import {
  contactChannels,
  contactPurposes,
  type HealthEntryForm,
  healthEntryForm,
  type Patient,
  type RecordRefusal,
} from './schema.ts';
import {
  endHealthEntry,
  insertContactConsent,
  insertHealthEntry,
  lockPatient,
  withdrawContactConsent,
} from './store.ts';

export async function noteHealth(
  services: RecordServices,
  actor: Actor,
  patientId: string,
  form: HealthEntryForm,
): Promise<{ ok: true; id: string } | RecordRefusal> {
  const parsed = healthEntryForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { kind, flag, note } = parsed.data;
  return onPatient(services, actor, patientId, async (trx, patient) => {
    const id = randomUUID();
    await insertHealthEntry(trx, {
      tenant_id: actor.tenantId,
      id,
      patient_id: patient.id,
      kind,
      flag,
      note,
      source: 'desk',
      noted_at: services.clock.now(),
      noted_by: actor.staffId,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.health-noted',
      subject: { kind: 'patient', id: patient.id },
      change: { after: { entryId: id, kind, flag } },
    });
    return { ok: true as const, id };
  });
}

export function endHealth(
  services: RecordServices,
  actor: Actor,
  patientId: string,
  entryId: string,
): Promise<{ ok: true } | RecordRefusal> {
  return onPatient(services, actor, patientId, async (trx, patient) => {
    const ended = { at: services.clock.now(), by: actor.staffId };
    if (!isUuid(entryId) || !(await endHealthEntry(trx, actor.tenantId, patient.id, entryId, ended))) {
      return { ...notFound, message: 'There is no such entry that still holds.', field: 'entryId' };
    }
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.health-ended',
      subject: { kind: 'patient', id: patient.id },
      change: { after: { entryId } },
    });
    return { ok: true as const };
  });
}

const consentForm = z.object({
  channel: z.enum(contactChannels),
  purpose: z.enum(contactPurposes),
  given: z.boolean(),
});

export async function setContactConsent(
  services: RecordServices,
  actor: Actor,
  patientId: string,
  form: z.input<typeof consentForm>,
): Promise<{ ok: true } | RecordRefusal> {
  const parsed = consentForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { channel, purpose, given } = parsed.data;
  return onPatient(services, actor, patientId, async (trx, patient) => {
    const consent = { tenant_id: actor.tenantId, patient_id: patient.id, channel, purpose };
    const at = services.clock.now();
    const isNew = given
      ? await insertContactConsent(trx, { ...consent, id: randomUUID(), given_at: at, given_via: 'desk' })
      : await withdrawContactConsent(trx, consent, at);
    if (isNew) {
      await recordAudit(services, trx, {
        ...by(actor),
        action: given ? 'patient.contact-allowed' : 'patient.contact-withdrawn',
        subject: { kind: 'patient', id: patient.id },
        change: { after: { channel, purpose } },
      });
    }
    return { ok: true as const };
  });
}

/** Does something to a patient who is there and whom this role may change. */
async function onPatient<T>(
  services: RecordServices,
  actor: Actor,
  patientId: string,
  act: (trx: Trx, patient: Patient) => Promise<T>,
): Promise<T | RecordRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const patient = await lockPatient(trx, actor.tenantId, patientId);
    if (patient === undefined) return notFound;
    if (patient.mergedInto !== null) return mergedAway;
    return act(trx, patient);
  });
}
