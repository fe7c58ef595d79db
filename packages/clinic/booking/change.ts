/** What happens to a booking after it exists: confirmed, moved, cancelled, arrived, missed, undone. */
import { randomUUID } from 'node:crypto';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import type { BookingServices } from './book.ts';
import { remember, type Snapshot } from './history.ts';
import { type LinkRefusal, openLink, useLink } from './links.ts';
import { calendarFileOf, tellCancelled, tellWhen } from './messages.ts';
import { type Person, type PlaceRefusal, personKeyOf, placeVisit, slotTaken } from './place.ts';
import { mayCancel, mayMarkNoShow, mayMove, type PolicyAnswer } from './policy.ts';
import { minuteOf, nearbySlots, presentBooking, type Refusal } from './queries.ts';
import { type Actor, isOpenTo, type NotAllowed, notYourBranch, refusalFor } from './roles.ts';
import type { BookingChange, PublicBooking } from './schema.ts';
import {
  type BookingRow,
  insertBooking,
  type NewBooking,
  selectBooking,
  selectPolicy,
  selectSeries,
  updateBooking,
} from './store.ts';
import { acceptOffer, bookingOfOffer, type OfferRefusal } from './waitlist.ts';
import { freedSlotJob } from './waitlist-jobs.ts';

export type ChangeRefusal =
  | PlaceRefusal
  | LinkRefusal
  | Extract<PolicyAnswer, { ok: false }>
  | OfferRefusal
  | NotAllowed
  | Refusal<'booking-unknown' | 'hold-expired' | 'not-undoable' | 'wrong-status' | 'link-not-for-this'>;

export type ChangeAnswer = { ok: true; booking: BookingRow } | ChangeRefusal;

const unknownBooking: Refusal<'booking-unknown'> = {
  ok: false,
  reason: 'booking-unknown',
  message: 'There is no such booking.',
};

// ---- By link ----------------------------------------------------------------------------------------------------

/** The booking a link shows, whatever the link is for. */
export async function bookingByToken(
  services: Pick<Services, 'db' | 'clock' | 'keys'>,
  tenantId: string,
  token: string,
): Promise<{ ok: true; booking: PublicBooking; purpose: BookingLinkPurpose } | ChangeRefusal> {
  const opened = await openLink(services, services.db, tenantId, token, bookingLinks);
  if (!opened.ok) return opened;
  const { purpose, subjectId } = opened.link;
  const bookingId =
    purpose === 'accept-offer' ? await bookingOfOffer(services.db, tenantId, subjectId) : subjectId;
  const row = bookingId === undefined ? undefined : await selectBooking(services.db, tenantId, bookingId);
  if (row === undefined) return unknownBooking;
  const booking = await presentBooking(services, services.db, row);
  return { ok: true, booking, purpose: purpose as BookingLinkPurpose };
}

/**
 * The visit behind a link as an iCalendar file: the same id as in the invitation by e-mail, so that a calendar keeps one
 * of them, and a SEQUENCE that makes it replace what it had. A cancelled visit is taken out (`METHOD:CANCEL`).
 */
export async function calendarFileByToken(
  services: Pick<Services, 'db' | 'clock' | 'keys' | 'config'>,
  tenantId: string,
  token: string,
  language: string,
): Promise<{ ok: true; text: string } | ChangeRefusal> {
  const opened = await openLink(services, services.db, tenantId, token, bookingLinks);
  if (!opened.ok) return opened;
  const { purpose, subjectId } = opened.link;
  const id = purpose === 'accept-offer' ? await bookingOfOffer(services.db, tenantId, subjectId) : subjectId;
  const row = id === undefined ? undefined : await selectBooking(services.db, tenantId, id);
  if (row === undefined || row.kind !== 'visit' || row.status === 'expired') return unknownBooking;
  const url = `${services.config.http.publicUrl}/${language}/booking/${token}`;
  return { ok: true, text: await calendarFileOf(services, services.db, row, language, url) };
}

/** `confirm` and `accept-offer` come by message only and prove the address; `manage` moves and cancels. */
export type BookingLinkPurpose = 'manage' | 'confirm' | 'accept-offer';
const bookingLinks: readonly BookingLinkPurpose[] = ['manage', 'confirm', 'accept-offer'];

