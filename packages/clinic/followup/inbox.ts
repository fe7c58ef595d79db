/** The inbox of staff: what is open, what is known about it, handing over, noting, answering; and the call list. */
import { recordAudit } from '../audit/commands.ts';
import { withdrawMessagesOf } from '../notify/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { membersToTell, staffNames } from '../staff/commands.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor, Role } from '../staff/schema.ts';
import type { Language } from '../tenant/schema.ts';
import {
  type InboxCounts,
  type InboxRow,
  insertEntry,
  lockCase,
  selectCase,
  selectCasesOf,
  selectCounts,
  selectEntries,
  selectOpenCases,
  updateCase,
} from './case-store.ts';
import { openOrRaise } from './cases.ts';
import { timers } from './escalation.ts';
import { type ReachServices, reachPatient, tellStaff } from './reach.ts';
import type { Urgency } from './red-flags.ts';
import { badForm, notAllowed, notFound } from './refusals.ts';
import {
  type CaseOutcome,
  type CheckInAnswers,
  caseAnswer,
  checkInAnswers,
  type FollowUpRefusal,
  handOverForm,
} from './schema.ts';
import {
  type CaseRow,
  type CheckInAnswersTable,
  type CheckInsTable,
  type FollowUpEntriesTable,
  lockCheckIn,
  selectAnswers,
  selectCheckIn,
  selectCheckInsOf,
  selectTenantFacts,
  selectToCall,
  updateCheckIn,
  withdrawCheckIns,
} from './store.ts';
import { triage } from './triage.ts';

type InboxServices = ReachServices & Pick<Services, 'db'>;

/** Rows of the inbox shown at once; the counts beside them are whole. */
const mostShown = 100;

export interface InboxEntry {
  readonly caseId: string;
  readonly patientId: string;
  readonly name: string;
  readonly urgency: Urgency;
  readonly openedAt: Date;
  /** When it should have been answered. */
  readonly answerBy: Date;
  readonly treatment: string | null;
  readonly protocolDay: string | null;
  readonly matched: readonly string[];
  readonly doubts: readonly string[];
  readonly hasPhoto: boolean;
  readonly holder: string | null;
  /** Steps of the escalation already taken. */
  readonly step: number;
}

export interface CallEntry {
  readonly checkInId: string;
  readonly patientId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly language: Language;
  readonly treatment: string;
  readonly protocolDay: string;
  readonly since: Date;
  readonly tries: number;
}

/** Open cases, the most urgent first and then the longest waiting, and the people to call. */
export async function readInbox(
  services: InboxServices,
  actor: Actor,
): Promise<
  | { ok: true; cases: readonly InboxEntry[]; calls: readonly CallEntry[]; counts: InboxCounts }
  | FollowUpRefusal
> {
  if (!can(actor.role, 'followup.read')) return notAllowed;
  const { tenantId } = actor;
  const names = await staffNames(services, tenantId);
  return services.db.transaction().execute(async (trx) => {
    const cases = await selectOpenCases(trx, tenantId, mostShown);
    const toCall = await selectToCall(trx, tenantId, mostShown);
    const calls = toCall.map(
      (row): CallEntry => ({
        checkInId: row.id,
        patientId: row.patient_id,
        name: row.name,
        phone: row.phone,
        language: row.language,
        treatment: row.treatment,
        protocolDay: row.protocol_day,
        since: row.to_call_at ?? row.due_at,
        tries: row.call_tries,
      }),
    );
    const counts = await selectCounts(trx, tenantId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'follow-up.inbox-read',
      subject: { kind: 'follow-up-case', id: null },
      change: { after: { cases: cases.map(({ id }) => id), calls: toCall.map(({ id }) => id) } },
    });
    return { ok: true as const, cases: cases.map((row) => entryOf(row, names)), calls, counts };
  });
}

