import { recordAudit } from '../audit/commands.ts';
import { selectPasskeys } from './passkey-store.ts';
import { hashPassword, isPassword, newPasswordFault } from './passwords.ts';
import { notFound } from './refusals.ts';
import type { Actor, StaffRefusal } from './schema.ts';
import { revokeSessions } from './session-store.ts';
import type { StaffServices } from './sessions.ts';
import { selectStaff, updateStaff } from './store.ts';

/** What a member's own account page shows. */
export interface OwnAccount {
  readonly name: string;
  readonly email: string;
  /** Whether a code is asked for at sign-in. */
  readonly hasCode: boolean;
  /** A code or a passkey. */
  readonly hasSecondStep: boolean;
}

/** The actor's own account; undefined when it was removed meanwhile. */
export async function ownAccount(services: StaffServices, actor: Actor): Promise<OwnAccount | undefined> {
  const [member, passkeys] = await Promise.all([
    selectStaff(services.db, actor.tenantId, actor.staffId),
    selectPasskeys(services.db, actor.tenantId, actor.staffId),
  ]);
  if (member === undefined) return undefined;
  const hasCode = member.totp_confirmed_at !== null;
  return { name: member.name, email: member.email, hasCode, hasSecondStep: hasCode || passkeys.length > 0 };
}

/** Changes the actor's own password and ends all other sessions. */
export async function changePassword(
  services: StaffServices,
  actor: Actor,
  current: string,
  next: string,
): Promise<{ ok: true } | StaffRefusal> {
  const member = await selectStaff(services.db, actor.tenantId, actor.staffId);
  if (member === undefined) return notFound;
  if (!(await isPassword(current, member.password_hash))) return passwordWrong;
  const fault = await newPasswordFault(next, [member.name, member.email]);
  if (fault !== undefined) return { ok: false, reason: 'password-weak', message: fault, field: 'next' };
  const password_hash = await hashPassword(next);
  const at = services.clock.now();
  await services.db.transaction().execute(async (trx) => {
    await updateStaff(trx, actor.tenantId, actor.staffId, { password_hash, password_changed_at: at });
    await revokeSessions(trx, actor.tenantId, actor.staffId, { allBut: actor.sessionId }, at);
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'staff.password-changed',
      subject: { kind: 'staff', id: actor.staffId },
      change: { after: { by: 'self' } },
    });
  });
  return { ok: true };
}

const passwordWrong: StaffRefusal = {
  ok: false,
  reason: 'password-wrong',
  message: 'The present password is not right.',
  field: 'current',
};