/** Confirms or moves by link. The link for confirming comes by e-mail only, so it proves the address. */
export async function changeByToken(
  services: BookingServices,
  tenantId: string,
  token: string,
  change: BookingChange,
): Promise<{ ok: true; booking: PublicBooking } | ChangeRefusal> {
  const opened = await openLink(services, services.db, tenantId, token, bookingLinks);
  if (!opened.ok) return opened;
  const { link } = opened;
  if (link.purpose === 'accept-offer' && change.action === 'confirm') {
    const accepted = await acceptOffer(services, tenantId, token);
    if (!accepted.ok) return accepted;
    return { ok: true, booking: await presentBooking(services, services.db, accepted.booking) };
  }
  const wanted = change.action === 'confirm' ? 'confirm' : 'manage';
  if (link.purpose !== wanted) {
    const message =
      wanted === 'confirm'
        ? 'Please use the link in the e-mail we sent you to confirm.'
        : 'This link only confirms. Use the link in the message that followed to move the visit.';
    return { ok: false, reason: 'link-not-for-this', message };
  }
  const actor: Actor = { kind: 'link', id: link.id };
  const answer =
    change.action === 'confirm'
      ? await confirmBooking(services, tenantId, link.subjectId, actor, link.id)
      : await moveBooking(services, tenantId, link.subjectId, actor, {
          startMinute: Date.parse(change.start) / 60_000,
          practitionerId: change.staff,
        });
  if (!answer.ok) return answer;
  return { ok: true, booking: await presentBooking(services, services.db, answer.booking) };
}

export async function cancelByToken(
  services: BookingServices,
  tenantId: string,
  token: string,
  reason: string | undefined,
): Promise<{ ok: true; booking: PublicBooking } | ChangeRefusal> {
  const opened = await openLink(services, services.db, tenantId, token, ['manage', 'confirm']);
  if (!opened.ok) return opened;
  const actor: Actor = { kind: 'link', id: opened.link.id };
  const answer = await cancelBooking(services, tenantId, opened.link.subjectId, actor, {
    by: 'person',
    reason,
  });
  if (!answer.ok) return answer;
  return { ok: true, booking: await presentBooking(services, services.db, answer.booking) };
}

// ---- Commands ---------------------------------------------------------------------------------------------------

/**
 * Turns a hold into a visit, with the others of its series. Doing it twice is doing it once. A hold past its time that
 * nobody cleared is still ours by constraint and is honoured.
 */
export async function confirmBooking(
  services: BookingServices,
  tenantId: string,
  bookingId: string,
  actor: Actor,
  linkId?: string,
): Promise<ChangeAnswer> {
  const refused = refusalFor(actor);
  if (refused) return refused;
  return asTenant(services.db, tenantId, async (trx): Promise<ChangeAnswer> => {
    const row = await selectBooking(trx, tenantId, bookingId, true);
    if (row === undefined || !isOpenTo(actor, row.branch_id)) return unknownBooking;
    if (row.status === 'confirmed' || row.status === 'arrived') return { ok: true, booking: row };
    if (row.status !== 'held') {
      const message =
        row.status === 'expired'
          ? 'The time was held until its deadline and is free again. Please book anew.'
          : 'This booking is no longer open.';
      return { ok: false, reason: row.status === 'expired' ? 'hold-expired' : 'not-open', message };
    }
    const rows = row.series_id === null ? [row] : await selectSeries(trx, tenantId, row.series_id);
    const changes: { what: string; before: BookingRow; after: BookingRow }[] = [];
    for (const before of rows) {
      if (before.status !== 'held') continue;
      const change = { status: 'confirmed' as const, hold_expires_at: null };
      changes.push({
        what: 'confirmed',
        before,
        after: await updateBooking(trx, tenantId, before.id, change, services.clock.now()),
      });
    }
    if (linkId !== undefined) await useLink(services, trx, tenantId, linkId);
    for (const { after } of changes) await tellWhen(services, trx, after, 'booking-confirmed');
    await remember(services, trx, actor, changes);
    return { ok: true, booking: changes.find((c) => c.after.id === bookingId)?.after ?? row };
  });
}

