import { sessionAftercare, sessionNote } from '@undertone/clinic/session/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/papers.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/sessions/:sessionId/aftercare.pdf` in the patient's language, `…/note.pdf` in the reader's. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const isNote = new URL(request.url).pathname.endsWith('/note.pdf');
  const paper = isNote
    ? await sessionNote(clinic, actor, params.sessionId, localeOf(request))
    : await sessionAftercare(clinic, actor, params.sessionId);
  if (!paper.ok) throw new Response(paper.message, { status: paper.reason === 'not-allowed' ? 403 : 404 });
  return new Response(paper.pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${paper.name}"`,
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}
