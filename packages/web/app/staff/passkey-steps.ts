import { beginPasskey, finishPasskey } from '@undertone/clinic/staff/commands.ts';
import { askedContext } from '../server/context.ts';
import { entrantOf, entrantsOnly } from '../server/guard.ts';
import type { Route } from './+types/passkey-steps.ts';
import { namedPasskeyStep, takeStep } from './passkey-step.ts';

export const middleware: Route.MiddlewareFunction[] = [entrantsOnly];

/** `POST /desk/account/passkeys`: the two steps by which a member registers a passkey. */
export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const { actor, owes } = entrantOf(context);
  // Who has a second step shows it; a password alone adds no other.
  if (owes === 'show') return Response.json({ ok: false, reason: 'not-allowed' }, { status: 403 });
  return takeStep(request, namedPasskeyStep, (sent) =>
    sent.step === 'begin' ? beginPasskey(clinic, actor) : finishPasskey(clinic, actor, sent),
  );
}
