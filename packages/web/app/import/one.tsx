import {
  cancelImport,
  changeImport,
  discardImport,
  readImport,
  startImport,
  undoImport,
} from '@undertone/clinic/import/commands.ts';
import { dateOrders, type Fault, type Field, type Mapping } from '@undertone/clinic/import/schema.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { useEffect } from 'react';
import { data, Form, Link, redirect, useRevalidator } from 'react-router';
import { Choice } from '../followup/fields.tsx';
import { inDigitsOf, intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Alert } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/one.ts';
import '../followup/followup.css';
import './import.css';
import { type ImportWords, importWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'data.import'))),
];

const usualFields = ['serviceId', 'practitionerId', 'branchId'] as const;
const askEveryMs = 1500;

/** `/desk/imports/:importId`: one table from its columns to its undoing. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const read = await readImport(clinic, actorOf(context), params.importId);
  if (!read.ok) throw new Response(read.message, { status: read.reason === 'not-allowed' ? 403 : 404 });
  const number = new Intl.NumberFormat(intlTag(locale));
  const one = read.import;
  const { premises } = read;
  return {
    locale,
    one,
    done: number.format(one.rowsDone),
    counts: {
      ready: number.format(one.counts.ready),
      imported: number.format(one.counts.imported),
      duplicate: number.format(one.counts.duplicate),
      faulty: number.format(one.counts.faulty),
    },
    fields: read.fields,
    preview: read.preview.map(({ rowNumber, lands, faults }) => ({ rowNumber, lands, faults })),
    told: read.told,
    cells: read.cells,
    choices: {
      serviceId: premises.services.map(({ id, names, slug }) => ({ id, label: names[0] ?? slug })),
      practitionerId: premises.practitioners.map(({ id, name }) => ({ id, label: name })),
      branchId: premises.branches.map(({ id, name }) => ({ id, label: name })),
    },
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const id = params.importId;
  const answer = await (form.act === 'columns'
    ? changeImport(clinic, actor, id, { mapping: mappingOf(form) })
    : form.act === 'mend'
      ? changeImport(clinic, actor, id, { corrections: correctionsOf(form) })
      : form.act === 'check' || form.act === 'start'
        ? startImport(clinic, actor, id, { dry: form.act === 'check' })
        : form.act === 'cancel'
          ? cancelImport(clinic, actor, id)
          : form.act === 'undo'
            ? undoImport(clinic, actor, id)
            : discardImport(clinic, actor, id));
  if (!answer.ok)
    return data({ act: form.act ?? '', reason: answer.reason as string | null }, { status: 422 });
  if (form.act === 'mend') return data({ act: 'mend', reason: null });
  return redirect(form.act === 'discard' ? '/desk/imports' : `/desk/imports/${id}`, 303);
}

type Texts = ReturnType<typeof formTexts>;

function mappingOf(form: Texts): Mapping {
  const count = Math.min(200, Number(form.count) || 0);
  const field = (i: number) => form[`column-${i}`] ?? '';
  return {
    fields: Array.from({ length: count }, (_, i) => (field(i) === '' ? null : field(i))),
    dateOrder: (form.dateOrder ?? 'dmy') as Mapping['dateOrder'],
    duplicates: (form.duplicates ?? 'skip') as Mapping['duplicates'],
    serviceId: form.serviceId || null,
    practitionerId: form.practitionerId || null,
    branchId: form.branchId || null,
  };
}

/** Fields named `cell-ROW-FIELD`. */
function correctionsOf(form: Texts): Record<string, Record<string, string>> {
  const mended: Record<string, Record<string, string>> = {};
  for (const [name, text] of Object.entries(form)) {
    const [, row, field] = /^cell-(\d+)-(\w+)$/.exec(name) ?? [];
    if (row !== undefined && field !== undefined && text !== undefined) (mended[row] ??= {})[field] = text;
  }
  return mended;
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: importWords[loaderData?.locale ?? 'en'].title }];
}

function said(words: ImportWords, { field, code }: Fault): string {
  return field === null ? words.faultWords[code] : `${words.fields[field]}: ${words.faultWords[code]}`;
}

