import { photoForUse, readPhoto } from '@undertone/clinic/photos/commands.ts';
import { photoSizes } from '@undertone/clinic/photos/schema.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/photo-file.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

const uses = ['teaching', 'publication', 'social-media'] as const;

/**
 * `/desk/photos/:photoId/:size`: a photograph as `thumb`, `screen` or `original`; or for a use beyond the record, by the
 * use's name. Nothing served tells where it was taken; nothing is kept by caches.
 */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const use = uses.find((one) => one === params.size);
  const size = photoSizes.find((one) => one === params.size);
  if (!use && !size) throw new Response('There is no such copy of a photograph', { status: 404 });
  const found = use
    ? await photoForUse(clinic, actor, params.photoId, use)
    : await readPhoto(clinic, actor, params.photoId, size ?? 'screen');
  if (!found.ok) {
    const status = found.reason === 'not-found' ? 404 : 403;
    throw new Response(found.message, { status });
  }
  const ending = found.mediaType.split('/')[1] ?? 'bin';
  const isFile = use !== undefined || size === 'original';
  return new Response(found.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': found.mediaType,
      'Content-Disposition': `${isFile ? 'attachment' : 'inline'}; filename="${params.photoId}.${ending}"`,
    },
  });
}
