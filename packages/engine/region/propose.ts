import { createPixelKernels, type PixelKernels } from '../kernels/index.ts';
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
import { type BorderLook, lookOfBorder } from './border-look.ts';
import { couldBeSkin, type Features, featuresOf, paleness, smoothFeatures } from './features.ts';
import {
  boundsOfCells,
  connectedPieces,
  countOf,
  cropCells,
  fillHoles,
  intersectionOverUnion,
  squaredDistanceTo,
} from './mask.ts';
import { nthSmallest } from './quantile.ts';
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
  /**
   * The share of simulated patches with a border as clear, as even and as stable on which the proposal overlapped the
   * truth by 0.8 or more (docs/science/region.md). Where `isDoubtful` the person is asked to paint.
   */
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
  readonly look: BorderLook;
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
  const kernels = createPixelKernels();
  const found: { candidate: Candidate; standsOut01: number }[] = [];
  for (const tap of taps) {
    if (rough.alpha[Math.floor(tap.y) * rough.widthPx + Math.floor(tap.x)]) continue;
    const best = bestOf(findCandidates(picture, tap, treatment, kernels), picture);
    if (!best) continue;
    paintCells(rough, best.candidate.features, best.candidate.inside);
    found.push(best);
  }
  if (!found.some(({ standsOut01 }) => standsOut01 >= leastStanding)) {
    return refuse(
      'nothing-lighter',
      'Nothing around the tap stands out from the skin beside it; paint the patch with the brush.',
    );
  }
  const inside = treatment === 'vitiligo' ? 'lighter' : 'any';
  const mask = refineRegion(picture, rough, { inside, level01 }, kernels);
  const stable01 = intersectionOverUnion(mask, rough);
  const confidence01 = Math.min(
    ...found.map(({ candidate, standsOut01 }) => likelihood(standsOut01, candidate.look, stable01)),
  );
  return { ok: true, mask, confidence01, level01 };
}

/**
 * How likely the overlap with the truth is 0.8 or more: a logistic regression on 351 simulated patches (seeds 420000 and
 * 470000), told by {@link likelihoodKnots} what became of such proposals elsewhere.
 *
 * @param stable01 overlap of the region before and after its border was drawn again on a finer grid
 */
function likelihood(standsOut01: number, { unevenness }: BorderLook, stable01: number): number {
  const regressed = 1 / (1 + Math.exp(-(1.68 + 0.8 * standsOut01 + 1.83 * stable01 - 4.82 * unevenness)));
  const above = Math.max(
    1,
    likelihoodKnots.findIndex(([claimed]) => claimed >= regressed),
  );
  const [[from, low], [to, high]] = [likelihoodKnots[above - 1], likelihoodKnots[above]];
  return low + ((regressed - from) / (to - from)) * (high - low);
}

/**
 * What the regression says, and how often such proposals were right: 419 proposals on other people, places and lights
 * (seeds from 4100000, 4200000, 4300000), monotone, by least log loss. The regression by itself promised 0.3 to 0.8 where
 * two in five were right. docs/science/region.md has what fresh seeds say.
 */
const likelihoodKnots: readonly (readonly [number, number])[] = [
  [0, 0.12],
  [0.3, 0.17],
  [0.6, 0.32],
  [0.8, 0.61],
  [0.9, 0.94],
  [1, 0.97],
];

/** Below this no border was seen: the picture's own grain and shading score up to about half of it. */
const leastStanding = 0.06;

/**
 * The innermost guess whose border is clear and is found again from another size of start (a border that is really
 * there attracts several); of those up to three times as large, the clearest. Only when no border inside is clear do
 * larger ones count: a region that grows past its border finds the next one, often that of the whole face, which is
 * clearer still. Guesses narrower than a patch can be are pores and spots of shine.
 */
