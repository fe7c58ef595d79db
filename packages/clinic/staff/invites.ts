import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import { isUuid } from '../platform/uuid.ts';
import { deleteUnusedInvites, insertInvite, selectInvite, useInvite } from './invite-store.ts';
import { hashPassword, newPasswordFault } from './passwords.ts';
import { notFound, refusable } from './refusals.ts';
import {
  type AcceptInviteForm,
  type Actor,
  acceptInviteForm,
  type From,
  type OpenedSession,
  type Role,
  type StaffRefusal,
} from './schema.ts';
import { dropSecondStep, managerFault } from './second-step.ts';
import { revokeSessions } from './session-store.ts';
import { openSession, type StaffServices } from './sessions.ts';
import {
  insertStaff,
  lockOwners,
  lockStaff,
  type StaffTable,
  selectStaff,
  selectStaffByEmail,
  updateStaff,
} from './store.ts';
import { newToken, readToken } from './tokens.ts';

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

const inviteInvalid: StaffRefusal = {
  ok: false,
  reason: 'invite-invalid',
  message: 'This link was used, replaced or has expired; ask for a new one.',
};
