import { changeService, readWholeSetup, retire } from '@undertone/clinic/booking/commands.ts';
import { minorOfTyped, typedOfMinor } from '@undertone/clinic/money/rules.ts';
import { languages, typedNumber } from '@undertone/clinic/tenant/schema.ts';
import { Form, redirect, useNavigation } from 'react-router';
import { localeNames } from '../locales/index.ts';
import { moneyDigits } from '../money/shared.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import type { Route } from './+types/service.ts';
import { type Answer, answerOf, formOf, type Typed, textOf, typedOf, wholeOf } from './answer.ts';
import { Choice, Input, Notice, nameIn, Retire, Tick } from './parts.tsx';
import '../check/check.css';
import './setup.css';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup/services/:id`: one service; `new` for another. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const setup = await readWholeSetup(clinic, actorOf(context));
  if (!setup.ok) throw new Response(setup.message, { status: 403 });
  const found = setup.services.find(({ id }) => id === params.id);
  if (found === undefined && params.id !== 'new')
    throw new Response('There is no such service', { status: 404 });
  const kinds = (list: readonly { kinds: readonly string[] }[]) =>
    [...new Set(list.flatMap((one) => one.kinds))].toSorted();
  const digits = await moneyDigits(clinic);
  const amount = (minor: number | null | undefined) => (minor == null ? '' : typedOfMinor(minor, digits));
  return {
    locale,
    roomKinds: kinds(setup.rooms),
    machineKinds: kinds(setup.machines),
    title: found === undefined ? undefined : nameIn(found.names, locale),
    isNew: found === undefined,
    service: {
      names: found?.names ?? {},
      preparation: found?.preparation ?? {},
      kind: found?.kind ?? 'treatment',
      treatment: found === undefined ? 'scalp' : (found.treatment ?? ''),
      durationMin: found?.duration_min ?? 60,
      bufferBeforeMin: found?.buffer_before_min ?? 0,
      bufferAfterMin: found?.buffer_after_min ?? 0,
      stepMin: found?.step_min ?? 15,
      noticeHours: (found?.notice_min ?? 120) / 60,
      horizonDays: found?.horizon_days ?? 90,
      roomKind: found?.room_kind ?? '',
      machineKind: found?.machine_kind ?? '',
      priceMinor: amount(found?.price_minor),
      depositMinor: amount(found?.deposit_minor),
      visits: found?.series_visits ?? '',
      gapMinDays: found?.series_gap_min_days ?? '',
      gapMaxDays: found?.series_gap_max_days ?? '',
      online: found?.online ?? true,
      position: found?.position ?? setup.services.length + 1,
    },
  };
}

/** An amount as typed: none where nothing is, no number where it cannot be read, which the command refuses. */
function minorIn(typed: Typed, name: string, digits: number): number | null {
  const text = textOf(typed, name);
  return text === '' ? null : (minorOfTyped(text, digits) ?? Number.NaN);
}

function textsIn(typed: Typed, name: string) {
  return Object.fromEntries(
    languages.flatMap((one) => {
      const text = textOf(typed, `${name}.${one}`);
      return text === '' ? [] : [[one, text]];
    }),
  );
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const digits = await moneyDigits(clinic);
  const typed = typedOf(await request.formData());
  if (textOf(typed, 'intent') === 'retire') {
    const done = await retire(clinic, actor, 'service', params.id);
    return done.ok ? redirect('/desk/setup', 303) : answerOf('retire', done, typed);
  }
  const whole = (name: string) => wholeOf(textOf(typed, name));
  const hasSeries = ['series.visits', 'series.gapMinDays', 'series.gapMaxDays'].some(
    (one) => textOf(typed, one) !== '',
  );
  const saved = await changeService(clinic, actor, {
    ...(params.id !== 'new' && { id: params.id }),
    names: textsIn(typed, 'names'),
    kind: textOf(typed, 'kind'),
    treatment: textOf(typed, 'treatment') || null,
    durationMin: whole('durationMin'),
    bufferBeforeMin: whole('bufferBeforeMin'),
    bufferAfterMin: whole('bufferAfterMin'),
    stepMin: whole('stepMin'),
    noticeMin: Math.round(typedNumber(textOf(typed, 'noticeMin')) * 60),
    horizonDays: whole('horizonDays'),
    roomKind: textOf(typed, 'roomKind') || null,
    machineKind: textOf(typed, 'machineKind') || null,
    priceMinor: minorIn(typed, 'priceMinor', digits),
    depositMinor: minorIn(typed, 'depositMinor', digits),
    preparation: textsIn(typed, 'preparation'),
    series: hasSeries
      ? {
          visits: whole('series.visits'),
          gapMinDays: whole('series.gapMinDays'),
          gapMaxDays: whole('series.gapMaxDays'),
        }
      : null,
    online: textOf(typed, 'online') === 'yes',
    position: whole('position'),
  });
  if (saved.ok && params.id === 'new') return redirect(`/desk/setup/services/${saved.id}`, 303);
  return answerOf('save', saved, typed);
}

export function meta({ loaderData }: Route.MetaArgs) {
  const words = setupWords[loaderData?.locale ?? 'en'];
  return [{ title: loaderData?.title ?? words.addService }];
}

export default function ServicePage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, service, title, isNew, roomKinds, machineKinds } = loaderData;
  const words = setupWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const answer: Answer | undefined = actionData;
  const fill = formOf(answer, 'save', locale);
  const number = (id: string, label: string, value: number | string, hint?: string, optional?: string) => (
    <Input
      id={id}
      label={label}
      value={fill.value(id, value)}
      error={fill.error(id)}
      hint={hint}
      optional={optional}
      inputMode="numeric"
    />
  );
  const isOnline = fill.values('online', service.online ? ['yes'] : []).length > 0;
  return (
    <>
      <header className="desk-head">
        <h1>{title ?? words.addService}</h1>
        <ButtonLink to="/desk/setup">{words.back}</ButtonLink>
      </header>
      <div className="stack-l">
        <Notice answer={answer} locale={locale} />
        <Form method="post" className="setup-form">
          <input type="hidden" name="intent" value="save" />
          <div className="setup-row">
            {languages.map((one) => (
              <Input
                key={one}
                id={`names.${one}`}
                lang={one}
                label={words.nameIn(localeNames[one])}
                value={fill.value(`names.${one}`, service.names[one] ?? '')}
                error={fill.error(`names.${one}`)}
                optional={one === 'en' ? undefined : words.optional}
              />
            ))}
          </div>
          <div className="setup-row">
            <Choice
              id="kind"
              label={words.kind}
              value={fill.value('kind', service.kind)}
              options={words.kinds}
            />
            <Choice
              id="treatment"
              label={words.treatment}
              value={fill.value('treatment', service.treatment)}
              options={{ '': words.noTreatment, ...words.treatments }}
              error={fill.error('treatment')}
            />
          </div>
          <div className="setup-row">
            {number('durationMin', words.duration, service.durationMin, words.minutes('5–720'))}
            {number('stepMin', words.step, service.stepMin, words.minutes('5–240'))}
            {number('bufferBeforeMin', words.bufferBefore, service.bufferBeforeMin, words.bufferHint)}
            {number('bufferAfterMin', words.bufferAfter, service.bufferAfterMin, words.bufferHint)}
          </div>
          <div className="setup-row">
            {number('noticeMin', words.notice, service.noticeHours, words.noticeHint)}
            {number('horizonDays', words.horizon, service.horizonDays, words.horizonHint)}
            {number('position', words.position, service.position)}
          </div>
          <fieldset>
            <legend>{words.needs}</legend>
            <div className="setup-row">
              <Input
                id="roomKind"
                label={words.roomKind}
                value={fill.value('roomKind', service.roomKind)}
                error={fill.error('roomKind')}
                hint={roomKinds.join(', ') || words.kindHint}
                optional={words.optional}
              />
              <Input
                id="machineKind"
                label={words.machineKind}
                value={fill.value('machineKind', service.machineKind)}
                error={fill.error('machineKind')}
                hint={machineKinds.join(', ') || words.kindHint}
                optional={words.optional}
              />
            </div>
            <p className="field-hint">{words.kindHint}</p>
          </fieldset>
          <div className="setup-row">
            {(['priceMinor', 'depositMinor'] as const).map((id) => (
              <Input
                key={id}
                id={id}
                label={id === 'priceMinor' ? words.price : words.deposit}
                value={fill.value(id, service[id])}
                error={fill.error(id)}
                optional={words.optional}
                inputMode="decimal"
              />
            ))}
          </div>
          <fieldset>
            <legend>{words.series}</legend>
            <div className="setup-row">
              {number('series.visits', words.seriesVisits, service.visits, undefined, words.optional)}
              {number('series.gapMinDays', words.seriesMin, service.gapMinDays, undefined, words.optional)}
              {number('series.gapMaxDays', words.seriesMax, service.gapMaxDays, undefined, words.optional)}
            </div>
            <p className="field-hint">{words.seriesHint}</p>
          </fieldset>
          {languages.map((one) => (
            <Input
              key={one}
              id={`preparation.${one}`}
              lang={one}
              lines={2}
              label={words.preparation(localeNames[one])}
              value={fill.value(`preparation.${one}`, service.preparation[one] ?? '')}
              error={fill.error(`preparation.${one}`)}
              optional={words.optional}
            />
          ))}
          <Tick name="online" isTicked={isOnline}>
            {words.online}
          </Tick>
          <p>
            <Button type="submit" look="strong" isDisabled={isBusy}>
              {words.save}
            </Button>
          </p>
        </Form>
        {isNew ? null : <Retire words={words} isBusy={isBusy} />}
      </div>
    </>
  );
}
