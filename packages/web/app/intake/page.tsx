import { textOf } from '@undertone/clinic/candidacy/rules.ts';
import { openByLink, proveByLink, submitByLink } from '@undertone/clinic/intake/person.ts';
import { fieldsFor, type IntakeProblem } from '@undertone/clinic/intake/rules.ts';
import type { Asks, Draft } from '@undertone/clinic/intake/schema.ts';
import { gatesAsked } from '@undertone/clinic/screening/protocol.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { data, redirect } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { formTexts } from '../server/form.ts';
import type { Route } from './+types/page.ts';
import { openedFor, privately } from './opened.ts';
import { passCookie } from './pass-cookie.ts';
import { Questions } from './questions.tsx';
// oxlint-disable-next-line import/default -- Vite makes the address
import scriptUrl from './script.ts?worker&url';
import { intakeWords } from './words.ts';
import '../check/check.css';
import './intake.css';

/** `/:lang/intake/:token`: the questions before a visit. The link alone shows nothing that is kept. */
export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const { clinic, tenant, locale, pass } = await openedFor(request, params, context);
  const opened = await openByLink(clinic, tenant.id, params.token, pass);
  const now = clinic.clock.now();
  const page = {
    locale,
    clinicName: tenant.name,
    today: dayIn(tenant?.zone ?? 'UTC', now),
    nowMs: now.getTime(),
    token: params.token,
    ownWords: (await gatesAsked(clinic, tenant.id))?.words[locale],
    asks: null as Asks | null,
    gone: null as keyof (typeof intakeWords)['en']['refusals'] | null,
    form: null as { id: string; treatment: 'scalp' | 'lip' | 'vitiligo'; draft: Draft } | null,
    sent: url.searchParams.get('sent'),
    // Kept on the device to open without a line: the questions, and no answer of anybody.
    isShell: url.searchParams.has('shell'),
  };
  if (opened.ok) {
    const { id, treatment, draft } = opened.form;
    return data(
      { ...page, form: { id, treatment, draft: page.isShell ? {} : draft } },
      { headers: privately },
    );
  }
  if (opened.reason === 'proof-needed')
    return data({ ...page, asks: opened.asks ?? 'nothing' }, { headers: privately });
  const isSent = opened.reason === 'link-closed' && page.sent !== null;
  const status = isSent ? 200 : opened.reason === 'link-unknown' ? 404 : 410;
  return data({ ...page, gone: opened.reason }, { status, headers: privately });
}

export function headers({ loaderHeaders }: Route.HeadersArgs) {
  return loaderHeaders;
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic, tenant, locale, pass, https } = await openedFor(request, params, context);
  const typed = formTexts(await request.formData());
  const here = `/${locale}/intake/${params.token}`;
  if (typed.intent === 'prove') {
    const proved = await proveByLink(clinic, tenant.id, params.token, typed.answer ?? '');
    if (!proved.ok)
      return data({ refused: proved.reason, problems: {}, given: {} as Draft }, { status: 422 });
    return redirect(here, { headers: { 'Set-Cookie': passCookie(proved.formId, proved.pass, https) } });
  }
  const opened = await openByLink(clinic, tenant.id, params.token, pass);
  if (!opened.ok) return redirect(here);
  // A field that was left as it is keeps its time: only what differs is an edit of now.
  const at = clinic.clock.now().getTime();
  const { draft, treatment } = opened.form;
  const given: Draft = Object.fromEntries(
    [...fieldsFor(treatment)]
      .map(
        (name) => [name, { value: (typed[name] ?? '').replaceAll('\r\n', '\n').toWellFormed(), at }] as const,
      )
      .filter(([name, { value }]) => value !== (draft[name]?.value ?? '')),
  );
  const answer = await submitByLink(clinic, tenant.id, params.token, pass, given);
  if (answer.ok) return redirect(`${here}?sent=${answer.formId}`);
  return data({ refused: answer.reason, problems: answer.problems ?? {}, given }, { status: 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `${intakeWords[loaderData.locale].title} · ${loaderData.clinicName}` },
    { name: 'robots', content: 'noindex' },
  ];
}

export default function IntakePage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, today, nowMs, token, ownWords, asks, gone, form, sent, isShell } = loaderData;
  const words = intakeWords[locale];
  const problems: Readonly<Record<string, IntakeProblem>> = actionData?.problems ?? {};
  if (gone !== null) {
    const isSent = gone === 'link-closed' && sent !== null;
    return (
      <article className="text-page intake">
        <header className="text-head" data-intake-sent={isSent ? sent : undefined}>
          <h1>{isSent ? words.sentTitle : words.gone}</h1>
          <p className="text-lead">{isSent ? words.sentText : words.refusals[gone]}</p>
        </header>
        <script type="module" src={scriptUrl} />
      </article>
    );
  }
  return (
    <article className="text-page intake">
      <header className="text-head">
        <h1>{form ? words.title : words.proveTitle}</h1>
        <p className="text-lead">{form ? words.lead : words.proveLead}</p>
        <p className="text-note">{words.privacy}</p>
        {form ? <p className="text-state">{words.unreviewed}</p> : null}
      </header>
      {form ? (
        <>
          <Questions
            {...{ locale, today, problems }}
            // When it was kept says nothing of the time it is opened.
            nowMs={isShell ? null : nowMs}
            form={{ ...form, draft: { ...form.draft, ...actionData?.given } }}
            atClinic={form.draft}
            draftAddress={`/${locale}/intake/${token}/draft`}
            texts={textOf(locale, ownWords)}
          />
          <script type="module" src={scriptUrl} />
        </>
      ) : (
        <Proof locale={locale} asks={asks ?? 'nothing'} refused={actionData?.refused} />
      )}
    </article>
  );
}

function Proof({
  locale,
  asks,
  refused,
}: {
  readonly locale: Locale;
  readonly asks: Asks;
  readonly refused: keyof (typeof intakeWords)['en']['refusals'] | undefined;
}) {
  const words = intakeWords[locale];
  const isPhone = asks === 'phone';
  return (
    <form method="post" className="stack intake-proof" autoComplete="off">
      <div className="field">
        <label className="field-label" htmlFor="answer">
          {isPhone ? words.phoneEnd : words.birthDate}
        </label>
        <input
          className="input"
          id="answer"
          name="answer"
          type={isPhone ? 'text' : 'date'}
          inputMode={isPhone ? 'numeric' : undefined}
          required
          aria-describedby="answer-hint answer-fault"
          aria-invalid={refused === undefined ? undefined : true}
        />
        <p className="field-hint" id="answer-hint">
          {isPhone ? words.phoneEndHint : ''}
        </p>
        <p className="field-error" id="answer-fault" role="alert">
          {refused === undefined ? '' : words.refusals[refused]}
        </p>
      </div>
      <p>
        <button type="submit" className="button" data-look="strong" name="intent" value="prove">
          {words.go}
        </button>
      </p>
    </form>
  );
}
