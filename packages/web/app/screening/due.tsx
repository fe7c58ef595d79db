import { dueSpotReadings } from '@undertone/clinic/screening/spot-commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { Link } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Badge, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/due.ts';
import { screeningWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant', 'desk')];

/** `/desk/spots`: trial and patch spots to be read now, missed, or within a week. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const found = await dueSpotReadings(clinic, actor);
  if (!found.ok) throw new Response(found.message, { status: 403 });
  return { locale: localeOf(request), due: found.due, mayOpen: can(actor.role, 'screening.read') };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: screeningWords[loaderData?.locale ?? 'en'].dueList }];
}

const toneOf = { soon: 'plain', due: 'ochre', late: 'oxide' } as const;

export default function DueSpots({ loaderData }: Route.ComponentProps) {
  const { locale, due, mayOpen } = loaderData;
  const words = screeningWords[locale];
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <>
      <header className="desk-head">
        <h1>{words.dueList}</h1>
      </header>
      {due.length === 0 ? (
        <EmptyState title={words.nothingDue}>{words.nothingDueText}</EmptyState>
      ) : (
        <Table
          caption={words.dueList}
          rows={due}
          keyOf={(one) => `${one.spotId} ${one.reading}`}
          columns={[
            {
              id: 'patient',
              title: words.patient,
              renderCell: (one) => (
                <Link
                  to={
                    mayOpen
                      ? `/desk/patients/${one.patientId}/screening?treatment=${one.treatment}#spots`
                      : `/desk/patients/${one.patientId}`
                  }
                >
                  {one.patientName}
                </Link>
              ),
            },
            { id: 'kind', title: words.spots, renderCell: (one) => words.kinds[one.kind] },
            { id: 'reading', title: words.reading, renderCell: (one) => words.readings[one.reading] },
            {
              id: 'state',
              title: words.state,
              renderCell: (one) => (
                <span className="row">
                  <Badge tone={toneOf[one.state]}>{words.due[one.state]}</Badge>
                  {day.format(Date.parse(one.fromDay))} – {day.format(Date.parse(one.untilDay))}
                </span>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
