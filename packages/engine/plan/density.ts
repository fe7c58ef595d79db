import type { Mask } from '../photo/picture.ts';
import { type HeadModel, skinPerPicture, squaredDistanceTo } from '../region/index.ts';
import { type DensityStroke, mostDensity, strokeFactors } from './density-strokes.ts';
import { hash32, valueNoise01 } from './hash.ts';
import { type Islands, islandsOf } from './islands.ts';

/** How many dots a square centimetre shall hold, on a grid over the region. */
export interface DensityMap {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Side of one cell in millimetres. */
  readonly mmPerPx: number;
  readonly perCm2: Float32Array;
  /** Integral of the density: the number of dots to expect. */
  readonly expectedCount: number;
  readonly maxPerCm2: number;
  /**
   * The same as planned, before a hand changed anything: it fixes tiles and thresholds, so that a brush moves no dot.
   * Missing where nothing was changed.
   */
  readonly planned?: { readonly perCm2: Float32Array; readonly maxPerCm2: number };
  /** The pieces the region falls into; missing where it is one. */
  readonly islands?: Islands;
  /** Skin on which strokes changed the density, and on which the most a brush may ask for held them back. */
  readonly byHand?: { readonly areaCm2: number; readonly heldBackCm2: number };
  /** Area of skin under the mask, weighted by its coverage. */
  readonly areaCm2: number;
  /** Skin under a place of the map, in mm, over its area there; missing where the map is the skin. */
  readonly skinPerMap?: (xMm: number, yMm: number) => number;
}

/** A patch: even inside, thinning out over `featherMm` along the border (2-3 mm is the usual advice). */
export interface PatchDensity {
  readonly kind: 'patch';
  readonly densityPerCm2: number;
  /** Width over which density rises from nothing to full; 0 gives a hard edge. */
  readonly featherMm: number;
}

/** A scalp zone: soft jittered edge, thinner at the centre of a whorl, denser in scars, less where hair grows. */
export interface ScalpDensity {
  readonly kind: 'scalp';
  readonly densityPerCm2: number;
  /** Width of the thinner front, 5-10 mm. */
  readonly edgeMm: number;
  /** Density at the very front as a share of the core, 0.3-0.5. */
  readonly edgeShare01: number;
  /**
   * The hairline, as a line of points [x, y] in mm of the picture: distance from it decides where the zone is thinner.
   * Without it the zone's whole border counts as front, which is wrong on a picture in which the zone ends at the
   * outline of the head: there the skin only turns away from the camera.
   */
  readonly frontMm?: readonly (readonly [number, number])[];
  /** The front recedes irregularly by up to this much, 2-5 mm. It never advances beyond the mask. */
  readonly jitterMm: number;
  readonly whorl?: { readonly xMm: number; readonly yMm: number; readonly radiusMm: number };
  /** Same grid as the region. */
  readonly scars?: Mask;
  /**
   * The head the zone lies on, mm of the picture: density is then one of the skin, which is more than the picture
   * shows where it turns away. Without it the zone counts as flat.
   */
  readonly headMm?: HeadModel;
  /** 1.1-1.2: how much denser scars are filled. */
  readonly scarFactor: number;
  /** Hairs that already cover the zone; they count towards the target. */
  readonly existingHairPerCm2: number;
  /** One standard deviation of {@link existingHairPerCm2}, where it was counted in the photo. It moves no dot. */
  readonly existingHairSdPerCm2?: number;
}

/** Lips: a crisp border of full density, thinning towards the middle. */
export interface LipDensity {
  readonly kind: 'lip';
  readonly densityPerCm2: number;
  /** Width of the border at full density. */
  readonly borderMm: number;
  /** Density in the middle as a share of the border's. */
  readonly middleShare01: number;
  /** Distance from the border at which the middle's density is reached. */
  readonly gradientMm: number;
}

export type DensityProfile = PatchDensity | ScalpDensity | LipDensity;

