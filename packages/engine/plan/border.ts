import { boxMean } from '../photo/index.ts';
import { couldBeSkin } from '../region/index.ts';

/** Three values, one a channel of linear sRGB. */
export type Rgb3 = readonly [number, number, number];

/** What the reader of the border sees: the box around a region, row by row. */
export interface BorderView {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Natural logarithm of linear red, green, blue. */
  readonly log: readonly [Float32Array, Float32Array, Float32Array];
  /** Bit c set where channel c is clipped. */
  readonly clipped: Uint8Array;
  /** Cover of the region, 0..1. */
  readonly cover: Float32Array;
  /** What the region is known to be against the skin around it, when it is known. */
  readonly expected?: 'lighter' | 'darker';
}

/**
 * One place on the border: by how much the region is brighter than the skin outside, ln of linear light. Red, which runs
 * over first on skin, is NaN where too little of it is left to read.
 */
export interface Jump {
  readonly x: number;
  readonly y: number;
  readonly rise: Rgb3;
  /** Variance of each channel's rise from the scatter of the pixels. */
  readonly noise2: Rgb3;
}

export interface BorderReading {
  readonly jumps: readonly Jump[];
  readonly dropped: number;
  readonly mean: Rgb3;
  readonly meanSd: Rgb3;
  /** Variance of one jump from noise, and the variance between places that noise does not explain. */
  readonly spread: { readonly noise2: Rgb3; readonly between2: Rgb3 };
}

const mostPlaces = 360;

/**
 * The jump at places along the border, each by a robust local plane fit with a step: ln I = a + bx x + by y + J cover,
 * over a window, Tukey weights on the joint residual. Pixels beside the border are left out, so a border drawn a
 * little wrong does no harm.
 */
export function borderJumps(view: BorderView, windowPx: number): BorderReading {
  const { widthPx, heightPx, cover } = view;
  const gapPx = Math.max(1, Math.round(windowPx / 6));
  const near = boxMean(cover, widthPx, heightPx, gapPx);
  const border: number[] = [];
  for (let y = 1; y < heightPx - 1; y++) {
    for (let x = 1; x < widthPx - 1; x++) {
      const p = y * widthPx + x;
      if (
        cover[p] >= 0.5 &&
        (cover[p - 1] < 0.5 || cover[p + 1] < 0.5 || cover[p - widthPx] < 0.5 || cover[p + widthPx] < 0.5)
      ) {
        border.push(p);
      }
    }
  }
  const every = Math.max(1, border.length / mostPlaces);
  const found: Jump[] = [];
  let tried = 0;
  for (let k = 0; k < border.length; k += every) {
    tried++;
    const p = border[Math.floor(k)];
    const jump = jumpAt(view, near, p % widthPx, Math.floor(p / widthPx), windowPx);
    if (jump) found.push(jump);
  }
  const jumps = withoutStrangers(found.filter((jump) => agrees(jump, view.expected)));
  const read = [0, 1, 2].map((c) => jumps.filter((j) => isRead(j, c)));
  const mean = read.map((js, c) => trimmedMean(js.map((j) => j.rise[c]))) as unknown as Rgb3;
  const noise2 = read.map((js, c) => average(js.map((j) => j.noise2[c]))) as unknown as Rgb3;
  const total2 = read.map((js, c) => average(js.map((j) => (j.rise[c] - mean[c]) ** 2)));
  const between2 = total2.map((v, c) => Math.max(0, v - noise2[c])) as unknown as Rgb3;
  // Neighbouring windows overlap, so only about one place a window counts as independent.
  const independent = (c: number) => Math.max(1, Math.min(read[c].length, border.length / windowPx));
  const meanSd = total2.map((v, c) => Math.sqrt(v / independent(c))) as unknown as Rgb3;
  return { jumps, dropped: tried - jumps.length, mean, meanSd, spread: { noise2, between2 } };
}

/** Whether a channel of linear sRGB could be read at a place. */
export const isRead = (jump: Jump, channel: number): boolean => !Number.isNaN(jump.rise[channel]);

/** Green and blue tell melanin from blood and from yellow light; a patch of lost melanin is brighter in both. */
function agrees(jump: Jump, expected: 'lighter' | 'darker' | undefined): boolean {
  if (expected === undefined) return true;
  const rise = jump.rise[1] + jump.rise[2];
  return expected === 'lighter' ? rise > 0 : rise < 0;
}

