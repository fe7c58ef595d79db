import { linearAt } from '../photo/colour.ts';
import { boxMean } from '../photo/filter.ts';
import {
  type Box,
  clipBox,
  contains,
  createMask,
  type Mask,
  type Picture,
  type Point,
} from '../photo/picture.ts';
import { couldBeSkin, type Features, featuresOf, smoothFeatures } from './features.ts';
import { connectedPieces, fillHoles, squaredDistanceTo } from './mask.ts';
import { refineRegion } from './refine.ts';
import { withoutShading } from './shading.ts';
import { snapToBorder } from './snap.ts';

export type Treatment = 'vitiligo' | 'lip' | 'scalp';

export interface ProposeOptions {
  readonly treatment?: Treatment;
  /** 0 shrinks to the surest core, 0.5 is the found border, 1 grows into the doubtful. */
  readonly level01?: number;
}

export interface RegionProposal {
  readonly ok: true;
  readonly mask: Mask;
  /** How much the border found stands out all the way round; 0 nothing, 1 unmistakable. Not a probability. */
  readonly confidence01: number;
  readonly level01: number;
}

export interface RegionRefusal {
  readonly ok: false;
  readonly reason: 'tap-missing' | 'tap-outside' | 'no-skin-at-tap' | 'nothing-lighter';
  readonly message: string;
  readonly field: 'taps';
}

/** One guess at the region, on the grid it was found on. */
interface Candidate {
  readonly features: Features;
  readonly inside: Uint8Array;
  readonly radiusPx: number;
  readonly areaPx: number;
  /** {@link borderClarity}, -1..1. */
  readonly clarity: number;
}

const refuse = (reason: RegionRefusal['reason'], message: string): RegionRefusal => ({
  ok: false,
  reason,
  message,
  field: 'taps',
});

/**
 * A region about each tap, from nothing but the picture. One tap is a proposal, not a finding: show it, offer
 * `level01` and {@link applyStroke}. Taps inside a region already found add nothing. Works on shapes of 1 to 30 % of
 * the picture's shorter side.
 */
export function proposeFromTap(
  picture: Picture,
  taps: readonly Point[],
  options: ProposeOptions = {},
): RegionProposal | RegionRefusal {
  if (taps.length === 0) return refuse('tap-missing', 'No tap was given; tap inside the patch.');
  for (const tap of taps) {
    if (!contains(picture, tap)) {
      return refuse(
        'tap-outside',
        `The tap at ${Math.round(tap.x)},${Math.round(tap.y)} lies outside the picture, which measures ${picture.widthPx} x ${picture.heightPx} px; tap inside the patch.`,
      );
    }
    const [r, g, b] = linearAt(picture, tap, 2);
    const ln = (v: number): number => Math.log(Math.max(v, 0.0024));
    if (!couldBeSkin(ln(r), ln(g), ln(b))) {
      return refuse(
        'no-skin-at-tap',
        `There is no skin at ${Math.round(tap.x)},${Math.round(tap.y)}: the colour there is not one skin has; tap inside the patch.`,
      );
    }
  }
  const treatment = options.treatment ?? 'vitiligo';
  const level01 = Math.min(1, Math.max(0, options.level01 ?? 0.5));
  const rough = createMask(picture.widthPx, picture.heightPx);
  let surest = 0;
  for (const tap of taps) {
    if (rough.alpha[Math.floor(tap.y) * rough.widthPx + Math.floor(tap.x)]) continue;
    const best = bestOf(findCandidates(picture, tap, treatment), picture);
    if (!best) continue;
    paintCells(rough, best.candidate.features, best.candidate.inside);
    surest = Math.max(surest, best.confidence01);
  }
  if (surest < leastConfidence) {
    return refuse(
      'nothing-lighter',
      'Nothing around the tap stands out from the skin beside it; paint the patch with the brush.',
    );
  }
  const inside = treatment === 'vitiligo' ? 'lighter' : 'any';
  return { ok: true, mask: refineRegion(picture, rough, { inside, level01 }), confidence01: surest, level01 };
}

/** Below this no border was seen: the picture's own grain and shading score up to about half of it. */
const leastConfidence = 0.06;

