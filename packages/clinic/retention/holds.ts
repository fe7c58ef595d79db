/** Legal holds and the clinic's own periods: both are the owner's. */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { asTenant } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import { isUuid } from '../platform/uuid.ts';
import { patientFacts } from '../record/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { basisToKeep } from './legal-bases.ts';
import { alreadyHeld, merged, notAllowed, notFound } from './refusals.ts';
import { audit, type RetentionServices } from './requests.ts';
import {
  type RetentionRefusal,
  type RetentionRule,
  type RetentionRuleForm,
  reasonText,
  retentionRuleForm,
} from './schema.ts';
import { insertHold, liftHold, selectSchedule, upsertRule } from './store.ts';

/** From now on nothing of the patient is erased, whoever asks. */
export async function setLegalHold(
  services: RetentionServices,
  actor: Actor,
  patientId: string,
  reason: string,
): Promise<{ ok: true } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  const words = reasonText.safeParse(reason);
  if (!words.success) return badForm(words.error, 'reason');
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const facts = await patientFacts(services, trx, actor.tenantId, patientId);
    if (facts === undefined) return notFound;
    if (facts.patient.mergedInto !== null) return merged;
    const id = randomUUID();
    const written = await insertHold(trx, {
      tenant_id: actor.tenantId,
      id,
      patient_id: patientId,
      reason: words.data,
      set_at: services.clock.now(),
      set_by: actor.staffId,
    });
    if (!written) return alreadyHeld;
    await audit(services, trx, actor, 'hold.set', patientId, { holdId: id });
    return { ok: true as const };
  });
}

export async function liftLegalHold(
  services: RetentionServices,
  actor: Actor,
  holdId: string,
  reason: string,
): Promise<{ ok: true } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  if (!isUuid(holdId)) return notFound;
  const words = reasonText.safeParse(reason);
  if (!words.success) return badForm(words.error, 'reason');
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const patientId = await liftHold(trx, actor.tenantId, holdId, {
      at: services.clock.now(),
      by: actor.staffId,
      reason: words.data,
    });
    if (patientId === undefined) return notFound;
    await audit(services, trx, actor, 'hold.lifted', patientId, { holdId });
    return { ok: true as const };
  });
}

export async function readSchedule(
  services: RetentionServices,
  actor: Actor,
): Promise<{ ok: true; schedule: readonly RetentionRule[] } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  return {
    ok: true,
    schedule: await asTenant(services.db, actor.tenantId, (trx) => selectSchedule(trx, actor.tenantId)),
  };
}

export async function saveRetentionRule(
  services: RetentionServices,
  actor: Actor,
  form: RetentionRuleForm,
): Promise<{ ok: true } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  const parsed = retentionRuleForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const rule = { ...parsed.data, source: basisToKeep(parsed.data.kind, parsed.data.source) };
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const before = (await selectSchedule(trx, actor.tenantId)).find(({ kind }) => kind === rule.kind);
    await upsertRule(trx, actor.tenantId, rule, { at: services.clock.now(), staffId: actor.staffId });
    const told = (one: Omit<RetentionRule, 'from' | 'source'>) => ({
      kind: one.kind,
      lawMonths: one.lawMonths,
      keepMonths: one.keepMonths,
      review: one.review,
      erasesByItself: one.erasesByItself,
    });
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'retention.changed',
      subject: { kind: 'tenant', id: actor.tenantId },
      change: { ...(before !== undefined && { before: told(before) }), after: told(rule) },
    });
    return { ok: true as const };
  });
}
