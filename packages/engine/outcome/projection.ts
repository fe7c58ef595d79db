import { fitHomography, type Homography, project, solveLinear } from '../photo/homography.ts';
import type { Point } from '../photo/index.ts';

export type { Homography } from '../photo/homography.ts';
export { project } from '../photo/homography.ts';

export const identity: Homography = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** The projection that does `first`, then `second`. */
export function composed(second: Homography, first: Homography): Homography {
  const m = [0, 1, 2].flatMap((r) =>
    [0, 1, 2].map((c) => [0, 1, 2].reduce((sum, k) => sum + second[3 * r + k] * first[3 * k + c], 0)),
  );
  return m.map((v) => v / m[8]);
}

/** Undefined when the projection flattens the plane. */
export function inverted(h: Homography): Homography | undefined {
  const [a, b, c, d, e, f, g, i, j] = h;
  const m = [
    e * j - f * i,
    c * i - b * j,
    b * f - c * e,
    f * g - d * j,
    a * j - c * g,
    c * d - a * f,
    d * i - e * g,
    b * g - a * i,
    a * e - b * d,
  ];
  const det = a * m[0] + b * m[3] + c * m[6];
  if (Math.abs(det) < 1e-12 || Math.abs(m[8]) < 1e-12) return undefined;
  return m.map((v) => v / m[8]);
}

/** From pixels of a frame (`plane.ts`) to points of its picture. */
export function fromFrame({
  x0,
  y0,
  pxPerFramePx: s,
}: {
  readonly x0: number;
  readonly y0: number;
  readonly pxPerFramePx: number;
}): Homography {
  return [s, 0, x0, 0, s, y0, 0, 0, 1];
}

export interface Correspondence {
  readonly from: Point;
  readonly to: Point;
  readonly weight: number;
}

export type ProjectionKind = 'similarity' | 'affine' | 'homography';

/** Weighted least squares; undefined when the points do not determine it. */
export function fitProjection(
  kind: ProjectionKind,
  pairs: readonly Correspondence[],
): Homography | undefined {
  if (kind === 'homography') {
    const strong = pairs.filter(({ weight }) => weight > 0);
    if (strong.length < 8) return undefined;
    // The solver takes no weights: a doubtful pair is drawn towards what the affine fit says of it.
    const affine = fitProjection('affine', strong);
    if (!affine) return undefined;
    const centre = middle(strong.map(({ from }) => from));
    const origin = ({ x, y }: Point) => ({ x: x - centre.x, y: y - centre.y });
    const h = fitHomography(
      strong.map(({ from }) => origin(from)),
      strong.map(({ from, to, weight }) => {
        const expected = project(affine, from);
        const w = Math.min(1, weight);
        return { x: to.x * w + expected.x * (1 - w), y: to.y * w + expected.y * (1 - w) };
      }),
    );
    return h && composed(h, [1, 0, -centre.x, 0, 1, -centre.y, 0, 0, 1]);
  }
  const size = kind === 'affine' ? 6 : 4;
  if (pairs.length < size / 2) return undefined;
  const normal = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  const right = Array.from({ length: size }, () => 0);
  const centre = middle(pairs.map(({ from }) => from));
  const add = (row: readonly number[], value: number, weight: number) => {
    for (let i = 0; i < size; i++) {
      right[i] += weight * row[i] * value;
      for (let j = 0; j < size; j++) normal[i][j] += weight * row[i] * row[j];
    }
  };
  for (const { from, to, weight } of pairs) {
    const x = from.x - centre.x;
    const y = from.y - centre.y;
    if (kind === 'affine') {
      add([x, y, 1, 0, 0, 0], to.x, weight);
      add([0, 0, 0, x, y, 1], to.y, weight);
    } else {
      add([x, -y, 1, 0], to.x, weight);
      add([y, x, 0, 1], to.y, weight);
    }
  }
  const s = solveLinear(normal, right);
  if (!s) return undefined;
  const centred =
    kind === 'affine'
      ? [s[0], s[1], s[2], s[3], s[4], s[5], 0, 0, 1]
      : [s[0], -s[1], s[2], s[1], s[0], s[3], 0, 0, 1];
  return composed(centred, [1, 0, -centre.x, 0, 1, -centre.y, 0, 0, 1]);
}

/** {@link fitProjection} with Tukey's weights: pairs farther off than `reachPx` count for nothing in the end. */
export function fitRobustly(
  kind: ProjectionKind,
  pairs: readonly Correspondence[],
  start: Homography,
  reachPx: number,
  rounds = 6,
): Homography | undefined {
  let h: Homography = start;
  for (let round = 0; round < rounds; round++) {
    // The reach narrows, so that a start somewhat off still gathers its own.
    const reach = reachPx * Math.max(1, 3 - round);
    const weighted = pairs
      .map((pair) => {
        const t = off(h, pair) / reach;
        return { ...pair, weight: t >= 1 ? 0 : pair.weight * (1 - t * t) ** 2 };
      })
      .filter(({ weight }) => weight > 0);
    const next = fitProjection(kind, weighted);
    if (!next) return undefined;
    h = next;
  }
  return h;
}

/** Distance between where a projection puts a point and where it was found, px of the target. */
export function off(h: Homography, { from, to }: Pick<Correspondence, 'from' | 'to'>): number {
  const p = project(h, from);
  return Math.hypot(p.x - to.x, p.y - to.y);
}

/** How much a projection enlarges, and how far it turns (degrees, clockwise on screen) around a point. */
export function sizeAndTurn(h: Homography, at: Point): { scale: number; turnDegrees: number } {
  const o = project(h, at);
  const r = project(h, { x: at.x + 1, y: at.y });
  const d = project(h, { x: at.x, y: at.y + 1 });
  const [a, b, c, e] = [r.x - o.x, d.x - o.x, r.y - o.y, d.y - o.y];
  const det = a * e - b * c;
  return {
    scale: Math.sign(det) * Math.sqrt(Math.abs(det)),
    turnDegrees: (Math.atan2(c - b, a + e) * 180) / Math.PI,
  };
}

function middle(points: readonly Point[]): Point {
  const n = Math.max(1, points.length);
  return {
    x: points.reduce((sum, p) => sum + p.x, 0) / n,
    y: points.reduce((sum, p) => sum + p.y, 0) / n,
  };
}
