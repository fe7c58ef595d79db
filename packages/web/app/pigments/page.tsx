import { listPigmentSets, savePigmentSet } from '@undertone/clinic/stock/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Said } from '../shared/said.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/page.ts';
import { DrawdownReader } from './drawdown-reader.tsx';
import './pigments.css';
import { pigmentWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

/** `/desk/pigments`: how to measure one's own pigments, what a measured file says, and the clinic's sets. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const [listed, tenant] = await Promise.all([listPigmentSets(clinic, actorOf(context)), mainTenant(clinic)]);
  const locale = localeOf(request);
  // Written here: browsers know fewer languages' dates than the server does, and both must say the same.
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const sets = listed.ok ? listed.sets : [];
  return { locale, sets: sets.map((set) => ({ ...set, savedOn: date.format(set.createdAt) })) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const document = form.get('document');
  const saved = await savePigmentSet(context.get(askedContext).clinic, actorOf(context), {
    document: typeof document === 'string' ? document : '',
  });
  if (saved.ok) return data({ ok: true as const, name: saved.set.name }, { status: 201 });
  return data(saved, { status: saved.reason === 'not-allowed' ? 403 : 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: pigmentWords[loaderData?.locale ?? 'en'].title }];
}

export default function PigmentsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, sets } = loaderData;
  const words = pigmentWords[locale];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
      </header>
      <ol className="pigment-steps">
        {words.steps.map((step) => (
          <li key={step.title} className="stack-s">
            <h2>{step.title}</h2>
            {step.texts.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </li>
        ))}
      </ol>
      {actionData?.ok === true ? (
        <Alert tone="verdigris" title={words.saved(actionData.name)} live />
      ) : actionData ? (
        <Alert tone="oxide" title={words.notSaved} live>
          <p>
            <Said>{actionData.message}</Said>
          </p>
        </Alert>
      ) : null}
      <DrawdownReader locale={locale} />
      <div className="pigment-frame">
        <h2>{words.sets}</h2>
        {sets.length === 0 ? (
          <p className="soft">{words.noSets}</p>
        ) : (
          <Table
            caption={words.sets}
            rows={sets}
            keyOf={(set) => set.setId}
            columns={[
              { id: 'name', title: words.name, renderCell: (set) => set.name },
              { id: 'kind', title: words.kind, renderCell: (set) => words.kinds[set.kind] },
              { id: 'pigments', title: words.pigments, number: true, renderCell: (set) => set.pigmentCount },
              {
                id: 'provenance',
                title: words.provenance,
                renderCell: ({ provenance }) =>
                  `${words.methods[provenance.method as keyof typeof words.methods] ?? provenance.method}. ${provenance.source}`,
              },
              {
                id: 'dose',
                title: words.dose,
                renderCell: (set) => (
                  <Badge tone={set.doseCalibrated ? 'verdigris' : 'ochre'}>
                    {set.doseCalibrated ? words.doseCalibrated : words.doseAssumed}
                  </Badge>
                ),
              },
              { id: 'made', title: words.saveDate, renderCell: (set) => set.savedOn },
              {
                id: 'file',
                title: words.download,
                renderCell: (set) => (
                  <a className="pigment-download" href={`/desk/pigments/${set.setId}/pigments.json`} download>
                    JSON<span className="visually-hidden"> {set.name}</span>
                  </a>
                ),
              },
            ]}
          />
        )}
      </div>
    </>
  );
}
