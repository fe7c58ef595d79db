/** The waiting list as the desk sees it: who waits for what since when, and taking somebody off it. */
import { recordAudit } from '../audit/commands.ts';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can, mayAt } from '../staff/rules.ts';
import type { Actor as StaffMember } from '../staff/schema.ts';
import type { BookingServices } from './book.ts';
import type { Refusal } from './queries.ts';
import { actorFor, type NotAllowed, notAllowed } from './roles.ts';
import { takeOff } from './waitlist-leave.ts';
import './tables.ts';

export interface WaitingPerson {
  readonly id: string;
  readonly serviceId: string;
  readonly branchId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  /** First and last day wished for, and the stretch of the day in wall-clock minutes. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly earliestMin: number;
  readonly latestMin: number;
  readonly since: Date;
  /** The time that is held for them now, in minutes since 1970, and until when. */
  readonly offer: { readonly startMinute: number; readonly until: Date } | null;
}

const mostListed = 500;
const dayMs = 86_400_000;

/** Who waits, the longest first; wishes whose last day has passed are left out. Reading them is an entry. */
export async function listWaitlist(
  services: Pick<Services, 'db' | 'clock'>,
  member: StaffMember,
): Promise<{ ok: true; people: readonly WaitingPerson[] } | NotAllowed> {
  if (!can(member.role, 'booking.read')) return notAllowed;
  const { tenantId, staffId } = member;
  // A day is over everywhere twelve hours after it ends in UTC.
  const overUntil = new Date(services.clock.now().getTime() - 1.5 * dayMs).toISOString().slice(0, 10);
  return asTenant(services.db, tenantId, async (trx) => {
    const found = await trx
      .selectFrom('waitlist_entries as e')
      .leftJoin('waitlist_offers as o', (on) =>
        on
          .onRef('o.tenant_id', '=', 'e.tenant_id')
          .onRef('o.entry_id', '=', 'e.id')
          .on('o.state', '=', 'open'),
      )
      .leftJoin('bookings as b', (on) =>
        on.onRef('b.tenant_id', '=', 'o.tenant_id').onRef('b.id', '=', 'o.booking_id'),
      )
      .selectAll('e')
      .select(['o.expires_at', 'b.start_min'])
      .where('e.tenant_id', '=', tenantId)
      .where('e.state', 'in', ['waiting', 'offered'])
      .where('e.to_day', '>', overUntil)
      .orderBy('e.created_at')
      .orderBy('e.id')
      .limit(mostListed)
      .execute();
    const rows = found.filter((row) => mayAt(member, row.branch_id));
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: staffId },
      action: 'waitlist.listed',
      subject: { kind: 'tenant', id: tenantId },
      change: { after: { people: rows.length } },
    });
    return {
      ok: true as const,
      people: rows.map((row) => ({
        id: row.id,
        serviceId: row.service_id,
        branchId: row.branch_id,
        name: row.name,
        phone: row.phone,
        email: row.email,
        language: row.language,
        fromDay: row.from_day,
        toDay: row.to_day,
        earliestMin: row.earliest_min,
        latestMin: row.latest_min,
        since: row.created_at,
        offer:
          row.expires_at === null || row.start_min === null
            ? null
            : { startMinute: row.start_min, until: row.expires_at },
      })),
    };
  });
}

/** Takes a person off the list, for instance after a call; a time held for them goes to the next in line. */
export async function removeFromWaitlist(
  services: BookingServices,
  member: StaffMember,
  entryId: string,
): Promise<{ ok: true } | NotAllowed | Refusal<'waitlist-unknown'>> {
  if (!can(member.role, 'booking.write')) return notAllowed;
  const unknown = {
    ok: false as const,
    reason: 'waitlist-unknown' as const,
    message: 'This person does not wait any more. Please look again.',
  };
  if (!isUuid(entryId)) return unknown;
  const { tenantId } = member;
  return asTenant(services.db, tenantId, async (trx) => {
    const entry = await trx
      .selectFrom('waitlist_entries')
      .select('branch_id')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', entryId)
      .executeTakeFirst();
    if (entry === undefined || !mayAt(member, entry.branch_id)) return unknown;
    return (await takeOff(services, trx, tenantId, entryId, actorFor(member)))
      ? { ok: true as const }
      : unknown;
  });
}