/**
 * The guess with the clearest border that is also found again from another size of start (a border that is really
 * there attracts several). Small guesses are slightly preferred: a region that grows past its border finds the
 * next one, never the reverse.
 */
function bestOf(
  candidates: readonly Candidate[],
  picture: Picture,
): { candidate: Candidate; confidence01: number } | undefined {
  const shorter = Math.min(picture.widthPx, picture.heightPx);
  let best: { candidate: Candidate; confidence01: number } | undefined;
  let bestScore = 0;
  for (const candidate of candidates) {
    let repeated = 0;
    for (const other of candidates) {
      const ratio = other.areaPx / candidate.areaPx;
      if (other.radiusPx === candidate.radiusPx || ratio < 0.5 || ratio > 2) continue;
      repeated = Math.max(repeated, overlap(candidate, other));
    }
    const confidence01 = Math.max(0, candidate.clarity) * (0.3 + 0.7 * repeated);
    const score = confidence01 * (candidate.radiusPx / shorter) ** -0.2;
    if (score > bestScore) {
      bestScore = score;
      best = { candidate, confidence01 };
    }
  }
  return best;
}

/** Cells across the box looked at for one guess of the size: enough to draw a border, few enough to be quick. */
const cellsAcross = 100;

/**
 * Guesses at the region from starts of growing size about the tap, each led to the nearest border. The grid grows
 * with the start, so that every size is looked at with the same detail.
 */
function findCandidates(picture: Picture, tap: Point, treatment: Treatment): Candidate[] {
  const candidates: Candidate[] = [];
  const shorter = Math.min(picture.widthPx, picture.heightPx);
  for (let radiusPx = Math.max(5, shorter * 0.012); radiusPx < shorter * 0.33; radiusPx *= 1.42) {
    const side = radiusPx * 6;
    const box: Box = clipBox(
      { x: tap.x - side / 2, y: tap.y - side / 2, widthPx: side, heightPx: side },
      picture.widthPx,
      picture.heightPx,
    );
    const cellPx = Math.max(1, Math.floor(side / cellsAcross));
    const features = smoothFeatures(featuresOf(picture, box, cellPx), 1);
    const flat = withoutShading(features);
    const radius = radiusPx / cellPx;
    const tx = (tap.x - box.x) / cellPx;
    const ty = (tap.y - box.y) / cellPx;
    const rim = rimOf(picture, features);
    for (const start of [disc(features, tx, ty, radius), cutBetween(flat, tx, ty, radius)]) {
      if (!start) continue;
      let inside: Uint8Array | undefined = start;
      for (const share of [0.7, 0.35]) {
        inside = closed(inside, features, radius * 0.15);
        const snapped = snapToBorder(flat, inside, {
          windowPx: Math.max(3, Math.round(radius * share)),
          rounds: 15,
          smoothPx: 1,
          pinned: rim,
          inside: treatment === 'vitiligo' ? 'lighter' : 'any',
        });
        inside = pieceAt(features, snapped.inside, tx, ty);
        if (!inside) break;
      }
      if (!inside) continue;
      const areaPx = inside.reduce((sum, v) => sum + v, 0) * cellPx * cellPx;
      candidates.push({ features, inside, radiusPx, areaPx, clarity: borderClarity(features, inside) });
    }
  }
  return candidates;
}

/** The outer tenth of the box must stay outside, so that a region never ends at the box; except at the picture's edge. */
function rimOf(picture: Picture, { box, widthPx, heightPx }: Features): Uint8Array {
  const rim = new Uint8Array(widthPx * heightPx);
  const deep = Math.round(cellsAcross / 12);
  const left = box.x > 0 ? deep : 0;
  const top = box.y > 0 ? deep : 0;
  const right = box.x + box.widthPx < picture.widthPx ? widthPx - deep : widthPx;
  const low = box.y + box.heightPx < picture.heightPx ? heightPx - deep : heightPx;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (x < left || y < top || x >= right || y >= low) rim[y * widthPx + x] = 1;
    }
  }
  return rim;
}

