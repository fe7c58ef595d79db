import { readHours, writeHours } from '@undertone/clinic/booking/rules.ts';
import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { intlTag, type Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { type Answer, type formOf, type Typed, textOf } from './answer.ts';
import { type SetupWords, setupWords } from './words.ts';

/** What became of the last form, where a reader of the page finds it. */
export function Notice({ answer, locale }: { readonly answer: Answer | undefined; readonly locale: Locale }) {
  const words = setupWords[locale];
  if (answer === undefined) return null;
  if (!answer.ok) {
    const sentence = words.faults[answer.reason] ?? words.faults.other;
    return (
      <Alert tone="oxide" title={words.notSaved} live>
        <p>{sentence}</p>
      </Alert>
    );
  }
  if ((answer.standing ?? 0) > 0) {
    const count = new Intl.NumberFormat(intlTag(locale)).format(answer.standing ?? 0);
    return (
      <Alert tone="ochre" title={words.standing(count)} live>
        <p>{words.toCalendar}</p>
      </Alert>
    );
  }
  return <Alert tone="verdigris" title={words.saved} live />;
}

export type Fill = ReturnType<typeof formOf>;

interface InputProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
  readonly optional?: string | undefined;
  readonly type?: 'text' | 'date' | 'time' | 'url' | 'password' | 'tel';
  readonly inputMode?: 'numeric' | 'decimal' | 'text' | 'tel';
  readonly lines?: number;
  readonly lang?: string;
}

/** A native field: it works before scripts have come, and keeps what was typed when the form comes back. */
export function Input({
  id,
  label,
  value,
  error,
  hint,
  optional,
  type = 'text',
  inputMode,
  lines = 1,
  lang,
}: InputProps) {
  const described = [
    ...(error === undefined ? [] : [`${id}-error`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ];
  const shared = {
    id,
    name: id,
    className: 'input',
    defaultValue: value,
    ...(lang !== undefined && { lang }),
    ...(error !== undefined && { 'aria-invalid': true }),
    ...(described.length > 0 && { 'aria-describedby': described.join(' ') }),
  } as const;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
        {optional === undefined ? null : <span className="field-optional"> · {optional}</span>}
      </label>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} maxLength={2000} />
      ) : (
        <input {...shared} type={type} inputMode={inputMode} autoComplete="off" />
      )}
      {error === undefined ? null : (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function Tick({
  name,
  value = 'yes',
  isTicked,
  children,
}: {
  readonly name: string;
  readonly value?: string;
  readonly isTicked: boolean;
  readonly children: ReactNode;
}) {
  return (
    <label className="tick">
      <input type="checkbox" name={name} value={value} defaultChecked={isTicked} />
      <span>{children}</span>
    </label>
  );
}

/** Hours of a week as stored: minutes from local midnight. */
export type Week = readonly {
  readonly weekday: number;
  readonly openMin: number;
  readonly closeMin: number;
}[];

/** Monday to Sunday, each with its hours as text; `prefix` keeps several weeks of one form apart. */
export function WeekFields({
  prefix,
  week,
  fill,
  locale,
}: {
  readonly prefix: string;
  readonly week: Week;
  readonly fill: Fill;
  readonly locale: Locale;
}) {
  // 5 January 1970 was a Monday.
  const name = new Intl.DateTimeFormat(intlTag(locale), { weekday: 'long', timeZone: 'UTC' });
  return (
    <div className="setup-week">
      {[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
        const id = `${prefix}.${weekday}`;
        const spans = week.filter((one) => one.weekday === weekday);
        return (
          <Input
            key={id}
            id={id}
            label={name.format(Date.UTC(1970, 0, 4 + weekday))}
            value={fill.value(id, writeHours(spans))}
            error={fill.error(id)}
          />
        );
      })}
    </div>
  );
}

/** The week of a form, or the field whose hours cannot be read. */
export function weekOf(
  typed: Typed,
  prefix: string,
):
  | { readonly ok: true; readonly week: Week }
  | { readonly ok: false; readonly reason: 'hours'; readonly field: string } {
  const week: Week[number][] = [];
  for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
    const field = `${prefix}.${weekday}`;
    const spans = readHours(textOf(typed, field));
    if (spans === undefined) return { ok: false, reason: 'hours', field };
    week.push(...spans.map((span) => ({ weekday, ...span })));
  }
  return { ok: true, week };
}

/** Names of what is offered in the page's language, else in English. */
export function nameIn(names: Partial<Record<Locale, string>>, locale: Locale): string {
  return names[locale] ?? names.en ?? Object.values(names)[0] ?? '';
}

export function Choice({
  id,
  label,
  value,
  options,
  error,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** What is sent, and what is shown, in this order. */
  readonly options: Readonly<Record<string, string>>;
  readonly error?: string | undefined;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        name={id}
        className="input"
        defaultValue={value}
        {...(error !== undefined && { 'aria-invalid': true, 'aria-describedby': `${id}-error` })}
      >
        {Object.entries(options).map(([one, shown]) => (
          <option key={one} value={one}>
            {shown}
          </option>
        ))}
      </select>
      {error === undefined ? null : (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** Takes the thing of this page out of use. */
export function Retire({ words, isBusy }: { readonly words: SetupWords; readonly isBusy: boolean }) {
  return (
    <Form method="post" className="stack-s">
      <input type="hidden" name="intent" value="retire" />
      <p className="soft">{words.retireText}</p>
      <p>
        <Button type="submit" look="grave" isDisabled={isBusy}>
          {words.retire}
        </Button>
      </p>
    </Form>
  );
}
