import {
  eventChoices,
  kindOfRow,
  listAdverseEvents,
  readCase,
  saveAdverseEvent,
  withdrawAdverseEvent,
} from '@undertone/clinic/followup/commands.ts';
import { eventKindIds, eventKinds } from '@undertone/clinic/followup/event-kinds.ts';
import { eventOutcomes, foundBy } from '@undertone/clinic/followup/schema.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { data, Form, redirect, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import type { Route } from './+types/event.ts';
import { type EventWords, eventWords } from './event-words.ts';
import { Choice, Field, tied, Words } from './fields.tsx';
import './followup.css';
import { writersFor } from './moments.ts';
import { statusOf } from './shared.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'followup.read'))),
];

/** `/desk/followup/events/new?patient=&case=` and `/desk/followup/events/:eventId`: one adverse event as a form. */
export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const isNew = params.eventId === 'new';
  const found = isNew ? undefined : await listAdverseEvents(clinic, actor, { id: params.eventId });
  if (found !== undefined && !found.ok) throw new Response(found.message, { status: statusOf(found.reason) });
  const event = found?.events[0];
  if (!isNew && event === undefined) throw new Response('There is no such event', { status: 404 });
  const patientId = event?.patient_id ?? url.searchParams.get('patient') ?? '';
  const choices = await eventChoices(clinic, actor, patientId);
  if (!choices.ok) throw new Response(choices.message, { status: 404 });
  const caseId = event?.case_id ?? url.searchParams.get('case');
  const opened = isNew && caseId !== null ? await readCase(clinic, actor, caseId) : undefined;
  const view = opened?.ok === true ? opened.view : undefined;
  const suggested = view?.answers[0]?.matched.map((row) => kindOfRow[row]).find((kind) => kind !== undefined);
  const write = await writersFor(context, locale);
  const first = {
    kind: suggested ?? '',
    grade: '',
    sessionId: view?.session_id ?? choices.sessions[0]?.sessionId ?? '',
    lotId: '',
    onsetOn: view === undefined ? '' : write.isoDay(view.opened_at),
    foundBy: view === undefined ? 'visit' : view.source === 'check-in' ? 'check-in' : 'desk',
    description: '',
    treatmentGiven: '',
    outcome: 'ongoing',
    resolvedOn: '',
  };
  return {
    locale,
    isNew,
    mayAnswer: can(actor.role, 'followup.answer'),
    eventId: params.eventId,
    patientId,
    patientName: choices.name,
    caseId,
    version: event?.version ?? 0,
    lotId: event?.lot_id ?? null,
    withdrawn: event?.withdrawn_reason ?? null,
    today: write.isoDay(clinic.clock.now()),
    sessions: choices.sessions.map(({ sessionId, treatment, performedOn }) => ({
      id: sessionId,
      treatment,
      on: write.onDay(performedOn),
    })),
    lots: [...new Map(choices.sessions.flatMap(({ lots }) => lots).map((lot) => [lot.id, lot])).values()],
    given:
      event === undefined
        ? first
        : {
            kind: event.kind as string,
            grade: String(event.grade),
            sessionId: event.session_id ?? '',
            lotId: event.lot_id ?? '',
            onsetOn: event.onset_on,
            foundBy: event.found_by,
            description: event.description,
            treatmentGiven: event.treatment_given,
            outcome: event.outcome as string,
            resolvedOn: event.resolved_on ?? '',
          },
  };
}

export async function action({ request, params, context, url }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const { eventId } = params;
  if (form.intent === 'withdraw') {
    const taken = await withdrawAdverseEvent(clinic, actor, eventId, form.reason ?? '');
    if (taken.ok) return redirect(`/desk/followup/events/${eventId}`, 303);
    return data(
      { field: taken.field ?? null, reason: taken.reason, form },
      { status: statusOf(taken.reason) },
    );
  }
  const before = eventId === 'new' ? undefined : { id: eventId, version: Number(form.version) };
  const patientId = form.patientId ?? url.searchParams.get('patient') ?? '';
  const saved = await saveAdverseEvent(clinic, actor, { ...form, patientId }, before);
  if (saved.ok) return redirect(`/desk/followup/events/${saved.eventId}?saved=1`, 303);
  return data({ field: saved.field ?? null, reason: saved.reason, form }, { status: statusOf(saved.reason) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: eventWords[loaderData?.locale ?? 'en'].title }];
}