function jumpAt(
  view: BorderView,
  near: Float32Array,
  cx: number,
  cy: number,
  windowPx: number,
): Jump | undefined {
  const { widthPx, heightPx, log, clipped } = view;
  const stride = Math.max(1, Math.floor(windowPx / 7));
  const reach = Math.ceil(windowPx / stride) * stride;
  const xs: number[] = [];
  const ys: number[] = [];
  const sides: number[] = [];
  const weights: number[] = [];
  const hasRed: boolean[] = [];
  const values: [number[], number[], number[]] = [[], [], []];
  // Pixels inside and outside, and those of them that hold red.
  let [inside, outside, insideRed, outsideRed] = [0, 0, 0, 0];
  for (let dy = -reach; dy <= reach; dy += stride) {
    const y = cy + dy;
    if (y < 0 || y >= heightPx) continue;
    for (let dx = -reach; dx <= reach; dx += stride) {
      const x = cx + dx;
      if (x < 0 || x >= widthPx || dx * dx + dy * dy > reach * reach) continue;
      const p = y * widthPx + x;
      const n = near[p];
      // Green and blue are told where red alone has run over: left out, they would leave the darker pixels to speak.
      if ((n > 0.01 && n < 0.99) || clipped[p] > 1) continue;
      // Hair, nostrils and shadows with nothing in them: below ln 0.004 (about 12/255) there is only noise.
      if (log[1][p] < -5.5) continue;
      const red = clipped[p] === 0;
      if (n > 0.5) {
        inside++;
        if (red) insideRed++;
      } else if (couldBeSkin(log[0][p], log[1][p], log[2][p])) {
        outside++;
        if (red) outsideRed++;
      } else continue;
      hasRed.push(red);
      xs.push(dx / windowPx);
      ys.push(dy / windowPx);
      sides.push(n > 0.5 ? 1 : 0);
      weights.push(Math.exp((-2 * (dx * dx + dy * dy)) / (windowPx * windowPx)));
      for (let c = 0; c < 3; c++) values[c].push(log[c][p]);
    }
  }
  if (inside < leastPixels || outside < leastPixels) return undefined;
  const samples: Samples = { xs, ys, sides };
  const isWhole = !hasRed.includes(false);
  const fit = fitStep(samples, weights, isWhole ? values : [values[1], values[2]]);
  if (!fit) return undefined;
  const { rises, variance } = fit;
  const noise2: Rgb3 = [variance, variance, variance];
  if (isWhole) return { x: cx, y: cy, rise: [rises[0], rises[1], rises[2]], noise2 };
  const canRead = insideRed >= leastPixels && outsideRed >= leastPixels;
  const red = canRead ? redAgainstGreen(samples, fit.weights, values, hasRed) : undefined;
  return {
    x: cx,
    y: cy,
    rise: [red === undefined ? Number.NaN : rises[0] + red, rises[0], rises[1]],
    noise2,
  };
}

/** Pixels on each side of a place below which it is not read. */
const leastPixels = 12;

/** The pixels of a window: where they lie, in windows from its middle, and on which side, 1 inside. */
interface Samples {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly sides: readonly number[];
}

/**
 * By how much red rises more than green, ln, from the pixels that hold both: those are the darker ones, alike in red and
 * green, so the difference is hardly shifted by their choice. Undefined where they cannot tell.
 */
function redAgainstGreen(
  { xs, ys, sides }: Samples,
  weights: readonly number[],
  [red, green]: readonly [number[], number[], number[]],
  hasRed: readonly boolean[],
): number | undefined {
  const kept = (values: readonly number[]) => values.filter((_, i) => hasRed[i]);
  const difference = red.map((v, i) => v - green[i]);
  return solveStep({ xs: kept(xs), ys: kept(ys), sides: kept(sides) }, kept(weights), [kept(difference)])
    ?.fits[0][3];
}

