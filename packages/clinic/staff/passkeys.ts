import { randomUUID } from 'node:crypto';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { forgiveAttempt } from './attempt-store.ts';
import { noteOwn } from './own-entry.ts';
import {
  deletePasskey,
  insertChallenge,
  insertPasskey,
  lockPasskey,
  selectPasskeys,
  takeChallenge,
  updatePasskey,
} from './passkey-store.ts';
import type { Actor, From, OpenedSession, PasskeyView, StaffRefusal } from './schema.ts';
import { updateProof } from './session-store.ts';
import { admitAttempt, attemptKeys, openSession, proofFault, type StaffServices } from './sessions.ts';
import { lockStaff, type StaffTable, selectStaff } from './store.ts';

type CreationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>;
type RequestOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>;
type RegistrationResponse = Parameters<typeof verifyRegistrationResponse>[0]['response'];
type AuthenticationResponse = Parameters<typeof verifyAuthenticationResponse>[0]['response'];

const challengeMs = 5 * 60_000;

// EdDSA, ES256, RS256 (IANA COSE algorithms): what authenticators in use offer.
const algorithms = [-8, -7, -257];

/** Passkeys belong to the host name people type; WebAuthn takes https, or http on localhost only. */
function site(services: Pick<Services, 'config'>): { origin: string; host: string } {
  const url = new URL(services.config.http.publicUrl);
  return { origin: url.origin, host: url.hostname };
}

/**
 * Starts a passkey for the actor, who proved lately who she is: hand `options` to `navigator.credentials.create` and keep
 * the id for the answer.
 */
