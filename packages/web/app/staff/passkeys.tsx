import { useState, useSyncExternalStore } from 'react';
import { Form, useRevalidator, useSubmit } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert, Card } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import { type Begun, choosePasskey, isPasskeyPossible, makePasskey, sendStep } from './passkey-browser.ts';
import { proofWords } from './proof-words.ts';
import { staffWords } from './words.ts';

/** What the browser can do does not change while a page is open. */
const never = () => () => undefined;

export interface ShownPasskey {
  readonly id: string;
  readonly name: string;
  readonly made: string;
  readonly used: string | null;
}

/**
 * The member's passkeys: list, one more, take one away. Removing posts `act=remove-passkey` to the page; where adding one
 * needs a proof first, `act=add-passkey` goes with the name, and the page says when it is `proved`.
 */
export function Passkeys({
  locale,
  passkeys,
  proved,
}: {
  readonly locale: Locale;
  readonly passkeys: readonly ShownPasskey[];
  /** The name typed before who she is was asked; undefined when it was not. */
  readonly proved?: string | undefined;
}) {
  const words = staffWords[locale];
  const { revalidate } = useRevalidator();
  const isPossible = useSyncExternalStore(never, isPasskeyPossible, () => true);
  const submit = useSubmit();
  const [state, setState] = useState<'idle' | 'busy' | 'added' | 'failed'>('idle');
  const [name, setName] = useState(proved ?? '');

  async function add(): Promise<boolean | 'proof-needed'> {
    type Answer = Begun<PublicKeyCredentialCreationOptionsJSON> & { ok: boolean; reason?: string };
    const begun = await sendStep<Answer>('/desk/account/passkeys', { step: 'begin' });
    if (begun?.reason === 'proof-needed') return 'proof-needed';
    if (begun?.ok !== true) return false;
    const response = await makePasskey(begun);
    if (response === undefined) return false;
    const done = await sendStep<{ ok: boolean }>('/desk/account/passkeys', {
      step: 'finish',
      challengeId: begun.challengeId,
      response,
      name,
    });
    return done?.ok === true;
  }

  async function press() {
    setState('busy');
    const isAdded = await add();
    if (isAdded === 'proof-needed') return submit({ act: 'add-passkey', name }, { method: 'post' });
    setState(isAdded ? 'added' : 'failed');
    if (isAdded) {
      setName('');
      await revalidate();
    }
  }

  return (
    <section className="stack measure">
      <h2>{words.passkeys}</h2>
      <Card>
        <p>{words.passkeysText}</p>
        {state === 'added' ? <Alert tone="verdigris" title={words.passkeyAdded} live /> : null}
        {state === 'failed' ? <Alert tone="oxide" title={words.passkeyFailed} live /> : null}
        {state === 'idle' && proved !== undefined ? (
          <Alert title={proofWords[locale].passkeyNow} live />
        ) : null}
        {passkeys.length === 0 ? null : (
          <Table
            caption={words.passkeys}
            rows={passkeys}
            keyOf={(passkey) => passkey.id}
            columns={[
              { id: 'name', title: words.passkeyName, renderCell: (passkey) => passkey.name },
              { id: 'made', title: words.made, renderCell: (passkey) => passkey.made },
              { id: 'used', title: words.lastUsed, renderCell: (passkey) => passkey.used ?? words.never },
              {
                id: 'remove',
                title: words.remove,
                renderCell: (passkey) => (
                  <Form method="post">
                    <input type="hidden" name="act" value="remove-passkey" />
                    <input type="hidden" name="id" value={passkey.id} />
                    <Button type="submit" look="quiet" aria-label={`${words.remove}: ${passkey.name}`}>
                      {words.remove}
                    </Button>
                  </Form>
                ),
              },
            ]}
          />
        )}
        {isPossible ? (
          <div className="stack">
            <TextField
              label={words.passkeyName}
              hint={words.passkeyNameHint}
              value={name}
              onChange={setName}
              maxLength={100}
            />
            <div>
              <Button look="strong" isPending={state === 'busy'} onPress={() => void press()}>
                {words.addPasskey}
              </Button>
            </div>
          </div>
        ) : (
          <p className="soft">{words.passkeyImpossible}</p>
        )}
      </Card>
    </section>
  );
}

/** Below the sign-in form: a passkey instead of e-mail, password and code. Absent where the browser has none. */
export function PasskeySignIn({ locale, to }: { readonly locale: Locale; readonly to: string }) {
  const words = staffWords[locale];
  const isPossible = useSyncExternalStore(never, isPasskeyPossible, () => false);
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  if (!isPossible) return null;

  async function enter(): Promise<boolean> {
    type Answer = Begun<PublicKeyCredentialRequestOptionsJSON> & { ok: boolean };
    const begun = await sendStep<Answer>('/sign-in/passkey', { step: 'begin' });
    if (begun?.ok !== true) return false;
    const response = await choosePasskey(begun);
    if (response === undefined) return false;
    const step = { step: 'finish', challengeId: begun.challengeId, response };
    return (await sendStep<{ ok: boolean }>('/sign-in/passkey', step))?.ok === true;
  }

  async function press() {
    setState('busy');
    if (await enter()) location.assign(to);
    else setState('failed');
  }

  return (
    <div className="stack">
      {state === 'failed' ? <Alert tone="oxide" title={words.passkeyRefused} live /> : null}
      <Button wide isPending={state === 'busy'} onPress={() => void press()}>
        {words.enterByPasskey}
      </Button>
    </div>
  );
}
