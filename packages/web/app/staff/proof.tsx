import { proofMinutes } from '@undertone/clinic/staff/rules.ts';
import { useState, useSyncExternalStore } from 'react';
import { Form, useNavigation, useSubmit } from 'react-router';
import { type Locale, messagesFor } from '../locales/index.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert, Card } from '../ui/surfaces.tsx';
import type { ProofAsked } from './ask-proof.ts';
import { type Begun, choosePasskey, isPasskeyPossible, sendStep } from './passkey-browser.ts';
import { proofWords } from './proof-words.ts';
import { staffWords } from './words.ts';

/** What the browser can do does not change while a page is open. */
const never = () => () => undefined;

/** Stands in place of a page whose form needs a proof first, and sends that form on with it. */
export function ProofPage({
  locale,
  asked,
  to,
}: {
  readonly locale: Locale;
  readonly asked: ProofAsked;
  /** Where giving up leads. */
  readonly to: string;
}) {
  const words = proofWords[locale];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead(proofMinutes)}</p>
        </div>
      </header>
      <div className="measure">
        <Card>
          <ProofForm locale={locale} asked={asked} />
          <p>
            <ButtonLink to={to}>{words.cancel}</ButtonLink>
          </p>
        </Card>
      </div>
    </>
  );
}

export function ProofForm({
  locale,
  asked,
  isPasswordEnough = true,
}: {
  readonly locale: Locale;
  readonly asked: ProofAsked;
  /** False where a second step is what is asked for, and a passkey is the only one she has. */
  readonly isPasswordEnough?: boolean;
}) {
  const words = proofWords[locale];
  const { common } = messagesFor(locale);
  const isBusy = useNavigation().state !== 'idle';
  const submit = useSubmit();
  const isPossible = useSyncExternalStore(never, isPasskeyPossible, () => false);
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const { fields, ways, fault, waitMinutes } = asked;

  async function byPasskey() {
    setState('busy');
    if (!(await provePasskey())) return setState('failed');
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    await submit(form, { method: 'post' });
    setState('idle');
  }

  return (
    <div className="stack">
      {waitMinutes === undefined ? null : <Alert tone="oxide" title={words.wait(waitMinutes)} live />}
      {state === 'failed' ? <Alert tone="oxide" title={words.passkeyRefused} live /> : null}
      {isPasswordEnough ? (
        <Form method="post" className="stack">
          {fields.map(([name, value], i) => (
            // oxlint-disable-next-line react/no-array-index-key -- names repeat, and the order never changes
            <input key={i} type="hidden" name={name} value={value} />
          ))}
          <TextField
            label={words.password}
            name="proof-password"
            type="password"
            autoComplete="current-password"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page's only question, just asked
            autoFocus
            isRequired
            error={fault === 'password' ? words.passwordWrong : undefined}
          />
          {ways.hasCode ? (
            <TextField
              label={words.code}
              hint={words.codeHint}
              name="proof-code"
              inputMode="numeric"
              autoComplete="one-time-code"
              isRequired
              error={fault === 'code' ? words.codeWrong : undefined}
            />
          ) : null}
          <div>
            <Button type="submit" look="strong" isPending={isBusy} pendingLabel={common.loading}>
              {words.go}
            </Button>
          </div>
        </Form>
      ) : null}
      {ways.hasPasskey && isPossible ? (
        <div>
          <Button isPending={state === 'busy'} pendingLabel={common.loading} onPress={() => void byPasskey()}>
            {words.byPasskey}
          </Button>
        </div>
      ) : isPasswordEnough ? null : (
        <p>{staffWords[locale].passkeyImpossible}</p>
      )}
    </div>
  );
}

/** Lets the member choose her passkey; whether the server took it as a proof. */
async function provePasskey(): Promise<boolean> {
  type Answer = Begun<PublicKeyCredentialRequestOptionsJSON> & { ok: boolean };
  const path = '/desk/account/proof';
  const begun = await sendStep<Answer>(path, { step: 'begin' });
  if (begun?.ok !== true) return false;
  const response = await choosePasskey(begun);
  if (response === undefined) return false;
  const finish = { step: 'finish', challengeId: begun.challengeId, response };
  return (await sendStep<{ ok: boolean }>(path, finish))?.ok === true;
}