export async function beginPasskey(
  services: StaffServices,
  actor: Actor,
): Promise<{ ok: true; challengeId: string; options: CreationOptions } | StaffRefusal> {
  const fault = await proofFault(services, actor);
  if (fault !== undefined) return fault;
  const member = await selectStaff(services.db, actor.tenantId, actor.staffId);
  if (member === undefined) return notFound;
  const existing = await selectPasskeys(services.db, actor.tenantId, actor.staffId);
  const options = await generateRegistrationOptions({
    rpName: 'Undertone',
    rpID: site(services).host,
    userName: member.email,
    userDisplayName: member.name,
    // At most 64 bytes (WebAuthn 3, 5.4.3): both ids as their 16 bytes.
    userID: Buffer.from(`${member.tenant_id}${member.id}`.replaceAll('-', ''), 'hex'),
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: existing.map((key) => ({ id: key.credential_id, transports: key.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const challengeId = await keep(
    services,
    actor.tenantId,
    'passkey-register',
    actor.staffId,
    options.challenge,
  );
  return { ok: true, challengeId, options };
}

/** Checks the browser's answer and keeps the passkey under a name its owner recognises; the session has then seen it. */
export async function finishPasskey(
  services: StaffServices,
  actor: Actor,
  answer: { readonly challengeId: string; readonly response: unknown; readonly name: string },
): Promise<{ ok: true; passkey: PasskeyView } | StaffRefusal> {
  if (!isUuid(answer.challengeId)) return refused;
  const at = services.clock.now();
  const given = await services.db
    .transaction()
    .execute((trx) => takeChallenge(trx, actor.tenantId, answer.challengeId, 'passkey-register', at));
  if (given === undefined || given.staff_id !== actor.staffId) return refused;
  const { origin, host } = site(services);
  const verified = await verifyRegistrationResponse({
    response: answer.response as RegistrationResponse,
    expectedChallenge: given.challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined);
  if (verified?.verified !== true) return refused;
  const { credential, credentialBackedUp } = verified.registrationInfo;
  const name = answer.name.trim().slice(0, 100) || 'Passkey';
  return services.db
    .transaction()
    .execute(async (trx): Promise<{ ok: true; passkey: PasskeyView } | StaffRefusal> => {
      const isNew = await insertPasskey(trx, {
        tenant_id: actor.tenantId,
        credential_id: credential.id,
        staff_id: actor.staffId,
        public_key: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: credential.transports ?? [],
        name,
        backed_up: credentialBackedUp,
        created_at: at,
        last_used_at: null,
      });
      if (!isNew) return { ...refused, message: 'This passkey is registered already.' };
      await updateProof(trx, actor.tenantId, actor.sessionId, { method: 'passkey' });
      await noteOwn(services, trx, actor, 'staff.passkey-added');
      return {
        ok: true,
        passkey: { id: credential.id, name, backedUp: credentialBackedUp, createdAt: at, lastUsedAt: null },
      };
    });
}

/** Starts a sign-in without e-mail: the browser offers the passkeys it has for this site. */
export async function beginPasskeySignIn(
  services: StaffServices,
  tenantId: string,
): Promise<{ challengeId: string; options: RequestOptions }> {
  const options = await generateAuthenticationOptions({
    rpID: site(services).host,
    userVerification: 'required',
  });
  return { challengeId: await keep(services, tenantId, 'passkey-sign-in', null, options.challenge), options };
}

/** A passkey with user verification is two factors in one: no code is asked. */
export async function finishPasskeySignIn(
  services: StaffServices,
  tenantId: string,
  answer: { readonly challengeId: string; readonly response: unknown },
  from: From,
): Promise<{ ok: true; session: OpenedSession } | StaffRefusal> {
  if (!isUuid(answer.challengeId)) return refused;
  const response = answer.response as AuthenticationResponse;
  const credentialId = typeof response?.id === 'string' ? response.id : '';
  const keys = attemptKeys(services, `passkey ${credentialId}`, from, true);
  const tooMany = await admitAttempt(services, tenantId, keys);
  if (tooMany !== undefined) return tooMany;
  const at = services.clock.now();
  const given = await services.db
    .transaction()
    .execute((trx) => takeChallenge(trx, tenantId, answer.challengeId, 'passkey-sign-in', at));
  if (given === undefined) return refused;
  return services.db
    .transaction()
    .execute(async (trx): Promise<{ ok: true; session: OpenedSession } | StaffRefusal> => {
      const member = await memberOfAnswer(services, trx, tenantId, response, given.challenge);
      if (member === undefined) return refused;
      await forgiveAttempt(trx, tenantId, keys);
      return { ok: true, session: await openSession(services, trx, member, from, 'passkey') };
    });
}

/** Whose passkey answered the challenge; undefined when it is unknown, its owner is shut out, or the answer is wrong. */
async function memberOfAnswer(
  services: StaffServices,
  trx: Trx,
  tenantId: string,
  response: AuthenticationResponse,
  challenge: string,
): Promise<StaffTable | undefined> {
  const { origin, host } = site(services);
  const credentialId = typeof response?.id === 'string' ? response.id : '';
  const passkey = await lockPasskey(trx, tenantId, credentialId);
  const member = passkey && (await lockStaff(trx, tenantId, passkey.staff_id));
  if (passkey === undefined || member === undefined || member.disabled_at !== null) return undefined;
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    credential: {
      id: passkey.credential_id,
      publicKey: new Uint8Array(passkey.public_key),
      counter: passkey.counter,
      transports: passkey.transports,
    },
  }).catch(() => undefined);
  if (verified?.verified !== true) return undefined;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  await updatePasskey(trx, tenantId, credentialId, {
    counter: newCounter,
    backed_up: credentialBackedUp,
    last_used_at: services.clock.now(),
  });
  return member;
}

/** Starts a proof of who the actor is by one of her passkeys. */
export async function beginPasskeyProof(
  services: StaffServices,
  actor: Actor,
): Promise<{ ok: true; challengeId: string; options: RequestOptions } | StaffRefusal> {
  const own = await selectPasskeys(services.db, actor.tenantId, actor.staffId);
  if (own.length === 0) return refused;
  const options = await generateAuthenticationOptions({
    rpID: site(services).host,
    userVerification: 'required',
    allowCredentials: own.map((key) => ({ id: key.credential_id, transports: key.transports })),
  });
  const { tenantId, staffId } = actor;
  return {
    ok: true,
    challengeId: await keep(services, tenantId, 'passkey-proof', staffId, options.challenge),
    options,
  };
}

/** Her own passkey, with user verification, proves who she is: password and code are not asked. */
export async function finishPasskeyProof(
  services: StaffServices,
  actor: Actor,
  answer: { readonly challengeId: string; readonly response: unknown },
): Promise<{ ok: true } | StaffRefusal> {
  if (!isUuid(answer.challengeId)) return refused;
  const { tenantId, staffId, sessionId } = actor;
  const at = services.clock.now();
  const given = await services.db
    .transaction()
    .execute((trx) => takeChallenge(trx, tenantId, answer.challengeId, 'passkey-proof', at));
  if (given === undefined || given.staff_id !== staffId) return refused;
  return services.db.transaction().execute(async (trx): Promise<{ ok: true } | StaffRefusal> => {
    const response = answer.response as AuthenticationResponse;
    const member = await memberOfAnswer(services, trx, tenantId, response, given.challenge);
    if (member?.id !== staffId) return refused;
    await updateProof(trx, tenantId, sessionId, { proved_at: at, method: 'passkey' });
    await noteOwn(services, trx, actor, 'staff.proved');
    return { ok: true };
  });
}

export async function listPasskeys(services: StaffServices, actor: Actor): Promise<readonly PasskeyView[]> {
  const rows = await selectPasskeys(services.db, actor.tenantId, actor.staffId);
  return rows.map((row) => ({
    id: row.credential_id,
    name: row.name,
    backedUp: row.backed_up,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** Takes one of the actor's passkeys away; she proved lately who she is. */
export async function removePasskey(
  services: StaffServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true } | StaffRefusal> {
  const fault = await proofFault(services, actor);
  if (fault !== undefined) return fault;
  return services.db.transaction().execute(async (trx): Promise<{ ok: true } | StaffRefusal> => {
    const isGone = await deletePasskey(trx, actor.tenantId, actor.staffId, id);
    if (!isGone) return { ok: false, reason: 'not-found', message: 'There is no such passkey.' };
    await noteOwn(services, trx, actor, 'staff.passkey-removed');
    return { ok: true };
  });
}

function keep(
  services: StaffServices,
  tenantId: string,
  kind: 'passkey-register' | 'passkey-sign-in' | 'passkey-proof',
  staffId: string | null,
  challenge: string,
): Promise<string> {
  const id = randomUUID();
  const expires_at = new Date(services.clock.now().getTime() + challengeMs);
  return services.db.transaction().execute(async (trx) => {
    await insertChallenge(trx, { tenant_id: tenantId, id, kind, staff_id: staffId, challenge, expires_at });
    return id;
  });
}

const notFound: StaffRefusal = { ok: false, reason: 'not-found', message: 'There is no such account.' };
const refused: StaffRefusal = {
  ok: false,
  reason: 'passkey-refused',
  message: 'The passkey was not accepted; try again, or sign in with your password.',
};
