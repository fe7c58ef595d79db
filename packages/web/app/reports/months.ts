import { csvText } from '@undertone/clinic/platform/csv.ts';
import { readReport } from '@undertone/clinic/reports/commands.ts';
import { countNames } from '@undertone/clinic/reports/rules.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/months.ts';
import { askedSpan } from './asked.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'report.read'))),
];

/** `/desk/reports/months.csv?from=&to=`: the report's table; amounts in the smallest coin. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const span = await askedSpan(clinic, url.searchParams);
  const read = await readReport(clinic, actorOf(context), span);
  if (!read.ok) throw new Response(read.message, { status: read.reason === 'not-allowed' ? 403 : 422 });
  const names = countNames.filter((name) => read.hasMoney || !name.endsWith('Minor'));
  const rows = read.months.map((month) => [month.month, ...names.map((name) => month[name])]);
  const header = [
    'month',
    ...names.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  ];
  return new Response(csvText(header, rows), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="months-${span.from}-${span.to}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