function bestOf(
  candidates: readonly Candidate[],
  picture: Picture,
): { candidate: Candidate; standsOut01: number } | undefined {
  const shorter = Math.min(picture.widthPx, picture.heightPx);
  const seen = candidates
    .filter(({ areaPx }) => Math.sqrt(areaPx / Math.PI) >= leastRadius * shorter)
    .map((candidate) => {
      const repeated = timesRepeated(candidate, candidates);
      const standsOut01 = Math.max(0, candidate.look.clarity) * (0.3 + 0.7 * repeated);
      const score =
        standsOut01 * (candidate.radiusPx / shorter) ** -0.2 * Math.exp(-0.5 * candidate.look.unevenness);
      const isClear =
        standsOut01 >= 0.2 && (repeated >= 0.75 || (candidate.look.clarity >= 0.5 && repeated >= 0.5));
      return { candidate, standsOut01, score, isClear };
    });
  const clear = seen.filter(({ isClear }) => isClear);
  const innermostPx = Math.min(...clear.map(({ candidate }) => candidate.areaPx));
  const eligible = clear.length > 0 ? clear.filter((s) => s.candidate.areaPx <= 3 * innermostPx) : seen;
  return eligible.reduce<(typeof seen)[number] | undefined>(
    (best, next) => (next.score > (best?.score ?? 0) ? next : best),
    undefined,
  );
}

/** Least radius of a patch, as a share of the picture's shorter side. */
const leastRadius = 0.006;

/** The greatest overlap of a guess with one from another size of start, 0..1. */
function timesRepeated(candidate: Candidate, candidates: readonly Candidate[]): number {
  let repeated = 0;
  for (const other of candidates) {
    const ratio = other.areaPx / candidate.areaPx;
    if (other.radiusPx === candidate.radiusPx || ratio < 0.5 || ratio > 2) continue;
    repeated = Math.max(repeated, overlap(candidate, other));
  }
  return repeated;
}

/** Cells across the box looked at for one guess of the size: enough to draw a border, few enough to be quick. */
const cellsAcross = 100;

/**
 * Guesses at the region from starts of growing size about the tap, each led to the nearest border. The grid grows
 * with the start, so that every size is looked at with the same detail.
 */
function findCandidates(
  picture: Picture,
  tap: Point,
  treatment: Treatment,
  kernels: PixelKernels,
): Candidate[] {
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
    const flat = withoutShading(features, kernels);
    const radius = radiusPx / cellPx;
    const tx = (tap.x - box.x) / cellPx;
    const ty = (tap.y - box.y) / cellPx;
    const rim = rimOf(picture, features);
    for (const start of [disc(features, tx, ty, radius), cutBetween(flat, tx, ty, radius)]) {
      if (!start) continue;
      let inside: Uint8Array | undefined = start;
      for (const share of [0.7, 0.35]) {
        inside = closed(inside, features, radius * 0.15);
        const snapped = snapToBorder(
          flat,
          inside,
          {
            windowPx: Math.max(3, Math.round(radius * share)),
            rounds: 15,
            pinned: rim,
            inside: treatment === 'vitiligo' ? 'lighter' : 'any',
          },
          kernels,
        );
        inside = pieceAt(features, snapped.inside, tx, ty);
        if (!inside) break;
      }
      if (!inside) continue;
      const areaPx = countOf(inside) * cellPx * cellPx;
      candidates.push({ features, inside, radiusPx, areaPx, look: lookOfBorder(features, inside, kernels) });
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
  /** Where cell `at` of the finer grid lies on the coarser one, along one side; -1 for beyond it. */
  const coarseOf = (side: 'x' | 'y', at: number, count: number): number => {
    const cell = Math.floor((f.box[side] + (at + 0.5) * f.cellPx - c.box[side]) / c.cellPx);
    return cell >= 0 && cell < count ? cell : -1;
  };
  const columns = Int32Array.from({ length: f.widthPx }, (_, x) => coarseOf('x', x, c.widthPx));
  let both = 0;
  let fineArea = 0;
  for (let y = 0, p = 0; y < f.heightPx; y++) {
    const cy = coarseOf('y', y, c.heightPx);
    for (let x = 0; x < f.widthPx; x++, p++) {
      if (!fine.inside[p]) continue;
      fineArea++;
      if (cy >= 0 && columns[x] >= 0 && coarse.inside[cy * c.widthPx + columns[x]]) both++;
    }
  }
  const area = f.cellPx * f.cellPx;
  return (both * area) / (fineArea * area + coarse.areaPx - both * area);
}

function disc({ widthPx, heightPx }: Features, cx: number, cy: number, radius: number): Uint8Array {
  const out = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const dy2 = (y + 0.5 - cy) ** 2;
    for (let x = 0; x < widthPx; x++) {
      if ((x + 0.5 - cx) ** 2 + dy2 <= radius * radius) out[y * widthPx + x] = 1;
    }
  }
  return out;
}