/** Intersection over union of two candidates on the finer grid's cells. */
function overlap(a: Candidate, b: Candidate): number {
  const fine = a.features.cellPx <= b.features.cellPx ? a : b;
  const coarse = fine === a ? b : a;
  const f = fine.features;
  const c = coarse.features;
  let both = 0;
  let fineArea = 0;
  for (let y = 0; y < f.heightPx; y++) {
    const cy = Math.floor((f.box.y + (y + 0.5) * f.cellPx - c.box.y) / c.cellPx);
    for (let x = 0; x < f.widthPx; x++) {
      if (!fine.inside[y * f.widthPx + x]) continue;
      fineArea++;
      const cx = Math.floor((f.box.x + (x + 0.5) * f.cellPx - c.box.x) / c.cellPx);
      if (cx >= 0 && cy >= 0 && cx < c.widthPx && cy < c.heightPx && coarse.inside[cy * c.widthPx + cx])
        both++;
    }
  }
  const area = f.cellPx * f.cellPx;
  return (both * area) / (fineArea * area + coarse.areaPx - both * area);
}

function disc({ widthPx, heightPx }: Features, cx: number, cy: number, radius: number): Uint8Array {
  const out = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (Math.hypot(x + 0.5 - cx, y + 0.5 - cy) <= radius) out[y * widthPx + x] = 1;
    }
  }
  return out;
}

/** Cells nearer in pigment to the tap than to the skin in a ring about it, in one piece with the tap. */
function cutBetween(features: Features, tx: number, ty: number, radius: number): Uint8Array | undefined {
  const { widthPx, heightPx, light, melanin, skin } = features;
  const pale = (p: number): number => light[p] * 0.6 - melanin[p];
  const near: number[] = [];
  const ring: number[] = [];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const p = y * widthPx + x;
      if (!skin[p]) continue;
      const d = Math.hypot(x + 0.5 - tx, y + 0.5 - ty);
      if (d < Math.max(2, radius * 0.35)) near.push(pale(p));
      else if (d > radius * 1.2 && d < radius * 2) ring.push(pale(p));
    }
  }
  if (near.length < 4 || ring.length < 20) return undefined;
  near.sort((a, b) => a - b);
  ring.sort((a, b) => a - b);
  const at = near[near.length >> 1];
  const beside = ring[ring.length >> 1];
  if (at - beside < 0.05) return undefined;
  const cut = (at + beside) / 2;
  const out = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const p = y * widthPx + x;
      if (skin[p] && pale(p) > cut && Math.hypot(x + 0.5 - tx, y + 0.5 - ty) < radius * 2) out[p] = 1;
    }
  }
  return pieceAt(features, out, tx, ty);
}

/** The connected piece under the tap (or nearest within 3 cells), small holes filled. */
function pieceAt(features: Features, inside: Uint8Array, tx: number, ty: number): Uint8Array | undefined {
  const { widthPx, heightPx } = features;
  const { labels, sizes } = connectedPieces(inside, widthPx, heightPx);
  let label = 0;
  let nearest = 3.5;
  for (let y = Math.max(0, Math.floor(ty) - 3); y <= Math.min(heightPx - 1, ty + 3); y++) {
    for (let x = Math.max(0, Math.floor(tx) - 3); x <= Math.min(widthPx - 1, tx + 3); x++) {
      const distance = Math.hypot(x + 0.5 - tx, y + 0.5 - ty);
      if (labels[y * widthPx + x] && distance < nearest) {
        nearest = distance;
        label = labels[y * widthPx + x];
      }
    }
  }
  if (!label || sizes[label] < 12) return undefined;
  const piece = Uint8Array.from(labels, (v) => (v === label ? 1 : 0));
  // A fold, a hair or a pore inside a patch still belongs to it; an island of normal skin as large as a third does not.
  fillHoles(piece, widthPx, heightPx, sizes[label] * 0.3);
  return piece;
}

/** Gaps narrower than twice `reach` closed: grown, then shrunk by the same. */
function closed(inside: Uint8Array, { widthPx, heightPx }: Features, reach: number): Uint8Array {
  if (reach < 1) return inside;
  const grown = Uint8Array.from(squaredDistanceTo(inside, widthPx, heightPx), (d2) =>
    d2 <= reach * reach ? 0 : 1,
  );
  return Uint8Array.from(squaredDistanceTo(grown, widthPx, heightPx), (d2) => (d2 > reach * reach ? 1 : 0));
}

