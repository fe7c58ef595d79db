import type { ReactNode } from 'react';

/** A native field with its label and, where something is wrong, what to do. Works before scripts have come. */
export function Field({
  id,
  label,
  error,
  optional,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly error?: string | undefined;
  readonly optional?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
        {optional === undefined ? null : <span className="field-optional"> · {optional}</span>}
      </label>
      {children}
      {error === undefined ? null : (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** Attributes that tie an input to its {@link Field}. */
export function tied(id: string, error: string | undefined) {
  return {
    id,
    name: id,
    className: 'input',
    ...(error !== undefined && { 'aria-invalid': true, 'aria-describedby': `${id}-error` }),
  } as const;
}

export function Choice({
  id,
  label,
  error,
  optional,
  options,
  defaultValue,
  blank,
}: {
  readonly id: string;
  readonly label: string;
  readonly error?: string | undefined;
  readonly optional?: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly defaultValue?: string | undefined;
  /** The words of "none chosen"; without them one is always chosen. */
  readonly blank?: string;
}) {
  return (
    <Field id={id} label={label} error={error} {...(optional !== undefined && { optional })}>
      <select {...tied(id, error)} defaultValue={defaultValue ?? ''}>
        {blank === undefined ? null : <option value="">{blank}</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function Words({
  id,
  label,
  error,
  defaultValue = '',
  lines = 3,
}: {
  readonly id: string;
  readonly label: string;
  readonly error?: string | undefined;
  readonly defaultValue?: string;
  readonly lines?: number;
}) {
  return (
    <Field id={id} label={label} error={error}>
      <textarea {...tied(id, error)} rows={lines} maxLength={4000} defaultValue={defaultValue} />
    </Field>
  );
}
