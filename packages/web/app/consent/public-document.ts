import { documentByToken } from '@undertone/clinic/consent/signing.ts';
import { openByLink } from '../server/by-link.ts';
import type { Route } from './+types/public-document.ts';
import { pdfReply } from './pdf-reply.ts';

/** `/:lang/consent/:token/consent.pdf`: the sealed document for the person who signed. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic, tenant } = await openByLink(context);
  return pdfReply(await documentByToken(clinic, tenant.id, params.token));
}
