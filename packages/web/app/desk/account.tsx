import { ownAccount } from '@undertone/clinic/staff/account.ts';
import {
  beginTotp,
  confirmTotp,
  listPasskeys,
  listSessions,
  removePasskey,
  removeTotp,
  revokeSession,
} from '@undertone/clinic/staff/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, useNavigation } from 'react-router';
import { intlTag, type Locale, localeNames, locales, type Messages, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf } from '../server/guard.ts';
import { localeOf, themeOf } from '../server/preferences.ts';
import { qrPicture } from '../server/qr.ts';
import { Passkeys } from '../staff/passkeys.tsx';
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
  const when = new Intl.DateTimeFormat(intlTag(locale), {
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

interface Answer {
  /** A second step about to be turned on: shown once, in force after its first right code. */
  readonly setUp?: { readonly secret: string; readonly picture: string };
  readonly recoveryCodes?: readonly string[];
  readonly ended?: number;
  readonly fault?: 'code' | 'password' | 'other';
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const answer = await act();
  return data(answer, answer.fault ? { status: 422 } : {});

  async function act(): Promise<Answer> {
    switch (form.act) {
      case 'end':
        return { ended: await revokeSession(clinic, actor, { id: form.id ?? '' }) };
      case 'end-others':
        return { ended: await revokeSession(clinic, actor, 'others') };
      case 'remove-passkey':
        return (await removePasskey(clinic, actor, form.id ?? '')) ? {} : { fault: 'other' };
      case 'set-up': {
        const begun = await beginTotp(clinic, actor);
        return begun.ok
          ? { setUp: { secret: begun.secret, picture: qrPicture(begun.uri) } }
          : { fault: 'other' };
      }
      case 'turn-on': {
        const confirmed = await confirmTotp(clinic, actor, form.code ?? '');
        if (confirmed.ok) return { recoveryCodes: confirmed.recoveryCodes };
        const secret = form.secret ?? '';
        return { fault: 'code', setUp: { secret, picture: form.picture ?? '' } };
      }
      case 'turn-off': {
        const removed = await removeTotp(clinic, actor, form.password ?? '');
        return removed.ok ? {} : { fault: 'password' };
      }
      default:
        return { fault: 'other' };
    }
  }
}

export default function Account({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, theme, email, hasCode, passkeys, sessions } = loaderData;
  const words = messagesFor(locale);
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
        <SecondStep words={words} hasCode={hasCode} answer={actionData} />
        <Passkeys locale={locale} passkeys={passkeys} />
        <Sessions words={words} sessions={sessions} />
        <Appearance words={words} locale={locale} theme={theme} />
      </div>
    </>
  );
}

function SecondStep({
  words,
  hasCode,
  answer,
}: {
  readonly words: Messages;
  readonly hasCode: boolean;
  readonly answer: Answer | undefined;
}) {
  const isBusy = useNavigation().state !== 'idle';
  const { setUp, recoveryCodes, fault } = answer ?? {};
  return (
    <section className="stack measure">
      <h2>{words.account.second}</h2>
      <Card>
        <p>
          <Badge tone={hasCode ? 'verdigris' : 'ochre'}>
            {hasCode ? words.account.secondOn : words.account.secondOff}
          </Badge>
        </p>
        {recoveryCodes ? (
          <div className="stack">
            <h3>{words.account.recovery}</h3>
            <p>{words.account.recoveryText}</p>
            <ul className="codes">
              {recoveryCodes.map((code) => (
                <li key={code}>
                  <code>{code}</code>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        {hasCode ? (
          <Form method="post" className="stack">
            <input type="hidden" name="act" value="turn-off" />
            <TextField
              label={words.account.ownPassword}
              hint={words.account.secondStopHint}
              name="password"
              type="password"
              autoComplete="current-password"
              isRequired
              error={fault === 'password' ? words.fields.passwordWrong : undefined}
            />
            <div>
              <Button type="submit" look="grave" isPending={isBusy} pendingLabel={words.common.loading}>
                {words.account.secondStop}
              </Button>
            </div>
          </Form>
        ) : setUp ? (
          <Form method="post" className="stack">
            <input type="hidden" name="act" value="turn-on" />
            <input type="hidden" name="secret" value={setUp.secret} />
            <input type="hidden" name="picture" value={setUp.picture} />
            <p>{words.account.secondScan}</p>
            <img
              className="qr"
              src={setUp.picture}
              alt={words.account.secondPicture}
              width="220"
              height="220"
            />
            <p className="small">
              {words.account.secondKey}: <code>{setUp.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
            </p>
            <TextField
              label={words.account.secondCode}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              isRequired
              error={fault === 'code' ? words.account.secondWrong : undefined}
            />
            <div>
              <Button type="submit" look="strong" isPending={isBusy} pendingLabel={words.common.loading}>
                {words.account.secondConfirm}
              </Button>
            </div>
          </Form>
        ) : (
          <Form method="post">
            <input type="hidden" name="act" value="set-up" />
            <Button type="submit" look="strong" isPending={isBusy} pendingLabel={words.common.loading}>
              {words.account.secondStart}
            </Button>
          </Form>
        )}
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
      <Form method="post" action="/preferences" className="row">
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
