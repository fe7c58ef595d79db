/*
 * Staff: who they are, how they sign in, what they may do. The door for pages and commands:
 *
 *   createOwnerInvite(services, tenantId)            link for the first owner, printed at start
 *   createRecoveryLink(services, tenantId, email)    link for an owner who is locked out, from the machine itself
 *   createInvite(services, actor, role)              link for a new member (action staff.manage)
 *   createPasswordLink(services, actor, staffId)     link for a member who forgot the password (staff.manage)
 *   readInvite(services, token)                      what the link's page shows, before the form is sent
 *   acceptInvite(services, token, form, from)        account (or new password) and an open session
 *   signIn(services, tenantId, form, from)           'done' with a session, or 'code' with a ticket for signInWithCode
 *   signInWithCode(services, ticket, code, from)
 *   actorFrom(services, token), signOut(services, token)
 *   entrantFrom(services, token)                     as actorFrom, also for one who owes a second step first
 *   listSessions(services, actor), revokeSession(services, actor, { id } | 'others')
 *   changePassword(services, actor, current, next)
 *   listStaff, setRole, setDisabled, setBranches     (staff.manage)
 *   beginTotp, confirmTotp, removeTotp, renewRecoveryCodes                        second-factor.ts
 *   beginPasskey, finishPasskey, beginPasskeySignIn, finishPasskeySignIn,
 *   beginPasskeyProof, finishPasskeyProof, listPasskeys, removePasskey            passkeys.ts
 *   prove(services, actor, { password, code }, from), waysToProve                 proof.ts
 *   readSecondStepRule, setSecondStepRule, takeSecondStepOff                      second-step.ts
 *   can(role, action)                                                             rules.ts
 *
 * What guards an account or opens a door to the clinic (members, links, second steps, sessions, tokens) is changed only by
 * one who proved lately, in this session, who she is; else the refusal is `proof-needed` (proofFault in sessions.ts).
 *
 * `services` is the running clinic. The cookie is the web's: `__Host-…` with Secure when served by https, HttpOnly,
 * SameSite=Lax, holding the session's token. Refusals are values with `ok: false`.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { listBranches } from '../tenant/commands.ts';
import { forgiveAttempt, isKnownAddress } from './attempt-store.ts';
import { replaceStaffBranches, selectStaffBranches } from './branch-store.ts';
import { deleteUnusedInvites, insertInvite, selectInvite, useInvite } from './invite-store.ts';
import { selectPasskeyOwners } from './passkey-store.ts';
import { hashPassword, isPassword, newPasswordFault } from './passwords.ts';
import { can } from './rules.ts';
import {
  type AcceptInviteForm,
  type Actor,
  acceptInviteForm,
  type From,
  type OpenedSession,
  type Role,
  type SignInForm,
  type StaffRefusal,
  type StaffView,
  signInForm,
} from './schema.ts';
import { checkCode } from './second-factor.ts';
import { dropSecondStep, managerFault } from './second-step.ts';
import { countCodeFailure, deletePast, revokeSessions, selectOpenSession } from './session-store.ts';
import {
  addressHash,
  admitAttempt,
  attemptKeys,
  idleSince,
  openSession,
  type StaffServices,
} from './sessions.ts';
import {
  insertStaff,
  lockOwners,
  lockStaff,
  type StaffTable,
  selectAllStaff,
  selectStaff,
  selectStaffByEmail,
  updateStaff,
} from './store.ts';
import { newToken, readToken } from './tokens.ts';

export {
  beginPasskey,
  beginPasskeyProof,
  beginPasskeySignIn,
  finishPasskey,
  finishPasskeyProof,
  finishPasskeySignIn,
  listPasskeys,
  removePasskey,
} from './passkeys.ts';
export { prove, waysToProve } from './proof.ts';
export { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from './second-factor.ts';
export { readSecondStepRule, setSecondStepRule, takeSecondStepOff } from './second-step.ts';
export { actorFrom, entrantFrom, listSessions, proofFault, revokeSession, signOut } from './sessions.ts';

const inviteMs = 72 * 3_600_000;

export interface Invite {
  readonly token: string;
  /** Where the link leads; the page is the web's `/invite/:token`. */
  readonly url: string;
  readonly expiresAt: Date;
}

/** A link for the first owner. Undefined when the clinic has an owner; earlier unused links of the kind end. */
export function createOwnerInvite(services: StaffServices, tenantId: string): Promise<Invite | undefined> {
  return services.db.transaction().execute(async (trx) => {
    if ((await lockOwners(trx, tenantId)).length > 0) return undefined;
    await deleteUnusedInvites(trx, tenantId, { role: 'owner' });
    return writeInvite(services, trx, { tenantId, role: 'owner', staffId: null, createdBy: null });
  });
}

