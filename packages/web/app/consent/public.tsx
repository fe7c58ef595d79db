import { consentLabels } from '@undertone/clinic/consent/labels.ts';
import { photoUsesFor } from '@undertone/clinic/consent/rules.ts';
import type { QuestionId } from '@undertone/clinic/consent/schema.ts';
import { openConsent, signConsent, withdrawByToken } from '@undertone/clinic/consent/signing.ts';
import { data, redirect } from 'react-router';
import { intlTag } from '../locales/index.ts';
import type { RouteHandle } from '../root.tsx';
import { openByLinkIn, privately } from '../server/by-link.ts';
import { formTexts } from '../server/form.ts';
import '../site/text-page.css';
import { Mark } from '../ui/mark.tsx';
import type { Route } from './+types/public.ts';
import './consent.css';
import { consentPageWords } from './public-words.ts';
import { readSignForm } from './sign-form.ts';
import { SignatureFields } from './signature-fields.tsx';
// oxlint-disable-next-line import/default -- Vite makes the address
import scriptUrl from './signature-script.ts?worker&url';
import { TextOfConsent } from './text-of-consent.tsx';

/** The page is complete without scripts; one small script adds the field to draw in. */
export const handle: RouteHandle = { scripts: false };

/** `/:lang/consent/:token`: the text in the person's language, questions, photographs, signatures. */
export async function loader({ params, context, url }: Route.LoaderArgs) {
  const { locale, clinic, tenant } = await openByLinkIn(params.lang, context);
  const opened = await openConsent(clinic, tenant.id, params.token);
  if (!opened.ok) {
    const gone = { locale, clinicName: tenant.name, reason: opened.reason, consent: null };
    return data(gone, { status: opened.reason === 'link-unknown' ? 404 : 410, headers: privately });
  }
  const { consent } = opened;
  // The text is in one language; the words around it are in the same.
  if (consent.language !== locale)
    throw redirect(`/${consent.language}/consent/${params.token}${url.search}`);
  const moment = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: tenant.zone,
  });
  return data(
    {
      locale,
      clinicName: tenant.name,
      reason: '',
      consent: {
        ...consent,
        token: params.token,
        until: consent.coolingOffUntil === undefined ? '' : moment.format(consent.coolingOffUntil),
        photoUses: photoUsesFor(consent.particulars.isMinor),
      },
    },
    { headers: privately },
  );
}

export function headers({ loaderHeaders, parentHeaders }: Route.HeadersArgs) {
  const all = new Headers(parentHeaders);
  for (const [name, value] of loaderHeaders) all.set(name, value);
  return all;
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const { locale, clinic, tenant } = await openByLinkIn(params.lang, context);
  const form = formTexts(await request.formData());
  const here = `/${locale}/consent/${params.token}`;
  const answer =
    form.do === 'withdraw'
      ? await withdrawByToken(clinic, tenant.id, params.token)
      : await signConsent(clinic, tenant.id, params.token, readSignForm(form));
  if (answer.ok) return redirect(here, 303);
  return data(
    {
      refusal: answer.reason as string,
      field: answer.field ?? '',
      wrong: (answer.wrong ?? []) as readonly QuestionId[],
      given: form,
    },
    { status: answer.reason.startsWith('link') ? 404 : 422, headers: privately },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `${loaderData.consent?.content.title ?? ''} · ${loaderData.clinicName}` },
    { name: 'robots', content: 'noindex' },
  ];
}

export default function ConsentPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, clinicName, consent, reason } = loaderData;
  const words = consentPageWords[locale];
  return (
    <div className="site consent-page">
      <header className="site-head">
        <span className="wordmark">
          <Mark />
          {clinicName}
        </span>
      </header>
      <main className="site-main" id="content">
        {consent === null ? (
          <article className="text-page">
            <header className="text-head">
              <h1>{words.gone}</h1>
              <p className="text-lead">{words.faults[reason] ?? words.faults['link-unknown']}</p>
            </header>
          </article>
        ) : consent.state === 'offered' ? (
          <Offered consent={consent} locale={locale} answer={actionData} />
        ) : (
          <Signed consent={consent} locale={locale} />
        )}
      </main>
    </div>
  );
}

type Consent = NonNullable<Route.ComponentProps['loaderData']['consent']>;
type Locale = Route.ComponentProps['loaderData']['locale'];

function Signed({ consent, locale }: { readonly consent: Consent; readonly locale: Locale }) {
  const words = consentPageWords[locale];
  const isWithdrawn = consent.state === 'withdrawn';
  const here = `/${locale}/consent/${consent.token}`;
  return (
    <article className="text-page">
      <header className="text-head">
        <h1>{isWithdrawn ? words.withdrawn : words.done}</h1>
        <p className="text-lead">{isWithdrawn ? words.withdrawnText : words.doneText(consent.until)}</p>
      </header>
      <p>
        <a className="button" href={`${here}/consent.pdf`}>
          {words.document}
        </a>
      </p>
      {isWithdrawn ? null : (
        <>
          <p>{words.giveBack}</p>
          <details className="consent-withdraw">
            <summary>{words.withdraw}</summary>
            <form method="post" action={here} className="stack">
              <p>{words.withdrawText}</p>
              <div>
                <button type="submit" className="button" data-look="grave" name="do" value="withdraw">
                  {words.withdrawNow}
                </button>
              </div>
            </form>
          </details>
        </>
      )}
    </article>
  );
}

