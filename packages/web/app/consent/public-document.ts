import { countAttempt, rateRules } from '@undertone/clinic/booking/commands.ts';
import { documentByToken } from '@undertone/clinic/consent/signing.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { askedContext } from '../server/context.ts';
import type { Route } from './+types/public-document.ts';
import { pdfReply } from './pdf-reply.ts';

/** `/:lang/consent/:token/consent.pdf`: the sealed document for the person who signed. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic, address } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (tenant === undefined) throw new Response('There is no such document', { status: 404 });
  const counted = await countAttempt(clinic, clinic.db, tenant.id, rateRules.linkPerAddress, address);
  if (!counted.ok) throw new Response('Too many requests', { status: 429 });
  return pdfReply(await documentByToken(clinic, tenant.id, params.token));
}