export async function cancelBooking(
  services: BookingServices,
  tenantId: string,
  bookingId: string,
  actor: Actor,
  how: { by: 'person' | 'clinic'; reason?: string | undefined },
): Promise<ChangeAnswer> {
  const refused = refusalFor(actor);
  if (refused) return refused;
  return asTenant(services.db, tenantId, async (trx): Promise<ChangeAnswer> => {
    const before = await selectBooking(trx, tenantId, bookingId, true);
    if (before === undefined || !isOpenTo(actor, before.branch_id)) return unknownBooking;
    if (before.status === 'cancelled') return { ok: true, booking: before };
    const policy = await selectPolicy(trx, tenantId);
    const state = { status: before.status, startMinute: before.start_min, moves: before.moves };
    // The clinic may cancel what has begun; a person may not.
    const at =
      how.by === 'clinic' ? Math.min(minuteOf(services.clock.now()), before.start_min - 1) : undefined;
    const allowed = mayCancel(state, at ?? minuteOf(services.clock.now()), policy);
    if (!allowed.ok) return allowed;
    const after = await updateBooking(
      trx,
      tenantId,
      bookingId,
      {
        status: 'cancelled',
        hold_expires_at: null,
        calendar_sequence: before.calendar_sequence + 1,
        cancelled_by: how.by,
        cancelled_late: how.by === 'person' && allowed.late && before.status === 'confirmed',
        cancel_reason: how.reason ?? null,
      },
      services.clock.now(),
    );
    if (before.kind === 'visit') {
      if (before.status === 'confirmed') await tellCancelled(services, trx, after);
      await services.jobs.send(trx, freedSlotJob, { tenantId, bookingId });
    }
    await remember(services, trx, actor, [{ what: 'cancelled', before, after }]);
    return { ok: true, booking: after };
  });
}

export interface MoveTo {
  readonly startMinute: number;
  readonly practitionerId?: string | undefined;
  readonly branchId?: string | undefined;
  /** Another room or machine; left out, the one it has if that is free, else any that suits. */
  readonly roomId?: string | undefined;
  readonly machineId?: string | undefined;
  /** Set by the desk: no policy, no notice, and, if so wished, outside opening hours. */
  readonly desk?: { readonly ignoreHours: boolean; readonly expectedVersion?: number } | undefined;
}

/** Moves a visit to another time or person under the same constraint; on refusal it stays where it was. */
export async function moveBooking(
  services: BookingServices,
  tenantId: string,
  bookingId: string,
  actor: Actor,
  to: MoveTo,
): Promise<ChangeAnswer> {
  const forbidden = refusalFor(actor);
  if (forbidden) return forbidden;
  if (to.branchId !== undefined && !isOpenTo(actor, to.branchId)) return notYourBranch;
  const refused = await attempt(() =>
    asTenant(services.db, tenantId, async (trx): Promise<ChangeAnswer> => {
      const before = await selectBooking(trx, tenantId, bookingId, true);
      if (before?.kind !== 'visit' || !isOpenTo(actor, before.branch_id)) return unknownBooking;
      const stale = to.desk?.expectedVersion !== undefined && to.desk.expectedVersion !== before.version;
      if (stale) return changedMeanwhile;
      if (to.desk === undefined) {
        const policy = await selectPolicy(trx, tenantId);
        const state = { status: before.status, startMinute: before.start_min, moves: before.moves };
        const allowed = mayMove(state, minuteOf(services.clock.now()), policy);
        if (!allowed.ok) return allowed;
      } else if (before.status !== 'confirmed' && before.status !== 'held' && before.status !== 'arrived') {
        return { ok: false, reason: 'wrong-status', message: 'Only an open visit can be moved.' };
      }
      const after = await relocate(services, trx, before, to);
      if (before.status === 'confirmed' && after.start_min >= minuteOf(services.clock.now())) {
        await tellWhen(services, trx, after, 'booking-moved');
      }
      await services.jobs.send(trx, freedSlotJob, {
        tenantId,
        bookingId,
        freed: { startMinute: before.start_min, practitionerId: before.practitioner_id ?? undefined },
      });
      await remember(services, trx, actor, [{ what: 'moved', before, after }]);
      return { ok: true, booking: after };
    }),
  );
  if (refused.ok || refused.reason !== 'slot-taken') return refused;
  const row = await selectBooking(services.db, tenantId, bookingId);
  const alternatives = await nearbySlots(services, tenantId, {
    service: row?.service_id ?? '',
    startMinute: to.startMinute,
    branchId: to.branchId ?? row?.branch_id,
    practitionerId: to.practitionerId,
  });
  return { ...refused, alternatives };
}

const changedMeanwhile: ChangeRefusal = {
  ok: false,
  reason: 'wrong-status',
  message: 'Somebody else has changed this booking meanwhile. Please look again.',
};

/** Rolls back and hands over a refusal thrown inside; a lost race in the last statement is a slot taken. */
async function attempt(work: () => Promise<ChangeAnswer>): Promise<ChangeAnswer> {
  try {
    return await work();
  } catch (error) {
    const { code, refusal } = error as { code?: string; refusal?: ChangeRefusal };
    if (code === 'change-refused' && refusal !== undefined) return refusal;
    if (code === '23P01' || code === '40P01') return slotTaken;
    throw error;
  }
}