function entryOf(row: InboxRow, names: ReadonlyMap<string, string>): InboxEntry {
  return {
    caseId: row.id,
    patientId: row.patient_id,
    name: row.name,
    urgency: row.urgency,
    openedAt: row.opened_at,
    answerBy: answerBy(row),
    treatment: row.treatment,
    protocolDay: row.protocol_day,
    matched: row.matched ?? [],
    doubts: row.reasons ?? [],
    hasPhoto: row.photo_file_id !== null,
    holder: row.holder_id === null ? null : (names.get(row.holder_id) ?? ''),
    step: row.step,
  };
}

function answerBy(row: Pick<CaseRow, 'timer_from' | 'urgency'>): Date {
  return new Date(row.timer_from.getTime() + timers[row.urgency].answerWithinMin * 60_000);
}

/** How much is open, without naming anybody: for the list of places and for pages that ask whether to look again. */
export async function inboxCounts(
  services: Pick<Services, 'db'>,
  actor: Actor,
): Promise<InboxCounts | undefined> {
  return can(actor.role, 'followup.read') ? selectCounts(services.db, actor.tenantId) : undefined;
}

export interface CaseView extends Omit<CaseRow, 'tenant_id' | 'urgency_rank'> {
  readonly answerBy: Date;
  readonly phone: string | null;
  readonly patientName: string;
  readonly checkIn: CheckInsTable | undefined;
  /** Newest first. */
  readonly answers: readonly CheckInAnswersTable[];
  readonly entries: readonly FollowUpEntriesTable[];
}

export async function readCase(
  services: InboxServices,
  actor: Actor,
  caseId: string,
): Promise<
  | {
      ok: true;
      view: CaseView;
      staff: ReadonlyMap<string, string>;
      members: readonly { id: string; name: string; role: Role }[];
    }
  | FollowUpRefusal
> {
  if (!can(actor.role, 'followup.read')) return notAllowed;
  if (!isUuid(caseId)) return notFound;
  const { tenantId } = actor;
  const staff = await staffNames(services, tenantId);
  const members = await membersToTell(services, tenantId);
  return services.db.transaction().execute(async (trx) => {
    const row = await selectCase(trx, tenantId, caseId);
    if (row === undefined) return notFound;
    const person = await reachPatient(services, trx, tenantId, row.patient_id);
    const checkIn =
      row.check_in_id === null ? undefined : await selectCheckIn(trx, tenantId, row.check_in_id);
    const answers = row.check_in_id === null ? [] : await selectAnswers(trx, tenantId, [row.check_in_id]);
    const entries = await selectEntries(trx, tenantId, [caseId]);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'follow-up.read',
      subject: { kind: 'follow-up-case', id: caseId },
      change: { after: { patientId: row.patient_id } },
    });
    const view = {
      ...row,
      answerBy: answerBy(row),
      phone: person?.phone ?? null,
      patientName: person?.name ?? '',
      checkIn,
      answers,
      entries,
    };
    return {
      ok: true as const,
      view,
      staff,
      members: members
        .filter(({ role }) => can(role, 'followup.answer'))
        .map(({ id, name, role }) => ({ id, name, role })),
    };
  });
}

/** Changes an open case in a transaction of its own. */
async function change(
  services: InboxServices,
  actor: Actor,
  caseId: string,
  work: (
    trx: Trx,
    row: CaseRow,
    now: Date,
  ) => Promise<FollowUpRefusal | { readonly action: string; readonly after: Record<string, string> }>,
): Promise<{ ok: true } | FollowUpRefusal> {
  if (!isUuid(caseId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const row = await lockCase(trx, actor.tenantId, caseId);
    if (row === undefined) return notFound;
    if (row.state !== 'open') return alreadyAnswered;
    const done = await work(trx, row, services.clock.now());
    if ('ok' in done) return done;
    await recordAudit(services, trx, {
      ...by(actor),
      action: done.action,
      subject: { kind: 'follow-up-case', id: caseId },
      change: { after: { patientId: row.patient_id, ...done.after } },
    });
    return { ok: true as const };
  });
}

