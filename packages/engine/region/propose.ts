import { linearAt } from '../photo/colour.ts';
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

interface Candidate {
  readonly features: Features;
  readonly inside: Uint8Array;
  readonly evidence: Float32Array;
  readonly score: number;
  readonly support: number;
  readonly radiusPx: number;
}

const refuse = (reason: RegionRefusal['reason'], message: string): RegionRefusal => ({
  ok: false,
  reason,
  message,
  field: 'taps',
});

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
  const candidates = findCandidates(picture, taps[0], options.treatment ?? 'vitiligo');
  let best: Candidate | undefined;
  for (const candidate of candidates) if (!best || candidate.score > best.score) best = candidate;
  if (!best || best.score <= 0) {
    return refuse(
      'nothing-lighter',
      'Nothing around the tap stands out from the skin beside it; paint the patch with the brush.',
    );
  }
  const mask = createMask(picture.widthPx, picture.heightPx);
  paintCells(mask, best.features, best.inside);
  return { ok: true, mask, confidence01: Math.min(1, best.score), level01: options.level01 ?? 0.5 };
}

export function findCandidates(picture: Picture, tap: Point, treatment: Treatment): Candidate[] {
  const candidates: Candidate[] = [];
  const shorter = Math.min(picture.widthPx, picture.heightPx);
  for (let radiusPx = Math.max(5, shorter * 0.012); radiusPx < shorter * 0.33; radiusPx *= 1.35) {
    const side = radiusPx * 6;
    const box: Box = clipBox(
      { x: tap.x - side / 2, y: tap.y - side / 2, widthPx: side, heightPx: side },
      picture.widthPx,
      picture.heightPx,
    );
    const cellPx = Math.max(1, Math.floor(side / 110));
    const features = smoothFeatures(featuresOf(picture, box, cellPx), 1);
    const { widthPx, heightPx } = features;
    const radius = radiusPx / cellPx;
    const start = new Uint8Array(widthPx * heightPx);
    const tx = (tap.x - box.x) / cellPx;
    const ty = (tap.y - box.y) / cellPx;
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        if (Math.hypot(x + 0.5 - tx, y + 0.5 - ty) <= radius) start[y * widthPx + x] = 1;
      }
    }
    const snapped = snapToBorder(features, start, {
      windowPx: Math.max(3, Math.round(radius * 0.6)),
      rounds: 25,
      smoothPx: 1,
      inside: treatment === 'vitiligo' ? 'lighter' : 'any',
    });
    const inside = pieceAt(features, snapped.inside, tx, ty);
    if (!inside) continue;
    candidates.push({
      features,
      inside,
      evidence: snapped.evidence,
      radiusPx,
      ...scoreBorder(features, inside),
    });
  }
  return candidates;
}

/** The connected piece under the tap (or nearest within 3 cells), holes filled. */
function pieceAt(features: Features, inside: Uint8Array, tx: number, ty: number): Uint8Array | undefined {
  const { widthPx, heightPx } = features;
  const { labels } = connectedPieces(inside, widthPx, heightPx);
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
  if (!label) return undefined;
  const piece = Uint8Array.from(labels, (v) => (v === label ? 1 : 0));
  fillHoles(piece, widthPx, heightPx, 40);
  return piece;
}

function scoreBorder(features: Features, inside: Uint8Array): { score: number; support: number } {
  const { widthPx, heightPx, light, melanin, skin } = features;
  const toIn = squaredDistanceTo(inside, widthPx, heightPx);
  const toOut = squaredDistanceTo(
    Uint8Array.from(inside, (v) => 1 - v),
    widthPx,
    heightPx,
  );
  const reach = 3;
  let border = 0;
  let supported = 0;
  const contrasts: number[] = [];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const p = y * widthPx + x;
      if (!inside[p] || toOut[p] > 1.5) continue;
      border++;
      let wi = 0;
      let wo = 0;
      let li = 0;
      let lo = 0;
      let mi = 0;
      let mo = 0;
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) {
          const xx = x + dx;
          const yy = y + dy;
          if (xx < 0 || yy < 0 || xx >= widthPx || yy >= heightPx) continue;
          const q = yy * widthPx + xx;
          if (!skin[q]) continue;
          if (inside[q] && toOut[q] >= 3) {
            wi++;
            li += light[q];
            mi += melanin[q];
          } else if (!inside[q] && toIn[q] >= 3) {
            wo++;
            lo += light[q];
            mo += melanin[q];
          }
        }
      }
      if (wi < 2 || wo < 2) continue;
      supported++;
      const dl = li / wi - lo / wo;
      const dm = mi / wi - mo / wo;
      contrasts.push(dl / 0.06 - dm / 0.08);
    }
  }
  if (supported < 8) return { score: 0, support: 0 };
  contrasts.sort((a, b) => a - b);
  const low = contrasts[Math.floor(contrasts.length * 0.3)];
  const support = supported / border;
  return { score: (low * support) / 10, support };
}

export function paintCells(mask: Mask, features: Features, inside: Uint8Array): void {
  const { box, cellPx, widthPx, heightPx } = features;
  for (let y = 0; y < heightPx * cellPx; y++) {
    const row = (box.y + y) * mask.widthPx + box.x;
    const cells = Math.floor(y / cellPx) * widthPx;
    for (let x = 0; x < widthPx * cellPx; x++)
      if (inside[cells + Math.floor(x / cellPx)]) mask.alpha[row + x] = 255;
  }
}
