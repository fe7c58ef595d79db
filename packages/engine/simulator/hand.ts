import type { Mask, Point } from '../photo/picture.ts';
import type { Random } from './random.ts';

/** One rough stroke of a brush, picture pixels. */
export interface HandStroke {
  readonly points: readonly Point[];
  readonly radiusPx: number;
}

/**
 * How a hand rubs over a patch it sees: back and forth across the patch's longer axis with a brush of a quarter to a
 * half of the patch's radius, turning a little before or after the border, trembling, never lifting. It follows the
 * patch's outline and passes over islands in it. Written from the shape alone; no reader of the picture is asked.
 *
 * Assumed clumsiness, in brush radii: rows 1.2 to 1.9 apart; turns where the brush's rim passes the border by
 * -0.2 ± 0.35 each way; slow wobble 0.2. The brush alone overlaps the patch by about 0.7.
 *
 * @returns `undefined` for an empty mask
 */
export function rubOver(patch: Mask, random: Random): HandStroke | undefined {
  const shape = shapeOf(patch);
  if (!shape) return undefined;
  const { centre, axis, areaPx, inside } = shape;
  const radiusPx = Math.max(3, Math.sqrt(areaPx / Math.PI) * random.between(0.25, 0.5));
  // A hand's axis is not the eye's: up to 25 degrees off.
  const turn = axis + random.between(-0.44, 0.44);
  const along = { x: Math.cos(turn), y: Math.sin(turn) };
  const across = { x: -along.y, y: along.x };
  const placed = inside.map((p) => {
    const x = p.x - centre.x;
    const y = p.y - centre.y;
    return { u: x * along.x + y * along.y, v: x * across.x + y * across.y };
  });
  const low = least(placed.map((p) => p.u));
  const high = -least(placed.map((p) => -p.u));
  const knots: Point[] = [];
  let rising = random.uniform() < 0.5;
  const clumsy = (): number => radiusPx * (-1.1 + 0.35 * random.normal());
  const first = Math.min((low + high) / 2, low - clumsy());
  const last = Math.max((low + high) / 2, high + clumsy());
  for (let u = first; ; u += radiusPx * random.between(1.2, 1.9)) {
    const row = placed.filter((p) => Math.abs(p.u - Math.min(u, last)) <= radiusPx * 0.5).map((p) => p.v);
    if (row.length > 0) {
      const bottom = least(row) - clumsy();
      const top = -least(row.map((v) => -v)) + clumsy();
      const middle = (bottom + top) / 2;
      const ends = bottom < top ? [bottom, top] : [middle, middle];
      for (const v of rising ? ends : ends.toReversed()) knots.push({ x: Math.min(u, last), y: v });
      rising = !rising;
    }
    if (u >= last) break;
  }
  const points = trembling(knots, radiusPx, random).map(({ x, y }) => ({
    x: centre.x + x * along.x + y * across.x,
    y: centre.y + x * along.y + y * across.y,
  }));
  return { points, radiusPx };
}

/**
 * How a hand draws along a narrow shape it sees, such as a scar: once, from one end of its long axis to the other, with a
 * brush of 0.9 to 1.8 times the shape's own half width, beside its middle by up to a third of that, trembling.
 *
 * @returns `undefined` for an empty mask
 */
export function drawAlong(shape: Mask, random: Random): HandStroke | undefined {
  const known = shapeOf(shape);
  if (!known) return undefined;
  const { centre, axis, inside, areaPx } = known;
  const [cos, sin] = [Math.cos(axis), Math.sin(axis)];
  const along = inside.map((p) => (p.x - centre.x) * cos + (p.y - centre.y) * sin);
  const [low, high] = [least(along), -least(along.map((u) => -u))];
  const halfWidth = areaPx / (2 * Math.max(1, high - low));
  const radiusPx = Math.max(2, halfWidth * random.between(0.9, 1.8));
  const aside = halfWidth * random.between(-0.33, 0.33);
  const knots = [low, high].map((u) => ({ x: u, y: aside }));
  const points = trembling(knots, radiusPx, random).map(({ x, y }) => ({
    x: centre.x + x * cos - y * sin,
    y: centre.y + x * sin + y * cos,
  }));
  return { points, radiusPx };
}

/** Knots joined by steps of a third of the brush, with a slow wobble. */
function trembling(knots: readonly Point[], radiusPx: number, random: Random): Point[] {
  const points: Point[] = [];
  let wobbleX = 0;
  let wobbleY = 0;
  for (let k = 0; k < knots.length; k++) {
    const from = knots[Math.max(0, k - 1)];
    const to = knots[k];
    const steps = Math.max(1, Math.ceil((Math.hypot(to.x - from.x, to.y - from.y) * 3) / radiusPx));
    for (let s = 1; s <= steps; s++) {
      // First-order memory of about five steps; the deviation settles at 0.2 brush radii.
      wobbleX = 0.8 * wobbleX + 0.12 * radiusPx * random.normal();
      wobbleY = 0.8 * wobbleY + 0.12 * radiusPx * random.normal();
      points.push({
        x: from.x + ((to.x - from.x) * s) / steps + wobbleX,
        y: from.y + ((to.y - from.y) * s) / steps + wobbleY,
      });
    }
  }
  return points;
}

/** Centre, long axis (radians) and pixels of what a mask covers by at least one half. */
function shapeOf({
  widthPx,
  alpha,
}: Mask):
  | { readonly centre: Point; readonly axis: number; readonly areaPx: number; readonly inside: Point[] }
  | undefined {
  const inside: Point[] = [];
  let x = 0;
  let y = 0;
  for (let p = 0; p < alpha.length; p++) {
    if (alpha[p] < 128) continue;
    const at = { x: (p % widthPx) + 0.5, y: Math.floor(p / widthPx) + 0.5 };
    inside.push(at);
    x += at.x;
    y += at.y;
  }
  if (inside.length === 0) return undefined;
  const centre = { x: x / inside.length, y: y / inside.length };
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const p of inside) {
    xx += (p.x - centre.x) ** 2;
    xy += (p.x - centre.x) * (p.y - centre.y);
    yy += (p.y - centre.y) ** 2;
  }
  return { centre, axis: 0.5 * Math.atan2(2 * xy, xx - yy), areaPx: inside.length, inside };
}

const least = (values: readonly number[]): number =>
  values.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY);
