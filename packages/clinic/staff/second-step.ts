/*
 * Of whom the clinic requires a second step at sign-in, and the way back for a member who lost hers.
 *
 *   readSecondStepRule(services, actor)                   { ok: true, rule: { roles, graceDays } }   (staff.manage)
 *   setSecondStepRule(services, actor, form)              { ok: true }   (staff.manage, proved lately)
 *   startSecondStepRule(services, trx, tenantId)          with the transaction that opens a clinic
 *   takeSecondStepOff(services, actor, staffId)           { ok: true }   (staff.manage, proved lately)
 *
 * Nobody is locked out by the rule: after the grace sign-in leads to the page where a second step is set up, an owner takes
 * off what a member lost, and `undertone recover-owner` what an owner lost.
 */
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import { isUuid } from '../platform/uuid.ts';
import { deletePasskeys } from './passkey-store.ts';
import { notAllowed, notFound } from './refusals.ts';
import { by, can } from './rules.ts';
import { type Actor, role, type SecondStepForm, type StaffRefusal, secondStepForm } from './schema.ts';
import { replaceSecondStepRoles, selectSecondStepRoles } from './second-step-store.ts';
import { revokeSessions } from './session-store.ts';
import { proofFault, type StaffServices } from './sessions.ts';
import { lockOwners, lockStaff, replaceRecoveryCodes, updateStaff } from './store.ts';

/** Why the actor may not change members' accounts now: her role, or a proof too long ago. */
export async function managerFault(
  services: Pick<StaffServices, 'db' | 'clock'>,
  actor: Actor,
): Promise<StaffRefusal | undefined> {
  return can(actor.role, 'staff.manage') ? proofFault(services, actor) : notAllowed;
}

export async function readSecondStepRule(
  services: Pick<StaffServices, 'db'>,
  actor: Actor,
): Promise<{ ok: true; rule: SecondStepForm } | StaffRefusal> {
  if (!can(actor.role, 'staff.manage')) return notAllowed;
  return { ok: true, rule: ruleOf(await selectSecondStepRoles(services.db, actor.tenantId)) };
}

/**
 * What a clinic starts with: who can read records signs in with a second step, within the usual days of grace after joining.
 * The owner may choose otherwise.
 */
export async function startSecondStepRule(
  services: Pick<StaffServices, 'clock'>,
  trx: Trx,
  tenantId: string,
): Promise<void> {
  const since = services.clock.now();
  const readers = role.options.filter((one) => can(one, 'patient.read'));
  await replaceSecondStepRoles(
    trx,
    tenantId,
    readers.map((one) => ({
      tenant_id: tenantId,
      role: one,
      required_since: since,
      grace_days: usualGraceDays,
    })),
  );
}

/** A role named before keeps the day it was first named; the days of grace are the same for all. */
export async function setSecondStepRule(
  services: Pick<StaffServices, 'db' | 'clock'>,
  actor: Actor,
  form: SecondStepForm,
): Promise<{ ok: true } | StaffRefusal> {
  const fault = await managerFault(services, actor);
  if (fault !== undefined) return fault;
  const parsed = secondStepForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { graceDays } = parsed.data;
  const roles = [...new Set(parsed.data.roles)].toSorted();
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    // Two changes at once: the second waits for the first.
    await lockOwners(trx, tenantId);
    const before = await selectSecondStepRoles(trx, tenantId);
    const since = new Map(before.map((row) => [row.role, row.required_since]));
    const at = services.clock.now();
    await replaceSecondStepRoles(
      trx,
      tenantId,
      roles.map((role) => ({
        tenant_id: tenantId,
        role,
        required_since: since.get(role) ?? at,
        grace_days: graceDays,
      })),
    );
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'staff.second-step-required',
      subject: { kind: 'clinic', id: tenantId },
      change: { before: ruleOf(before), after: { roles, graceDays } },
    });
    return { ok: true as const };
  });
}

/**
 * For a member who lost telephone and recovery codes: code and passkeys go, and her sessions end. Her password stays; where
 * a second step is required of her, the next sign-in leads to setting one up.
 */
export async function takeSecondStepOff(
  services: Pick<StaffServices, 'db' | 'clock'>,
  actor: Actor,
  staffId: string,
): Promise<{ ok: true } | StaffRefusal> {
  const fault = await managerFault(services, actor);
  if (fault !== undefined) return fault;
  if (!isUuid(staffId)) return notFound;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx): Promise<{ ok: true } | StaffRefusal> => {
    const member = await lockStaff(trx, tenantId, staffId);
    if (member === undefined) return notFound;
    await dropSecondStep(trx, tenantId, staffId);
    const sessions = staffId === actor.staffId ? { allBut: actor.sessionId } : 'all';
    await revokeSessions(trx, tenantId, staffId, sessions, services.clock.now());
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'staff.second-step-removed',
      subject: { kind: 'staff', id: staffId },
    });
    return { ok: true };
  });
}

/** Code, recovery codes and passkeys of a member. */
export async function dropSecondStep(trx: Trx, tenantId: string, staffId: string): Promise<void> {
  await updateStaff(trx, tenantId, staffId, { totp_sealed: null, totp_confirmed_at: null });
  await replaceRecoveryCodes(trx, tenantId, staffId, []);
  await deletePasskeys(trx, tenantId, staffId);
}

/** Days offered until an owner chooses others. */
const usualGraceDays = 14;

function ruleOf(rows: Awaited<ReturnType<typeof selectSecondStepRoles>>): SecondStepForm {
  return { roles: rows.map((row) => row.role), graceDays: rows[0]?.grace_days ?? usualGraceDays };
}
