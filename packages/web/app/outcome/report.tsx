import { outcomeReport } from '@undertone/clinic/outcome/commands.ts';
import { leastResults } from '@undertone/engine/learn/index.ts';
import type { DriftAxis, LearnedHealing } from '@undertone/engine/match/index.ts';
import { Link } from 'react-router';
import { inDigitsOf } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Alert } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/report.ts';
import './outcome.css';
import { outcomeWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'auditor')];

/** Results drawn and listed; the newest of many. */
const shown = 60;

/** `/desk/outcomes`: predicted against healed over all results, whether ranges hold, and whether two raters agree. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const found = await outcomeReport(clinic, actorOf(context));
  if (!found.ok) throw new Response(found.message, { status: 403 });
  const { learned, calibration, agreement, blind } = found.report;
  const share = (ln: number) => Math.exp(ln);
  return {
    locale: localeOf(request),
    results: learned.results,
    people: learned.people,
    isEnough: learned.isEnough,
    within: calibration.within,
    expected: calibration.expected,
    isJudged: calibration.isEnough,
    all: calibration.results.length,
    // Numbered, not named: this page is about the clinic, not about anybody.
    rows: calibration.results.slice(0, shown).map((one, i) => ({
      number: i + 1,
      observed01: share(one.observedLn),
      expected01: share(one.expectedLn),
      low01: share(one.low90Ln),
      high01: share(one.high90Ln),
      isWithin: one.isWithin,
    })),
    drift: driftRows(learned),
    agreement,
    blind,
  };
}

const z90 = 1.645;

/** Cells of the clinic's own results; those inferred from others alone are for plans, not for a page. */
function driftRows({ drift = [] }: LearnedHealing) {
  const axis = ({ mean, meanSd, scatterSd }: DriftAxis) => {
    const half = z90 * Math.hypot(meanSd, scatterSd);
    return { mean, low: mean - half, high: mean + half };
  };
  return drift.flatMap(({ treatment, skinGroup, pigmentClass, state, a, b, results }) =>
    results > 0 && state !== 'day0'
      ? [{ treatment, skinGroup, pigmentClass, state, results, a: axis(a), b: axis(b) }]
      : [],
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: outcomeWords[loaderData?.locale ?? 'en'].report }];
}

