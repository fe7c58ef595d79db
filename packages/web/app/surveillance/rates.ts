import { csvText } from '@undertone/clinic/platform/csv.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { readRates } from '@undertone/clinic/surveillance/commands.ts';
import { writersFor } from '../followup/moments.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/rates.ts';
import { askedOf } from './query.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'report.read'))),
];

/** `/desk/surveillance/rates.csv`: the table of the page, with every number behind it. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const write = await writersFor(context, localeOf(request));
  const { by, ...query } = askedOf(url.searchParams, write.isoDay(clinic.clock.now()));
  const read = await readRates(clinic, actorOf(context), query, by);
  if (!read.ok) throw new Response(read.message, { status: 403 });
  const header = [
    by,
    'name',
    'measure',
    'from',
    'to',
    'sessions',
    'followed',
    'unknown',
    'waiting',
    'with_event',
    'rate',
    'low95',
    'high95',
  ];
  const rows = [...read.rows, { ...read.total, key: 'all', label: 'all' }].map((row) => [
    row.key,
    row.label,
    query.measure,
    query.from,
    query.to,
    row.sessions,
    row.followed,
    row.unknown,
    row.waiting,
    row.events,
    row.rate01 ?? null,
    row.low01,
    row.high01,
  ]);
  return new Response(csvText(header, rows), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="rates.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
}