export default function OneImport({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, one, counts, told } = loaderData;
  const words = importWords[locale];
  const isBusy = one.state === 'checking' || one.state === 'running' || one.state === 'undoing';
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isBusy) return;
    const timer = setInterval(() => void revalidate(), askEveryMs);
    return () => clearInterval(timer);
  }, [isBusy, revalidate]);
  const refused = actionData?.reason ?? null;
  const hasRun = one.rowsDone > 0 || one.rowsTotal !== null;
  const mayUndo =
    one.state === 'imported' || one.state === 'cancelled' || (one.state === 'failed' && !one.isDry);
  const faulty = told.filter(({ outcome }) => outcome === 'faulty');
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>
            {words.title}: {words.kinds[one.kind]}
          </h1>
          <p role="status" data-state={one.state}>
            <strong>{words.states[one.state]}</strong>
            {isBusy ? ` · ${words.progress(loaderData.done)}` : null}
          </p>
          {hasRun && !isBusy ? (
            <p>{words.counted(counts.ready, counts.imported, counts.duplicate, counts.faulty, one.isDry)}</p>
          ) : null}
        </div>
      </header>
      <div className="import">
        {refused === null ? null : <Alert tone="oxide" title={words.refusals[refused] ?? refused} live />}
        {actionData?.act === 'mend' && refused === null ? (
          <Alert tone="verdigris" title={words.mended} live />
        ) : null}
        <Form method="post" className="import-acts">
          {one.state === 'staged' ? (
            <>
              <button type="submit" name="act" value="check" className="button">
                {words.check}
              </button>
              <button type="submit" name="act" value="start" className="button" data-look="strong">
                {words.start}
              </button>
              <button type="submit" name="act" value="discard" className="button" data-look="quiet">
                {words.discard}
              </button>
            </>
          ) : null}
          {one.state === 'checking' || one.state === 'running' ? (
            <button type="submit" name="act" value="cancel" className="button">
              {words.cancel}
            </button>
          ) : null}
          {mayUndo ? (
            <>
              <button type="submit" name="act" value="undo" className="button" data-look="grave">
                {words.undo}
              </button>
              <span className="small soft">{words.undoLead}</span>
            </>
          ) : null}
        </Form>
        {one.state === 'staged' ? <Columns loaderData={loaderData} /> : null}
        {one.state === 'staged' && faulty.length > 0 ? <Mending loaderData={loaderData} /> : null}
        {told.length === 0 || (one.state === 'staged' && faulty.length === told.length) ? null : (
          <section className="stack">
            <h2>{words.looks}</h2>
            <Table
              caption={words.looks}
              rows={told.filter(({ outcome }) => one.state !== 'staged' || outcome !== 'faulty')}
              keyOf={(row) => String(row.rowNumber)}
              columns={[
                {
                  id: 'row',
                  title: words.row,
                  number: true,
                  renderCell: (row) => inDigitsOf(locale, String(row.rowNumber)),
                },
                {
                  id: 'faults',
                  title: words.faults,
                  renderCell: (row) => row.faults.map((fault) => said(words, fault)).join(' · '),
                },
                {
                  id: 'who',
                  title: words.person,
                  renderCell: (row) =>
                    row.subjectId === null || one.kind !== 'patients' ? (
                      '–'
                    ) : (
                      <Link to={`/desk/patients/${row.subjectId}`}>{words.open}</Link>
                    ),
                },
              ]}
            />
          </section>
        )}
      </div>
    </>
  );
}

