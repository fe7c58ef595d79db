import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { rememberAddress, reserveAttempt } from './attempt-store.ts';
import { type AttemptKind, addressKey, emergencyRole, isProofFresh, secondStepOwed } from './rules.ts';
import type { Actor, Entrant, From, OpenedSession, SessionView, StaffRefusal } from './schema.ts';
import {
  insertSession,
  revokeSessions,
  selectOpenSession,
  selectProof,
  selectSessions,
  touchSession,
} from './session-store.ts';
import { type StaffTable } from './store.ts';
import { newToken, readToken } from './tokens.ts';

/** What staff commands take from the machine. */
export type StaffServices = Pick<Services, 'db' | 'clock' | 'keys' | 'config'>;

/** A second step of sign-in must follow within this time. */
const ticketMs = 10 * 60_000;

/**
 * The member of staff a session token belongs to and may work; undefined for anybody else, and for one who owes a second
 * step.
 */
export async function actorFrom(services: StaffServices, token: string): Promise<Actor | undefined> {
  const entrant = await entrantFrom(services, token);
  return entrant?.owes === undefined ? entrant?.actor : undefined;
}

/**
 * Whose session a token belongs to, or undefined: unknown, ended, idle too long, or disabled. Keeps the session awake
 * (written at most once a minute).
 */
export async function entrantFrom(services: StaffServices, token: string): Promise<Entrant | undefined> {
  const key = readToken(token);
  if (key === undefined) return undefined;
  const at = services.clock.now();
  const row = await selectOpenSession(services.db, key, 'active', at, idleSince(services, at));
  if (row === undefined) return undefined;
  if (at.getTime() - row.last_seen_at.getTime() > 60_000)
    await touchSession(services.db, row.tenant_id, row.id, at);
  const until = row.emergency_until;
  const taken = until !== null && until > at ? emergencyRole(row.role) : undefined;
  const owed = secondStepOwed(
    {
      joinedAt: row.joined_at,
      hasSecondStep: Boolean(row.has_second_step),
      isShown: row.method !== 'password',
    },
    row.required_since === null || row.grace_days === null
      ? undefined
      : { requiredSince: row.required_since, graceDays: row.grace_days },
    at,
  );
  return {
    actor: {
      tenantId: row.tenant_id,
      staffId: row.staff_id,
      role: taken ?? row.role,
      name: row.name,
      sessionId: row.id,
      ...(taken !== undefined && until !== null && { emergencyUntil: until }),
      ...(row.branches !== null && { branches: row.branches }),
      ...(owed.is === 'soon' && { secondStepBy: { until: owed.until, daysLeft: owed.daysLeft } }),
    },
    owes: owed.is === 'set-up' || owed.is === 'show' ? owed.is : undefined,
  };
}

/** Sessions of the actor that are open now, the last used first. */
export async function listSessions(services: StaffServices, actor: Actor): Promise<readonly SessionView[]> {
  const at = services.clock.now();
  const rows = await selectSessions(services.db, actor.tenantId, actor.staffId, at, idleSince(services, at));
  return rows.map((row) => ({
    id: row.id,
    method: row.method,
    address: row.address,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    isThisOne: row.id === actor.sessionId,
  }));
}

/**
 * Ends one of the actor's own sessions, or all others; for any but the present one she proves who she is.
 * @returns how many were open.
 */
export async function revokeSession(
  services: StaffServices,
  actor: Actor,
  which: { readonly id: string } | 'others',
): Promise<{ ok: true; ended: number } | StaffRefusal> {
  if (which !== 'others' && !isUuid(which.id)) return { ok: true, ended: 0 };
  if (which === 'others' || which.id !== actor.sessionId) {
    const fault = await proofFault(services, actor);
    if (fault !== undefined) return fault;
  }
  return services.db.transaction().execute(async (trx) => {
    const chosen = which === 'others' ? { allBut: actor.sessionId } : { only: which.id };
    const ended = await revokeSessions(trx, actor.tenantId, actor.staffId, chosen, services.clock.now());
    if (ended > 0) {
      await recordAudit(services, trx, {
        tenantId: actor.tenantId,
        actor: { kind: 'staff', id: actor.staffId },
        action: 'staff.session-ended',
        subject: { kind: 'staff', id: actor.staffId },
        change: { after: { ended } },
      });
    }
    return { ok: true, ended };
  });
}

