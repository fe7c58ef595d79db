import { countAttempt, rateRules } from '@undertone/clinic/booking/commands.ts';
import { answerCheckIn, openCheckIn } from '@undertone/clinic/followup/commands.ts';
import type { LocalNumbers } from '@undertone/clinic/followup/local-numbers.ts';
import type { Urgency } from '@undertone/clinic/followup/red-flags.ts';
import { type Instruction, instructionsFor } from '@undertone/clinic/followup/texts/index.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, redirect } from 'react-router';
import { isLocale, type Locale, localeNames, locales } from '../locales/index.ts';
import type { RouteHandle } from '../root.tsx';
import { askedContext } from '../server/context.ts';
import { Mark } from '../ui/mark.tsx';
import type { Route } from './+types/checkin.ts';
import { faultsOf, nothingGiven, readAnswers } from './check-in-form.ts';
import { type CheckInWords, checkInWords } from './checkin-words.ts';
import './checkin.css';
// oxlint-disable-next-line import/default -- Vite makes the address
import scriptUrl from './checkin-script.ts?worker&url';
import { Questions } from './questions.tsx';

/** A phone on a slow network: the page is complete without scripts. Its own small one keeps what is given if the line drops. */
export const handle: RouteHandle = { scripts: false };

/** The address is a key: it goes to no other site and stays in no shared cache. */
const privately = { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'same-origin' };

export function headers({ loaderHeaders, actionHeaders }: Route.HeadersArgs) {
  return actionHeaders && [...actionHeaders].length > 0 ? actionHeaders : loaderHeaders;
}

