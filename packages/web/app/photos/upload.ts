import { addPiece, beginUpload, uploadState } from '@undertone/clinic/photos/commands.ts';
import type { PhotoRefusal } from '@undertone/clinic/photos/schema.ts';
import { data } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/upload.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

const statusOf = ({ reason }: PhotoRefusal) =>
  reason === 'not-allowed'
    ? 403
    : reason === 'not-found'
      ? 404
      : reason === 'wrong-offset' || reason === 'content-mismatch'
        ? 409
        : 422;

/** `GET /desk/photo-uploads/:uploadId`: where an upload stands. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const answer = await uploadState(clinic, actorOf(context), params.uploadId ?? '');
  return Response.json(answer, {
    status: answer.ok ? 200 : statusOf(answer),
    headers: { 'Cache-Control': 'no-store' },
  });
}

/** `POST /desk/photo-uploads` begins one; `PATCH …/:uploadId` with `Upload-Offset` adds a piece. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  if (request.method === 'POST') {
    const form: unknown = await request.json().catch(() => undefined);
    const answer = await beginUpload(clinic, actor, form);
    return data(answer, { status: answer.ok ? 201 : statusOf(answer) });
  }
  const offset = Number(request.headers.get('upload-offset') ?? Number.NaN);
  if (request.method !== 'PATCH' || !Number.isSafeInteger(offset) || offset < 0)
    return data({ ok: false, reason: 'bad-form', message: 'Say where the piece begins.' }, { status: 422 });
  const bytes = new Uint8Array(await request.arrayBuffer());
  const answer = await addPiece(clinic, actor, params.uploadId ?? '', offset, bytes);
  return data(answer, { status: answer.ok ? 200 : statusOf(answer) });
}
