import type { Gate, GateTexts } from '@undertone/clinic/candidacy/rules.ts';
import { detailOptions, type Fault, fieldNames } from './form.ts';
import type { CheckWords } from './words.ts';

interface QuestionProps {
  readonly gate: Gate;
  readonly text: GateTexts['gates'][Gate['id']];
  readonly words: CheckWords;
  readonly unsureLabel: string;
  /** The last day a date may name, `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether the form was sent with this tick. */
  readonly has: (name: string, value: string) => boolean;
  readonly dateGiven: string | undefined;
  readonly fault: Fault | undefined;
}

/** One line to tick, a doubt beside it, and below what a tick makes us ask. */
export function Question({ gate, text, words, unsureLabel, today, has, dateGiven, fault }: QuestionProps) {
  const options = detailOptions(gate);
  const asksDate = options.some((option) => option.asksDate);
  const asksMore = gate.answerKind !== 'yes-no' && (options.length > 1 || asksDate);
  const question = `question-${gate.id}`;
  const faultId = `fault-${gate.id}`;
  return (
    <li className="check-line">
      <label className="tick">
        <input
          type="checkbox"
          name={fieldNames.yes}
          value={gate.id}
          defaultChecked={has(fieldNames.yes, gate.id)}
        />
        <span id={question}>{text.question}</span>
      </label>
      <label className="tick tick-doubt">
        <input
          type="checkbox"
          name={fieldNames.unsure}
          value={gate.id}
          defaultChecked={has(fieldNames.unsure, gate.id)}
          aria-describedby={question}
        />
        <span>{unsureLabel}</span>
      </label>
      {asksMore ? (
        <div className="check-detail">
          {options.length > 1 ? (
            <fieldset className="check-options" aria-describedby={faultId}>
              <legend className="field-label">{words.which}</legend>
              {options.map((option) => (
                <label key={option.id} className="tick">
                  <input
                    type="radio"
                    name={fieldNames.choice(gate.id)}
                    value={option.id}
                    defaultChecked={has(fieldNames.choice(gate.id), option.id)}
                  />
                  <span>{text.options?.[option.id] ?? option.id}</span>
                </label>
              ))}
            </fieldset>
          ) : null}
          {asksDate ? (
            <div className="field">
              <label className="field-label" htmlFor={`date-${gate.id}`}>
                {text.date}
              </label>
              <input
                className="input check-date"
                id={`date-${gate.id}`}
                name={fieldNames.date(gate.id)}
                type="date"
                max={today}
                defaultValue={dateGiven}
                aria-describedby={`hint-${gate.id} ${faultId}`}
              />
              <p className="field-hint" id={`hint-${gate.id}`}>
                {words.dateHint}
              </p>
            </div>
          ) : null}
          <div id={faultId} role="alert">
            <p className="field-error" data-fault="nothing-chosen" hidden={fault !== 'nothing-chosen'}>
              {words.whichMissing}
            </p>
            <p className="field-error" data-fault="date-in-future" hidden={fault !== 'date-in-future'}>
              {words.dateLater}
            </p>
          </div>
        </div>
      ) : null}
    </li>
  );
}