/**
 * A link with which an owner who forgot the password, and lost the second step, comes in again: for whoever may run
 * commands on the clinic's machine. The new password ends all her sessions; code and passkeys are taken off and must be set
 * up anew. @param email of an owner's account
 */
export function createRecoveryLink(
  services: StaffServices,
  tenantId: string,
  email: string,
): Promise<Invite | StaffRefusal> {
  return services.db.transaction().execute(async (trx) => {
    const found = await selectStaffByEmail(trx, tenantId, email.trim().toLowerCase());
    const member = found && (await lockStaff(trx, tenantId, found.id));
    if (member?.role !== 'owner' || member.disabled_at !== null) return notFound;
    await dropSecondStep(trx, tenantId, member.id);
    await revokeSessions(trx, tenantId, member.id, 'all', services.clock.now());
    await deleteUnusedInvites(trx, tenantId, { staffId: member.id });
    return writeInvite(services, trx, { tenantId, role: 'owner', staffId: member.id, createdBy: null });
  });
}

/** A link with which a new member makes an account in the given role. */
export async function createInvite(
  services: StaffServices,
  actor: Actor,
  role: Role,
): Promise<Invite | StaffRefusal> {
  const fault = await managerFault(services, actor);
  if (fault !== undefined) return fault;
  return services.db
    .transaction()
    .execute((trx) =>
      writeInvite(services, trx, { tenantId: actor.tenantId, role, staffId: null, createdBy: actor.staffId }),
    );
}

/** A link with which a member who forgot the password chooses a new one; the second factor stays. */
export async function createPasswordLink(
  services: StaffServices,
  actor: Actor,
  staffId: string,
): Promise<Invite | StaffRefusal> {
  const fault = await managerFault(services, actor);
  if (fault !== undefined) return fault;
  if (!isUuid(staffId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const member = await lockStaff(trx, actor.tenantId, staffId);
    if (member === undefined || member.disabled_at !== null) return notFound;
    await deleteUnusedInvites(trx, actor.tenantId, { staffId });
    const { tenantId, staffId: createdBy } = actor;
    return writeInvite(services, trx, { tenantId, role: member.role, staffId, createdBy });
  });
}

async function writeInvite(
  services: StaffServices,
  trx: Trx,
  invite: { tenantId: string; role: Role; staffId: string | null; createdBy: string | null },
): Promise<Invite> {
  const { tenantId, role, staffId, createdBy } = invite;
  const at = services.clock.now();
  const token = newToken(tenantId);
  const expiresAt = new Date(at.getTime() + inviteMs);
  await insertInvite(trx, {
    tenant_id: tenantId,
    token_hash: token.hash,
    role,
    staff_id: staffId,
    created_by: createdBy,
    created_at: at,
    expires_at: expiresAt,
    used_at: null,
  });
  await recordAudit(services, trx, {
    tenantId,
    actor: createdBy === null ? { kind: 'system', id: null } : { kind: 'staff', id: createdBy },
    action: staffId === null ? 'staff.invited' : 'staff.password-link-made',
    subject: { kind: 'staff', id: staffId },
    change: { after: { role } },
  });
  return { token: token.text, url: `${services.config.http.publicUrl}/invite/${token.text}`, expiresAt };
}

/** What an invitation's page shows. */
export async function readInvite(
  services: StaffServices,
  token: string,
): Promise<
  | { ok: true; role: Role; tenantId: string; member: { name: string; email: string } | undefined }
  | StaffRefusal
> {
  const key = readToken(token);
  const invite = key && (await selectInvite(services.db, key.tenantId, key.hash, services.clock.now()));
  if (invite === undefined) return inviteInvalid;
  const member =
    invite.staff_id === null ? undefined : await selectStaff(services.db, invite.tenant_id, invite.staff_id);
  return {
    ok: true,
    role: invite.role,
    tenantId: invite.tenant_id,
    member: member && { name: member.name, email: member.email },
  };
}

/**
 * Uses a link up. A link for a new member makes the account; a password link sets that member's password and ends
 * all their sessions (name and e-mail in the form are then not looked at). Opens a session, unless the member has a
 * second factor: then they sign in with it (`session` undefined).
 */
