import { deltaE00, itaDegrees, type Lab } from '../light/index.ts';
import {
  type Calibration,
  colourOf,
  createMask,
  type LinearRgb,
  labOfLinear,
  linearOfLab,
  type Mask,
  type Picture,
} from '../photo/index.ts';
import { boxOfMask } from './plane.ts';
import { type Homography, project } from './projection.ts';
import { againstSkin, type Cell, type RegionAgainstSkin, type Rgb3 } from './surround.ts';

/** A number with the interval that should hold the truth in 90 of 100 cases. */
export interface Measured {
  readonly value: number;
  readonly low90: number;
  readonly high90: number;
}

/** The region against the skin around it in one photograph. */
export interface RegionColour {
  readonly region: Lab<'D65/2'>;
  readonly surround: Lab<'D65/2'>;
  /** CIEDE2000 under D65. */
  readonly deltaE00: Measured;
  /** CIELAB difference, the measure of the bands. */
  readonly deltaEab: Measured;
  readonly deltaL: number;
  readonly deltaA: number;
  readonly deltaB: number;
  /** Share of the region within tolerance of the surround, 0..1, at `toleranceDeltaEab`. */
  readonly coverage01: Measured;
  readonly calibrated: boolean;
  readonly clipped01: number;
}

export interface ColourComparison {
  readonly before: RegionColour;
  readonly after: RegionColour;
  /** ΔE00 before minus after: positive is nearer to the skin around. */
  readonly gain: Measured & { readonly isSure: boolean };
  /**
   * Share of the region that came at least half the way from what it was to the skin around, 0..1; null when it hardly
   * differed from it, because half of little cannot be told.
   */
  readonly repigmented01: number | null;
  /** What counts as covered: acceptable difference on skin of this lightness, CIELAB. */
  readonly toleranceDeltaEab: number;
  /** Change of the skin around itself, ΔE00, when both photos are calibrated. */
  readonly surroundChange?: number;
  readonly notes: readonly string[];
}

export interface CompareRefusal {
  readonly ok: false;
  readonly reason: 'no-surround' | 'region-too-small';
  readonly message: string;
  readonly field: 'before' | 'after';
}

/** Acceptable difference, CIELAB: Leow 2006 by ITA, proposed bands of the clinical reference 4.3 (unreviewed). */
export function tolerance(surround: Pick<Lab, 'L' | 'b'>): number {
  return itaDegrees(surround) > 28 ? 1.8 : 2.6;
}

/**
 * Colours of the region and the skin around it, before and after, each within its own photograph.
 *
 * What a camera gets wrong in a difference grows with the difference: its error is taken as `differenceSdDeltaE` of the
 * calibration for a difference of 12, in proportion. Where a photograph is not calibrated the skin around is taken to
 * have the colour it has in the other, which cancels exposure and white balance.
 */
export function compareColours(
  before: { readonly picture: Picture; readonly mask: Mask; readonly calibration: Calibration },
  after: { readonly picture: Picture; readonly calibration: Calibration },
  toBefore: Homography,
): ({ readonly ok: true } & ColourComparison) | CompareRefusal {
  const maskAfter = warpedMask(before.mask, after.picture, toBefore);
  const first = againstSkin(before.picture, before.mask);
  const second = againstSkin(after.picture, maskAfter);
  for (const [field, read] of [
    ['before', first],
    ['after', second],
  ] as const) {
    if (read.ok) continue;
    const which = field === 'before' ? 'earlier' : 'later';
    return {
      ok: false,
      reason: read.reason,
      field,
      message:
        read.reason === 'no-surround'
          ? `Too little skin is seen around the region in the ${which} photo to compare it with; photograph from further away.`
          : `The region is too small in the ${which} photo to read a colour; photograph from nearer.`,
    };
  }
  if (!first.ok || !second.ok) throw new Error('unreachable');
  const notes: string[] = [];
  const skins = skinColours(before.calibration, first, after.calibration, second, notes);
  const limit = tolerance(skins.before.lab);
  const one = regionColour(before.calibration, first, skins.before, limit);
  const two = regionColour(after.calibration, second, skins.after, limit);
  for (const [read, which] of [
    [first, 'earlier'],
    [second, 'later'],
  ] as const) {
    if (read.clipped01 > 0.05)
      notes.push(
        `${Math.round(read.clipped01 * 100)} % of the region is overexposed in the ${which} photo: its difference there is at least what is said.`,
      );
  }
  const value = one.deltaE00.value - two.deltaE00.value;
  const sd = Math.hypot(sdOf(one.deltaE00), sdOf(two.deltaE00));
  return {
    ok: true,
    before: one,
    after: two,
    gain: { value, low90: value - z90 * sd, high90: value + z90 * sd, isSure: Math.abs(value) > z90 * sd },
    repigmented01: repigmented(first.meanLn, second.cells),
    toleranceDeltaEab: limit,
    ...(skins.change === undefined ? {} : { surroundChange: skins.change }),
    notes,
  };
}

