import type { Plane } from './plane.ts';

/** A place that can be found again: scale and direction let it be compared across sizes and turns. */
export interface Feature {
  /** Pixels of the plane. */
  readonly x: number;
  readonly y: number;
  readonly scalePx: number;
  /** Radians. */
  readonly angle: number;
  readonly strength: number;
}

export interface Features {
  readonly list: readonly Feature[];
  /** 128 numbers a feature, of length 1. */
  readonly descriptors: Float32Array;
}

/** D. G. Lowe, Int. J. Comput. Vis. 60 (2004) 91: three scales an octave from 1.6 px. */
const scalesPerOctave = 3;
const firstSigma = 1.6;
/** Descriptor: 4 x 4 places of 8 directions. */
const grid = 4;
const directions = 8;
const length = grid * grid * directions;

/**
 * Extrema of differences of Gaussians with their direction and gradient descriptors (Lowe 2004), compared by the root
 * (R. Arandjelović, A. Zisserman, CVPR 2012, 2911). The strongest are kept in each part of the plane, so that a beard
 * does not take them all.
 */
export function findFeatures(plane: Plane, most = 1200): Features {
  const found: { feature: Feature; descriptor: Float32Array }[] = [];
  let base = blur(plane, Math.sqrt(firstSigma ** 2 - 0.5 ** 2));
  for (let octave = 0; Math.min(base.widthPx, base.heightPx) >= 24 && octave < 5; octave++) {
    const stack = [base];
    for (let s = 1; s < scalesPerOctave + 3; s++) {
      const before = firstSigma * 2 ** ((s - 1) / scalesPerOctave);
      const after = firstSigma * 2 ** (s / scalesPerOctave);
      stack.push(blur(stack[s - 1], Math.sqrt(after ** 2 - before ** 2)));
    }
    collect(stack, 2 ** octave, found);
    base = halved(stack[scalesPerOctave]);
  }
  const kept = spreadOut(found, plane, most);
  const descriptors = new Float32Array(kept.length * length);
  kept.forEach(({ descriptor }, i) => descriptors.set(descriptor, i * length));
  return { list: kept.map(({ feature }) => feature), descriptors };
}

function collect(
  stack: readonly Plane[],
  unit: number,
  found: { feature: Feature; descriptor: Float32Array }[],
): void {
  const { widthPx: w, heightPx: h } = stack[0];
  const dogs = stack.slice(1).map(({ values }, s) => {
    const out = new Float32Array(values.length);
    const lower = stack[s].values;
    for (let p = 0; p < out.length; p++) out[p] = values[p] - lower[p];
    return out;
  });
  const margin = 6;
  for (let s = 1; s <= scalesPerOctave; s++) {
    const [below, here, above] = [dogs[s - 1], dogs[s], dogs[s + 1]];
    for (let y = margin; y < h - margin; y++) {
      for (let x = margin; x < w - margin; x++) {
        const p = y * w + x;
        const v = here[p];
        if (Math.abs(v) < leastContrast || !isExtremum(v, below, here, above, p, w)) continue;
        const place = refine(below, here, above, p, w);
        if (!place) continue;
        const sigma = firstSigma * 2 ** ((s + place.ds) / scalesPerOctave);
        const px = x + place.dx;
        const py = y + place.dy;
        const gradients = stack[s];
        for (const angle of anglesAt(gradients, px, py, sigma)) {
          const descriptor = describe(gradients, px, py, sigma, angle);
          if (!descriptor) continue;
          found.push({
            feature: {
              x: px * unit + 0.5,
              y: py * unit + 0.5,
              scalePx: sigma * unit,
              angle,
              strength: Math.abs(place.value),
            },
            descriptor,
          });
        }
      }
    }
  }
}

/** On planes of local detail (deviation about 1). */
const leastContrast = 0.04;

function isExtremum(
  v: number,
  below: Float32Array,
  here: Float32Array,
  above: Float32Array,
  p: number,
  w: number,
): boolean {
  const sign = v > 0 ? 1 : -1;
  const own = v * sign;
  for (const q of [p - w - 1, p - w, p - w + 1, p - 1, p + 1, p + w - 1, p + w, p + w + 1]) {
    if (here[q] * sign >= own || below[q] * sign >= own || above[q] * sign >= own) return false;
  }
  return below[p] * sign < own && above[p] * sign < own;
}

