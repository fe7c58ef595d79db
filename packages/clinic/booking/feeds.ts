/** A practitioner's private calendar, read by any calendar program at `/calendar/{secret}.ics`. */
import { createHash, randomBytes } from 'node:crypto';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { feed } from './calendar.ts';
import { inLanguage } from './messages.ts';
import { minuteOf } from './queries.ts';
import { selectBookingsBetween, selectServices } from './store.ts';
import { minutesPerDay } from './zone.ts';

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Makes a new secret address; the one before stops working. Undefined when there is no such practitioner. */
export async function makeFeed(
  services: Pick<Services, 'db' | 'config'>,
  tenantId: string,
  practitionerId: string,
  showNames = false,
): Promise<{ url: string } | undefined> {
  const secret = randomBytes(24).toString('base64url');
  const result = await asTenant(services.db, tenantId, (trx) =>
    trx
      .updateTable('practitioners')
      .set({ feed_hash: hashOf(secret), feed_shows_names: showNames })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', practitionerId)
      .executeTakeFirst(),
  );
  if (result.numUpdatedRows === 0n) return undefined;
  return { url: `${services.config.http.publicUrl}/calendar/${secret}.ics` };
}

export async function closeFeed(
  services: Pick<Services, 'db'>,
  tenantId: string,
  practitionerId: string,
): Promise<void> {
  await services.db
    .updateTable('practitioners')
    .set({ feed_hash: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', practitionerId)
    .execute();
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
