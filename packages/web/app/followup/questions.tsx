import { details, type Sign, signGroups } from '@undertone/clinic/followup/red-flags.ts';
import { followUpTexts } from '@undertone/clinic/followup/texts/index.ts';
import { courses } from '@undertone/clinic/followup/triage.ts';
import type { Locale } from '../locales/index.ts';
import type { GivenAnswers } from './check-in-form.ts';
import { checkInWords } from './checkin-words.ts';

interface QuestionsProps {
  readonly locale: Locale;
  readonly given: GivenAnswers;
  readonly faults: { readonly course: boolean; readonly signs: boolean };
}

/** The questions of a check-in; complete without scripts. A second question shows below its tick. */
export function Questions({ locale, given, faults }: QuestionsProps) {
  const texts = followUpTexts(locale);
  const words = checkInWords[locale];
  return (
    <>
      <fieldset className="checkin-group" aria-describedby={faults.course ? 'course-fault' : undefined}>
        <legend>{words.course}</legend>
        <div className="checkin-course">
          {courses.map((course) => (
            <label key={course} className="checkin-tick">
              <input type="radio" name="course" value={course} defaultChecked={given.course === course} />
              <span>{texts.courses[course]}</span>
            </label>
          ))}
        </div>
        {faults.course ? (
          <p className="field-error" id="course-fault">
            {words.courseMissing}
          </p>
        ) : null}
      </fieldset>
      <p className="checkin-lead">{words.signs}</p>
      {signGroups.map((group) => (
        <fieldset key={group.id} className="checkin-group" data-group={group.id}>
          <legend>{texts.groups[group.id]}</legend>
          {group.signs.map((sign) => (
            <SignQuestion key={sign} sign={sign} locale={locale} given={given} />
          ))}
        </fieldset>
      ))}
      <div className="checkin-group">
        <label className="checkin-tick checkin-none">
          <input
            type="checkbox"
            name="none"
            value="1"
            defaultChecked={given.none}
            aria-describedby={faults.signs ? 'signs-fault' : undefined}
          />
          <span>{words.none}</span>
        </label>
        {faults.signs ? (
          <p className="field-error" id="signs-fault">
            {words.signsMissing}
          </p>
        ) : null}
      </div>
      <div className="field">
        <label className="field-label" htmlFor="text">
          {words.text} <span className="field-optional">· {words.optional}</span>
        </label>
        <textarea
          className="input"
          id="text"
          name="text"
          rows={3}
          maxLength={2000}
          defaultValue={given.text}
          aria-describedby="text-hint"
        />
        <p className="field-hint" id="text-hint">
          {words.textHint}
        </p>
      </div>
    </>
  );
}

function SignQuestion({
  sign,
  locale,
  given,
}: Pick<QuestionsProps, 'locale' | 'given'> & { readonly sign: Sign }) {
  const texts = followUpTexts(locale);
  const below = (Object.keys(details) as (keyof typeof details)[]).filter((one) => details[one] === sign);
  return (
    <div className="checkin-sign">
      <label className="checkin-tick">
        <input type="checkbox" name="sign" value={sign} defaultChecked={given.signs.includes(sign)} />
        <span>{texts.signs[sign]}</span>
      </label>
      {below.length === 0 ? null : (
        <div className="checkin-details">
          {below.map((detail) => (
            <label key={detail} className="checkin-tick">
              <input
                type="checkbox"
                name="detail"
                value={detail}
                defaultChecked={given.details.includes(detail)}
              />
              <span>{texts.details[detail]}</span>
            </label>
          ))}
        </div>
      )}
    </div>
  );
}
