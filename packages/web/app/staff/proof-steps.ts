import { beginPasskeyProof, finishPasskeyProof } from '@undertone/clinic/staff/commands.ts';
import { z } from 'zod';
import { askedContext } from '../server/context.ts';
import { entrantOf, entrantsOnly } from '../server/guard.ts';
import type { Route } from './+types/proof-steps.ts';

export const middleware: Route.MiddlewareFunction[] = [entrantsOnly];

const step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('begin') }),
  z.object({ step: z.literal('finish'), challengeId: z.string(), response: z.unknown() }),
]);

/** `POST /desk/account/proof`: the two steps by which a member proves with a passkey who she is. */
export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const { actor } = entrantOf(context);
  const read = step.safeParse(await request.json().catch(() => undefined));
  if (!read.success) return Response.json({ ok: false, reason: 'bad-form' }, { status: 422 });
  const answer =
    read.data.step === 'begin'
      ? await beginPasskeyProof(clinic, actor)
      : await finishPasskeyProof(clinic, actor, read.data);
  return Response.json(answer, { status: answer.ok ? 200 : 422, headers: { 'Cache-Control': 'no-store' } });
}
