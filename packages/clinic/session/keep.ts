import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { canonicalJson } from '../audit/rules.ts';
import { scheduleCheckIns } from '../followup/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { giveBack, takeFromLots } from '../stock/commands.ts';
import { type KeepFault, keepFaults, type LotUse, lotsUsed, recordOf, valueOf } from './journal.ts';
import { type SessionView, viewOf } from './push.ts';
import { by, noSuchSession, notAllowed } from './refusals.ts';
import type { JournalEntry, SessionRefusal } from './schema.ts';
import {
  lockSession,
  type Session,
  selectContent,
  selectJournal,
  selectSession,
  type Taken,
  updateSession,
} from './store.ts';

type KeepServices = Pick<Services, 'db' | 'clock'>;
export type NotYet = SessionRefusal & { readonly faults?: readonly KeepFault[] };

/**
 * Ends the writing: the stock goes down by what the journal says, check-ins are planned. `knownSeq` is how much of the
 * journal the asking page shows: what nobody has looked at is not kept. Keeping again after late entries moves the stock
 * by the difference; keeping twice changes nothing.
 */
export async function keepSession(
  services: KeepServices,
  actor: Actor,
  sessionId: string,
  knownSeq: number,
): Promise<{ ok: true; session: SessionView } | NotYet> {
  if (!can(actor.role, 'session.write')) return notAllowed;
  if (!isUuid(sessionId)) return noSuchSession;
  return services.db.transaction().execute(async (trx) => {
    const session = await lockSession(trx, actor.tenantId, sessionId);
    if (session === undefined) return noSuchSession;
    if (session.state === 'signed') return alreadySigned;
    if (session.journalSeq !== knownSeq) return journalMoved;
    if (session.state === 'kept' && session.keptSeq === session.journalSeq)
      return { ok: true, session: viewOf(session) };
    return keep(services, trx, actor, session);
  });
}

async function keep(
  services: KeepServices,
  trx: Trx,
  actor: Actor,
  session: Session,
): Promise<{ ok: true; session: SessionView } | NotYet> {
  const { tenantId, id, opening, patientId, treatment } = session;
  const record = recordOf(await selectJournal(trx, tenantId, id));
  const faults = keepFaults(record, opening);
  if (faults.length > 0) return incomplete(faults);
  const now = services.clock.now();
  const times = session.keptTimes + 1;
  const taken = totals(lotsUsed(record));
  const moved = await moveStock(services, trx, actor, session, taken, times);
  if (!moved.ok) return moved;
  const kept = {
    at: now,
    by: actor.staffId,
    endedAt: record.lastAt === undefined ? now : new Date(record.lastAt),
    times,
    taken,
    seq: session.journalSeq,
  };
  const operatorId = valueOf(record, 'operatorId') ?? session.operatorId;
  const physicianId = valueOf(record, 'physicianId') ?? session.physicianId;
  const performedAt = record.firstNeedleAt === undefined ? null : new Date(record.firstNeedleAt);
  await updateSession(trx, tenantId, id, { kept, operatorId, physicianId, performedAt });
  if (performedAt !== null) {
    await scheduleCheckIns(services, trx, {
      tenantId,
      patientId,
      sessionId: id,
      branchId: session.branchId,
      treatment,
      performedAt,
    });
  }
  await recordAudit(services, trx, {
    ...by(actor),
    action: 'session.kept',
    subject: { kind: 'session', id },
    change: { after: { seq: session.journalSeq, times, operatorId, physicianId, lots: Object.keys(taken) } },
  });
  const after = await selectSession(trx, tenantId, id);
  return after === undefined ? noSuchSession : { ok: true, session: viewOf(after) };
}

/** Of each lot the sum over the zones. */
function totals(uses: readonly LotUse[]): Taken {
  const sums: Record<string, { quantity: number; unit: LotUse['unit'] }> = {};
  for (const { lotId, quantity, unit } of uses) {
    const before = sums[lotId]?.quantity ?? 0;
    sums[lotId] = { quantity: Math.round((before + quantity) * 1e4) / 1e4, unit };
  }
  return sums;
}

/**
 * Tells the stock ledger the difference to what it was told before. The first keeping goes by the session's id, later ones
 * by id and count, so that each counts once however often it is tried.
 */
async function moveStock(
  services: KeepServices,
  trx: Trx,
  actor: Actor,
  session: Session,
  taken: Taken,
  times: number,
): Promise<{ ok: true } | SessionRefusal> {
  const { tenantId, id } = session;
  const from = {
    tenantId,
    actor,
    sourceKind: 'session',
    branchId: session.branchId,
    sourceId: times === 1 ? id : `${id}#${times}`,
  };
  const takes: { lotId: string; quantity: number; unit: LotUse['unit'] }[] = [];
  const backs: typeof takes = [];
  for (const lotId of new Set([...Object.keys(session.taken), ...Object.keys(taken)])) {
    const before = session.taken[lotId];
    const after = taken[lotId];
    const unit = (after ?? before)?.unit ?? 'piece';
    const more = Math.round(((after?.quantity ?? 0) - (before?.quantity ?? 0)) * 1e4) / 1e4;
    if (more > 0) takes.push({ lotId, quantity: more, unit });
    if (more < 0) backs.push({ lotId, quantity: -more, unit });
  }
  if (takes.length > 0) {
    const usedAt = session.performedAt ?? services.clock.now();
    const done = await takeFromLots(services, trx, { ...from, takes, usedAt, alreadyUsed: true });
    if (!done.ok) return done;
  }
  for (const back of backs) {
    const done = await giveBack(services, trx, { ...from, ...back });
    if (!done.ok) return done;
  }
  return { ok: true };
}