function Offered({
  consent,
  locale,
  answer,
}: {
  readonly consent: Consent;
  readonly locale: Locale;
  readonly answer: Route.ComponentProps['actionData'];
}) {
  const words = consentPageWords[locale];
  const labels = consentLabels[locale];
  const { content, particulars } = consent;
  const given = answer?.given ?? {};
  const wrong = answer?.wrong ?? [];
  return (
    <article className="text-page">
      <header className="text-head">
        <h1>{content.title}</h1>
        <p className="text-lead">{content.lead}</p>
        <p className="text-note">
          {words.for(consent.patientName)} · {labels.explainedBy}: {particulars.explainedBy}
        </p>
        {consent.reviewState === 'unreviewed' ? <p className="text-state">{words.unreviewed}</p> : null}
      </header>
      {answer === undefined ? null : (
        <div className="alert" data-tone="oxide" role="alert" id="answer">
          <div className="alert-title">{words.faults[answer.refusal] ?? words.faults['bad-form']}</div>
        </div>
      )}
      <TextOfConsent content={content} particulars={particulars} labels={labels} />
      <form
        method="post"
        action={`/${locale}/consent/${consent.token}#answer`}
        className="consent-form"
        data-consent-form
        autoComplete="off"
      >
        <section className="stack">
          <h2>{words.understood}</h2>
          <p>{words.understoodText}</p>
          {content.questions.map(({ id, question, options, because }, at) => (
            <fieldset key={id} className="consent-question" aria-describedby={`because-${id}`}>
              <legend>
                {at + 1}. {question}
              </legend>
              {options.map((option) => (
                <label key={option.id} className="consent-option">
                  <input
                    type="radio"
                    name={`answer-${id}`}
                    value={option.id}
                    required
                    defaultChecked={given[`answer-${id}`] === option.id}
                  />
                  <span>{option.text}</span>
                </label>
              ))}
              <p id={`because-${id}`} className={wrong.includes(id) ? 'field-error' : 'visually-hidden'}>
                {wrong.includes(id) ? `${words.again} ${because}` : ''}
              </p>
            </fieldset>
          ))}
        </section>
        <section className="stack">
          <h2>{labels.photos}</h2>
          <p>{content.photos.lead}</p>
          {particulars.isMinor ? <p>{content.photos.minor}</p> : null}
          {consent.photoUses.map((use) => (
            <div key={use} className="consent-photo">
              <label className="consent-option">
                <input
                  type="checkbox"
                  name={`photo-${use}`}
                  value="yes"
                  defaultChecked={given[`photo-${use}`] === 'yes'}
                />
                <span>{content.photos.uses[use]}</span>
              </label>
              <label className="consent-option consent-sub">
                <input
                  type="checkbox"
                  name={`identifiable-${use}`}
                  value="yes"
                  defaultChecked={given[`identifiable-${use}`] === 'yes'}
                />
                <span>
                  {content.photos.identifiable}
                  <span className="visually-hidden"> ({content.photos.uses[use]})</span>
                </span>
              </label>
            </div>
          ))}
        </section>
        <section className="stack">
          <h2>{words.sign}</h2>
          <p>{words.signText}</p>
          <p>
            <strong>{words.coolingOff(content.coolingOffHours)}</strong>
          </p>
          {particulars.parts.map((part) => (
            <SignatureFields
              key={part}
              part={part}
              title={labels.parts[part]}
              declaration={content.declarations[part]}
              name={
                given[`name-${part}`] ??
                (part === 'patient' || part === 'assent'
                  ? consent.patientName
                  : part === 'guardian'
                    ? (particulars.guardian?.name ?? '')
                    : '')
              }
              relation={
                part === 'guardian'
                  ? (given[`relation-${part}`] ?? particulars.guardian?.relation ?? '')
                  : undefined
              }
              method={given[`method-${part}`]}
              strokes={given[`strokes-${part}`] ?? ''}
              fault={answer?.field === `signature.${part}` ? (words.faults[answer.refusal] ?? '') : undefined}
              words={words}
            />
          ))}
          <div className="row">
            <button type="submit" className="button" data-look="strong" name="do" value="sign" data-send>
              {words.send}
            </button>
            <output data-sending hidden>
              {words.sending}
            </output>
          </div>
        </section>
      </form>
      <script type="module" src={scriptUrl} />
    </article>
  );
}
