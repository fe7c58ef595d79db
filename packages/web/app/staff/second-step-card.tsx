import { Form, useNavigation } from 'react-router';
import type { Locale, Messages } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert, Card } from '../ui/surfaces.tsx';
import type { CodeAnswer } from './code-acts.ts';
import { proofWords } from './proof-words.ts';

/** The code as a second step: set up with a picture, confirmed with six digits, taken off; recovery codes, shown once. */
export function SecondStep({
  words,
  locale,
  hasCode,
  answer,
  isOnTheWay = false,
}: {
  readonly words: Messages;
  readonly hasCode: boolean;
  readonly locale: Locale;
  readonly answer: CodeAnswer | undefined;
  /** Before the desk opens there is only the setting up. */
  readonly isOnTheWay?: boolean;
}) {
  const isBusy = useNavigation().state !== 'idle';
  const { setUp, recoveryCodes, fault } = answer ?? {};
  return (
    <section className="stack measure">
      <h2>{words.account.second}</h2>
      <Card>
        <Alert
          tone={hasCode ? 'verdigris' : 'ochre'}
          title={hasCode ? words.account.secondOn : words.account.secondOff}
        />
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
        {hasCode && isOnTheWay ? null : hasCode ? (
          <div className="row">
            <Form method="post">
              <input type="hidden" name="act" value="renew-codes" />
              <Button type="submit" isDisabled={isBusy}>
                {proofWords[locale].renew}
              </Button>
            </Form>
            <Form method="post">
              <input type="hidden" name="act" value="turn-off" />
              <Button type="submit" look="grave" isDisabled={isBusy}>
                {words.account.secondStop}
              </Button>
            </Form>
          </div>
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
