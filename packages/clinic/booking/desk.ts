/** The desk: the calendar, bookings made on the spot, time blocked, and the list of people to call back. */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { can, mayAt } from '../staff/rules.ts';
import type { Actor as StaffMember } from '../staff/schema.ts';
import { type BookingServices, placeSeries } from './book.ts';
import { remember } from './history.ts';
import { tellWhen } from './messages.ts';
import { type Person, type PlaceRefusal, placeVisit } from './place.ts';
import { minuteOf, nearbySlots, type Refusal } from './queries.ts';
import {
  type Actor,
  isOpenTo,
  type NotAllowed,
  notAllowed,
  notYourBranch,
  refusalFor,
  usualBranch,
} from './roles.ts';
import {
  type BookingRow,
  insertBooking,
  selectBooking,
  selectBookingsBetween,
  selectVersionOf,
} from './store.ts';
import './tables.ts';

/** A booking as the calendar shows it; start and end in minutes since 1970 for layout, as instants for words. */
export interface CalendarEntry {
  readonly id: string;
  readonly kind: BookingRow['kind'];
  readonly status: BookingRow['status'];
  readonly branchId: string;
  readonly serviceId: string | null;
  readonly practitionerId: string | null;
  readonly roomId: string | null;
  readonly machineId: string | null;
  readonly patientId: string | null;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly occupiedFromMinute: number;
  readonly occupiedToMinute: number;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  readonly note: string | null;
  readonly selfCheck: unknown;
  readonly source: BookingRow['source'];
  readonly holdExpiresAt: Date | null;
  readonly seriesId: string | null;
  readonly version: number;
}

export function calendarEntry(row: BookingRow): CalendarEntry {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    branchId: row.branch_id,
    serviceId: row.service_id,
    practitionerId: row.practitioner_id,
    roomId: row.room_id,
    machineId: row.machine_id,
    patientId: row.patient_id,
    startMinute: row.start_min,
    endMinute: row.end_min,
    occupiedFromMinute: row.occupied_from_min,
    occupiedToMinute: row.occupied_to_min,
    name: row.name,
    phone: row.phone,
    email: row.email,
    language: row.language,
    note: row.note,
    selfCheck: row.self_check,
    source: row.source,
    holdExpiresAt: row.hold_expires_at,
    seriesId: row.series_id,
    version: row.version,
  };
}

/**
 * Everything in a stretch of time (half-open, minutes), cancelled and expired included, at the branches open to her.
 * Reading it is an entry.
 */
export async function listCalendar(
  services: Pick<Services, 'db' | 'clock'>,
  member: StaffMember,
  range: { fromMinute: number; toMinute: number; branchId?: string; practitionerId?: string },
): Promise<{ ok: true; entries: CalendarEntry[] } | NotAllowed> {
  if (!can(member.role, 'booking.read')) return notAllowed;
  const { tenantId } = member;
  return asTenant(services.db, tenantId, async (trx) => {
    const found = await selectBookingsBetween(trx, tenantId, {
      fromMin: range.fromMinute,
      toMin: range.toMinute,
      branchId: range.branchId,
      practitionerId: range.practitionerId,
    });
    const rows = found.filter((row) => mayAt(member, row.branch_id));
    await recordRead(services, trx, member, 'booking.listed', {
      fromMinute: range.fromMinute,
      toMinute: range.toMinute,
      bookings: rows.length,
    });
    return { ok: true as const, entries: rows.map(calendarEntry) };
  });
}

/** One entry of the calendar. Reading it is an entry. */
export async function readAtDesk(
  services: Pick<Services, 'db' | 'clock'>,
  member: StaffMember,
  id: string,
): Promise<{ ok: true; entry: CalendarEntry } | NotAllowed | Refusal<'booking-unknown'>> {
  if (!can(member.role, 'booking.read')) return notAllowed;
  return asTenant(services.db, member.tenantId, async (trx) => {
    const row = await selectBooking(trx, member.tenantId, id);
    if (row === undefined || !mayAt(member, row.branch_id)) {
      const message = 'There is no such entry in the calendar.';
      return { ok: false as const, reason: 'booking-unknown' as const, message };
    }
    await recordRead(services, trx, member, 'booking.read', { bookings: 1 });
    return { ok: true as const, entry: calendarEntry(row) };
  });
}

