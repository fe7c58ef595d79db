import { learnedHealingFor } from '@undertone/clinic/outcome/commands.ts';
import { listDrafts, readDraft } from '@undertone/clinic/planning/commands.ts';
import { findPatients, getPatient } from '@undertone/clinic/record/commands.ts';
import { listPigmentSets } from '@undertone/clinic/stock/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Mark } from '../ui/mark.tsx';
import type { Route } from './+types/page.ts';
import { Studio } from './studio.tsx';
import './studio.css';
import { studioWords } from './words.ts';

/** Plans are made by owners and physicians. */
export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

/**
 * `?patient=` opens it for one person, whose plan it will be; `?plan=` for the next version of that plan; `?draft=` goes on
 * with work that was kept. Ids only.
 */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const draftId = url.searchParams.get('draft');
  const found = draftId === null ? undefined : await readDraft(clinic, actor, draftId);
  const opened = found?.ok ? found : null;
  const asked = opened?.draft.patientId ?? url.searchParams.get('patient');
  const person = asked === null ? undefined : await getPatient(clinic, actor, asked);
  if (person && !person.ok) throw new Response(person.message, { status: 404 });
  const [everybody, drafts, tenant, listed, healing] = await Promise.all([
    person ? undefined : findPatients(clinic, actor, '', 200),
    person?.ok && !opened ? listDrafts(clinic, actor, person.patient.id) : undefined,
    mainTenant(clinic),
    listPigmentSets(clinic, actor),
    learnedHealingFor(clinic, actor),
  ]);
  const patients = (person?.ok ? [person.patient] : everybody?.ok ? everybody.patients : []).map(
    ({ id, name }) => ({
      id,
      name,
    }),
  );
  const sets = listed.ok ? listed.sets.map(({ setId, name }) => ({ setId, name })) : [];
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    staffId: actor.staffId,
    draftId,
    opened,
    drafts: (drafts?.ok ? drafts.drafts : []).map((draft) => ({
      draftId: draft.draftId,
      patientId: draft.patientId,
      planId: draft.planId,
      treatment: draft.state.treatment,
      changedAt: draft.updatedAt,
      isOnlyHere: false,
    })),
    patients,
    sets,
    learned: healing.ok ? healing.learned : null,
    saveTo: person?.ok
      ? {
          patientId: person.patient.id,
          planId: url.searchParams.get('plan') ?? opened?.draft.planId ?? null,
        }
      : null,
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: studioWords[loaderData?.locale ?? 'en'].title }];
}

export default function StudioPage({ loaderData }: Route.ComponentProps) {
  const { locale, patients, saveTo } = loaderData;
  const words = studioWords[locale];
  return (
    <I18nProvider locale={intlTag(locale)}>
      <main className="studio" data-density="desk">
        <header className="studio-bar">
          <a className="wordmark" href={saveTo ? `/desk/patients/${saveTo.patientId}/plans` : '/desk'}>
            <Mark />
            {saveTo ? patients[0]?.name : words.back}
          </a>
          <h1>{words.title}</h1>
        </header>
        <Studio {...loaderData} />
      </main>
    </I18nProvider>
  );
}
