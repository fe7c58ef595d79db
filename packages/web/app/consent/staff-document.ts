import { readConsentDocument } from '@undertone/clinic/consent/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/staff-document.ts';
import { pdfReply } from './pdf-reply.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/consents/:consentId/consent.pdf`: the sealed document for staff. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  return pdfReply(await readConsentDocument(clinic, actorOf(context), params.consentId));
}
