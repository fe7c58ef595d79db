import { listPhotos } from '@undertone/clinic/photos/commands.ts';
import { ghostFor } from '@undertone/clinic/photos/rules.ts';
import { standardViews } from '@undertone/clinic/photos/views.ts';
import { readSession } from '@undertone/clinic/session/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/photos.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** Photographs of the day before the session began are of another day. */
const earlierMs = 6 * 3_600_000;

/**
 * `/desk/sessions/:sessionId/photos`: the patient's photographs that may belong to this session, and the last one of each
 * view before it, to lay the next one over; as JSON.
 */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const read = await readSession(clinic, actor, params.sessionId);
  if (!read.ok) return Response.json(read, { status: read.reason === 'not-allowed' ? 403 : 404 });
  const { patientId, treatment, startedAt } = read.session;
  const listed = await listPhotos(clinic, actor, patientId);
  if (!listed.ok) return Response.json(listed, { status: 403 });
  const photos = listed.photos
    .filter(
      (one) => one.treatment === treatment && one.takenAt.getTime() >= Date.parse(startedAt) - earlierMs,
    )
    .map(({ id, view }) => ({ id, view }));
  const ghosts = Object.fromEntries(
    standardViews[treatment].views.flatMap((view) => {
      const ghost = ghostFor(listed.photos, treatment, view);
      return ghost ? [[view, { id: ghost.id, takenAt: ghost.takenAt.toISOString() }]] : [];
    }),
  );
  return Response.json({ ok: true, photos, ghosts });
}
