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
/**
 * Lines of dark through the spots, mm: the longest sixth of hair clipped to 1.5 mm ends below it, of hair of 3 mm and more
 * above (docs/science/region.md). Such hair lies over skin and hair, and its crossings count as roots.
 */
const longestLineMm = 2.05;
const longestShare = 0.85;
/** Of dark spots as strong as the bright ones, so many to each that counts, nobody can say which are hair. */
const mostGrain = 0.75;
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

/** Why hair cannot be counted at this scale, known before anyone draws a zone; undefined where it can be tried. */
export function noHairAtScale(mmPerPx: number): NoHairDensity | undefined {
  if (mmPerPx <= coarsestMmPerPx) return undefined;
  return refuse(
    'too-coarse',
    `Single hairs do not show at ${mmPerPx.toFixed(2)} mm a pixel; photograph the shaved scalp closer, at ${coarsestMmPerPx} mm a pixel or finer.`,
  );
}

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
 * is where dark less bright is most. Spots that ran together count by their area. Hair that lies over the skin in lines is
 * refused. For a zone all of one kind; grey hair on light skin is missed.
 */
export function hairDensity(picture: Picture, zone: Mask, mmPerPx: number): HairDensity | NoHairDensity {
  const tooCoarse = noHairAtScale(mmPerPx);
  if (tooCoarse) return tooCoarse;
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
  const places = spotsOf(dark, inside, widthPx, heightPx, 1);
  const [found, grain] = [
    places.map((p) => dark[p]),
    spotsOf(dark, inside, widthPx, heightPx, -1).map((p) => -dark[p]),
  ];
  let best = { excess: 0, threshold: 0, bright: 0 };
  found.forEach((height, n) => {
    const bright = countFrom(grain, height);
    const excess = n + 1 - bright;
    if (excess > best.excess) best = { excess, threshold: height, bright };
  });
  if (
    best.excess < 4 * Math.sqrt(best.excess + 2 * best.bright) ||
    best.excess < 5 ||
    best.bright > mostGrain * best.excess
  )
    return refuse(
      'none-seen',
      'No hair stands out from the skin here: there is none, or it is too fair or too fine to count.',
    );
  const pieces = piecesAbove(dark, inside, widthPx, heightPx, best.threshold / 2, best.threshold);
  const covered =
    pieces.reduce((sum, size) => sum + size, 0) / Math.max(1, inside.filter((a) => a >= 128).length);
  const sorted = pieces.toSorted((a, b) => a - b);
  const single = sorted[Math.floor(singlesShare * sorted.length)] ?? 1;
  const standing = places.slice(0, countFrom(found, best.threshold));
  if (covered > mostCovered01 || lineLength(dark, widthPx, standing, px) > longestLineMm)
    return refuse(
      'too-long',
      'The hair here is too long to count: it lies over the skin and over other hair. Shave or clip it to about a millimetre and photograph it again, or count it by eye.',
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

/** Places of the local peaks of `sign` times a plane within a zone, highest first. */
function spotsOf(
  plane: Float32Array,
  inside: Uint8Array,
  widthPx: number,
  heightPx: number,
  sign: 1 | -1,
): number[] {
  const peaks: number[] = [];
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
      if (isPeak) peaks.push(p);
    }
  return peaks.sort((a, b) => sign * (plane[b] - plane[a]));
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

/** Spots whose lines are followed, directions tried, and how far each way, mm. */
const followed = { spots: 400, directions: 16, mm: 4 };
/** A line goes on where it is as dark as this share of its spot, and over gaps up to so many mm. */
const lineGoesOn = { share: 0.4, gapMm: 0.12 };

/** How long dark goes on in a line through spots, to both sides in the direction in which it goes furthest; of many spots, mm. */
function lineLength(dark: Float32Array, widthPx: number, spots: readonly number[], mmPerPx: number): number {
  const heightPx = dark.length / widthPx;
  const darkest = (x: number, y: number, ux: number, uy: number): number => {
    let most = Number.NEGATIVE_INFINITY;
    for (let aside = -1; aside <= 1; aside++) {
      const [column, row] = [Math.round(x - aside * uy), Math.round(y + aside * ux)];
      if (column >= 0 && row >= 0 && column < widthPx && row < heightPx)
        most = Math.max(most, dark[row * widthPx + column]);
    }
    return most;
  };
  const [most, mostGap] = [followed.mm / mmPerPx, lineGoesOn.gapMm / mmPerPx];
  const stride = Math.max(1, Math.ceil(spots.length / followed.spots));
  const lengths: number[] = [];
  for (let n = 0; n < spots.length; n += stride) {
    const [x, y] = [spots[n] % widthPx, Math.floor(spots[n] / widthPx)];
    const least = lineGoesOn.share * dark[spots[n]];
    let longest = 0;
    for (let d = 0; d < followed.directions; d++) {
      const angle = (d * Math.PI) / followed.directions;
      let both = 0;
      for (const side of [1, -1]) {
        const [ux, uy] = [side * Math.cos(angle), side * Math.sin(angle)];
        let last = 0;
        for (let t = 1; t < most && t - last <= mostGap + 1; t++)
          if (darkest(x + t * ux, y + t * uy, ux, uy) >= least) last = t;
        both += last;
      }
      longest = Math.max(longest, both);
    }
    lengths.push(longest * mmPerPx);
  }
  return lengths.sort((a, b) => a - b)[Math.floor(longestShare * (lengths.length - 1))] ?? 0;
}

/** Sizes in cells of the connected pieces above `floor` that reach `peak` somewhere. */
function piecesAbove(
  plane: Float32Array,
  inside: Uint8Array,
  widthPx: number,
  heightPx: number,
  floor: number,
  peak: number,
): number[] {
  const above = new Uint8Array(plane.map((value, p) => (value >= floor && inside[p] >= 128 ? 1 : 0)));
  const { labels, sizes } = connectedPieces(above, widthPx, heightPx);
  const isReached = new Uint8Array(sizes.length);
  for (let p = 0; p < labels.length; p++) if (labels[p] && plane[p] >= peak) isReached[labels[p]] = 1;
  return sizes.filter((_, label) => isReached[label]);
}
