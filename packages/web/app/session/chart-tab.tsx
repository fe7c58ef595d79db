import { randomUUID } from 'node:crypto';
import { treatments } from '@undertone/clinic/candidacy/rules.ts';
import { treatmentSchema } from '@undertone/clinic/candidacy/schema.ts';
import { readinessFor } from '@undertone/clinic/screening/gate.ts';
import { listSessions, sessionPeople, startSession } from '@undertone/clinic/session/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';
import { useState } from 'react';
import { data, Form, redirectDocument } from 'react-router';
import { useChart } from '../chart/layout.tsx';
import { patientOf } from '../chart/patient.ts';
import { deskTag } from '../locales/index.ts';
import { Checklist } from '../screening/checklist.tsx';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { NumberField, Select } from '../ui/fields.tsx';
import { Alert, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/chart-tab.ts';
import './session.css';
import { sessionWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/patients/:patientId/session`: the patient's sessions, and the beginning of one where the checklist allows it. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id, birthDate } = await patientOf(context);
  const [listed, tenant, people, ...ready] = await Promise.all([
    listSessions(clinic, actor, id),
    mainTenant(clinic),
    sessionPeople(clinic, actor),
    ...treatments.map((treatment) => readinessFor(clinic, actor, id, treatment)),
  ]);
  // A treatment that nobody has begun to prepare has nothing to say here.
  const courses = ready.flatMap((one) =>
    one.ok &&
    (one.readiness.isReady ||
      one.readiness.steps.some(({ state, reason }) => state === 'done' && reason !== 'spots-not-needed'))
      ? [one.readiness]
      : [],
  );
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    mayWrite: can(actor.role, 'session.write'),
    staffId: actor.staffId,
    sessionId: randomUUID(),
    sessions: listed.ok ? listed.sessions : [],
    people,
    courses,
    asksAge: birthDate === null,
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id: patientId } = await patientOf(context);
  const form = formTexts(await request.formData());
  const treatment = treatmentSchema.safeParse(form.treatment);
  if (!treatment.success) throw new Response('There is no such treatment', { status: 400 });
  const begun = await startSession(clinic, actor, {
    sessionId: form.sessionId ?? '',
    patientId,
    treatment: treatment.data,
    physicianId: form.physicianId ?? '',
    ...(form.operatorId !== undefined && { operatorId: form.operatorId }),
    ...(form.ageYears !== undefined && form.ageYears !== '' && { ageYears: typedNumber(form.ageYears) }),
  });
  // A page of its own, which works without a line: loaded whole.
  return begun.ok
    ? redirectDocument(`/desk/sessions/${begun.sessionId}`)
    : data(begun, { status: refusedStatus(begun) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: sessionWords[loaderData?.locale ?? 'en'].tab }];
}

export default function Sessions({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, zone, mayWrite, sessions, people, courses, asksAge, staffId, sessionId } = loaderData;
  const { base } = useChart();
  const words = sessionWords[locale];
  const moment = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  });
  const ready = courses.filter(
    ({ isReady, treatment }) =>
      isReady && !sessions.some((one) => one.state === 'open' && one.treatment === treatment),
  );
  const waiting = courses.filter(({ isReady }) => !isReady);
  return (
    <div className="stack-l">
      {actionData && !actionData.ok ? (
        <Alert tone="oxide" title={words.refusals[actionData.reason] ?? actionData.message} live />
      ) : null}
      {mayWrite
        ? ready.map(({ treatment }) => (
            <StartForm
              key={treatment}
              {...{ locale, treatment, people, asksAge, staffId, sessionId }}
              fault={actionData && !actionData.ok ? actionData.field : undefined}
            />
          ))
        : null}
      {sessions.length === 0 && ready.length === 0 ? (
        <EmptyState title={words.list.empty}>{words.list.emptyText}</EmptyState>
      ) : null}
      {sessions.length > 0 ? (
        <Table
          caption={words.tab}
          rows={sessions}
          keyOf={({ id }) => id}
          columns={[
            {
              id: 'begun',
              title: words.list.begun,
              renderCell: (one) => moment.format(Date.parse(one.startedAt)),
            },
            {
              id: 'treatment',
              title: words.list.treatment,
              renderCell: (one) => words.treatments[one.treatment],
            },
            { id: 'state', title: words.list.state, renderCell: (one) => words.list.states[one.state] },
            {
              id: 'open',
              title: words.list.resume,
              // Loaded whole: the page of a session is one the service worker keeps.
              renderCell: (one) => <a href={`/desk/sessions/${one.id}`}>{words.list.resume}</a>,
            },
          ]}
        />
      ) : null}
      {waiting.map((one) => (
        <Checklist
          key={one.treatment}
          readiness={one}
          locale={locale}
          zone={zone}
          base={base}
          linked={['screening', 'spots']}
        />
      ))}
    </div>
  );
}

function StartForm({
  locale,
  treatment,
  people,
  asksAge,
  staffId,
  sessionId,
  fault,
}: Pick<Route.ComponentProps['loaderData'], 'locale' | 'people' | 'asksAge' | 'staffId' | 'sessionId'> & {
  readonly treatment: Route.ComponentProps['loaderData']['courses'][number]['treatment'];
  readonly fault: string | undefined;
}) {
  const words = sessionWords[locale];
  const options = people.map(({ id, name }) => ({ id, label: name }));
  const physicians = people
    .filter(({ isPhysician }) => isPhysician)
    .map(({ id, name }) => ({ id, label: name }));
  const self =
    physicians.find(({ id }) => id === staffId) ?? (physicians.length === 1 ? physicians[0] : undefined);
  const [physicianId, setPhysician] = useState(self?.id);
  const [operatorId, setOperator] = useState(staffId);
  return (
    <Form method="post" className="session-list-start">
      <h2>
        {words.title}: {words.treatments[treatment]}
      </h2>
      <input type="hidden" name="treatment" value={treatment} />
      <input type="hidden" name="sessionId" value={sessionId} />
      <Select
        label={words.list.operator}
        name="operatorId"
        options={options}
        selectedKey={operatorId}
        onSelectionChange={(key) => setOperator(String(key))}
      />
      <Select
        label={words.list.physician}
        name="physicianId"
        options={physicians}
        selectedKey={physicianId ?? null}
        onSelectionChange={(key) => setPhysician(String(key))}
        error={fault === 'physicianId' ? words.list.choosePhysician : undefined}
      />
      {asksAge ? (
        <NumberField
          label={words.list.age}
          name="ageYears"
          hint={words.list.ageHint}
          minValue={0}
          maxValue={120}
          step={1}
        />
      ) : null}
      <Button type="submit" look="strong">
        {words.list.start}: {words.treatments[treatment]}
      </Button>
    </Form>
  );
}
