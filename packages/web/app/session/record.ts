import { getPatient } from '@undertone/clinic/record/commands.ts';
import { readSession } from '@undertone/clinic/session/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/record.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/sessions/:sessionId/record`: the whole session as JSON, for a tablet that opens it. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const read = await readSession(clinic, actor, params.sessionId);
  if (!read.ok) return Response.json(read, { status: read.reason === 'not-allowed' ? 403 : 404 });
  const patient = await getPatient(clinic, actor, read.session.patientId);
  return Response.json({ ...read, patientName: patient.ok ? patient.patient.name : '' });
}
