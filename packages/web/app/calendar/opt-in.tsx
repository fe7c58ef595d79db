import { useState } from 'react';
import { Form, useNavigation } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import type { InboxAnswer } from './opt-in-answer.ts';
import { optInWords } from './opt-in-words.ts';

/** The desk's form for a person who had stopped reminders and wants them again. */
export function OptIn({
  locale,
  answer,
}: {
  readonly locale: Locale;
  readonly answer: InboxAnswer | undefined;
}) {
  const words = optInWords[locale];
  // The page is fetched again whenever bookings change: what the person opened stays open.
  const [isOpen, setIsOpen] = useState(false);
  const isBusy = useNavigation().state === 'submitting';
  const refused = answer?.ok === false && answer.optIn !== undefined ? answer : undefined;
  const described = refused === undefined ? 'opt-in-hint' : 'opt-in-error opt-in-hint';
  return (
    <details open={isOpen || refused !== undefined} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{words.title}</summary>
      <Form method="post" className="stack-s measure" preventScrollReset>
        <input type="hidden" name="intent" value="opt-in" />
        <div className="field">
          <label className="field-label" htmlFor="opt-in">
            {words.label}
          </label>
          <input
            id="opt-in"
            name="recipient"
            className="input"
            autoComplete="off"
            maxLength={254}
            defaultValue={refused?.optIn ?? ''}
            aria-describedby={described}
            {...(refused !== undefined && { 'aria-invalid': true })}
          />
          {refused === undefined ? null : (
            <p className="field-error" id="opt-in-error">
              {refused.message}
            </p>
          )}
          <p className="field-hint" id="opt-in-hint">
            {words.text}
          </p>
        </div>
        <p>
          <Button type="submit" isDisabled={isBusy}>
            {words.send}
          </Button>
        </p>
      </Form>
    </details>
  );
}
