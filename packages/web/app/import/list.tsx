import { listImports, stageImport } from '@undertone/clinic/import/commands.ts';
import { type ImportKind, importKinds } from '@undertone/clinic/import/schema.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { data, Form, Link, redirect } from 'react-router';
import { Choice, Field, tied } from '../followup/fields.tsx';
import { writersFor } from '../followup/moments.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/list.ts';
import '../followup/followup.css';
import './import.css';
import { importWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'data.import'))),
];

/** `/desk/imports`: takes a table in, gives one out, and what was imported so far. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const listed = await listImports(clinic, actorOf(context));
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  const write = await writersFor(context, locale);
  const number = new Intl.NumberFormat(intlTag(locale));
  return {
    locale,
    imports: listed.imports.map((one) => ({
      id: one.id,
      kind: one.kind,
      state: one.state,
      when: write.moment(one.createdAt),
      rows: number.format(one.rowsTotal ?? one.rowsDone),
    })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const form = await request.formData();
  const file = form.get('table');
  const asked = form.get('kind');
  const kind = (typeof asked === 'string' ? asked : '') as ImportKind;
  const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  const staged = await stageImport(clinic, actorOf(context), kind, bytes);
  if (staged.ok) return redirect(`/desk/imports/${staged.import.id}`, 303);
  return data({ reason: staged.reason, kind }, { status: 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: importWords[loaderData?.locale ?? 'en'].title }];
}

export default function Imports({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, imports } = loaderData;
  const words = importWords[locale];
  const error = actionData && (words.refusals[actionData.reason] ?? actionData.reason);
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
      </header>
      <div className="import">
        <Form method="post" encType="multipart/form-data" className="followup-form">
          <Choice
            id="kind"
            label={words.kind}
            options={importKinds.map((id) => ({ id, label: words.kinds[id] }))}
            defaultValue={actionData?.kind ?? 'patients'}
          />
          <Field id="table" label={words.file} error={error}>
            <input
              {...tied('table', error)}
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/plain"
              required
            />
          </Field>
          <p className="small soft">{words.fileHint}</p>
          <p>
            <button type="submit" className="button" data-look="strong">
              {words.upload}
            </button>
          </p>
        </Form>
        <section className="stack">
          <h2>{words.earlier}</h2>
          {imports.length === 0 ? (
            <p>{words.noneYet}</p>
          ) : (
            <Table
              caption={words.earlier}
              rows={imports}
              keyOf={(row) => row.id}
              columns={[
                {
                  id: 'when',
                  title: words.when,
                  renderCell: (row) => <Link to={`/desk/imports/${row.id}`}>{row.when}</Link>,
                },
                { id: 'kind', title: words.kind, renderCell: (row) => words.kinds[row.kind] },
                {
                  id: 'state',
                  title: words.state,
                  renderCell: (row) => <Badge>{words.states[row.state]}</Badge>,
                },
                { id: 'rows', title: words.rows, number: true, renderCell: (row) => row.rows },
              ]}
            />
          )}
        </section>
        <section className="stack-s">
          <p className="soft">{words.takeLead}</p>
          <p className="import-acts">
            {importKinds.map((kind) => (
              <a key={kind} className="button" href={`/desk/imports/${kind}.csv`} download>
                {words.take(words.kinds[kind])}
              </a>
            ))}
          </p>
        </section>
      </div>
    </>
  );
}
