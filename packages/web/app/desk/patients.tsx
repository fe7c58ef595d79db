import { findPatients } from '@undertone/clinic/record/commands.ts';
import { ageOn, phoneInWords } from '@undertone/clinic/record/rules.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { useEffect, useRef } from 'react';
import { Form, Link, useNavigation, useSubmit } from 'react-router';
import { inDigitsOf, localeNames, messagesFor } from '../locales/index.ts';
import { recordWords } from '../record/words.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Badge, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/patients.ts';
import '../record/record.css';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant', 'desk')];

/** A pause in typing as long as this asks the server. */
const pauseMs = 180;

/** `/desk/patients?q=`: found while it is typed; every search is audited with whom it found. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const query = url.searchParams.get('q') ?? '';
  const found = await findPatients(clinic, actor, query, 50);
  if (!found.ok) throw new Response(found.message, { status: 403 });
  const today = dayIn((await mainTenant(clinic))?.zone ?? 'UTC', clinic.clock.now());
  const patients = found.patients.map((patient) => ({
    id: patient.id,
    name: patient.name,
    language: patient.language,
    synthetic: patient.synthetic,
    phone: patient.phone && phoneInWords(patient.phone),
    age: ageOn(today, patient) ?? null,
  }));
  return {
    locale: localeOf(request),
    query,
    patients,
    mayWrite: can(actor.role, 'patient.write'),
    mayImport: can(actor.role, 'data.import'),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: messagesFor(loaderData?.locale ?? 'en').desk.patients }];
}

export default function Patients({ loaderData }: Route.ComponentProps) {
  const { locale, query, patients, mayWrite, mayImport } = loaderData;
  const all = messagesFor(locale);
  const words = recordWords[locale];
  const submit = useSubmit();
  const isBusy = useNavigation().state !== 'idle';
  const form = useRef<HTMLFormElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);
  const dontAsk = () => clearTimeout(pause.current);
  const ask = () => {
    dontAsk();
    pause.current = setTimeout(() => void submit(form.current, { replace: true }), pauseMs);
  };
  const create = (look: 'plain' | 'strong') =>
    mayWrite ? (
      // What was looked for goes along unseen: an address is no place for a name.
      <Link to="/desk/patients/new" state={{ name: query }} className="button" data-look={look}>
        {words.newPatient}
      </Link>
    ) : null;
  return (
    <>
      <header className="desk-head">
        <h1>{all.desk.patients}</h1>
        {create('strong')}
      </header>
      <div className="stack-l">
        <Form method="get" className="desk-search" ref={form} role="search" onSubmit={dontAsk}>
          <TextField
            label={words.search}
            aria-describedby="search-hint"
            name="q"
            type="search"
            defaultValue={query}
            autoComplete="off"
            onChange={ask}
          />
          <Button type="submit">{all.patients.find}</Button>
        </Form>
        <p className="field-hint" id="search-hint">
          {words.searchHint}
        </p>
        {patients.length === 0 ? (
          query === '' ? (
            <EmptyState
              title={words.noneYet}
              action={
                <span className="row">
                  {create('plain')}
                  {mayImport ? <ButtonLink to="/desk/imports">{words.importThem}</ButtonLink> : null}
                </span>
              }
            >
              {words.noneYetText}
            </EmptyState>
          ) : (
            <EmptyState title={all.patients.nobody} action={create('plain')}>
              {words.nobodyText}
            </EmptyState>
          )
        ) : (
          <div aria-busy={isBusy}>
            <Table
              caption={all.patients.found}
              rows={patients}
              keyOf={(patient) => patient.id}
              columns={[
                {
                  id: 'name',
                  title: words.name,
                  renderCell: (patient) => (
                    <span className="row">
                      {/* Whoever opens a record is not called back to the list by a search still to come. */}
                      <Link to={`/desk/patients/${patient.id}`} onClick={dontAsk}>
                        {patient.name}
                      </Link>
                      {patient.synthetic ? <Badge>{all.patients.invented}</Badge> : null}
                    </span>
                  ),
                },
                {
                  id: 'age',
                  title: words.age,
                  number: true,
                  renderCell: (patient) =>
                    patient.age === null
                      ? '—'
                      : inDigitsOf(locale, `${patient.age.isExact ? '' : '~'}${patient.age.years}`),
                },
                {
                  id: 'phone',
                  title: words.phone,
                  renderCell: (patient) => <span className="record-phone">{patient.phone ?? '—'}</span>,
                },
                {
                  id: 'language',
                  title: words.language,
                  renderCell: (patient) => localeNames[patient.language],
                },
              ]}
            />
          </div>
        )}
      </div>
    </>
  );
}