function Columns({ loaderData }: Pick<Route.ComponentProps, 'loaderData'>) {
  const { locale, one, fields, preview, choices } = loaderData;
  const words = importWords[locale];
  const named = fields.map((id) => ({ id, label: words.fields[id] }));
  const { mapping } = one;
  const shown = fields.filter((field) => preview.some(({ lands }) => (lands[field] ?? '') !== ''));
  return (
    <>
      <section className="stack">
        <h2>{words.preview}</h2>
        <Table
          caption={words.preview}
          rows={preview}
          keyOf={(row) => String(row.rowNumber)}
          columns={[
            {
              id: 'row',
              title: words.row,
              number: true,
              renderCell: (row) => inDigitsOf(locale, String(row.rowNumber)),
            },
            ...shown.map((field) => ({
              id: field as string,
              title: words.fields[field],
              renderCell: (row: (typeof preview)[number]) => row.lands[field] ?? '',
            })),
            {
              id: 'faults',
              title: words.faults,
              renderCell: (row) => (
                <div className="import-faults">
                  {row.faults.map((fault) => said(words, fault)).join(' · ')}
                </div>
              ),
            },
          ]}
        />
      </section>
      <section className="stack">
        <h2>{words.columns}</h2>
        <p className="soft measure">{words.columnsLead}</p>
        <Form method="post" className="stack">
          <input type="hidden" name="count" value={one.format.columns.length} />
          <div className="import-columns">
            {one.format.columns.map((name, i) => (
              <Choice
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may bear the same name
                key={i}
                id={`column-${i}`}
                label={words.column(name)}
                options={named}
                blank={words.notRead}
                defaultValue={mapping.fields[i] ?? ''}
              />
            ))}
          </div>
          <div className="import-columns">
            <Choice
              id="dateOrder"
              label={words.dateOrder}
              options={dateOrders.map((id) => ({ id, label: words.orders[id] }))}
              defaultValue={mapping.dateOrder}
            />
            {one.kind === 'patients' ? (
              <Choice
                id="duplicates"
                label={words.duplicates}
                options={[
                  { id: 'skip', label: words.skip },
                  { id: 'import', label: words.bringIn },
                ]}
                defaultValue={mapping.duplicates}
              />
            ) : (
              usualFields.map((name) => (
                <Choice
                  key={name}
                  id={name}
                  label={words.usual[name]}
                  options={choices[name]}
                  blank={words.none}
                  defaultValue={mapping[name] ?? ''}
                />
              ))
            )}
          </div>
          <p>
            <button type="submit" name="act" value="columns" className="button">
              {words.save}
            </button>
          </p>
        </Form>
      </section>
    </>
  );
}

function Mending({ loaderData }: Pick<Route.ComponentProps, 'loaderData'>) {
  const { locale, told, cells } = loaderData;
  const words = importWords[locale];
  const rows = told.filter(
    ({ outcome, rowNumber }) => outcome === 'faulty' && cells[rowNumber] !== undefined,
  );
  const all = told.filter(({ outcome }) => outcome === 'faulty').length;
  return (
    <section className="stack">
      <h2>{words.looks}</h2>
      <p className="soft measure">{words.mendLead}</p>
      <Form method="post" className="stack">
        {rows.map(({ rowNumber, faults }) => (
          <fieldset key={rowNumber} className="import-row">
            <legend>
              {words.row} {inDigitsOf(locale, String(rowNumber))}
            </legend>
            {faults
              .filter(({ field }) => field === null)
              .map((fault) => (
                <p key={fault.code} className="field-error">
                  {said(words, fault)}
                </p>
              ))}
            <div className="import-columns">
              {mendable(faults).map((field) => {
                const id = `cell-${rowNumber}-${field}`;
                const fault = faults.find((one) => one.field === field);
                return (
                  <div className="field" key={field}>
                    <label className="field-label" htmlFor={id}>
                      {words.fields[field]}
                    </label>
                    <input
                      className="input"
                      id={id}
                      name={id}
                      defaultValue={cells[rowNumber]?.[field] ?? ''}
                      aria-invalid={fault === undefined ? undefined : true}
                      aria-describedby={fault === undefined ? undefined : `${id}-error`}
                    />
                    {fault === undefined ? null : (
                      <p className="field-error" id={`${id}-error`}>
                        {words.faultWords[fault.code]}
                      </p>
                    )}
                  </div>
                );
              })}
            </div>
          </fieldset>
        ))}
        {all > rows.length ? <p className="soft">{words.more}</p> : null}
        <p>
          <button type="submit" name="act" value="mend" className="button" data-look="strong">
            {words.mend}
          </button>
        </p>
      </Form>
    </section>
  );
}

/** The cells to be shown for a row: those with a fault, and for a clash when it shall be instead. */
function mendable(faults: readonly Fault[]): readonly Field[] {
  const named = faults.flatMap(({ field }) => (field === null ? [] : [field]));
  return faults.some(({ code }) => code.startsWith('clash'))
    ? [...new Set<Field>([...named, 'date', 'time'])]
    : named;
}
