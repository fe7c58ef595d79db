import { planPaper } from '@undertone/clinic/planning/paper.ts';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/paper.ts';
import { versionOf } from './version.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/plan-papers/:planId?version=&lang=`: a plan on paper for its patient, in her language unless another is asked for. */
export async function loader({ params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const version = versionOf(url);
  const language = url.searchParams.get('lang');
  const paper = await planPaper(clinic, actorOf(context), params.planId, {
    ...(version === undefined ? {} : { version }),
    ...(isLocale(language) ? { language } : {}),
  });
  if (!paper.ok) throw new Response(paper.message, { status: paper.reason === 'not-allowed' ? 403 : 404 });
  return new Response(paper.pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${paper.name}"`,
    },
  });
}
