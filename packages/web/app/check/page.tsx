import {
  bookableKinds,
  type Evaluation,
  type Gate,
  type GateTexts,
  type Treatment,
  textOf,
  treatments,
} from '@undertone/clinic/candidacy/rules.ts';
import { treatmentSchema } from '@undertone/clinic/candidacy/schema.ts';
import { gatesAsked } from '@undertone/clinic/screening/protocol.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { data } from 'react-router';
import { intlTag, isLocale, type Locale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { cardMeta } from '../site/card-meta.ts';
import type { Route } from './+types/page.ts';
import { bookingPath, partsFor, readForm, weigh } from './form.ts';
import { Question } from './question.tsx';
// oxlint-disable-next-line import/default -- Vite makes the address
import scriptUrl from './script.ts?worker&url';
import { checkWords } from './words.ts';
import './check.css';

export async function loader({ params, context, url }: Route.LoaderArgs) {
  if (!isLocale(params.lang)) throw new Response('There is no page here', { status: 404 });
  const { clinic, publicUrl } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const treatment = treatmentSchema.safeParse(url.searchParams.get('treatment'));
  return {
    locale: params.lang,
    publicUrl,
    clinicName: tenant?.name ?? 'Undertone',
    treatment: treatment.success ? treatment.data : null,
    today: dayIn(tenant?.zone ?? 'UTC', clinic.clock.now()),
    own: treatment.success && tenant ? ((await gatesAsked(clinic, tenant.id)) ?? null) : null,
  };
}

/** Weighs the answers of a visitor without scripts. They are used for this reply and kept nowhere. */
export async function action({ params, request, context, url }: Route.ActionArgs) {
  const treatment = treatmentSchema.safeParse(url.searchParams.get('treatment'));
  if (!isLocale(params.lang) || !treatment.success)
    throw new Response('There is no page here', { status: 404 });
  const { clinic } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const today = dayIn(tenant?.zone ?? 'UTC', clinic.clock.now());
  const form = await request.formData();
  const own = tenant && (await gatesAsked(clinic, tenant.id));
  const { check, faults } = readForm(treatment.data, form, today);
  const given = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  if (Object.keys(faults).length > 0)
    return data({ given, faults, answers: null, evaluation: null }, { status: 422 });
  return data({ given, faults, answers: check.answers, evaluation: weigh(check, today, own?.gates) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const words = checkWords[loaderData.locale];
  return [
    { title: `${words.title} · ${loaderData.clinicName}` },
    { name: 'description', content: words.lead },
    ...cardMeta({ ...loaderData, pageKey: 'check', title: words.title, description: words.lead }),
  ];
}

export default function CheckPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, treatment, today, own } = loaderData;
  const words = checkWords[locale];
  const asking = { locale, texts: textOf(locale, own?.words[locale]), gates: own?.gates };
  return (
    <article className="text-page">
      <header className="text-head">
        <h1>{words.title}</h1>
        <p className="text-lead">{words.lead}</p>
        <p className="text-note">{words.privacy}</p>
        <p className="text-state">{words.unreviewed}</p>
      </header>
      {treatment === null ? (
        <Treatments locale={locale} />
      ) : (
        <div
          className="self-check"
          data-self-check={treatment}
          data-today={today}
          data-locale={intlTag(locale)}
          // The clinic's own, where it has changed any: weighed on the device like those of the program.
          data-gates={own ? JSON.stringify(own.gates) : undefined}
        >
          {actionData?.evaluation ? null : (
            <Questions
              {...asking}
              treatment={treatment}
              today={today}
              given={actionData?.given ?? []}
              faults={actionData?.faults ?? {}}
            />
          )}
          <Result
            {...asking}
            treatment={treatment}
            evaluation={actionData?.evaluation ?? undefined}
            answers={actionData?.answers ?? undefined}
          />
          <script type="module" src={scriptUrl} />
        </div>
      )}
    </article>
  );
}

function Treatments({ locale }: { readonly locale: Locale }) {
  const words = checkWords[locale];
  return (
    <section className="stack" aria-labelledby="choose">
      <h2 id="choose">{words.chooseTitle}</h2>
      <ul className="choice-list">
        {treatments.map((treatment) => (
          <li key={treatment}>
            <a href={`/${locale}/check?treatment=${treatment}`}>{words.treatments[treatment]}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Asking {
  readonly locale: Locale;
  readonly texts: GateTexts;
  /** The clinic's own; undefined where those of the program count. */
  readonly gates: readonly Gate[] | undefined;
}

interface QuestionsProps extends Asking {
  readonly treatment: Treatment;
  readonly today: string;
  readonly given: readonly (readonly [string, string])[];
  readonly faults: ReturnType<typeof readForm>['faults'];
}

/** All parts in one form. The script shows one part at a time; without it they stand below each other. */
function Questions({ locale, texts, gates, treatment, today, given, faults }: QuestionsProps) {
  const words = checkWords[locale];
  const parts = partsFor(treatment, gates);
  const has = (name: string, value: string) => given.some(([n, v]) => n === name && v === value);
  return (
    <form
      method="post"
      action={`/${locale}/check?treatment=${treatment}`}
      className="check-form"
      noValidate
      autoComplete="off"
    >
      <p className="row">
        <span>
          {words.chosen}: <strong>{words.treatments[treatment]}</strong>
        </span>
        <a href={`/${locale}/check`}>{words.other}</a>
      </p>
      {parts.map(({ step, gates: asked }, at) => (
        <fieldset
          key={step}
          className="check-part"
          data-step={step}
          aria-describedby={`hint-${step} fault-${step}`}
        >
          <legend>
            <span className="check-count">{words.step(at + 1, parts.length)}</span>
            {texts.steps[step]}
          </legend>
          <p className="field-hint" id={`hint-${step}`}>
            {words.listHint}
          </p>
          <p
            className="field-error"
            id={`fault-${step}`}
            role="alert"
            data-fault="nothing-ticked"
            hidden={faults[step] === undefined}
          >
            {words.listMissing}
          </p>
          <ul className="check-list">
            {asked.map((gate) => (
              <Question
                key={gate.id}
                gate={gate}
                text={texts.gates[gate.id]}
                words={words}
                unsureLabel={texts.common.unsure}
                today={today}
                has={has}
                dateGiven={given.find(([name]) => name === `date-${gate.id}`)?.[1]}
                fault={faults[gate.id]}
              />
            ))}
            <li>
              <label className="tick">
                <input type="checkbox" name="none" value={step} defaultChecked={has('none', step)} />
                <span>{texts.common.noneOfThese}</span>
              </label>
            </li>
          </ul>
        </fieldset>
      ))}
      <p className="text-note">{words.medicines}</p>
      <div className="row check-steps">
        <button type="button" className="button" data-go="back" hidden>
          {words.back}
        </button>
        <button type="button" className="button" data-look="strong" data-go="next" hidden>
          {words.next}
        </button>
        <button type="submit" className="button" data-look="strong">
          {words.show}
        </button>
      </div>
    </form>
  );
}

interface ResultProps extends Asking {
  readonly treatment: Treatment;
  readonly evaluation: Evaluation | undefined;
  readonly answers: unknown;
}

/**
 * Every sentence a result can hold; those that do not belong to this one are hidden. Without an evaluation all of it
 * is hidden, and the script shows what belongs to the result it found on the device.
 */
function Result({ locale, texts, gates, treatment, evaluation, answers }: ResultProps) {
  const words = checkWords[locale];
  const day = (iso: string) =>
    new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
  const asked = partsFor(treatment, gates).flatMap((part) => part.gates);
  const reasons = (informs: boolean) => (
    <ul className="check-reasons">
      {asked
        .filter((gate) => onlyTells(gate) === informs)
        .map((gate) => {
          const finding = evaluation?.findings.find((f) => f.gate === gate.id);
          const isUnknown = finding?.choice === 'unknown' && !informs;
          return (
            <li key={gate.id} data-reason={gate.id} hidden={finding === undefined}>
              <p className="check-asked">{texts.gates[gate.id].question}</p>
              <p>{texts.gates[gate.id].reason}</p>
              <p data-unknown hidden={!isUnknown}>
                {texts.unknownReason}
              </p>
              <p className="text-note">
                {words.source}: <span lang="en">{gate.source}</span>
              </p>
            </li>
          );
        })}
    </ul>
  );
  const outcome = evaluation?.outcome;
  const informs = (evaluation?.findings ?? []).filter((f) =>
    asked.some((gate) => gate.id === f.gate && onlyTells(gate)),
  ).length;
  const stands = (evaluation?.findings.length ?? 0) - informs;
  const mayBook = outcome !== undefined && bookableKinds(outcome).includes('treatment');
  return (
    <section
      className="check-result stack"
      data-result
      hidden={evaluation === undefined}
      tabIndex={-1}
      aria-labelledby="result"
    >
      <h2 id="result">{words.result}</h2>
      {(['may-book', 'wait-until', 'see-doctor-first', 'not-this-treatment'] as const).map((one) => (
        <div key={one} className="check-outcome" data-outcome={one} hidden={outcome !== one}>
          <h3>{texts.outcomes[one].title}</h3>
          <p>{texts.outcomes[one].body}</p>
          {one === 'wait-until' ? (
            <>
              <p data-until-open hidden={evaluation?.untilDate !== undefined}>
                {words.untilOpen}
              </p>
              <p data-until={words.until('{date}')} hidden={evaluation?.untilDate === undefined}>
                {evaluation?.untilDate === undefined ? '' : words.until(day(evaluation.untilDate))}
              </p>
            </>
          ) : null}
        </div>
      ))}
      <p data-no-reasons hidden={stands > 0}>
        {words.noReasons}
      </p>
      <div className="stack" data-reasons="stands" hidden={stands === 0}>
        <h3>{words.reasons}</h3>
        {reasons(false)}
      </div>
      <p>{words.medicines}</p>
      <p className="row">
        <a
          className="button"
          data-look="strong"
          data-book="treatment"
          href={bookingPath(locale, treatment, 'may-book')}
          hidden={!mayBook}
        >
          {words.bookVisit}
        </a>
        <a
          className="button"
          data-look={mayBook ? undefined : 'strong'}
          href={bookingPath(locale, treatment, 'see-doctor-first')}
        >
          {words.bookConsultation}
        </a>
        <a className="button" data-look="quiet" href={`/${locale}/check?treatment=${treatment}`} data-again>
          {words.startOver}
        </a>
        <button type="button" className="button" data-look="quiet" data-go="change" hidden>
          {words.change}
        </button>
      </p>
      {answers === undefined || outcome === undefined ? null : (
        <form method="post" action={bookingPath(locale, treatment, outcome)} className="check-along">
          <input type="hidden" name="answers" value={JSON.stringify({ treatment, answers })} />
          <label className="tick">
            <input type="checkbox" name="takeAlong" value="yes" required />
            <span>{words.takeAlong}</span>
          </label>
          <p className="field-hint">{words.takeAlongHint}</p>
          <button type="submit" className="button">
            {words.takeAlongGo}
          </button>
        </form>
      )}
      <div className="stack" data-reasons="informs" hidden={informs === 0}>
        <h3>{words.alsoKnow}</h3>
        {reasons(true)}
      </div>
    </section>
  );
}

/** A gate that never stands in the way, whatever the answer. */
function onlyTells(gate: Gate): boolean {
  return gate.unknown.outcome === 'may-book';
}
