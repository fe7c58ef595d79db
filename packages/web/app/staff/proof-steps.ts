import { beginPasskeyProof, finishPasskeyProof } from '@undertone/clinic/staff/commands.ts';
import { askedContext } from '../server/context.ts';
import { entrantOf, entrantsOnly } from '../server/guard.ts';
import type { Route } from './+types/proof-steps.ts';
import { passkeyStep, takeStep } from './passkey-step.ts';

export const middleware: Route.MiddlewareFunction[] = [entrantsOnly];

/** `POST /desk/account/proof`: the two steps by which a member proves with a passkey who she is. */
export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const { actor } = entrantOf(context);
  return takeStep(request, passkeyStep, (sent) =>
    sent.step === 'begin' ? beginPasskeyProof(clinic, actor) : finishPasskeyProof(clinic, actor, sent),
  );
}