/**
 * The physician countersigns: the record is closed, its hash goes into the audit chain. What comes later stands beside it
 * as an addendum, or as an entry that arrived after signing.
 */
export async function signSession(
  services: KeepServices,
  actor: Actor,
  sessionId: string,
  knownSeq: number,
): Promise<{ ok: true; session: SessionView; sha256: string } | NotYet> {
  if (!can(actor.role, 'session.sign')) return notAllowed;
  if (!isUuid(sessionId)) return noSuchSession;
  return services.db.transaction().execute(async (trx) => {
    const session = await lockSession(trx, actor.tenantId, sessionId);
    if (session === undefined) return noSuchSession;
    if (session.state === 'signed') return alreadySigned;
    if (session.state === 'open' || session.keptSeq !== session.journalSeq) return notKept;
    if (session.journalSeq !== knownSeq) return journalMoved;
    const journal = await selectJournal(trx, actor.tenantId, sessionId);
    const faults = keepFaults(recordOf(journal), session.opening, true);
    if (faults.length > 0) return incomplete(faults);
    const at = services.clock.now();
    const content = contentOf(session, journal, { at, by: actor.staffId });
    const hash = createHash('sha256').update(content).digest();
    const sha256 = hash.toString('hex');
    await updateSession(trx, actor.tenantId, sessionId, {
      signed: { at, by: actor.staffId, content, sha256: hash },
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'session.signed',
      subject: { kind: 'session', id: sessionId },
      change: { after: { seq: session.journalSeq, sha256 } },
    });
    const view = viewOf({ ...session, state: 'signed', signedAt: at, signedBy: actor.staffId, sha256 });
    return { ok: true, session: view, sha256 };
  });
}

/** The record as it is signed: the same session gives the same text. */
function contentOf(
  session: Session,
  journal: readonly JournalEntry[],
  signed: { readonly at: Date; readonly by: string },
): string {
  return canonicalJson(
    JSON.parse(
      JSON.stringify({
        format: 'undertone/session',
        version: 1,
        sessionId: session.id,
        patientId: session.patientId,
        treatment: session.treatment,
        branchId: session.branchId,
        planId: session.planId,
        planVersion: session.planVersion,
        operatorId: session.operatorId,
        physicianId: session.physicianId,
        startedAt: session.startedAt,
        performedAt: session.performedAt,
        endedAt: session.endedAt,
        signedAt: signed.at,
        signedBy: signed.by,
        opening: session.opening,
        journal,
      }),
    ),
  );
}

/** Whether a signed record is still, to the byte, what was signed. */
export async function verifySession(
  services: KeepServices,
  actor: Actor,
  sessionId: string,
): Promise<{ ok: true; isWhole: boolean; sha256: string } | SessionRefusal> {
  if (!can(actor.role, 'session.read')) return notAllowed;
  if (!isUuid(sessionId)) return noSuchSession;
  return services.db.transaction().execute(async (trx) => {
    const session = await selectSession(trx, actor.tenantId, sessionId);
    const content = await selectContent(trx, actor.tenantId, sessionId);
    if (session === undefined) return noSuchSession;
    const { sha256, signedAt, signedBy } = session;
    if (typeof content !== 'string' || sha256 === null || signedAt === null || signedBy === null)
      return notKept;
    // What was signed is the journal up to keeping; entries after it stand outside.
    const journal = (await selectJournal(trx, actor.tenantId, sessionId)).filter(
      ({ seq }) => seq <= session.keptSeq,
    );
    const isSame =
      createHash('sha256').update(content).digest('hex') === sha256 &&
      contentOf(session, journal, { at: signedAt, by: signedBy }) === content;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'session.verified',
      subject: { kind: 'session', id: sessionId },
      change: { after: { isWhole: isSame } },
    });
    return { ok: true, isWhole: isSame, sha256 };
  });
}

const incomplete = (faults: readonly KeepFault[]): NotYet => ({
  ok: false,
  reason: 'incomplete',
  message: `Still missing: ${faults.join(', ')}.`,
  field: faults[0] ?? '',
  faults,
});
const journalMoved: SessionRefusal = {
  ok: false,
  reason: 'journal-moved',
  message: 'Another device has added to this session; look at it and try again.',
};
const alreadySigned: SessionRefusal = {
  ok: false,
  reason: 'already-signed',
  message: 'This session is signed; write an addendum.',
};
const notKept: SessionRefusal = {
  ok: false,
  reason: 'not-kept',
  message: 'Keep the session first, with everything in it.',
};
