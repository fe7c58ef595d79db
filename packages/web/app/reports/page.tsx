import { readReport } from '@undertone/clinic/reports/commands.ts';
import { countNames, type MonthCounts } from '@undertone/clinic/reports/rules.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { scaleBand, scaleLinear } from 'd3-scale';
import { Form } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { moneyWriter } from '../money/shared.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/page.ts';
import { askedSpan } from './asked.ts';
import './reports.css';
import { reportWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'report.read'))),
];

/** `/desk/reports?from=&to=&draw=`: counts by month as a table, one of them drawn. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const span = await askedSpan(clinic, url.searchParams);
  const read = await readReport(clinic, actorOf(context), span);
  if (!read.ok && read.reason === 'not-allowed') throw new Response(read.message, { status: 403 });
  const tag = intlTag(locale);
  const whole = new Intl.NumberFormat(tag);
  const money = await moneyWriter(clinic, locale);
  const month = new Intl.DateTimeFormat(tag, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const shown = countNames.filter((name) => read.ok && (read.hasMoney || !isMoney(name)));
  const write = (name: keyof MonthCounts, value: number) =>
    isMoney(name) ? money(value) : whole.format(value);
  const zerosOf = (counts: Readonly<Record<keyof MonthCounts, number>>) =>
    Object.fromEntries(shown.map((name) => [name, counts[name] === 0]));
  const asked = url.searchParams.get('draw');
  const draw = shown.find((name) => name === asked) ?? 'visits';
  return {
    locale,
    span,
    isBad: !read.ok,
    shown,
    draw,
    rows: read.ok
      ? read.months.map((one) => ({
          month: one.month,
          text: month.format(new Date(`${one.month}-01T00:00:00Z`)),
          counts: Object.fromEntries(shown.map((name) => [name, write(name, one[name])])),
          value: one[draw],
          isZero: zerosOf(one),
        }))
      : [],
    zeroTotals: read.ok ? zerosOf(read.totals) : {},
    totals: read.ok ? Object.fromEntries(shown.map((name) => [name, write(name, read.totals[name])])) : {},
  };
}

const isMoney = (name: keyof MonthCounts) => name === 'takingsMinor' || name === 'refundsMinor';

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: reportWords[loaderData?.locale ?? 'en'].title }];
}

export default function Reports({ loaderData }: Route.ComponentProps) {
  const { locale, span, isBad, shown, draw, rows, totals, zeroTotals } = loaderData;
  const words = reportWords[locale];
  // The newest month is what is asked for most: first in the table, and in sight in the chart.
  const all = [
    ...rows.toReversed(),
    ...(rows.length > 0
      ? [{ month: 'total', text: words.total, counts: totals, value: 0, isZero: zeroTotals }]
      : []),
  ];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        <a className="button" href={`/desk/reports/months.csv?from=${span.from}&to=${span.to}`}>
          {words.export}
        </a>
      </header>
      <div className="stack-l">
        <Form method="get" className="report-filter">
          <TextField label={words.from} name="from" type="month" defaultValue={span.from} />
          <TextField label={words.to} name="to" type="month" defaultValue={span.to} />
          <Select
            label={words.choose}
            name="draw"
            defaultValue={draw}
            options={shown.map((id) => ({ id, label: words.counts[id] }))}
          />
          <Button type="submit">{words.show}</Button>
        </Form>
        {isBad ? <Alert tone="oxide" title={words.badSpan} live /> : null}
        {rows.length > 0 && rows.every(({ value }) => value === 0) ? (
          <p className="report-chart soft">{words.none}</p>
        ) : null}
        {rows.some(({ value }) => value !== 0) ? (
          <Bars
            label={`${words.chart}: ${words.counts[draw]}`}
            bars={rows.map(({ month, text, value, counts }) => ({
              month,
              text,
              value,
              said: counts[draw] ?? '',
            }))}
          />
        ) : null}
        {rows.length > 0 ? (
          <div className="report-months">
            <Table
              caption={words.title}
              rows={all}
              keyOf={(row) => row.month}
              columns={[
                { id: 'month', title: words.month, renderCell: (row) => row.text },
                ...shown.map((name) => ({
                  id: name,
                  title: words.counts[name],
                  number: true,
                  renderCell: (row: (typeof all)[number]) =>
                    row.isZero[name] ? <span data-zero>{row.counts[name]}</span> : row.counts[name],
                })),
              ]}
            />
          </div>
        ) : null}
      </div>
    </>
  );
}

interface Bar {
  readonly month: string;
  readonly text: string;
  readonly value: number;
  readonly said: string;
}

const size = { width: 720, height: 220, top: 20, bottom: 24 } as const;

/** One count drawn, a bar a month. The table below says the same in numbers. */
function Bars({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const x = scaleBand(
    bars.map(({ month }) => month),
    [0, size.width],
  ).padding(0.25);
  const y = scaleLinear(
    [0, Math.max(1, ...bars.map(({ value }) => value))],
    [size.height - size.bottom, size.top],
  );
  const base = size.height - size.bottom;
  const everyNth = Math.ceil(bars.length / 12);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a frame that scrolls must be reachable by keyboard
    <section className="report-chart" aria-label={label} tabIndex={0}>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label}>
        <line className="report-axis" x1={0} x2={size.width} y1={base} y2={base} />
        {bars.map(({ month, text, value, said }, i) => {
          const middle = (x(month) ?? 0) + x.bandwidth() / 2;
          return (
            <g key={month}>
              <rect
                className="report-bar"
                x={x(month)}
                y={y(value)}
                width={x.bandwidth()}
                height={Math.max(0, base - y(value))}
              />
              {value > 0 && everyNth === 1 ? (
                <text className="report-text" x={middle} y={y(value) - 4} textAnchor="middle">
                  {said}
                </text>
              ) : null}
              {i % everyNth === 0 ? (
                <text className="report-text" x={middle} y={base + 16} textAnchor="middle">
                  {text}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
    </section>
  );
}
