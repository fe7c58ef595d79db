/** A visitor's own side of the waiting list: joining it, looking at the wish, leaving it, and letting an offer go. */
import { recordAudit } from '../audit/commands.ts';
import { hasAdapter } from '../notify/commands.ts';
import { asTenant, type Db, type Trx } from '../platform/database.ts';
import type { BookingServices } from './book.ts';
import { type ChallengeRefusal, checkChallenge, countAttempt, rateRules, spendChallenge } from './limits.ts';
import { type LinkRefusal, makeLink, openLink } from './links.ts';
import { listServices, type Refusal, serviceUnknown } from './queries.ts';
import type { WaitlistPlace, WaitlistRequest } from './schema.ts';
import { enterWaitlist } from './waitlist.ts';
import { letGo, takeOff } from './waitlist-leave.ts';

export type WaitlistRefusal =
  | ChallengeRefusal
  | LinkRefusal
  | Refusal<
      | 'service-unknown'
      | 'branch-unknown'
      | 'too-many-requests'
      | 'days-over'
      | 'days-too-many'
      | 'no-way-to-offer'
      | 'offer-over'
    >;

/** Longest time a wish may wait, in days. */
export const longestWishDays = 180;
const dayMs = 86_400_000;

/** Puts a visitor on the list. The offer needs a way to reach them at once: e-mail, or the clinic's message adapter. */
export async function askForEarlierTime(
  services: BookingServices,
  tenantId: string,
  { altcha, ...wish }: WaitlistRequest,
  context: { readonly address: string },
): Promise<{ ok: true; token: string; place: WaitlistPlace } | WaitlistRefusal> {
  const counted = await countAttempt(
    services,
    services.db,
    tenantId,
    rateRules.bookingPerAddress,
    context.address,
  );
  if (!counted.ok) return counted;
  const now = services.clock.now().getTime();
  // A day has begun somewhere up to fourteen hours before it begins in UTC, and ends twelve hours after.
  if (Date.parse(wish.toDay) + 1.5 * dayMs < now) {
    const message = 'The last day lies in the past. Choose a later one.';
    return { ok: false, reason: 'days-over', message, field: 'toDay' };
  }
  if (Date.parse(wish.toDay) - now > longestWishDays * dayMs) {
    const message = `Choose a last day within ${longestWishDays} days.`;
    return { ok: false, reason: 'days-too-many', message, field: 'toDay' };
  }
  if (wish.email === undefined && !(await hasAdapter(services, tenantId))) {
    const message = 'Offers go out by e-mail here. Give an e-mail address.';
    return { ok: false, reason: 'no-way-to-offer', message, field: 'email' };
  }
  if (!(await listServices(services, tenantId)).some(({ slug }) => slug === wish.service))
    return serviceUnknown;
  const challenge = await checkChallenge(services, tenantId, altcha);
  if (!challenge.ok) return challenge;
  return asTenant(services.db, tenantId, async (trx) => {
    if (!(await spendChallenge(trx, tenantId, challenge))) {
      const message = 'This check was used before. Please reload the page and try again.';
      return { ok: false as const, reason: 'challenge-used' as const, message };
    }
    for (const [rule, subject] of [
      [rateRules.bookingPerPhone, wish.phone],
      [rateRules.bookingPerEmail, wish.email],
    ] as const) {
      const person =
        subject === undefined ? undefined : await countAttempt(services, trx, tenantId, rule, subject);
      if (person?.ok === false) return person;
    }
    const entered = await enterWaitlist(services, trx, tenantId, wish);
    if (!entered.ok) return entered;
    const expiresAt = new Date(Date.parse(wish.toDay) + 30 * dayMs);
    const { token } = await makeLink(services, trx, tenantId, {
      purpose: 'waitlist',
      subjectId: entered.entryId,
      expiresAt,
    });
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'visitor', id: null },
      action: 'waitlist.joined',
      subject: { kind: 'waitlist-entry', id: entered.entryId },
    });
    return { ok: true as const, token, place: await placeOf(services, trx, tenantId, entered.entryId) };
  });
}

async function placeOf(
  services: Pick<BookingServices, 'clock'>,
  db: Db | Trx,
  tenantId: string,
  entryId: string,
): Promise<WaitlistPlace> {
  const row = await db
    .selectFrom('waitlist_entries as e')
    .innerJoin('services as s', (on) =>
      on.onRef('s.tenant_id', '=', 'e.tenant_id').onRef('s.id', '=', 'e.service_id'),
    )
    .leftJoin('waitlist_offers as o', (on) =>
      on.onRef('o.tenant_id', '=', 'e.tenant_id').onRef('o.entry_id', '=', 'e.id').on('o.state', '=', 'open'),
    )
    .select(['e.state', 's.slug', 'e.from_day', 'e.to_day', 'e.earliest_min', 'e.latest_min', 'o.expires_at'])
    .where('e.tenant_id', '=', tenantId)
    .where('e.id', '=', entryId)
    .executeTakeFirstOrThrow();
  const isOver =
    row.state === 'expired' ||
    (row.state === 'waiting' && Date.parse(row.to_day) + 1.5 * dayMs < services.clock.now().getTime());
  return {
    state: isOver ? 'over' : (row.state as Exclude<typeof row.state, 'expired'>),
    service: row.slug,
    fromDay: row.from_day,
    toDay: row.to_day,
    earliestMin: row.earliest_min,
    latestMin: row.latest_min,
    offerUntil: row.expires_at?.toISOString() ?? null,
  };
}

/** The wish behind a link. */
export async function waitlistPlaceByToken(
  services: Pick<BookingServices, 'db' | 'clock' | 'keys'>,
  tenantId: string,
  token: string,
): Promise<{ ok: true; place: WaitlistPlace } | LinkRefusal> {
  const opened = await openLink(services, services.db, tenantId, token, ['waitlist']);
  if (!opened.ok) return opened;
  return { ok: true, place: await placeOf(services, services.db, tenantId, opened.link.subjectId) };
}

/** Takes a person off the list; a time held for them goes to the next in line. Doing it twice is doing it once. */
export async function leaveWaitlist(
  services: BookingServices,
  tenantId: string,
  token: string,
): Promise<{ ok: true; place: WaitlistPlace } | LinkRefusal> {
  const opened = await openLink(services, services.db, tenantId, token, ['waitlist']);
  if (!opened.ok) return opened;
  const { id: linkId, subjectId: entryId } = opened.link;
  const actor = { kind: 'link' as const, id: linkId };
  return asTenant(services.db, tenantId, async (trx) => {
    await takeOff(services, trx, tenantId, entryId, actor);
    return { ok: true as const, place: await placeOf(services, trx, tenantId, entryId) };
  });
}

/** Lets one offered time go, by its link, and stays on the list. */
export async function declineOffer(
  services: BookingServices,
  tenantId: string,
  token: string,
): Promise<{ ok: true } | WaitlistRefusal> {
  const opened = await openLink(services, services.db, tenantId, token, ['accept-offer']);
  if (!opened.ok) return opened;
  const { id: linkId, subjectId: offerId } = opened.link;
  return asTenant(services.db, tenantId, async (trx) => {
    if (await letGo(services, trx, tenantId, offerId, { kind: 'link', id: linkId }))
      return { ok: true as const };
    const message = 'This offer is over. You stay on the list.';
    return { ok: false as const, reason: 'offer-over' as const, message };
  });
}