/** Finer grids than this add time and nothing that a needle can follow. */
const mostCells = 1_500_000;

/**
 * Density over a region. A mask of more than 1.5 million pixels is averaged over whole blocks first, which keeps
 * the integral. `seed` shapes the irregular front of a scalp zone. Strokes multiply what is planned, up to the most of
 * {@link mostDensity}; where more than that is planned they leave it.
 */
export function densityMap(
  mask: Mask,
  mmPerPx: number,
  profile: DensityProfile,
  seed: number,
  strokes: readonly DensityStroke[] = [],
): DensityMap {
  if (!(mmPerPx > 0 && Number.isFinite(mmPerPx))) {
    throw Object.assign(new Error(`A scale of ${mmPerPx} mm a pixel is no scale.`), {
      code: 'bad-scale' as const,
    });
  }
  const factor = Math.max(1, Math.ceil(Math.sqrt((mask.widthPx * mask.heightPx) / mostCells)));
  const cover = coverage01(mask, factor);
  const cellMm = mmPerPx * factor;
  const { widthPx, heightPx } = cover;
  const perCm2 = new Float32Array(widthPx * heightPx);
  const front = profile.kind === 'scalp' && profile.frontMm?.length ? profile.frontMm : undefined;
  const depth =
    front || (profile.kind === 'patch' && profile.featherMm === 0)
      ? undefined
      : distanceInside(cover.values, widthPx, heightPx);
  const scars =
    profile.kind === 'scalp' && profile.scars ? coverage01(profile.scars, factor).values : undefined;
  const noiseSeed = hash32(seed, 11);
  const skinPerMap = profile.kind === 'scalp' && profile.headMm ? skinPerPicture(profile.headMm) : undefined;

  const factors = strokes.length > 0 ? strokeFactors(strokes, widthPx, heightPx, factor) : undefined;
  const most = mostDensity[profile.kind].perCm2 - (profile.kind === 'scalp' ? profile.existingHairPerCm2 : 0);

  let sum = 0;
  let max = 0;
  const planned = factors && { perCm2: new Float32Array(widthPx * heightPx), maxPerCm2: 0 };
  let changed = 0;
  let heldBack = 0;
  let covered = 0;
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      const alpha = cover.values[p];
      if (alpha === 0) continue;
      const oblique = skinPerMap ? skinPerMap((x + 0.5) * cellMm, (y + 0.5) * cellMm) : 1;
      covered += alpha * oblique;
      const depthMm = depth ? depth[p] * cellMm : 0;
      let density: number;
      if (profile.kind === 'patch') {
        density = profile.densityPerCm2 * (depth ? smoothStep(depthMm / profile.featherMm) : 1);
      } else if (profile.kind === 'lip') {
        const inward = smoothStep(
          (depthMm - profile.borderMm) / Math.max(1e-6, profile.gradientMm - profile.borderMm),
        );
        density = profile.densityPerCm2 * (1 - (1 - profile.middleShare01) * inward);
      } else {
        const [xMm, yMm] = [(x + 0.5) * cellMm, (y + 0.5) * cellMm];
        const fromFrontMm = front ? distanceToLine(xMm, yMm, front) : depthMm;
        density = scalpDensity(profile, xMm, yMm, fromFrontMm, noiseSeed);
        if (scars) density *= 1 + (profile.scarFactor - 1) * scars[p];
        density = Math.max(0, density - profile.existingHairPerCm2);
      }
      if (factors && planned && density > 0) {
        planned.perCm2[p] = density * alpha * oblique;
        planned.maxPerCm2 = Math.max(planned.maxPerCm2, planned.perCm2[p]);
        const asked = density * factors[p];
        const given = Math.min(asked, Math.max(density, most));
        if (Math.abs(factors[p] - 1) > leastChange) changed += alpha * oblique;
        if (asked - given > leastChange * density) heldBack += alpha * oblique;
        density = given;
      }
      density *= alpha * oblique;
      perCm2[p] = density;
      sum += density;
      if (density > max) max = density;
    }
  }
  const cellCm2 = (cellMm * cellMm) / 100;
  const islands = islandsOf(planned?.perCm2 ?? perCm2, widthPx, heightPx);
  return {
    widthPx,
    heightPx,
    mmPerPx: cellMm,
    perCm2,
    expectedCount: sum * cellCm2,
    maxPerCm2: max,
    areaCm2: covered * cellCm2,
    ...(islands && { islands }),
    ...(planned && {
      planned,
      byHand: { areaCm2: changed * cellCm2, heldBackCm2: heldBack * cellCm2 },
    }),
    ...(skinPerMap && { skinPerMap }),
  };
}

