import { erasureCertificate } from '@undertone/clinic/retention/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/certificate.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'patient.erase'))),
];

/** `/desk/erasures/:erasureId/certificate.pdf`, in the language of the page it was asked from. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const paper = await erasureCertificate(clinic, actorOf(context), params.erasureId, localeOf(request));
  if (!paper.ok) throw new Response(paper.message, { status: paper.reason === 'not-allowed' ? 403 : 404 });
  return new Response(paper.pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${paper.name}"`,
      'Cache-Control': 'no-store',
    },
  });
}
