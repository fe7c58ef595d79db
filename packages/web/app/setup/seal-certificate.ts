import { sealCertificate } from '@undertone/clinic/consent/seal.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/seal-certificate.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup/seal/certificate.pem`: the certificate that seals now, for whoever checks what the clinic sealed. No key is in it. */
export async function loader({ context }: Route.LoaderArgs) {
  const pem = await sealCertificate(context.get(askedContext).clinic, actorOf(context).tenantId);
  if (pem === undefined) throw new Response('Nothing was sealed yet', { status: 404 });
  return new Response(pem, {
    headers: {
      'Content-Type': 'application/x-pem-file',
      'Content-Disposition': 'attachment; filename="clinic-certificate.pem"',
      'Cache-Control': 'private, no-store',
    },
  });
}
