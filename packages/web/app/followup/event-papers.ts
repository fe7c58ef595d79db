import {
  adverseEventReport,
  asFhirAdverseEvent,
  eventsAsCsv,
  eventsAsFhir,
  listAdverseEvents,
} from '@undertone/clinic/followup/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/event-papers.ts';
import { statusOf } from './shared.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'followup.read'))),
];

/**
 * `/desk/followup/events/:eventId/:file`: `report.pdf` and `event.json` of one event; with `all` for the event,
 * `events.csv` and `events.json` (FHIR R4) of all.
 */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { eventId, file } = params;
  const refuse = ({ reason, message }: { reason: string; message: string }) =>
    new Response(message, { status: statusOf(reason) });
  if (file === 'report.pdf') {
    const report = await adverseEventReport(clinic, actor, eventId, localeOf(request));
    if (!report.ok) throw refuse(report);
    return paper(Buffer.from(report.pdf), 'application/pdf', `inline; filename="adverse-event.pdf"`);
  }
  const isAll = eventId === 'all';
  if (isAll && !can(actor.role, 'followup.answer')) {
    throw new Response('Your role does not allow this.', { status: 403 });
  }
  const found = await listAdverseEvents(clinic, actor, isAll ? {} : { id: eventId });
  if (!found.ok) throw refuse(found);
  const { events } = found;
  if (isAll && file === 'events.csv') {
    return paper(eventsAsCsv(events), 'text/csv; charset=utf-8', 'attachment; filename="adverse-events.csv"');
  }
  if (isAll && file === 'events.json') {
    const bundle = JSON.stringify(eventsAsFhir(events, clinic.clock.now()), null, 2);
    return paper(bundle, 'application/fhir+json', 'attachment; filename="adverse-events.json"');
  }
  const [event] = events;
  if (isAll || event === undefined || file !== 'event.json') {
    throw new Response('There is no such paper', { status: 404 });
  }
  const one = JSON.stringify(asFhirAdverseEvent(event), null, 2);
  return paper(one, 'application/fhir+json', 'attachment; filename="adverse-event.json"');
}

function paper(body: BodyInit, type: string, disposition: string): Response {
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': disposition,
      'Cache-Control': 'private, no-store',
    },
  });
}
