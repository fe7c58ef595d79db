import type { Readiness, ReadinessStepId } from '@undertone/clinic/screening/readiness.ts';
import { Link } from 'react-router';
import { deskTag, intlTag, type Locale } from '../locales/index.ts';
import './screening.css';
import { Badge } from '../ui/surfaces.tsx';
import { screeningWords } from './words.ts';

/** Where each step is done, below the chart's address. */
const placeOf: Readonly<Record<ReadinessStepId, string>> = {
  intake: 'intake',
  screening: 'screening',
  spots: 'screening',
  plan: 'plans',
  consent: 'consent',
  'cooling-off': 'consent',
};

/** What a session waits for, step by step: the same list the commands go by. */
export function Checklist({
  readiness,
  locale,
  zone,
  base,
  linked = [],
}: {
  readonly readiness: Readiness;
  readonly locale: Locale;
  /** The clinic's zone, for instants. */
  readonly zone: string;
  /** Address of the chart. */
  readonly base: string;
  /** Steps whose place in the chart exists and may be opened. */
  readonly linked?: readonly ReadinessStepId[];
}) {
  const words = screeningWords[locale];
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  });
  return (
    <section className="checklist" aria-labelledby={`checklist-${readiness.treatment}`}>
      <h2 id={`checklist-${readiness.treatment}`} className="row">
        {words.checklist}: {words.treatments[readiness.treatment]}
        <Badge tone={readiness.isReady ? 'verdigris' : 'ochre'}>
          {readiness.isReady ? words.ready : words.notReady}
        </Badge>
      </h2>
      <ol>
        {readiness.steps.map((step) => {
          const until =
            step.untilAt === undefined
              ? step.untilDate === undefined
                ? undefined
                : day.format(Date.parse(step.untilDate))
              : moment.format(step.untilAt);
          const name = words.steps[step.step];
          return (
            <li key={step.step} data-state={step.state}>
              <span className="checklist-name">
                {linked.includes(step.step) ? (
                  <Link to={`${base}/${placeOf[step.step]}?treatment=${readiness.treatment}`}>{name}</Link>
                ) : (
                  name
                )}
              </span>
              <span className="checklist-state">{words.states[step.state]}</span>
              <span className="checklist-reason">
                {words.reasons[step.reason]}
                {until === undefined || step.state === 'done'
                  ? null
                  : ` (${step.reason.startsWith('reading') ? words.from(until) : words.until(until)})`}
                {step.gates === undefined ? null : ` ${step.gates.join(', ')}`}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
