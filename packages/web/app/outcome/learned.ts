import { learnedHealingFor } from '@undertone/clinic/outcome/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/learned.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

/** `/desk/outcomes/learned.json`: what the clinic's results say of healing, for `undertone plan --learned`. */
export async function loader({ context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const found = await learnedHealingFor(clinic, actorOf(context));
  if (!found.ok) throw new Response(found.message, { status: 403 });
  return new Response(`${JSON.stringify(found.learned, null, 1)}\n`, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json',
      'Content-Disposition': 'attachment; filename="learned-healing.json"',
    },
  });
}