/** One Newton step to the extremum between pixels and scales; undefined on an edge, or when it runs away. */
function refine(
  below: Float32Array,
  here: Float32Array,
  above: Float32Array,
  p: number,
  w: number,
): { dx: number; dy: number; ds: number; value: number } | undefined {
  const gx = (here[p + 1] - here[p - 1]) / 2;
  const gy = (here[p + w] - here[p - w]) / 2;
  const gs = (above[p] - below[p]) / 2;
  const xx = here[p + 1] + here[p - 1] - 2 * here[p];
  const yy = here[p + w] + here[p - w] - 2 * here[p];
  const ss = above[p] + below[p] - 2 * here[p];
  const xy = (here[p + w + 1] + here[p - w - 1] - here[p + w - 1] - here[p - w + 1]) / 4;
  const xs = (above[p + 1] - above[p - 1] - below[p + 1] + below[p - 1]) / 4;
  const ys = (above[p + w] - above[p - w] - below[p + w] + below[p - w]) / 4;
  const trace = xx + yy;
  const flat = xx * yy - xy * xy;
  if (flat <= 0 || trace * trace * 10 >= flat * 121) return undefined;
  const det = xx * (yy * ss - ys * ys) - xy * (xy * ss - ys * xs) + xs * (xy * ys - yy * xs);
  if (Math.abs(det) < 1e-12) return undefined;
  const dx = -((yy * ss - ys * ys) * gx + (xs * ys - xy * ss) * gy + (xy * ys - xs * yy) * gs) / det;
  const dy = -((ys * xs - xy * ss) * gx + (xx * ss - xs * xs) * gy + (xy * xs - xx * ys) * gs) / det;
  const ds = -((xy * ys - yy * xs) * gx + (xy * xs - xx * ys) * gy + (xx * yy - xy * xy) * gs) / det;
  if (Math.abs(dx) > 1 || Math.abs(dy) > 1 || Math.abs(ds) > 1) return undefined;
  return { dx, dy, ds, value: here[p] + 0.5 * (gx * dx + gy * dy + gs * ds) };
}

/** The main directions of the gradient around a place: the strongest and those within a fifth of it. */
function anglesAt({ widthPx: w, heightPx: h, values }: Plane, x: number, y: number, sigma: number): number[] {
  const bins = new Float64Array(36);
  const reach = Math.round(4.5 * sigma);
  const [cx, cy] = [Math.round(x), Math.round(y)];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const [px, py] = [cx + dx, cy + dy];
      if (px < 1 || py < 1 || px >= w - 1 || py >= h - 1) continue;
      const p = py * w + px;
      const gx = values[p + 1] - values[p - 1];
      const gy = values[p + w] - values[p - w];
      const weight = Math.exp(-(dx * dx + dy * dy) / (2 * (1.5 * sigma) ** 2));
      const turn = Math.atan2(gy, gx) / (2 * Math.PI);
      bins[Math.floor((turn - Math.floor(turn)) * 36) % 36] += weight * Math.hypot(gx, gy);
    }
  }
  const smooth = bins.map((_, i) => (bins[(i + 35) % 36] + 2 * bins[i] + bins[(i + 1) % 36]) / 4);
  const best = Math.max(...smooth);
  const out: number[] = [];
  for (let i = 0; i < 36; i++) {
    const [l, m, r] = [smooth[(i + 35) % 36], smooth[i], smooth[(i + 1) % 36]];
    if (m < 0.8 * best || m <= l || m < r) continue;
    const shift = (l - r) / (2 * (l - 2 * m + r) || 1);
    out.push(((i + 0.5 + shift) / 36) * 2 * Math.PI);
  }
  return out.slice(0, 2);
}

function describe(
  { widthPx: w, heightPx: h, values }: Plane,
  x: number,
  y: number,
  sigma: number,
  angle: number,
): Float32Array | undefined {
  const cell = 3 * sigma;
  const reach = Math.round((cell * Math.SQRT2 * (grid + 1)) / 2);
  const [cx, cy] = [Math.round(x), Math.round(y)];
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const out = new Float32Array(length);
  let seen = 0;
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const u = ((cx + dx - x) * cos + (cy + dy - y) * sin) / cell + grid / 2 - 0.5;
      const v = (-(cx + dx - x) * sin + (cy + dy - y) * cos) / cell + grid / 2 - 0.5;
      if (u <= -1 || v <= -1 || u >= grid || v >= grid) continue;
      const [px, py] = [cx + dx, cy + dy];
      if (px < 1 || py < 1 || px >= w - 1 || py >= h - 1) continue;
      seen++;
      const p = py * w + px;
      const gx = values[p + 1] - values[p - 1];
      const gy = values[p + w] - values[p - w];
      const turn = (Math.atan2(gy, gx) - angle) / (2 * Math.PI);
      const o = (turn - Math.floor(turn)) * directions;
      const [r, s] = [u - grid / 2 + 0.5, v - grid / 2 + 0.5];
      const size = Math.hypot(gx, gy) * Math.exp(-(r * r + s * s) / (0.5 * grid * grid));
      const [iu, iv, io] = [Math.floor(u), Math.floor(v), Math.floor(o)];
      const [tu, tv, to] = [u - iu, v - iv, o - io];
      for (let b = 0; b < 2; b++) {
        if (iv + b < 0 || iv + b >= grid) continue;
        for (let a = 0; a < 2; a++) {
          if (iu + a < 0 || iu + a >= grid) continue;
          const share = size * (a ? tu : 1 - tu) * (b ? tv : 1 - tv);
          const place = ((iv + b) * grid + iu + a) * directions;
          out[place + (io % directions)] += share * (1 - to);
          out[place + ((io + 1) % directions)] += share * to;
        }
      }
    }
  }
  if (seen < 40) return undefined;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += out[i];
  if (sum < 1e-6) return undefined;
  // No direction may hold more than a fifth of the square length; then the root, whose square length is 1.
  const norm = Math.hypot(...out);
  let clipped = 0;
  for (let i = 0; i < length; i++) {
    out[i] = Math.min(out[i] / norm, 0.2);
    clipped += out[i];
  }
  for (let i = 0; i < length; i++) out[i] = Math.sqrt(out[i] / clipped);
  return out;
}

