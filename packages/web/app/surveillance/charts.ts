/** Geometry of the charts, made on the server: pages carry lines and points, no library. */
import type { CusumPoint, FunnelPoint } from '@undertone/clinic/surveillance/commands.ts';
import { funnelTails } from '@undertone/clinic/surveillance/rules.ts';
import { funnelLimits } from '@undertone/clinic/surveillance/statistics.ts';
import { scaleLinear, scaleSqrt } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { frame } from './frame.ts';

const plot = {
  x: [frame.left, frame.width - frame.right],
  y: [frame.height - frame.bottom, frame.top],
} as const;

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Axes {
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
}

/** Where a point lies against the funnel's limits. */
export type Verdict = 'inside' | 'outside95' | 'outside998';

export function verdictOf(point: Pick<FunnelPoint, 'rate01' | 'inner' | 'outer'>): Verdict {
  const rate = point.rate01 ?? 0;
  if (rate < point.outer.low01 || rate > point.outer.high01) return 'outside998';
  return rate < point.inner.low01 || rate > point.inner.high01 ? 'outside95' : 'inside';
}

export interface FunnelChart extends Axes {
  readonly target: number;
  /** Paths: two of the inner, two of the outer limits. */
  readonly limits: readonly { readonly kind: 'inner' | 'outer'; readonly path: string }[];
  readonly points: readonly {
    readonly cx: number;
    readonly cy: number;
    readonly label: string;
    readonly verdict: Verdict;
  }[];
}

/** A funnel of at least two points. Limits are drawn where somebody could stand: from 5 people to a tenth beyond the most. */
export function funnelChart(
  points: readonly FunnelPoint[],
  target01: number,
  write: { readonly percent: (share: number) => string; readonly whole: (count: number) => string },
): FunnelChart {
  const most = Math.max(10, ...points.map(({ followed }) => followed)) * 1.1;
  const highest = Math.max(0.01, target01 * 2.5, ...points.map(({ rate01 = 0 }) => rate01 * 1.15));
  const x = scaleSqrt([0, most], [...plot.x]);
  const y = scaleLinear([0, Math.min(1, highest)], [...plot.y]).clamp(true);
  const steps = Array.from({ length: 49 }, (_, i) => Math.max(5, Math.round(most * ((i + 1) / 49) ** 2)));
  const draw = line<{ n: number; limit: number }>(
    ({ n }) => x(n),
    ({ limit }) => y(limit),
  ).digits(1);
  const limits = (['inner', 'outer'] as const).flatMap((kind) => {
    const at = steps.map((n) => ({ n, ...funnelLimits(n, target01, funnelTails[kind]) }));
    return [
      { kind, path: draw(at.map(({ n, low01 }) => ({ n, limit: low01 }))) ?? '' },
      { kind, path: draw(at.map(({ n, high01 }) => ({ n, limit: high01 }))) ?? '' },
    ];
  });
  return {
    target: round(y(target01)),
    limits,
    points: points.map((point) => ({
      cx: round(x(point.followed)),
      cy: round(y(point.rate01 ?? 0)),
      label: point.label ?? '',
      verdict: verdictOf(point),
    })),
    x: x.ticks(6).map((n) => ({ at: round(x(n)), text: write.whole(n) })),
    y: y.ticks(5).map((share) => ({ at: round(y(share)), text: write.percent(share) })),
  };
}

export interface CusumChart extends Axes {
  readonly limit: number;
  readonly path: string;
  readonly signals: readonly { readonly cx: number; readonly cy: number }[];
}

export function cusumChart(
  points: readonly CusumPoint[],
  h: number,
  write: { readonly number: (value: number) => string; readonly whole: (count: number) => string },
): CusumChart {
  const x = scaleLinear([0, Math.max(10, points.length)], [...plot.x]);
  const y = scaleLinear([0, Math.max(h * 1.3, ...points.map(({ value }) => value * 1.05))], [...plot.y]);
  const draw = line<CusumPoint>(
    (_, i) => x(i + 1),
    ({ value }) => y(value),
  )
    .curve(curveStepAfter)
    .digits(1);
  return {
    limit: round(y(h)),
    path: draw([...points]) ?? '',
    signals: points.flatMap(({ isSignal, value }, i) =>
      isSignal ? [{ cx: round(x(i + 1)), cy: round(y(value)) }] : [],
    ),
    x: x.ticks(6).map((n) => ({ at: round(x(n)), text: write.whole(n) })),
    y: y.ticks(5).map((value) => ({ at: round(y(value)), text: write.number(value) })),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
