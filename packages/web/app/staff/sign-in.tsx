import { signIn, signInWithCode } from '@undertone/clinic/staff/commands.ts';
import type { StaffRefusal } from '@undertone/clinic/staff/schema.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, redirect, useNavigation } from 'react-router';
import { messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { localeOf, ownPath } from '../server/preferences.ts';
import { endedTicketCookie, readTicket, sessionCookie, ticketCookie } from '../server/session-cookie.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/sign-in.ts';
import { Door } from './door.tsx';
import { PasskeySignIn } from './passkeys.tsx';

export function loader({ request, context, url }: Route.LoaderArgs) {
  const { actor, waiting } = context.get(askedContext);
  const to = ownPath(url.searchParams.get('to'), '/desk');
  if (actor) throw redirect(to);
  if (waiting) throw redirect(`/second-step?to=${encodeURIComponent(to)}`);
  return {
    locale: localeOf(request),
    to,
    wanted: url.searchParams.has('to'),
    left: url.searchParams.has('out'),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [
    { title: messagesFor(loaderData?.locale ?? 'en').door.signIn },
    { name: 'robots', content: 'noindex' },
  ];
}

type Answer =
  | { readonly step: 'password'; readonly refusal: StaffRefusal; readonly email: string }
  | { readonly step: 'code'; readonly refusal?: StaffRefusal };

export async function action({ request, context, url }: Route.ActionArgs) {
  const { clinic, address, https } = context.get(askedContext);
  const form = formTexts(await request.formData());
  const from = { address, userAgent: request.headers.get('User-Agent') ?? '' };
  const to = ownPath(url.searchParams.get('to'), '/desk');
  const ticket = readTicket(request.headers.get('Cookie'), https);
  const isCode = form.step === 'code' && ticket !== undefined;
  const tenant = await mainTenant(clinic);
  // Before `undertone tenant add` there is nobody who could sign in.
  if (!tenant) throw new Response('There is no clinic here yet', { status: 404 });
  const answer = isCode
    ? await signInWithCode(clinic, ticket, form.code ?? '', from)
    : await signIn(clinic, tenant.id, { email: form.email ?? '', password: form.password ?? '' }, from);
  if (!answer.ok) {
    const back: Answer =
      isCode && answer.reason === 'code-refused'
        ? { step: 'code', refusal: answer }
        : { step: 'password', refusal: answer, email: form.email ?? '' };
    return data(back, { status: answer.reason === 'too-many-attempts' ? 429 : 422 });
  }
  if (answer.next === 'code') {
    const ask: Answer = { step: 'code' };
    return data(ask, { headers: { 'Set-Cookie': ticketCookie(answer.ticket, https) } });
  }
  const headers = new Headers();
  headers.append('Set-Cookie', sessionCookie(answer.session.token, https));
  headers.append('Set-Cookie', endedTicketCookie(https));
  return redirect(to, { headers });
}

export default function SignIn({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, to, wanted, left } = loaderData;
  const words = messagesFor(locale);
  const isBusy = useNavigation().state !== 'idle';
  const refusal = actionData?.refusal;
  const step = actionData?.step ?? 'password';
  const fault =
    refusal &&
    (refusal.retryAfterSeconds === undefined
      ? words.door.wrong
      : words.door.wait(Math.ceil(refusal.retryAfterSeconds / 60)));
  return (
    <Door locale={locale} words={words}>
      <div className="stack-s">
        <h1>{words.door.signIn}</h1>
        <p className="soft">{words.door.signInLead}</p>
      </div>
      {fault === undefined ? null : <Alert tone="oxide" title={fault} live />}
      {fault === undefined && step === 'code' ? (
        <Alert tone="nil" title={words.door.codeNeeded} live />
      ) : null}
      {actionData === undefined && left ? <Alert title={words.door.signedOut} live /> : null}
      {actionData === undefined && wanted && !left ? <Alert title={words.door.foreign} /> : null}
      <Form method="post" action={`/sign-in?to=${encodeURIComponent(to)}`} className="stack" key={step}>
        <input type="hidden" name="step" value={step} />
        {step === 'password' ? (
          <>
            <TextField
              label={words.door.email}
              name="email"
              type="email"
              autoComplete="username"
              isRequired
              {...(actionData?.step === 'password' && { defaultValue: actionData.email })}
            />
            <TextField
              label={words.door.password}
              name="password"
              type="password"
              autoComplete="current-password"
              isRequired
            />
          </>
        ) : (
          <TextField
            label={words.door.code}
            hint={words.door.codeHint}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page's only question, just asked
            autoFocus
            isRequired
          />
        )}
        <Button type="submit" look="strong" wide isPending={isBusy} pendingLabel={words.common.loading}>
          {words.door.go}
        </Button>
      </Form>
      {step === 'password' ? <PasskeySignIn locale={locale} to={to} /> : null}
    </Door>
  );
}
