import { createPixelKernels } from '../kernels/index.ts';
import { couldBeSkin } from '../region/index.ts';
import { type BorderReading, type BorderView, type Jump, type Rgb3, readingOf } from './border.ts';

/** Radius of the smoothing that is taken away, as a share of the window: what is slower is light, not border. */
const slowShare = 0.4;
/** ln of linear green below which there is only noise. */
const darkestLn = -5.5;
/** Shift, px, and softening up to which the cover is taken as right; exact covers of simulated patches stay within. */
const mostShiftPx = 0.12;
const mostSoftening = 0.25;
/** The rise the fine picture may ask for, as a share of the one read before. */
const leastShare = 0.75;
const mostShare = 1.15;
/** ln of light, squared: a rise too small to fit anything along. */
const leastRise2 = 1e-4;
/** Pixels below which a cover is not judged. */
const leastRows = 100;
/** Tukey's biweight, in robust deviations of the residual. */
const tukey = 4;

type Planes = readonly [Float32Array, Float32Array, Float32Array];

/** What is finer than the window, where skin or region can be read. */
interface FineView {
  readonly view: BorderView;
  readonly readable: Float32Array;
  readonly log: Planes;
  readonly fineOf: (plane: Float32Array) => Float32Array;
}

/**
 * The border read again from what is finer than the light and the skin's own slow changes: the part of ln I above a
 * smoothing of two fifths of the window is J times the same part of the cover. A plane on both sides takes a ridge of
 * light under the region for a part of the step; this does so half as much, but only where the cover is right to a
 * fraction of a pixel. Where the fine picture asks for a cover that is moved or softer, the answer is undefined.
 */
export function readFinely(
  view: BorderView,
  reading: BorderReading,
  windowPx: number,
): BorderReading | undefined {
  const fine = fineView(view, Math.max(2, Math.round(slowShare * windowPx)));
  const cover = fine.fineOf(view.cover);
  if (!coverFits(fine, cover, reading, windowPx)) return undefined;
  const found = reading.places.map(({ x, y }) => riseAt(fine, cover, x, y, windowPx));
  return readingOf(reading.places, found, view.expected, reading.borderPx, windowPx);
}

function fineView(view: BorderView, radiusPx: number): FineView {
  const { widthPx, heightPx, log, clipped, cover } = view;
  const count = widthPx * heightPx;
  const kernels = createPixelKernels();
  const readable = new Float32Array(count);
  for (let p = 0; p < count; p++) {
    if (clipped[p] !== 0 || log[1][p] < darkestLn) continue;
    if (cover[p] > 0.02 || couldBeSkin(log[0][p], log[1][p], log[2][p])) readable[p] = 1;
  }
  const twice = (plane: Float32Array): Float32Array => {
    const once = new Float32Array(count);
    kernels.boxMean(plane, widthPx, heightPx, radiusPx, once);
    const out = new Float32Array(count);
    kernels.boxMean(once, widthPx, heightPx, radiusPx, out);
    return out;
  };
  const share = twice(readable);
  const fineOf = (plane: Float32Array): Float32Array => {
    const slow = twice(plane.map((v, p) => v * readable[p]));
    return plane.map((v, p) => (readable[p] === 0 ? 0 : v - slow[p] / Math.max(1e-3, share[p])));
  };
  return { view, readable, log: [fineOf(log[0]), fineOf(log[1]), fineOf(log[2])], fineOf };
}

/**
 * Whether the fine picture, along the rise read before, is explained by the cover as it is: besides the cover, how steep
 * it is (what moving it by a pixel would add) and what softening over three pixels would add are fitted to it.
 */
function coverFits(
  fine: FineView,
  coverFine: Float32Array,
  reading: BorderReading,
  windowPx: number,
): boolean {
  const { view, readable, log } = fine;
  const { widthPx, heightPx, cover } = view;
  const size2 = reading.mean.reduce((sum, v) => sum + v * v, 0);
  if (size2 < leastRise2) return false;
  const [red, green, blue] = reading.mean.map((v) => v / size2);
  const near = nearPlaces(reading.jumps, widthPx, heightPx, windowPx);
  const soft = new Float32Array(cover.length);
  createPixelKernels().boxMean(cover, widthPx, heightPx, 1, soft);
  const moved = fine.fineOf(slopeOf(cover, widthPx, heightPx));
  const softer = fine.fineOf(soft.map((v, p) => v - cover[p]));
  const rows: Row[] = [];
  for (let p = 0; p < near.length; p++) {
    if (near[p] === 0 || readable[p] === 0) continue;
    const value = red * log[0][p] + green * log[1][p] + blue * log[2][p];
    rows.push([coverFine[p], moved[p], softer[p], value]);
  }
  if (rows.length < leastRows) return false;
  const fit = robustFit(rows);
  if (!fit) return false;
  const [share, shift, softening] = fit;
  return (
    share >= leastShare &&
    share <= mostShare &&
    Math.abs(shift) <= mostShiftPx * share &&
    Math.abs(softening) <= mostSoftening * share
  );
}

/** 1 within a window of a place that was read. */
function nearPlaces(jumps: readonly Jump[], widthPx: number, heightPx: number, windowPx: number): Uint8Array {
  const near = new Uint8Array(widthPx * heightPx);
  const reach = Math.round(windowPx / 2);
  for (const { x, y } of jumps) {
    for (let row = Math.max(0, y - reach); row <= Math.min(heightPx - 1, y + reach); row++) {
      near.fill(
        1,
        row * widthPx + Math.max(0, x - reach),
        row * widthPx + Math.min(widthPx - 1, x + reach) + 1,
      );
    }
  }
  return near;
}

