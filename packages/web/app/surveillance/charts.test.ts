import { funnelOf } from '@undertone/clinic/surveillance/commands.ts';
import { rateOf } from '@undertone/clinic/surveillance/rules.ts';
import { describe, expect, it } from 'vitest';
import { cusumChart, funnelChart, verdictOf } from './charts.ts';
import { frame } from './frame.ts';

const write = { percent: String, whole: String, number: String };
const row = (label: string, followed: number, events: number) => ({
  key: label,
  label,
  ...rateOf({ sessions: followed, followed, waiting: 0, unknown: 0, events }),
});

describe('the funnel', () => {
  const total = rateOf({ sessions: 1000, followed: 1000, waiting: 0, unknown: 0, events: 100 });
  const points = funnelOf(total, [row('even', 200, 20), row('high', 200, 30), row('far', 200, 60)]);

  it('says of each point whether chance alone would put it there', () => {
    expect(points.map(verdictOf)).toEqual(['inside', 'outside95', 'outside998']);
  });

  it('draws every point inside its frame, higher rates higher', () => {
    const chart = funnelChart(points, total.rate01 ?? 0, write);
    for (const { cx, cy } of chart.points) {
      expect(cx).toBeGreaterThan(frame.left);
      expect(cx).toBeLessThan(frame.width);
      expect(cy).toBeGreaterThanOrEqual(frame.top);
      expect(cy).toBeLessThan(frame.height);
    }
    const heights = chart.points.map(({ cy }) => cy);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    expect(chart.limits).toHaveLength(4);
    for (const { path } of chart.limits) expect(path).not.toMatch(/NaN|undefined/);
  });

  it('of nobody is empty', () => {
    expect(funnelOf(rateOf({ ...total, followed: 0, events: 0 }), [])).toEqual([]);
  });
});

describe('the CUSUM', () => {
  it('marks its signals above the line of the limit', () => {
    const points = [0.5, 2.6, 0.3].map((value) => ({
      performedOn: '2026-03-01',
      hasEvent: true,
      value,
      isSignal: value > 2.5,
    }));
    const chart = cusumChart(points, 2.5, write);
    expect(chart.signals).toHaveLength(1);
    expect(chart.signals[0]?.cy).toBeLessThan(chart.limit);
    expect(chart.path).toMatch(/^M/);
    expect(cusumChart([], 2.5, write).path).toBe('');
  });
});