/** Reading who has an appointment is reading health data: an entry in the audit chain, without names. */
function recordRead(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  { tenantId, staffId }: StaffMember,
  action: string,
  after: Readonly<Record<string, number>>,
): Promise<void> {
  return recordAudit(services, trx, {
    tenantId,
    actor: { kind: 'staff', id: staffId },
    action,
    subject: { kind: 'tenant', id: tenantId },
    change: { after },
  });
}

/**
 * Changes whenever anything in the stretch changes: a digest of ids and versions, which tells nothing about anybody. One
 * scan of an index, no matter how long the history.
 */
export async function calendarVersion(
  services: Pick<Services, 'db'>,
  member: Pick<StaffMember, 'tenantId' | 'role'>,
  range: { fromMinute: number; toMinute: number },
): Promise<{ ok: true; version: string } | NotAllowed> {
  if (!can(member.role, 'booking.read')) return notAllowed;
  const span = { fromMin: range.fromMinute, toMin: range.toMinute };
  return { ok: true, version: await selectVersionOf(services.db, member.tenantId, span) };
}

export interface DeskBooking {
  readonly service: string;
  readonly startMinute: number;
  readonly practitionerId?: string;
  readonly branchId?: string;
  readonly person: Person;
  readonly note?: string;
  readonly ignoreHours?: boolean;
  readonly series?: boolean;
  /** Walk-in: the person stands at the desk. */
  readonly arrived?: boolean;
}

/** Books at the desk: confirmed at once, without notice, horizon or step, under the same constraint. */
export async function bookAtDesk(
  services: BookingServices,
  tenantId: string,
  actor: Actor,
  wanted: DeskBooking,
): Promise<{ ok: true; bookings: CalendarEntry[] } | PlaceRefusal | NotAllowed | Refusal> {
  const refused = refusalFor(actor);
  if (refused) return refused;
  const branchId = wanted.branchId ?? usualBranch(actor);
  if (branchId !== undefined && !isOpenTo(actor, branchId)) return notYourBranch;
  try {
    const rows = await asTenant(services.db, tenantId, async (trx) => {
      const full = {
        tenantId,
        service: wanted.service,
        startMinute: wanted.startMinute,
        branchId,
        practitionerId: wanted.practitionerId,
        person: wanted.person,
        status: wanted.arrived === true ? ('arrived' as const) : ('confirmed' as const),
        holdExpiresAt: null,
        note: wanted.note,
        source: 'desk' as const,
        desk: { ignoreHours: wanted.ignoreHours ?? false },
      };
      let placed: BookingRow[];
      if (wanted.series === true) placed = await placeSeries(services, trx, full);
      else {
        const one = await placeVisit(services, trx, full);
        if (!one.ok) {
          throw Object.assign(new Error(one.reason), { code: 'booking-refused' as const, refusal: one });
        }
        placed = [one.booking];
      }
      const now = minuteOf(services.clock.now());
      for (const row of placed)
        if (row.start_min > now) await tellWhen(services, trx, row, 'booking-confirmed');
      await remember(
        services,
        trx,
        actor,
        placed.map((after) => ({ what: after.status, after })),
      );
      return placed;
    });
    return { ok: true, bookings: rows.map(calendarEntry) };
  } catch (error) {
    const { code, refusal } = error as { code?: string; refusal?: PlaceRefusal };
    if (code !== 'booking-refused' || refusal === undefined) throw error;
    if (refusal.reason !== 'slot-taken') return refusal;
    return { ...refusal, alternatives: await nearbySlots(services, tenantId, wanted) };
  }
}

/** Blocks time of a practitioner, a room or a machine, at most two days at once; longer absences are exceptions. */
export async function blockTime(
  services: BookingServices,
  tenantId: string,
  actor: Actor,
  block: {
    branchId: string;
    practitionerId?: string;
    roomId?: string;
    machineId?: string;
    fromMinute: number;
    toMinute: number;
    note?: string;
  },
): Promise<
  | { ok: true; entry: CalendarEntry }
  | NotAllowed
  | Refusal<'slot-taken' | 'block-without-end' | 'block-of-nothing'>