const z90 = 1.645;
const sdOf = ({ low90, high90 }: Measured): number => (high90 - low90) / (2 * z90);

interface Skin {
  /** Linear light in the photo's own encoding that stands for the surround. */
  readonly linear: LinearRgb;
  readonly lab: Lab<'D65/2'>;
  /** The calibration colours are read through; undefined: as sRGB. */
  readonly through: Calibration | undefined;
}

/** The colour of the skin around in both photos. */
function skinColours(
  a: Calibration,
  first: RegionAgainstSkin,
  b: Calibration,
  second: RegionAgainstSkin,
  notes: string[],
): { before: Skin; after: Skin; change?: number } {
  const own = (calibration: Calibration, read: RegionAgainstSkin): Skin => {
    const linear = read.skinLn.map(Math.exp) as unknown as LinearRgb;
    return { linear, lab: colourOf(calibration, linear).lab, through: calibration };
  };
  if (a.calibrated && b.calibrated) {
    const [before, after] = [own(a, first), own(b, second)];
    return { before, after, change: deltaE00(before.lab, after.lab) };
  }
  if (!a.calibrated && !b.calibrated) {
    notes.push(
      'Neither photo shows a colour chart: colours are as the cameras encoded them, and the skin around is taken to be the same in both. Trust the difference, not the colours.',
    );
    const skin = plausible(own(a, first).linear);
    return { before: skin, after: skin };
  }
  notes.push(
    'Only one photo shows a colour chart: the skin around is taken to have its colour there in both. A tan or paleness since then is not seen.',
  );
  const sure = a.calibrated ? own(a, first) : own(b, second);
  const taken: Skin = { linear: linearOfLab(sure.lab), lab: sure.lab, through: undefined };
  return a.calibrated ? { before: sure, after: taken } : { before: taken, after: sure };
}

/** Lightness at which human skin is plausibly photographed; an exposure outside is scaled to the nearer end. */
const plausibleL = { low: 25, high: 78 };

function plausible(linear: LinearRgb): Skin {
  const { L } = labOfLinear(linear);
  const wanted = Math.min(plausibleL.high, Math.max(plausibleL.low, L));
  const factor = ((wanted + 16) / (L + 16)) ** 3;
  const scaled = linear.map((v) => v * factor) as unknown as LinearRgb;
  return { linear: scaled, lab: labOfLinear(scaled), through: undefined };
}

