import { calendarFileByToken, countAttempt, rateRules } from '@undertone/clinic/booking/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import type { Route } from './+types/visit-calendar.ts';

/** The visit as a file that calendars open, also after it was moved or cancelled: they then follow. */
export async function loader({ params, context }: Route.LoaderArgs): Promise<Response> {
  const { clinic, address } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const gone = new Response('There is no page here', { status: 404 });
  if (tenant === undefined || !isLocale(params.lang)) return gone;
  const counted = await countAttempt(clinic, clinic.db, tenant.id, rateRules.linkPerAddress, address);
  if (!counted.ok) return new Response('Too many requests', { status: 429 });
  const file = await calendarFileByToken(clinic, tenant.id, params.token, params.lang);
  if (!file.ok) return gone;
  return new Response(file.text, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="visit.ics"',
      'Cache-Control': 'private, no-store',
    },
  });
}
