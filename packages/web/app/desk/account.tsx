import { ownAccount } from '@undertone/clinic/staff/account.ts';
import {
  changePassword,
  listPasskeys,
  listSessions,
  proofFault,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  revokeSession,
} from '@undertone/clinic/staff/commands.ts';
import { passwordLeast } from '@undertone/clinic/staff/rules.ts';
import type { StaffRefusal } from '@undertone/clinic/staff/schema.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, useNavigation } from 'react-router';
import { deskTag, type Locale, localeNames, locales, type Messages, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf } from '../server/guard.ts';
import { localeOf, themeOf } from '../server/preferences.ts';
import { proofStatus, proving } from '../staff/ask-proof.ts';
import { actOnCode, type CodeAnswer } from '../staff/code-acts.ts';
import { Passkeys } from '../staff/passkeys.tsx';
import { ProofPage } from '../staff/proof.tsx';
import { proofWords } from '../staff/proof-words.ts';
import { SecondStep } from '../staff/second-step-card.tsx';
import { staffWords } from '../staff/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert, Badge, Card } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/account.ts';
import { deviceOf } from './device.ts';

export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const [account, sessions, passkeys, tenant] = await Promise.all([
    ownAccount(clinic, actor),
    listSessions(clinic, actor),
    listPasskeys(clinic, actor),
    mainTenant(clinic),
  ]);
  const locale = localeOf(request);
  const when = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    theme: themeOf(request),
    email: account?.email ?? '',
    hasCode: account?.hasCode ?? false,
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      made: when.format(createdAt),
      used: lastUsedAt === null ? null : when.format(lastUsedAt),
    })),
    sessions: sessions.map((session) => ({
      id: session.id,
      device: deviceOf(session.userAgent),
      since: when.format(session.createdAt),
      seen: when.format(session.lastSeenAt),
      address: session.address,
      isThisOne: session.isThisOne,
    })),
  };
}

type ShownSession = Awaited<ReturnType<typeof loader>>['sessions'][number];

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: messagesFor(loaderData?.locale ?? 'en').account.title }];
}

interface Answer extends CodeAnswer {
  readonly ended?: number;
  readonly passwordChanged?: boolean;
  /** She proved who she is on the way to a new passkey, and had named it so. */
  readonly passkeyName?: string;
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const answer = await proving({ request, context }, async (sent): Promise<Answer | 'proof-needed'> => {
    const form = formTexts(sent);
    const onCode = await actOnCode(clinic, actor, form);
    if (onCode !== undefined) return onCode;
    const refused = ({ reason }: StaffRefusal) =>
      reason === 'proof-needed' ? reason : ({ fault: 'other' } as const);
    switch (form.act) {
      case 'end':
      case 'end-others': {
        const done = await revokeSession(
          clinic,
          actor,
          form.act === 'end' ? { id: form.id ?? '' } : 'others',
        );
        return done.ok ? { ended: done.ended } : refused(done);
      }
      case 'add-passkey':
        return (await proofFault(clinic, actor)) === undefined
          ? { passkeyName: (form.name ?? '').slice(0, 100) }
          : 'proof-needed';
      case 'remove-passkey': {
        const removed = await removePasskey(clinic, actor, form.id ?? '');
        return removed.ok ? {} : refused(removed);
      }
      case 'renew-codes': {
        const renewed = await renewRecoveryCodes(clinic, actor);
        return renewed.ok ? { recoveryCodes: renewed.recoveryCodes } : refused(renewed);
      }
      case 'turn-off': {
        const removed = await removeTotp(clinic, actor);
        return removed.ok ? {} : refused(removed);
      }
      case 'change-password': {
        const changed = await changePassword(clinic, actor, form.current ?? '', form.next ?? '');
        if (changed.ok) return { passwordChanged: true };
        return { fault: changed.reason === 'password-wrong' ? 'password' : 'weak' };
      }
      default:
        return { fault: 'other' };
    }
  });
  const headers = { 'Cache-Control': 'no-store' };
  if ('proof' in answer) return data(answer, { status: proofStatus(answer.proof), headers });
  return data(answer, answer.fault ? { status: 422 } : { headers });
}

