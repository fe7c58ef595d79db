import {
  type GateId,
  type GateTexts,
  type Treatment,
  textOf,
  treatments,
} from '@undertone/clinic/candidacy/rules.ts';
import {
  actionsFor,
  amountOf,
  effectsOf,
  type ScreeningProtocol,
  waitOf,
} from '@undertone/clinic/screening/protocol-rules.ts';
import { readingsFor, type SpotKind, spotSigns } from '@undertone/clinic/screening/spots.ts';
import { Fragment } from 'react';
import { Form, useNavigation } from 'react-router';
import { type Locale, localeNames, locales } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { gatesWords } from './gates-words.ts';
import { type ScreeningWords, screeningWords } from './words.ts';

interface Given {
  readonly locale: Locale;
  readonly protocol: ScreeningProtocol;
  readonly version: number;
  /** Name of the field that was refused, as the command says it. */
  readonly fault: string | undefined;
}

/** The words of an option, and the treatment where its effect is for one alone. */
export function optionLabel(
  gate: GateId,
  key: string,
  texts: GateTexts,
  words: Pick<ScreeningWords, 'treatments'>,
): string {
  const [option = '', treatment] = key.split('.');
  const said = texts.gates[gate].options?.[option] ?? (option === 'yes' ? texts.common.yes : option);
  const whom = treatments.find((one) => one === treatment);
  return whom === undefined ? said : `${said} (${words.treatments[whom]})`;
}

export function GateForm({ locale, protocol, gateId, version, fault }: Given & { readonly gateId: GateId }) {
  const words = gatesWords[locale];
  const gate = protocol.gates.find(({ id }) => id === gateId);
  if (gate === undefined) return null;
  return (
    <Form method="post" className="screening-form">
      <h2>{words.change(gateId)}</h2>
      <p className="soft small measure">{words.rule}</p>
      <input type="hidden" name="do" value="gate" />
      <input type="hidden" name="gate" value={gateId} />
      <input type="hidden" name="version" value={version} />
      {effectsOf(gate).map(({ key, effect }) => {
        const option = optionLabel(gateId, key, textOf(locale), screeningWords[locale]);
        const wait = waitOf(effect);
        const isWrong = fault === `waits.${key}`;
        return (
          <Fragment key={key}>
            <div className="field">
              <label className="field-label" htmlFor={`action-${key}`}>
                {words.whenAnswered(option)}
              </label>
              <select
                className="input"
                id={`action-${key}`}
                name={`action-${key}`}
                defaultValue={effect.action}
              >
                {actionsFor(effect).map((action) => (
                  <option key={action} value={action}>
                    {words.actions[action]}
                  </option>
                ))}
              </select>
            </div>
            {wait === undefined ? null : (
              <div className="field">
                <label className="field-label" htmlFor={`wait-${key}`}>
                  {words.waits[wait.unit](option)}
                </label>
                <input
                  className="input"
                  inputMode="numeric"
                  autoComplete="off"
                  id={`wait-${key}`}
                  name={`wait-${key}`}
                  required
                  defaultValue={wait.amount}
                  aria-invalid={isWrong}
                  aria-describedby={`wait-${key}-note`}
                />
                <p className={isWrong ? 'field-error' : 'field-hint'} id={`wait-${key}-note`}>
                  {words.waitHint}
                </p>
              </div>
            )}
          </Fragment>
        );
      })}
      {locales.map((one) => (
        <fieldset key={one} className="consent-question">
          <legend lang={one}>{localeNames[one]}</legend>
          {(['question', 'reason'] as const).map((part) => (
            <Words
              key={part}
              id={`${part}-${one}`}
              label={words[part]}
              lang={one}
              value={protocol.words[one][gateId][part]}
              fault={fault === `words.${one}.${part}` ? (words.faults['bad-form'] ?? '') : undefined}
            />
          ))}
        </fieldset>
      ))}
      <SourceAndSave locale={locale} source={gate.source} fault={fault} />
    </Form>
  );
}

