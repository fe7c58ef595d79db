import { pairPicture } from '@undertone/clinic/outcome/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/pair-picture.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/ratings/:pairId/:side`: one picture of a pair, under a neutral name, without anything that tells the two apart. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const { pairId, side } = params;
  if (side !== 'a' && side !== 'b') throw new Response('There is no such picture', { status: 404 });
  const found = await pairPicture(clinic, actorOf(context), pairId, side);
  if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-found' ? 404 : 403 });
  return new Response(found.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': 'image/jpeg',
      'Content-Disposition': `inline; filename="${side}.jpg"`,
    },
  });
}
