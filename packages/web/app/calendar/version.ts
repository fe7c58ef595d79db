import { calendarVersion } from '@undertone/clinic/booking/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf } from '../server/guard.ts';
import type { Route } from './+types/version.ts';
import { allowed, readersOnly } from './access.ts';

export const middleware: Route.MiddlewareFunction[] = [readersOnly];

/** The beginnings of 1900 and of 2200: no day of a clinic lies beside them (tenant/schema.ts). */
const [earliestMin, latestMin] = [Date.UTC(1900) / 60_000, Date.UTC(2200) / 60_000];
/** Longest stretch of time answered for, in minutes: five weeks. */
const longestMin = 35 * 1440;

/** `/desk/calendar/version?from=&to=` (minutes since 1970): a text that differs when anything in between has changed. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const fromMinute = Number(url.searchParams.get('from'));
  const toMinute = Number(url.searchParams.get('to'));
  const isRange = Number.isInteger(fromMinute) && Number.isInteger(toMinute) && toMinute > fromMinute;
  const isOfClinic = fromMinute >= earliestMin && toMinute <= latestMin;
  if (!isRange || !isOfClinic || toMinute - fromMinute > longestMin) {
    return Response.json(
      { message: 'Give from and to in minutes, at most five weeks apart.' },
      { status: 422 },
    );
  }
  const { clinic } = context.get(askedContext);
  const { version } = allowed(await calendarVersion(clinic, actorOf(context), { fromMinute, toMinute }));
  return Response.json({ version }, { headers: { 'Cache-Control': 'no-store' } });
}