export async function acceptInvite(
  services: StaffServices,
  token: string,
  form: AcceptInviteForm,
  from: From,
): Promise<{ ok: true; session: OpenedSession | undefined } | StaffRefusal> {
  const known = await readInvite(services, token);
  if (!known.ok) return known;
  const parsed = acceptInviteForm.safeParse(known.member ? { ...form, ...known.member } : form);
  if (!parsed.success) return badForm(parsed.error);
  const { name, email, password } = parsed.data;
  const fault = await newPasswordFault(password, [name, email]);
  if (fault !== undefined) return { ok: false, reason: 'password-weak', message: fault, field: 'password' };
  const password_hash = await hashPassword(password);
  const at = services.clock.now();
  const key = readToken(token);
  if (key === undefined) return inviteInvalid;
  return refusable(services, async (trx) => {
    const invite = await useInvite(trx, key.tenantId, key.hash, at);
    if (invite === undefined) return inviteInvalid;
    const tenantId = invite.tenant_id;
    if (invite.staff_id !== null)
      return renewPassword(services, trx, tenantId, invite.staff_id, password_hash, from);
    const member: StaffTable = {
      tenant_id: tenantId,
      id: randomUUID(),
      email,
      name,
      role: invite.role,
      password_hash,
      password_changed_at: at,
      totp_sealed: null,
      totp_confirmed_at: null,
      totp_last_step: 0,
      disabled_at: null,
      created_at: at,
    };
    if (!(await insertStaff(trx, member))) {
      return {
        ok: false,
        reason: 'email-taken',
        message: 'There is an account with this e-mail already; ask the owner for a password link.',
        field: 'email',
      };
    }
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: member.id },
      action: 'staff.joined',
      subject: { kind: 'staff', id: member.id },
      change: { after: { role: member.role } },
    });
    return { ok: true, session: await openSession(services, trx, member, from, 'password') };
  });
}

async function renewPassword(
  services: StaffServices,
  trx: Trx,
  tenantId: string,
  staffId: string,
  password_hash: string,
  from: From,
): Promise<{ ok: true; session: OpenedSession | undefined } | StaffRefusal> {
  const member = await lockStaff(trx, tenantId, staffId);
  if (member === undefined || member.disabled_at !== null) return inviteInvalid;
  const at = services.clock.now();
  await updateStaff(trx, tenantId, staffId, { password_hash, password_changed_at: at });
  await revokeSessions(trx, tenantId, staffId, 'all', at);
  await recordAudit(services, trx, {
    tenantId,
    actor: { kind: 'staff', id: staffId },
    action: 'staff.password-changed',
    subject: { kind: 'staff', id: staffId },
    change: { after: { by: 'link' } },
  });
  if (member.totp_confirmed_at !== null) return { ok: true, session: undefined };
  return { ok: true, session: await openSession(services, trx, member, from, 'password') };
}

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

/** All members, the first to join first. */
export async function listStaff(
  services: StaffServices,
  actor: Actor,
): Promise<readonly StaffView[] | StaffRefusal> {
  if (!can(actor.role, 'staff.manage')) return notAllowed;
  const [rows, withPasskey, bound] = await Promise.all([
    selectAllStaff(services.db, actor.tenantId),
    selectPasskeyOwners(services.db, actor.tenantId),
    selectStaffBranches(services.db, actor.tenantId),
  ]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    isDisabled: row.disabled_at !== null,
    hasSecondStep: row.totp_confirmed_at !== null || withPasskey.has(row.id),
    branches: bound.get(row.id),
    createdAt: row.created_at,
  }));
}

