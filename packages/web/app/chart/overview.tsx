import { listPlans } from '@undertone/clinic/planning/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { Link } from 'react-router';
import { inDigitsOf, intlTag, localeNames, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/overview.ts';
import { patientOf } from './patient.ts';

/** `/desk/patients/:patientId`: who it is and, for roles that may see them, the plans. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const patient = await patientOf(context);
  const [listed, tenant] = await Promise.all([
    listPlans(clinic, actorOf(context), patient.id),
    mainTenant(clinic),
  ]);
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const { name, language, createdAt } = patient;
  return {
    locale,
    patient: { name, language, since: date.format(createdAt) },
    plans: listed.ok
      ? listed.plans.map(({ planId, version, treatment, createdAt: at }) => ({
          planId,
          version,
          treatment,
          made: date.format(at),
        }))
      : undefined,
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: loaderData?.patient.name ?? '' }];
}

export default function Overview({ loaderData }: Route.ComponentProps) {
  const { locale, patient, plans } = loaderData;
  const all = messagesFor(locale);
  const words = all.patients;
  return (
    <div className="stack-l">
      <dl className="facts">
        <dt>{words.language}</dt>
        <dd lang={patient.language}>{localeNames[patient.language]}</dd>
        <dt>{words.since}</dt>
        <dd>{patient.since}</dd>
      </dl>
      {plans ? (
        <section className="stack">
          <h2>{words.plans}</h2>
          {plans.length === 0 ? (
            <EmptyState title={words.noPlans}>{words.noPlansText}</EmptyState>
          ) : (
            <Table
              caption={words.plans}
              rows={plans}
              keyOf={(plan) => plan.planId}
              columns={[
                {
                  id: 'treatment',
                  title: words.treatment,
                  renderCell: (plan) => (
                    <Link to={`/desk/plans/${plan.planId}`}>{all.home[plan.treatment]}</Link>
                  ),
                },
                {
                  id: 'version',
                  title: words.version,
                  number: true,
                  renderCell: (plan) => inDigitsOf(locale, `${plan.version}`),
                },
                { id: 'made', title: words.made, renderCell: (plan) => plan.made },
              ]}
            />
          )}
        </section>
      ) : null}
    </div>
  );
}
