import {
  answerForPatient,
  followUpOf,
  listAdverseEvents,
  reportAtDesk,
  stopCheckIns,
} from '@undertone/clinic/followup/commands.ts';
import { eventKinds } from '@undertone/clinic/followup/event-kinds.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { data, Form, Link, redirect } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { askedContext } from '../server/context.ts';
import { actorOf } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { useSaid } from '../shared/said.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/chart.ts';
import { faultsOf, nothingGiven, readAnswers } from './check-in-form.ts';
import '../calendar/calendar.css';
import './checkin.css';
import './followup.css';
import { eventWords } from './event-words.ts';
import { writersFor } from './moments.ts';
import { Questions } from './questions.tsx';
import { reasonsInWords, statusOf, urgencyTone } from './shared.ts';
import { followUpWords } from './words.ts';

/** `/desk/patients/:patientId/followup`: check-ins, cases and adverse events; writing down what was reported. */
export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const patient = await patientOf(context);
  const read = await followUpOf(clinic, actor, params.patientId);
  if (!read.ok) throw new Response(read.message, { status: statusOf(read.reason) });
  const events = await listAdverseEvents(clinic, actor, { patientId: params.patientId });
  const write = await writersFor(context, locale);
  const asked = url.searchParams.get('check-in');
  const toAnswer = read.checkIns.find(({ id, state }) => id === asked && state !== 'answered');
  return {
    locale,
    patientName: patient.name,
    mayCall: can(actor.role, 'followup.call'),
    mayRecord: can(actor.role, 'followup.answer'),
    patientId: params.patientId,
    toAnswer: toAnswer === undefined ? null : { id: toAnswer.id, protocolDay: toAnswer.protocol_day },
    checkIns: read.checkIns.map((one) => {
      const last = read.answers.find(({ check_in_id }) => check_in_id === one.id);
      return {
        id: one.id,
        protocolDay: one.protocol_day,
        due: write.day(one.due_at),
        state: one.state,
        urgency: one.urgency,
        said: last === undefined ? '' : reasonsInWords(locale, last.matched, last.reasons).join(' · '),
      };
    }),
    cases: read.cases.map((one) => ({
      id: one.id,
      urgency: one.urgency,
      isOpen: one.state === 'open',
      since: write.moment(one.opened_at),
      outcome: one.outcome,
    })),
    events: events.ok
      ? events.events.map((one) => ({
          id: one.id,
          kind: eventKinds[one.kind].label[locale],
          grade: one.grade,
          onset: write.onDay(one.onset_on),
          outcome: one.outcome,
          isWithdrawn: one.withdrawn_reason !== null,
        }))
      : [],
  };
}