/** Steepness of a plane, per px, by central differences. */
function slopeOf(plane: Float32Array, widthPx: number, heightPx: number): Float32Array {
  const out = new Float32Array(plane.length);
  for (let y = 1; y < heightPx - 1; y++) {
    for (let x = 1; x < widthPx - 1; x++) {
      const p = y * widthPx + x;
      out[p] = Math.hypot(plane[p + 1] - plane[p - 1], plane[p + widthPx] - plane[p - widthPx]) / 2;
    }
  }
  return out;
}

/** Three regressors and the value they explain. */
type Row = readonly [number, number, number, number];

/** Least squares with Tukey weights; undefined when singular. */
function robustFit(rows: readonly Row[]): Rgb3 | undefined {
  let weights = rows.map(() => 1);
  let fit: Rgb3 | undefined;
  for (let round = 0; round < 4; round++) {
    let [aa, ab, ac, bb, bc, cc, va, vb, vc] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    rows.forEach(([a, b, c, value], i) => {
      const w = weights[i];
      aa += w * a * a;
      ab += w * a * b;
      ac += w * a * c;
      bb += w * b * b;
      bc += w * b * c;
      cc += w * c * c;
      va += w * value * a;
      vb += w * value * b;
      vc += w * value * c;
    });
    // Moving and softening are believed to be small, by a thousandth of what the cover weighs.
    bb += 1e-3 * aa;
    cc += 1e-3 * aa;
    const [p, q, r] = [bb * cc - bc * bc, ac * bc - ab * cc, ab * bc - ac * bb];
    const [s, t, u] = [aa * cc - ac * ac, ab * ac - aa * bc, aa * bb - ab * ab];
    const det = aa * p + ab * q + ac * r;
    if (!(Math.abs(det) > 1e-12)) return undefined;
    const [f, g, h] = [
      (p * va + q * vb + r * vc) / det,
      (q * va + s * vb + t * vc) / det,
      (r * va + t * vb + u * vc) / det,
    ];
    fit = [f, g, h];
    const residual = rows.map(([a, b, c, value]) => Math.abs(value - f * a - g * b - h * c));
    weights = tukeyWeights(residual);
  }
  return fit;
}

/** Tukey's biweight by the residuals' own median. */
function tukeyWeights(residual: readonly number[]): number[] {
  const scale = robustScale(residual);
  return residual.map((v) => {
    const t = v / (tukey * scale);
    return t >= 1 ? 0 : (1 - t * t) ** 2;
  });
}

/** Standard deviation behind absolute residuals; never below what 8-bit steps leave. */
function robustScale(residual: readonly number[]): number {
  const sorted = Float64Array.from(residual).sort();
  return Math.max(0.01, 1.4826 * sorted[sorted.length >> 1]);
}

/** The rise at one place: the fine picture against the fine cover, Tukey weights on the residual of all channels. */
function riseAt(
  fine: FineView,
  cover: Float32Array,
  cx: number,
  cy: number,
  windowPx: number,
): Jump | undefined {
  const { readable, log, view } = fine;
  const { widthPx, heightPx } = view;
  const stride = Math.max(1, Math.floor(windowPx / 10));
  const reach = Math.floor(windowPx / stride) * stride;
  const at: number[] = [];
  const base: number[] = [];
  let inside = 0;
  let outside = 0;
  for (let dy = -reach; dy <= reach; dy += stride) {
    for (let dx = -reach; dx <= reach; dx += stride) {
      const [x, y] = [cx + dx, cy + dy];
      if (x < 0 || x >= widthPx || y < 0 || y >= heightPx || dx * dx + dy * dy > reach * reach) continue;
      const p = y * widthPx + x;
      if (readable[p] === 0) continue;
      at.push(p);
      base.push(Math.exp((-2 * (dx * dx + dy * dy)) / (windowPx * windowPx)));
      if (cover[p] > 0.1) inside++;
      else if (cover[p] < -0.1) outside++;
    }
  }
  if (inside < 8 || outside < 8) return undefined;
  let weights = base;
  let rise: Rgb3 = [0, 0, 0];
  let variance = 0;
  for (let round = 0; round < 5; round++) {
    let power = 0;
    const sum: [number, number, number] = [0, 0, 0];
    at.forEach((p, i) => {
      const w = weights[i] * cover[p];
      power += w * cover[p];
      for (let c = 0; c < 3; c++) sum[c] += w * log[c][p];
    });
    if (power < 1e-3) return undefined;
    const now: Rgb3 = [sum[0] / power, sum[1] / power, sum[2] / power];
    rise = now;
    const residual = at.map((p) =>
      Math.sqrt(
        ((log[0][p] - now[0] * cover[p]) ** 2 +
          (log[1][p] - now[1] * cover[p]) ** 2 +
          (log[2][p] - now[2] * cover[p]) ** 2) /
          3,
      ),
    );
    const robust = tukeyWeights(residual);
    weights = base.map((w, i) => w * robust[i]);
    // Texture is correlated over a few pixels: the plain variance is too hopeful by about that area.
    variance = (4 * robustScale(residual) ** 2) / power;
  }
  return { x: cx, y: cy, rise, noise2: [variance, variance, variance] };
}