/** Gives a case to a colleague, who is told at once. The escalation goes on until somebody answers. */
export async function handOver(
  services: InboxServices,
  actor: Actor,
  caseId: string,
  form: unknown,
): Promise<{ ok: true } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.answer')) return notAllowed;
  const parsed = handOverForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { toStaffId, note } = parsed.data;
  const to = (await membersToTell(services, actor.tenantId)).find(({ id }) => id === toStaffId);
  if (to === undefined || !can(to.role, 'followup.answer')) {
    return {
      ok: false,
      reason: 'no-such-staff',
      message: 'Choose somebody who may answer cases.',
      field: 'toStaffId',
    };
  }
  return change(services, actor, caseId, async (trx, row, now) => {
    await updateCase(trx, row, { holder_id: toStaffId });
    await insertEntry(trx, row, {
      what: 'handed-over',
      at: now,
      note,
      staff_id: actor.staffId,
      detail: { to: toStaffId },
    });
    if (toStaffId !== actor.staffId) {
      const facts = await selectTenantFacts(trx, actor.tenantId);
      await tellStaff(services, trx, facts, {
        tenantId: actor.tenantId,
        to: { staffId: toStaffId },
        what: 'handedOver',
        values: { from: actor.name },
        path: `/desk/followup/${caseId}`,
        subject: { kind: 'follow-up-case', id: caseId },
        key: `hand-over ${caseId} ${now.getTime()}`,
      });
    }
    return { action: 'follow-up.handed-over', after: { to: toStaffId } };
  });
}

/** Answers a case: what was agreed and what was said. It closes, and its timers end. */
export async function answerCase(
  services: InboxServices,
  actor: Actor,
  caseId: string,
  form: unknown,
): Promise<{ ok: true } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.answer')) return notAllowed;
  const parsed = caseAnswer.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { outcome, note } = parsed.data;
  return change(services, actor, caseId, async (trx, row, now) => {
    await updateCase(trx, row, {
      state: 'answered',
      next_at: null,
      answered_at: now,
      answered_by: actor.staffId,
      outcome,
    });
    await insertEntry(trx, row, {
      what: 'answered',
      at: now,
      note,
      staff_id: actor.staffId,
      detail: { outcome },
    });
    return { action: 'follow-up.answered', after: { outcome } };
  });
}

/** Adds a note to an open case: tried to call, waiting for a photograph. Timers go on. */
export async function noteOnCase(
  services: InboxServices,
  actor: Actor,
  caseId: string,
  note: string,
): Promise<{ ok: true } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.call')) return notAllowed;
  const text = note.trim().slice(0, 4000);
  if (text === '') {
    return { ok: false, reason: 'bad-form', message: 'Write what happened.', field: 'note' };
  }
  return change(services, actor, caseId, async (trx, row, now) => {
    await insertEntry(trx, row, { what: 'noted', at: now, note: text, staff_id: actor.staffId });
    return { action: 'follow-up.noted', after: {} };
  });
}

/** Writes down what somebody reported outside of a check-in: by telephone or in the clinic. Always opens a case. */
export async function reportAtDesk(
  services: InboxServices,
  actor: Actor,
  report: { readonly patientId: string; readonly form: unknown },
): Promise<{ ok: true; caseId: string; urgency: Urgency; answers: CheckInAnswers } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.call')) return notAllowed;
  const parsed = checkInAnswers.safeParse(report.form);
  if (!parsed.success) return badForm(parsed.error);
  const { patientId } = report;
  if (!isUuid(patientId)) return notFound;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const person = await reachPatient(services, trx, tenantId, patientId);
    if (person === undefined) return notFound;
    const now = services.clock.now();
    const [latest] = await selectCheckInsOf(trx, tenantId, patientId);
    const result = triage(parsed.data, {
      hoursSince:
        latest === undefined ? 0 : Math.max(0, (now.getTime() - latest.performed_at.getTime()) / 3_600_000),
      bloodThinner: person.bloodThinner,
    });
    const { text, ...answers } = parsed.data;
    const { caseId, urgency } = await openOrRaise(services, trx, {
      tenantId,
      patientId,
      sessionId: latest?.session_id ?? null,
      checkInId: null,
      urgency: result.urgency,
      detail: { rows: result.matched.map(({ id }) => id), doubts: result.doubts, answers },
      ...(text !== '' && { note: text }),
      staffId: actor.staffId,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'follow-up.reported',
      subject: { kind: 'follow-up-case', id: caseId },
      change: { after: { patientId, urgency } },
    });
    return { ok: true as const, caseId, urgency, answers: parsed.data };
  });
}

