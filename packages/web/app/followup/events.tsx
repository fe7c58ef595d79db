import { listAdverseEvents } from '@undertone/clinic/followup/commands.ts';
import { eventKinds } from '@undertone/clinic/followup/event-kinds.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { Link } from 'react-router';
import { inDigitsOf } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/events.ts';
import { eventWords } from './event-words.ts';
import './followup.css';
import { writersFor } from './moments.ts';
import { statusOf } from './shared.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'followup.read'))),
];

/** Newest events shown on the page; the exports hold all. */
const mostShown = 200;

/** `/desk/followup/events`: all adverse events, the newest first. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const read = await listAdverseEvents(clinic, actorOf(context), { limit: mostShown });
  if (!read.ok) throw new Response(read.message, { status: statusOf(read.reason) });
  const write = await writersFor(context, locale);
  return {
    locale,
    events: read.events.map((one) => ({
      id: one.id,
      patientName: one.patient_name,
      kind: eventKinds[one.kind].label[locale],
      grade: one.grade,
      onset: write.onDay(one.onset_on),
      lotId: one.lot_id,
      lot: one.lot_number,
      outcome: one.outcome,
      isWithdrawn: one.withdrawn_reason !== null,
      recorded: write.day(one.recorded_at),
    })),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: eventWords[loaderData?.locale ?? 'en'].title }];
}

export default function Events({ loaderData }: Route.ComponentProps) {
  const { locale, events } = loaderData;
  const words = eventWords[locale];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        {events.length === 0 ? null : (
          <p className="row">
            <a className="button" href="/desk/followup/events/all/events.csv" download>
              {words.csv}
            </a>
            <a className="button" href="/desk/followup/events/all/events.json" download>
              {words.fhir}
            </a>
          </p>
        )}
      </header>
      {events.length === 0 ? (
        <EmptyState title={words.none}>{words.lead}</EmptyState>
      ) : (
        <Table
          caption={words.title}
          keyOf={(row) => row.id}
          rows={events}
          columns={[
            {
              id: 'kind',
              title: words.kind,
              renderCell: (row) => <Link to={`/desk/followup/events/${row.id}`}>{row.kind}</Link>,
            },
            { id: 'patient', title: words.patient, renderCell: (row) => row.patientName },
            {
              id: 'grade',
              title: words.grade,
              number: true,
              renderCell: (row) => inDigitsOf(locale, `${row.grade}`),
            },
            { id: 'onset', title: words.onset, renderCell: (row) => row.onset },
            {
              id: 'lot',
              title: words.lot,
              renderCell: (row) =>
                row.lotId === null ? null : <Link to={`/desk/recall/${row.lotId}`}>{row.lot}</Link>,
            },
            {
              id: 'outcome',
              title: words.outcome,
              renderCell: (row) => (row.isWithdrawn ? words.withdrawn : words.outcomes[row.outcome]),
            },
            { id: 'recorded', title: words.recorded, renderCell: (row) => row.recorded },
          ]}
        />
      )}
    </>
  );
}
