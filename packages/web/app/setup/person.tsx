import {
  changePerson,
  closeFeed,
  makeFeed,
  readWholeSetup,
  retire,
} from '@undertone/clinic/booking/commands.ts';
import { actorFor } from '@undertone/clinic/booking/roles.ts';
import { staffNames } from '@undertone/clinic/staff/commands.ts';
import { listBranches } from '@undertone/clinic/tenant/commands.ts';
import { Form, redirect, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/person.ts';
import { type Answer, answerOf, formOf, textOf, typedOf, wholeOf } from './answer.ts';
import { Choice, Input, Notice, nameIn, Retire, Tick, type Week, WeekFields, weekOf } from './parts.tsx';
import '../check/check.css';
import './setup.css';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup/people/:id`: what somebody does, where and when, and their private calendar; `new` for another. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const setup = await readWholeSetup(clinic, actor);
  if (!setup.ok) throw new Response(setup.message, { status: 403 });
  const found = setup.people.find(({ id }) => id === params.id);
  if (found === undefined && params.id !== 'new')
    throw new Response('There is no such person', { status: 404 });
  const branches = await listBranches(clinic, actor.tenantId);
  return {
    locale,
    isNew: found === undefined,
    name: found?.name ?? '',
    position: found?.position ?? setup.people.length,
    staffId: found?.staff_id ?? '',
    accounts: Object.fromEntries(await staffNames(clinic, actor.tenantId)),
    services: setup.services.map(({ id, names }) => ({ id, name: nameIn(names, locale) })),
    does: found?.service_ids ?? setup.services.map(({ id }) => id),
    branches: branches.map(({ id, name }) => {
      const works = found?.branches.find((one) => one.branch_id === id);
      const week: Week = setup.hours
        .filter((one) => one.branch_id === id && one.practitioner_id === (found?.id ?? ''))
        .map((one) => ({ weekday: one.weekday, openMin: one.open_min, closeMin: one.close_min }));
      return {
        id,
        name,
        isHere: found === undefined || works !== undefined,
        ownHours: works?.own_hours ?? false,
        week,
      };
    }),
    hasFeed: found?.has_feed ?? false,
    feedShowsNames: found?.feed_shows_names ?? false,
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const typed = typedOf(await request.formData());
  const intent = textOf(typed, 'intent');
  switch (intent) {
    case 'retire': {
      const done = await retire(clinic, actor, 'practitioner', params.id);
      return done.ok ? redirect('/desk/setup', 303) : answerOf(intent, done, typed);
    }
    case 'feed': {
      const showNames = textOf(typed, 'names') === 'yes';
      const made = await makeFeed(clinic, actor.tenantId, actorFor(actor), params.id, showNames);
      return answerOf(intent, made, typed);
    }
    case 'feed-end':
      return answerOf(intent, await closeFeed(clinic, actor.tenantId, actorFor(actor), params.id), typed);
    default: {
      const branches: { branchId: string; hours: Week | null }[] = [];
      for (const branchId of typed.branch ?? []) {
        if (textOf(typed, `own.${branchId}`) !== 'yes') {
          branches.push({ branchId, hours: null });
          continue;
        }
        const read = weekOf(typed, `hours.${branchId}`);
        if (!read.ok) return answerOf('save', read, typed);
        branches.push({ branchId, hours: read.week });
      }
      const saved = await changePerson(clinic, actor, {
        ...(params.id !== 'new' && { id: params.id }),
        name: textOf(typed, 'name'),
        staffId: textOf(typed, 'staffId') || null,
        position: wholeOf(textOf(typed, 'position')),
        serviceIds: typed.service ?? [],
        branches,
      });
      if (saved.ok && params.id === 'new') return redirect(`/desk/setup/people/${saved.id}`, 303);
      return answerOf('save', saved, typed);
    }
  }
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: loaderData?.name || setupWords[loaderData?.locale ?? 'en'].addPerson }];
}

export default function PersonPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, isNew, name, position, staffId, accounts, services, does, branches, hasFeed } = loaderData;
  const words = setupWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const answer: Answer | undefined = actionData;
  const fill = formOf(answer, 'save', locale);
  const ticked = (field: string, otherwise: readonly string[]) => new Set(fill.values(field, otherwise));
  const isDone = ticked('service', does);
  const isHere = ticked(
    'branch',
    branches.filter((one) => one.isHere).map(({ id }) => id),
  );
  const feedUrl = answer?.ok && answer.intent === 'feed' ? answer.url : undefined;
  return (
    <>
      <header className="desk-head">
        <h1>{name || words.addPerson}</h1>
        <ButtonLink to="/desk/setup">{words.back}</ButtonLink>
      </header>
      <div className="stack-l">
        <Notice answer={answer} locale={locale} />
        <Form method="post" className="setup-form">
          <input type="hidden" name="intent" value="save" />
          <input type="hidden" name="position" value={position} />
          <div className="setup-row">
            <Input id="name" label={words.name} value={fill.value('name', name)} error={fill.error('name')} />
            <Choice
              id="staffId"
              label={words.account}
              value={fill.value('staffId', staffId)}
              options={{ '': words.noAccount, ...accounts }}
            />
          </div>
          <fieldset>
            <legend>{words.does}</legend>
            {services.map((one) => (
              <Tick key={one.id} name="service" value={one.id} isTicked={isDone.has(one.id)}>
                {one.name}
              </Tick>
            ))}
          </fieldset>
          {branches.map((branch) => (
            <fieldset key={branch.id}>
              <legend>{branch.name}</legend>
              <Tick name="branch" value={branch.id} isTicked={isHere.has(branch.id)}>
                {words.works(branch.name)}
              </Tick>
              <Tick
                name={`own.${branch.id}`}
                isTicked={ticked(`own.${branch.id}`, branch.ownHours ? ['yes'] : []).size > 0}
              >
                {words.ownHours}
              </Tick>
              <div className="setup-own stack-s">
                <WeekFields prefix={`hours.${branch.id}`} week={branch.week} fill={fill} locale={locale} />
                <p className="field-hint">{words.hoursHint}</p>
              </div>
            </fieldset>
          ))}
          <p>
            <Button type="submit" look="strong" isDisabled={isBusy}>
              {words.save}
            </Button>
          </p>
        </Form>
        {isNew ? null : (
          <>
            <section className="stack measure">
              <h2>{words.feed}</h2>
              <p className="soft">{words.feedText}</p>
              {feedUrl === undefined ? null : (
                <Alert tone="verdigris" title={words.feedMade} live>
                  <p className="setup-address">
                    <code>{feedUrl}</code>
                  </p>
                </Alert>
              )}
              {hasFeed ? <p>{words.feedOn}</p> : null}
              <Form method="post" className="stack-s">
                <input type="hidden" name="intent" value="feed" />
                <Tick name="names" isTicked={loaderData.feedShowsNames}>
                  {words.feedNames}
                </Tick>
                <p>
                  <Button type="submit" isDisabled={isBusy}>
                    {hasFeed ? words.feedAgain : words.feedMake}
                  </Button>
                </p>
              </Form>
              {hasFeed ? (
                <Form method="post">
                  <input type="hidden" name="intent" value="feed-end" />
                  <Button type="submit" look="quiet" isDisabled={isBusy}>
                    {words.feedClose}
                  </Button>
                </Form>
              ) : null}
            </section>
            <Retire words={words} isBusy={isBusy} />
          </>
        )}
      </div>
    </>
  );
}
