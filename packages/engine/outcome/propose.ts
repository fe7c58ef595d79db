import { linearTable, type Mask, type Picture, shrinkPicture } from '../photo/index.ts';
import {
  connectedPieces,
  couldBeSkin,
  createMask,
  intersectionOverUnion,
  proposeFromTap,
  resizeMask,
} from '../region/index.ts';
import { smoothBinary } from '../region/mask.ts';
import { composed, type Homography, project } from './projection.ts';

export interface ChangedRegion {
  readonly ok: true;
  /** On the grid of the earlier picture. */
  readonly mask: Mask;
  /** How far the change stands out from the rest of the skin, in its own scatter. */
  readonly timesScatter: number;
  /** Whether the edge is that of a patch seen in the earlier picture, or only that of the change. */
  readonly edge: 'patch' | 'change';
}

export interface ChangedRegionRefusal {
  readonly ok: false;
  readonly reason: 'no-change';
  readonly message: string;
  readonly field: 'mask';
}

const sidePx = 420;
const leastLn = 0.05;

/**
 * The piece of skin that became darker between two pictures against the rest of the skin: what was treated, when
 * nobody says. Light that changed across the whole frame is taken away first (second order, robust).
 */
export function proposeChanged(
  before: Picture,
  after: Picture,
  toAfter: Homography,
): ChangedRegion | ChangedRegionRefusal {
  const shrinkBefore = Math.max(1, Math.ceil(Math.max(before.widthPx, before.heightPx) / sidePx));
  const one = shrinkPicture(before, shrinkBefore);
  const shrinkAfter = Math.max(1, Math.ceil(Math.max(after.widthPx, after.heightPx) / (1.5 * sidePx)));
  const two = shrinkPicture(after, shrinkAfter);
  const h = composed(
    [1 / shrinkAfter, 0, 0, 0, 1 / shrinkAfter, 0, 0, 0, 1],
    composed(toAfter, [shrinkBefore, 0, 0, 0, shrinkBefore, 0, 0, 0, 1]),
  );
  const { change, seen } = changeOf(one, two, h);
  const scatter = withoutSmoothLight(change, seen, one.widthPx, one.heightPx);
  const cut = Math.max(leastLn, 4 * scatter);
  const inside = smoothBinary(
    Uint8Array.from(change, (v, p) => (seen[p] && v < -cut ? 1 : 0)),
    one.widthPx,
    one.heightPx,
    2,
  );
  const { labels, sizes } = connectedPieces(inside, one.widthPx, one.heightPx);
  const strength = sizes.map(() => 0);
  for (let p = 0; p < labels.length; p++) if (labels[p]) strength[labels[p]] -= change[p];
  let best = 0;
  for (let label = 1; label < sizes.length; label++) if (strength[label] > strength[best]) best = label;
  const leastPx = 0.0006 * one.widthPx * one.heightPx;
  if (best === 0 || sizes[best] < leastPx) {
    return {
      ok: false,
      reason: 'no-change',
      message:
        'No piece of skin became clearly darker between the photos, so the treated region could not be proposed; give it with --mask.',
      field: 'mask',
    };
  }
  const small = createMask(one.widthPx, one.heightPx);
  let deepest = 0;
  for (let p = 0; p < labels.length; p++) {
    if (labels[p] !== best) continue;
    small.alpha[p] = 255;
    if (change[p] < change[deepest] || labels[deepest] !== best) deepest = p;
  }
  const mask = resizeMask(small, before.widthPx, before.heightPx);
  const timesScatter = strength[best] / sizes[best] / Math.max(scatter, 1e-3);
  const tap = {
    x: ((deepest % one.widthPx) + 0.5) * shrinkBefore,
    y: (Math.floor(deepest / one.widthPx) + 0.5) * shrinkBefore,
  };
  const patch = proposeFromTap(before, [tap], { treatment: 'vitiligo' });
  return patch.ok && intersectionOverUnion(patch.mask, mask) > 0.45
    ? { ok: true, mask: patch.mask, timesScatter, edge: 'patch' }
    : { ok: true, mask, timesScatter, edge: 'change' };
}

