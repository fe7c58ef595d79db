import { keepSession, signSession } from '@undertone/clinic/session/commands.ts';
import { z } from 'zod';
import { askedContext } from '../server/context.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/act.ts';
import { jsonOf } from './json.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

const asked = z.object({ act: z.enum(['keep', 'sign']), knownSeq: z.int().min(0) });

/** `POST /desk/sessions/:sessionId/act`: keep or sign, as far as the page has seen the journal. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const form = asked.safeParse(await jsonOf(request));
  if (!form.success) return Response.json({ ok: false, reason: 'bad-form', message: '' }, { status: 422 });
  const { act, knownSeq } = form.data;
  const command = act === 'keep' ? keepSession : signSession;
  const answer = await command(clinic, actorOf(context), params.sessionId, knownSeq);
  if (answer.ok) return Response.json(answer);
  return Response.json(answer, { status: answer.reason === 'no-such-session' ? 404 : refusedStatus(answer) });
}
