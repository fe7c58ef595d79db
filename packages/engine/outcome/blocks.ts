import { localDetail, type Plane } from './plane.ts';
import { type Correspondence, fitRobustly, type Homography, off } from './projection.ts';

/** Side of a block is 2 · this + 1 frame pixels. */
const half = 10;
/** A block is believed when it correlates this well, and better than anywhere two pixels off by so much. */
const leastLikeness = 0.45;
const leastLead = 0.06;
/** Blocks this near to where the common projection puts them agree with it, frame px. */
const agreePx = 1.5;

export interface BlockAgreement {
  /** Correction in frame pixels: where frame `one` points really lie in frame `two`. */
  readonly correction: Homography;
  /** Blocks with texture that were looked for. */
  readonly tried: number;
  /** Blocks found within {@link agreePx} of the correction. */
  readonly agreed: number;
  /** How far each believed block lies off the correction, frame px, with its middle in frame `one`. */
  readonly residuals: readonly { readonly x: number; readonly y: number; readonly offPx: number }[];
}

/**
 * Looks for squares of one plane in another that should already lie on it, up to `reachPx` away, by normalised
 * cross-correlation of local detail, and fits the one projection that most of them share.
 */
export function compareBlocks(
  one: Plane,
  two: Plane,
  reachPx: number,
  kind: 'similarity' | 'affine' | 'homography',
): BlockAgreement | undefined {
  const a = localDetail(one, 14);
  const b = localDetail(two, 14);
  const { widthPx: w, heightPx: h } = a;
  const stepPx = Math.max(6, Math.ceil(Math.sqrt((w * h) / 420)));
  const pairs: Correspondence[] = [];
  let tried = 0;
  for (let y = half; y < h - half; y += stepPx) {
    for (let x = half; x < w - half; x += stepPx) {
      if (!hasTexture(one, x, y) || !hasTexture(two, x, y)) continue;
      tried++;
      const found = lookFor(a, b, x, y, reachPx);
      if (found)
        pairs.push({
          from: { x: x + 0.5, y: y + 0.5 },
          to: { x: x + 0.5 + found.dx, y: y + 0.5 + found.dy },
          weight: found.likeness,
        });
    }
  }
  if (pairs.length < 6) return undefined;
  const start = mostShared(pairs, reachPx);
  const fitted = fitRobustly('affine', pairs, start, 3) ?? start;
  const correction =
    kind === 'homography' && pairs.filter((pair) => off(fitted, pair) < 3).length >= 24
      ? (fitRobustly('homography', pairs, fitted, 2.5) ?? fitted)
      : fitted;
  const residuals = pairs.map((pair) => ({ x: pair.from.x, y: pair.from.y, offPx: off(correction, pair) }));
  return { correction, tried, agreed: residuals.filter(({ offPx }) => offPx <= agreePx).length, residuals };
}

/** Enough detail to be found again: deviation of the plane itself (ln of brightness) above the grain of a camera. */
function hasTexture({ widthPx: w, values }: Plane, cx: number, cy: number): boolean {
  let sum = 0;
  let square = 0;
  let n = 0;
  for (let dy = -half; dy <= half; dy += 2) {
    for (let dx = -half; dx <= half; dx += 2) {
      const v = values[(cy + dy) * w + cx + dx];
      if (Number.isNaN(v)) return false;
      sum += v;
      square += v * v;
      n++;
    }
  }
  return square / n - (sum / n) ** 2 > 0.006 ** 2;
}

function lookFor(
  a: Plane,
  b: Plane,
  cx: number,
  cy: number,
  reachPx: number,
): { dx: number; dy: number; likeness: number } | undefined {
  const side = 2 * reachPx + 1;
  const likeness = new Float32Array(side * side).fill(-1);
  let best = 0;
  for (let dy = -reachPx; dy <= reachPx; dy++) {
    for (let dx = -reachPx; dx <= reachPx; dx++) {
      const k = (dy + reachPx) * side + dx + reachPx;
      likeness[k] = correlation(a, b, cx, cy, dx, dy);
      if (likeness[k] > likeness[best]) best = k;
    }
  }
  const bx = best % side;
  const by = Math.floor(best / side);
  if (likeness[best] < leastLikeness || bx === 0 || by === 0 || bx === side - 1 || by === side - 1)
    return undefined;
  for (let k = 0; k < likeness.length; k++) {
    if (Math.max(Math.abs((k % side) - bx), Math.abs(Math.floor(k / side) - by)) > 2) {
      if (likeness[k] > likeness[best] - leastLead) return undefined;
    }
  }
  const between = (l: number, m: number, r: number) => {
    const bend = l - 2 * m + r;
    return bend < -1e-6 ? Math.min(0.5, Math.max(-0.5, (l - r) / (2 * bend))) : 0;
  };
  return {
    dx: bx - reachPx + between(likeness[best - 1], likeness[best], likeness[best + 1]),
    dy: by - reachPx + between(likeness[best - side], likeness[best], likeness[best + side]),
    likeness: likeness[best],
  };
}

function correlation(a: Plane, b: Plane, cx: number, cy: number, dx: number, dy: number): number {
  const { widthPx: w, heightPx: h } = a;
  const [x0, y0] = [cx + dx - half, cy + dy - half];
  if (x0 < 0 || y0 < 0 || x0 + 2 * half >= w || y0 + 2 * half >= h) return -1;
  let [ab, aa, bb, sa, sb] = [0, 0, 0, 0, 0];
  for (let y = 0; y <= 2 * half; y++) {
    let p = (cy - half + y) * w + cx - half;
    let q = (y0 + y) * w + x0;
    for (let x = 0; x <= 2 * half; x++, p++, q++) {
      const u = a.values[p];
      const v = b.values[q];
      sa += u;
      sb += v;
      ab += u * v;
      aa += u * u;
      bb += v * v;
    }
  }
  const n = (2 * half + 1) ** 2;
  const va = aa - (sa * sa) / n;
  const vb = bb - (sb * sb) / n;
  return va < 1e-3 || vb < 1e-3 ? -1 : (ab - (sa * sb) / n) / Math.sqrt(va * vb);
}

/** The shift that most blocks share, as a start for the fit. */
function mostShared(pairs: readonly Correspondence[], reachPx: number): Homography {
  const near = Math.max(2, reachPx / 4);
  let best: readonly Correspondence[] = [];
  for (const one of pairs) {
    const dx = one.to.x - one.from.x;
    const dy = one.to.y - one.from.y;
    const alike = pairs.filter(({ from, to }) => Math.hypot(to.x - from.x - dx, to.y - from.y - dy) < near);
    if (alike.length > best.length) best = alike;
  }
  const mean = (pick: (pair: Correspondence) => number) =>
    best.reduce((sum, pair) => sum + pick(pair), 0) / best.length;
  return [1, 0, mean(({ from, to }) => to.x - from.x), 0, 1, mean(({ from, to }) => to.y - from.y), 0, 0, 1];
}
