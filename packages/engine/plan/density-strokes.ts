/** One stroke of the density brush. */
export interface DensityStroke {
  /** What the planned density is multiplied with, 0.5 to 1.5; 1 is as planned. */
  readonly factor: number;
  /** Half the brush's width, pixels of the region's mask. */
  readonly radiusPx: number;
  /** Its way, pixels of the mask; one point is a dab. */
  readonly points: readonly (readonly [number, number])[];
}

/** What a brush may ask for. */
export const densityFactorRange = { low: 0.5, high: 1.5 } as const;

/** Of the brush's radius, the part that has the whole factor; from there it fades to nothing. */
const coreShare01 = 0.7;

/**
 * Most dots (and hairs that stand for them) on a square centimetre that a brush can ask for, as data: unreviewed.
 * Scalp: the 1 mm grid of the reference's starting table, 20 % denser as in scars [derived; 12, known]. Patches and lips:
 * at 400 dots lie 0.5 mm apart, which healed dots of 0.45 mm all but fill [derived]; no published figure was found.
 */
export const mostDensity: Readonly<
  Record<
    'patch' | 'scalp' | 'lip',
    { readonly perCm2: number; readonly source: string; readonly review: 'unreviewed' }
  >
> = {
  scalp: { perCm2: 120, source: '1 mm grid, scars + 20 % [derived; 12, known]', review: 'unreviewed' },
  patch: { perCm2: 400, source: 'spacing of healed dots [derived]', review: 'unreviewed' },
  lip: { perCm2: 400, source: 'spacing of healed dots [derived]', review: 'unreviewed' },
};

/** Whether a stroke is one: a factor in its range, a width and places that are numbers. */
export function isDensityStroke({ factor, radiusPx, points }: DensityStroke): boolean {
  return (
    factor >= densityFactorRange.low &&
    factor <= densityFactorRange.high &&
    radiusPx > 0 &&
    Number.isFinite(radiusPx) &&
    points.length > 0 &&
    points.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
  );
}

/**
 * What each cell's density is multiplied with. A stroke paints over those before it: under its core its own factor holds,
 * towards its edge the one below comes through, beyond its radius nothing changes. Strokes that do not overlap commute, and
 * so do strokes of one factor.
 *
 * @param cellPx pixels of the mask to a cell
 */
export function strokeFactors(
  strokes: readonly DensityStroke[],
  widthPx: number,
  heightPx: number,
  cellPx: number,
): Float32Array {
  const factors = new Float32Array(widthPx * heightPx).fill(1);
  for (const { factor, radiusPx, points } of strokes) {
    const radius = radiusPx / cellPx;
    const way = points.map(([x, y]) => [x / cellPx - 0.5, y / cellPx - 0.5] as const);
    const xs = way.map(([x]) => x);
    const ys = way.map(([, y]) => y);
    const box = boxOf(xs, ys, radius, widthPx, heightPx);
    if (!box) continue;
    const columns = box.x1 - box.x0 + 1;
    const squared = new Float64Array(columns * (box.y1 - box.y0 + 1)).fill(Infinity);
    let from = way[0];
    for (const to of way) {
      const near = boxOf([from[0], to[0]], [from[1], to[1]], radius, widthPx, heightPx);
      if (near) nearest(squared, box, columns, near, from, to);
      from = to;
    }
    for (let y = box.y0, q = 0; y <= box.y1; y++) {
      for (let x = box.x0; x <= box.x1; x++, q++) {
        if (squared[q] >= radius * radius) continue;
        const weight01 = fade01(Math.sqrt(squared[q]) / radius);
        const p = y * widthPx + x;
        factors[p] += (factor - factors[p]) * weight01;
      }
    }
  }
  return factors;
}

interface Cells {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Cells within reach of places; undefined when none is. */
function boxOf(
  xs: readonly number[],
  ys: readonly number[],
  reach: number,
  widthPx: number,
  heightPx: number,
): Cells | undefined {
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const box = {
    x0: Math.max(0, Math.ceil(least(xs) - reach)),
    y0: Math.max(0, Math.ceil(least(ys) - reach)),
    x1: Math.min(widthPx - 1, Math.floor(most(xs) + reach)),
    y1: Math.min(heightPx - 1, Math.floor(most(ys) + reach)),
  };
  return box.x0 > box.x1 || box.y0 > box.y1 ? undefined : box;
}

/** Keeps the squared distance to a piece of the way where it is less than what is there. */
function nearest(
  squared: Float64Array,
  box: Cells,
  columns: number,
  near: Cells,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): void {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy || 1;
  for (let y = near.y0; y <= near.y1; y++) {
    for (let x = near.x0; x <= near.x1; x++) {
      const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
      const [ex, ey] = [x - ax - along * dx, y - ay - along * dy];
      const q = (y - box.y0) * columns + x - box.x0;
      const d = ex * ex + ey * ey;
      if (d < squared[q]) squared[q] = d;
    }
  }
}

function fade01(distance01: number): number {
  const t = Math.min(1, Math.max(0, (1 - distance01) / (1 - coreShare01)));
  return t * t * (3 - 2 * t);
}
