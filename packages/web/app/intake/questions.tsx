import type { Gate, GateTexts, Treatment } from '@undertone/clinic/candidacy/rules.ts';
import {
  asksDate,
  contactField,
  dateField,
  gateField,
  gateParts,
  healthFields,
  type IntakeProblem,
  valueOf,
} from '@undertone/clinic/intake/rules.ts';
import type { Draft } from '@undertone/clinic/intake/schema.ts';
import { contactChannels, contactPurposes, sexes } from '@undertone/clinic/record/schema.ts';
import type { ReactNode } from 'react';
import { inDigitsOf, type Locale } from '../locales/index.ts';
import { recordWords } from '../record/words.ts';
import { intakeWords } from './words.ts';

interface QuestionsProps {
  readonly locale: Locale;
  readonly today: string;
  /** The clinic's time; null in a page that is kept to be opened later. */
  readonly nowMs: number | null;
  readonly form: { readonly id: string; readonly treatment: Treatment; readonly draft: Draft };
  /** What the clinic has: the script compares with it. */
  readonly atClinic: Draft;
  readonly draftAddress: string;
  readonly problems: Readonly<Record<string, IntakeProblem>>;
  readonly texts: GateTexts;
}

/** The whole form. It works without scripts; with them every letter is kept as it is typed. */
export function Questions({
  locale,
  today,
  nowMs,
  form,
  atClinic,
  draftAddress,
  problems,
  texts,
}: QuestionsProps) {
  const words = intakeWords[locale];
  const record = recordWords[locale];
  const { draft, treatment } = form;
  const count = Object.keys(problems).length;
  const input = (name: string, label: string, more: InputMore = {}) => (
    <TextLine
      key={name}
      {...{ name, label }}
      value={valueOf(draft, name)}
      problem={problems[name] && words.problems[problems[name]]}
      {...more}
    />
  );
  return (
    <form
      method="post"
      className="check-form intake-form"
      noValidate
      autoComplete="off"
      data-intake={form.id}
      data-now={nowMs ?? undefined}
      data-draft={JSON.stringify(atClinic)}
      data-draft-address={draftAddress}
    >
      {count === 0 ? null : (
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page came back because of it; it leads to the first open answer
        <p className="alert" data-tone="ochre" role="alert" tabIndex={-1} autoFocus>
          <a className="alert-title" href={`#field-${Object.keys(problems)[0]}`}>
            {inDigitsOf(locale, words.problemsTitle(count))}
          </a>
        </p>
      )}
      <fieldset className="check-part">
        <legend>{words.you}</legend>
        <div className="intake-fields">
          {input('name', record.name, { autoComplete: 'name' })}
          {input('birthDate', record.birthDate, { type: 'date', max: today })}
          <div className="field" id="field-sex">
            <label className="field-label" htmlFor="sex">
              {record.sex}
            </label>
            <select className="input" id="sex" name="sex" data-field defaultValue={valueOf(draft, 'sex')}>
              <option value="">{record.notSaid}</option>
              {sexes.map((sex) => (
                <option key={sex} value={sex}>
                  {record.sexes[sex]}
                </option>
              ))}
            </select>
          </div>
          {input('phone', record.phone, { type: 'tel', autoComplete: 'tel' })}
          {input('email', record.email, { type: 'email', autoComplete: 'email' })}
        </div>
      </fieldset>
      <fieldset className="check-part">
        <legend>{words.guardianPart}</legend>
        <p className="field-hint">{words.guardianHint}</p>
        <div className="intake-fields">
          {input('guardianName', record.guardianName)}
          {input('relation', record.relation)}
          {input('guardianPhone', record.guardianPhone, { type: 'tel' })}
        </div>
      </fieldset>
      {gateParts(treatment).map(({ step, gates }) => (
        <fieldset key={step} className="check-part">
          <legend>{texts.steps[step]}</legend>
          <p className="field-hint">{words.gateHint}</p>
          {gates.map((gate) => (
            <GateQuestion key={gate.id} {...{ gate, texts, draft, today, problems, locale }} />
          ))}
          {step === 'medicines' ? <p className="text-note">{words.keepMedicines}</p> : null}
        </fieldset>
      ))}
      <fieldset className="check-part">
        <legend>{words.healthPart}</legend>
        <div className="intake-fields">
          {healthFields.map((name) => (
            <TextLine
              key={name}
              name={name}
              label={words[name]}
              hint={words[`${name}Hint`]}
              lines={3}
              value={valueOf(draft, name)}
              problem={undefined}
            />
          ))}
          <TextLine
            name="wishes"
            label={words.wishes}
            lines={3}
            value={valueOf(draft, 'wishes')}
            problem={undefined}
          />
        </div>
      </fieldset>
      <fieldset className="check-part">
        <legend>{words.contactPart}</legend>
        <p className="field-hint">{words.contactHint}</p>
        {contactPurposes.map((purpose) => (
          <fieldset key={purpose} className="intake-choices">
            <legend>{record.purposes[purpose]}</legend>
            {contactChannels.map((channel) => {
              const name = contactField(channel, purpose);
              return (
                <label key={channel} className="tick">
                  <input
                    type="checkbox"
                    name={name}
                    value="yes"
                    data-field
                    defaultChecked={valueOf(draft, name) === 'yes'}
                  />
                  <span>{record.channels[channel]}</span>
                </label>
              );
            })}
          </fieldset>
        ))}
      </fieldset>
      <div className="intake-end">
        <p
          role="status"
          data-state=""
          data-word-saved={words.states.saved}
          data-word-saving={words.states.saving}
          data-word-kept={words.states.kept}
          data-word-closed={words.states.closed}
        />
        <button type="submit" className="button" data-look="strong">
          {words.send}
        </button>
      </div>
      <p className="field-hint">{words.sendHint}</p>
    </form>
  );
}

