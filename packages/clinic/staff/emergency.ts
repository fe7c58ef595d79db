/*
 * Access in an emergency ("breaking the glass"): a member whose role does not open a record says why and gets the next
 * role's rights in this session, for a short time. The start is in the audit chain with the reason's hash, so is everything
 * done meanwhile, and the owner sees both in the log. The words themselves lie where an erasure reaches them.
 *
 *   breakGlass(services, actor, reason)     { ok: true, until, role }
 *   endEmergency(services, actor)
 */
import { recordAudit } from '../audit/commands.ts';
import { insertReason } from './emergency-store.ts';
import { emergencyMinutes, emergencyRole } from './rules.ts';
import type { Actor, Role, StaffRefusal } from './schema.ts';
import { setEmergency } from './session-store.ts';
import type { StaffServices } from './sessions.ts';

export async function breakGlass(
  services: StaffServices,
  actor: Actor,
  reason: string,
): Promise<{ ok: true; until: Date; role: Role } | StaffRefusal> {
  const why = reason.trim();
  const length = Array.from(why).length;
  if (length < 10 || length > 500) return reasonNeeded;
  const role = actor.emergencyUntil === undefined ? emergencyRole(actor.role) : undefined;
  if (role === undefined) return nothingHigher;
  const at = services.clock.now();
  const until = new Date(at.getTime() + emergencyMinutes * 60_000);
  await services.db.transaction().execute(async (trx) => {
    const { staffId, tenantId, sessionId } = actor;
    const kept = await insertReason(trx, tenantId, { staffId, from: at, until, reason: why });
    await setEmergency(trx, tenantId, sessionId, { until, reason: kept.reasonId });
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'staff.glass-broken',
      subject: { kind: 'staff', id: actor.staffId },
      change: { before: { role: actor.role }, after: { role, until: until.toISOString(), ...kept } },
    });
  });
  return { ok: true, until, role };
}

/** Gives the rights back before their time. */
export async function endEmergency(services: StaffServices, actor: Actor): Promise<void> {
  if (actor.emergencyUntil === undefined) return;
  await services.db.transaction().execute(async (trx) => {
    await setEmergency(trx, actor.tenantId, actor.sessionId, null);
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'staff.emergency-ended',
      subject: { kind: 'staff', id: actor.staffId },
    });
  });
}

const reasonNeeded: StaffRefusal = {
  ok: false,
  reason: 'bad-form',
  message: 'Say in a sentence why it cannot wait (10 to 500 characters), without a patient’s name.',
  field: 'reason',
};
const nothingHigher: StaffRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role opens every record already, or the emergency is open.',
};
