/*
 * Trial and patch spots. Every function asks what the actor's role allows and leaves an entry in the audit chain.
 *
 *   placeSpot(services, actor, form)       { ok: true, spotId }
 *   readSpot(services, actor, form)        one reading of the protocol; before its time it is refused
 *   setSpotAside(services, actor, …)       physician, in writing: this spot no longer counts
 *   waiveSpot(services, actor, form)       physician, in writing: no such spot is needed for this person
 *   dueSpotReadings(services, actor)       what is to be read now or soon, for the desk
 *   healedTestSpots(services, actor, …)    colour readings at six weeks and later, for the match
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Treatment } from '../candidacy/rules.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient, patientFacts } from '../record/commands.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { areLots } from '../stock/commands.ts';
import { dayReader } from './course.ts';
import { protocolNow } from './protocol.ts';
import type { ScreeningProtocol } from './protocol-rules.ts';
import { reasonLeast } from './rules.ts';
import {
  type ReadingForm,
  readingForm,
  type ScreeningRefusal,
  type SpotForm,
  spotForm,
  type WaiverForm,
  waiverForm,
} from './schema.ts';
import { type DueReading, type ReadingId, readingsOf } from './spots.ts';
import {
  insertReading,
  insertSpot,
  lockSpot,
  type StoredSpot,
  selectSpots,
  selectSpotsPlacedSince,
  updateSpotSetAside,
} from './store.ts';

type ScreeningServices = Pick<Services, 'db' | 'clock'>;

export async function placeSpot(
  services: ScreeningServices,
  actor: Actor,
  form: SpotForm,
): Promise<{ ok: true; spotId: string } | ScreeningRefusal> {
  if (!can(actor.role, 'screening.write')) return notAllowed;
  const parsed = spotForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { patientId, treatment, kind, place, what, lotIds, placedAt } = parsed.data;
  const now = services.clock.now();
  if (placedAt !== undefined && placedAt > now) {
    return {
      ok: false,
      reason: 'placed-in-future',
      message: 'A spot cannot be placed later than now.',
      field: 'placedAt',
    };
  }
  if (!(await getPatient(services, actor, patientId)).ok) return noSuchPatient;
  if (!(await areLots(services.db, actor.tenantId, lotIds))) return noSuchLot;
  const spotId = randomUUID();
  await services.db.transaction().execute(async (trx) => {
    await insertSpot(trx, {
      tenant_id: actor.tenantId,
      id: spotId,
      patient_id: patientId,
      treatment,
      kind,
      place,
      what,
      lot_ids: lotIds,
      placed_at: placedAt ?? now,
      recorded_at: now,
      recorded_by: actor.staffId,
      set_aside_at: null,
      set_aside_by: null,
      set_aside_reason: null,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'screening.spot-placed',
      subject: { kind: 'patient', id: patientId },
      change: { after: { spotId, treatment, kind, lotIds, placedAt: (placedAt ?? now).toISOString() } },
    });
  });
  return { ok: true, spotId };
}

export async function readSpot(
  services: ScreeningServices,
  actor: Actor,
  form: ReadingForm,
): Promise<{ ok: true; isLate: boolean } | ScreeningRefusal> {
  if (!can(actor.role, 'screening.write')) return notAllowed;
  const parsed = readingForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const given = parsed.data;
  return services.db.transaction().execute(async (trx) => {
    const spot = await lockSpot(trx, actor.tenantId, given.spotId);
    if (spot?.placedAt === undefined) return noSuchSpot;
    if (spot.setAside !== undefined) return setAsideAlready;
    const now = services.clock.now();
    const dayOf = await dayReader(trx, actor.tenantId);
    const { kind, treatment, placedAt } = spot;
    const known = { kind, treatment, placedAt, readings: [], isSetAside: false };
    const { spots: protocols } = await protocolNow(trx, actor.tenantId);
    const due = readingsOf(known, now, dayOf, protocols).find(({ rule }) => rule.id === given.reading);
    if (due === undefined) {
      return {
        ok: false as const,
        reason: 'reading-not-of-this-spot' as const,
        message: 'The protocol of this spot has no such reading.',
        field: 'reading',
      };
    }
    if (given.outcome === 'clear' && Object.values(given.signs).some((seen) => seen !== 'clear')) {
      return {
        ok: false as const,
        reason: 'outcome-against-signs' as const,
        message: 'A sign was not clear; the whole reading cannot be.',
        field: 'outcome',
      };
    }
    if (due.state === 'early' && given.outcome !== 'adverse') {
      return {
        ok: false as const,
        reason: 'reading-too-early' as const,
        message: `It is read from ${due.fromDay}; before that only a reaction can be recorded.`,
        field: 'reading',
      };
    }
    await insertReading(trx, {
      tenant_id: actor.tenantId,
      spot_id: spot.id,
      seq: (spot.readings.at(-1)?.seq ?? 0) + 1,
      reading: given.reading,
      outcome: given.outcome,
      signs: given.signs,
      lab: given.lab === undefined ? null : [...given.lab],
      surround_lab: given.surroundLab === undefined ? null : [...given.surroundLab],
      note: given.note,
      read_at: now,
      read_by: actor.staffId,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'screening.spot-read',
      subject: { kind: 'patient', id: spot.patientId },
      change: { after: { spotId: spot.id, reading: given.reading, outcome: given.outcome } },
    });
    return { ok: true as const, isLate: due.state === 'late' };
  });
}

export async function setSpotAside(
  services: ScreeningServices,
  actor: Actor,
  spotId: string,
  reason: string,
): Promise<{ ok: true } | ScreeningRefusal> {
  if (!can(actor.role, 'screening.decide')) return notAllowed;
  const words = reason.trim().slice(0, 2000);
  if (Array.from(words).length < reasonLeast) return reasonMissing;
  if (!isUuid(spotId)) return noSuchSpot;
  return services.db.transaction().execute(async (trx) => {
    const spot = await lockSpot(trx, actor.tenantId, spotId);
    if (spot === undefined) return noSuchSpot;
    if (spot.setAside !== undefined) return setAsideAlready;
    await updateSpotSetAside(trx, actor.tenantId, spotId, {
      at: services.clock.now(),
      by: actor.staffId,
      reason: words,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'screening.spot-set-aside',
      subject: { kind: 'patient', id: spot.patientId },
      change: { after: { spotId } },
    });
    return { ok: true as const };
  });
}

export async function waiveSpot(
  services: ScreeningServices,
  actor: Actor,
  form: WaiverForm,
): Promise<{ ok: true; spotId: string } | ScreeningRefusal> {
  if (!can(actor.role, 'screening.decide')) return notAllowed;
  const parsed = waiverForm.safeParse(form);
  if (!parsed.success) {
    return parsed.error.issues[0]?.path[0] === 'reason' ? reasonMissing : badForm(parsed.error);
  }
  const { patientId, treatment, kind, reason } = parsed.data;
  if (!(await getPatient(services, actor, patientId)).ok) return noSuchPatient;
  const spotId = randomUUID();
  const now = services.clock.now();
  await services.db.transaction().execute(async (trx) => {
    await insertSpot(trx, {
      tenant_id: actor.tenantId,
      id: spotId,
      patient_id: patientId,
      treatment,
      kind,
      place: '',
      what: '',
      lot_ids: [],
      placed_at: null,
      recorded_at: now,
      recorded_by: actor.staffId,
      set_aside_at: now,
      set_aside_by: actor.staffId,
      set_aside_reason: reason,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'screening.spot-waived',
      subject: { kind: 'patient', id: patientId },
      change: { after: { spotId, treatment, kind } },
    });
  });
  return { ok: true, spotId };
}

export interface DueSpot {
  readonly spotId: string;
  readonly patientId: string;
  /** For the desk's list; in the answer only, never in the audit entry. */
  readonly patientName: string;
  readonly treatment: Treatment;
  readonly kind: StoredSpot['kind'];
  readonly reading: ReadingId;
  readonly state: 'soon' | 'due' | 'late';
  readonly fromDay: string;
  readonly untilDay: string;
}

