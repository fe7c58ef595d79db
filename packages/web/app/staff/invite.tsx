import { acceptInvite, readInvite } from '@undertone/clinic/staff/commands.ts';
import { passwordLeast } from '@undertone/clinic/staff/rules.ts';
import type { StaffRefusal } from '@undertone/clinic/staff/schema.ts';
import { useState } from 'react';
import { data, Form, redirect, useNavigation } from 'react-router';
import { type Messages, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { localeOf } from '../server/preferences.ts';
import { sessionCookie } from '../server/session-cookie.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/invite.ts';
import { Door } from './door.tsx';
import { strengthOf } from './strength.ts';

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const invite = await readInvite(clinic, params.token);
  // The address is a secret: no other site may learn it. (`no-referrer` would also blank the Origin of our forms.)
  const headers = { 'Referrer-Policy': 'same-origin', 'Cache-Control': 'private, no-store' };
  if (!invite.ok) return data({ locale, invite: undefined }, { status: 410, headers });
  return data({ locale, invite: { role: invite.role, member: invite.member } }, { headers });
}

export function headers({ loaderHeaders }: Route.HeadersArgs) {
  return loaderHeaders;
}

export function meta({ loaderData }: Route.MetaArgs) {
  const words = messagesFor(loaderData?.locale ?? 'en').invite;
  return [{ title: loaderData?.invite ? words.title : words.gone }, { name: 'robots', content: 'noindex' }];
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const { clinic, address, https } = context.get(askedContext);
  const form = formTexts(await request.formData());
  const from = { address, userAgent: request.headers.get('User-Agent') ?? '' };
  const given = { name: form.name ?? '', email: form.email ?? '' };
  const answer = await acceptInvite(clinic, params.token, { ...given, password: form.password ?? '' }, from);
  if (!answer.ok) return data({ refusal: answer, given }, { status: 422 });
  if (!answer.session) return redirect('/sign-in');
  return redirect('/desk', { headers: { 'Set-Cookie': sessionCookie(answer.session.token, https) } });
}

/** The sentence under a field that was refused. */
function faultOf(
  words: Messages['fields'],
  refusal: StaffRefusal | undefined,
  field: string,
): string | undefined {
  if (refusal?.field !== field) return undefined;
  const known: Partial<Record<string, string>> = {
    'email-taken': words.emailTaken,
    'password-weak': words.passwordWeak,
    'bad-form': field === 'email' ? words.email : words.needed,
  };
  return known[refusal.reason] ?? words.refused;
}

export default function Invite({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, invite } = loaderData;
  const all = messagesFor(locale);
  const words = all.invite;
  const isBusy = useNavigation().state !== 'idle';
  const [password, setPassword] = useState('');
  if (!invite) {
    return (
      <Door locale={locale} words={all}>
        <h1>{words.gone}</h1>
        <p>{words.goneText}</p>
        <p>
          <ButtonLink to="/sign-in">{all.door.signIn}</ButtonLink>
        </p>
      </Door>
    );
  }
  const { refusal, given } = actionData ?? {};
  const fault = (field: string) => faultOf(all.fields, refusal, field);
  return (
    <Door locale={locale} words={all}>
      <div className="stack-s">
        <h1>{invite.member ? words.newPassword : invite.role === 'owner' ? words.title : words.join}</h1>
        <p className="soft">
          {invite.member
            ? invite.member.email
            : invite.role === 'owner'
              ? words.lead
              : all.roles[invite.role]}
        </p>
      </div>
      {refusal && refusal.field === undefined ? <Alert tone="oxide" title={all.fields.refused} live /> : null}
      <Form method="post" className="stack">
        {invite.member ? null : (
          <>
            <TextField
              label={words.name}
              hint={words.nameHint}
              name="name"
              autoComplete="name"
              isRequired
              error={fault('name')}
              defaultValue={given?.name ?? ''}
            />
            <TextField
              label={all.door.email}
              hint={words.emailHint}
              name="email"
              type="email"
              autoComplete="username"
              isRequired
              error={fault('email')}
              defaultValue={given?.email ?? ''}
            />
          </>
        )}
        <TextField
          label={words.password}
          hint={words.passwordHint}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={passwordLeast}
          isRequired
          error={fault('password')}
          value={password}
          onChange={setPassword}
        />
        <Strength words={words} password={password} />
        <Button type="submit" look="strong" wide isPending={isBusy} pendingLabel={all.common.loading}>
          {words.create}
        </Button>
      </Form>
    </Door>
  );
}

/** A hint while typing; the rule itself is the server's. */
function Strength({ words, password }: { readonly words: Messages['invite']; readonly password: string }) {
  const { level, missing } = strengthOf(password);
  const text = {
    empty: '',
    short: words.strengthShort(missing),
    weak: words.strengthWeak,
    fair: words.strengthFair,
    good: words.strengthGood,
  }[level];
  return (
    <output className="strength" data-level={level} aria-live="polite">
      <span className="strength-dots" aria-hidden="true" />
      <span className="small soft">{text}</span>
    </output>
  );
}
