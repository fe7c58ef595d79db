import { readPigmentSet } from '@undertone/clinic/stock/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/set-file.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

/** `/desk/pigments/:setId/pigments.json`: the newest version of a set, as it was saved. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const found = await readPigmentSet(clinic, actorOf(context), params.setId);
  if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-allowed' ? 403 : 404 });
  return new Response(found.document, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': 'application/json',
      'Content-Disposition': 'attachment; filename="pigments.json"',
    },
  });
}
