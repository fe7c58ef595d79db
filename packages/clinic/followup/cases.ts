/** Cases: what staff must answer. Opened by answers and by the desk, timed, escalated, handed over, answered. */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { insertCase, insertEntry, lockDueCase, lockOpenCaseOf, updateCase } from './case-store.ts';
import { escalationAt } from './escalation.ts';
import { type ReachServices, tellStaff } from './reach.ts';
import type { Urgency } from './red-flags.ts';
import { type CaseRow, type NewCase, selectDue, selectTenantFacts } from './store.ts';
import { rankOf } from './triage.ts';

export interface CaseToOpen {
  readonly tenantId: string;
  readonly patientId: string;
  readonly sessionId: string | null;
  readonly checkInId: string | null;
  readonly urgency: Urgency;
  /** What it rests on, for the list of entries: rows, doubts, version of the answer. */
  readonly detail: object;
  readonly note?: string;
  readonly staffId?: string;
}

/**
 * Opens a case, or raises the open one of the same check-in: it becomes as urgent as the new answer if that is more, and
 * never less by itself; whoever answers it sees both. Whom it tells at once is told with the transaction.
 */
export async function openOrRaise(
  services: ReachServices,
  trx: Trx,
  toOpen: CaseToOpen,
): Promise<{ caseId: string; urgency: Urgency }> {
  const now = services.clock.now();
  const { tenantId, checkInId, urgency, detail, note, staffId } = toOpen;
  const entry = { at: now, detail, ...(note !== undefined && { note }), staff_id: staffId ?? null };
  const open = checkInId === null ? undefined : await lockOpenCaseOf(trx, tenantId, checkInId);
  if (open !== undefined) {
    const isMore = rankOf(urgency) < rankOf(open.urgency);
    const raised: CaseRow = isMore ? { ...open, urgency, timer_from: now, step: 0 } : open;
    await insertEntry(trx, open, { what: 'raised', ...entry });
    if (isMore) {
      await updateCase(trx, open, { urgency, timer_from: now, step: 0, next_at: nextAt(urgency, now, 0) });
      await takeSteps(services, trx, raised, now);
    }
    return { caseId: open.id, urgency: raised.urgency };
  }
  const row: NewCase = {
    tenant_id: tenantId,
    id: randomUUID(),
    patient_id: toOpen.patientId,
    session_id: toOpen.sessionId,
    check_in_id: checkInId,
    source: checkInId === null ? 'desk' : 'check-in',
    urgency,
    state: 'open',
    opened_at: now,
    timer_from: now,
    holder_id: null,
    step: 0,
    next_at: nextAt(urgency, now, 0),
    answered_at: null,
    answered_by: null,
    outcome: null,
  };
  await insertCase(trx, row);
  await insertEntry(trx, row, { what: 'opened', ...entry });
  await takeSteps(services, trx, { ...row, urgency_rank: rankOf(urgency) }, now);
  return { caseId: row.id, urgency };
}

function nextAt(urgency: Urgency, timerFrom: Date, step: number): Date {
  return new Date(timerFrom.getTime() + escalationAt(urgency, step).afterMin * 60_000);
}

/**
 * Takes the one step of the escalation that is due, and with it any that were missed while the program stood still: those
 * are told of once, by the latest of them.
 * @returns whether a step was taken.
 */
async function takeSteps(services: ReachServices, trx: Trx, row: CaseRow, now: Date): Promise<boolean> {
  let { step } = row;
  if (nextAt(row.urgency, row.timer_from, step) > now) return false;
  while (nextAt(row.urgency, row.timer_from, step + 1) <= now) step += 1;
  const facts = await selectTenantFacts(trx, row.tenant_id);
  const { tell } = escalationAt(row.urgency, step);
  const told = await tellStaff(services, trx, facts, {
    tenantId: row.tenant_id,
    to: tell,
    what: 'caseNotice',
    values: { step: String(step + 1) },
    path: `/desk/followup/${row.id}`,
    subject: { kind: 'follow-up-case', id: row.id },
    key: `follow-up ${row.id} ${row.timer_from.getTime()} ${step}`,
  });
  await updateCase(trx, row, { step: step + 1, next_at: nextAt(row.urgency, row.timer_from, step + 1) });
  await insertEntry(trx, row, { what: 'escalated', at: now, detail: { step: step + 1, roles: tell, told } });
  await recordAudit(services, trx, {
    tenantId: row.tenant_id,
    actor: { kind: 'system', id: null },
    action: 'follow-up.escalated',
    subject: { kind: 'follow-up-case', id: row.id },
    change: { after: { step: step + 1, roles: [...tell], told } },
  });
  return true;
}

/** Cases taken up in one run of the job; what is left waits for the next minute. */
const mostPerRun = 500;

/**
 * Takes the due step of every open case. Each in one transaction with its messages: a worker killed in between has told
 * everybody or nobody, and the next run does what is missing.
 * @returns how many steps were taken.
 */
export async function escalateCases(services: ReachServices & Pick<Services, 'db' | 'log'>): Promise<number> {
  const now = services.clock.now();
  let taken = 0;
  for (const { tenantId, id } of await selectDue(services.db, 'follow_up_cases', now, mostPerRun)) {
    try {
      const done = await services.db.transaction().execute(async (trx) => {
        const row = await lockDueCase(trx, tenantId, id, now);
        return row !== undefined && (await takeSteps(services, trx, row, now));
      });
      if (done) taken += 1;
    } catch (error) {
      services.log.error({ err: error, caseId: id }, 'case not escalated');
    }
  }
  return taken;
}
