/** A visitor's request becomes a held visit, a series of them, or a call-back; once, however often it is sent. */
import { randomUUID } from 'node:crypto';
import { evaluate, severity } from '../candidacy/rules.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { protocolNow } from '../screening/protocol.ts';
import { dayIn } from '../tenant/schema.ts';
import { availability, staffOf } from './availability.ts';
import { branchDiaries } from './diary.ts';
import { remember } from './history.ts';
import { type ChallengeRefusal, checkChallenge, countAttempt, rateRules, spendChallenge } from './limits.ts';
import { makeLink, tokenOf } from './links.ts';
import { askToConfirm, manageUntil } from './messages.ts';
import { claimKey, contentHash, earlierReply, keepReply } from './once.ts';
import { type Person, type PlaceRefusal, placeVisit, slotTaken, type Wanted } from './place.ts';
import { minuteOf, nearbySlots, presentBooking, type Refusal, serviceUnknown } from './queries.ts';
import type { BookingReply, BookingRequest } from './schema.ts';
import { seriesStarts } from './series.ts';
import { type BookingRow, readDiary, selectBooking, selectPolicy } from './store.ts';
import { isoDay, localDayOf, minutesPerDay, offsetAt } from './zone.ts';

export type BookingServices = Pick<Services, 'db' | 'clock' | 'keys' | 'jobs' | 'config' | 'log'>;

export interface RequestContext {
  readonly idempotencyKey: string;
  /** The visitor's network address; kept only as a keyed hash. */
  readonly address: string;
}

export type RequestRefusal =
  | PlaceRefusal
  | ChallengeRefusal
  | Refusal<
      | 'idempotency-key-reused'
      | 'too-many-requests'
      | 'self-check-first'
      | 'series-not-possible'
      | 'no-series'
    >;

/** What is kept under an idempotency key: ids only, so that no token lies in the table. */
type Stored =
  | { kind: 'booking'; bookingId: string; linkId: string }
  | { kind: 'call-back'; requestId: string };

/** Leaves the transaction, undoing it, with a refusal for the caller. */
interface RefusedError extends Error {
  code: 'booking-refused';
  refusal: RequestRefusal;
}

function refuse(refusal: RequestRefusal): never {
  throw Object.assign(new Error(refusal.reason), { code: 'booking-refused' as const, refusal });
}

export function requestHash(request: BookingRequest): Buffer {
  // The solved challenge is left out: a retry may bring a new one and is still the same request.
  const { altcha: _, ...content } = request;
  return contentHash(content);
}

/**
 * Takes a request from the site. The same idempotency key with the same content gives the same reply again; with other
 * content it is refused. A refusal leaves nothing behind: the key and the solved challenge stay unused.
 */
export async function requestBooking(
  services: BookingServices,
  tenantId: string,
  request: BookingRequest,
  context: RequestContext,
): Promise<{ ok: true; replayed: boolean; reply: BookingReply } | RequestRefusal> {
  const hash = requestHash(request);
  const earlier = await replay(services, tenantId, context.idempotencyKey, hash);
  if (earlier !== undefined) return earlier;
  const counted = await countAttempt(
    services,
    services.db,
    tenantId,
    rateRules.bookingPerAddress,
    context.address,
  );
  if (!counted.ok) return counted;
  const challenge = await checkChallenge(services, tenantId, request.altcha);
  if (!challenge.ok) return challenge;
  const perform = () =>
    asTenant(services.db, tenantId, async (trx) => {
      if (!(await claimKey(services, trx, tenantId, context.idempotencyKey, hash))) return undefined;
      if (!(await spendChallenge(trx, tenantId, challenge))) {
        const message = 'This check was used before. Please reload the page and try again.';
        refuse({ ok: false, reason: 'challenge-used', message });
      }
      await countPerson(services, trx, tenantId, request);
      const made = await fulfil(services, trx, tenantId, request);
      await keepReply(trx, tenantId, context.idempotencyKey, made.stored);
      await made.last();
      return made.stored;
    });
  try {
    const stored = await perform().catch((error: { code?: string }) => {
      // The database ended a circle of waiting by undoing us; the others have gone on, so once more.
      if (error.code === '40P01') return perform();
      throw error;
    });
    // Somebody sent the same key at the same moment and was first; their reply is ours.
    if (stored === undefined) {
      const again = await replay(services, tenantId, context.idempotencyKey, hash);
      return again ?? slotTaken;
    }
    return { ok: true, replayed: false, reply: await replyOf(services, tenantId, stored) };
  } catch (error) {
    if ((error as RefusedError).code !== 'booking-refused') throw error;
    const { refusal } = error as RefusedError;
    if (refusal.reason !== 'slot-taken' || request.start === undefined) return refusal;
    const alternatives = await nearbySlots(services, tenantId, {
      service: request.service,
      startMinute: Date.parse(request.start) / 60_000,
      branchId: request.branch,
      practitionerId: request.staff,
    });
    return { ...refusal, alternatives };
  }
}

