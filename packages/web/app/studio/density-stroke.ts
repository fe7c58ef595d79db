import type { Point } from '@undertone/engine/photo/index.ts';

/** As many as a plan keeps. */
export const mostDensityStrokes = 300;
/** Points of one stroke: a plan keeps them all. */
const mostPoints = 500;

/** A way with its points at least `leastPx` apart, in tenths of a pixel; its first and last stay. */
export function sparsePoints(points: readonly Point[], leastPx: number): [number, number][] {
  const tenth = (value: number) => Math.round(value * 10) / 10;
  const kept = points.slice(0, 1);
  points.forEach((point, n) => {
    const from = kept.at(-1);
    if (n === 0 || !from) return;
    if (n === points.length - 1 || Math.hypot(point.x - from.x, point.y - from.y) >= leastPx)
      kept.push(point);
  });
  if (kept.length > mostPoints) return sparsePoints(kept, leastPx * 2);
  return kept.map(({ x, y }) => [tenth(x), tenth(y)]);
}