/** Plane and step, robustly: the steps of each channel, their variance, and how much each pixel was believed. */
function fitStep(
  samples: Samples,
  base: readonly number[],
  values: readonly (readonly number[])[],
): { rises: number[]; variance: number; weights: number[] } | undefined {
  const { xs, ys, sides } = samples;
  let weights = base.slice();
  let found: { fits: number[][]; inverse: number[] } | undefined;
  let scale = 1;
  for (let round = 0; round < 4; round++) {
    found = solveStep(samples, weights, values);
    if (!found) return undefined;
    const { fits } = found;
    const residual = xs.map((_, i) => {
      let sum = 0;
      for (let c = 0; c < values.length; c++) {
        const f = fits[c];
        sum += (values[c][i] - f[0] - f[1] * xs[i] - f[2] * ys[i] - f[3] * sides[i]) ** 2;
      }
      return Math.sqrt(sum / values.length);
    });
    scale = Math.max(0.01, 1.4826 * [...residual].sort((a, b) => a - b)[xs.length >> 1]);
    weights = base.map((w, i) => {
      const t = residual[i] / (4 * scale);
      return t >= 1 ? 0 : w * (1 - t * t) ** 2;
    });
  }
  if (!found) return undefined;
  // Texture is correlated over a few pixels: the plain variance is too hopeful by about that area.
  return { rises: found.fits.map((fit) => fit[3]), variance: scale * scale * found.inverse[15] * 4, weights };
}

/** Least squares of a + b x + c y + d side for each channel; undefined when singular. */
function solveStep(
  { xs, ys, sides }: Samples,
  weights: readonly number[],
  values: readonly (readonly number[])[],
): { fits: number[][]; inverse: number[] } | undefined {
  const m = new Float64Array(16);
  const right = values.map(() => new Float64Array(4));
  for (let i = 0; i < xs.length; i++) {
    const row = [1, xs[i], ys[i], sides[i]];
    const w = weights[i];
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < 4; b++) m[a * 4 + b] += w * row[a] * row[b];
      for (let c = 0; c < values.length; c++) right[c][a] += w * row[a] * values[c][i];
    }
  }
  // Slopes are held gently to zero: a window with a lopsided share of each side cannot tell slope from step.
  const total = weights.reduce((sum, w) => sum + w, 0);
  m[5] += slopePrior * total;
  m[10] += slopePrior * total;
  const inverse = invert4(m);
  if (!inverse) return undefined;
  const fits = right.map((r) =>
    [0, 1, 2, 3].map((a) => [0, 1, 2, 3].reduce((s, b) => s + inverse[a * 4 + b] * r[b], 0)),
  );
  return { fits, inverse };
}

/** Weight of the belief that slopes are small, relative to the data. */
const slopePrior = 0.02;

/** Leaves out places whose jump stands apart from the others: the other side there is not the same skin. */
function withoutStrangers(jumps: readonly Jump[]): Jump[] {
  let kept = [...jumps];
  for (let round = 0; round < 3 && kept.length >= 6; round++) {
    const rises = [0, 1, 2].map((c) => kept.filter((j) => isRead(j, c)).map((j) => j.rise[c]));
    const centre = rises.map(middle);
    const spread = rises.map((found, c) =>
      Math.max(0.03, 1.4826 * middle(found.map((rise) => Math.abs(rise - centre[c])))),
    );
    kept = kept.filter((j) =>
      j.rise.every((rise, c) => !isRead(j, c) || Math.abs(rise - centre[c]) <= 3 * spread[c]),
    );
  }
  return kept;
}

const average = (values: readonly number[]) =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Mean of the middle 80 %. */
function trimmedMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length * 0.1);
  return average(sorted.slice(cut, sorted.length - cut));
}

/** Inverse of a symmetric 4 x 4 matrix by Gauss-Jordan; undefined when singular. */
function invert4(matrix: Float64Array): number[] | undefined {
  const m = Array.from({ length: 4 }, (_, r) => [
    ...matrix.subarray(r * 4, r * 4 + 4),
    ...[0, 1, 2, 3].map((c) => (c === r ? 1 : 0)),
  ]);
  for (let k = 0; k < 4; k++) {
    let pivot = k;
    for (let r = k + 1; r < 4; r++) if (Math.abs(m[r][k]) > Math.abs(m[pivot][k])) pivot = r;
    if (Math.abs(m[pivot][k]) < 1e-9) return undefined;
    [m[k], m[pivot]] = [m[pivot], m[k]];
    const scale = 1 / m[k][k];
    for (let c = 0; c < 8; c++) m[k][c] *= scale;
    for (let r = 0; r < 4; r++) {
      if (r === k) continue;
      const factor = m[r][k];
      for (let c = 0; c < 8; c++) m[r][c] -= factor * m[k][c];
    }
  }
  return m.flatMap((row) => row.slice(4));
}
