import { recordAudit } from '../audit/commands.ts';
import { badForm } from '../platform/refusals.ts';
import { forgiveAttempt, isKnownAddress } from './attempt-store.ts';
import { isPassword } from './passwords.ts';
import { type From, type OpenedSession, type SignInForm, type StaffRefusal, signInForm } from './schema.ts';
import { checkCode } from './second-factor.ts';
import { countCodeFailure, revokeSessions, selectOpenSession } from './session-store.ts';
import {
  addressHash,
  admitAttempt,
  attemptKeys,
  idleSince,
  openSession,
  type StaffServices,
} from './sessions.ts';
import { lockStaff, selectStaffByEmail } from './store.ts';
import { readToken } from './tokens.ts';

export type SignedIn =
  | { readonly ok: true; readonly next: 'done'; readonly session: OpenedSession }
  | { readonly ok: true; readonly next: 'code'; readonly ticket: string; readonly expiresAt: Date };

/**
 * Password, and the code too if it came along. Unknown e-mail, wrong password and disabled account are one refusal and
 * take the same time.
 */
export async function signIn(
  services: StaffServices,
  tenantId: string,
  form: SignInForm,
  from: From,
): Promise<SignedIn | StaffRefusal> {
  const parsed = signInForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { email, password, code } = parsed.data;
  const member = await selectStaffByEmail(services.db, tenantId, email);
  const isKnown =
    member !== undefined &&
    (await isKnownAddress(services.db, tenantId, member.id, addressHash(services, from)));
  const keys = attemptKeys(services, email, from, isKnown);
  const tooMany = await admitAttempt(services, tenantId, keys);
  if (tooMany !== undefined) return tooMany;
  const usable = member?.disabled_at === null ? member : undefined;
  const isRight = await isPassword(password, usable?.password_hash ?? null);
  if (usable === undefined || !isRight) {
    await noteRefusal(services, tenantId, member?.id ?? null, 'password');
    return { ok: false, reason: 'sign-in-refused', message: 'E-mail or password is not right.' };
  }
  if (usable.totp_confirmed_at !== null) {
    // The attempt stays counted until the code is right too: whoever has the password alone gets few guesses.
    const ticket = await services.db
      .transaction()
      .execute((trx) => openSession(services, trx, usable, from, 'password', 'awaiting-code'));
    if (code !== undefined && code !== '') return signInWithCode(services, ticket.token, code, from);
    return { ok: true, next: 'code', ticket: ticket.token, expiresAt: ticket.expiresAt };
  }
  const session = await services.db.transaction().execute(async (trx) => {
    await forgiveAttempt(trx, tenantId, keys);
    return openSession(services, trx, usable, from, 'password');
  });
  return { ok: true, next: 'done', session };
}

/** The second step: six digits of the authenticator, or a recovery code. Five wrong ones end the ticket. */
export async function signInWithCode(
  services: StaffServices,
  ticket: string,
  code: string,
  from: From,
): Promise<SignedIn | StaffRefusal> {
  const key = readToken(ticket);
  if (key === undefined) return ticketExpired;
  const at = services.clock.now();
  return services.db.transaction().execute(async (trx): Promise<SignedIn | StaffRefusal> => {
    const open = await selectOpenSession(trx, key, 'awaiting-code', at, idleSince(services, at));
    const member = open && (await lockStaff(trx, key.tenantId, open.staff_id));
    if (open === undefined || member === undefined) return ticketExpired;
    if (await checkCode(services, trx, member, code)) {
      await revokeSessions(trx, key.tenantId, member.id, { only: open.id }, at);
      await forgiveAttempt(trx, key.tenantId, attemptKeys(services, member.email, from, false));
      return {
        ok: true,
        next: 'done',
        session: await openSession(services, trx, member, from, 'password+code'),
      };
    }
    const failures = await countCodeFailure(trx, key.tenantId, open.id);
    if (failures >= 5) await revokeSessions(trx, key.tenantId, member.id, { only: open.id }, at);
    await recordAudit(services, trx, refusalAct(key.tenantId, member.id, 'code'));
    return failures >= 5
      ? { ...ticketExpired, message: 'Too many wrong codes; sign in again.' }
      : {
          ok: false,
          reason: 'code-refused',
          message: 'The code is not right, or was used before.',
          field: 'code',
        };
  });
}

async function noteRefusal(
  services: StaffServices,
  tenantId: string,
  staffId: string | null,
  at: 'password' | 'code',
) {
  await services.db
    .transaction()
    .execute((trx) => recordAudit(services, trx, refusalAct(tenantId, staffId, at)));
}

function refusalAct(tenantId: string, staffId: string | null, step: 'password' | 'code') {
  return {
    tenantId,
    actor: { kind: 'visitor', id: null },
    action: 'staff.sign-in-refused',
    subject: { kind: 'staff', id: staffId },
    change: { after: { step } },
  } as const;
}

const ticketExpired: StaffRefusal = {
  ok: false,
  reason: 'ticket-expired',
  message: 'The sign-in took too long; start again.',
};
