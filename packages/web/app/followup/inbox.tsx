import { readInbox, settleCall } from '@undertone/clinic/followup/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { useEffect } from 'react';
import { data, Link, useFetcher, useRevalidator } from 'react-router';
import { intlTag, localeNames } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Stipple } from '../ui/mark.tsx';
import { PileAct } from '../ui/pile-act.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import type { Route } from './+types/inbox.ts';
import '../calendar/calendar.css';
import './followup.css';
import { writersFor } from './moments.ts';
import { settingsWords } from './settings-words.ts';
import { reasonsInWords, statusOf, telephone, urgencyTone } from './shared.ts';
import type { loader as versionLoader } from './version.ts';
import { followUpWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'followup.read'))),
];

/** `/desk/followup`: who waits for an answer, and whom to call. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const read = await readInbox(clinic, actor);
  if (!read.ok) throw new Response(read.message, { status: statusOf(read.reason) });
  const write = await writersFor(context, locale);
  const now = clinic.clock.now();
  const { counts } = read;
  const whole = new Intl.NumberFormat(intlTag(locale));
  const openCount = Object.values(counts.open).reduce((sum, one) => sum + one, 0);
  return {
    locale,
    version: counts.version,
    mayCall: can(actor.role, 'followup.call'),
    maySet: can(actor.role, 'settings.write'),
    shown: openCount > read.cases.length ? [read.cases.length, openCount] : null,
    openCount: whole.format(openCount),
    callCount: whole.format(counts.toCall),
    cases: read.cases.map((one) => ({
      id: one.caseId,
      name: one.name,
      urgency: one.urgency,
      treatment: one.treatment,
      protocolDay: one.protocolDay,
      reasons: reasonsInWords(locale, one.matched, one.doubts),
      hasPhoto: one.hasPhoto,
      holder: one.holder,
      step: one.step,
      since: write.moment(one.openedAt),
      answerBy: write.moment(one.answerBy),
      isLate: one.answerBy < now,
    })),
    calls: read.calls.map((one) => ({
      id: one.checkInId,
      patientId: one.patientId,
      name: one.name,
      phone: one.phone,
      language: localeNames[one.language],
      protocolDay: one.protocolDay,
      since: write.moment(one.since),
      tries: one.tries,
    })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const { intent, id = '' } = formTexts(await request.formData());
  const result = intent === 'given-up' ? ('given-up' as const) : ('not-reached' as const);
  const answer = await settleCall(clinic, actorOf(context), id, result);
  return answer.ok
    ? data({ ok: true as const })
    : data({ ok: false as const }, { status: statusOf(answer.reason) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: followUpWords[loaderData?.locale ?? 'en'].title }];
}

/** How often an open inbox asks whether anything has changed, in milliseconds. */
const askAgainMs = 10_000;

export default function FollowUpInbox({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, version, cases, calls, shown, openCount, callCount } = loaderData;
  const words = followUpWords[locale];
  const { revalidate } = useRevalidator();
  const { load, data: asked } = useFetcher<typeof versionLoader>();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void load('/desk/followup/version');
    }, askAgainMs);
    return () => clearInterval(timer);
  }, [load]);
  const now = asked?.version;
  useEffect(() => {
    if (now !== undefined && now !== version) void revalidate();
  }, [now, version, revalidate]);
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft">{words.lead}</p>
        </div>
        <p className="row">
          <ButtonLink to="/desk/followup/events">{words.events}</ButtonLink>
          {loaderData.maySet ? (
            <ButtonLink to="/desk/followup/settings">{settingsWords[locale].title}</ButtonLink>
          ) : null}
        </p>
      </header>
      <div className="stack-l">
        {actionData === undefined ? null : (
          <Alert
            tone={actionData.ok ? 'verdigris' : 'oxide'}
            title={actionData.ok ? words.done : words.somethingWrong}
            live
          />
        )}
        {cases.length === 0 && calls.length === 0 ? (
          <div className="empty">
            <Stipple columns={34} rows={14} tone="patch" />
            <h2>{words.empty}</h2>
            <p className="soft measure">{words.emptyText}</p>
          </div>
        ) : null}
        {cases.length === 0 ? null : (
          <section className="stack">
            <div>
              <h2>
                {words.open} <span className="soft figures">{openCount}</span>
              </h2>
              <p className="small soft">
                {words.unreviewed} {shown === null ? null : words.shownOf(shown[0] ?? 0, shown[1] ?? 0)}
              </p>
            </div>
            <ul className="inbox-pile">
              {cases.map((one) => (
                <li key={one.id} className="inbox-entry followup-case" data-urgency={one.urgency}>
                  <div className="stack-s">
                    <h3 className="inbox-name">
                      <Link to={`/desk/followup/${one.id}`}>{one.name}</Link>
                    </h3>
                    <p className="row">
                      <Badge tone={urgencyTone[one.urgency]}>{words.urgencies[one.urgency]}</Badge>
                      {one.isLate ? (
                        <Badge tone="oxide">{words.late(one.answerBy)}</Badge>
                      ) : (
                        <Badge>{words.answerBy(one.answerBy)}</Badge>
                      )}
                      {one.hasPhoto ? <Badge tone="nil">{words.withPhoto}</Badge> : null}
                    </p>
                    <p>{one.reasons.join(' · ')}</p>
                    <p className="small soft">
                      {[
                        one.protocolDay === null ? null : words.days[one.protocolDay as 'day1'],
                        words.since(one.since),
                        one.holder === null ? words.nobody : words.heldBy(one.holder),
                        one.step > 0 ? words.told(one.step) : null,
                      ]
                        .filter((text) => text !== null)
                        .join(' · ')}
                    </p>
                  </div>
                  <div className="inbox-acts">
                    <ButtonLink to={`/desk/followup/${one.id}`} look="strong">
                      {words.openCase}
                      <span className="visually-hidden">: {one.name}</span>
                    </ButtonLink>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )}
        {calls.length === 0 ? null : (
          <section className="stack">
            <div>
              <h2>
                {words.calls} <span className="soft figures">{callCount}</span>
              </h2>
              <p className="small soft">{words.callsText}</p>
            </div>
            <ul className="inbox-pile">
              {calls.map((one) => (
                <li key={one.id} className="inbox-entry">
                  <div className="stack-s">
                    <h3 className="inbox-name">
                      {one.name} <span className="figures soft">{one.phone}</span>
                    </h3>
                    <p className="small soft">
                      {[words.days[one.protocolDay as 'day1'], one.language, words.since(one.since)].join(
                        ' · ',
                      )}
                    </p>
                    {one.tries > 0 ? <Badge tone="ochre">{words.tries(one.tries)}</Badge> : null}
                  </div>
                  <div className="inbox-acts">
                    {one.phone === null ? null : (
                      <a className="button" href={telephone(one.phone)}>
                        {words.call}
                        <span className="visually-hidden">: {one.name}</span>
                      </a>
                    )}
                    {loaderData.mayCall ? (
                      <>
                        <ButtonLink
                          to={`/desk/patients/${one.patientId}/followup?check-in=${one.id}#write-down`}
                          look="strong"
                        >
                          {words.writeDown}
                          <span className="visually-hidden">: {one.name}</span>
                        </ButtonLink>
                        <PileAct id={one.id} intent="not-reached" label={words.notReached} of={one.name} />
                        <PileAct id={one.id} intent="given-up" label={words.giveUp} of={one.name} />
                      </>
                    ) : null}
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
