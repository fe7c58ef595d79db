import { ageOn, alertsOf } from '@undertone/clinic/record/rules.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { Link, NavLink, Outlet, type ShouldRevalidateFunctionArgs, useOutletContext } from 'react-router';
import { inDigitsOf, type Locale, localeNames, messagesFor } from '../locales/index.ts';
import { recordWords } from '../record/words.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { notSentStatus } from '../shared/no-line.ts';
import { ButtonLink } from '../ui/button.tsx';
import { useShownPlace } from '../ui/shown-place.ts';
import { Alert, Badge } from '../ui/surfaces.tsx';
import type { Route } from './+types/layout.ts';
import './chart.css';
import { nextStepFor } from './next-step.ts';
import { openChart, recordOf } from './patient.ts';
import { chartPlaces } from './places.ts';
import { chartWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly('owner', 'physician', 'assistant', 'desk'),
  openChart,
];

/** `/desk/patients/:patientId/…`: who it is, what to mind, what comes next; the subjects are child routes. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const actor = actorOf(context);
  const locale = localeOf(request);
  const { clinic } = context.get(askedContext);
  const record = await recordOf(context);
  const { id, name, language, synthetic, sex, guardian, mergedInto } = record.patient;
  const today = dayIn((await mainTenant(clinic))?.zone ?? 'UTC', clinic.clock.now());
  return {
    locale,
    patient: {
      id,
      name,
      language,
      synthetic,
      sex,
      guardian,
      mergedInto,
      age: ageOn(today, record.patient) ?? null,
    },
    earlier: record.merged.map(({ id: earlierId }) => earlierId),
    alerts: alertsOf(record.patient, record.health, today),
    nextStep: await nextStepFor(clinic, actor, locale, record.patient, today),
    places: chartPlaces
      .filter(({ action }) => can(actor.role, action))
      .map(({ path, label }) => ({ path, label: label[locale] })),
  };
}

/** Going from one tab to the next does not open the chart again; an act in one of them does. */
export function shouldRevalidate({
  currentParams,
  nextParams,
  formMethod,
  actionStatus,
}: ShouldRevalidateFunctionArgs) {
  if (actionStatus === notSentStatus) return false;
  return (
    currentParams.patientId !== nextParams.patientId || (formMethod !== undefined && formMethod !== 'GET')
  );
}

/** What every page inside the chart may use without asking again. */
export interface Chart {
  readonly locale: Locale;
  readonly patient: Awaited<ReturnType<typeof loader>>['patient'];
  /** Address of the chart without a trailing slash. */
  readonly base: string;
}

export const useChart = () => useOutletContext<Chart>();

export default function ChartLayout({ loaderData }: Route.ComponentProps) {
  const { locale, patient, earlier, alerts, nextStep, places } = loaderData;
  const words = chartWords[locale];
  const record = recordWords[locale];
  const placesRow = useShownPlace<HTMLElement>();
  const base = `/desk/patients/${patient.id}`;
  const chart: Chart = { locale, patient, base };
  return (
    <>
      <header className="chart-head">
        <div className="stack-s chart-who">
          <h1>{patient.name}</h1>
          <p className="row soft">
            {patient.synthetic ? <Badge>{messagesFor(locale).patients.invented}</Badge> : null}
            {patient.age === null ? null : (
              <span className="figures">
                {inDigitsOf(locale, record.years(patient.age.years, patient.age.isExact))}
              </span>
            )}
            {patient.sex === null ? null : <span>{record.sexes[patient.sex]}</span>}
            <span lang={patient.language}>{localeNames[patient.language]}</span>
            {patient.guardian === null ? null : (
              <span>
                {record.guardian}: {patient.guardian.name} ({patient.guardian.relation})
              </span>
            )}
          </p>
          {alerts.length === 0 ? null : (
            <ul className="chart-alerts" aria-label={record.alerts}>
              {alerts.map(({ code, tone, note }) => (
                <li key={code}>
                  <Badge tone={tone === 'stop' ? 'oxide' : 'ochre'}>
                    {record.codes[code]}
                    {note === '' ? '' : `: ${note}`}
                  </Badge>
                </li>
              ))}
            </ul>
          )}
        </div>
        {nextStep ? (
          <div className="chart-next">
            <span className="soft small">{words.nextStep}</span>
            {nextStep.to === null ? (
              <strong>{nextStep.label}</strong>
            ) : (
              <ButtonLink to={nextStep.to} look="strong">
                {nextStep.label}
              </ButtonLink>
            )}
          </div>
        ) : null}
        {earlier.length === 0 ? null : (
          <p className="small chart-earlier">
            {record.mergedRecords}:{' '}
            {earlier.map((id, at) => (
              <Link key={id} to={`/desk/patients/${id}`} aria-label={`${record.mergedRecords}: ${at + 1}`}>
                {at + 1}
              </Link>
            ))}
          </p>
        )}
        {patient.mergedInto === null ? null : (
          <Alert tone="ochre" title={record.mergedInto}>
            <Link to={`/desk/patients/${patient.mergedInto}`}>{record.openRemaining}</Link>
          </Alert>
        )}
        <nav className="chart-places" aria-label={words.chart} ref={placesRow}>
          <ul>
            {places.map(({ path, label }) => (
              <li key={path}>
                <NavLink to={path === '' ? base : `${base}/${path}`} end={path === ''}>
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <Outlet context={chart} />
    </>
  );
}
