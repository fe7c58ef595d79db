/** Adverse events: written down, changed in versions, withdrawn; each feeds the rates and the alert of its lots. */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { reopenScreening } from '../screening/commands.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { refreshFollowed } from '../surveillance/commands.ts';
import { type EventKind, eventKindIds, eventKinds } from './event-kinds.ts';
import {
  type AdverseEventsTable,
  countForAlert,
  type EventFilter,
  type EventRow,
  insertAlert,
  type LotAlertRow,
  lockEvent,
  saveEvent,
  selectAlerts,
  selectEvents,
  selectSessionsOf,
  settleAlertRow,
} from './event-store.ts';
import { type ReachServices, reachPatient, tellStaff } from './reach.ts';
import { badForm, notAllowed, notFound } from './refusals.ts';
import { opensScreening } from './reopening.ts';
import { adverseEventForm, type FollowUpRefusal } from './schema.ts';
import { selectTenantFacts } from './store.ts';

type EventServices = ReachServices & Pick<Services, 'db'>;

/** When a lot raises an alert, as data. Clinical reference, section 8. */
export const lotAlertRule = {
  id: 'two-infections-or-reactions',
  kinds: eventKindIds.filter((kind) => eventKinds[kind].alertsLot),
  /** Sessions with such an event. */
  least: 2,
  source: 'Clinical reference 8: alert at 2 infections or reactions per lot',
  mark: 'derived',
  review: 'unreviewed',
} as const;

/**
 * Writes down an adverse event, or a new version of one. `version` of a change is the one that was looked at: somebody else's
 * change in between is refused, not overwritten. What `reopening.ts` names opens the screening decision of the session's
 * treatment again, or of every treatment when no session is named.
 */
export async function saveAdverseEvent(
  services: EventServices,
  actor: Actor,
  form: unknown,
  before?: { readonly id: string; readonly version: number },
): Promise<{ ok: true; eventId: string; version: number } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.answer')) return notAllowed;
  const parsed = adverseEventForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  if (before !== undefined && !isUuid(before.id)) return notFound;
  const { tenantId } = actor;
  const now = services.clock.now();
  const told = parsed.data;
  return services.db.transaction().execute(async (trx) => {
    const old = before && (await lockEvent(trx, tenantId, before.id));
    if (before !== undefined && old === undefined) return notFound;
    if (old !== undefined && (old.version !== before?.version || old.withdrawn_reason !== null)) {
      return changedMeanwhile;
    }
    const person = await reachPatient(services, trx, tenantId, told.patientId);
    if (person === undefined) return notFound;
    const sessions = await selectSessionsOf(trx, tenantId, told.patientId);
    const session = sessions.find(({ sessionId }) => sessionId === told.sessionId);
    if (told.sessionId !== null && session === undefined) {
      return { ...wrongField, field: 'sessionId', message: 'Choose a session of this patient.' };
    }
    if (session !== undefined && told.onsetOn < session.performedOn) {
      return { ...wrongField, field: 'onsetOn', message: 'It cannot have begun before the session.' };
    }
    const row: AdverseEventsTable = {
      tenant_id: tenantId,
      id: old?.id ?? randomUUID(),
      version: (old?.version ?? 0) + 1,
      patient_id: told.patientId,
      session_id: told.sessionId,
      treatment: session?.treatment ?? null,
      lot_id: told.lotId,
      case_id: told.caseId,
      kind: told.kind,
      grade: told.grade,
      onset_on: told.onsetOn,
      found_by: told.foundBy,
      description: told.description,
      treatment_given: told.treatmentGiven,
      outcome: told.outcome,
      resolved_on: told.resolvedOn,
      withdrawn_reason: null,
      recorded_by: old?.recorded_by ?? actor.staffId,
      recorded_at: old?.recorded_at ?? now,
      changed_at: now,
    };
    await saveEvent(trx, row, actor.staffId);
    await counted(services, trx, tenantId, row, old);
    await recordAudit(services, trx, {
      ...by(actor),
      action: old === undefined ? 'adverse-event.recorded' : 'adverse-event.changed',
      subject: { kind: 'adverse-event', id: row.id },
      change: {
        after: {
          patientId: row.patient_id,
          sessionId: row.session_id,
          lotId: row.lot_id,
          version: row.version,
          kind: row.kind,
          grade: row.grade,
          outcome: row.outcome,
        },
      },
    });
    // Once: the decision a physician took knowing of this event stands when more is written about it.
    if (opensScreening(row) && !(old !== undefined && opensScreening(old))) {
      await reopenScreening(services, trx, {
        tenantId,
        by: by(actor).actor,
        patientId: row.patient_id,
        ...(row.treatment !== null && { treatment: row.treatment }),
        because: 'adverse-event',
        sourceId: row.id,
      });
    }
    return { ok: true as const, eventId: row.id, version: row.version };
  });
}

/** Takes an event back that turned out not to be one. It stays, with the reason, and counts nowhere. */
export async function withdrawAdverseEvent(
  services: EventServices,
  actor: Actor,
  eventId: string,
  reason: string,
): Promise<{ ok: true } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.answer')) return notAllowed;
  if (!isUuid(eventId)) return notFound;
  if (reason.trim() === '') {
    return { ok: false, reason: 'bad-form', message: 'Say why it was none.', field: 'reason' };
  }
  return services.db.transaction().execute(async (trx) => {
    const old = await lockEvent(trx, actor.tenantId, eventId);
    if (old === undefined || old.withdrawn_reason !== null) return notFound;
    const row = {
      ...old,
      version: old.version + 1,
      withdrawn_reason: reason.trim().slice(0, 1000),
      changed_at: services.clock.now(),
    };
    await saveEvent(trx, row, actor.staffId);
    await counted(services, trx, actor.tenantId, row, old);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'adverse-event.withdrawn',
      subject: { kind: 'adverse-event', id: eventId },
      change: { after: { patientId: row.patient_id, version: row.version } },
    });
    return { ok: true as const };
  });
}

