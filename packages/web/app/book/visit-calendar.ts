import { calendarFileByToken } from '@undertone/clinic/booking/commands.ts';
import { openByLinkIn } from '../server/by-link.ts';
import type { Route } from './+types/visit-calendar.ts';

/** The visit as a file that calendars open, also after it was moved or cancelled: they then follow. */
export async function loader({ params, context }: Route.LoaderArgs): Promise<Response> {
  const { locale, clinic, tenant } = await openByLinkIn(params.lang, context);
  const file = await calendarFileByToken(clinic, tenant.id, params.token, locale);
  if (!file.ok) return new Response('There is no page here', { status: 404 });
  return new Response(file.text, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="visit.ics"',
      'Cache-Control': 'private, no-store',
    },
  });
}
