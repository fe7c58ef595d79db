import { can } from '@undertone/clinic/staff/rules.ts';
import { NavLink, Outlet, type ShouldRevalidateFunctionArgs, useOutletContext } from 'react-router';
import { type Locale, messagesFor } from '../locales/index.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Badge } from '../ui/surfaces.tsx';
import type { Route } from './+types/layout.ts';
import './chart.css';
import { nextStepOf } from './next-step.ts';
import { openChart, patientOf } from './patient.ts';
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
  const { id, name, language, synthetic } = await patientOf(context);
  return {
    locale,
    patient: { id, name, language, synthetic },
    nextStep: nextStepOf(actor.role, locale),
    places: chartPlaces
      .filter(({ action }) => can(actor.role, action))
      .map(({ path, label }) => ({ path, label: label[locale] })),
  };
}

/** Going from one tab to the next does not open the chart again; an act in one of them does. */
export function shouldRevalidate({ currentParams, nextParams, formMethod }: ShouldRevalidateFunctionArgs) {
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
  const { locale, patient, nextStep, places } = loaderData;
  const words = chartWords[locale];
  const base = `/desk/patients/${patient.id}`;
  const chart: Chart = { locale, patient, base };
  return (
    <>
      <header className="chart-head">
        <div className="stack-s">
          <h1>{patient.name}</h1>
          {patient.synthetic ? (
            <p className="row">
              <Badge>{messagesFor(locale).patients.invented}</Badge>
            </p>
          ) : null}
        </div>
        {nextStep ? (
          <div className="chart-next">
            <span className="soft small">{words.nextStep}</span>
            <ButtonLink to={nextStep.to} look="strong">
              {nextStep.label}
            </ButtonLink>
          </div>
        ) : null}
        <nav className="chart-places" aria-label={words.chart}>
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
