import { createMask, type Mask, type Point } from '../../photo/picture.ts';

/** Steps of a curve between two of its points. */
const stepsPerSpan = 8;

/**
 * A smooth line through points in order (centripetal Catmull-Rom: Yuksel, Schaefer, Keyser 2011, which
 * neither loops nor overshoots between close points). Ends where the points end.
 */
export function smoothLine(points: readonly Point[]): Point[] {
  if (points.length < 3) return [...points];
  const mirrored = (end: Point, next: Point) => ({ x: 2 * end.x - next.x, y: 2 * end.y - next.y });
  const all = [mirrored(points[0], points[1]), ...points, mirrored(points.at(-1)!, points.at(-2)!)];
  const line: Point[] = [];
  for (let i = 1; i + 2 < all.length; i++)
    for (let step = 0; step < stepsPerSpan; step++)
      line.push(onSpan(all[i - 1], all[i], all[i + 1], all[i + 2], step / stepsPerSpan));
  line.push(points.at(-1)!);
  return line;
}

/** Barry and Goldman's pyramid: a point between b and c. */
function onSpan(a: Point, b: Point, c: Point, d: Point, share: number): Point {
  const knot = (from: Point, to: Point) =>
    Math.max(1e-6, Math.sqrt(Math.hypot(to.x - from.x, to.y - from.y)));
  const t1 = knot(a, b);
  const t2 = t1 + knot(b, c);
  const t3 = t2 + knot(c, d);
  const t = t1 + share * (t2 - t1);
  const mix = (p: Point, q: Point, from: number, to: number): Point => ({
    x: (p.x * (to - t) + q.x * (t - from)) / (to - from),
    y: (p.y * (to - t) + q.y * (t - from)) / (to - from),
  });
  const [ab, bc, cd] = [mix(a, b, 0, t1), mix(b, c, t1, t2), mix(c, d, t2, t3)];
  return mix(mix(ab, bc, 0, t2), mix(bc, cd, t1, t3), t1, t2);
}

/** Scan lines a pixel; coverage along a line is exact. */
const linesPerPixel = 8;

/** Coverage of the pixels by the inside (odd crossings) of a closed line, 0..255. */
export function fillOutline(outline: readonly Point[], widthPx: number, heightPx: number): Mask {
  const mask = createMask(widthPx, heightPx);
  const ys = outline.map((point) => point.y);
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const bottom = Math.min(heightPx - 1, Math.floor(Math.max(...ys)));
  const row = new Float32Array(widthPx);
  for (let y = top; y <= bottom; y++) {
    row.fill(0);
    for (let line = 0; line < linesPerPixel; line++) {
      const crossings = crossingsAt(outline, y + (line + 0.5) / linesPerPixel);
      for (let i = 0; i + 1 < crossings.length; i += 2) coverSpan(row, crossings[i], crossings[i + 1]);
    }
    for (let x = 0; x < widthPx; x++)
      mask.alpha[y * widthPx + x] = Math.round((Math.min(linesPerPixel, row[x]) * 255) / linesPerPixel);
  }
  return mask;
}

function crossingsAt(outline: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0; i < outline.length; i++) {
    const from = outline[i];
    const to = outline[(i + 1) % outline.length];
    if (from.y > y !== to.y > y) crossings.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
  }
  return crossings.sort((a, b) => a - b);
}

/** Adds to each pixel of a row the share of it that lies between two places. */
function coverSpan(row: Float32Array, from: number, to: number): void {
  const start = Math.max(0, from);
  const end = Math.min(row.length, to);
  for (let x = Math.floor(start); x < end; x++) row[x] += Math.min(end, x + 1) - Math.max(start, x);
}