/** Writes down what was said: as the answer to a check-in, or as a report of its own. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = await request.formData();
  if (form.get('intent') === 'stop') {
    const stopped = await stopCheckIns(clinic, actor, params.patientId);
    if (!stopped.ok) throw new Response(stopped.message, { status: statusOf(stopped.reason) });
    return redirect(`/desk/patients/${params.patientId}/followup`, 303);
  }
  const given = readAnswers(form);
  const faults = faultsOf(given);
  const refuse = (message: string | null, status = 422) => data({ given, faults, message }, { status });
  if (faults.course || faults.signs) return refuse(null);
  const checkIn = form.get('checkIn');
  if (typeof checkIn === 'string' && checkIn !== '') {
    const answer = await answerForPatient(clinic, actor, checkIn, given);
    return answer.ok
      ? redirect(`/desk/patients/${params.patientId}/followup`, 303)
      : refuse(answer.message, statusOf(answer.reason));
  }
  const answer = await reportAtDesk(clinic, actor, { patientId: params.patientId, form: given });
  return answer.ok
    ? redirect(`/desk/followup/${answer.caseId}`, 303)
    : refuse(answer.message, statusOf(answer.reason));
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: `${loaderData?.patientName ?? ''} · ${followUpWords[loaderData?.locale ?? 'en'].title}` }];
}

export default function FollowUpChart({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, checkIns, cases, events, toAnswer, mayCall, mayRecord, patientId } = loaderData;
  const words = followUpWords[locale];
  const say = useSaid();
  const reportWords = eventWords[locale];
  return (
    <div className="stack-l">
      {cases.length === 0 ? null : (
        <section className="stack">
          <h2>{words.cases}</h2>
          <ul className="inbox-pile">
            {cases.map((one) => (
              <li key={one.id} className="inbox-entry">
                <p className="row">
                  <Badge tone={one.isOpen ? urgencyTone[one.urgency] : 'plain'}>
                    {words.urgencies[one.urgency]}
                  </Badge>
                  <Link to={`/desk/followup/${one.id}`}>{words.since(one.since)}</Link>
                  <span className="soft">
                    {one.outcome === null ? words.open : words.outcomes[one.outcome]}
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="stack">
        <div className="row-apart">
          <h2>{words.events}</h2>
          {mayRecord ? (
            <ButtonLink to={`/desk/followup/events/new?patient=${patientId}`}>{words.recordEvent}</ButtonLink>
          ) : null}
        </div>
        {events.length === 0 ? (
          <p className="soft">{reportWords.none}</p>
        ) : (
          <Table
            caption={words.events}
            keyOf={(row) => row.id}
            rows={events}
            columns={[
              {
                id: 'kind',
                title: reportWords.kind,
                renderCell: (row) => <Link to={`/desk/followup/events/${row.id}`}>{row.kind}</Link>,
              },
              { id: 'grade', title: reportWords.grade, number: true, renderCell: (row) => row.grade },
              { id: 'onset', title: reportWords.onset, renderCell: (row) => row.onset },
              {
                id: 'outcome',
                title: reportWords.outcome,
                renderCell: (row) =>
                  row.isWithdrawn ? reportWords.withdrawn : reportWords.outcomes[row.outcome],
              },
            ]}
          />
        )}
      </section>
      <section className="stack">
        <h2>{words.checkIns}</h2>
        {checkIns.length === 0 ? (
          <p className="soft">{words.noCheckIns}</p>
        ) : (
          <Table
            caption={words.checkIns}
            keyOf={(row) => row.id}
            rows={checkIns}
            columns={[
              {
                id: 'day',
                title: words.day,
                renderCell: (row) => <span className="followup-nowrap">{words.days[row.protocolDay]}</span>,
              },
              {
                id: 'due',
                title: words.due,
                renderCell: (row) => <span className="followup-nowrap">{row.due}</span>,
              },
              { id: 'state', title: words.state, renderCell: (row) => words.states[row.state] },
              {
                id: 'said',
                title: words.said,
                renderCell: (row) =>
                  row.urgency === null ? null : (
                    <>
                      <Badge tone={urgencyTone[row.urgency]}>{words.urgencies[row.urgency]}</Badge> {row.said}
                    </>
                  ),
              },
            ]}
          />
        )}
      </section>
      {mayCall && checkIns.some(({ state }) => state === 'planned' || state === 'sent') ? (
        <Form method="post">
          <Button type="submit" name="intent" value="stop" look="grave">
            {words.stop}
          </Button>
        </Form>
      ) : null}
      {mayCall ? (
        <details
          className="card"
          id="write-down"
          open={toAnswer !== null || actionData !== undefined || undefined}
        >
          <summary>
            {toAnswer === null ? words.report : `${words.writeDown} · ${words.days[toAnswer.protocolDay]}`}
          </summary>
          <Form method="post" className="checkin-form">
            {toAnswer === null ? <p className="soft">{words.reportLead}</p> : null}
            {actionData?.message ? <Alert tone="oxide" title={say(actionData.message).text} live /> : null}
            <input type="hidden" name="checkIn" value={toAnswer?.id ?? ''} />
            <Questions
              locale={locale}
              given={actionData?.given ?? nothingGiven}
              faults={actionData?.faults ?? { course: false, signs: false }}
            />
            <Button type="submit" look="strong">
              {words.save}
            </Button>
          </Form>
        </details>
      ) : null}
    </div>
  );
}
