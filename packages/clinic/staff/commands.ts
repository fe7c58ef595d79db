/*
 * Staff: who they are, how they sign in, what they may do. The door for pages and commands (links and joining are in
 * invites.ts, sign-in in sign-in.ts, open sessions in sessions.ts, one's own account in account.ts, the list of members in
 * members.ts):
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
import { z } from 'zod';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import type { Services } from '../platform/services.ts';
import { deletePast } from './session-store.ts';

export { changePassword } from './account.ts';
export {
  acceptInvite,
  createInvite,
  createOwnerInvite,
  createPasswordLink,
  createRecoveryLink,
  type Invite,
  readInvite,
} from './invites.ts';
export { listStaff, membersToTell, setBranches, setDisabled, setRole, staffNames } from './members.ts';
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
export {
  readSecondStepRule,
  setSecondStepRule,
  startSecondStepRule,
  takeSecondStepOff,
} from './second-step.ts';
export { actorFrom, entrantFrom, listSessions, proofFault, revokeSession, signOut } from './sessions.ts';
export { signIn, signInWithCode } from './sign-in.ts';

/** Once a day: sessions, links, challenges and counts that are over. */
export const forgetPast: Job = { name: 'staff.forget-past', payload: z.object({}), schedule: '41 20 * * *' };

export function staffJobs(services: Pick<Services, 'db' | 'clock'>): readonly Handler[] {
  return [
    handle(forgetPast, () =>
      services.db.transaction().execute((trx) => deletePast(trx, services.clock.now())),
    ),
  ];
}
