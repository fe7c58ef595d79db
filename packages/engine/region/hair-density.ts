import { boxMean } from '../photo/filter.ts';
import { linearTable } from '../photo/linear.ts';
import {
  boundsOf,
  clipBox,
  cropMask,
  cropPicture,
  type Mask,
  type Picture,
  shrinkPicture,
} from '../photo/picture.ts';
import { connectedPieces, resizeMask } from './mask.ts';

/** Places where hair leaves the skin, follicular units of one to four hairs, in a zone of scalp. */
export interface HairDensity {
  readonly ok: true;
  readonly unitsPerCm2: number;
  /** One standard deviation as a share: of the count, and of the method on simulated scalps (docs/science/region.md). */
  readonly relativeSd: number;
  readonly counted: number;
  readonly areaCm2: number;
}

export interface NoHairDensity {
  readonly ok: false;
  readonly reason: 'too-coarse' | 'too-small' | 'too-long' | 'none-seen';
  readonly message: string;
}

/** Coarser than this two neighbouring units are one spot. */
const coarsestMmPerPx = 0.085;
/** Pictures are counted at about this scale: finer shows pores, and hairs of one unit apart. */
const workingMmPerPx = 0.055;
const leastAreaCm2 = 0.5;
/** Radius of a unit with its hairs' first stretch, and of the skin it is compared with, mm. */
const spotMm = 0.11;
const surroundMm = 0.5;
/** A fifth of the skin under hair: spots run together. */
const mostCovered01 = 0.2;
/** Longer than this, along or across the picture, two fifths of the spots are no hairs of a millimetre. */
const longestMm = 1.6;
/** Where among all spots by size those of one unit lie. */
const singlesShare = 0.35;
/** What is left between estimate and truth on simulated scalps besides the count itself. */
const methodSd = 0.3;

const refuse = (reason: NoHairDensity['reason'], message: string): NoHairDensity => ({
  ok: false,
  reason,
  message,
});

const workingFactor = (mmPerPx: number): number => Math.max(1, Math.round(workingMmPerPx / mmPerPx));

/**
 * What {@link hairDensity} needs of a picture, so that no more has to be sent to a worker: the same blocks of pixels are
 * averaged in it. Undefined for an empty zone.
 */
export function hairField(
  picture: Picture,
  zone: Mask,
  mmPerPx: number,
): { readonly picture: Picture; readonly zone: Mask } | undefined {
  const bounds = boundsOf(zone, 1);
  if (!bounds) return undefined;
  const factor = workingFactor(mmPerPx);
  const aroundPx = Math.ceil((2 * surroundMm) / mmPerPx);
  const [x, y] = [bounds.x, bounds.y].map((at) => Math.max(0, Math.floor((at - aroundPx) / factor) * factor));
  const [right, low] = [bounds.x + bounds.widthPx, bounds.y + bounds.heightPx].map(
    (end) => Math.ceil((end + aroundPx) / factor) * factor,
  );
  const box = clipBox({ x, y, widthPx: right - x, heightPx: low - y }, picture.widthPx, picture.heightPx);
  return { picture: cropPicture(picture, box), zone: cropMask(zone, box) };
}

/**
 * Counts the hairs that show: shaved or clipped to about a millimetre, straight from above. Dark spots against the skin
 * about each, in ln light; as many spots as are bright by the same measure are grain, pores and shine, and the threshold
 * is where dark less bright is most. Spots that ran together count by their area. For a zone all of one kind; grey hair
 * on light skin and hair that lies over hair are missed.
 */
