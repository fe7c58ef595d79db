import { type SignaturePart, signatureField } from '@undertone/clinic/consent/schema.ts';
import type { ConsentPageWords } from './public-words.ts';

/** Name, and the signature drawn or typed. Without scripts only typing is offered. */
export function SignatureFields({
  part,
  title,
  declaration,
  name,
  relation,
  method,
  strokes,
  fault,
  words,
}: {
  readonly part: SignaturePart;
  readonly title: string;
  readonly declaration: string;
  readonly name: string;
  /** Undefined: not asked. */
  readonly relation: string | undefined;
  readonly method: string | undefined;
  /** JSON, given back after a refusal. */
  readonly strokes: string;
  readonly fault: string | undefined;
  readonly words: ConsentPageWords;
}) {
  return (
    <fieldset className="consent-signature" data-signature={part}>
      <legend>{title}</legend>
      <p>{declaration}</p>
      <div className="consent-names">
        <div className="field">
          <label className="field-label" htmlFor={`name-${part}`}>
            {words.name}
          </label>
          <input
            className="input"
            id={`name-${part}`}
            name={`name-${part}`}
            defaultValue={name}
            required
            maxLength={200}
          />
        </div>
        {relation === undefined ? null : (
          <div className="field">
            <label className="field-label" htmlFor={`relation-${part}`}>
              {words.relation}
            </label>
            <input
              className="input"
              id={`relation-${part}`}
              name={`relation-${part}`}
              defaultValue={relation}
              maxLength={80}
            />
          </div>
        )}
      </div>
      <label className="consent-option" data-draw-choice hidden>
        <input
          type="radio"
          name={`method-${part}`}
          value="drawn"
          data-was={method === 'drawn' ? 'yes' : undefined}
        />
        <span>
          {words.draw} <span className="soft">{words.drawHint}</span>
        </span>
      </label>
      <div className="consent-pad" data-pad hidden>
        <canvas
          width={signatureField.width}
          height={signatureField.height}
          role="img"
          aria-label={words.field(title)}
        />
        <button type="button" className="button" data-look="quiet" data-clear>
          {words.clear}
        </button>
      </div>
      <input type="hidden" name={`strokes-${part}`} defaultValue={strokes} />
      <label className="consent-option">
        <input type="radio" name={`method-${part}`} value="typed" defaultChecked={method !== 'drawn'} />
        <span>
          {words.type} <span className="soft">{words.typeHint}</span>
        </span>
      </label>
      {fault === undefined ? null : <p className="field-error">{fault}</p>}
    </fieldset>
  );
}
