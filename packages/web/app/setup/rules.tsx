import { changePolicy, readWholeSetup } from '@undertone/clinic/booking/commands.ts';
import { changeMessageSettings, readMessageSettings } from '@undertone/clinic/notify/commands.ts';
import { languages } from '@undertone/clinic/tenant/schema.ts';
import { Form, useNavigation } from 'react-router';
import { localeNames } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import type { Route } from './+types/rules.ts';
import {
  type Answer,
  answerOf,
  clockOf,
  clockText,
  formOf,
  textOf,
  typedOf,
  wholeOf,
  wholesOf,
} from './answer.ts';
import { Input, Notice } from './parts.tsx';
import './setup.css';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup/rules`: moving and cancelling, quiet hours, reminders, the adapter for SMS and WhatsApp. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const setup = await readWholeSetup(clinic, actor);
  const messages = await readMessageSettings(clinic, actor);
  if (!setup.ok || !messages.ok) throw new Response('This page is not open to your role', { status: 403 });
  return {
    locale: localeOf(request),
    policy: setup.policy,
    messages: {
      from: clockText(messages.quiet.fromMin),
      to: clockText(messages.quiet.toMin),
      reminders: messages.reminderHours.join(', '),
      webhookUrl: messages.webhookUrl ?? '',
      hasSecret: messages.hasSecret,
    },
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const typed = typedOf(await request.formData());
  const intent = textOf(typed, 'intent');
  if (intent === 'messages') {
    const webhookSecret = textOf(typed, 'webhookSecret');
    const saved = await changeMessageSettings(clinic, actor, {
      quiet: {
        fromMin: clockOf(textOf(typed, 'quiet.fromMin')),
        toMin: clockOf(textOf(typed, 'quiet.toMin')),
      },
      reminderHours: wholesOf(textOf(typed, 'reminderHours')),
      webhookUrl: textOf(typed, 'webhookUrl') || null,
      ...(webhookSecret !== '' && { webhookSecret }),
    });
    // A secret does not travel back to the page.
    return answerOf(intent, saved, { ...typed, webhookSecret: [''] });
  }
  const whole = (name: string) => wholeOf(textOf(typed, name));
  const saved = await changePolicy(clinic, actor, {
    freeCancelHours: whole('freeCancelHours'),
    moveUntilHours: whole('moveUntilHours'),
    maxMoves: whole('maxMoves'),
    holdMinutes: whole('holdMinutes'),
    offerMinutes: whole('offerMinutes'),
    texts: Object.fromEntries(
      languages.flatMap((one) => {
        const text = textOf(typed, `texts.${one}`);
        return text === '' ? [] : [[one, text]];
      }),
    ),
  });
  return answerOf('policy', saved, typed);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: setupWords[loaderData?.locale ?? 'en'].rules }];
}

export default function RulesPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, policy, messages } = loaderData;
  const words = setupWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const answer: Answer | undefined = actionData;
  const ofPolicy = formOf(answer, 'policy', locale);
  const ofMessages = formOf(answer, 'messages', locale);
  const numbers = [
    ['freeCancelHours', words.freeCancel],
    ['moveUntilHours', words.moveUntil],
    ['maxMoves', words.maxMoves],
    ['holdMinutes', words.hold],
    ['offerMinutes', words.offer],
  ] as const;
  return (
    <>
      <header className="desk-head">
        <h1>{words.rules}</h1>
        <ButtonLink to="/desk/setup">{words.back}</ButtonLink>
      </header>
      <div className="stack-l">
        <Notice answer={answer} locale={locale} />
        <section className="stack">
          <h2>{words.policy}</h2>
          <Form method="post" className="setup-form">
            <input type="hidden" name="intent" value="policy" />
            <div className="setup-row">
              {numbers.map(([id, label]) => (
                <Input
                  key={id}
                  id={id}
                  label={label}
                  value={ofPolicy.value(id, policy[id])}
                  error={ofPolicy.error(id)}
                  inputMode="numeric"
                />
              ))}
            </div>
            {languages.map((one) => (
              <Input
                key={one}
                id={`texts.${one}`}
                lang={one}
                lines={3}
                label={words.policyText(localeNames[one])}
                value={ofPolicy.value(`texts.${one}`, policy.texts[one] ?? '')}
                error={ofPolicy.error(`texts.${one}`)}
                optional={words.optional}
              />
            ))}
            <p>
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.save}
              </Button>
            </p>
          </Form>
        </section>
        <section className="stack">
          <h2>{words.messages}</h2>
          <Form method="post" className="setup-form">
            <input type="hidden" name="intent" value="messages" />
            <div className="setup-row">
              <Input
                id="quiet.fromMin"
                type="time"
                label={words.quietFrom}
                value={ofMessages.value('quiet.fromMin', messages.from)}
                error={ofMessages.error('quiet.fromMin')}
              />
              <Input
                id="quiet.toMin"
                type="time"
                label={words.quietTo}
                value={ofMessages.value('quiet.toMin', messages.to)}
                error={ofMessages.error('quiet.toMin')}
              />
            </div>
            <p className="field-hint">{words.quietHint}</p>
            <Input
              id="reminderHours"
              label={words.reminders}
              value={ofMessages.value('reminderHours', messages.reminders)}
              error={ofMessages.error('reminderHours')}
              hint={words.remindersHint}
            />
            <fieldset>
              <legend>{words.adapter}</legend>
              <p className="soft measure">{words.adapterText}</p>
              <div className="setup-row">
                <Input
                  id="webhookUrl"
                  type="url"
                  label={words.adapterUrl}
                  value={ofMessages.value('webhookUrl', messages.webhookUrl)}
                  error={ofMessages.error('webhookUrl')}
                  optional={words.optional}
                />
                <Input
                  id="webhookSecret"
                  type="password"
                  label={words.adapterSecret}
                  value=""
                  error={ofMessages.error('webhookSecret')}
                  hint={messages.hasSecret ? words.secretKept : undefined}
                  optional={words.optional}
                />
              </div>
            </fieldset>
            <p>
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.save}
              </Button>
            </p>
          </Form>
        </section>
      </div>
    </>
  );
}