/** Ends the session of this token. */
export async function signOut(services: StaffServices, token: string): Promise<void> {
  const entrant = await entrantFrom(services, token);
  if (entrant !== undefined) await revokeSession(services, entrant.actor, { id: entrant.actor.sessionId });
}

/** Undefined when the actor proved lately, in this session, who she is; else why what guards an account stays as it is. */
export async function proofFault(
  services: Pick<StaffServices, 'db' | 'clock'>,
  actor: Actor,
): Promise<StaffRefusal | undefined> {
  const provedAt = await selectProof(services.db, actor);
  if (provedAt !== undefined && isProofFresh(provedAt, services.clock.now())) return undefined;
  return {
    ok: false,
    reason: 'proof-needed',
    message: 'Prove again who you are, with your password or a passkey; then do it once more.',
  };
}

/** Opens a session with a fresh token; the address becomes one the member is known to use. */
export async function openSession(
  services: StaffServices,
  trx: Trx,
  member: Pick<StaffTable, 'tenant_id' | 'id' | 'role' | 'name'>,
  from: From,
  method: SessionView['method'],
  state: 'active' | 'awaiting-code' = 'active',
): Promise<OpenedSession> {
  const at = services.clock.now();
  const token = newToken(member.tenant_id);
  const id = randomUUID();
  const lifeMs = state === 'active' ? services.config.sessions.absoluteHours * 3_600_000 : ticketMs;
  const expiresAt = new Date(at.getTime() + lifeMs);
  await insertSession(trx, {
    tenant_id: member.tenant_id,
    id,
    staff_id: member.id,
    token_hash: token.hash,
    state,
    method,
    address: from.address.slice(0, 64),
    user_agent: from.userAgent.slice(0, 300),
    code_failures: 0,
    created_at: at,
    last_seen_at: at,
    expires_at: expiresAt,
    revoked_at: null,
  });
  if (state === 'active') {
    await rememberAddress(trx, member.tenant_id, member.id, addressHash(services, from), at);
    await recordAudit(services, trx, {
      tenantId: member.tenant_id,
      actor: { kind: 'staff', id: member.id },
      action: 'staff.signed-in',
      subject: { kind: 'staff', id: member.id },
      change: { after: { method } },
    });
  }
  const actor = {
    tenantId: member.tenant_id,
    staffId: member.id,
    role: member.role,
    name: member.name,
    sessionId: id,
  };
  return { token: token.text, expiresAt, actor };
}

export function idleSince(services: Pick<Services, 'config'>, at: Date): Date {
  return new Date(at.getTime() - services.config.sessions.idleMinutes * 60_000);
}

export function addressHash(services: Pick<Services, 'keys'>, from: From): Buffer {
  return services.keys.mac('sign-in-address', addressKey(from.address));
}

/** The counts an attempt belongs to. Hashed: a copy of the table names nobody and no place. */
export function attemptKeys(
  services: Pick<Services, 'keys'>,
  email: string,
  from: From,
  isKnown: boolean,
): readonly { kind: AttemptKind; hash: Buffer }[] {
  const address = addressKey(from.address);
  const mac = (text: string) => services.keys.mac('sign-in-attempt', text);
  const keys: { kind: AttemptKind; hash: Buffer }[] = [
    { kind: 'pair', hash: mac(`pair\n${email}\n${address}`) },
    { kind: 'address', hash: mac(`address\n${address}`) },
  ];
  if (!isKnown) keys.push({ kind: 'account', hash: mac(`account\n${email}`) });
  return keys;
}

/** Counts an attempt, or refuses it when there were too many. */
export async function admitAttempt(
  services: StaffServices,
  tenantId: string,
  keys: readonly { kind: AttemptKind; hash: Buffer }[],
): Promise<StaffRefusal | undefined> {
  const at = services.clock.now();
  const until = await services.db.transaction().execute((trx) => reserveAttempt(trx, tenantId, keys, at));
  if (until === undefined) return undefined;
  const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - at.getTime()) / 1000));
  return {
    ok: false,
    reason: 'too-many-attempts',
    message: `Too many attempts. Try again in ${waitText(retryAfterSeconds)}.`,
    retryAfterSeconds,
  };
}

function waitText(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
