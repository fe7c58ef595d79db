/** Ends a place on the waiting list, or one offer of it, in the transaction of whoever asks: the person or the desk. */
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { BookingServices } from './book.ts';
import { type Actor, remember } from './history.ts';
import { auditActor } from './roles.ts';
import { selectBooking, updateBooking } from './store.ts';
import { freedSlotJob } from './waitlist-jobs.ts';

type LeaveServices = Pick<BookingServices, 'clock' | 'jobs'>;

/** Takes a place off the list, and an open offer with it. False when it waits no more. */
export async function takeOff(
  services: LeaveServices,
  trx: Trx,
  tenantId: string,
  entryId: string,
  actor: Actor,
): Promise<boolean> {
  const offer = await trx
    .selectFrom('waitlist_offers')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('entry_id', '=', entryId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (offer) await letGo(services, trx, tenantId, offer.id, actor);
  const left = await trx
    .updateTable('waitlist_entries')
    .set({ state: 'withdrawn' })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', entryId)
    .where('state', 'in', ['waiting', 'offered'])
    .executeTakeFirst();
  if (left.numUpdatedRows === 0n) return false;
  await recordAudit(services, trx, {
    tenantId,
    actor: auditActor(actor),
    action: 'waitlist.left',
    subject: { kind: 'waitlist-entry', id: entryId },
  });
  return true;
}

/** Declines an open offer: its hold is cancelled and the time freed. False when the offer is not open any more. */
export async function letGo(
  services: LeaveServices,
  trx: Trx,
  tenantId: string,
  offerId: string,
  actor: Actor,
): Promise<boolean> {
  const offer = await trx
    .updateTable('waitlist_offers')
    .set({ state: 'declined' })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', offerId)
    .where('state', '=', 'open')
    .returning(['booking_id', 'entry_id'])
    .executeTakeFirst();
  if (offer === undefined) return false;
  await trx
    .updateTable('waitlist_entries')
    .set({ state: 'waiting' })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', offer.entry_id)
    .execute();
  const before = await selectBooking(trx, tenantId, offer.booking_id, true);
  if (before?.status !== 'held') return true;
  const after = await updateBooking(
    trx,
    tenantId,
    before.id,
    {
      status: 'cancelled',
      hold_expires_at: null,
      cancelled_by: actor.kind === 'staff' ? 'clinic' : 'person',
    },
    services.clock.now(),
  );
  await services.jobs.send(trx, freedSlotJob, { tenantId, bookingId: before.id });
  await remember(services, trx, actor, [{ what: 'cancelled', before, after }]);
  return true;
}
