/** The page inside a copy of a record: one file that is read without a line and without a script. Pure. */
import type { Language } from '../tenant/schema.ts';
import type { Row } from './rows.ts';
import { type CopyWords, copyWords } from './words.ts';

export interface CopyPaper {
  readonly kind: keyof CopyWords['papers'];
  /** Day or number that tells it from others of its kind. */
  readonly label: string;
  /** Inside the zip; undefined where it could not be made. */
  readonly path: string | undefined;
}

export interface Copy {
  readonly language: Language;
  readonly clinicName: string;
  /** IANA. */
  readonly zone: string;
  readonly currency: string;
  readonly asOf: Date;
  readonly patientId: string;
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly papers: readonly CopyPaper[];
  readonly pictures: readonly { readonly path: string; readonly label: string }[];
  readonly otherFiles: readonly string[];
}

/** Text that may stand anywhere in a page. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Part = Markup | string | number | null | undefined | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function textOf(part: Part): string {
  if (part === null || part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join('');
  return String(part as string | number).replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);
}

/** Everything put in is escaped, except what was made here. */
function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: pieces }, ...parts.map(textOf)));
}

const style = `body{font:1rem/1.55 system-ui,"Noto Sans","Noto Sans Devanagari","Noto Sans Bengali",sans-serif;max-width:50rem;
margin:0 auto;padding:1.5rem 1rem 4rem;color:#211d1a;background:#fff}h1{font-size:1.9rem;line-height:1.2}
h2{margin-top:2.5rem;border-top:1px solid #ccc4bc;padding-top:1rem;font-size:1.25rem}table{border-collapse:collapse;width:100%}
th,td{text-align:start;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #e5dfd9;vertical-align:top}
.note{background:#f6f1ea;padding:.75rem 1rem}figure{margin:0}img{max-width:100%;height:auto}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:1rem;padding:0;list-style:none}
a{color:#6b3a1e}@media(prefers-color-scheme:dark){body{color:#efe9e2;background:#1b1816}a{color:#e8b48c}.note{background:#2b2622}
th,td,h2{border-color:#453f39}}@media print{h2{break-after:avoid}tr{break-inside:avoid}}`;

