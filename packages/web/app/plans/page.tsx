import { listDrafts, listPlans } from '@undertone/clinic/planning/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { useState } from 'react';
import { Link } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { deskTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { DraftList } from '../studio/draft-list.tsx';
import { studioWords } from '../studio/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Badge, EmptyState } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import '../studio/studio.css';
import './plans.css';
import { planWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/patients/:patientId/plans`: every version of every plan, who signed it, and two of them side by side. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id } = await patientOf(context);
  const mayMake = can(actor.role, 'plan.write');
  const [listed, drafts, tenant] = await Promise.all([
    listPlans(clinic, actor, id),
    mayMake ? listDrafts(clinic, actor, id) : undefined,
    mainTenant(clinic),
  ]);
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    patientId: id,
    mayMake,
    plans: listed.plans,
    drafts: (drafts?.ok ? drafts.drafts : []).map((draft) => ({
      draftId: draft.draftId,
      patientId: draft.patientId,
      planId: draft.planId,
      treatment: draft.state.treatment,
      changedAt: draft.updatedAt,
      isOnlyHere: false,
    })),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: planWords[loaderData?.locale ?? 'en'].plans }];
}

export default function Plans({ loaderData }: Route.ComponentProps) {
  const { locale, zone, patientId, mayMake, plans, drafts } = loaderData;
  const words = planWords[locale];
  const { treatments } = studioWords[locale];
  const at = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const latest = new Map<string, number>();
  for (const { planId, version } of plans) latest.set(planId, Math.max(latest.get(planId) ?? 0, version));
  const keyOf = (one: { planId: string; version: number }) => `${one.planId}.${one.version}`;
  const [newer, older] = plans.filter((one) => chosen.includes(keyOf(one)));
  return (
    <div className="stack plans">
      <h2 className="visually-hidden">{words.plans}</h2>
      <div className="row">
        {mayMake ? (
          <ButtonLink look="strong" to={`/studio?patient=${patientId}`}>
            {words.make}
          </ButtonLink>
        ) : null}
        {newer && older ? (
          <ButtonLink to={`/desk/patients/${patientId}/plans/compare?a=${keyOf(older)}&b=${keyOf(newer)}`}>
            {words.compare}
          </ButtonLink>
        ) : plans.length > 1 ? (
          <span className="soft">{words.compareHelp}</span>
        ) : null}
      </div>
      <DraftList heading="h3" locale={locale} zone={zone} drafts={drafts} />
      {plans.length === 0 ? <EmptyState title={words.none}>{words.noneText}</EmptyState> : null}
      <ul className="plan-list">
        {plans.map((plan) => (
          <li key={keyOf(plan)} className="plan-row">
            <input
              type="checkbox"
              aria-label={`${words.compare}: ${treatments[plan.treatment]}, ${words.version(plan.version)}, ${at.format(plan.createdAt)}`}
              checked={chosen.includes(keyOf(plan))}
              onChange={() =>
                setChosen((now) =>
                  now.includes(keyOf(plan))
                    ? now.filter((one) => one !== keyOf(plan))
                    : [...now.slice(-1), keyOf(plan)],
                )
              }
            />
            <span className="stack-s">
              <Link to={`/desk/plans/${plan.planId}?version=${plan.version}`}>
                {treatments[plan.treatment]}, {words.version(plan.version)}
              </Link>
              <span className="soft small figures">{at.format(plan.createdAt)}</span>
            </span>
            <span className="row">
              {plan.signature ? (
                <Badge tone="verdigris">
                  {words.signedBy(plan.signature.signerName, at.format(plan.signature.signedAt))}
                </Badge>
              ) : (
                <Badge>{words.unsigned}</Badge>
              )}
              {plan.version < (latest.get(plan.planId) ?? 0) ? (
                <span className="soft small">{words.superseded}</span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