/** A density changed by less than this share is told as planned. */
const leastChange = 0.01;

/** Length of the irregularities of a hairline, in millimetres. */
const jitterLengthMm = 7;

function scalpDensity(
  profile: ScalpDensity,
  xMm: number,
  yMm: number,
  depthMm: number,
  seed: number,
): number {
  const recededMm =
    depthMm - profile.jitterMm * valueNoise01(seed, xMm / jitterLengthMm, yMm / jitterLengthMm);
  if (recededMm <= 0) return 0;
  const inward = smoothStep(recededMm / profile.edgeMm);
  let density = profile.densityPerCm2 * (profile.edgeShare01 + (1 - profile.edgeShare01) * inward);
  if (profile.whorl) {
    const { radiusMm } = profile.whorl;
    const dx = xMm - profile.whorl.xMm;
    const dy = yMm - profile.whorl.yMm;
    const r = Math.sqrt(dx * dx + dy * dy) / radiusMm;
    // Hair leaves a whorl in spiral arms and shows some scalp at the centre: two arms of 15 %, centre at 70 %.
    if (r < 1) {
      const arms = Math.cos(2 * (Math.atan2(dy, dx) - 2.5 * Math.log(Math.max(r, 0.05))));
      density *= 1 - (1 - r) * (0.3 * (1 - r) + 0.15 * (0.5 - 0.5 * arms));
    }
  }
  return density;
}

function smoothStep(t: number): number {
  if (t <= 0) return 0;
  if (t >= 1) return 1;
  return t * t * (3 - 2 * t);
}

/** Coverage 0..1, averaged over whole blocks; a ragged edge averages what there is. */
function coverage01(mask: Mask, factor: number): { widthPx: number; heightPx: number; values: Float32Array } {
  const widthPx = Math.ceil(mask.widthPx / factor);
  const heightPx = Math.ceil(mask.heightPx / factor);
  const values = new Float32Array(widthPx * heightPx);
  for (let y = 0, p = 0; y < mask.heightPx; y++) {
    const row = Math.floor(y / factor) * widthPx;
    for (let x = 0; x < mask.widthPx; x++, p++) {
      const alpha = mask.alpha[p];
      if (alpha !== 0) values[row + Math.floor(x / factor)] += alpha;
    }
  }
  const share = 1 / (255 * factor * factor);
  for (let p = 0; p < values.length; p++) values[p] *= share;
  return { widthPx, heightPx, values };
}

/** Distance of a place to a line of one point or more; all in the same unit. */
function distanceToLine(x: number, y: number, line: readonly (readonly [number, number])[]): number {
  let least = Infinity;
  let [ax, ay] = line[0];
  for (const [bx, by] of line) {
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2);
    [ax, ay] = [bx, by];
  }
  return Math.sqrt(least);
}

/** Distance in cells from each covered cell to the border; the picture's own edge is no border. */
function distanceInside(coverage: Float32Array, widthPx: number, heightPx: number): Float32Array {
  const outside = new Uint8Array(coverage.map((value) => (value < 0.5 ? 1 : 0)));
  const squared = squaredDistanceTo(outside, widthPx, heightPx);
  return squared.map((value) => Math.max(0, Math.sqrt(value) - 0.5));
}