/** Cells nearer in pigment to the tap than to the skin in a ring about it, in one piece with the tap. */
function cutBetween(features: Features, tx: number, ty: number, radius: number): Uint8Array | undefined {
  const { widthPx, heightPx, skin } = features;
  const near2 = Math.max(2, radius * 0.35) ** 2;
  const ring2 = [(radius * 1.2) ** 2, (radius * 2) ** 2] as const;
  const near = new Float64Array(widthPx * heightPx);
  const ring = new Float64Array(widthPx * heightPx);
  let nearCount = 0;
  let ringCount = 0;
  for (let y = 0, p = 0; y < heightPx; y++) {
    const dy2 = (y + 0.5 - ty) ** 2;
    for (let x = 0; x < widthPx; x++, p++) {
      if (!skin[p]) continue;
      const d2 = (x + 0.5 - tx) ** 2 + dy2;
      if (d2 < near2) near[nearCount++] = paleness(features, p);
      else if (d2 > ring2[0] && d2 < ring2[1]) ring[ringCount++] = paleness(features, p);
    }
  }
  if (nearCount < 4 || ringCount < 20) return undefined;
  const at = nthSmallest(near.subarray(0, nearCount), nearCount >> 1);
  const beside = nthSmallest(ring.subarray(0, ringCount), ringCount >> 1);
  if (at - beside < 0.05) return undefined;
  const cut = (at + beside) / 2;
  const out = new Uint8Array(widthPx * heightPx);
  for (let y = 0, p = 0; y < heightPx; y++) {
    const dy2 = (y + 0.5 - ty) ** 2;
    for (let x = 0; x < widthPx; x++, p++) {
      if (skin[p] && (x + 0.5 - tx) ** 2 + dy2 < ring2[1] && paleness(features, p) > cut) out[p] = 1;
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
  const piece = new Uint8Array(labels.length);
  for (let p = 0; p < labels.length; p++) if (labels[p] === label) piece[p] = 1;
  // A fold, a hair or a pore inside a patch still belongs to it; an island of normal skin as large as a third does not.
  fillHoles(piece, widthPx, heightPx, sizes[label] * 0.3);
  return piece;
}

/** Gaps narrower than twice `reach` closed: grown, then shrunk by the same. */
function closed(inside: Uint8Array, { widthPx, heightPx }: Features, reach: number): Uint8Array {
  if (reach < 1) return inside;
  const cells = boundsOfCells(inside, { widthPx, heightPx }, Math.ceil(reach) + 2);
  const part = cropCells(inside, widthPx, cells);
  const grown = squaredDistanceTo(part, cells.widthPx, cells.heightPx);
  for (let p = 0; p < part.length; p++) part[p] = grown[p] <= reach * reach ? 0 : 1;
  const shrunk = squaredDistanceTo(part, cells.widthPx, cells.heightPx);
  const out = new Uint8Array(inside.length);
  for (let y = 0, p = 0; y < cells.heightPx; y++) {
    const row = (cells.y + y) * widthPx + cells.x;
    for (let x = 0; x < cells.widthPx; x++, p++) if (shrunk[p] > reach * reach) out[row + x] = 1;
  }
  return out;
}

/** Fills the picture's pixels of every cell that is inside. */
function paintCells(mask: Mask, features: Features, inside: Uint8Array): void {
  const { box, cellPx, widthPx, heightPx } = features;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (!inside[y * widthPx + x]) continue;
      for (let dy = 0; dy < cellPx; dy++) {
        const from = (box.y + y * cellPx + dy) * mask.widthPx + box.x + x * cellPx;
        mask.alpha.fill(255, from, from + cellPx);
      }
    }
  }
}
