import { readPaper } from '@undertone/clinic/stock/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/paper.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/stock/items/:id/paper` and `/desk/stock/lots/:id/paper`: the safety sheet, the certificate. */
export async function loader({ params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const of = url.pathname.includes('/items/') ? { itemId: params.id } : { lotId: params.id };
  const found = await readPaper(clinic, actorOf(context), of);
  if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-allowed' ? 403 : 404 });
  return new Response(Buffer.from(found.bytes), {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': found.mediaType,
      'Content-Disposition': 'inline; filename="paper"',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
