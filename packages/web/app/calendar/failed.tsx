import type { FailureKind } from '@undertone/clinic/notify/rules.ts';
import type { Channel, Template } from '@undertone/clinic/notify/schema.ts';
import { useState } from 'react';
import { Form, useNavigation } from 'react-router';
import { inDigitsOf, type Locale } from '../locales/index.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { failedWords } from './failed-words.ts';
import type { InboxAnswer } from './opt-in-answer.ts';
import { Reach } from './reach.tsx';
import { calendarWords } from './words.ts';

export interface FailedMessage {
  readonly id: string;
  readonly channel: Channel;
  readonly recipient: string;
  readonly template: Template;
  readonly kind: FailureKind;
  readonly lastError: string | null;
  readonly attempts: number;
  /** When it was last tried, in words. */
  readonly at: string;
  readonly name: string | null;
  /** The visit's time, in the person's language. */
  readonly when: string | null;
  readonly language: string;
  readonly phone: string | null;
  readonly chat: string | null;
  /** The visit's day in the calendar. */
  readonly day: string | null;
}

/** One message that did not arrive: why, what to do, and the forms to do it. */
export function Failed({
  locale,
  message,
  mayWrite,
  answer,
}: {
  readonly locale: Locale;
  readonly message: FailedMessage;
  readonly mayWrite: boolean;
  readonly answer: InboxAnswer | undefined;
}) {
  const words = failedWords[locale];
  const calendar = calendarWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const refused = answer?.ok === false && answer.correct?.id === message.id ? answer.correct : undefined;
  const isWrongAddress = message.kind === 'address-refused' || message.kind === 'adapter-refused';
  // The page is fetched again whenever bookings change: what the person opened stays open.
  const [isOpen, setIsOpen] = useState(isWrongAddress);
  const of = message.name ?? message.recipient;
  const field = `correct-${message.id}`;
  return (
    <li className="inbox-entry" data-message={message.kind}>
      <div className="stack-s">
        <h3 className="inbox-name">
          {calendar.templates[message.template]}
          {message.name === null ? null : <span className="soft"> {message.name}</span>}
        </h3>
        {message.when === null ? null : <p lang={message.language}>{message.when}</p>}
        <p>{words.kinds[message.kind]}</p>
        <p className="small soft">
          {[
            words.to(message.recipient),
            message.at,
            inDigitsOf(locale, calendar.attempts(message.attempts)),
          ].join(' · ')}
        </p>
        {message.lastError === null ? null : (
          <details className="small">
            <summary>{words.technical}</summary>
            <code lang="en">{message.lastError}</code>
          </details>
        )}
        {mayWrite ? (
          <details
            className="inbox-correct"
            open={isOpen || refused !== undefined}
            onToggle={(event) => setIsOpen(event.currentTarget.open)}
          >
            <summary>{words.correct}</summary>
            <Form method="post" className="stack-s" preventScrollReset>
              <input type="hidden" name="id" value={message.id} />
              <div className="field">
                <label className="field-label" htmlFor={field}>
                  {message.channel === 'email' ? words.email : words.phone}
                </label>
                <input
                  id={field}
                  name="recipient"
                  className="input"
                  type="text"
                  inputMode={message.channel === 'email' ? 'email' : 'tel'}
                  autoComplete="off"
                  maxLength={254}
                  defaultValue={refused?.typed ?? message.recipient}
                  {...(refused !== undefined && {
                    'aria-invalid': true,
                    'aria-describedby': `${field}-error`,
                  })}
                />
                {refused === undefined ? null : (
                  <p className="field-error" id={`${field}-error`}>
                    {message.channel === 'email' ? words.badEmail : words.badPhone}
                  </p>
                )}
              </div>
              <p>
                <Button
                  type="submit"
                  name="intent"
                  value="correct"
                  look={isWrongAddress ? 'strong' : 'plain'}
                  aria-label={`${words.send}: ${of}`}
                  isDisabled={isBusy}
                >
                  {words.send}
                </Button>
              </p>
            </Form>
          </details>
        ) : null}
      </div>
      <div className="inbox-acts">
        {message.phone === null ? null : <Reach phone={message.phone} chat={message.chat} words={calendar} />}
        {message.day === null ? null : (
          <ButtonLink to={`/desk/calendar?view=day&date=${message.day}`}>{calendar.openDay}</ButtonLink>
        )}
        {mayWrite ? (
          <Form method="post" className="inbox-acts" preventScrollReset>
            <input type="hidden" name="id" value={message.id} />
            <Button
              type="submit"
              name="intent"
              value="retry"
              aria-label={`${calendar.retry}: ${of}`}
              isDisabled={isBusy}
            >
              {calendar.retry}
            </Button>
            <Button
              type="submit"
              name="intent"
              value="told"
              look="quiet"
              aria-label={`${words.told}: ${of}`}
              isDisabled={isBusy}
            >
              {words.told}
            </Button>
          </Form>
        ) : null}
      </div>
    </li>
  );
}
