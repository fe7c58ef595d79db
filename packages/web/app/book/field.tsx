import type { ReactNode } from 'react';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly optional?: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly children: (described: {
    readonly id: string;
    readonly className: string;
    readonly 'aria-invalid': boolean | undefined;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A label, its control, what is wrong with it and a hint, tied together for every aid. */
export function Field({ id, label, optional, hint, error, children }: FieldProps) {
  const described = [
    ...(error === undefined ? [] : [`error-${id}`]),
    ...(hint === undefined ? [] : [`hint-${id}`]),
  ];
  return (
    <div className="field">
      <label className="field-label" htmlFor={`book-${id}`}>
        {label}
        {optional === undefined ? null : <span className="field-optional"> · {optional}</span>}
      </label>
      {children({
        id: `book-${id}`,
        className: 'input',
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': described.length === 0 ? undefined : described.join(' '),
      })}
      {error === undefined ? null : (
        <p className="field-error" id={`error-${id}`}>
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p className="field-hint" id={`hint-${id}`}>
          {hint}
        </p>
      )}
    </div>
  );
}
