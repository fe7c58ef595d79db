import { saveByLink } from '@undertone/clinic/intake/person.ts';
import type { Route } from './+types/draft.ts';
import { openedFor, privately } from './opened.ts';

/** `/:lang/intake/:token/draft`: takes what was typed since the last save, as JSON, and answers with the merged draft. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic, tenant, pass } = await openedFor(request, params, context);
  let edits: unknown;
  try {
    edits = await request.json();
  } catch {
    edits = undefined;
  }
  const saved = await saveByLink(clinic, tenant.id, params.token, pass, edits);
  if (saved.ok) return Response.json({ draft: saved.draft }, { headers: privately });
  const status = saved.reason === 'bad-form' ? 422 : saved.reason === 'proof-needed' ? 401 : 410;
  return Response.json({ reason: saved.reason }, { status, headers: privately });
}
