import {
  listOutcomes,
  type OutcomePhotos,
  recordOutcome,
  withdrawOutcome,
} from '@undertone/clinic/outcome/commands.ts';
import { scale } from '@undertone/clinic/outcome/rules.ts';
import type { Outcome } from '@undertone/clinic/outcome/schema.ts';
import { listPhotos } from '@undertone/clinic/photos/commands.ts';
import { listPlans } from '@undertone/clinic/planning/commands.ts';
import { listSessions } from '@undertone/clinic/session/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { useState } from 'react';
import { data, Form, useNavigation } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Said, useSaid } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { RadioGroup, Select, TextField } from '../ui/fields.tsx';
import { Alert, Badge, Card, EmptyState } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import { readOutcomeForm } from './form.ts';
import './outcome.css';
import { Tracks } from './tracks.tsx';
import { type OutcomeWords, outcomeWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/patients/:patientId/outcome`: healed results beside what was planned, and the form for the next one. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const { id } = await patientOf(context);
  const [listed, sessions, plans, photos, tenant] = await Promise.all([
    listOutcomes(clinic, actor, id),
    listSessions(clinic, actor, id),
    listPlans(clinic, actor, id),
    listPhotos(clinic, actor, id),
    mainTenant(clinic),
  ]);
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  const zone = tenant?.zone ?? 'UTC';
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: zone });
  const plainDay = (iso: string) =>
    new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));
  return {
    locale,
    mayWrite: can(actor.role, 'outcome.write'),
    today: dayIn(zone, clinic.clock.now()),
    outcomes: listed.outcomes.map((one) => ({ ...one, takenDay: plainDay(one.takenOn) })),
    sessions: (sessions.ok ? sessions.sessions : []).flatMap(
      ({ id: sessionId, keptAt, startedAt, treatment }) =>
        keptAt ? [{ id: sessionId, day: day.format(new Date(startedAt)), treatment }] : [],
    ),
    plans: (plans.ok ? plans.plans : []).map(({ planId, version, treatment, createdAt }) => ({
      id: `${planId}/${version}`,
      day: day.format(createdAt),
      treatment,
      version,
    })),
    photos: (photos.ok ? photos.photos : []).map(({ id: photoId, takenAt, treatment }) => ({
      id: photoId,
      label: `${day.format(takenAt)} · ${treatment}`,
    })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id } = await patientOf(context);
  const texts = formTexts(await request.formData());
  if (texts.do === 'withdraw') {
    const done = await withdrawOutcome(clinic, actor, texts.outcome ?? '', texts.reason ?? '');
    return done.ok
      ? { did: 'withdrawn' as const }
      : data(
          { did: 'refused' as const, field: 'reason', message: done.message, texts },
          { status: refusedStatus(done) },
        );
  }
  const read = readOutcomeForm(id, texts);
  if (!read.ok)
    return data({ did: 'refused' as const, field: read.field, message: null, texts }, { status: 422 });
  const done = await recordOutcome(clinic, actor, read.form, photosOf(texts));
  if (done.ok) return { did: 'recorded' as const };
  const { field = '', message } = done;
  return data(
    {
      did: 'refused' as const,
      field: field.replace(/^readings\.(region|surround).*$/, '$1'),
      message,
      texts,
    },
    { status: refusedStatus(done) },
  );
}

function photosOf(texts: Partial<Record<string, string>>): OutcomePhotos | undefined {
  if (!texts.photoAfter) return undefined;
  return {
    after: { photoId: texts.photoAfter },
    ...(texts.photoBefore ? { before: { photoId: texts.photoBefore } } : {}),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: outcomeWords[loaderData?.locale ?? 'en'].title }];
}

export default function OutcomePage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, outcomes, mayWrite } = loaderData;
  const words = outcomeWords[locale];
  return (
    <div className="stack-l">
      <section className="stack">
        <h2>{words.title}</h2>
        <p className="soft measure">{words.lead}</p>
        {outcomes.length === 0 ? <EmptyState title={words.empty}>{words.emptyText}</EmptyState> : null}
        {outcomes.map((one) => (
          <Result key={one.id} outcome={one} words={words} mayWrite={mayWrite} />
        ))}
      </section>
      {mayWrite ? <Recorder {...{ loaderData, actionData, words }} key={outcomes.length} /> : null}
    </div>
  );
}

function Result({
  outcome,
  words,
  mayWrite,
}: {
  readonly outcome: Omit<Outcome, 'recordedAt'> & { readonly takenDay: string };
  readonly words: OutcomeWords;
  readonly mayWrite: boolean;
}) {
  const { againstPlan: plan, fromPhotos: photos } = outcome;
  const isWithdrawn = outcome.withdrawnReason !== null;
  return (
    <Card>
      <article className="stack" aria-labelledby={`outcome-${outcome.id}`}>
        <div className="row-apart">
          <h3 id={`outcome-${outcome.id}`}>
            {words.timePoints[outcome.timePoint]} · {words.treatments[outcome.treatment]}
          </h3>
          <p className="row">
            <span className="soft figures">{words.takenOn(outcome.takenDay, outcome.daysAfter)}</span>
            {isWithdrawn ? <Badge tone="oxide">{words.withdrawn}</Badge> : null}
          </p>
        </div>
        {isWithdrawn ? <p>{outcome.withdrawnReason}</p> : null}
        {plan ? (
          <div className="stack-s">
            <p className="row">
              <Badge tone={plan.withinAll ? 'verdigris' : 'ochre'}>
                {plan.withinAll ? words.within : words.outside}
              </Badge>
              <span className="figures">{words.miss(plan.missDeltaE00.toFixed(1))}</span>
            </p>
            <Tracks against={plan} words={words} />
            <ul className="outcome-facts figures">
              {plan.toSurround.healed === null ? null : (
                <li>
                  {words.toSurround(
                    plan.toSurround.predicted.expected.toFixed(1),
                    plan.toSurround.predicted.low90.toFixed(1),
                    plan.toSurround.predicted.high90.toFixed(1),
                    plan.toSurround.healed.toFixed(1),
                  )}
                </li>
              )}
              {plan.retention01 === null || plan.expectedRetention01 === null ? null : (
                <li>{words.retention(percent(plan.retention01), percent(plan.expectedRetention01))}</li>
              )}
            </ul>
          </div>
        ) : outcome.readings ? (
          <p className="figures">
            {words.noPlan}. L* {outcome.readings.median.region.L.toFixed(1)}, a*{' '}
            {outcome.readings.median.region.a.toFixed(1)}, b* {outcome.readings.median.region.b.toFixed(1)}
          </p>
        ) : null}
        {photos === null ? null : photos.ok ? (
          <ul className="outcome-facts figures">
            {photos.before && photos.after ? (
              <li>
                {words.photos(photos.errorPx.toFixed(1), range(photos.before), range(photos.after))}{' '}
                {photos.isSure ? words.photosSure : words.photosUnsure}
              </li>
            ) : null}
            {photos.coverage ? (
              <li>
                {words.coverage(
                  percent(photos.coverage.value),
                  percent(photos.coverage.low90),
                  percent(photos.coverage.high90),
                )}
              </li>
            ) : null}
            {photos.dots ? (
              <li>{words.dots(String(photos.dots.found), String(photos.dots.planned))}</li>
            ) : null}
            {photos.couldNot.map((message) => (
              <li key={message}>
                <Said>{message}</Said>
              </li>
            ))}
          </ul>
        ) : (
          <Alert tone="ochre" title={words.photosNot}>
            <Said>{photos.message}</Said>
          </Alert>
        )}
        <ul className="outcome-facts">
          {outcome.patientScore === null ? null : <li>{words.patientScore(outcome.patientScore)}</li>}
          {outcome.physicianRating === null ? null : (
            <li>
              {words.physician}: {words.ratings[outcome.physicianRating]}
            </li>
          )}
          {outcome.blindedRating === null ? (
            outcome.hasPair ? (
              <li className="soft">
                {words.blinded}: {words.blindedWaits}
              </li>
            ) : null
          ) : (
            <li>
              {words.blinded}: {words.ratings[outcome.blindedRating]}
            </li>
          )}
          {outcome.note === '' ? null : <li>{outcome.note}</li>}
        </ul>
        {mayWrite && !isWithdrawn ? (
          <details>
            <summary>{words.withdraw}</summary>
            <Form method="post" className="stack-s">
              <input type="hidden" name="do" value="withdraw" />
              <input type="hidden" name="outcome" value={outcome.id} />
              <TextField label={words.withdrawReason} name="reason" isRequired />
              <Button type="submit" look="grave">
                {words.withdraw}
              </Button>
            </Form>
          </details>
        ) : null}
      </article>
    </Card>
  );
}

const percent = (share: number) => `${Math.round(100 * share)} %`;
const range = (m: { value: number; low90: number; high90: number }) =>
  `${m.value.toFixed(1)} (${m.low90.toFixed(1)}–${m.high90.toFixed(1)})`;

function Recorder({
  loaderData,
  actionData,
  words,
}: Pick<Route.ComponentProps, 'loaderData' | 'actionData'> & { readonly words: OutcomeWords }) {
  const { sessions, plans, photos, today } = loaderData;
  const refusal = actionData?.did === 'refused' ? actionData : undefined;
  const given = refusal?.texts ?? {};
  const [session, setSession] = useState(given.session ?? sessions[0]?.id ?? '');
  const [treatment, setTreatment] = useState(given.treatment ?? sessions[0]?.treatment ?? 'vitiligo');
  const isBusy = useNavigation().state === 'submitting';
  const say = useSaid();
  const faultAt = (field: string) =>
    refusal?.field === field
      ? refusal.message === null
        ? words.readingFault
        : say(refusal.message).text
      : undefined;
  const known = [
    'sessionId',
    'performedOn',
    'planId',
    'takenOn',
    'region',
    'surround',
    'photoAfter',
    'photoBefore',
    'patientScore',
    'note',
  ];
  return (
    <section className="stack" aria-labelledby="record-outcome">
      <h2 id="record-outcome">{words.record}</h2>
      {actionData?.did === 'recorded' ? <Alert tone="verdigris" title={words.saved} live /> : null}
      {refusal && !known.includes(refusal.field) ? (
        <Alert tone="oxide" title={words.refused} live>
          {refusal.message === null ? words.readingFault : <Said>{refusal.message}</Said>}
        </Alert>
      ) : null}
      <Form method="post" className="outcome-form">
        <Select
          label={words.session}
          name="session"
          value={session}
          onChange={(next) => {
            setSession(String(next));
            const chosen = sessions.find(({ id }) => id === next);
            if (chosen) setTreatment(chosen.treatment);
          }}
          options={[
            ...sessions.map(({ id, day, treatment: of }) => ({
              id,
              label: `${day} · ${words.treatments[of]}`,
            })),
            { id: '', label: words.noSession },
          ]}
          error={faultAt('sessionId')}
        />
        {session === '' ? (
          <TextField
            label={words.performedOn}
            name="performedOn"
            type="date"
            defaultValue={given.performedOn ?? ''}
            error={faultAt('performedOn')}
          />
        ) : null}
        <Select
          label={words.treatment}
          name="treatment"
          value={treatment}
          onChange={(next) => setTreatment(next as typeof treatment)}
          options={(['vitiligo', 'lip', 'scalp'] as const).map((id) => ({ id, label: words.treatments[id] }))}
        />
        <Select
          label={words.plan}
          name="plan"
          defaultValue={given.plan ?? (session === '' ? (plans[0]?.id ?? '') : '')}
          options={[
            { id: '', label: words.planOfSession },
            ...plans.map(({ id, day, version, treatment: of }) => ({
              id,
              label: `${words.treatments[of]} · ${version} · ${day}`,
            })),
          ]}
          error={faultAt('planId')}
        />
        <TextField
          label={words.day}
          hint={words.dayHint}
          name="takenOn"
          type="date"
          defaultValue={given.takenOn ?? today}
          error={faultAt('takenOn')}
        />
        <Select
          label={words.white}
          name="white"
          defaultValue={given.white ?? 'D65/10'}
          options={['D65/10', 'D65/2', 'D50/2', 'D50/10'].map((id) => ({ id, label: id }))}
        />
        <TextField
          label={words.region}
          hint={words.readingHint}
          name="region"
          lines={3}
          defaultValue={given.region ?? ''}
          error={faultAt('region')}
          optional={words.optional}
        />
        <TextField
          label={words.surround}
          hint={words.readingHint}
          name="surround"
          lines={3}
          defaultValue={given.surround ?? ''}
          error={faultAt('surround')}
          optional={words.optional}
        />
        <Select
          label={words.laterPhoto}
          name="photoAfter"
          defaultValue={given.photoAfter ?? ''}
          options={[{ id: '', label: words.noPhoto }, ...photos]}
          error={faultAt('photoAfter')}
        />
        <Select
          label={words.earlierPhoto}
          name="photoBefore"
          defaultValue={given.photoBefore ?? ''}
          options={[{ id: '', label: words.photoOfPlan }, ...photos]}
          error={faultAt('photoBefore')}
        />
        <TextField
          label={words.score}
          hint={words.scoreHint}
          name="patientScore"
          inputMode="numeric"
          defaultValue={given.patientScore ?? ''}
          error={faultAt('patientScore')}
          optional={words.optional}
        />
        <RadioGroup
          label={words.rating}
          name="rating"
          orientation="horizontal"
          defaultValue={given.rating ?? ''}
          options={[
            ...scale.map((id) => ({ id, label: words.ratings[id] })),
            { id: '', label: words.noRating },
          ]}
        />
        <div className="outcome-form-wide stack">
          <TextField
            label={words.note}
            name="note"
            lines={2}
            defaultValue={given.note ?? ''}
            error={faultAt('note')}
            optional={words.optional}
          />
          <div>
            <Button type="submit" look="strong" isPending={isBusy} pendingLabel={words.saving}>
              {words.save}
            </Button>
          </div>
        </div>
      </Form>
    </section>
  );
}
