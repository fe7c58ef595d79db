import { readAnswerPhoto } from '@undertone/clinic/followup/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/photo.ts';
import { statusOf } from './shared.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'photo.read'))),
];

/** `/desk/followup/photo/:checkInId/:version`: the photograph that came with an answer. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const read = await readAnswerPhoto(clinic, actorOf(context), params.checkInId, Number(params.version));
  if (!read.ok) throw new Response(read.message, { status: statusOf(read.reason) });
  return new Response(Buffer.from(read.bytes), {
    headers: { 'Content-Type': read.mediaType, 'Cache-Control': 'private, no-store' },
  });
}