> {
  const refused = refusalFor(actor);
  if (refused) return refused;
  if (!isOpenTo(actor, block.branchId)) return notYourBranch;
  const length = block.toMinute - block.fromMinute;
  if (!(length > 0 && length <= 2880)) {
    const message = 'Block between one minute and two days; enter longer absences as closed days.';
    return { ok: false, reason: 'block-without-end', message, field: 'toMinute' };
  }
  if (block.practitionerId === undefined && block.roomId === undefined && block.machineId === undefined) {
    return { ok: false, reason: 'block-of-nothing', message: 'Say whose time, or which room, is blocked.' };
  }
  return asTenant(services.db, tenantId, async (trx) => {
    const row = await insertBooking(
      trx,
      {
        tenant_id: tenantId,
        id: randomUUID(),
        kind: 'block',
        status: 'confirmed',
        branch_id: block.branchId,
        service_id: null,
        practitioner_id: block.practitionerId ?? null,
        room_id: block.roomId ?? null,
        machine_id: block.machineId ?? null,
        patient_id: null,
        person_key: null,
        start_min: block.fromMinute,
        end_min: block.toMinute,
        occupied_from_min: block.fromMinute,
        occupied_to_min: block.toMinute,
        hold_expires_at: null,
        series_id: null,
        series_visit: null,
        name: null,
        phone: null,
        email: null,
        language: 'en',
        note: block.note ?? null,
        self_check: undefined,
        source: 'desk',
      },
      services.clock.now(),
    );
    if (row === undefined) {
      const message = 'There is a booking in that time. Move it first.';
      return { ok: false as const, reason: 'slot-taken' as const, message };
    }
    await remember(services, trx, actor, [{ what: 'blocked', after: row }]);
    return { ok: true as const, entry: calendarEntry(row) };
  });
}

export interface CallBack {
  readonly id: string;
  readonly serviceId: string | null;
  readonly name: string;
  readonly phone: string;
  readonly language: string;
  readonly wish: string | null;
  readonly selfCheck: unknown;
  readonly state: 'open' | 'reached' | 'not-reached' | 'closed';
  readonly tries: number;
  readonly createdAt: Date;
}

/** People to call back, the longest waiting first. Reading them is an entry. */
export async function listCallBacks(
  services: Pick<Services, 'db' | 'clock'>,
  member: StaffMember,
): Promise<{ ok: true; callBacks: CallBack[] } | NotAllowed> {
  if (!can(member.role, 'booking.read')) return notAllowed;
  const { tenantId } = member;
  return asTenant(services.db, tenantId, async (trx) => {
    const rows = await trx
      .selectFrom('call_back_requests')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('state', 'in', ['open', 'not-reached'])
      .orderBy('created_at')
      .orderBy('id')
      .limit(500)
      .execute();
    await recordRead(services, trx, member, 'call-back.listed', { requests: rows.length });
    return {
      ok: true as const,
      callBacks: rows.map((row) => ({
        id: row.id,
        serviceId: row.service_id,
        name: row.name,
        phone: row.phone,
        language: row.language,
        wish: row.wish,
        selfCheck: row.self_check,
        state: row.state,
        tries: row.tries,
        createdAt: row.created_at,
      })),
    };
  });
}

/** Records how a call went. */
export async function settleCallBack(
  services: Pick<Services, 'db' | 'clock'>,
  member: StaffMember,
  requestId: string,
  outcome: { state: 'reached' | 'not-reached' | 'closed'; bookingId?: string },
): Promise<{ ok: true } | NotAllowed | Refusal<'call-back-unknown'>> {
  if (!can(member.role, 'booking.write')) return notAllowed;
  const { tenantId } = member;
  return asTenant(services.db, tenantId, async (trx) => {
    const result = await trx
      .updateTable('call_back_requests')
      .set((eb) => ({
        state: outcome.state,
        tries: eb('tries', '+', 1),
        changed_at: services.clock.now(),
        ...(outcome.bookingId === undefined ? {} : { booking_id: outcome.bookingId }),
      }))
      .where('tenant_id', '=', tenantId)
      .where('id', '=', requestId)
      .where('state', 'in', ['open', 'not-reached'])
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) {
      const message = 'There is no such request any more. Please look again.';
      return { ok: false as const, reason: 'call-back-unknown' as const, message };
    }
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: member.staffId },
      action: 'call-back.settled',
      subject: { kind: 'call-back', id: requestId },
      change: { after: { state: outcome.state, bookingId: outcome.bookingId ?? null } },
    });
    return { ok: true as const };
  });
}
