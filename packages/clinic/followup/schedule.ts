/** Check-ins from the session on: planned with it, sent, reminded of, and put on the call list when nobody answers. */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { dayNumber, minutesPerDay, offsetAt, resolveZone, startOfLocalDay } from '../booking/rules.ts';
import type { Treatment } from '../candidacy/gates.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { refreshFollowed } from '../surveillance/commands.ts';
import { selectEveryBranch } from '../tenant/commands.ts';
import { dayIn } from '../tenant/schema.ts';
import { checkInToken } from './links.ts';
import { checkInDays, planOf, protocols } from './protocol.ts';
import { type ReachServices, reachPatient, tellPatient } from './reach.ts';
import {
  type CheckInsTable,
  insertCheckIns,
  lockDueCheckIn,
  selectDue,
  selectTenantFacts,
  updateCheckIn,
} from './store.ts';

export interface PerformedSession {
  readonly tenantId: string;
  readonly patientId: string;
  readonly sessionId: string;
  /** Where it was; left out or null: the clinic as a whole writes to her. */
  readonly branchId?: string | null;
  readonly treatment: Treatment;
  readonly performedAt: Date;
}

/**
 * Plans the check-ins of a session, with the transaction that keeps it. Doing so again adds nothing twice, and brings what
 * surveillance counts (operator, zones, lots) up to date with `sessions` and `session_lots`.
 *
 * A check-in whose successor is due already is not sent any more: a session written down late is not followed by a pile
 * of links.
 * @returns how many check-ins were new.
 */
export async function scheduleCheckIns(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  session: PerformedSession,
): Promise<number> {
  const { tenantId, patientId, sessionId, branchId = null, treatment, performedAt } = session;
  const branch = (await selectEveryBranch(trx, tenantId)).find(({ id }) => id === branchId);
  // Days are counted, and letters sent, by the wall of the place she was treated at.
  const zone = branch?.zone ?? (await selectTenantFacts(trx, tenantId)).zone;
  const now = services.clock.now();
  const due = checkInDays(treatment, dayIn(zone, performedAt)).map((one) => ({
    ...one,
    at: instantAt(zone, one.on, protocols[treatment].sendAtMin),
  }));
  const rows = due.map(({ plan, dayNumber: number, at }, i): CheckInsTable => {
    const next = due[i + 1];
    const isOver = next !== undefined && next.at <= now;
    return {
      tenant_id: tenantId,
      id: randomUUID(),
      patient_id: patientId,
      session_id: sessionId,
      branch_id: branchId,
      treatment,
      protocol_day: plan.day,
      day_number: number,
      performed_at: performedAt,
      due_at: at,
      state: isOver ? 'missed' : 'planned',
      next_at: isOver ? null : at,
      sent_at: null,
      reminded_at: null,
      to_call_at: null,
      call_tries: 0,
      answered_at: null,
      answer_version: 0,
      urgency: null,
      created_at: now,
    };
  });
  const added = await insertCheckIns(trx, rows);
  await refreshFollowed(trx, tenantId, [sessionId]);
  if (added > 0) {
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'system', id: null },
      action: 'check-in.planned',
      subject: { kind: 'session', id: sessionId },
      change: { after: { patientId, checkIns: added } },
    });
  }
  return added;
}

/** The instant at which the clinic's wall reads this minute of this day; the first one after, where a change skips it. */
function instantAt(zone: string, day: string, minuteOfDay: number): Date {
  const local = dayNumber(day);
  const table = resolveZone(zone, (local - 2) * minutesPerDay, (local + 3) * minutesPerDay);
  const wall = local * minutesPerDay + minuteOfDay;
  for (const offset of new Set(table.offsetsMin)) {
    const minute = wall - offset;
    if (minute + offsetAt(table, minute) === wall) return new Date(minute * 60_000);
  }
  return new Date((startOfLocalDay(table, local) + minuteOfDay) * 60_000);
}

/** Check-ins taken up in one run of the job; what is left waits for the next minute. */
const mostPerRun = 500;

/**
 * Does what is due for check-ins: sends the link, reminds, puts on the call list. Each in a transaction of its own, with its
 * message, so that a worker killed in between has done it once or not at all.
 * @returns how many were moved on.
 */
export async function advanceCheckIns(
  services: ReachServices & Pick<Services, 'db' | 'log'>,
): Promise<number> {
  const now = services.clock.now();
  let moved = 0;
  for (const { tenantId, id } of await selectDue(services.db, 'check_ins', now, mostPerRun)) {
    try {
      const done = await services.db.transaction().execute(async (trx) => {
        const row = await lockDueCheckIn(trx, tenantId, id, now);
        if (row === undefined) return false;
        await advance(services, trx, row, now);
        return true;
      });
      if (done) moved += 1;
    } catch (error) {
      // One that cannot be sent must not hold up the others; it is tried again with the next run.
      services.log.error({ err: error, checkInId: id }, 'check-in not moved on');
    }
  }
  return moved;
}

async function advance(services: ReachServices, trx: Trx, row: CheckInsTable, now: Date): Promise<void> {
  const plan = planOf(row.treatment, row.protocol_day);
  const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const to = await reachPatient(services, trx, row.tenant_id, row.patient_id);
  const way = to?.way;
  let change: Partial<CheckInsTable>;
  if (to !== undefined && way !== undefined && (row.state === 'planned' || row.state === 'sent')) {
    const facts = await selectTenantFacts(trx, row.tenant_id);
    const token = checkInToken(services.keys, row.tenant_id, row.id);
    const what = row.state === 'planned' ? ('link' as const) : ('reminder' as const);
    await tellPatient(
      services,
      trx,
      facts,
      what,
      { ...to, way },
      {
        tenantId: row.tenant_id,
        id: row.id,
        branchId: row.branch_id,
        token,
      },
    );
    change =
      what === 'link'
        ? { state: 'sent', sent_at: now, next_at: after(plan.remindAfterHours) }
        : { state: 'reminded', reminded_at: now, next_at: after(plan.callAfterHours) };
  } else {
    // Nobody answered twice, or there is no address: a person calls.
    change = { state: 'to-call', to_call_at: now, next_at: null };
  }
  await updateCheckIn(trx, row, change);
  await recordAudit(services, trx, {
    tenantId: row.tenant_id,
    actor: { kind: 'system', id: null },
    action: `check-in.${change.state}`,
    subject: { kind: 'check-in', id: row.id },
  });
}