/** `/:lang/checkin/:token`: the questions, and after an answer what to do. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { locale, clinic, tenant } = await openFor(params, context);
  const found = await openCheckIn(clinic, tenant.id, params.token);
  const shell = { locale, token: params.token, clinicName: tenant.name };
  if (!found.ok) {
    const status = found.reason === 'link-expired' ? 410 : 404;
    return data({ ...shell, page: null }, { status, headers: privately });
  }
  const { page } = found;
  const { given } = page;
  return data(
    {
      ...shell,
      clinicName: page.clinicName,
      page: {
        protocolDay: page.protocolDay,
        clinicPhone: page.clinicPhone,
        numbers: page.numbers,
        answered:
          given === undefined
            ? null
            : {
                urgency: given.urgency,
                isCrisis: given.matched.some(({ id }) => id === 'R18'),
                instructions: instructionsFor(given, locale, page.numbers),
              },
      },
    },
    { headers: privately },
  );
}

async function openFor(params: Route.LoaderArgs['params'], context: Route.LoaderArgs['context']) {
  const { clinic, address } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (!isLocale(params.lang) || tenant === undefined) {
    throw new Response('There is no page here', { status: 404 });
  }
  const counted = await countAttempt(clinic, clinic.db, tenant.id, rateRules.linkPerAddress, address);
  if (!counted.ok) {
    throw new Response('Too many requests', {
      status: 429,
      headers: { 'Retry-After': String(counted.retryAfterSeconds) },
    });
  }
  return { locale: params.lang, clinic, tenant };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const { locale, clinic, tenant } = await openFor(params, context);
  const form = await request.formData();
  const given = readAnswers(form);
  const faults = faultsOf(given);
  const file = form.get('photo');
  const hasPhoto = file instanceof File && file.size > 0;
  const refuse = (photo: 'again' | 'refused' | null) =>
    data({ given, faults, photo }, { status: 422, headers: privately });
  if (faults.course || faults.signs) return refuse(hasPhoto ? 'again' : null);
  const photo = hasPhoto ? new Uint8Array(await file.arrayBuffer()) : undefined;
  const answer = await answerCheckIn(clinic, tenant.id, params.token, given, photo);
  if (answer.ok) return redirect(`/${locale}/checkin/${params.token}`, 303);
  if (answer.reason === 'photo-refused') return refuse('refused');
  if (answer.reason === 'bad-form') return refuse(null);
  throw new Response(answer.message, { status: 404 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `${checkInWords[loaderData.locale].title} · ${loaderData.clinicName}` },
    { name: 'robots', content: 'noindex' },
  ];
}

export default function CheckInPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, token, clinicName, page } = loaderData;
  const words = checkInWords[locale];
  return (
    <div className="checkin">
      <header className="checkin-head">
        <span className="wordmark">
          <Mark />
          {clinicName}
        </span>
        <nav aria-label={words.language}>
          <ul className="language-list">
            {locales.map((other) => (
              <li key={other}>
                <a
                  href={`/${other}/checkin/${token}`}
                  lang={other}
                  hrefLang={other}
                  aria-current={other === locale ? 'true' : undefined}
                >
                  {localeNames[other]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main className="checkin-main">
        {page === null ? (
          <>
            <h1>{words.gone}</h1>
            <p>{words.goneText}</p>
          </>
        ) : (
          <Open locale={locale} token={token} page={page} actionData={actionData} />
        )}
      </main>
    </div>
  );
}

type Page = NonNullable<Route.ComponentProps['loaderData']['page']>;

function Open({
  locale,
  token,
  page,
  actionData,
}: {
  readonly locale: Locale;
  readonly token: string;
  readonly page: Page;
  readonly actionData: Route.ComponentProps['actionData'];
}) {
  const words = checkInWords[locale];
  const { answered } = page;
  const form = (
    <form
      className="checkin-form"
      method="post"
      action={`/${locale}/checkin/${token}`}
      encType="multipart/form-data"
      data-checkin={token}
      data-state={actionData !== undefined ? 'refused' : answered === null ? 'open' : 'answered'}
    >
      {actionData === undefined ? null : (
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page came back because of it
        <div className="alert" data-tone="oxide" role="alert" tabIndex={-1} autoFocus>
          <div className="alert-title">
            {actionData.photo === 'refused' ? words.photoRefused : words.faults}
          </div>
          {actionData.photo === 'again' ? <div>{words.photoAgain}</div> : null}
        </div>
      )}
      <Questions
        locale={locale}
        given={actionData?.given ?? nothingGiven}
        faults={actionData?.faults ?? { course: false, signs: false }}
      />
      <div className="field">
        <label className="field-label" htmlFor="photo">
          {words.photo} <span className="field-optional">· {words.optional}</span>
        </label>
        <input
          className="input"
          id="photo"
          name="photo"
          type="file"
          accept="image/*"
          aria-describedby="photo-hint"
        />
        <p className="field-hint" id="photo-hint">
          {words.photoHint}
        </p>
      </div>
      <div className="alert" data-tone="oxide" role="alert" tabIndex={-1} data-lost hidden>
        <div className="alert-title">{words.notSent}</div>
        {page.clinicPhone === null ? null : <CallClinic words={words} phone={page.clinicPhone} />}
      </div>
      <button type="submit" className="button button-wide" data-look="strong" data-send>
        {words.send}
      </button>
      <output>
        <span className="soft" data-sending hidden>
          {words.sending}
        </span>
      </output>
      <script type="module" src={scriptUrl} />
    </form>
  );
  if (answered === null || actionData !== undefined) {
    return (
      <>
        <h1>{words.title}</h1>
        <p className="soft">
          {words.days[page.protocolDay]}. {words.lead}
        </p>
        <div className="checkin-first">
          <p>{words.emergencyFirst}</p>
          <Numbers locale={locale} numbers={page.numbers} />
        </div>
        {form}
        <p className="small soft">{words.unreviewed}</p>
      </>
    );
  }
  return (
    <>
      <WhatToDo locale={locale} answered={answered} page={page} />
      <details className="checkin-again">
        <summary>{words.again}</summary>
        {form}
      </details>
    </>
  );
}

/** What to do, before anything else on the page. */
function WhatToDo({
  locale,
  answered,
  page,
}: {
  readonly locale: Locale;
  readonly answered: {
    readonly urgency: Urgency;
    readonly isCrisis: boolean;
    readonly instructions: readonly Instruction[];
  };
  readonly page: Page;
}) {
  const words = checkInWords[locale];
  const { urgency, isCrisis, instructions } = answered;
  const phone = page.clinicPhone;
  return (
    <section className="checkin-do" data-urgency={urgency} aria-labelledby="what-to-do">
      <h1 id="what-to-do">{words.headings[urgency]}</h1>
      <p className="checkin-instruction">{instructions[0]?.text}</p>
      {urgency === 'EMERG' ? <Numbers locale={locale} numbers={page.numbers} isCrisis={isCrisis} /> : null}
      {instructions.slice(1).map(({ id, text }) => (
        <p key={id} className="checkin-instruction">
          {text}
        </p>
      ))}
      {phone === null || urgency === 'SELF' ? null : <CallClinic words={words} phone={phone} />}
      <p className="small">{words.received}</p>
      <p className="small soft">{words.unreviewed}</p>
    </section>
  );
}

function CallClinic({ words, phone }: { readonly words: CheckInWords; readonly phone: string }) {
  return (
    <p>
      <a className="button button-wide" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
        {words.callClinic} · {phone}
      </a>
    </p>
  );
}

function Numbers({
  locale,
  numbers,
  isCrisis = false,
}: {
  readonly locale: Locale;
  readonly numbers: LocalNumbers;
  readonly isCrisis?: boolean;
}) {
  const words = checkInWords[locale];
  const crisis = {
    label: `${numbers.crisis.name} ${numbers.crisis.number}`.trim(),
    number: numbers.crisis.number,
  };
  const all = [
    ...(isCrisis ? [crisis] : []),
    ...numbers.emergency.map((number) => ({ label: number, number })),
  ];
  return (
    <p className="checkin-numbers">
      {all.map(({ label, number }) => (
        <a key={number} className="button" data-look="grave" href={`tel:${number}`}>
          {words.call(label)}
        </a>
      ))}
    </p>
  );
}