/** Longest time after placing at which the desk is still told of an unread spot. */
const forgottenAfterDays = 365;

/** Readings to be taken now, missed, or within `withinDays`; the most pressing first. No answers at the gates. */
export async function dueSpotReadings(
  services: ScreeningServices,
  actor: Actor,
  withinDays = 7,
): Promise<{ ok: true; due: readonly DueSpot[] } | ScreeningRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const now = services.clock.now();
    const dayOf = await dayReader(trx, actor.tenantId);
    const since = new Date(now.getTime() - forgottenAfterDays * 86_400_000);
    const soonest = dayOf(new Date(now.getTime() + withinDays * 86_400_000));
    const spots = await selectSpotsPlacedSince(trx, actor.tenantId, since);
    const { spots: protocols } = await protocolNow(trx, actor.tenantId);
    const names = new Map<string, string>();
    for (const patientId of new Set(spots.map((spot) => spot.patientId))) {
      const facts = await patientFacts(services, trx, actor.tenantId, patientId);
      names.set(patientId, facts?.patient.name ?? '');
    }
    const due = spots.flatMap((spot) =>
      dueOf(spot, now, dayOf, protocols)
        .filter(({ state, fromDay }) => state !== 'read' && (state !== 'early' || fromDay <= soonest))
        .map(({ rule, state, fromDay, untilDay }) => ({
          spotId: spot.id,
          patientId: spot.patientId,
          patientName: names.get(spot.patientId) ?? '',
          treatment: spot.treatment,
          kind: spot.kind,
          reading: rule.id,
          state: state === 'early' ? ('soon' as const) : (state as 'due' | 'late'),
          fromDay,
          untilDay,
        })),
    );
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'screening.due-listed',
      subject: { kind: 'patient', id: null },
      change: { after: { found: [...new Set(due.map(({ patientId }) => patientId))] } },
    });
    return { ok: true as const, due: due.toSorted((a, b) => (a.untilDay < b.untilDay ? -1 : 1)) };
  });
}

