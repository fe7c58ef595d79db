import { discardDraft, saveDraft } from '@undertone/clinic/planning/commands.ts';
import type { DraftRefusal } from '@undertone/clinic/planning/draft-schema.ts';
import { data } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/plan-draft.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

const statusOf = ({ reason }: DraftRefusal) =>
  reason === 'not-allowed'
    ? 403
    : reason === 'no-such-draft' || reason === 'no-such-patient'
      ? 404
      : reason === 'bad-form'
        ? 422
        : 409;

/**
 * `PUT /studio/plan-drafts/:draftId` keeps work of the studio as it goes, `DELETE` lets it go; with `?revision=` only if it was
 * not saved from elsewhere after that.
 */
export async function action({ request, params, context, url }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  if (request.method === 'DELETE') {
    const known = url.searchParams.get('revision') ?? '';
    const lastRevision = /^\d{1,9}$/.test(known) ? Number(known) : undefined;
    const answer = await discardDraft(clinic, actor, params.draftId, lastRevision);
    return data(answer, { status: answer.ok ? 200 : statusOf(answer) });
  }
  if (request.method !== 'PUT')
    return data({ ok: false, reason: 'bad-form', message: 'Use PUT or DELETE.' }, { status: 405 });
  const form: unknown = await request.json().catch(() => undefined);
  const answer = await saveDraft(clinic, actor, params.draftId, form);
  return data(answer, { status: answer.ok ? 200 : statusOf(answer) });
}