/** The names of the clinic's members by id, for pages that say who did something; those who left included. */
export async function staffNames(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<ReadonlyMap<string, string>> {
  return new Map((await selectAllStaff(services.db, tenantId)).map(({ id, name }) => [id, name]));
}

/** The active members with their role and address, for messages the program writes to them. */
export async function membersToTell(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<readonly { id: string; name: string; email: string; role: Role }[]> {
  const rows = await selectAllStaff(services.db, tenantId);
  return rows
    .filter((row) => row.disabled_at === null)
    .map(({ id, name, email, role }) => ({ id, name, email, role }));
}

/** Gives a member another role; the last owner stays one. */
export function setRole(
  services: StaffServices,
  actor: Actor,
  staffId: string,
  role: Role,
): Promise<{ ok: true } | StaffRefusal> {
  return manage(services, actor, staffId, role === 'owner', async (trx, member) => {
    await updateStaff(trx, actor.tenantId, staffId, { role });
    if (role === 'owner') await replaceStaffBranches(trx, actor.tenantId, staffId, []);
    return { action: 'staff.role-changed', before: { role: member.role }, after: { role } };
  });
}

/** Binds a member to some branches, or to none in particular with an empty list. Owners are bound to none. */
export function setBranches(
  services: StaffServices,
  actor: Actor,
  staffId: string,
  branchIds: readonly string[],
): Promise<{ ok: true } | StaffRefusal> {
  return manage(services, actor, staffId, true, async (trx, member) => {
    const { tenantId } = actor;
    const open = new Set((await listBranches({ db: trx }, tenantId)).map(({ id }) => id));
    const wanted = [...new Set(branchIds)].filter((id) => open.has(id)).toSorted();
    if (wanted.length < new Set(branchIds).size) return noSuchBranch;
    if (member.role === 'owner' && wanted.length > 0) return ownerEverywhere;
    const before = (await selectStaffBranches(trx, tenantId)).get(staffId) ?? [];
    await replaceStaffBranches(trx, tenantId, staffId, wanted);
    return {
      action: 'staff.branches-changed',
      before: { branches: before.join(' ') },
      after: { branches: wanted.join(' ') },
    };
  });
}

/** Shuts a member out at once, or lets them in again; the last owner cannot be shut out. */
export function setDisabled(
  services: StaffServices,
  actor: Actor,
  staffId: string,
  isDisabled: boolean,
): Promise<{ ok: true } | StaffRefusal> {
  return manage(services, actor, staffId, !isDisabled, async (trx, member) => {
    const at = services.clock.now();
    await updateStaff(trx, actor.tenantId, staffId, { disabled_at: isDisabled ? at : null });
    if (isDisabled) await revokeSessions(trx, actor.tenantId, staffId, 'all', at);
    return {
      action: isDisabled ? 'staff.disabled' : 'staff.enabled',
      before: { disabled: member.disabled_at !== null },
      after: { disabled: isDisabled },
    };
  });
}

async function manage(
  services: StaffServices,
  actor: Actor,
  staffId: string,
  keepsOwner: boolean,
  change: (
    trx: Trx,
    member: StaffTable,
  ) => Promise<
    | {
        action: string;
        before: Record<string, string | boolean>;
        after: Record<string, string | boolean>;
      }
    | StaffRefusal
  >,
): Promise<{ ok: true } | StaffRefusal> {
  const fault = await managerFault(services, actor);
  if (fault !== undefined) return fault;
  if (!isUuid(staffId)) return notFound;
  return refusable(services, async (trx): Promise<{ ok: true } | StaffRefusal> => {
    const owners = await lockOwners(trx, actor.tenantId);
    const member = await lockStaff(trx, actor.tenantId, staffId);
    if (member === undefined) return notFound;
    if (!keepsOwner && owners.length === 1 && owners[0] === staffId) {
      return {
        ok: false,
        reason: 'last-owner',
        message: 'The clinic needs an owner; make another member owner first.',
      };
    }
    const changed = await change(trx, member);
    if ('ok' in changed) return changed;
    const { action, before, after } = changed;
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action,
      subject: { kind: 'staff', id: staffId },
      change: { before, after },
    });
    return { ok: true };
  });
}

/** Runs a transaction that a refusal undoes. */
async function refusable<T extends { ok: true }>(
  services: Pick<Services, 'db'>,
  work: (trx: Trx) => Promise<T | StaffRefusal>,
): Promise<T | StaffRefusal> {
  let refusal: StaffRefusal | undefined;
  const undo = Symbol('refused');
  try {
    return await services.db.transaction().execute(async (trx) => {
      const answer = await work(trx);
      if (answer.ok) return answer;
      refusal = answer;
      throw undo as unknown as Error;
    });
  } catch (error) {
    if ((error as unknown) === undo && refusal !== undefined) return refusal;
    throw error;
  }
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

const notAllowed: StaffRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const notFound: StaffRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such member of staff.',
};
const noSuchBranch: StaffRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'One of these branches is closed or unknown; look at the list again.',
  field: 'branch',
};
const ownerEverywhere: StaffRefusal = {
  ok: false,
  reason: 'owner-everywhere',
  message: 'An owner works at all branches; give another role first.',
};
const inviteInvalid: StaffRefusal = {
  ok: false,
  reason: 'invite-invalid',
  message: 'This link was used, replaced or has expired; ask for a new one.',
};
const ticketExpired: StaffRefusal = {
  ok: false,
  reason: 'ticket-expired',
  message: 'The sign-in took too long; start again.',
};
const passwordWrong: StaffRefusal = {
  ok: false,
  reason: 'password-wrong',
  message: 'The present password is not right.',
  field: 'current',
};

/** Once a day: sessions, links, challenges and counts that are over. */
export const forgetPast: Job = { name: 'staff.forget-past', payload: z.object({}), schedule: '41 20 * * *' };

export function staffJobs(services: Pick<Services, 'db' | 'clock'>): readonly Handler[] {
  return [
    handle(forgetPast, () =>
      services.db.transaction().execute((trx) => deletePast(trx, services.clock.now())),
    ),
  ];
}