/** What came of a call about an unanswered check-in: tried again later, or given up with that said in the record. */
export async function settleCall(
  services: InboxServices,
  actor: Actor,
  checkInId: string,
  result: 'not-reached' | 'given-up',
): Promise<{ ok: true } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.call')) return notAllowed;
  if (!isUuid(checkInId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const row = await lockCheckIn(trx, actor.tenantId, checkInId);
    if (row?.state !== 'to-call') return notFound;
    await updateCheckIn(
      trx,
      row,
      result === 'not-reached'
        ? { call_tries: row.call_tries + 1, to_call_at: services.clock.now() }
        : { state: 'missed', call_tries: row.call_tries + 1 },
    );
    await recordAudit(services, trx, {
      ...by(actor),
      action: `check-in.${result}`,
      subject: { kind: 'check-in', id: checkInId },
      change: { after: { patientId: row.patient_id, tries: row.call_tries + 1 } },
    });
    return { ok: true as const };
  });
}

/** The patient wants no more check-ins: those still to come are withdrawn with their messages; links stop opening. */
export async function stopCheckIns(
  services: InboxServices,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; stopped: number } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.call')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const stopped = await withdrawCheckIns(trx, actor.tenantId, patientId);
    for (const id of stopped) {
      await withdrawMessagesOf(services, trx, actor.tenantId, { kind: 'check-in', id });
    }
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'check-in.stopped',
      subject: { kind: 'patient', id: patientId },
      change: { after: { checkIns: stopped } },
    });
    return { ok: true as const, stopped: stopped.length };
  });
}

export interface PatientFollowUp {
  readonly checkIns: readonly CheckInsTable[];
  readonly answers: readonly CheckInAnswersTable[];
  readonly cases: readonly CaseRow[];
  readonly entries: readonly FollowUpEntriesTable[];
}

/** Everything the follow-up knows of a patient, for the chart. */
export async function followUpOf(
  services: InboxServices,
  actor: Actor,
  patientId: string,
): Promise<({ ok: true } & PatientFollowUp) | FollowUpRefusal> {
  if (!can(actor.role, 'followup.read')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const checkIns = await selectCheckInsOf(trx, tenantId, patientId);
    const answers = await selectAnswers(
      trx,
      tenantId,
      checkIns.map(({ id }) => id),
    );
    const cases = await selectCasesOf(trx, tenantId, patientId);
    const entries = await selectEntries(
      trx,
      tenantId,
      cases.map(({ id }) => id),
    );
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'follow-up.listed',
      subject: { kind: 'patient', id: patientId },
    });
    return { ok: true as const, checkIns, answers, cases, entries };
  });
}

/** The photograph that came with an answer. */
export async function readAnswerPhoto(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  checkInId: string,
  version: number,
): Promise<{ ok: true; bytes: Uint8Array; mediaType: string } | FollowUpRefusal> {
  if (!can(actor.role, 'photo.read')) return notAllowed;
  if (!isUuid(checkInId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const found = (await selectAnswers(trx, actor.tenantId, [checkInId])).find(
      (one) => one.version === version,
    );
    const fileId = found?.photo_file_id ?? undefined;
    const file = fileId && (await services.files.get(trx, actor.tenantId, fileId));
    if (!file) return notFound;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'check-in.photo-read',
      subject: { kind: 'check-in', id: checkInId },
      change: { after: { version } },
    });
    return { ok: true as const, bytes: file.bytes, mediaType: file.mediaType };
  });
}

export type { CaseOutcome };

const alreadyAnswered: FollowUpRefusal = {
  ok: false,
  reason: 'already-answered',
  message: 'This case has been answered meanwhile. Please look again.',
};