export default function EventPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, isNew, eventId, patientName, patientId, caseId, lotId, withdrawn } = loaderData;
  const words = eventWords[locale];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{isNew ? words.newTitle : eventKinds[loaderData.given.kind as 'other'].label[locale]}</h1>
          <p className="row">
            <span className="soft">{patientName}</span>
            {withdrawn === null ? null : <Badge tone="ochre">{words.withdrawn}</Badge>}
          </p>
        </div>
        <p className="row">
          {isNew ? null : (
            <>
              <a className="button" data-look="strong" href={`/desk/followup/events/${eventId}/report.pdf`}>
                {words.paper}
              </a>
              <a className="button" href={`/desk/followup/events/${eventId}/event.json`} download>
                {words.fhir}
              </a>
            </>
          )}
          {lotId === null ? null : <ButtonLink to={`/desk/recall/${lotId}`}>{words.recall}</ButtonLink>}
          {caseId === null ? null : <ButtonLink to={`/desk/followup/${caseId}`}>{words.back}</ButtonLink>}
          <ButtonLink to={`/desk/patients/${patientId}/followup`}>{words.patient}</ButtonLink>
        </p>
      </header>
      {withdrawn === null ? (
        <EventForm loaderData={loaderData} actionData={actionData} words={words} />
      ) : (
        <p className="followup-words">{withdrawn}</p>
      )}
      {isNew || withdrawn !== null || !loaderData.mayAnswer ? null : (
        <details className="card followup-withdraw">
          <summary>{words.withdraw}</summary>
          <Form method="post" className="stack">
            <Words
              id="reason"
              label={words.withdrawReason}
              lines={2}
              error={actionData?.field === 'reason' ? words.faults.reason : undefined}
            />
            <Button type="submit" name="intent" value="withdraw" look="grave">
              {words.withdraw}
            </Button>
          </Form>
        </details>
      )}
    </>
  );
}

function EventForm({
  loaderData,
  actionData,
  words,
}: Pick<Route.ComponentProps, 'loaderData' | 'actionData'> & { readonly words: EventWords }) {
  const { locale, caseId, version, sessions, lots, today, patientId } = loaderData;
  const navigation = useNavigation();
  const typed = actionData?.form.intent === 'withdraw' ? undefined : actionData?.form;
  const at = (name: keyof typeof loaderData.given) => typed?.[name] ?? loaderData.given[name];
  const faultAt = (name: string) =>
    typed !== undefined && actionData?.field === name ? words.faults[name] : undefined;
  return (
    <Form method="post" key={version}>
      <fieldset className="followup-form" disabled={!loaderData.mayAnswer}>
        {typed === undefined ? null : (
          <Alert
            tone="oxide"
            title={actionData?.reason === 'changed-meanwhile' ? words.changedMeanwhile : words.notSaved}
            live
          />
        )}
        <input type="hidden" name="patientId" value={patientId} />
        <input type="hidden" name="caseId" value={caseId ?? ''} />
        <input type="hidden" name="version" value={version} />
        <div className="followup-pair">
          <Choice
            id="kind"
            label={words.kind}
            blank="–"
            defaultValue={at('kind')}
            options={eventKindIds.map((id) => ({ id, label: eventKinds[id].label[locale] }))}
            error={faultAt('kind')}
          />
          <Choice
            id="grade"
            label={words.grade}
            blank="–"
            defaultValue={at('grade')}
            options={([1, 2, 3, 4, 5] as const).map((id) => ({ id: String(id), label: words.grades[id] }))}
            error={faultAt('grade')}
          />
        </div>
        <div className="followup-pair">
          <Choice
            id="sessionId"
            label={words.session}
            blank={words.noSession}
            defaultValue={at('sessionId')}
            options={sessions.map(({ id, treatment, on }) => ({
              id,
              label: `${words.treatments[treatment]} · ${on}`,
            }))}
            error={faultAt('sessionId')}
          />
          <Choice
            id="lotId"
            label={words.lot}
            blank={words.noLot}
            defaultValue={at('lotId')}
            options={lots}
            error={faultAt('lotId')}
          />
        </div>
        <div className="followup-pair">
          <Field id="onsetOn" label={words.onset} error={faultAt('onsetOn')}>
            <input
              {...tied('onsetOn', faultAt('onsetOn'))}
              type="date"
              max={today}
              defaultValue={at('onsetOn')}
            />
          </Field>
          <Choice
            id="foundBy"
            label={words.foundBy}
            defaultValue={at('foundBy')}
            options={foundBy.map((id) => ({ id, label: words.found[id] }))}
          />
        </div>
        <Words id="description" label={words.description} defaultValue={at('description')} />
        <Words id="treatmentGiven" label={words.treatmentGiven} defaultValue={at('treatmentGiven')} />
        <div className="followup-pair">
          <Choice
            id="outcome"
            label={words.outcome}
            defaultValue={at('outcome')}
            options={eventOutcomes.map((id) => ({ id, label: words.outcomes[id] }))}
            error={faultAt('outcome')}
          />
          <Field
            id="resolvedOn"
            label={words.resolved}
            optional={words.optional}
            error={faultAt('resolvedOn')}
          >
            <input
              {...tied('resolvedOn', faultAt('resolvedOn'))}
              type="date"
              max={today}
              defaultValue={at('resolvedOn')}
            />
          </Field>
        </div>
        <p className="small soft">{words.gradeSource}</p>
        {loaderData.mayAnswer ? (
          <p>
            <Button
              type="submit"
              name="intent"
              value="save"
              look="strong"
              isDisabled={navigation.state === 'submitting'}
            >
              {words.save}
            </Button>
          </p>
        ) : null}
      </fieldset>
    </Form>
  );
}