interface InputMore {
  readonly type?: 'text' | 'date' | 'tel' | 'email';
  readonly max?: string;
  readonly autoComplete?: string;
  readonly hint?: string;
  readonly lines?: number;
}

function TextLine({
  name,
  label,
  value,
  problem,
  hint,
  lines = 1,
  ...more
}: InputMore & {
  readonly name: string;
  readonly label: ReactNode;
  readonly value: string;
  readonly problem: string | undefined;
}) {
  const shared = {
    className: 'input',
    id: name,
    name,
    'data-field': '',
    defaultValue: value,
    'aria-describedby': `hint-${name} fault-${name}`,
    'aria-invalid': problem === undefined ? undefined : true,
  };
  return (
    <div className="field" id={`field-${name}`}>
      <label className="field-label" htmlFor={name}>
        {label}
      </label>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} maxLength={4000} />
      ) : (
        <input {...shared} {...more} maxLength={200} />
      )}
      <p className="field-hint" id={`hint-${name}`}>
        {hint}
      </p>
      <p className="field-error" id={`fault-${name}`} hidden={problem === undefined}>
        {problem}
      </p>
    </div>
  );
}

/** One gate: every answer in sight, none chosen beforehand. */
function GateQuestion({
  gate,
  texts,
  draft,
  today,
  problems,
  locale,
}: {
  readonly gate: Gate;
  readonly texts: GateTexts;
  readonly draft: Draft;
  readonly today: string;
  readonly problems: Readonly<Record<string, IntakeProblem>>;
  readonly locale: Locale;
}) {
  const words = intakeWords[locale];
  const text = texts.gates[gate.id];
  const name = gateField(gate.id);
  const date = dateField(gate.id);
  const problem = problems[name];
  const dateProblem = problems[date];
  const isPlain = gate.answerKind === 'yes-no';
  const options = [
    ...gate.options.map(({ id }, at) => ({
      id,
      label:
        at === 0 ? texts.common.no : isPlain ? texts.common.yes : (text.options?.[id] ?? texts.common.yes),
    })),
    { id: 'unsure', label: texts.common.unsure },
  ];
  return (
    <fieldset className="intake-choices" id={`field-${name}`} aria-describedby={`fault-${name}`}>
      <legend>{text.question}</legend>
      <div className="intake-options" data-plain={isPlain || undefined}>
        {options.map(({ id, label }) => (
          <label key={id} className="tick">
            <input
              type="radio"
              name={name}
              value={id}
              data-field
              defaultChecked={valueOf(draft, name) === id}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {asksDate(gate) ? (
        <div className="field intake-date" id={`field-${date}`}>
          <label className="field-label" htmlFor={date}>
            {text.date ?? words.date}
          </label>
          <input
            className="input"
            type="date"
            id={date}
            name={date}
            data-field
            max={today}
            defaultValue={valueOf(draft, date)}
            aria-describedby={`fault-${date}`}
          />
          <p className="field-error" id={`fault-${date}`} hidden={dateProblem === undefined}>
            {dateProblem && words.problems[dateProblem]}
          </p>
        </div>
      ) : null}
      <p className="field-error" id={`fault-${name}`} hidden={problem === undefined}>
        {problem && words.problems[problem]}
      </p>
    </fieldset>
  );
}
