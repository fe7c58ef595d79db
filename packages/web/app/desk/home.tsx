import { setStatus } from '@undertone/clinic/booking/commands.ts';
import { actorFor } from '@undertone/clinic/booking/roles.ts';
import { archiveHealth } from '@undertone/clinic/platform/archive-state.ts';
import { isUuid } from '@undertone/clinic/platform/uuid.ts';
import { ownAccount } from '@undertone/clinic/staff/account.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { Fragment } from 'react';
import { data, Form, Link, useNavigation } from 'react-router';
import { writerOf } from '../calendar/access.ts';
import { calendarWords } from '../calendar/words.ts';
import { inDigitsOf, intlTag, localeNames, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { useSaid } from '../shared/said.tsx';
import { siteWords } from '../site/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Stipple } from '../ui/mark.tsx';
import { Alert, Badge, Card, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/home.ts';
import { archiveWords } from './archive-words.ts';
import { openThings, visitsOfDay } from './day.ts';
import { doneFirstSteps, foreignTexts } from './first-steps.ts';
import { firstSteps } from './first-steps-list.ts';
import { firstStepsWords } from './first-steps-words.ts';
import { dayWords } from './words.ts';
import './home.css';

/** `/desk`: the day, and what waits for somebody. Each line leads to the act. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const [account, tenant] = await Promise.all([ownAccount(clinic, actor), mainTenant(clinic)]);
  const visits = tenant ? await visitsOfDay(clinic, actor, locale, tenant) : [];
  // Dates are written on the server, in the clinic's zone: a browser's own tables may word them differently.
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'full',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    name: actor.name,
    mayPlan: can(actor.role, 'plan.write'),
    maySeeVisits: can(actor.role, 'booking.read'),
    mayCheckIn: can(actor.role, 'booking.write'),
    visits,
    open: await openThings(clinic, actor, locale, tenant),
    doneSteps: await doneFirstSteps(clinic, actor),
    foreign: await foreignTexts(clinic, actor, tenant?.sample ?? true),
    isArchiveIll: ['late', 'broken'].includes((await archiveHealth(clinic.config, clinic.clock.now())).state),
    hasSecondStep: account?.hasSecondStep ?? false,
    isSample: tenant?.sample ?? false,
    today: date.format(clinic.clock.now()),
  };
}

/** Checks in who has come: the one thing that is done from this page. */
export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = writerOf(context);
  const { id = '' } = formTexts(await request.formData());
  if (!isUuid(id)) throw new Response('There is no such visit', { status: 400 });
  const answer = await setStatus(clinic, actor.tenantId, id, actorFor(actor), 'arrived');
  return answer.ok ? null : data({ message: answer.message }, { status: refusedStatus(answer) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: messagesFor(loaderData?.locale ?? 'en').desk.title }];
}

export default function DeskHome({ loaderData, actionData }: Route.ComponentProps) {
  const say = useSaid();
  const isBusy = useNavigation().state !== 'idle';
  const {
    locale,
    name,
    mayPlan,
    maySeeVisits,
    mayCheckIn,
    visits,
    open,
    hasSecondStep,
    isSample,
    today,
    isArchiveIll,
    doneSteps,
    foreign,
  } = loaderData;
  const words = messagesFor(locale).desk;
  const day = dayWords[locale];
  const opening = firstStepsWords[locale];
  const steps = [
    {
      to: '/studio',
      title: words.nextPlan,
      text: words.nextPlanText,
      go: words.nextPlanGo,
      isOffered: mayPlan,
    },
    {
      to: '/desk/account',
      title: words.nextSecond,
      text: words.nextSecondText,
      go: words.nextSecondGo,
      isOffered: !hasSecondStep,
    },
    {
      to: `/${locale}`,
      title: words.nextSite,
      text: words.nextSiteText,
      go: words.nextSiteGo,
      isOffered: true,
    },
  ].filter(({ isOffered }) => isOffered);
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.greeting(name)}</h1>
          <p className="soft figures">{today}</p>
        </div>
        <div className="desk-ramp">
          <Stipple columns={48} rows={5} seed={3} />
        </div>
      </header>
      <div className="stack-l">
        {isArchiveIll ? (
          <Alert tone="oxide" title={archiveWords[locale].title}>
            {archiveWords[locale].text}
          </Alert>
        ) : null}
        {foreign.length === 0 ? null : (
          <Alert tone="ochre" title={opening.sampleTexts}>
            <p>{opening.sampleTextsWhy}</p>
            <ul>
              {foreign.map(({ pageKey, languages }) => (
                <li key={pageKey}>
                  {siteWords[locale].menu[pageKey]}:{' '}
                  {languages.map((language, at) => (
                    <Fragment key={language}>
                      {at === 0 ? '' : ' · '}
                      <Link to={`/desk/texts/${language}/${pageKey}`}>{localeNames[language]}</Link>
                    </Fragment>
                  ))}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {doneSteps ? (
          <section className="stack">
            <div className="stack-s">
              <h2>{opening.title}</h2>
              <p className="soft">{opening.lead}</p>
            </div>
            <ol className="desk-opening">
              {firstSteps.map(({ id, to }) => (
                <li key={id}>
                  <span className="row">
                    <Link to={to}>{opening.steps[id][0]}</Link>
                    {doneSteps.includes(id) ? <Badge tone="verdigris">{opening.done}</Badge> : null}
                  </span>
                  <span className="soft small">{opening.steps[id][1]}</span>
                </li>
              ))}
            </ol>
          </section>
        ) : null}
        {maySeeVisits ? (
          <section className="stack">
            <h2>{day.visits}</h2>
            {actionData ? <Alert tone="oxide" title={say(actionData.message).text} live /> : null}
            {visits.length === 0 ? (
              <EmptyState
                title={day.nobody}
                action={<ButtonLink to="/desk/calendar">{day.calendar}</ButtonLink>}
              >
                {day.nobodyText}
              </EmptyState>
            ) : (
              <Table
                caption={day.visits}
                rows={visits}
                keyOf={(visit) => visit.id}
                columns={[
                  { id: 'time', title: day.time, renderCell: (visit) => visit.time },
                  {
                    id: 'who',
                    title: day.who,
                    renderCell: (visit) =>
                      visit.patientId === null ? (
                        <span className="stack-s">
                          {visit.name}
                          <span className="soft small">{day.noRecord}</span>
                        </span>
                      ) : (
                        <Link to={`/desk/patients/${visit.patientId}`}>{visit.name}</Link>
                      ),
                  },
                  { id: 'what', title: day.what, renderCell: (visit) => visit.service },
                  {
                    id: 'state',
                    title: day.state,
                    renderCell: (visit) => (
                      <span className="row">
                        <Badge tone={visit.status === 'arrived' ? 'verdigris' : 'plain'}>
                          {calendarWords[locale].statuses[visit.status]}
                        </Badge>
                        {mayCheckIn && visit.status === 'confirmed' ? (
                          <Form method="post" preventScrollReset>
                            <input type="hidden" name="id" value={visit.id} />
                            <Button
                              type="submit"
                              isDisabled={isBusy}
                              aria-label={`${calendarWords[locale].markArrived}: ${visit.name}`}
                            >
                              {calendarWords[locale].markArrived}
                            </Button>
                          </Form>
                        ) : null}
                      </span>
                    ),
                  },
                  {
                    id: 'next',
                    title: day.next,
                    renderCell: (visit) =>
                      visit.nextStep === null ? (
                        '—'
                      ) : visit.nextStep.to === null ? (
                        visit.nextStep.label
                      ) : (
                        <Link to={visit.nextStep.to}>{visit.nextStep.label}</Link>
                      ),
                  },
                ]}
              />
            )}
          </section>
        ) : null}
        <section className="stack">
          <h2>{day.open}</h2>
          {open.length === 0 ? <p className="soft">{day.nothingOpen}</p> : null}
          <ul className="desk-open">
            {open.map((thing) => (
              <li key={thing.kind} className="row">
                {thing.each.length > 0 ? (
                  <span>{inDigitsOf(locale, day.kinds[thing.kind](thing.count))}</span>
                ) : (
                  <Link to={thing.to}>{inDigitsOf(locale, day.kinds[thing.kind](thing.count))}</Link>
                )}
                {thing.isUrgent ? <Badge tone="oxide">{day.urgent}</Badge> : null}
                {thing.each.map((one) => (
                  <Link key={one.to} to={one.to}>
                    {one.label}
                  </Link>
                ))}
              </li>
            ))}
          </ul>
        </section>
        <section className="stack">
          <h2>{words.next}</h2>
          <div className="desk-steps">
            {steps.map((step, at) => (
              <Card key={step.to}>
                <h3>{step.title}</h3>
                <p className="soft">{step.text}</p>
                <p>
                  <ButtonLink to={step.to} look={at === 0 ? 'strong' : 'plain'}>
                    {step.go}
                  </ButtonLink>
                </p>
              </Card>
            ))}
          </div>
        </section>
        {isSample ? <p className="soft small">{words.sampleNote}</p> : null}
      </div>
    </>
  );
}
