import { listPlans, readPlan, reproducePlan, signPlan } from '@undertone/clinic/planning/commands.ts';
import { getPatient } from '@undertone/clinic/record/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { useState } from 'react';
import { data, Link } from 'react-router';
import { deskTag, intlTag } from '../locales/index.ts';
import { PlanActs, type PlanAnswer } from '../plans/plan-acts.tsx';
import { versionOf } from '../plans/version.ts';
import { planWords } from '../plans/words.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { RadioGroup } from '../ui/fields.tsx';
import { CompareSlider, PictureWell } from '../ui/pictures.tsx';
import type { Route } from './+types/saved-plan.ts';
import { measureWords } from './measure-words.ts';
import { PlanFacts } from './plan-facts.tsx';
import './studio.css';
import { studioWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/plans/:planId`: a plan as it was saved, with the pictures it predicted. Opening it is audited. */
export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const found = await readPlan(clinic, actor, params.planId, versionOf(url));
  if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-allowed' ? 403 : 404 });
  const { patientId, planId } = found.plan;
  const [patient, tenant, listed] = await Promise.all([
    getPatient(clinic, actor, patientId),
    mainTenant(clinic),
    listPlans(clinic, actor, patientId),
  ]);
  const versions = listed.ok ? listed.plans.filter((one) => one.planId === planId) : [];
  const { match, needle, dots, sessions, warnings, samples, inputs } = found.document;
  const { kind } = (inputs.pigments ?? {}) as { readonly kind?: string };
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    patient: patient.ok ? patient.patient.name : '',
    plan: found.plan,
    latestVersion: Math.max(...versions.map(({ version }) => version), found.plan.version),
    maySign: can(actor.role, 'plan.sign'),
    mayMake: can(actor.role, 'plan.write'),
    document: {
      match,
      needle,
      dots: {
        count: dots.count,
        minutes: dots.minutes,
        profile: {
          kind: dots.profile.kind,
          ...(dots.profile.kind === 'scalp' && {
            existingHairPerCm2: dots.profile.existingHairPerCm2,
            ...(dots.profile.existingHairSdPerCm2 !== undefined && {
              existingHairSdPerCm2: dots.profile.existingHairSdPerCm2,
            }),
          }),
        },
      },
      sessions,
      warnings,
      samples: { used: samples.used },
      inputs: { pigments: { kind } },
    },
    parts: found.parts,
  };
}

/** Signs the version named, or makes it again and tells what differs. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  // 0 is no version of any plan.
  const version = /^[1-9]\d{0,8}$/.test(form.version ?? '') ? Number(form.version) : 0;
  const act = async (): Promise<PlanAnswer> => {
    if (form.intent === 'sign') {
      const signed = await signPlan(clinic, actor, params.planId, version);
      return signed.ok ? { ok: true, remade: null } : signed;
    }
    const remade = await reproducePlan(clinic, actor, params.planId, version);
    return remade.ok ? { ok: true, remade } : remade;
  };
  const answer = await act();
  return data(answer, { status: answer.ok ? 200 : refusedStatus(answer) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: studioWords[loaderData?.locale ?? 'en'].plan }];
}

export default function SavedPlan({ loaderData }: Route.ComponentProps) {
  const { locale, zone, patient, plan, document, parts, latestVersion, maySign, mayMake } = loaderData;
  const words = studioWords[locale];
  const [view, setView] = useState<'day0' | 'week6' | 'month12'>('week6');
  const number = new Intl.NumberFormat(intlTag(locale), { maximumSignificantDigits: 3 });
  const made = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  });
  const address = (part: string) => `/desk/plans/${plan.planId}/${part}?version=${plan.version}`;
  const downloads = [...parts.filter((part) => part === 'pdf' || part === 'map'), 'plan.json'];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>
            {words.plan}: {words.treatments[plan.treatment]}
          </h1>
          <p className="soft figures">
            <Link to={`/desk/patients/${plan.patientId}/plans`}>{patient}</Link> ·{' '}
            {planWords[locale].version(plan.version)} · {made.format(plan.createdAt)} · {plan.engineVersion}
          </p>
        </div>
        <ul className="row studio-downloads">
          {downloads.map((part) => (
            <li key={part}>
              <a className="button" href={address(part)} download>
                {part === 'pdf' ? 'plan.pdf' : part === 'map' ? 'map.svg' : part}
              </a>
            </li>
          ))}
        </ul>
      </header>
      <PlanActs
        locale={locale}
        words={planWords[locale]}
        plan={plan}
        latestVersion={latestVersion}
        maySign={maySign}
        mayMake={mayMake}
        at={made}
        number={number}
      />
      <div className="saved-plan">
        <div className="stack">
          <PictureWell>
            <CompareSlider
              label={words.compare}
              beforeLabel={words.before}
              afterLabel={words.states[view]}
              before={<img src={address('photo')} alt={words.before} />}
              after={<img src={address(view)} alt={words.states[view]} />}
            />
          </PictureWell>
          <RadioGroup
            label={words.after}
            orientation="horizontal"
            value={view}
            onChange={(next) => setView(next as typeof view)}
            options={(['day0', 'week6', 'month12'] as const).map((one) => ({
              id: one,
              label: words.states[one],
            }))}
          />
        </div>
        <div>
          <h2 className="visually-hidden">{words.plan}</h2>
          <PlanFacts
            words={words}
            measure={measureWords[locale]}
            number={number}
            document={document}
            view={view}
          />
        </div>
      </div>
    </>
  );
}
