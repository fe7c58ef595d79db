/*
 * Who is at the screen? Asked again before what guards an account is changed (ASVS 5.0, 7.5.1): the password, with the code
 * where one is in force, or a passkey (passkeys.ts). A proof counts for `proofMinutes` in this session alone.
 *
 *   waysToProve(services, actor)                           { hasCode, hasPasskey }
 *   prove(services, actor, { password, code }, from)       { ok: true }
 */
import { recordAudit } from '../audit/commands.ts';
import { forgiveAttempt } from './attempt-store.ts';
import { selectPasskeys } from './passkey-store.ts';
import { isPassword } from './passwords.ts';
import { by } from './rules.ts';
import type { Actor, From, StaffRefusal, WaysToProve } from './schema.ts';
import { checkCode } from './second-factor.ts';
import { updateProof } from './session-store.ts';
import { admitAttempt, attemptKeys, type StaffServices } from './sessions.ts';
import { lockStaff, selectStaff } from './store.ts';

export async function waysToProve(services: StaffServices, actor: Actor): Promise<WaysToProve> {
  const [member, passkeys] = await Promise.all([
    selectStaff(services.db, actor.tenantId, actor.staffId),
    selectPasskeys(services.db, actor.tenantId, actor.staffId),
  ]);
  return {
    hasCode: member !== undefined && member.totp_confirmed_at !== null,
    hasPasskey: passkeys.length > 0,
  };
}

/** Tries are counted with those of signing in: whoever finds a screen unlocked gets few guesses. */
export async function prove(
  services: StaffServices,
  actor: Actor,
  given: { readonly password: string; readonly code: string },
  from: From,
): Promise<{ ok: true } | StaffRefusal> {
  const { tenantId, staffId, sessionId } = actor;
  const known = await selectStaff(services.db, tenantId, staffId);
  if (known === undefined || known.disabled_at !== null) return passwordWrong;
  const keys = attemptKeys(services, known.email, from, true);
  const tooMany = await admitAttempt(services, tenantId, keys);
  if (tooMany !== undefined) return tooMany;
  const isRight = given.password.length <= 1024 && (await isPassword(given.password, known.password_hash));
  return services.db.transaction().execute(async (trx): Promise<{ ok: true } | StaffRefusal> => {
    const subject = { kind: 'staff', id: staffId } as const;
    const refuse = async (refusal: StaffRefusal) => {
      const step = refusal.field === 'code' ? 'code' : 'password';
      const change = { after: { step } };
      await recordAudit(services, trx, { ...by(actor), action: 'staff.proof-refused', subject, change });
      return refusal;
    };
    const member = await lockStaff(trx, tenantId, staffId);
    if (member === undefined || !isRight) return refuse(passwordWrong);
    const needsCode = member.totp_confirmed_at !== null;
    if (needsCode && !(await checkCode(services, trx, member, given.code.trim().slice(0, 40))))
      return refuse(codeRefused);
    await forgiveAttempt(trx, tenantId, keys);
    const proved_at = services.clock.now();
    await updateProof(trx, tenantId, sessionId, {
      proved_at,
      ...(needsCode && { method: 'password+code' }),
    });
    await recordAudit(services, trx, { ...by(actor), action: 'staff.proved', subject });
    return { ok: true };
  });
}

const passwordWrong: StaffRefusal = {
  ok: false,
  reason: 'password-wrong',
  message: 'The password is not right.',
  field: 'password',
};
const codeRefused: StaffRefusal = {
  ok: false,
  reason: 'code-refused',
  message: 'The code is not right, or was used before; wait for the next one.',
  field: 'code',
};
