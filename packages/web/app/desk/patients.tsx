import { findPatients } from '@undertone/clinic/record/commands.ts';
import { Form, Link } from 'react-router';
import { localeNames, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Badge, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/patients.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant', 'desk')];

/** `/desk/patients?q=`: the search is audited with whom it found. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const query = url.searchParams.get('q') ?? '';
  const found = await findPatients(context.get(askedContext).clinic, actorOf(context), query, 50);
  if (!found.ok) throw new Response(found.message, { status: 403 });
  const patients = found.patients.map(({ id, name, language, synthetic }) => ({
    id,
    name,
    language,
    synthetic,
  }));
  return { locale: localeOf(request), query, patients };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: messagesFor(loaderData?.locale ?? 'en').desk.patients }];
}

export default function Patients({ loaderData }: Route.ComponentProps) {
  const { locale, query, patients } = loaderData;
  const all = messagesFor(locale);
  const words = all.patients;
  return (
    <>
      <header className="desk-head">
        <h1>{all.desk.patients}</h1>
        <Form method="get" className="desk-search">
          <TextField
            label={words.search}
            name="q"
            type="search"
            defaultValue={query}
            autoComplete="off"
            key={query}
          />
          <Button type="submit">{words.find}</Button>
        </Form>
      </header>
      {patients.length === 0 ? (
        <EmptyState title={words.nobody}>{words.nobodyText}</EmptyState>
      ) : (
        <Table
          caption={words.found}
          rows={patients}
          keyOf={(patient) => patient.id}
          columns={[
            {
              id: 'name',
              title: words.name,
              renderCell: (patient) => (
                <span className="row">
                  <Link to={`/desk/patients/${patient.id}`}>{patient.name}</Link>
                  {patient.synthetic ? <Badge>{words.invented}</Badge> : null}
                </span>
              ),
            },
            { id: 'language', title: words.language, renderCell: (patient) => localeNames[patient.language] },
          ]}
        />
      )}
    </>
  );
}
