/** People who want an earlier time, the offers they get when one is freed, and the sweep that ends holds and offers. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { messagesGoOutFrom } from '../notify/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import { type Handler, handle } from '../platform/jobs.ts';
import type { Services } from '../platform/services.ts';
import type { BookingServices } from './book.ts';
import { type Actor, remember } from './history.ts';
import { sweepLimits } from './limits.ts';
import { openLink, useLink } from './links.ts';
import { offerFreedSlot, tellWhen } from './messages.ts';
import { placeVisit } from './place.ts';
import { minuteOf, type Refusal } from './queries.ts';
import type { WaitlistWish } from './schema.ts';
import { type BookingRow, expireHolds, selectBooking, selectPolicy, updateBooking } from './store.ts';
import { freedSlotJob, sweepJob } from './waitlist-jobs.ts';
import { isoDay, localDayOf, minutesPerDay, offsetAt, resolveZone } from './zone.ts';

type WishRefusal = Refusal<'service-unknown' | 'branch-unknown'>;

export function joinWaitlist(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
  wish: WaitlistWish,
): Promise<{ ok: true; entryId: string } | WishRefusal> {
  return asTenant(services.db, tenantId, (trx) => enterWaitlist(services, trx, tenantId, wish));
}

/** Writes a wish down. The same wish of the same person for the same days stays one entry. */
export async function enterWaitlist(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  wish: WaitlistWish,
): Promise<{ ok: true; entryId: string } | WishRefusal> {
  const service = await trx
    .selectFrom('services')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('slug', '=', wish.service)
    .executeTakeFirst();
  if (service === undefined) {
    return { ok: false, reason: 'service-unknown', message: 'There is no such service.', field: 'service' };
  }
  let branches = trx.selectFrom('branches').select('id').where('tenant_id', '=', tenantId);
  if (wish.branch !== undefined) branches = branches.where('id', '=', wish.branch);
  const branch = await branches.orderBy('created_at').executeTakeFirst();
  if (branch === undefined) {
    return { ok: false, reason: 'branch-unknown', message: 'There is no such branch.', field: 'branch' };
  }
  const values = {
    service_id: service.id,
    branch_id: branch.id,
    practitioner_id: wish.staff ?? null,
    from_day: wish.fromDay,
    to_day: wish.toDay,
    earliest_min: wish.earliestMin,
    latest_min: wish.latestMin,
    name: wish.name,
    phone: wish.phone ?? null,
    email: wish.email ?? null,
  };
  let same = trx
    .selectFrom('waitlist_entries')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('state', 'in', ['waiting', 'offered']);
  for (const [column, value] of Object.entries(values) as [keyof typeof values, string | number | null][]) {
    same = same.where(column, 'is not distinct from', value);
  }
  const earlier = await same.executeTakeFirst();
  if (earlier !== undefined) return { ok: true, entryId: earlier.id };
  const id = randomUUID();
  await trx
    .insertInto('waitlist_entries')
    .values({
      tenant_id: tenantId,
      id,
      ...values,
      state: 'waiting',
      language: wish.language,
      created_at: services.clock.now(),
    })
    .execute();
  return { ok: true, entryId: id };
}

/**
 * Offers a freed time to whoever has waited longest and can use it: the slot is held for them, so that an offer is
 * never broken. Returns the offer's id, or undefined when nobody fits.
 */
export async function offerFreed(
  services: BookingServices,
  tenantId: string,
  freed: { startMinute: number; branchId: string },
): Promise<string | undefined> {
  const now = services.clock.now();
  const policy = await selectPolicy(services.db, tenantId);
  const branch = await services.db
    .selectFrom('branches')
    .select('zone')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', freed.branchId)
    .executeTakeFirst();
  if (branch === undefined || freed.startMinute <= minuteOf(now)) return undefined;
  const zone = resolveZone(branch.zone, freed.startMinute - minutesPerDay, freed.startMinute + minutesPerDay);
  const day = isoDay(localDayOf(zone, freed.startMinute));
  const wallMin = (freed.startMinute + offsetAt(zone, freed.startMinute)) % minutesPerDay;
  const entries = await sql<{
    id: string;
    service_id: string;
    practitioner_id: string | null;
    name: string;
    phone: string | null;
    email: string | null;
    language: string;
  }>`select * from waitlist_entries e
    where tenant_id = ${tenantId} and branch_id = ${freed.branchId} and state = 'waiting'
      and ${day}::date between from_day and to_day and ${wallMin} >= earliest_min and ${wallMin} < latest_min
      and not exists (select 1 from waitlist_offers o join bookings b on b.tenant_id = o.tenant_id and b.id = o.booking_id
        where o.tenant_id = e.tenant_id and o.entry_id = e.id and b.start_min = ${freed.startMinute})
    order by created_at, id limit 20`.execute(services.db);
  // In quiet hours the offer waits for the morning, and so does its deadline.
  const goesOut = await messagesGoOutFrom(services, tenantId);
  const offerEnds = new Date(
    Math.min(goesOut.getTime() + policy.offerMinutes * 60_000, freed.startMinute * 60_000 - 60_000),
  );
  if (offerEnds <= goesOut) return undefined;
  for (const entry of entries.rows) {
    const offerId = await asTenant(services.db, tenantId, async (trx) => {
      const claimed = await trx
        .updateTable('waitlist_entries')
        .set({ state: 'offered' })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', entry.id)
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      if (claimed.numUpdatedRows === 0n) return undefined;
      const placed = await placeVisit(services, trx, {
        tenantId,
        service: entry.service_id,
        startMinute: freed.startMinute,
        branchId: freed.branchId,
        practitionerId: entry.practitioner_id ?? undefined,
        person: { ...entry, patientId: null },
        status: 'held',
        holdExpiresAt: offerEnds,
        source: 'waitlist',
      });
      if (!placed.ok) {
        await trx
          .updateTable('waitlist_entries')
          .set({ state: 'waiting' })
          .where('tenant_id', '=', tenantId)
          .where('id', '=', entry.id)
          .execute();
        return undefined;
      }
      const id = randomUUID();
      await trx
        .insertInto('waitlist_offers')
        .values({
          tenant_id: tenantId,
          id,
          entry_id: entry.id,
          booking_id: placed.booking.id,
          expires_at: offerEnds,
          state: 'open',
          created_at: now,
        })
        .execute();
      await offerFreedSlot(services, trx, placed.booking, id, offerEnds);
      await remember(services, trx, system, [{ what: 'offered', after: placed.booking }]);
      return id;
    });
    if (offerId !== undefined) return offerId;
  }
  return undefined;
}

