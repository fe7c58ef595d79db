import { listPlans } from '@undertone/clinic/planning/commands.ts';
import { getPatient } from '@undertone/clinic/record/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { Link } from 'react-router';
import { intlTag, localeNames, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Badge, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/patient.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant', 'desk')];

/** `/desk/patients/:patientId`: who it is and, for roles that may see them, the plans. Opening it is audited. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const found = await getPatient(clinic, actor, params.patientId);
  if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-allowed' ? 403 : 404 });
  const [listed, tenant] = await Promise.all([
    listPlans(clinic, actor, found.patient.id),
    mainTenant(clinic),
  ]);
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const { name, language, synthetic, createdAt } = found.patient;
  return {
    locale,
    patient: { name, language, synthetic, since: date.format(createdAt) },
    mayPlan: can(actor.role, 'plan.write'),
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

export default function PatientPage({ loaderData }: Route.ComponentProps) {
  const { locale, patient, mayPlan, plans } = loaderData;
  const all = messagesFor(locale);
  const words = all.patients;
  const studio = mayPlan ? <ButtonLink to="/studio">{all.desk.nextPlanGo}</ButtonLink> : null;
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{patient.name}</h1>
          {patient.synthetic ? <p>{<Badge>{words.invented}</Badge>}</p> : null}
        </div>
        {studio}
      </header>
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
                  { id: 'version', title: words.version, number: true, renderCell: (plan) => plan.version },
                  { id: 'made', title: words.made, renderCell: (plan) => plan.made },
                ]}
              />
            )}
          </section>
        ) : null}
      </div>
    </>
  );
}
