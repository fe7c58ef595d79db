import { feed } from '@undertone/clinic/booking/calendar.ts';
import { bookingByToken, countAttempt, listServices, rateRules } from '@undertone/clinic/booking/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import type { Route } from './+types/visit-calendar.ts';
import { placeOf, textIn } from './slots.ts';

/** The visit as a file that calendars open. The same id as in the invitation by e-mail, so that it appears once. */
export async function loader({ params, context }: Route.LoaderArgs): Promise<Response> {
  const { clinic, address, publicUrl } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const gone = new Response('There is no page here', { status: 404 });
  if (tenant === undefined || !isLocale(params.lang)) return gone;
  const counted = await countAttempt(clinic, clinic.db, tenant.id, rateRules.linkPerAddress, address);
  if (!counted.ok) return new Response('Too many requests', { status: 429 });
  const found = await bookingByToken(clinic, tenant.id, params.token);
  if (!found.ok || !['held', 'confirmed'].includes(found.booking.status)) return gone;
  const { booking } = found;
  const service = (await listServices(clinic, tenant.id)).find(({ slug }) => slug === booking.service);
  const text = feed(tenant.name, [
    {
      uid: `${booking.id}@${new URL(publicUrl).hostname}`,
      sequence: 0,
      startMinute: Date.parse(booking.start) / 60_000,
      endMinute: Date.parse(booking.end) / 60_000,
      summary: `${service === undefined ? booking.service : textIn(service.names, params.lang)}, ${tenant.name}`,
      location: placeOf(booking.branch),
      url: `${publicUrl}/${params.lang}/booking/${params.token}`,
      status: booking.status === 'confirmed' ? 'CONFIRMED' : 'TENTATIVE',
      stamp: clinic.clock.now(),
    },
  ]);
  return new Response(text, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="visit.ics"',
      'Cache-Control': 'private, no-store',
    },
  });
}