function regionColour(
  calibration: Calibration,
  read: RegionAgainstSkin,
  skin: Skin,
  limit: number,
): RegionColour {
  const colourAt = (ln: Rgb3): Lab<'D65/2'> => {
    const linear = skin.linear.map((v, c) => v * Math.exp(ln[c])) as unknown as LinearRgb;
    return skin.through ? colourOf(skin.through, linear).lab : labOfLinear(linear);
  };
  const region = colourAt(read.meanLn);
  const e00 = deltaE00(region, skin.lab);
  const eab = distance(region, skin.lab);
  // Uncertainty of the mean against the skin: the ring's own, and the camera's share of the difference.
  const ringSd00 = Math.hypot(
    ...[0, 1, 2].map((c) => {
      const moved = [...read.meanLn] as [number, number, number];
      moved[c] += read.sdLn[c];
      return deltaE00(colourAt(moved), region);
    }),
  );
  const cameraSd = (e: number) => (calibration.differenceSdDeltaE * e) / differenceCalibratedFor;
  const sd00 = Math.hypot(ringSd00, cameraSd(e00));
  const sdAb = Math.hypot((ringSd00 * Math.max(eab, 0.5)) / Math.max(e00, 0.5), cameraSd(eab));
  const spread = distance(colourAt(read.skinSpreadLn), skin.lab);
  // Skin itself is not even: a place counts when it lies as near as most of the skin around does.
  const allowed = Math.hypot(limit, 2 * spread);
  const share = (factor: number) => coverage(read.cells, colourAt, skin.lab, allowed * factor);
  const doubt = Math.min(0.6, 0.1 + calibration.differenceSdDeltaE / differenceCalibratedFor);
  return {
    region,
    surround: skin.lab,
    deltaE00: { value: e00, low90: Math.max(0, e00 - z90 * sd00), high90: e00 + z90 * sd00 },
    deltaEab: { value: eab, low90: Math.max(0, eab - z90 * sdAb), high90: eab + z90 * sdAb },
    deltaL: region.L - skin.lab.L,
    deltaA: region.a - skin.lab.a,
    deltaB: region.b - skin.lab.b,
    coverage01: { value: share(1), low90: share(1 - doubt), high90: share(1 + doubt) },
    calibrated: calibration.calibrated,
    clipped01: read.clipped01,
  };
}

/** The difference for which `differenceSdDeltaE` was found: an untreated patch on light to medium skin, ΔE00. */
const differenceCalibratedFor = 12;

function coverage(
  cells: readonly Cell[],
  colourAt: (ln: Rgb3) => Lab<'D65/2'>,
  skin: Lab<'D65/2'>,
  allowed: number,
): number {
  let within = 0;
  let all = 0;
  for (const { ln, weight } of cells) {
    all += weight;
    if (distance(colourAt(ln), skin) <= allowed) within += weight;
  }
  return within / all;
}

const distance = (a: Lab, b: Lab): number => Math.hypot(a.L - b.L, a.a - b.a, a.b - b.b);

/** Length of the difference in ln of red, green and blue from which its half stands out: about ΔE00 4. */
const leastHalvedLn = 0.25;

/** Along the line from what the region was to the skin around: past the middle counts. */
function repigmented(was: Rgb3, cells: readonly Cell[]): number | null {
  const length = was.reduce((sum, v) => sum + v * v, 0);
  if (length < leastHalvedLn ** 2) return null;
  let past = 0;
  let all = 0;
  for (const { ln, weight } of cells) {
    const along = ln.reduce((sum, v, c) => sum + v * was[c], 0) / length;
    all += weight;
    if (along < 0.5) past += weight;
  }
  return past / all;
}

/** The region's mask on the grid of the later picture. */
export function warpedMask(
  mask: Mask,
  onto: { widthPx: number; heightPx: number },
  toBefore: Homography,
): Mask {
  const out = createMask(onto.widthPx, onto.heightPx);
  const box = boxOfMask(mask);
  if (!box) return out;
  for (let y = 0, p = 0; y < onto.heightPx; y++) {
    for (let x = 0; x < onto.widthPx; x++, p++) {
      const q = project(toBefore, { x: x + 0.5, y: y + 0.5 });
      if (q.x < box.x || q.y < box.y || q.x > box.x + box.widthPx || q.y > box.y + box.heightPx) continue;
      out.alpha[p] = sampled(mask, q.x - 0.5, q.y - 0.5);
    }
  }
  return out;
}

function sampled({ widthPx, heightPx, alpha }: Mask, x: number, y: number): number {
  const ix = Math.min(widthPx - 2, Math.max(0, Math.floor(x)));
  const iy = Math.min(heightPx - 2, Math.max(0, Math.floor(y)));
  const [tx, ty] = [Math.min(1, Math.max(0, x - ix)), Math.min(1, Math.max(0, y - iy))];
  const p = iy * widthPx + ix;
  const top = alpha[p] + (alpha[p + 1] - alpha[p]) * tx;
  const low = alpha[p + widthPx] + (alpha[p + widthPx + 1] - alpha[p + widthPx]) * tx;
  return Math.round(top + (low - top) * ty);
}