/**
 * How clearly and how far round the border the inside differs from the skin just outside, in the way loss of
 * pigment makes it differ: more light and less melanin at once. Hair, lips and shadow change light alone.
 */
function borderClarity(features: Features, inside: Uint8Array): number {
  const { widthPx, heightPx, light, melanin, skin } = features;
  const toIn = squaredDistanceTo(inside, widthPx, heightPx);
  const toOut = squaredDistanceTo(
    Uint8Array.from(inside, (v) => 1 - v),
    widthPx,
    heightPx,
  );
  const bands = [
    (p: number): boolean => inside[p] === 1 && toOut[p] >= 20 && toOut[p] <= 64,
    (p: number): boolean => inside[p] === 1 && toOut[p] >= 3 && toOut[p] <= 13,
    (p: number): boolean => inside[p] === 0 && toIn[p] >= 3 && toIn[p] <= 13,
    (p: number): boolean => inside[p] === 0 && toIn[p] >= 20 && toIn[p] <= 64,
  ].map((belongs) => {
    const weight = new Float32Array(inside.length);
    const l = new Float32Array(inside.length);
    const m = new Float32Array(inside.length);
    for (let p = 0; p < inside.length; p++) {
      if (!skin[p] || !belongs(p)) continue;
      weight[p] = 1;
      l[p] = light[p];
      m[p] = melanin[p];
    }
    for (const plane of [weight, l, m]) boxMean(plane, widthPx, heightPx, 6, plane);
    return { weight, l, m };
  });
  const [deep, near, beside, far] = bands;
  let border = 0;
  let supported = 0;
  let cut = 0;
  const contrasts: number[] = [];
  const sharpness: number[] = [];
  const enough = 0.02;
  for (let p = 0; p < inside.length; p++) {
    if (!inside[p] || toOut[p] > 1.5) continue;
    border++;
    const x = p % widthPx;
    if (x === 0 || x === widthPx - 1 || p < widthPx || p >= inside.length - widthPx) cut++;
    if (near.weight[p] < enough || beside.weight[p] < enough) continue;
    supported++;
    const step = (plane: 'l' | 'm', a: typeof deep, b: typeof deep): number =>
      a.weight[p] < enough || b.weight[p] < enough
        ? 0
        : a[plane][p] / a.weight[p] - b[plane][p] / b.weight[p];
    // A border jumps; a slope of shading goes on rising on both sides of it, and that much is taken off.
    const slope = (plane: 'l' | 'm', sign: number): number =>
      Math.max(0, sign * (step(plane, deep, near) + step(plane, beside, far)) * 0.5);
    const dl = step('l', near, beside) / 0.05;
    const dm = (-step('m', near, beside) / 0.05) * 1.5;
    contrasts.push(Math.max(-12, Math.min(12, Math.min(dl, dm))));
    const jump = Math.max(0, dl) + Math.max(0, dm);
    sharpness.push(jump / (jump + (slope('l', 1) + slope('m', -1) * 1.5) / 0.05 + 0.3));
  }
  if (supported < 8) return 0;
  contrasts.sort((a, b) => a - b);
  sharpness.sort((a, b) => a - b);
  const weakest = contrasts[Math.floor(contrasts.length * 0.2)];
  const sharp = sharpness[Math.floor(sharpness.length * 0.25)];
  return Math.tanh(weakest / 4) * (supported / border) * sharp * (1 - Math.min(1, (4 * cut) / border));
}

/** Fills the picture's pixels of every cell that is inside. */
function paintCells(mask: Mask, features: Features, inside: Uint8Array): void {
  const { box, cellPx, widthPx, heightPx } = features;
  for (let y = 0; y < heightPx * cellPx; y++) {
    const row = (box.y + y) * mask.widthPx + box.x;
    const cells = Math.floor(y / cellPx) * widthPx;
    for (let x = 0; x < widthPx * cellPx; x++)
      if (inside[cells + Math.floor(x / cellPx)]) mask.alpha[row + x] = 255;
  }
}