export function hairDensity(picture: Picture, zone: Mask, mmPerPx: number): HairDensity | NoHairDensity {
  if (mmPerPx > coarsestMmPerPx)
    return refuse(
      'too-coarse',
      `Single hairs do not show at ${mmPerPx.toFixed(2)} mm a pixel; photograph the shaved scalp closer, at ${coarsestMmPerPx} mm a pixel or finer.`,
    );
  const factor = workingFactor(mmPerPx);
  const small = shrinkPicture(picture, factor);
  const { widthPx, heightPx } = small;
  const inside = resizeMask(zone, widthPx, heightPx).alpha;
  const px = mmPerPx * factor;
  const areaCm2 = (inside.reduce((sum, a) => sum + a, 0) / 255) * (px * px * 0.01);
  if (areaCm2 < leastAreaCm2)
    return refuse(
      'too-small',
      `Hair is counted on ${leastAreaCm2} cm² or more; the zone holds ${areaCm2.toFixed(2)}.`,
    );
  const dark = darkness(small, px);
  const [found, grain] = [
    spotsOf(dark, inside, widthPx, heightPx, 1),
    spotsOf(dark, inside, widthPx, heightPx, -1),
  ];
  let best = { excess: 0, threshold: 0, bright: 0 };
  found.forEach((height, n) => {
    const bright = countFrom(grain, height);
    const excess = n + 1 - bright;
    if (excess > best.excess) best = { excess, threshold: height, bright };
  });
  if (best.excess < 4 * Math.sqrt(best.excess + 2 * best.bright) || best.excess < 5)
    return refuse(
      'none-seen',
      'No hair stands out from the skin here: there is none, or it is too fair or too fine to count.',
    );
  const pieces = piecesAbove(dark, inside, widthPx, heightPx, best.threshold / 2, best.threshold);
  const covered =
    pieces.reduce((sum, { size }) => sum + size, 0) / Math.max(1, inside.filter((a) => a >= 128).length);
  const longest = pieces.map(({ reach }) => reach).sort((a, b) => a - b)[Math.floor(0.6 * pieces.length)];
  const sorted = pieces.map(({ size }) => size).sort((a, b) => a - b);
  const single = sorted[Math.floor(singlesShare * sorted.length)] ?? 1;
  if (covered > mostCovered01 || (longest ?? 0) * px > longestMm)
    return refuse(
      'too-long',
      'Hair covers hair here; shave or clip it to about a millimetre and photograph it again.',
    );
  const spots = sorted.reduce((sum, size) => sum + Math.max(1, Math.round(size / single)), 0);
  const grainPieces = piecesAbove(
    dark.map((v) => -v),
    inside,
    widthPx,
    heightPx,
    best.threshold / 2,
    best.threshold,
  ).length;
  const counted = Math.max(0, spots - grainPieces);
  return {
    ok: true,
    unitsPerCm2: counted / areaCm2,
    relativeSd: Math.hypot(methodSd, Math.sqrt(spots + grainPieces) / Math.max(1, counted)),
    counted,
    areaCm2,
  };
}

/** ln light of the skin about a place less that of the spot at it. */
function darkness(picture: Picture, mmPerPx: number): Float32Array {
  const { widthPx, heightPx, rgba } = picture;
  const table = linearTable();
  const ln = new Float32Array(widthPx * heightPx);
  for (let p = 0; p < ln.length; p++)
    ln[p] = Math.log(
      Math.max(0.003, (table[rgba[4 * p]] + table[rgba[4 * p + 1]] + table[rgba[4 * p + 2]]) / 3),
    );
  const mean = (mm: number): Float32Array => {
    const radius = Math.max(1, Math.round(mm / mmPerPx / 1.4));
    return boxMean(boxMean(ln, widthPx, heightPx, radius), widthPx, heightPx, radius);
  };
  const [spot, about] = [mean(spotMm), mean(surroundMm)];
  return about.map((value, p) => value - spot[p]);
}

/** Heights of the local peaks of `sign` times a plane within a zone, highest first. */
function spotsOf(
  plane: Float32Array,
  inside: Uint8Array,
  widthPx: number,
  heightPx: number,
  sign: 1 | -1,
): number[] {
  const heights: number[] = [];
  for (let y = 2; y < heightPx - 2; y++)
    for (let x = 2; x < widthPx - 2; x++) {
      const p = y * widthPx + x;
      const value = sign * plane[p];
      if (inside[p] < 128 || value <= 0) continue;
      let isPeak = true;
      for (let dy = -2; dy <= 2 && isPeak; dy++)
        for (let dx = -2; dx <= 2; dx++) {
          if (dx === 0 && dy === 0) continue;
          const other = sign * plane[p + dy * widthPx + dx];
          if (other > value || (other === value && dy * widthPx + dx < 0)) {
            isPeak = false;
            break;
          }
        }
      if (isPeak) heights.push(value);
    }
  return heights.sort((a, b) => b - a);
}

/** How many of a falling list are at least `height`. */
function countFrom(falling: readonly number[], height: number): number {
  let [low, high] = [0, falling.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falling[middle] >= height) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The connected pieces above `floor` that reach `peak` somewhere: cells, and how far each reaches along or across. */
function piecesAbove(
  plane: Float32Array,
  inside: Uint8Array,
  widthPx: number,
  heightPx: number,
  floor: number,
  peak: number,
): { readonly size: number; readonly reach: number }[] {
  const above = Uint8Array.from(plane, (value, p) => (value >= floor && inside[p] >= 128 ? 1 : 0));
  const { labels, sizes } = connectedPieces(above, widthPx, heightPx);
  const spans = sizes.map(() => ({ isPeak: false, left: widthPx, right: 0, top: heightPx, low: 0 }));
  for (let p = 0; p < labels.length; p++) {
    if (!labels[p]) continue;
    const span = spans[labels[p]];
    const [x, y] = [p % widthPx, Math.floor(p / widthPx)];
    if (plane[p] >= peak) span.isPeak = true;
    span.left = Math.min(span.left, x);
    span.right = Math.max(span.right, x);
    span.top = Math.min(span.top, y);
    span.low = Math.max(span.low, y);
  }
  return spans.flatMap(({ isPeak, left, right, top, low }, label) =>
    isPeak ? [{ size: sizes[label], reach: Math.max(right - left, low - top) + 1 }] : [],
  );
}
