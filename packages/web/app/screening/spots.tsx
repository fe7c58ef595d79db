import type { Treatment } from '@undertone/clinic/candidacy/rules.ts';
import type { Screening } from '@undertone/clinic/screening/commands.ts';
import { readingOutcomes, type SpotKind, spotKinds } from '@undertone/clinic/screening/spots.ts';
import { Form, useNavigation } from 'react-router';
import { intlTag, type Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Badge, EmptyState, type Tone } from '../ui/surfaces.tsx';
import { FaultLine } from './decisions.tsx';
import type { SpotView } from './spot-view.ts';
import { screeningWords } from './words.ts';

const stateTone: Readonly<Record<string, Tone>> = {
  read: 'verdigris',
  early: 'plain',
  due: 'ochre',
  late: 'oxide',
};

/** Spots with their due readings, and the forms to place and to read one. */
export function Spots({
  locale,
  treatment,
  protocols,
  spots,
  lots,
  mayDecide,
  fault,
}: {
  readonly locale: Locale;
  readonly treatment: Treatment;
  readonly protocols: Screening['protocol']['spots'];
  readonly spots: readonly SpotView[];
  /** Pigments on the shelf. */
  readonly lots: readonly { readonly id: string; readonly label: string }[];
  readonly mayDecide: boolean;
  readonly fault: { readonly at: string; readonly reason: string; readonly field: string } | undefined;
}) {
  const words = screeningWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const faultAt = (at: string) =>
    fault?.at === at ? (words.faults[fault.reason] ?? words.faults['bad-form']) : undefined;
  const required = spotKinds.filter((kind) => protocols[kind].requiredFor.includes(treatment));
  const waivable = required.filter(
    (kind) => !spots.some((spot) => spot.kind === kind && spot.placedOn === undefined),
  );
  return (
    <section className="stack" id="spots">
      <h2>{words.spots}</h2>
      {spots.length === 0 ? <EmptyState title={words.noSpots}>{words.noSpotsText}</EmptyState> : null}
      {spots.map((spot) => (
        <SpotCard key={spot.id} spot={spot} locale={locale} mayDecide={mayDecide} />
      ))}
      <FaultLine text={faultAt('reading') ?? faultAt('set-aside')} />
      <Form method="post" className="screening-form" key={`spot-${spots.length}`}>
        <input type="hidden" name="do" value="spot" />
        <fieldset className="choice-row">
          <legend>{words.addSpot}</legend>
          {spotKinds.map((kind) => (
            <label key={kind}>
              <input
                type="radio"
                name="kind"
                value={kind}
                defaultChecked={kind === (required[0] ?? 'patch')}
              />
              <span>
                {words.kinds[kind]}: <span className="soft">{words.kindHints[kind]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p className="soft small">{words.unreviewed}</p>
        <div className="form-pair">
          <div className="field">
            <label className="field-label" htmlFor="spot-place">
              {words.place}
            </label>
            <input className="input" id="spot-place" name="place" required maxLength={200} />
          </div>
          <div className="field">
            <label className="field-label" htmlFor="spot-what">
              {words.what}
            </label>
            <input className="input" id="spot-what" name="what" required maxLength={500} />
          </div>
          <div className="field">
            <label className="field-label" htmlFor="spot-placed">
              {words.placedAt}
            </label>
            <input
              className="input"
              id="spot-placed"
              name="placedAt"
              type="date"
              aria-describedby="spot-placed-hint"
            />
            <span className="field-hint" id="spot-placed-hint">
              {words.placedAtHint}
            </span>
          </div>
        </div>
        {lots.length === 0 ? null : (
          <details>
            <summary>{words.spotLots}</summary>
            <fieldset className="choice-row">
              <legend>{words.spotLotsWhy}</legend>
              {lots.map(({ id, label }) => (
                <label key={id}>
                  <input type="checkbox" name="lot" value={id} />
                  <span>{label}</span>
                </label>
              ))}
            </fieldset>
          </details>
        )}
        <FaultLine text={faultAt('spot')} />
        <div>
          <Button type="submit" isPending={isBusy}>
            {words.addSpot}
          </Button>
        </div>
      </Form>
      {mayDecide
        ? waivable.map((kind) => (
            <Form method="post" className="screening-form" key={kind}>
              <input type="hidden" name="do" value="waive" />
              <input type="hidden" name="kind" value={kind} />
              <div className="field">
                <label className="field-label" htmlFor={`waive-${kind}`}>
                  {words.waive}: {words.kinds[kind]}. {words.why}
                </label>
                <input className="input" id={`waive-${kind}`} name="reason" required maxLength={2000} />
              </div>
              <FaultLine text={faultAt('waive')} />
              <div>
                <Button type="submit">{words.waive}</Button>
              </div>
            </Form>
          ))
        : null}
    </section>
  );
}

function SpotCard({
  spot,
  locale,
  mayDecide,
}: {
  readonly spot: SpotView;
  readonly locale: Locale;
  readonly mayDecide: boolean;
}) {
  const words = screeningWords[locale];
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  const dayText = (iso: string) => day.format(Date.parse(iso));
  if (spot.placedOn === undefined) {
    return (
      <article className="finding">
        <p>{words.waived(spot.setAside ?? '')}</p>
      </article>
    );
  }
  const unread = spot.due.filter(({ state, outcome }) => state !== 'read' || outcome === 'unclear');
  const outcomes = words.outcomes[spot.kind];
  return (
    <article className="finding" aria-label={`${words.kinds[spot.kind]}: ${spot.place}`}>
      <h3>
        {words.kinds[spot.kind]}: {spot.place}
      </h3>
      <p className="small">
        {spot.what} · {words.placedAt} {dayText(spot.placedOn)}
      </p>
      {spot.setAside === undefined ? null : <Badge>{words.isSetAside(spot.setAside)}</Badge>}
      <ul className="spot-readings">
        {spot.due.map((reading) => (
          <li key={reading.id}>
            <div className="row">
              <strong>{words.readings[reading.id]}</strong>
              <Badge tone={reading.outcome === 'adverse' ? 'oxide' : (stateTone[reading.state] ?? 'plain')}>
                {reading.outcome === undefined ? words.due[reading.state] : outcomes[reading.outcome]}
              </Badge>
              {reading.state === 'read' ? null : (
                <span className="soft small">
                  {dayText(reading.fromDay)} – {dayText(reading.untilDay)}
                </span>
              )}
              {reading.lab === undefined ? null : (
                <span className="small">
                  L*a*b* {reading.lab.map((value) => value.toFixed(1)).join(', ')}
                </span>
              )}
              {reading.note === '' ? null : <span className="small">{reading.note}</span>}
            </div>
          </li>
        ))}
      </ul>
      {spot.setAside === undefined && unread.length > 0 ? (
        // A fresh form for the next reading: what was seen at the last one must not stand in it.
        <details key={spot.readingCount}>
          <summary>{words.saveReading}</summary>
          <ReadingForm spot={spot} unread={unread} locale={locale} />
        </details>
      ) : null}
      {mayDecide && spot.setAside === undefined ? (
        <details>
          <summary>{words.setAside}</summary>
          <Form method="post" className="screening-form">
            <input type="hidden" name="do" value="set-aside" />
            <input type="hidden" name="spotId" value={spot.id} />
            <div className="field">
              <label className="field-label" htmlFor={`aside-${spot.id}`}>
                {words.why}
              </label>
              <input className="input" id={`aside-${spot.id}`} name="reason" required maxLength={2000} />
            </div>
            <div>
              <Button type="submit" look="grave">
                {words.setAside}
              </Button>
            </div>
          </Form>
        </details>
      ) : null}
    </article>
  );
}

function ReadingForm({
  spot,
  unread,
  locale,
}: {
  readonly spot: SpotView;
  readonly unread: SpotView['due'];
  readonly locale: Locale;
}) {
  const words = screeningWords[locale];
  const outcomes: Readonly<Record<(typeof readingOutcomes)[number], string>> =
    words.outcomes[spot.kind satisfies SpotKind];
  const first = unread.find(({ state }) => state === 'due' || state === 'late') ?? unread[0];
  const signs = [...new Set(unread.flatMap((reading) => reading.signs))];
  return (
    <Form method="post" className="screening-form">
      <input type="hidden" name="do" value="reading" />
      <input type="hidden" name="spotId" value={spot.id} />
      <div className="form-pair">
        <div className="field">
          <label className="field-label" htmlFor={`reading-${spot.id}`}>
            {words.reading}
          </label>
          <select className="input" id={`reading-${spot.id}`} name="reading" defaultValue={first?.id}>
            {unread.map(({ id }) => (
              <option key={id} value={id}>
                {words.readings[id]}
              </option>
            ))}
          </select>
        </div>
        {signs.map((sign) => (
          <div className="field" key={sign}>
            <label className="field-label" htmlFor={`${sign}-${spot.id}`}>
              {words.signs[sign]}
            </label>
            <select className="input" id={`${sign}-${spot.id}`} name={`sign-${sign}`}>
              <option value="">{words.notAsked}</option>
              {readingOutcomes.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {outcomes[outcome]}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
      <fieldset className="choice-row">
        <legend>{words.overall}</legend>
        {readingOutcomes.map((outcome) => (
          <label key={outcome}>
            <input type="radio" name="outcome" value={outcome} required />
            {outcomes[outcome]}
          </label>
        ))}
      </fieldset>
      <div className="form-pair">
        <div className="field">
          <label className="field-label" htmlFor={`lab-${spot.id}`}>
            {words.colour}
          </label>
          <input
            className="input"
            id={`lab-${spot.id}`}
            name="lab"
            inputMode="decimal"
            placeholder="61.2, 12.0, 18.5"
            aria-describedby={`lab-hint-${spot.id}`}
          />
          <span className="field-hint" id={`lab-hint-${spot.id}`}>
            {words.colourHint}
          </span>
        </div>
        <div className="field">
          <label className="field-label" htmlFor={`around-${spot.id}`}>
            {words.surround}
          </label>
          <input className="input" id={`around-${spot.id}`} name="surroundLab" inputMode="decimal" />
        </div>
        <div className="field">
          <label className="field-label" htmlFor={`note-${spot.id}`}>
            {words.note}
          </label>
          <input className="input" id={`note-${spot.id}`} name="note" maxLength={1000} />
        </div>
      </div>
      <div>
        <Button type="submit">{words.saveReading}</Button>
      </div>
    </Form>
  );
}
