import type { ReactNode } from 'react';
import { type Locale, localeNames, locales } from '../locales/index.ts';
import { Field } from './field.tsx';
import { bookWords } from './words.ts';

/** What was typed of how a visitor is reached, when the form comes back. */
interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly language: Locale;
}

interface ContactFieldsProps {
  readonly locale: Locale;
  readonly typed: Contact | undefined;
  readonly fault: (field: 'name' | 'email' | 'phone') => string | undefined;
  readonly emailHint: string;
  readonly phoneHint: string;
  /** E-mail is the only way there: the telephone is then said to be optional. */
  readonly needsEmail?: boolean;
  /** Stands between telephone and language. */
  readonly children?: ReactNode;
}

/** How the clinic reaches a visitor who asks for something: name, e-mail, telephone, language. */
export function ContactFields({
  locale,
  typed,
  fault,
  emailHint,
  phoneHint,
  needsEmail = false,
  children,
}: ContactFieldsProps) {
  const words = bookWords[locale];
  return (
    <>
      <Field id="name" label={words.name} hint={words.nameHint} error={fault('name')}>
        {(described) => (
          <input {...described} name="name" autoComplete="name" defaultValue={typed?.name} required />
        )}
      </Field>
      <Field id="email" label={words.email} hint={emailHint} error={fault('email')}>
        {(described) => (
          <input
            {...described}
            name="email"
            type="email"
            autoComplete="email"
            inputMode="email"
            defaultValue={typed?.email}
            required={needsEmail}
          />
        )}
      </Field>
      <Field
        id="phone"
        label={words.phone}
        {...(needsEmail && { optional: words.optional })}
        hint={phoneHint}
        error={fault('phone')}
      >
        {(described) => (
          <input
            {...described}
            name="phone"
            type="tel"
            autoComplete="tel"
            inputMode="tel"
            defaultValue={typed?.phone}
          />
        )}
      </Field>
      {children}
      <Field id="language" label={words.language}>
        {(described) => (
          <select {...described} name="language" defaultValue={typed?.language ?? locale}>
            {locales.map((other) => (
              <option key={other} value={other} lang={other}>
                {localeNames[other]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

interface ConsentAndSendProps {
  readonly locale: Locale;
  readonly isTicked: boolean;
  readonly error: string | undefined;
  readonly send: string;
  /** The address of the script that does the work against robots. */
  readonly scriptUrl: string;
}

/** The end of a visitor's form: the tick without which nothing is kept, and the button. */
export function ConsentAndSend({ locale, isTicked, error, send, scriptUrl }: ConsentAndSendProps) {
  const words = bookWords[locale];
  return (
    <>
      <div>
        <label className="tick">
          <input
            id="book-consent"
            type="checkbox"
            name="consent"
            value="yes"
            required
            defaultChecked={isTicked}
            aria-invalid={error !== undefined}
            aria-describedby={error === undefined ? undefined : 'error-consent'}
          />
          <span>{words.consent}</span>
        </label>
        {error === undefined ? null : (
          <p className="field-error tick-hint" id="error-consent">
            {error}
          </p>
        )}
      </div>
      <p className="alert" data-tone="oxide" role="alert" data-lost hidden>
        {words.notSent}
      </p>
      <p className="row">
        <button type="submit" className="button" data-look="strong" data-send>
          {send}
        </button>
        <output>
          <span data-checking hidden className="soft">
            {words.checking}
          </span>
        </output>
      </p>
      <script type="module" src={scriptUrl} />
    </>
  );
}

interface TroubleProps {
  readonly title: string;
  /** Field and what is wrong with it, in the order of the form. */
  readonly faults: readonly (readonly [field: string, text: string])[];
  readonly children?: ReactNode;
}

/** Why a form came back, above everything: the first thing to see and to hear. */
export function Trouble({ title, faults, children }: TroubleProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page came back because of it; its links lead to the fields
    <div className="alert" data-tone="oxide" role="alert" tabIndex={-1} autoFocus>
      <div className="alert-title">{title}</div>
      {children}
      {faults.length === 0 ? null : (
        <ul className="book-series">
          {faults.map(([field, text]) => (
            <li key={field}>
              <a href={`#book-${field}`}>{text}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