/** Brings rates up to date, and raises the alert of every lot concerned, once. */
async function counted(
  services: EventServices,
  trx: Trx,
  tenantId: string,
  row: AdverseEventsTable,
  old: AdverseEventsTable | undefined,
): Promise<void> {
  const sessionIds = [row.session_id, old?.session_id ?? null].filter((id) => id !== null);
  if (sessionIds.length > 0) await refreshFollowed(trx, tenantId, sessionIds);
  const counts = await countForAlert(trx, tenantId, lotAlertRule.kinds, {
    lotIds: row.lot_id === null ? [] : [row.lot_id],
    sessionId: row.session_id,
  });
  const due = counts.filter(({ events }) => events >= lotAlertRule.least);
  if (due.length === 0) return;
  const facts = await selectTenantFacts(trx, tenantId);
  for (const { lotId, events } of due) {
    const id = randomUUID();
    const isNew = await insertAlert(trx, {
      tenant_id: tenantId,
      id,
      lot_id: lotId,
      rule: lotAlertRule.id,
      events,
      raised_at: services.clock.now(),
      settled_at: null,
      settled_by: null,
      settled_note: null,
    });
    if (!isNew) continue;
    await tellStaff(services, trx, facts, {
      tenantId,
      to: ['owner', 'physician'],
      what: 'lotAlert',
      values: { count: String(events) },
      path: `/desk/recall/${lotId}`,
      subject: { kind: 'lot-alert', id },
      key: `lot-alert ${lotId} ${lotAlertRule.id}`,
    });
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'system', id: null },
      action: 'lot-alert.raised',
      subject: { kind: 'lot', id: lotId },
      change: { after: { rule: lotAlertRule.id, events } },
    });
  }
}

export async function listAdverseEvents(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  filter: EventFilter = {},
): Promise<{ ok: true; events: readonly EventRow[] } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.read')) return notAllowed;
  for (const id of [filter.id, filter.patientId, filter.caseId]) {
    if (id !== undefined && !isUuid(id)) return notFound;
  }
  return services.db.transaction().execute(async (trx) => {
    const events = await selectEvents(trx, actor.tenantId, filter);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'adverse-event.listed',
      subject: { kind: 'adverse-event', id: filter.id ?? null },
      change: { after: { found: events.length, patientId: filter.patientId ?? null } },
    });
    return { ok: true as const, events };
  });
}

/** What the form offers: the patient's sessions, and the lots each of them used. */
export async function eventChoices(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
): Promise<
  { ok: true; name: string; sessions: Awaited<ReturnType<typeof selectSessionsOf>> } | FollowUpRefusal
> {
  if (!can(actor.role, 'followup.read')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const person = await reachPatient(services, trx, actor.tenantId, patientId);
    if (person === undefined) return notFound;
    const sessions = await selectSessionsOf(trx, actor.tenantId, patientId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'adverse-event.form-opened',
      subject: { kind: 'patient', id: patientId },
    });
    return { ok: true as const, name: person.name, sessions };
  });
}

/** Alerts of lots for those who look after stock or surveillance: no patient is named. */
export async function listLotAlerts(
  services: Pick<Services, 'db'>,
  actor: Actor,
): Promise<readonly LotAlertRow[]> {
  if (!can(actor.role, 'report.read') && !can(actor.role, 'stock.write')) return [];
  return selectAlerts(services.db, actor.tenantId);
}

/** Says what was done about an alert. It stays in the list, settled. */
export async function settleLotAlert(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  alertId: string,
  note: string,
): Promise<{ ok: true } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.answer')) return notAllowed;
  if (!isUuid(alertId)) return notFound;
  if (note.trim() === '') {
    return { ok: false, reason: 'bad-form', message: 'Say what was done.', field: 'note' };
  }
  return services.db.transaction().execute(async (trx) => {
    const at = services.clock.now();
    const done = await settleAlertRow(trx, actor.tenantId, alertId, {
      staffId: actor.staffId,
      note: note.trim().slice(0, 2000),
      at,
    });
    if (!done) return notFound;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'lot-alert.settled',
      subject: { kind: 'lot-alert', id: alertId },
    });
    return { ok: true as const };
  });
}

/** CTCAE 5.0, general grading scale. */
export const grades = [1, 2, 3, 4, 5] as const;

/** The kind a row of the red-flag table makes one think of, to begin a form with; whoever writes it down decides. */
export const kindOfRow: Readonly<Record<string, EventKind>> = {
  R01: 'anaphylaxis',
  R02: 'anaesthetic',
  R03: 'anaesthetic',
  R04: 'eye',
  R05: 'infection',
  R06: 'infection',
  R07: 'bruise',
  R08: 'infection',
  R09: 'cold-sore',
  R10: 'mycobacteria',
  R11: 'allergy',
  R12: 'koebner',
  R13: 'scar',
  R14: 'eye',
  R15: 'nerve',
  R16: 'blood-borne',
  R17: 'follicle',
  R18: 'distress',
  R19: 'migration',
};

const wrongField = { ok: false as const, reason: 'bad-form' as const };

const changedMeanwhile: FollowUpRefusal = {
  ok: false,
  reason: 'changed-meanwhile',
  message: 'Somebody else has changed this event. Please look at it again.',
};
