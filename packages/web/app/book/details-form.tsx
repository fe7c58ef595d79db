import { intlTag, type Locale } from '../locales/index.ts';
import { ConsentAndSend, ContactFields, Trouble } from './contact-fields.tsx';
import { Field } from './field.tsx';
import type { BookingField, BookingForm } from './request.ts';
// oxlint-disable-next-line import/default -- Vite makes the address
import scriptUrl from './script.ts?worker&url';
import type { Chosen, ShownService } from './view.ts';
import { bookWords, type FieldFault } from './words.ts';

interface DetailsFormProps {
  readonly locale: Locale;
  readonly service: ShownService;
  readonly chosen: Chosen;
  /** What was typed, when the form comes back. */
  readonly form: BookingForm | undefined;
  readonly faults: Partial<Record<BookingField, FieldFault>>;
  readonly refusal: string | null;
  readonly alternatives: readonly { readonly start: string; readonly label: string }[];
  readonly idempotencyKey: string;
}

/** The last step: how the clinic reaches the visitor. Comes back with everything typed when something is wrong. */
export function DetailsForm({
  locale,
  service,
  chosen,
  form,
  faults,
  refusal,
  alternatives,
  idempotencyKey,
}: DetailsFormProps) {
  const words = bookWords[locale];
  const isTaken = refusal === 'slot-taken';
  const carriesAnswers = (form?.answers ?? '') !== '';
  const count = new Intl.NumberFormat(intlTag(locale));
  const fault = (field: BookingField) => {
    const code = faults[field];
    return code === undefined ? undefined : words.faults[code];
  };
  const times = new URLSearchParams({ service: service.slug, ...(chosen.checked ? { checked: '1' } : {}) });
  return (
    <form
      method="post"
      action={`/${locale}/book`}
      encType="multipart/form-data"
      className="book-form"
      data-booking-form
      noValidate
    >
      <input type="hidden" name="send" value="yes" />
      <input type="hidden" name="service" value={service.slug} />
      <input type="hidden" name="branch" value={chosen.branch} />
      <input type="hidden" name="staff" value={chosen.staff} />
      {chosen.checked ? <input type="hidden" name="checked" value="1" /> : null}
      <input type="hidden" name="key" value={idempotencyKey} />
      <input type="hidden" name="altcha" value="" />
      <input type="hidden" name="answers" value={form?.answers ?? ''} />
      {isTaken && alternatives.length > 0 ? (
        <fieldset className="check-options" id="book-start">
          <legend className="field-label">{words.when}</legend>
          {alternatives.map(({ start, label }, at) => (
            <label key={start} className="tick">
              <input type="radio" name="start" value={start} defaultChecked={at === 0} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      ) : (
        <input type="hidden" name="start" value={chosen.start} />
      )}
      {refusal === null ? null : (
        <p>
          <a href={`/${locale}/book?${times}`}>{words.otherTimes}</a>
        </p>
      )}
      <h2 id="details">{words.details}</h2>
      <ContactFields
        locale={locale}
        typed={form}
        fault={fault}
        emailHint={words.emailHint}
        phoneHint={words.phoneHint}
      >
        <noscript>
          <p className="alert" data-tone="nil">
            {words.noScript}
          </p>
        </noscript>
      </ContactFields>
      <Field
        id="note"
        label={words.note}
        optional={words.optional}
        hint={words.noteHint}
        error={fault('note')}
      >
        {(described) => <textarea {...described} name="note" rows={3} defaultValue={form?.note} />}
      </Field>
      {service.series === null ? null : (
        <label className="tick">
          <input type="checkbox" name="series" value="yes" defaultChecked={form?.series ?? false} />
          <span>
            {words.series(
              count.format(service.series.visits),
              count.format(service.series.gapMinDays),
              count.format(service.series.gapMaxDays),
            )}
          </span>
        </label>
      )}
      <div data-share data-treatment={service.treatment ?? ''} hidden={!carriesAnswers}>
        <label className="tick">
          <input
            type="checkbox"
            name="share"
            value="yes"
            defaultChecked={form?.share ?? false}
            aria-describedby="share-hint"
          />
          <span>{words.share}</span>
        </label>
        <p className="field-hint tick-hint" id="share-hint">
          {words.shareHint}
        </p>
      </div>
      <div className="book-picture" data-picture hidden>
        <img alt={words.pictureAlt} data-picture-shown />
        <div>
          <label className="tick">
            <input
              type="checkbox"
              name="sendPicture"
              value="yes"
              defaultChecked={form?.sendPicture ?? false}
              aria-describedby="picture-hint"
            />
            <span>{words.sendPicture}</span>
          </label>
          <p className="field-hint tick-hint" id="picture-hint">
            {words.pictureHint}
          </p>
        </div>
        <input type="file" name="picture" hidden aria-hidden="true" tabIndex={-1} />
        <input type="hidden" name="pictureShows" value="" />
      </div>
      <ConsentAndSend
        locale={locale}
        isTicked={form?.consent ?? false}
        error={fault('consent')}
        send={words.send}
        scriptUrl={scriptUrl}
      />
    </form>
  );
}

/** Why the form came back: what is wrong with it, or that the time is gone and which are near. */
export function BookingTrouble({
  locale,
  faults,
  refusal,
  alternatives,
}: Pick<DetailsFormProps, 'locale' | 'faults' | 'refusal' | 'alternatives'>) {
  const words = bookWords[locale];
  const fields = Object.entries(faults);
  if (refusal === 'slot-taken') {
    return (
      <Trouble title={words.taken} faults={[]}>
        <div>{alternatives.length > 0 ? words.takenText : words.takenNone}</div>
      </Trouble>
    );
  }
  if (refusal !== null) return <Trouble title={words.refusals[refusal] ?? words.refusedOther} faults={[]} />;
  if (fields.length === 0) return null;
  return (
    <Trouble
      title={words.mistakes}
      faults={fields.map(([field, code]) => [field, words.faults[code]] as const)}
    />
  );
}
