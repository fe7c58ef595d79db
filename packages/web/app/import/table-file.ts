import { tableOf } from '@undertone/clinic/import/commands.ts';
import { importKinds } from '@undertone/clinic/import/schema.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/table-file.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'data.export'))),
];

/** `/desk/imports/patients.csv` and `…/appointments.csv`: the record as a table. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const { pathname } = new URL(request.url);
  const kind = importKinds.find((one) => pathname.endsWith(`/${one}.csv`));
  if (kind === undefined) throw new Response('There is no such table', { status: 404 });
  const made = await tableOf(clinic, actorOf(context), kind);
  if (!made.ok) throw new Response(made.message, { status: 403 });
  return new Response(made.text, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${kind}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
