import { pushEntries } from '@undertone/clinic/session/commands.ts';
import type { Push } from '@undertone/clinic/session/schema.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/entries.ts';
import { jsonOf } from './json.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `POST /desk/sessions/:sessionId/entries`: a tablet sends what waits on it and hears what it does not know. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  // The command parses it: what is wrong in one entry must not keep the others.
  const answer = await pushEntries(
    clinic,
    actorOf(context),
    params.sessionId,
    (await jsonOf(request)) as Push,
  );
  if (answer.ok) return Response.json(answer);
  const status = { 'not-allowed': 403, 'no-such-session': 404 }[answer.reason] ?? 422;
  return Response.json(answer, { status });
}