/** ln of light after over before, mean of green and blue (red sees melanin least), on skin in both. */
function changeOf(one: Picture, two: Picture, h: Homography): { change: Float32Array; seen: Uint8Array } {
  const table = linearTable();
  const ln = (v: number) => Math.log(Math.max(table[v], 0.0024));
  const change = new Float32Array(one.widthPx * one.heightPx);
  const seen = new Uint8Array(change.length);
  for (let y = 0, p = 0; y < one.heightPx; y++) {
    for (let x = 0; x < one.widthPx; x++, p++) {
      const q = project(h, { x: x + 0.5, y: y + 0.5 });
      const [ix, iy] = [Math.floor(q.x), Math.floor(q.y)];
      if (!(ix >= 1 && iy >= 1 && ix < two.widthPx - 1 && iy < two.heightPx - 1)) continue;
      const [r, g, b] = [0, 1, 2].map((c) => ln(one.rgba[4 * p + c]));
      const [R, G, B] = [0, 1, 2].map((c) => {
        let sum = 0;
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) sum += ln(two.rgba[4 * ((iy + dy) * two.widthPx + ix + dx) + c]);
        return sum / 9;
      });
      if (!couldBeSkin(r, g, b) || !couldBeSkin(R, G, B)) continue;
      change[p] = (G - g + B - b) / 2;
      seen[p] = 1;
    }
  }
  return { change, seen };
}

/** Takes the smooth course off, in place; gives the robust scatter of what is left. */
function withoutSmoothLight(change: Float32Array, seen: Uint8Array, w: number, h: number): number {
  const row = (p: number) => {
    const [u, v] = [(2 * (p % w)) / w - 1, (2 * Math.floor(p / w)) / h - 1];
    return [1, u, v, u * u, u * v, v * v];
  };
  const places: number[] = [];
  for (let p = 0; p < change.length; p += 7) if (seen[p]) places.push(p);
  if (places.length < 50) return 1;
  const rows = places.map(row);
  let weights = places.map(() => 1);
  let fit = [0, 0, 0, 0, 0, 0];
  let scatter = 1;
  for (let round = 0; round < 8; round++) {
    const m = Array.from({ length: 6 }, () => Array.from({ length: 7 }, () => 0));
    rows.forEach((r, i) => {
      for (let a = 0; a < 6; a++) {
        for (let b = 0; b < 6; b++) m[a][b] += weights[i] * r[a] * r[b];
        m[a][6] += weights[i] * r[a] * change[places[i]];
      }
    });
    const total = weights.reduce((sum, v) => sum + v, 0);
    for (let a = 1; a < 6; a++) m[a][a] += 0.003 * total;
    for (let k = 0; k < 6; k++) {
      for (let i = k + 1; i < 6; i++) {
        const f = m[i][k] / m[k][k];
        for (let j = k; j < 7; j++) m[i][j] -= f * m[k][j];
      }
    }
    fit = fit.map(() => 0);
    for (let k = 5; k >= 0; k--) {
      let sum = m[k][6];
      for (let j = k + 1; j < 6; j++) sum -= m[k][j] * fit[j];
      fit[k] = sum / m[k][k];
    }
    const off = rows.map((r, i) => change[places[i]] - r.reduce((sum, v, k) => sum + v * fit[k], 0));
    const sorted = off.map(Math.abs).sort((a, b) => a - b);
    scatter = Math.max(0.004, 1.4826 * sorted[sorted.length >> 1]);
    weights = off.map((o) => {
      const t = o / (3.5 * scatter);
      return Math.abs(t) >= 1 ? 0 : (1 - t * t) ** 2;
    });
  }
  for (let p = 0; p < change.length; p++)
    if (seen[p]) change[p] -= row(p).reduce((sum, v, k) => sum + v * fit[k], 0);
  return scatter;
}