async function replay(
  services: BookingServices,
  tenantId: string,
  key: string,
  hash: Buffer,
): Promise<{ ok: true; replayed: true; reply: BookingReply } | RequestRefusal | undefined> {
  const earlier = await earlierReply(services.db, tenantId, key, hash);
  if (earlier === undefined || !earlier.ok) return earlier;
  return { ok: true, replayed: true, reply: await replyOf(services, tenantId, earlier.ids as Stored) };
}

async function replyOf(services: BookingServices, tenantId: string, stored: Stored): Promise<BookingReply> {
  if (stored.kind === 'call-back') return { kind: 'call-back', request: stored.requestId };
  const row = (await selectBooking(services.db, tenantId, stored.bookingId)) as BookingRow;
  return {
    kind: 'booking',
    token: tokenOf(services.keys, tenantId, { id: stored.linkId, purpose: 'manage' }),
    booking: await presentBooking(services, services.db, row),
    next: 'confirm-by-email',
  };
}

/**
 * Counts a booking for its telephone and e-mail, inside the transaction: only what succeeds counts, and two at once
 * wait for each other here, before either holds a slot.
 */
async function countPerson(
  services: BookingServices,
  trx: Trx,
  tenantId: string,
  request: BookingRequest,
): Promise<void> {
  const counts = [
    [rateRules.bookingPerPhone, request.phone],
    [rateRules.bookingPerEmail, request.email],
  ] as const;
  for (const [rule, subject] of counts) {
    if (subject === undefined) continue;
    const counted = await countAttempt(services, trx, tenantId, rule, subject);
    if (!counted.ok) refuse(counted);
  }
}

async function fulfil(
  services: BookingServices,
  trx: Trx,
  tenantId: string,
  request: BookingRequest,
): Promise<{ stored: Stored; last: () => Promise<void> }> {
  if (request.email === undefined || request.start === undefined) {
    return { stored: await askForCallBack(services, trx, tenantId, request), last: async () => undefined };
  }
  const now = services.clock.now();
  const policy = await selectPolicy(trx, tenantId);
  const person: Person = {
    name: request.name,
    email: request.email,
    phone: request.phone ?? null,
    language: request.language,
    patientId: null,
  };
  const wanted: Wanted = {
    tenantId,
    service: request.service,
    startMinute: Date.parse(request.start) / 60_000,
    branchId: request.branch,
    practitionerId: request.staff,
    person,
    status: 'held',
    holdExpiresAt: new Date(now.getTime() + policy.holdMinutes * 60_000),
    note: request.note,
    selfCheck: request.selfCheck,
    source: 'site',
  };
  const placed = request.series
    ? await placeSeries(services, trx, wanted)
    : [await placeOne(services, trx, wanted)];
  const first = placed[0] as BookingRow;
  const { link } = await makeLink(services, trx, tenantId, {
    purpose: 'manage',
    subjectId: first.id,
    expiresAt: manageUntil(first),
  });
  await askToConfirm(services, trx, first);
  return {
    stored: { kind: 'booking', bookingId: first.id, linkId: link.id },
    last: () =>
      remember(
        services,
        trx,
        { kind: 'visitor', id: null },
        placed.map((after) => ({ what: 'held', after })),
      ),
  };
}

async function placeOne(services: BookingServices, trx: Trx, wanted: Wanted): Promise<BookingRow> {
  const placed = await placeVisit(services, trx, wanted);
  if (!placed.ok) return refuse(placed);
  const { service, branches } = placed.diary;
  await checkAgainstSelfCheck(services, trx, wanted, service, placed.booking, branches[0]?.zone ?? 'UTC');
  return placed.booking;
}

/** A self-check that was shared is honoured: a treatment it advises against is not booked past it. */
async function checkAgainstSelfCheck(
  services: BookingServices,
  trx: Trx,
  wanted: Wanted,
  service: { kind: string; treatment: string | null },
  booking: BookingRow,
  zone: string,
): Promise<void> {
  const shared = wanted.selfCheck as BookingRequest['selfCheck'];
  if (shared === undefined || service.kind !== 'treatment' || service.treatment !== shared.treatment) return;
  const { gates } = await protocolNow(trx, wanted.tenantId);
  const result = evaluate(shared.answers, {
    gates,
    treatment: shared.treatment,
    today: dayIn(zone, services.clock.now()),
  });
  const waitIsOver =
    result.outcome === 'wait-until' &&
    result.untilDate !== undefined &&
    result.untilDate <= dayIn(zone, booking.starts_at);
  if (severity(result.outcome) > 0 && !waitIsOver) {
    const message = 'Your answers call for a talk with the doctor first. Please book a consultation.';
    refuse({ ok: false, reason: 'self-check-first', message, field: 'service' });
  }
}

