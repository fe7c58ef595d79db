import { beginPasskey, finishPasskey } from '@undertone/clinic/staff/commands.ts';
import { z } from 'zod';
import { askedContext } from '../server/context.ts';
import { entrantOf, entrantsOnly } from '../server/guard.ts';
import type { Route } from './+types/passkey-steps.ts';

export const middleware: Route.MiddlewareFunction[] = [entrantsOnly];

const step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('begin') }),
  z.object({
    step: z.literal('finish'),
    challengeId: z.string(),
    response: z.unknown(),
    name: z.string().max(100),
  }),
]);

/** `POST /desk/account/passkeys`: the two steps by which a member registers a passkey. */
export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const { actor, owes } = entrantOf(context);
  // Who has a second step shows it; a password alone adds no other.
  if (owes === 'show') return Response.json({ ok: false, reason: 'not-allowed' }, { status: 403 });
  const read = step.safeParse(await request.json().catch(() => undefined));
  if (!read.success) return Response.json({ ok: false, reason: 'bad-form' }, { status: 422 });
  const answer =
    read.data.step === 'begin'
      ? await beginPasskey(clinic, actor)
      : await finishPasskey(clinic, actor, read.data);
  return Response.json(answer, { status: answer.ok ? 200 : 422, headers: { 'Cache-Control': 'no-store' } });
}
