import type { ReactNode } from 'react';
import type { Axes, CusumChart, FunnelChart } from './charts.ts';
import { frame } from './frame.ts';
import type { SurveillanceWords } from './words.ts';

const bottom = frame.height - frame.bottom;
const right = frame.width - frame.right;

/** A drawing with axes. What it shows stands in a table beside it; on a narrow screen it scrolls in its own frame. */
function Drawing({
  label,
  axes,
  xTitle,
  yTitle,
  children,
}: {
  readonly label: string;
  readonly axes: Axes;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly children: ReactNode;
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a frame that scrolls must be reachable by keyboard
    <section className="chart-frame" aria-label={label} tabIndex={0}>
      <svg className="chart" viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={label}>
        {axes.y.map(({ at, text }) => (
          <g key={at}>
            <line className="chart-grid" x1={frame.left} x2={right} y1={at} y2={at} />
            <text className="chart-text" x={frame.left - 8} y={at + 4} textAnchor="end">
              {text}
            </text>
          </g>
        ))}
        {axes.x.map(({ at, text }) => (
          <text key={at} className="chart-text" x={at} y={bottom + 18} textAnchor="middle">
            {text}
          </text>
        ))}
        <line className="chart-axis" x1={frame.left} x2={right} y1={bottom} y2={bottom} />
        <text className="chart-text" x={right} y={frame.height - 6} textAnchor="end">
          {xTitle}
        </text>
        <text className="chart-text" x={frame.left + 6} y={frame.top + 12}>
          {yTitle}
        </text>
        {children}
      </svg>
    </section>
  );
}

export function Funnel({ chart, words }: { readonly chart: FunnelChart; readonly words: SurveillanceWords }) {
  return (
    <Drawing label={words.funnel} axes={chart} xTitle={words.followed} yTitle={words.rateAxis}>
      <line className="chart-target" x1={frame.left} x2={right} y1={chart.target} y2={chart.target} />
      {chart.limits.map(({ kind, path }) => (
        <path key={path} className="chart-limit" data-kind={kind} d={path} />
      ))}
      {chart.points.map(({ cx, cy, label, verdict }) => (
        <circle
          key={`${label} ${cx} ${cy}`}
          className="chart-point"
          data-verdict={verdict}
          cx={cx}
          cy={cy}
          r={5}
        >
          <title>{label}</title>
        </circle>
      ))}
    </Drawing>
  );
}

export function Cusum({ chart, words }: { readonly chart: CusumChart; readonly words: SurveillanceWords }) {
  return (
    <Drawing label={words.cusum} axes={chart} xTitle={words.sessionsAxis} yTitle={words.sumAxis}>
      <line
        className="chart-limit"
        data-kind="outer"
        x1={frame.left}
        x2={right}
        y1={chart.limit}
        y2={chart.limit}
      />
      <text className="chart-text" x={right} y={chart.limit - 6} textAnchor="end">
        {words.limit}
      </text>
      <path className="chart-line" d={chart.path} />
      {chart.signals.map(({ cx, cy }) => (
        <circle key={cx} className="chart-point" data-verdict="outside998" cx={cx} cy={cy} r={5} />
      ))}
    </Drawing>
  );
}
