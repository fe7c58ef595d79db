import type { Point } from './picture.ts';

/** A plane-to-plane projection: nine numbers, rows first, the last one 1. */
export type Homography = readonly number[];

/** Solves A x = b by elimination with partial pivoting; `undefined` when A is singular to working precision. */
export function solveLinear(a: readonly (readonly number[])[], b: readonly number[]): number[] | undefined {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i]]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i][k]) > Math.abs(m[pivot][k])) pivot = i;
    if (Math.abs(m[pivot][k]) < 1e-12) return undefined;
    [m[k], m[pivot]] = [m[pivot], m[k]];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const f = m[i][k] / m[k][k];
      if (f !== 0) for (let j = k; j <= n; j++) m[i][j] -= f * m[k][j];
    }
  }
  return m.map((row, i) => row[n] / row[i]);
}

/**
 * Least-squares projection taking `from[i]` to `to[i]` (at least 4 pairs), by the direct linear transform with
 * the last element fixed to 1; `undefined` when the points do not determine one.
 */
export function fitHomography(from: readonly Point[], to: readonly Point[]): Homography | undefined {
  const normal = Array.from({ length: 8 }, () => Array.from({ length: 8 }, () => 0));
  const right = Array.from({ length: 8 }, () => 0);
  const centre = mean(to);
  const scale = 1 / (spread(to, centre) || 1);
  const add = (row: number[], value: number): void => {
    for (let i = 0; i < 8; i++) {
      right[i] += row[i] * value;
      for (let j = 0; j < 8; j++) normal[i][j] += row[i] * row[j];
    }
  };
  for (let k = 0; k < from.length; k++) {
    const { x, y } = from[k];
    const u = (to[k].x - centre.x) * scale;
    const v = (to[k].y - centre.y) * scale;
    add([x, y, 1, 0, 0, 0, -u * x, -u * y], u);
    add([0, 0, 0, x, y, 1, -v * x, -v * y], v);
  }
  const h = solveLinear(normal, right);
  if (!h) return undefined;
  const back = (i: number, middle: number): number[] =>
    [0, 1, 2].map((j) => h[3 * i + j] / scale + middle * (j < 2 ? h[6 + j] : 1));
  return [...back(0, centre.x), ...back(1, centre.y), h[6], h[7], 1];
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

const spread = (points: readonly Point[], centre: Point): number =>
  points.reduce((s, p) => s + Math.hypot(p.x - centre.x, p.y - centre.y), 0) / points.length;

/** Where a projection puts a point. */
export function project(h: Homography, { x, y }: Point): Point {
  const w = h[6] * x + h[7] * y + h[8];
  return { x: (h[0] * x + h[1] * y + h[2]) / w, y: (h[3] * x + h[4] * y + h[5]) / w };
}
