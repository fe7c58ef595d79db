import type { Treatment } from '@undertone/clinic/candidacy/rules.ts';
import { Form, useNavigation } from 'react-router';
import { type Locale, localeNames, locales } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { consentWords } from './words.ts';

/** What is filled into the text for this person, and who signs besides. */
export function OfferForm({
  locale,
  treatment,
  language,
  operator,
  pigments,
  fault,
}: {
  readonly locale: Locale;
  readonly treatment: Treatment;
  readonly language: Locale;
  readonly operator: string;
  /** Those of the plan, one a line. */
  readonly pigments: string;
  readonly fault: { readonly reason: string; readonly field: string } | undefined;
}) {
  const words = consentWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const faultAt = (...fields: readonly string[]) =>
    fault !== undefined && fields.some((field) => fault.field.startsWith(field)) ? (
      <p className="field-error">{words.faults[fault.reason] ?? words.faults['bad-form']}</p>
    ) : null;
  return (
    <Form method="post" className="screening-form">
      <p className="soft small">{words.offerText}</p>
      <input type="hidden" name="do" value="offer" />
      <input type="hidden" name="treatment" value={treatment} />
      <div className="form-pair">
        <div className="field">
          <label className="field-label" htmlFor="consent-language">
            {words.language}
          </label>
          <select className="input" id="consent-language" name="language" defaultValue={language}>
            {locales.map((one) => (
              <option key={one} value={one}>
                {localeNames[one]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label className="field-label" htmlFor="consent-operator">
            {words.operator}
          </label>
          <input
            className="input"
            id="consent-operator"
            name="operator"
            defaultValue={operator}
            required
            maxLength={200}
          />
          {faultAt('operator')}
        </div>
        <div className="field">
          <label className="field-label" htmlFor="consent-price">
            {words.price}
          </label>
          <input className="input" id="consent-price" name="price" maxLength={300} />
        </div>
      </div>
      <div className="field">
        <label className="field-label" htmlFor="consent-diagnosis">
          {words.diagnosis}
        </label>
        <input
          className="input"
          id="consent-diagnosis"
          name="diagnosis"
          maxLength={500}
          aria-describedby="consent-diagnosis-hint"
        />
        <span className="field-hint" id="consent-diagnosis-hint">
          {words.diagnosisHint}
        </span>
      </div>
      <div className="field">
        <label className="field-label" htmlFor="consent-pigments">
          {words.pigments}
        </label>
        <textarea
          className="input"
          id="consent-pigments"
          name="pigments"
          rows={3}
          defaultValue={pigments}
          aria-describedby="consent-pigments-hint"
        />
        <span className="field-hint" id="consent-pigments-hint">
          {words.pigmentsHint}
        </span>
        {faultAt('pigments')}
      </div>
      <div className="form-pair">
        <div className="field">
          <label className="field-label" htmlFor="guardian-name">
            {words.guardianName}
          </label>
          <input
            className="input"
            id="guardian-name"
            name="guardianName"
            maxLength={200}
            aria-describedby="guardian-hint"
          />
          <span className="field-hint" id="guardian-hint">
            {words.guardianHint}
          </span>
          {faultAt('guardian', 'birthDate')}
        </div>
        <div className="field">
          <label className="field-label" htmlFor="guardian-relation">
            {words.guardianRelation}
          </label>
          <input className="input" id="guardian-relation" name="guardianRelation" maxLength={80} />
        </div>
      </div>
      <fieldset className="choice-row">
        <label>
          <input type="checkbox" name="interpreter" value="yes" />
          {words.interpreter}
        </label>
        <label>
          <input type="checkbox" name="witness" value="yes" />
          {words.witness}
        </label>
      </fieldset>
      <div>
        <Button type="submit" look="strong" isPending={isBusy}>
          {words.prepare}
        </Button>
      </div>
    </Form>
  );
}
