import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { noteOwn } from './own-entry.ts';
import { totpStep } from './rules.ts';
import type { Actor, StaffRefusal } from './schema.ts';
import { updateProof } from './session-store.ts';
import { proofFault, type StaffServices } from './sessions.ts';
import {
  lockStaff,
  replaceRecoveryCodes,
  type StaffTable,
  updateStaff,
  useRecoveryCode,
  useTotpStep,
} from './store.ts';
import { hashToken, newRecoveryCode, normalRecoveryCode } from './tokens.ts';

// RFC 6238 as every authenticator application reads it: SHA-1, 6 digits, 30 seconds; RFC 4226 asks for 160 bits of secret.
const secretBytes = 20;
const recoveryCodeCount = 10;

/**
 * Starts a time-based code for the actor, who proved lately who she is: a new secret, not yet in force. Show `uri` as a
 * QR code and `secret` as text.
 * Undefined fields never leave the server again.
 */
export async function beginTotp(
  services: StaffServices,
  actor: Actor,
): Promise<{ ok: true; secret: string; uri: string } | StaffRefusal> {
  const fault = await proofFault(services, actor);
  if (fault !== undefined) return fault;
  const secret = new Secret({ buffer: new Uint8Array(randomBytes(secretBytes)).buffer });
  return services.db
    .transaction()
    .execute(async (trx): Promise<{ ok: true; secret: string; uri: string } | StaffRefusal> => {
      const member = await lockStaff(trx, actor.tenantId, actor.staffId);
      if (member === undefined) return notFound;
      if (member.totp_confirmed_at !== null) {
        return { ok: false, reason: 'not-allowed', message: 'A code is in force; remove it first.' };
      }
      const sealed = services.keys.seal('totp', member.id, secret.bytes);
      await updateStaff(trx, actor.tenantId, actor.staffId, { totp_sealed: sealed });
      return { ok: true, secret: secret.base32, uri: totpOf(secret, member.email).toString() };
    });
}

/**
 * The first right code puts it in force and gives ten recovery codes, shown this once. Who she is was proved at the start;
 * the session has then seen a second step.
 */
export function confirmTotp(
  services: StaffServices,
  actor: Actor,
  code: string,
): Promise<{ ok: true; recoveryCodes: readonly string[] } | StaffRefusal> {
  return services.db
    .transaction()
    .execute(async (trx): Promise<{ ok: true; recoveryCodes: readonly string[] } | StaffRefusal> => {
      const member = await lockStaff(trx, actor.tenantId, actor.staffId);
      if (member === undefined || member.totp_sealed === null || member.totp_confirmed_at !== null)
        return notFound;
      if (!(await isTotp(services, trx, member, code))) return codeRefused;
      await updateStaff(trx, actor.tenantId, actor.staffId, { totp_confirmed_at: services.clock.now() });
      const recoveryCodes = await writeRecoveryCodes(trx, actor);
      await updateProof(trx, actor.tenantId, actor.sessionId, { method: 'password+code' });
      await noteOwn(services, trx, actor, 'staff.code-enrolled');
      return { ok: true, recoveryCodes };
    });
}

/** Ten new recovery codes for the code in force; the old ones end. The actor proved lately who she is. */
export async function renewRecoveryCodes(
  services: StaffServices,
  actor: Actor,
): Promise<{ ok: true; recoveryCodes: readonly string[] } | StaffRefusal> {
  const fault = await proofFault(services, actor);
  if (fault !== undefined) return fault;
  return services.db
    .transaction()
    .execute(async (trx): Promise<{ ok: true; recoveryCodes: readonly string[] } | StaffRefusal> => {
      const member = await lockStaff(trx, actor.tenantId, actor.staffId);
      if (member === undefined || member.totp_confirmed_at === null) return notFound;
      const recoveryCodes = await writeRecoveryCodes(trx, actor);
      await noteOwn(services, trx, actor, 'staff.recovery-codes-renewed');
      return { ok: true, recoveryCodes };
    });
}

/** Takes the code and its recovery codes out of force. The actor proved lately who she is. */
export async function removeTotp(
  services: StaffServices,
  actor: Actor,
): Promise<{ ok: true } | StaffRefusal> {
  const fault = await proofFault(services, actor);
  if (fault !== undefined) return fault;
  await services.db.transaction().execute(async (trx) => {
    await updateStaff(trx, actor.tenantId, actor.staffId, { totp_sealed: null, totp_confirmed_at: null });
    await replaceRecoveryCodes(trx, actor.tenantId, actor.staffId, []);
    await noteOwn(services, trx, actor, 'staff.code-removed');
  });
  return { ok: true };
}

/** Whether the code is the authenticator's present one (one step of drift either way) or an unused recovery code; uses it up. */
export async function checkCode(
  services: StaffServices,
  trx: Trx,
  member: StaffTable,
  code: string,
): Promise<boolean> {
  if (/^\d{6}$/.test(code.replaceAll(/\s/g, ''))) return isTotp(services, trx, member, code);
  const hash = hashToken(normalRecoveryCode(code));
  return useRecoveryCode(trx, member.tenant_id, member.id, hash, services.clock.now());
}

async function isTotp(
  services: Pick<Services, 'keys' | 'clock'>,
  trx: Trx,
  member: StaffTable,
  code: string,
): Promise<boolean> {
  if (member.totp_sealed === null) return false;
  const bytes = services.keys.open('totp', member.id, member.totp_sealed);
  const secret = new Secret({ buffer: new Uint8Array(bytes).buffer });
  const at = services.clock.now();
  const delta = totpOf(secret, member.email).validate({
    token: code.replaceAll(/\s/g, ''),
    timestamp: at.getTime(),
    window: 1,
  });
  if (delta === null) return false;
  return useTotpStep(trx, member.tenant_id, member.id, totpStep(at) + delta);
}

function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: 'Undertone', label, secret, algorithm: 'SHA1', digits: 6, period: 30 });
}

async function writeRecoveryCodes(trx: Trx, actor: Actor): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
  const hashes = codes.map((code) => hashToken(normalRecoveryCode(code)));
  await replaceRecoveryCodes(trx, actor.tenantId, actor.staffId, hashes);
  return codes;
}

const notFound: StaffRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no code to confirm; start again.',
};
const codeRefused: StaffRefusal = {
  ok: false,
  reason: 'code-refused',
  message: 'The code is not right, or was used before; wait for the next one. Check the clock of the phone.',
  field: 'code',
};