const system: Actor = { kind: 'system', id: null };

export type OfferRefusal = Refusal<'link-unknown' | 'link-expired' | 'link-used' | 'offer-over'>;

/** The booking that is held for an offer. */
export async function bookingOfOffer(
  db: Services['db'],
  tenantId: string,
  offerId: string,
): Promise<string | undefined> {
  const offer = await db
    .selectFrom('waitlist_offers')
    .select('booking_id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', offerId)
    .executeTakeFirst();
  return offer?.booking_id;
}

/** Takes an offer by its link. */
export async function acceptOffer(
  services: BookingServices,
  tenantId: string,
  token: string,
): Promise<{ ok: true; booking: BookingRow } | OfferRefusal> {
  const opened = await openLink(services, services.db, tenantId, token, ['accept-offer']);
  if (!opened.ok) return opened;
  return asTenant(services.db, tenantId, async (trx) => {
    const over = {
      ok: false as const,
      reason: 'offer-over' as const,
      message: 'This offer is over. You stay on the list.',
    };
    const offer = await trx
      .selectFrom('waitlist_offers')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', opened.link.subjectId)
      .forUpdate()
      .executeTakeFirst();
    if (offer === undefined) return over;
    const before = await selectBooking(trx, tenantId, offer.booking_id, true);
    if (before === undefined) return over;
    if (offer.state === 'accepted') return { ok: true as const, booking: before };
    if (offer.state !== 'open' || before.status !== 'held') return over;
    const now = services.clock.now();
    const after = await updateBooking(
      trx,
      tenantId,
      before.id,
      { status: 'confirmed', hold_expires_at: null },
      now,
    );
    await settleOffer(trx, tenantId, offer.id, 'accepted', 'booked');
    await useLink(services, trx, tenantId, opened.link.id);
    await tellWhen(services, trx, after, 'booking-confirmed');
    await remember(services, trx, { kind: 'link', id: opened.link.id }, [
      { what: 'confirmed', before, after },
    ]);
    return { ok: true as const, booking: after };
  });
}

async function settleOffer(
  trx: Parameters<typeof expireHolds>[0],
  tenantId: string,
  offerId: string,
  state: 'accepted' | 'expired',
  entryState: 'booked' | 'waiting',
): Promise<void> {
  const offer = await trx
    .updateTable('waitlist_offers')
    .set({ state })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', offerId)
    .returning('entry_id')
    .executeTakeFirst();
  await trx
    .updateTable('waitlist_entries')
    .set({ state: entryState })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', offer?.entry_id ?? '')
    .execute();
}

/** Ends what is over: holds, and offers with them; their times go to the next in line. */
export async function sweep(services: BookingServices, tenantId: string): Promise<{ expired: number }> {
  const now = services.clock.now();
  const expired = await asTenant(services.db, tenantId, async (trx) => {
    const rows = await expireHolds(trx, tenantId, now);
    const offers = await trx
      .selectFrom('waitlist_offers')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where('state', '=', 'open')
      .where('expires_at', '<=', now)
      .execute();
    for (const { id } of offers) await settleOffer(trx, tenantId, id, 'expired', 'waiting');
    await remember(
      services,
      trx,
      system,
      rows.map((after) => ({ what: 'expired', after })),
    );
    return rows;
  });
  for (const row of expired) {
    await offerFreed(services, tenantId, { startMinute: row.start_min, branchId: row.branch_id });
  }
  return { expired: expired.length };
}

export function bookingJobs(
  services: Omit<BookingServices, 'jobs'> & { readonly jobs: () => Services['jobs'] },
): readonly Handler[] {
  const ready = (): BookingServices => ({ ...services, jobs: services.jobs() });
  return [
    handle(freedSlotJob, async ({ tenantId, bookingId, freed }) => {
      const row = await selectBooking(services.db, tenantId, bookingId);
      if (row === undefined) return;
      const startMinute = freed?.startMinute ?? row.start_min;
      await offerFreed(ready(), tenantId, { startMinute, branchId: row.branch_id });
    }),
    handle(sweepJob, async () => {
      const tenants = await services.db.selectFrom('tenants').select('tenant_id').execute();
      for (const { tenant_id } of tenants) await sweep(ready(), tenant_id);
      await sweepLimits(services, services.db);
    }),
  ];
}
