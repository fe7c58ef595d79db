import { readPlan } from '@undertone/clinic/planning/commands.ts';
import { differencesOf } from '@undertone/clinic/planning/differences.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { patientOf } from '../chart/patient.ts';
import { deskTag, intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Said } from '../shared/said.tsx';
import { hairOf } from '../studio/plan-facts.tsx';
import { studioWords } from '../studio/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { PictureWell } from '../ui/pictures.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/compare.ts';
import { DifferenceTable } from './difference-table.tsx';
import './plans.css';
import { planWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/patients/:patientId/plans/compare?a=PLAN.VERSION&b=…`: inputs and numbers that differ, pictures side by side. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id } = await patientOf(context);
  const read = async (name: string) => {
    const [planId = '', version = ''] = (url.searchParams.get(name) ?? '').split('.');
    const found = await readPlan(clinic, actor, planId, Number(version) || undefined);
    return found.ok && found.plan.patientId === id ? found : undefined;
  };
  const [a, b, tenant] = await Promise.all([read('a'), read('b'), mainTenant(clinic)]);
  if (!a || !b) throw new Response('There is no such pair of plans', { status: 404 });
  const shown = ({ plan, parts, document: { warnings, dots } }: typeof a) => ({
    plan,
    warnings,
    hair:
      dots.profile.kind === 'scalp'
        ? {
            existingHairPerCm2: dots.profile.existingHairPerCm2,
            ...(dots.profile.existingHairSdPerCm2 !== undefined && {
              existingHairSdPerCm2: dots.profile.existingHairSdPerCm2,
            }),
          }
        : {},
    picture: (['week6', 'photo'] as const).find((part) => parts.includes(part)) ?? null,
  });
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    patientId: id,
    a: shown(a),
    b: shown(b),
    differences: differencesOf(a.document, b.document),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: planWords[loaderData?.locale ?? 'en'].compare }];
}

export default function ComparePlans({ loaderData }: Route.ComponentProps) {
  const { locale, zone, patientId, a, b, differences } = loaderData;
  const words = planWords[locale];
  const studio = studioWords[locale];
  const { treatments, states } = studio;
  const at = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  });
  const number = new Intl.NumberFormat(intlTag(locale), { maximumSignificantDigits: 6 });
  const nameOf = ({ plan }: typeof a) =>
    `${treatments[plan.treatment]}, ${words.version(plan.version)}, ${at.format(plan.createdAt)}`;
  return (
    <div className="stack plans">
      <div className="row">
        <ButtonLink to={`/desk/patients/${patientId}/plans`}>{words.plans}</ButtonLink>
      </div>
      <div className="plans-pair">
        {[a, b].map((one) => (
          <figure key={`${one.plan.planId}.${one.plan.version}`}>
            {one.picture === null ? null : (
              <PictureWell>
                <img
                  src={`/desk/plans/${one.plan.planId}/${one.picture}?version=${one.plan.version}`}
                  alt={`${nameOf(one)}, ${states.week6}`}
                />
              </PictureWell>
            )}
            <figcaption>
              {nameOf(one)} ·{' '}
              {one.plan.signature
                ? words.signedBy(one.plan.signature.signerName, at.format(one.plan.signature.signedAt))
                : words.unsigned}
              {hairOf(one.hair, studio, number) === undefined
                ? null
                : ` · ${studio.existingHair}: ${hairOf(one.hair, studio, number)}`}
            </figcaption>
            <details>
              <summary>
                {studio.warnings} ({number.format(one.warnings.length)})
              </summary>
              <ul className="small">
                {one.warnings.map(({ code, message }) => (
                  <li key={`${code}${message}`}>
                    <Said>{message}</Said>
                  </li>
                ))}
              </ul>
            </details>
          </figure>
        ))}
      </div>
      {differences.length === 0 ? (
        <Alert tone="verdigris" title={words.same} />
      ) : (
        <>
          <p>{words.differs(differences.length)}</p>
          <DifferenceTable
            locale={locale}
            words={words}
            differences={differences}
            before={words.version(a.plan.version)}
            after={words.version(b.plan.version)}
            number={number}
          />
        </>
      )}
    </div>
  );
}