/** The strongest of each of 8 x 8 parts of the plane in turn, until there are enough. */
function spreadOut<T extends { feature: Feature }>(found: T[], plane: Plane, most: number): T[] {
  if (found.length <= most) return found;
  const parts: T[][] = Array.from({ length: 64 }, () => []);
  for (const one of found) {
    const column = Math.min(7, Math.floor((8 * one.feature.x) / plane.widthPx));
    const row = Math.min(7, Math.floor((8 * one.feature.y) / plane.heightPx));
    parts[row * 8 + column].push(one);
  }
  for (const part of parts) part.sort((a, b) => b.feature.strength - a.feature.strength);
  const kept: T[] = [];
  for (let round = 0; kept.length < most; round++) {
    for (const part of parts) if (part.length > round && kept.length < most) kept.push(part[round]);
  }
  return kept;
}

function blur({ widthPx: w, heightPx: h, values }: Plane, sigma: number): Plane {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, v) => sum + v, 0);
  for (let i = 0; i < kernel.length; i++) kernel[i] /= total;
  const rows = new Float32Array(values.length);
  for (let y = 0; y < h; y++) {
    const row = y * w;
    for (let x = 0; x < w; x++) {
      let sum = 0;
      if (x >= reach && x < w - reach) {
        for (let k = 0, q = row + x - reach; k < kernel.length; k++, q++) sum += kernel[k] * values[q];
      } else {
        for (let k = -reach; k <= reach; k++)
          sum += kernel[k + reach] * values[row + Math.min(w - 1, Math.max(0, x + k))];
      }
      rows[row + x] = sum;
    }
  }
  const out = new Float32Array(values.length);
  for (let y = 0; y < h; y++) {
    const row = y * w;
    for (let k = -reach; k <= reach; k++) {
      const weight = kernel[k + reach];
      const from = Math.min(h - 1, Math.max(0, y + k)) * w;
      for (let x = 0; x < w; x++) out[row + x] += weight * rows[from + x];
    }
  }
  return { widthPx: w, heightPx: h, values: out };
}

function halved({ widthPx: w, heightPx: h, values }: Plane): Plane {
  const [widthPx, heightPx] = [w >> 1, h >> 1];
  const out = new Float32Array(widthPx * heightPx);
  for (let y = 0, p = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, p++) out[p] = values[2 * y * w + 2 * x];
  return { widthPx, heightPx, values: out };
}

/** One feature of each of two pictures that look alike. */
export interface FeatureMatch {
  readonly a: Feature;
  readonly b: Feature;
}

/** Pairs that are each other's nearest, clearly nearer than the second. */
export function matchFeatures(one: Features, two: Features, ratio = 0.88): FeatureMatch[] {
  const n = one.list.length;
  const m = two.list.length;
  const bestOfTwo = new Int32Array(m).fill(-1);
  const likeOfTwo = new Float32Array(m).fill(-1);
  const bestOfOne = new Int32Array(n).fill(-1);
  const distance = (like: number) => Math.sqrt(Math.max(0, 2 - 2 * like));
  for (let i = 0; i < n; i++) {
    const a = one.descriptors.subarray(i * length, (i + 1) * length);
    let best = -1;
    let second = -1;
    let at = -1;
    for (let j = 0, q = 0; j < m; j++, q += length) {
      let like = 0;
      for (let k = 0; k < length; k++) like += a[k] * two.descriptors[q + k];
      if (like > best) {
        // A twin at nearly the same place (another direction of the same point) is no rival.
        if (at < 0 || !isSamePlace(two.list[at], two.list[j])) second = best;
        best = like;
        at = j;
      } else if (like > second && !isSamePlace(two.list[at], two.list[j])) second = like;
      if (like > likeOfTwo[j]) {
        likeOfTwo[j] = like;
        bestOfTwo[j] = i;
      }
    }
    if (at >= 0 && distance(best) < ratio * distance(second)) bestOfOne[i] = at;
  }
  const out: FeatureMatch[] = [];
  for (let i = 0; i < n; i++) {
    const j = bestOfOne[i];
    if (j >= 0 && (bestOfTwo[j] === i || isSamePlace(one.list[bestOfTwo[j]], one.list[i])))
      out.push({ a: one.list[i], b: two.list[j] });
  }
  return out;
}

const isSamePlace = (a: Feature, b: Feature): boolean => Math.hypot(a.x - b.x, a.y - b.y) < 2;
