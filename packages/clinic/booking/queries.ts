/** What visitors may ask: services, free times, and a booking by its link. */
import type { Db, Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { availability, nearestSlots } from './availability.ts';
import { type BranchDiary, branchDiaries, freeTimesOf, instantsAround, slotAt } from './diary.ts';
import { mayCancel, mayMove } from './policy.ts';
import type { AvailabilityQuery, PublicAvailability, PublicBooking, PublicService, Slot } from './schema.ts';
import {
  type BookingRow,
  readDiary,
  selectBooking,
  selectBookingContext,
  selectPolicy,
  selectSeries,
  selectServices,
  selectTenantFacts,
} from './store.ts';
import { dayNumber, isoWithOffset, minutesPerDay, resolveZone } from './zone.ts';

export interface Refusal<Reason extends string = string> {
  readonly ok: false;
  readonly reason: Reason;
  /** What, where, what to do. */
  readonly message: string;
  readonly field?: string;
  readonly alternatives?: Slot[];
  readonly retryAfterSeconds?: number;
}

export function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000);
}

/** The services people can book on the site. */
export async function listServices(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<PublicService[]> {
  const { currency } = await selectTenantFacts(services.db, tenantId);
  const money = (amountMinor: number | null) => (amountMinor === null ? null : { amountMinor, currency });
  return (await selectServices(services.db, tenantId))
    .filter((row) => row.online)
    .map((row) => ({
      slug: row.slug,
      names: row.names,
      kind: row.kind,
      treatment: row.treatment,
      durationMinutes: row.duration_min,
      price: money(row.price_minor),
      deposit: money(row.deposit_minor),
      preparation: row.preparation,
      series:
        row.series_visits === null
          ? null
          : {
              visits: row.series_visits,
              gapMinDays: row.series_gap_min_days as number,
              gapMaxDays: row.series_gap_max_days as number,
            },
    }));
}

const longestRangeDays = 93;

export type AvailabilityAnswer =
  | ({ ok: true } & PublicAvailability)
  | Refusal<'service-unknown' | 'range-backwards' | 'range-too-long'>;

/**
 * Free times of a service between two local days, for every branch asked for. `withoutBookingId` names a visit that is
 * to be moved and does not stand in its own way.
 */
export async function findAvailability(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
  query: AvailabilityQuery,
  options: { withoutBookingId?: string } = {},
): Promise<AvailabilityAnswer> {
  const days = dayNumber(query.to) - dayNumber(query.from) + 1;
  if (days < 1) {
    return {
      ok: false,
      reason: 'range-backwards',
      message: 'The last day lies before the first.',
      field: 'to',
    };
  }
  if (days > longestRangeDays) {
    const message = `Ask for at most ${longestRangeDays} days at once.`;
    return { ok: false, reason: 'range-too-long', message, field: 'to' };
  }
  const now = services.clock.now();
  const range = { fromDay: query.from, toDay: query.to };
  const diary = await readDiary(services.db, {
    tenantId,
    service: query.service,
    branchId: query.branch,
    practitionerId: query.staff,
    ...instantsAround(range),
    now,
    withoutBookingId: options.withoutBookingId,
  });
  if (diary === undefined || !diary.service.online) return serviceUnknown;
  const branches = branchDiaries(diary, range, { nowMinute: minuteOf(now) });
  const staff = [...new Map(diary.people.map((p) => [p.id, { id: p.id, name: p.name }])).values()];
  return {
    ok: true,
    service: diary.service.slug,
    durationMinutes: diary.service.duration_min,
    branches: diary.branches,
    staff,
    slots: freeTimesOf(
      branches,
      staff.map(({ id }) => id),
    ),
  };
}

export const serviceUnknown: Refusal<'service-unknown'> = {
  ok: false,
  reason: 'service-unknown',
  message: 'There is no such service here. The list is at /api/v1/services.',
  field: 'service',
};

/** Free times nearest to one that was taken, within a fortnight on either side. */
export async function nearbySlots(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
  wanted: {
    service: string;
    startMinute: number;
    branchId?: string | undefined;
    practitionerId?: string | undefined;
  },
  count = 5,
): Promise<Slot[]> {
  const now = services.clock.now();
  const range = {
    fromMinute: wanted.startMinute - 14 * minutesPerDay,
    toMinute: wanted.startMinute + 14 * minutesPerDay,
  };
  const diary = await readDiary(services.db, {
    tenantId,
    service: wanted.service,
    branchId: wanted.branchId,
    practitionerId: wanted.practitionerId,
    ...range,
    now,
  });
  if (diary === undefined) return [];
  const near: { distance: number; slot: Slot }[] = [];
  for (const one of branchDiaries(diary, range, { nowMinute: minuteOf(now) })) {
    const found = availability(one.input);
    for (const index of nearestSlots(found, wanted.startMinute, count)) {
      const distance = Math.abs((found.startMinutes[index] as number) - wanted.startMinute);
      near.push({ distance, slot: slotAt(one, found, index) });
    }
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ slot }) => slot);
}

/** A booking as its own person may see it. */
export async function presentBooking(
  services: Pick<Services, 'clock'>,
  db: Db | Trx,
  row: BookingRow,
): Promise<PublicBooking> {
  const context = await selectBookingContext(db, row);
  const policy = await selectPolicy(db, row.tenant_id);
  const zone = resolveZone(context.branch.zone, row.start_min - minutesPerDay, row.end_min + minutesPerDay);
  const now = minuteOf(services.clock.now());
  const state = { status: row.status, startMinute: row.start_min, moves: row.moves };
  const cancel = mayCancel(state, now, policy);
  const move = mayMove(state, now, policy);
  const series = row.series_id === null ? null : await selectSeries(db, row.tenant_id, row.series_id);
  const seriesZone = (minute: number) =>
    isoWithOffset(resolveZone(context.branch.zone, minute - minutesPerDay, minute + minutesPerDay), minute);
  return {
    id: row.id,
    status: row.status,
    service: context.service.slug,
    start: isoWithOffset(zone, row.start_min),
    end: isoWithOffset(zone, row.end_min),
    zone: context.branch.zone,
    branch: context.branch,
    staff: context.staff,
    name: row.name ?? '',
    holdExpiresAt: row.hold_expires_at?.toISOString() ?? null,
    mayCancel: {
      allowed: cancel.ok,
      late: cancel.ok && cancel.late,
      message: cancel.ok ? null : cancel.message,
    },
    mayMove: { allowed: move.ok, message: move.ok ? null : move.message },
    series:
      series === null ? null : series.map((b) => ({ start: seriesZone(b.start_min), status: b.status })),
    policy: policy.texts,
  };
}

export async function getBooking(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
  id: string,
): Promise<PublicBooking | undefined> {
  const row = await selectBooking(services.db, tenantId, id);
  return row === undefined || row.kind !== 'visit' ? undefined : presentBooking(services, services.db, row);
}

export type { BranchDiary };