function dueOf(
  spot: StoredSpot,
  now: Date,
  dayOf: (at: Date) => string,
  protocols: ScreeningProtocol['spots'],
): readonly DueReading[] {
  if (spot.placedAt === undefined) return [];
  return readingsOf({ ...spot, placedAt: spot.placedAt, isSetAside: false }, now, dayOf, protocols);
}

export interface HealedSpot {
  readonly spotId: string;
  readonly lotIds: readonly string[];
  readonly weeksAfter: number;
  /** CIELAB, D65, 10° observer. */
  readonly lab: readonly number[];
  readonly surroundLab: readonly number[] | undefined;
}

/** What `engine/match` learns a person's depth and retention from (docs/science/test-spot.md): healed colours with lots. */
export async function healedTestSpots(
  services: ScreeningServices,
  actor: Actor,
  patientId: string,
  treatment: Treatment,
): Promise<{ ok: true; spots: readonly HealedSpot[] } | ScreeningRefusal> {
  if (!can(actor.role, 'plan.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const stored = await selectSpots(trx, actor.tenantId, patientId, treatment);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'screening.spots-read',
      subject: { kind: 'patient', id: patientId },
      change: { after: { treatment } },
    });
    const spots = stored.flatMap(({ id, lotIds, placedAt, setAside, readings }) => {
      const healed = readings.findLast(
        ({ reading, lab }) => lab !== undefined && (reading === 'week-6' || reading === 'week-12'),
      );
      if (placedAt === undefined || setAside !== undefined || healed?.lab === undefined) return [];
      return [
        {
          spotId: id,
          lotIds,
          weeksAfter: (healed.readAt.getTime() - placedAt.getTime()) / (7 * 86_400_000),
          lab: healed.lab,
          surroundLab: healed.surroundLab,
        },
      ];
    });
    return { ok: true as const, spots };
  });
}

const notAllowed: ScreeningRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const noSuchLot: ScreeningRefusal = {
  ok: false,
  reason: 'no-such-lot',
  message: 'This lot is not in stock; choose another.',
  field: 'lotIds',
};
const noSuchPatient: ScreeningRefusal = {
  ok: false,
  reason: 'no-such-patient',
  message: 'There is no such patient.',
  field: 'patientId',
};
const noSuchSpot: ScreeningRefusal = {
  ok: false,
  reason: 'no-such-spot',
  message: 'There is no such spot.',
  field: 'spotId',
};
const setAsideAlready: ScreeningRefusal = {
  ok: false,
  reason: 'spot-set-aside',
  message: 'A physician has set this spot aside; it takes no more readings.',
  field: 'spotId',
};
const reasonMissing: ScreeningRefusal = {
  ok: false,
  reason: 'reason-missing',
  message: 'Write why, in a few words.',
  field: 'reason',
};
