import { recordAudit } from '../audit/commands.ts';
import type { Db } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { type SessionView, viewOf } from './push.ts';
import { by, noSuchPatient, notAllowed } from './refusals.ts';
import type { SessionRefusal } from './schema.ts';
import {
  type LotTouch,
  type Session,
  selectPerformed,
  selectSession,
  selectSessionsOf,
  selectTouches,
  selectUnsigned,
  type UnsignedSession,
} from './store.ts';

export type { LotTouch, Session, UnsignedSession } from './store.ts';

/** A patient's sessions for the chart, newest first. */
export async function listSessions(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; sessions: readonly SessionView[] } | SessionRefusal> {
  if (!can(actor.role, 'session.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const sessions = await selectSessionsOf(trx, actor.tenantId, patientId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'session.listed',
      subject: { kind: 'patient', id: patientId },
    });
    return { ok: true, sessions: sessions.map(viewOf) };
  });
}

/** How many sessions were kept and wait for a signature, and those that wait longest. Reading them is an entry. */
export async function unsignedSessions(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  most = 8,
): Promise<{ ok: true; count: number; sessions: readonly UnsignedSession[] } | SessionRefusal> {
  if (!can(actor.role, 'session.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const { count, sessions } = await selectUnsigned(trx, actor.tenantId, most);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'session.unsigned-listed',
      subject: { kind: 'tenant', id: actor.tenantId },
      change: { after: { sessions: count } },
    });
    return { ok: true as const, count, sessions };
  });
}

/**
 * Who was touched by these lots: every session that took from one, also while it is open. For other subjects' commands,
 * which ask the role and leave the audit entry of their own act.
 */
export function sessionsOfLots(
  db: Db,
  tenantId: string,
  lotIds: readonly string[],
): Promise<readonly LotTouch[]> {
  return selectTouches(db, tenantId, lotIds);
}

/** One session, for other subjects' commands. */
export function sessionFacts(db: Db, tenantId: string, sessionId: string): Promise<Session | undefined> {
  return selectSession(db, tenantId, sessionId);
}

/** Sessions in which a needle was in skin, in a half-open stretch of time: the denominator of every rate. */
export function performedSessions(
  db: Db,
  tenantId: string,
  range: { readonly from: Date; readonly to: Date },
): Promise<readonly Session[]> {
  return selectPerformed(db, tenantId, range);
}