export function SpotForm({
  locale,
  protocol,
  kind,
  treatment,
  version,
  fault,
}: Given & {
  readonly kind: SpotKind;
  /** Whose own schedule it is; null: that of every treatment without one. */
  readonly treatment: Treatment | null;
}) {
  const words = gatesWords[locale];
  const common = screeningWords[locale];
  const spot = protocol.spots[kind];
  const readings = treatment === null ? spot.readings : readingsFor(spot, treatment);
  return (
    <Form method="post" className="screening-form">
      <h2>
        {words.change(
          treatment === null ? common.kinds[kind] : `${common.kinds[kind]}, ${common.treatments[treatment]}`,
        )}
      </h2>
      <p className="soft small measure">{words.rule}</p>
      <input type="hidden" name="do" value="spot" />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="readings" value={readings.map(({ id }) => id).join(' ')} />
      {treatment === null ? null : (
        <>
          <input type="hidden" name="treatment" value={treatment} />
          <label className="tick">
            <input type="checkbox" name="isOwn" value="yes" defaultChecked />
            <span>{words.ownSchedule(common.treatments[treatment])}</span>
          </label>
        </>
      )}
      <fieldset className="choice-row">
        <legend>{words.requiredFor}</legend>
        {treatments.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              name={`for-${one}`}
              value="yes"
              defaultChecked={spot.requiredFor.includes(one)}
            />
            {common.treatments[one]}
          </label>
        ))}
      </fieldset>
      {readings.map(({ id, from, until, signs, isRequired }) => (
        <fieldset key={id} className="consent-question">
          <legend>{common.readings[id]}</legend>
          {(
            [
              ['from', from],
              ['until', until],
            ] as const
          ).map(([part, after]) => {
            const { amount, unit } = amountOf(after);
            const name = `${part}-${id}`;
            const isWrong = fault === name;
            return (
              <div className="field" key={part}>
                <label className="field-label" htmlFor={name}>
                  {words[part](common.readings[id], words.units[unit])}
                </label>
                <input
                  className="input"
                  inputMode="numeric"
                  autoComplete="off"
                  id={name}
                  name={name}
                  required
                  defaultValue={amount}
                  aria-invalid={isWrong}
                  aria-describedby={isWrong ? `${name}-fault` : undefined}
                />
                {isWrong ? (
                  <p className="field-error" id={`${name}-fault`}>
                    {words.faults['bad-form']}
                  </p>
                ) : null}
              </div>
            );
          })}
          <fieldset className="choice-row">
            <legend>{words.looksAt}</legend>
            {spotSigns.map((sign) => (
              <label key={sign}>
                <input
                  type="checkbox"
                  name={`sign-${id}-${sign}`}
                  value="yes"
                  defaultChecked={signs.includes(sign)}
                />
                {common.signs[sign]}
              </label>
            ))}
            {fault === `signs-${id}` ? <p className="field-error">{words.faults['bad-form']}</p> : null}
          </fieldset>
          <label className="tick">
            <input type="checkbox" name={`required-${id}`} value="yes" defaultChecked={isRequired} />
            <span>{words.sessionWaits(common.readings[id])}</span>
          </label>
        </fieldset>
      ))}
      <SourceAndSave locale={locale} source={spot.source} fault={fault} />
    </Form>
  );
}

function SourceAndSave({
  locale,
  source,
  fault,
}: Pick<Given, 'locale' | 'fault'> & { readonly source: string }) {
  const words = gatesWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  return (
    <>
      <Words
        id="source"
        label={words.source}
        value={source}
        fault={fault === 'source' ? (words.faults['bad-form'] ?? '') : undefined}
      />
      <div>
        <Button type="submit" look="strong" isPending={isBusy}>
          {words.save}
        </Button>
      </div>
    </>
  );
}

function Words({
  id,
  label,
  value,
  lang,
  fault,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly lang?: Locale;
  readonly fault: string | undefined;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        className="input"
        id={id}
        name={id}
        rows={2}
        lang={lang}
        maxLength={600}
        defaultValue={value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
      />
      {fault === undefined ? null : (
        <p className="field-error" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}
