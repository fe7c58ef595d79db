import { paperMediaTypes } from '@undertone/clinic/stock/schema.ts';
import { useId } from 'react';
import type { StockWords } from './words.ts';

/** Chooses a paper that goes with the form. */
export function PaperField({
  name,
  label,
  error,
  words,
}: {
  readonly name: string;
  readonly label: string;
  readonly error: string | undefined;
  readonly words: StockWords;
}) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label} <span className="field-optional">· {words.optional}</span>
      </label>
      <input
        id={id}
        className="input"
        type="file"
        name={name}
        accept={paperMediaTypes.join(',')}
        aria-describedby={`${id}-help`}
        aria-invalid={error === undefined ? undefined : true}
      />
      <span id={`${id}-help`} className={error === undefined ? 'field-hint' : 'field-error'}>
        {error ?? words.paperHelp}
      </span>
    </div>
  );
}