async function askForCallBack(
  services: BookingServices,
  trx: Trx,
  tenantId: string,
  request: BookingRequest,
): Promise<Stored> {
  const service = await trx
    .selectFrom('services')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('slug', '=', request.service)
    .executeTakeFirst();
  if (service === undefined) return refuse(serviceUnknown);
  const id = randomUUID();
  const now = services.clock.now();
  await trx
    .insertInto('call_back_requests')
    .values({
      tenant_id: tenantId,
      id,
      service_id: service.id,
      name: request.name,
      phone: request.phone ?? '',
      language: request.language,
      wish: [request.start, request.note].filter((x) => x !== undefined).join('\n') || null,
      self_check: request.selfCheck === undefined ? null : JSON.stringify(request.selfCheck),
      state: 'open',
      booking_id: null,
      created_at: now,
      changed_at: now,
    })
    .execute();
  return { kind: 'call-back', requestId: id };
}

/**
 * Places every visit of a protocol with one practitioner, in order of time (so that two series cannot wait for each
 * other in a circle), or none.
 */
export async function placeSeries(
  services: BookingServices,
  trx: Trx,
  wanted: Wanted,
): Promise<BookingRow[]> {
  const first = await placeVisit(services, trx, wanted);
  if (!first.ok) return refuse(first);
  const { service } = first.diary;
  if (
    service.series_visits === null ||
    service.series_gap_min_days === null ||
    service.series_gap_max_days === null
  ) {
    return refuse({
      ok: false,
      reason: 'no-series',
      message: 'This service is a single visit.',
      field: 'series',
    });
  }
  const spacing = {
    visits: service.series_visits,
    gapMinDays: service.series_gap_min_days,
    gapMaxDays: service.series_gap_max_days,
  };
  const seriesId = randomUUID();
  // A day more than the days between: clocks may be turned back meanwhile.
  const lastMinute = wanted.startMinute + ((spacing.visits - 1) * spacing.gapMaxDays + 1) * minutesPerDay;
  const range = { fromMinute: wanted.startMinute, toMinute: lastMinute };
  const { branch_id, practitioner_id } = first.booking;
  const person = practitioner_id as string;
  const diary = await readDiary(trx, {
    tenantId: wanted.tenantId,
    service: wanted.service,
    branchId: branch_id,
    practitionerId: person,
    ...range,
    now: services.clock.now(),
    withoutBookingId: first.booking.id,
  });
  const one =
    diary === undefined ? undefined : branchDiaries(diary, range, seriesOptions(services, wanted))[0];
  if (one === undefined) return refuse(serviceUnknown);
  // Later visits of a protocol may lie beyond the horizon for single bookings.
  const horizonDays = Math.ceil((lastMinute - one.input.nowMinute) / minutesPerDay) + 1;
  const found = availability({ ...one.input, service: { ...one.input.service, horizonDays } });
  const starts = Array.from(found.startMinutes).filter((_, i) => staffOf(found, i).length > 0);
  const chosen = seriesStarts(
    starts.includes(wanted.startMinute) ? starts : [wanted.startMinute, ...starts],
    wanted.startMinute,
    spacing,
    (minute) => minute + offsetAt(one.zone, minute),
  );
  if (chosen === undefined) {
    const day = isoDay(localDayOf(one.zone, wanted.startMinute));
    const message = `From ${day} there are not enough free times at the protocol's spacing. Please choose another first visit.`;
    return refuse({ ok: false, reason: 'series-not-possible', message, field: 'start' });
  }
  const placed: BookingRow[] = [await joinSeries(trx, first.booking, seriesId)];
  for (const [i, startMinute] of chosen.slice(1).entries()) {
    const next = await placeVisit(services, trx, {
      ...wanted,
      startMinute,
      branchId: branch_id,
      practitionerId: person,
      series: { id: seriesId, visit: i + 2 },
      // The horizon was widened above; notice and hours were respected when the start was chosen.
      desk: { ignoreHours: false },
    });
    if (!next.ok) return refuse(next);
    placed.push(next.booking);
  }
  return placed;
}

function seriesOptions(services: BookingServices, wanted: Wanted) {
  return { nowMinute: minuteOf(services.clock.now()), desk: wanted.desk };
}

function joinSeries(trx: Trx, row: BookingRow, seriesId: string): Promise<BookingRow> {
  return trx
    .updateTable('bookings')
    .set({ series_id: seriesId, series_visit: 1 })
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