export default function Account({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, theme, email, hasCode, passkeys, sessions } = loaderData;
  const words = messagesFor(locale);
  if (actionData !== undefined && 'proof' in actionData)
    return <ProofPage locale={locale} asked={actionData.proof} to="/desk/account" />;
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.account.title}</h1>
          <p className="soft">{email}</p>
        </div>
        <ButtonLink to="/desk/emergency">{staffWords[locale].emergency}</ButtonLink>
      </header>
      <div className="stack-l">
        {actionData?.ended ? <Alert tone="verdigris" title={words.account.ended} live /> : null}
        {actionData?.passwordChanged === true ? (
          <Alert tone="verdigris" title={proofWords[locale].passwordChanged} live />
        ) : null}
        <SecondStep words={words} locale={locale} hasCode={hasCode} answer={actionData} />
        <Passkeys locale={locale} passkeys={passkeys} proved={actionData?.passkeyName} />
        <PasswordChange locale={locale} answer={actionData} />
        <Sessions words={words} sessions={sessions} />
        <Appearance words={words} locale={locale} theme={theme} />
      </div>
    </>
  );
}

function PasswordChange({
  locale,
  answer,
}: {
  readonly locale: Locale;
  readonly answer: Answer | undefined;
}) {
  const words = proofWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const { fault } = answer ?? {};
  return (
    <section className="stack measure">
      <h2>{words.changePassword}</h2>
      <Card>
        <Form method="post" className="stack" key={String(answer?.passwordChanged)}>
          <input type="hidden" name="act" value="change-password" />
          <TextField
            label={words.presentPassword}
            name="current"
            type="password"
            autoComplete="current-password"
            isRequired
            error={fault === 'password' ? words.passwordWrong : undefined}
          />
          <TextField
            label={words.newPassword}
            hint={words.newPasswordHint}
            name="next"
            type="password"
            autoComplete="new-password"
            minLength={passwordLeast}
            isRequired
            error={fault === 'weak' ? words.weak : undefined}
          />
          <div>
            <Button type="submit" isDisabled={isBusy}>
              {words.changePassword}
            </Button>
          </div>
        </Form>
      </Card>
    </section>
  );
}

function Sessions({
  words,
  sessions,
}: {
  readonly words: Messages;
  readonly sessions: readonly ShownSession[];
}) {
  return (
    <section className="stack">
      <div className="row-apart">
        <h2>{words.account.sessions}</h2>
        {sessions.length > 1 ? (
          <Form method="post">
            <input type="hidden" name="act" value="end-others" />
            <Button type="submit">{words.account.endOthers}</Button>
          </Form>
        ) : null}
      </div>
      <Table
        caption={words.account.sessions}
        rows={sessions}
        keyOf={(session) => session.id}
        columns={[
          { id: 'device', title: words.account.device, renderCell: (session) => session.device },
          {
            id: 'since',
            title: words.account.started,
            renderCell: (session) => session.since,
          },
          { id: 'seen', title: words.account.seen, renderCell: (session) => session.seen },
          { id: 'address', title: words.account.address, renderCell: (session) => session.address },
          {
            id: 'end',
            title: words.account.end,
            renderCell: (session) =>
              session.isThisOne ? (
                <Badge tone="nil">{words.account.current}</Badge>
              ) : (
                <EndForm words={words} id={session.id} />
              ),
          },
        ]}
      />
    </section>
  );
}

function EndForm({ words, id }: { readonly words: Messages; readonly id: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="act" value="end" />
      <input type="hidden" name="id" value={id} />
      <Button type="submit" look="quiet">
        {words.account.end}
      </Button>
    </Form>
  );
}

function Appearance({
  words,
  locale,
  theme,
}: {
  readonly words: Messages;
  readonly locale: Locale;
  readonly theme: 'light' | 'dark' | undefined;
}) {
  const themes = [
    ['system', words.common.themeSystem],
    ['light', words.common.themeLight],
    ['dark', words.common.themeDark],
  ] as const;
  return (
    <section className="stack">
      <h2>{words.account.appearance}</h2>
      <Form method="post" action="/preferences" className="row">
        <input type="hidden" name="to" value="/desk/account" />
        {themes.map(([id, label]) => (
          <button
            key={id}
            className="button"
            name="theme"
            value={id}
            aria-pressed={(theme ?? 'system') === id}
          >
            {label}
          </button>
        ))}
      </Form>
      <Form method="post" action="/preferences" className="row" reloadDocument>
        <input type="hidden" name="to" value="/desk/account" />
        {locales.map((other) => (
          <button
            key={other}
            className="button"
            name="lang"
            value={other}
            lang={other}
            aria-pressed={other === locale}
          >
            {localeNames[other]}
          </button>
        ))}
      </Form>
    </section>
  );
}
