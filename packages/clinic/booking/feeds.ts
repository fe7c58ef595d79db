/** A practitioner's private calendar, read by any calendar program at `/calendar/{secret}.ics`. */
import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { feed } from './calendar.ts';
import { inLanguage } from './messages.ts';
import { minuteOf, type Refusal } from './queries.ts';
import { type Actor, auditActor, type NotAllowed, refusalFor } from './roles.ts';
import { selectBookingsBetween, selectServices } from './store.ts';
import { minutesPerDay } from './zone.ts';

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Makes a new secret address; the one before stops working. */
export async function makeFeed(
  services: Pick<Services, 'db' | 'config' | 'clock'>,
  tenantId: string,
  actor: Actor,
  practitionerId: string,
  showNames = false,
): Promise<{ ok: true; url: string } | NotAllowed | Refusal<'practitioner-unknown'>> {
  const secret = randomBytes(24).toString('base64url');
  const feed = { feed_hash: hashOf(secret), feed_shows_names: showNames };
  const set = await setFeed(services, tenantId, actor, practitionerId, feed);
  return set.ok ? { ok: true, url: `${services.config.http.publicUrl}/calendar/${secret}.ics` } : set;
}

/** Ends the feed: its address answers nothing any more. */
export function closeFeed(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
  actor: Actor,
  practitionerId: string,
): Promise<{ ok: true } | NotAllowed | Refusal<'practitioner-unknown'>> {
  const feed = { feed_hash: null, feed_shows_names: false };
  return setFeed(services, tenantId, actor, practitionerId, feed);
}

async function setFeed(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
  actor: Actor,
  practitionerId: string,
  feed: { feed_hash: Buffer | null; feed_shows_names: boolean },
): Promise<{ ok: true } | NotAllowed | Refusal<'practitioner-unknown'>> {
  const refused = refusalFor(actor);
  if (refused) return refused;
  return asTenant(services.db, tenantId, async (trx) => {
    const done = await trx
      .updateTable('practitioners')
      .set(feed)
      .where('tenant_id', '=', tenantId)
      .where('id', '=', practitionerId)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) {
      const message = 'There is no such practitioner.';
      return { ok: false as const, reason: 'practitioner-unknown' as const, message };
    }
    await recordAudit(services, trx, {
      tenantId,
      actor: auditActor(actor),
      action: feed.feed_hash === null ? 'booking.feed-closed' : 'booking.feed-made',
      subject: { kind: 'practitioner', id: practitionerId },
      change: { after: { names: feed.feed_shows_names } },
    });
    return { ok: true as const };
  });
}

/** The calendar behind a secret: 30 days back, 180 ahead, without names unless the practitioner asked for them. */
export async function readFeed(
  services: Pick<Services, 'db' | 'clock' | 'config'>,
  secret: string,
): Promise<string | undefined> {
  if (!/^[\w-]{32}$/.test(secret)) return undefined;
  const person = await services.db
    .selectFrom('practitioners')
    .select(['tenant_id', 'id', 'name', 'feed_shows_names'])
    .where('feed_hash', '=', hashOf(secret))
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (person === undefined) return undefined;
  const now = minuteOf(services.clock.now());
  const rows = await selectBookingsBetween(services.db, person.tenant_id, {
    fromMin: now - 30 * minutesPerDay,
    toMin: now + 180 * minutesPerDay,
    practitionerId: person.id,
  });
  const names = new Map((await selectServices(services.db, person.tenant_id)).map((s) => [s.id, s.names]));
  const host = new URL(services.config.http.publicUrl).hostname;
  const visible = rows.filter((row) => row.status !== 'expired' && row.status !== 'cancelled');
  return feed(
    person.name,
    visible.map((row) => {
      const what =
        row.kind === 'block' ? 'Blocked' : inLanguage(names.get(row.service_id ?? '') ?? {}, 'en') || 'Visit';
      return {
        uid: `${row.id}@${host}`,
        sequence: row.calendar_sequence,
        startMinute: row.start_min,
        endMinute: row.end_min,
        summary: person.feed_shows_names && row.name !== null ? `${what}: ${row.name}` : what,
        status: row.status === 'held' ? ('TENTATIVE' as const) : ('CONFIRMED' as const),
        stamp: row.changed_at,
      };
    }),
  );
}