/**
 * Frees the old time, takes the new one with a probe row under `ON CONFLICT DO NOTHING` (an update would have to catch
 * 23P01), then lets the booking itself take the probe's place. All in one transaction.
 */
async function relocate(
  services: BookingServices,
  trx: Trx,
  before: BookingRow,
  to: MoveTo,
): Promise<BookingRow> {
  const now = services.clock.now();
  await updateBooking(trx, before.tenant_id, before.id, { status: 'cancelled', hold_expires_at: null }, now);
  const place = (practitionerId: string | undefined, keepsPlace: boolean) =>
    placeVisit(services, trx, {
      tenantId: before.tenant_id,
      service: before.service_id as string,
      startMinute: to.startMinute,
      branchId: to.branchId ?? before.branch_id,
      practitionerId,
      roomId: to.roomId ?? (keepsPlace ? (before.room_id ?? undefined) : undefined),
      machineId: to.machineId ?? (keepsPlace ? (before.machine_id ?? undefined) : undefined),
      person: personOf(before),
      status: before.status as 'held' | 'confirmed' | 'arrived',
      holdExpiresAt: before.hold_expires_at,
      source: before.source,
      desk: to.desk,
    });
  // What was not asked for in particular stays if it can: person, room and machine; then the place gives way, then the
  // person.
  const person = to.practitionerId ?? before.practitioner_id ?? undefined;
  const isElsewhere = to.branchId !== undefined && to.branchId !== before.branch_id;
  let probe = await place(person, !isElsewhere);
  const yields = () => !probe.ok && (probe.reason === 'slot-taken' || probe.reason === 'place-unsuitable');
  if (yields() && !isElsewhere) probe = await place(person, false);
  if (yields() && to.practitionerId === undefined) probe = await place(undefined, false);
  if (!probe.ok) {
    throw Object.assign(new Error(probe.reason), { code: 'change-refused' as const, refusal: probe });
  }
  const { booking } = probe;
  await trx
    .deleteFrom('bookings')
    .where('tenant_id', '=', before.tenant_id)
    .where('id', '=', booking.id)
    .execute();
  return updateBooking(
    trx,
    before.tenant_id,
    before.id,
    {
      status: before.status,
      hold_expires_at: before.hold_expires_at,
      branch_id: booking.branch_id,
      practitioner_id: booking.practitioner_id,
      room_id: booking.room_id,
      machine_id: booking.machine_id,
      start_min: booking.start_min,
      end_min: booking.end_min,
      occupied_from_min: booking.occupied_from_min,
      occupied_to_min: booking.occupied_to_min,
      moves: before.moves + (to.desk === undefined ? 1 : 0),
      calendar_sequence: before.calendar_sequence + 1,
    },
    now,
  );
}

function personOf(row: BookingRow): Person {
  return {
    name: row.name ?? '',
    email: row.email,
    phone: row.phone,
    language: row.language,
    patientId: row.patient_id,
  };
}

const nextStatuses = {
  arrived: ['confirmed'],
  completed: ['arrived', 'confirmed'],
  'no-show': ['confirmed'],
} as const;

/** Arrival, completion and no-show. */
export async function setStatus(
  services: BookingServices,
  tenantId: string,
  bookingId: string,
  actor: Actor,
  status: keyof typeof nextStatuses,
): Promise<ChangeAnswer> {
  const refused = refusalFor(actor);
  if (refused) return refused;
  return asTenant(services.db, tenantId, async (trx): Promise<ChangeAnswer> => {
    const before = await selectBooking(trx, tenantId, bookingId, true);
    if (before?.kind !== 'visit' || !isOpenTo(actor, before.branch_id)) return unknownBooking;
    if (before.status === status) return { ok: true, booking: before };
    const state = { status: before.status, startMinute: before.start_min, moves: before.moves };
    const tooEarly = status === 'no-show' && !mayMarkNoShow(state, minuteOf(services.clock.now()));
    if (tooEarly || !(nextStatuses[status] as readonly string[]).includes(before.status)) {
      const message = tooEarly
        ? 'A visit can be marked as missed once its time has come.'
        : `A visit that is ${before.status} cannot become ${status}.`;
      return { ok: false, reason: 'wrong-status', message };
    }
    const after = await updateBooking(trx, tenantId, bookingId, { status }, services.clock.now());
    await remember(services, trx, actor, [{ what: status, before, after }]);
    return { ok: true, booking: after };
  });
}

