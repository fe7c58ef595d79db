import {
  answerCase,
  handOver,
  listAdverseEvents,
  noteOnCase,
  readCase,
} from '@undertone/clinic/followup/commands.ts';
import { caseOutcomes } from '@undertone/clinic/followup/schema.ts';
import { followUpTexts } from '@undertone/clinic/followup/texts/index.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { data, Form, redirect, useNavigation } from 'react-router';
import { inDigitsOf } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Said } from '../shared/said.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import type { Route } from './+types/case.ts';
import { Choice, Words } from './fields.tsx';
import './followup.css';
import { writersFor } from './moments.ts';
import { reasonsInWords, statusOf, telephone, urgencyTone } from './shared.ts';
import { followUpWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'followup.read'))),
];

/** `/desk/followup/:caseId`: what was said, what has happened, and the answer. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const read = await readCase(clinic, actor, params.caseId);
  if (!read.ok) throw new Response(read.message, { status: statusOf(read.reason) });
  const { view, staff, members } = read;
  const events = await listAdverseEvents(clinic, actor, { caseId: params.caseId });
  const write = await writersFor(context, locale);
  const texts = followUpTexts(locale);
  const now = clinic.clock.now();
  const nameOf = (id: string | null) => (id === null ? '' : (staff.get(id) ?? ''));
  return {
    locale,
    mayAnswer: can(actor.role, 'followup.answer'),
    mayNote: can(actor.role, 'followup.call'),
    maySeePhoto: can(actor.role, 'photo.read'),
    members: members.filter(({ id }) => id !== actor.staffId).map(({ id, name }) => ({ id, label: name })),
    one: {
      id: view.id,
      patientId: view.patient_id,
      name: view.patientName,
      phone: view.phone,
      urgency: view.urgency,
      isOpen: view.state === 'open',
      isLate: view.state === 'open' && view.answerBy < now,
      since: write.moment(view.opened_at),
      answerBy: write.moment(view.answerBy),
      holder: nameOf(view.holder_id),
      treatment: view.checkIn?.treatment ?? null,
      protocolDay: view.checkIn?.protocol_day ?? null,
      answeredBy: view.answered_at === null ? null : nameOf(view.answered_by),
      answeredAt: view.answered_at === null ? null : write.moment(view.answered_at),
      outcome: view.outcome,
    },
    answers: view.answers.map((answer) => ({
      version: answer.version,
      urgency: answer.urgency,
      at: write.moment(answer.answered_at),
      course: texts.courses[answer.answers.course],
      signs: [
        ...answer.answers.signs.map((id) => texts.signs[id]),
        ...answer.answers.details.map((id) => texts.details[id]),
      ],
      reasons: reasonsInWords(locale, answer.matched, answer.reasons),
      text: answer.answers.text,
      byStaff: answer.said_by === 'staff' ? nameOf(answer.staff_id) : null,
      photo:
        answer.photo_file_id === null ? null : `/desk/followup/photo/${answer.check_in_id}/${answer.version}`,
    })),
    entries: view.entries.map((entry) => {
      const detail = entry.detail as {
        rows?: string[];
        doubts?: string[];
        told?: number;
        to?: string;
        answers?: { signs: (keyof typeof texts.signs)[]; details: (keyof typeof texts.details)[] };
      };
      const told = detail.answers;
      return {
        seq: entry.seq,
        what: entry.what,
        at: write.moment(entry.at),
        who: nameOf(entry.staff_id),
        to: detail.to === undefined ? '' : nameOf(detail.to),
        told: detail.told ?? null,
        reasons: reasonsInWords(locale, detail.rows ?? [], detail.doubts ?? []),
        signs:
          told === undefined
            ? []
            : [...told.signs.map((id) => texts.signs[id]), ...told.details.map((id) => texts.details[id])],
        note: entry.note,
      };
    }),
    events: events.ok ? events.events.map(({ id, kind, grade }) => ({ id, kind, grade })) : [],
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const { caseId } = params;
  const answer =
    form.intent === 'hand-over'
      ? await handOver(clinic, actor, caseId, { toStaffId: form.toStaffId, note: form.handOverNote ?? '' })
      : form.intent === 'note'
        ? await noteOnCase(clinic, actor, caseId, form.caseNote ?? '')
        : await answerCase(clinic, actor, caseId, { outcome: form.outcome, note: form.note ?? '' });
  if (answer.ok) return redirect(`/desk/followup/${caseId}`, 303);
  return data(
    {
      intent: form.intent,
      reason: answer.reason,
      field: answer.field ?? null,
      message: answer.message,
      form,
    },
    { status: statusOf(answer.reason) },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: loaderData?.one.name ?? followUpWords.en.title }];
}

export default function CasePage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, one, answers, entries, members, mayAnswer, mayNote, maySeePhoto } = loaderData;
  const words = followUpWords[locale];
  const navigation = useNavigation();
  const isBusy = navigation.state === 'submitting';
  const fault = (intent: string, field: string, text: string) =>
    actionData?.intent === intent && actionData.field === field ? text : undefined;
  const typed = (intent: string, name: string) =>
    actionData?.intent === intent ? (actionData.form[name] ?? '') : '';
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{one.name}</h1>
          <p className="row">
            <Badge tone={urgencyTone[one.urgency]}>{words.urgencies[one.urgency]}</Badge>
            {one.isOpen ? (
              <Badge tone={one.isLate ? 'oxide' : 'plain'}>
                {one.isLate ? words.late(one.answerBy) : words.answerBy(one.answerBy)}
              </Badge>
            ) : (
              <Badge tone="verdigris">{words.answered(one.answeredBy ?? '', one.answeredAt ?? '')}</Badge>
            )}
          </p>
          <p className="small soft">
            {[
              one.protocolDay === null ? null : words.days[one.protocolDay],
              words.since(one.since),
              one.holder === '' ? null : words.heldBy(one.holder),
            ]
              .filter((text) => text !== null)
              .join(' · ')}
          </p>
        </div>
        <p className="row">
          {one.phone === null ? null : (
            <a className="button" data-look="strong" href={telephone(one.phone)}>
              {words.call} · {one.phone}
            </a>
          )}
          <ButtonLink to={`/desk/patients/${one.patientId}/followup`}>{words.patient}</ButtonLink>
        </p>
      </header>
      <div className="followup-columns">
        <div className="stack-l">
          {actionData === undefined || actionData.field !== null ? null : (
            <Alert tone="oxide" title={words.somethingWrong} live>
              <p>
                <Said>{actionData.message}</Said>
              </p>
            </Alert>
          )}
          {answers.length === 0 ? null : (
            <section className="stack">
              <h2>{words.whatWasSaid}</h2>
              {answers.map((answer) => (
                <article key={answer.version} className="card stack-s">
                  <p className="row">
                    <strong>{inDigitsOf(locale, words.version(answer.version))}</strong>
                    <Badge tone={urgencyTone[answer.urgency]}>{words.urgencies[answer.urgency]}</Badge>
                    <span className="small soft">
                      {answer.at}
                      {answer.byStaff === null ? null : ` · ${words.byStaff}: ${answer.byStaff}`}
                    </span>
                  </p>
                  <p>{answer.course}</p>
                  {answer.signs.length === 0 ? (
                    <p className="soft">{words.noSigns}</p>
                  ) : (
                    <ul className="followup-list">
                      {answer.signs.map((text) => (
                        <li key={text}>{text}</li>
                      ))}
                    </ul>
                  )}
                  {answer.text === '' ? null : (
                    <blockquote className="followup-words">{answer.text}</blockquote>
                  )}
                  {answer.reasons.length === 0 ? null : (
                    <p className="small soft">{answer.reasons.join(' · ')}</p>
                  )}
                  {answer.photo !== null && maySeePhoto ? (
                    <img className="followup-photo" src={answer.photo} alt={words.photo} />
                  ) : null}
                </article>
              ))}
            </section>
          )}
          <section className="stack">
            <h2>{words.history}</h2>
            <ol className="followup-entries">
              {entries.map((entry) => (
                <li key={entry.seq}>
                  <p>
                    <strong>{words.entries[entry.what]}</strong>{' '}
                    <span className="small soft">
                      {[entry.at, entry.who, entry.to === '' ? '' : `→ ${entry.to}`]
                        .filter((text) => text !== '')
                        .join(' · ')}
                    </span>
                  </p>
                  {entry.reasons.length === 0 ? null : (
                    <p className="small soft">{entry.reasons.join(' · ')}</p>
                  )}
                  {entry.signs.length === 0 ? null : <p>{entry.signs.join('; ')}</p>}
                  {entry.note === null ? null : <p className="followup-words">{entry.note}</p>}
                </li>
              ))}
            </ol>
          </section>
        </div>
        <aside className="stack-l">
          {mayAnswer && one.isOpen ? (
            <Form method="post" className="card stack">
              <h2>{words.answer}</h2>
              <Choice
                id="outcome"
                label={words.outcome}
                blank="–"
                defaultValue={typed('answer', 'outcome')}
                options={caseOutcomes.map((id) => ({ id, label: words.outcomes[id] }))}
                error={fault('answer', 'outcome', words.outcomeMissing)}
              />
              <Words
                id="note"
                label={words.answerNote}
                defaultValue={typed('answer', 'note')}
                error={fault('answer', 'note', words.noteMissing)}
              />
              <Button type="submit" name="intent" value="answer" look="strong" isDisabled={isBusy}>
                {words.answerAct}
              </Button>
            </Form>
          ) : null}
          {one.outcome === null ? null : (
            <div className="card stack-s">
              <h2>{words.answer}</h2>
              <p>{words.outcomes[one.outcome]}</p>
            </div>
          )}
          {mayAnswer ? (
            <p className="row">
              <ButtonLink to={`/desk/followup/events/new?patient=${one.patientId}&case=${one.id}`}>
                {words.recordEvent}
              </ButtonLink>
              {loaderData.events.map((event) => (
                <ButtonLink key={event.id} to={`/desk/followup/events/${event.id}`} look="quiet">
                  {words.events}
                </ButtonLink>
              ))}
            </p>
          ) : null}
          {mayAnswer && one.isOpen && members.length > 0 ? (
            <details className="card">
              <summary>{words.handOver}</summary>
              <Form method="post" className="stack">
                <Choice
                  id="toStaffId"
                  label={words.handOverTo}
                  blank="–"
                  defaultValue={typed('hand-over', 'toStaffId')}
                  options={members}
                  error={fault('hand-over', 'toStaffId', words.handOverMissing)}
                />
                <Words
                  id="handOverNote"
                  label={words.handOverNote}
                  defaultValue={typed('hand-over', 'handOverNote')}
                  error={fault('hand-over', 'note', words.noteMissing)}
                />
                <Button type="submit" name="intent" value="hand-over" isDisabled={isBusy}>
                  {words.handOverAct}
                </Button>
              </Form>
            </details>
          ) : null}
          {mayNote && one.isOpen ? (
            <details className="card">
              <summary>{words.addNote}</summary>
              <Form method="post" className="stack">
                <Words
                  id="caseNote"
                  label={words.note}
                  defaultValue={typed('note', 'caseNote')}
                  error={fault('note', 'note', words.noteMissing)}
                />
                <Button type="submit" name="intent" value="note" isDisabled={isBusy}>
                  {words.addNote}
                </Button>
              </Form>
            </details>
          ) : null}
        </aside>
      </div>
    </>
  );
}