export function copyPage(copy: Copy): string {
  const words = copyWords[copy.language];
  const { rows } = copy;
  const tag = `${copy.language === 'ne' ? 'ne-NP' : `${copy.language}-IN`}-u-nu-latn-ca-gregory`;
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: copy.zone });
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: copy.zone });
  const calendarDay = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const money = new Intl.NumberFormat(tag, { style: 'currency', currency: copy.currency });
  const at = (value: unknown) => (typeof value === 'string' ? moment.format(new Date(value)) : '');
  /** Of a date without a time: the day itself, in whatever zone it is read. */
  const on = (value: unknown) =>
    typeof value === 'string' ? calendarDay.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)) : '';
  const of = (table: string) => rows.get(table) ?? [];
  const stateOf = (row: Row) => words.states[said(row.state ?? row.status)] ?? said(row.state ?? row.status);
  const treatmentOf = (row: Row) =>
    words.treatment[said(row.treatment) as keyof CopyWords['treatment']] ?? said(row.treatment);
  const patient = of('patients').find(({ id }) => id === copy.patientId) ?? {};

  const facts: readonly (readonly [string, string])[] = [
    [words.name, said(patient.name)],
    [words.birthDate, patient.birth_date_exact === false ? '' : on(patient.birth_date)],
    [words.phones, ((patient.phones ?? []) as readonly string[]).join(', ')],
    [words.email, said(patient.email)],
    [words.language, said(patient.language)],
    [words.number, copy.patientId],
  ];
  const page = html`<!doctype html>
<html lang="${copy.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} · ${copy.clinicName}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
<p>${words.lead(copy.clinicName, moment.format(copy.asOf))}</p>
<p class="note">${words.keep}</p>
${section(
  words.you,
  table(
    null,
    facts.filter(([, value]) => value !== '').map(([name, value]) => [name, value]),
  ),
)}
${listed(words.health, words, [words.what, words.state, words.when], of('health_entries'), (row) => [
  words.kinds[said(row.kind) as keyof CopyWords['kinds']],
  [said(row.flag).replaceAll('-', ' '), said(row.note)].filter((text) => text !== '').join(': '),
  [at(row.noted_at), row.ended_at ? words.ended(at(row.ended_at)) : '']
    .filter((text) => text !== '')
    .join(', '),
])}
${listed(words.visits, words, [words.when, words.state], of('bookings'), (row) => [at(row.starts_at), stateOf(row)])}
${listed(words.treatments, words, [words.when, words.what, words.state], of('sessions'), (row) => [
  at(row.performed_at ?? row.started_at),
  treatmentOf(row),
  stateOf(row),
])}
${listed(words.checkIns, words, [words.when, words.state], of('check_ins'), (row) => [on(row.due_at), stateOf(row)])}
${listed(words.results, words, [words.when, words.what, words.score], of('outcomes'), (row) => [
  on(row.taken_on),
  treatmentOf(row),
  row.patient_score === null ? '' : `${said(row.patient_score)} / 10`,
])}
${listed(words.money, words, [words.when, words.number, words.amount], of('payments'), (row) => [
  on(row.day),
  said(row.label),
  money.format(((row.kind === 'refund' ? -1 : 1) * Number(row.amount_minor)) / minorUnits(copy.currency)),
])}
${section(
  words.documents,
  copy.papers.length === 0
    ? html`<p>${words.none}</p>`
    : html`<ul>${copy.papers.map(({ kind, label, path }) => {
        const name = `${words.papers[kind]}, ${label}`;
        return path === undefined
          ? html`<li>${name}: ${words.missing}</li>`
          : html`<li><a href="${path}">${name}</a></li>`;
      })}</ul>`,
)}
${section(
  words.pictures,
  copy.pictures.length === 0
    ? html`<p>${words.none}</p>`
    : html`<ul class="pictures">${copy.pictures.map(
        ({ path, label }) =>
          html`<li><figure><a href="${path}"><img src="${path}" alt="${label}" loading="lazy"></a>
<figcaption>${label}</figcaption></figure></li>`,
      )}</ul>`,
)}
${
  copy.otherFiles.length === 0
    ? null
    : section(
        words.otherFiles,
        html`<ul>${copy.otherFiles.map((path) => html`<li><a href="${path}">${path}</a></li>`)}</ul>`,
      )
}
${section(
  words.data,
  html`<p>${words.dataText}</p>
<p><a href="data/fhir.json">${words.fhir}</a></p>
${table(
  [words.table, words.rows],
  [...rows]
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => [
      html`<a href="data/${name}.json">${name}.json</a>`,
      new Intl.NumberFormat(tag).format(list.length),
    ]),
)}`,
)}
<p>${copy.clinicName}, ${day.format(copy.asOf)}</p>
</main>
</body>
</html>
`;
  return page.text;
}

function said(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** How many of the smallest coin are one: 100 for rupees, 1 for yen. */
function minorUnits(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return 10 ** maximumFractionDigits;
}

function section(title: string, body: Markup): Markup {
  return html`<section><h2>${title}</h2>${body}</section>`;
}

function table(head: readonly string[] | null, rows: readonly (readonly Part[])[]): Markup {
  return html`<table>${
    head === null
      ? null
      : html`<thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>`
  }<tbody>${rows.map(
    ([first, ...rest]) =>
      html`<tr>${head === null ? html`<th scope="row">${first}</th>` : html`<td>${first}</td>`}${rest.map(
        (one) => html`<td>${one}</td>`,
      )}</tr>`,
  )}</tbody></table>`;
}

function listed(
  title: string,
  words: CopyWords,
  head: readonly string[],
  rows: readonly Row[],
  cells: (row: Row) => readonly string[],
): Markup {
  return section(title, rows.length === 0 ? html`<p>${words.none}</p>` : table(head, rows.map(cells)));
}