/** Ties a booking to a patient's record; refused when that patient has another visit at the time. */
export async function linkPatient(
  services: BookingServices,
  tenantId: string,
  bookingId: string,
  actor: Actor,
  patientId: string,
): Promise<ChangeAnswer> {
  const refused = refusalFor(actor);
  if (refused) return refused;
  const answer = await attempt(() =>
    asTenant(services.db, tenantId, async (trx): Promise<ChangeAnswer> => {
      const before = await selectBooking(trx, tenantId, bookingId, true);
      if (before?.kind !== 'visit' || !isOpenTo(actor, before.branch_id)) return unknownBooking;
      const change = { patient_id: patientId, person_key: `patient ${patientId}` };
      const after = await updateBooking(trx, tenantId, bookingId, change, services.clock.now());
      await remember(services, trx, actor, [{ what: 'patient-linked', before, after }]);
      return { ok: true, booking: after };
    }),
  );
  if (answer.ok || answer.reason !== 'slot-taken') return answer;
  const message = 'This patient already has a visit at that time.';
  return { ok: false, reason: 'person-busy', message };
}

/** Takes back the last change of a booking, if nobody has changed it since and its old time is still free. */
export async function undoLast(
  services: BookingServices,
  tenantId: string,
  bookingId: string,
  actor: Actor,
): Promise<ChangeAnswer> {
  const refused = refusalFor(actor);
  if (refused) return refused;
  return attempt(() =>
    asTenant(services.db, tenantId, async (trx): Promise<ChangeAnswer> => {
      const row = await selectBooking(trx, tenantId, bookingId, true);
      if (row === undefined || !isOpenTo(actor, row.branch_id)) return unknownBooking;
      const event = await trx
        .selectFrom('booking_events')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('booking_id', '=', bookingId)
        .orderBy('seq', 'desc')
        .executeTakeFirst();
      const before = event?.before as Snapshot | null | undefined;
      const after = event?.after as Snapshot | null | undefined;
      if (
        event === undefined ||
        before == null ||
        after?.version !== row.version ||
        event.what === 'undone'
      ) {
        const message = 'There is nothing to undo, or it was changed again.';
        return { ok: false, reason: 'not-undoable', message };
      }
      const restored = await restore(services, trx, row, before);
      if (restored.status === 'confirmed' && restored.kind === 'visit') {
        const again = row.status === 'cancelled' ? 'booking-confirmed' : 'booking-moved';
        if (row.status === 'cancelled' || row.start_min !== restored.start_min) {
          await tellWhen(services, trx, restored, again);
        }
      }
      await remember(services, trx, actor, [{ what: 'undone', before: row, after: restored }]);
      return { ok: true, booking: restored };
    }),
  );
}

async function restore(
  services: BookingServices,
  trx: Trx,
  row: BookingRow,
  before: Snapshot,
): Promise<BookingRow> {
  const now = services.clock.now();
  const { version: _, patient_id, ...place } = before;
  // A hold that was undone into would have lost its time; it comes back as a visit the desk stands for.
  const status = place.status === 'held' ? 'confirmed' : place.status;
  const change = {
    ...place,
    status,
    hold_expires_at: null,
    patient_id,
    person_key:
      row.kind === 'visit'
        ? personKeyOf(services.keys, row.tenant_id, { ...personOf(row), patientId: patient_id })
        : null,
    calendar_sequence: row.calendar_sequence + 1,
    cancelled_by: null,
    cancelled_late: null,
    cancel_reason: null,
  };
  await updateBooking(trx, row.tenant_id, row.id, { status: 'cancelled', hold_expires_at: null }, now);
  const probe: NewBooking = {
    ...place,
    tenant_id: row.tenant_id,
    kind: row.kind,
    service_id: row.service_id,
    series_id: null,
    series_visit: null,
    name: null,
    phone: null,
    email: null,
    language: row.language,
    note: null,
    self_check: undefined,
    source: row.source,
    status,
    patient_id,
    person_key: change.person_key,
    hold_expires_at: null,
    id: randomUUID(),
  };
  if ((await insertBooking(trx, probe, now)) === undefined) {
    throw Object.assign(new Error('slot-taken'), { code: 'change-refused' as const, refusal: slotTaken });
  }
  await trx
    .deleteFrom('bookings')
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', probe.id)
    .execute();
  return updateBooking(trx, row.tenant_id, row.id, change, now);
}