export default function ReportPage({ loaderData }: Route.ComponentProps) {
  const { locale, results, people, isEnough, rows, drift, agreement, blind } = loaderData;
  const words = outcomeWords[locale];
  const own = (text: string) => inDigitsOf(locale, text);
  const rated = blind.better + blind.same + blind.worse;
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>{words.report}</h1>
        <p className="soft measure">{words.reportLead}</p>
        <p className="row figures">
          {own(words.results(results, people))}
          <a href="/desk/outcomes/learned.json" download>
            {words.download}
          </a>
          <Link to="/desk/ratings">{words.rate}</Link>
        </p>
      </header>
      {isEnough ? null : (
        <Alert tone="ochre" title={words.few}>
          {own(words.fewText(leastResults))}
        </Alert>
      )}
      <section className="stack">
        <h2>{words.calibration}</h2>
        <p className="measure figures">
          {loaderData.isJudged
            ? own(
                words.calibrationText(
                  loaderData.within,
                  loaderData.all,
                  loaderData.expected.low,
                  loaderData.expected.high,
                ),
              )
            : words.calibrationFew}
        </p>
        {rows.length === 0 ? null : (
          <>
            <Ranges rows={rows} label={words.chart} write={(share) => own(percent(share))} />
            <Table
              caption={words.chart}
              keyOf={({ number }) => String(number)}
              rows={rows}
              columns={[
                {
                  id: 'number',
                  title: words.result,
                  number: true,
                  renderCell: ({ number }) => own(`${number}`),
                },
                {
                  id: 'expected',
                  title: words.expected,
                  number: true,
                  renderCell: ({ expected01 }) => own(percent(expected01)),
                },
                {
                  id: 'interval',
                  title: words.interval,
                  number: true,
                  renderCell: ({ low01, high01 }) => own(`${percent(low01)} – ${percent(high01)}`),
                },
                {
                  id: 'observed',
                  title: words.observed,
                  number: true,
                  renderCell: ({ observed01 }) => own(percent(observed01)),
                },
                { id: 'within', title: words.within, renderCell: ({ isWithin }) => (isWithin ? '✓' : '–') },
              ]}
            />
          </>
        )}
        <p className="soft small">{words.unreviewed}</p>
      </section>
      <section className="stack">
        <h2>{words.drift}</h2>
        {drift.length === 0 ? (
          <p className="measure">{words.driftNone}</p>
        ) : (
          <>
            <p className="measure">{words.driftText}</p>
            <Table
              caption={words.driftCaption}
              keyOf={(row) => `${row.treatment} ${row.skinGroup} ${row.pigmentClass} ${row.state}`}
              rows={drift}
              columns={[
                {
                  id: 'treatment',
                  title: words.treatment,
                  renderCell: ({ treatment }) => words.treatments[treatment],
                },
                { id: 'skin', title: words.skin, renderCell: ({ skinGroup }) => words.skins[skinGroup] },
                {
                  id: 'pigment',
                  title: words.pigment,
                  renderCell: ({ pigmentClass }) => words.pigments[pigmentClass],
                },
                { id: 'state', title: words.state, renderCell: ({ state }) => words.states[state] },
                {
                  id: 'results',
                  title: words.countOfResults,
                  number: true,
                  renderCell: (row) => own(`${row.results}`),
                },
                {
                  id: 'a',
                  title: 'Δa*',
                  number: true,
                  renderCell: ({ a }) => own(drifted(a, words.driftRange)),
                },
                {
                  id: 'b',
                  title: 'Δb*',
                  number: true,
                  renderCell: ({ b }) => own(drifted(b, words.driftRange)),
                },
              ]}
            />
          </>
        )}
      </section>
      <section className="stack">
        <h2>{words.agreement}</h2>
        <p className="measure figures">
          {agreement.kappa === undefined || agreement.interval95 === undefined
            ? own(words.kappaNone(agreement.pairs))
            : own(
                words.kappa(
                  agreement.kappa.toFixed(2),
                  agreement.interval95.low.toFixed(2),
                  agreement.interval95.high.toFixed(2),
                  agreement.pairs,
                ),
              )}
        </p>
        {agreement.pairs > 0 && !agreement.isEnough ? <p className="soft">{words.kappaFew}</p> : null}
        {rated === 0 ? null : (
          <p className="figures">{own(words.blindSaid(blind.better, blind.same, blind.worse))}</p>
        )}
      </section>
    </div>
  );
}

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

const drifted = (
  { mean, low, high }: { readonly mean: number; readonly low: number; readonly high: number },
  range: (low: string, high: string) => string,
) => `${signed(mean)} ${range(signed(low), signed(high))}`;

const percent = (share: number) => `${Math.round(100 * share)} %`;

interface RangeRow {
  readonly number: number;
  readonly observed01: number;
  readonly expected01: number;
  readonly low01: number;
  readonly high01: number;
  readonly isWithin: boolean;
}

/** One line a result: band of what was expected, tick of its middle, dot of what was read. Axis 0 to 120 %. */
function Ranges({
  rows,
  label,
  write,
}: {
  readonly rows: readonly RangeRow[];
  readonly label: string;
  readonly write: (share: number) => string;
}) {
  const height = 14;
  const x = (share: number) => 14 + (Math.min(1.2, share) / 1.2) * 312;
  const marks = [0, 0.25, 0.5, 0.75, 1];
  const total = rows.length * height + 24;
  return (
    <svg className="outcome-tracks" viewBox={`0 0 340 ${total}`} role="img" aria-label={label}>
      {marks.map((mark) => (
        <g key={mark}>
          <line className="outcome-axis" x1={x(mark)} x2={x(mark)} y1={0} y2={total - 18} />
          <text className="outcome-text" x={x(mark)} y={total - 4} textAnchor="middle">
            {write(mark)}
          </text>
        </g>
      ))}
      {rows.map((row, k) => {
        const y = k * height + height / 2;
        return (
          <g key={row.number}>
            <rect
              className="outcome-band"
              x={x(row.low01)}
              y={y - 5}
              width={Math.max(0, x(row.high01) - x(row.low01))}
              height={10}
              rx={2}
            />
            <line
              className="outcome-predicted"
              x1={x(row.expected01)}
              x2={x(row.expected01)}
              y1={y - 6}
              y2={y + 6}
            />
            <circle
              className="outcome-healed"
              data-outside={row.isWithin ? undefined : ''}
              cx={x(row.observed01)}
              cy={y}
              r={4}
            />
          </g>
        );
      })}
    </svg>
  );
}
