import {
  type CalibrateOptions,
  calibrate,
  createMask,
  type Mask,
  type Picture,
  type Point,
  shrinkPicture,
} from '../photo/index.ts';
import {
  type DensityProfile,
  densityMap,
  dotAdvice,
  layDotsByDensity,
  maskOfRuns,
  type PlanDocument,
} from '../plan/index.ts';
import { measureRegion, resizeMask } from '../region/index.ts';
import { type ColourComparison, compareColours, warpedMask } from './compare.ts';
import { composed, type Homography, inverted } from './projection.ts';
import { proposeChanged } from './propose.ts';
import { type Registration, type RegistrationRefusal, register } from './register.ts';
import { countDots, type DotCount, findDots, leastDotPx } from './scalp-dots.ts';

export interface OutcomeInput {
  readonly before: Picture;
  readonly after: Picture;
  /** The treated region on the grid of `before`. Without it the piece that became darker is proposed. */
  readonly mask?: Mask;
  /** Millimetres a pixel of `before`. */
  readonly mmPerPx?: number;
  readonly chart?: CalibrateOptions['chart'];
  readonly landmarks?: { readonly before: readonly Point[]; readonly after: readonly Point[] };
  /** Dots of a scalp: planned places in px of `before`, and the diameter they were set with. */
  readonly dots?: {
    readonly planned?: readonly Point[];
    readonly dotMm: number;
    readonly healedMm: { readonly low: number; readonly high: number };
  };
}

export interface OutcomeOfPhotos {
  readonly ok: true;
  readonly registration: Registration;
  readonly region: {
    readonly mask: Mask;
    readonly source: 'given' | 'proposed';
    /** Only of a proposed region: how far it stands out, in the scatter of the rest. */
    readonly timesScatter?: number;
    /** Only of a proposed region: its edge is that of a patch seen earlier, or only that of the change. */
    readonly edge?: 'patch' | 'change';
    readonly areaPx: number;
    readonly areaCm2?: number;
  } | null;
  readonly colour: ColourComparison | null;
  readonly dots: { readonly before: number; readonly after: DotCount } | null;
  /** What could not be done, each with the reason and what would help. */
  readonly couldNot: readonly {
    readonly what: 'region' | 'colour' | 'dots';
    readonly reason: string;
    readonly message: string;
  }[];
}

/** Larger photographs are averaged over whole blocks first: registration finds a third of a pixel anyway. */
const mostPx = 9_000_000;

/** Lays two photographs over each other and says what changed in the region. */
export function assessOutcome(input: OutcomeInput): OutcomeOfPhotos | RegistrationRefusal {
  const factorOf = ({ widthPx, heightPx }: Picture) =>
    Math.max(1, Math.ceil(Math.sqrt((widthPx * heightPx) / mostPx)));
  const [f, g] = [factorOf(input.before), factorOf(input.after)];
  const before = shrinkPicture(input.before, f);
  const after = shrinkPicture(input.after, g);
  const wrongMask = input.mask && maskProblem(input.mask, input.before);
  if (wrongMask) return wrongMask;
  const mask = input.mask && (f === 1 ? input.mask : resizeMask(input.mask, before.widthPx, before.heightPx));
  const mmPerPx = input.mmPerPx === undefined ? undefined : input.mmPerPx * f;
  const shrunk = (points: readonly Point[], by: number) =>
    points.map(({ x, y }) => ({ x: x / by, y: y / by }));
  const read = register({
    before,
    after,
    ...(mask ? { mask } : {}),
    ...(mmPerPx === undefined ? {} : { mmPerPx }),
    ...(input.landmarks
      ? { landmarks: { before: shrunk(input.landmarks.before, f), after: shrunk(input.landmarks.after, g) } }
      : {}),
  });
  if (!read.ok) return read;
  const couldNot: OutcomeOfPhotos['couldNot'][number][] = [];

  let region: (NonNullable<OutcomeOfPhotos['region']> & { readonly small: Mask }) | undefined;
  if (mask) region = { mask: input.mask ?? mask, small: mask, source: 'given', ...areaOf(mask, f, mmPerPx) };
  else {
    const proposed = proposeChanged(before, after, read.toAfter);
    if (proposed.ok) {
      region = {
        mask:
          f === 1 ? proposed.mask : resizeMask(proposed.mask, input.before.widthPx, input.before.heightPx),
        small: proposed.mask,
        source: 'proposed',
        timesScatter: proposed.timesScatter,
        edge: proposed.edge,
        ...areaOf(proposed.mask, f, mmPerPx),
      };
    } else couldNot.push({ what: 'region', reason: proposed.reason, message: proposed.message });
  }

  let colour: ColourComparison | null = null;
  if (region) {
    const chart = input.chart ?? 'auto';
    const compared = compareColours(
      { picture: before, mask: region.small, calibration: calibrate(before, { chart }) },
      { picture: after, calibration: calibrate(after, { chart }) },
      read.toBefore,
    );
    if (compared.ok) {
      const { ok: _, ...rest } = compared;
      colour = region.edge === 'change' ? { ...rest, notes: [...rest.notes, edgeOfChange] } : rest;
    } else couldNot.push({ what: 'colour', reason: compared.reason, message: compared.message });
  }

  let dots: OutcomeOfPhotos['dots'] = null;
  if (input.dots && region) {
    const counted = dotsIn(input.dots, before, after, region.small, read, mmPerPx, f);
    if ('after' in counted) dots = counted;
    else couldNot.push({ what: 'dots', ...counted });
  }
  const { small: _, ...shown } = region ?? { small: undefined };
  return {
    ok: true,
    registration: inOriginalPixels(read, f, g),
    region: region ? (shown as OutcomeOfPhotos['region']) : null,
    colour,
    dots,
    couldNot,
  };
}

const edgeOfChange =
  'The region is what became darker, with the edge of the change: what took no pigment at all is left out of it. Give the whole region as a mask for its coverage.';

function maskProblem(mask: Mask, before: Picture): RegistrationRefusal | undefined {
  if (mask.widthPx === before.widthPx && mask.heightPx === before.heightPx) return undefined;
  return {
    ok: false,
    reason: 'mask-size',
    message: `The mask measures ${mask.widthPx} x ${mask.heightPx} px, the earlier photo ${before.widthPx} x ${before.heightPx} px; they must be the same.`,
    field: 'mask',
  };
}

function areaOf(mask: Mask, f: number, mmPerPx: number | undefined) {
  const { areaPx, areaCm2 } = measureRegion(mask, mmPerPx);
  return { areaPx: areaPx * f * f, ...(areaCm2 === undefined ? {} : { areaCm2 }) };
}

function inOriginalPixels(read: Registration, f: number, g: number): Registration {
  if (f === 1 && g === 1) return read;
  const up: Homography = [g, 0, 0, 0, g, 0, 0, 0, 1];
  const down: Homography = [1 / f, 0, 0, 0, 1 / f, 0, 0, 0, 1];
  const toAfter = composed(up, composed(read.toAfter, down));
  return {
    ...read,
    toAfter,
    toBefore: inverted(toAfter) ?? read.toBefore,
    errorPx: read.errorPx * f,
    error95Px: read.error95Px * f,
    scale: (read.scale * g) / f,
  };
}

function dotsIn(
  wanted: NonNullable<OutcomeInput['dots']>,
  before: Picture,
  after: Picture,
  mask: Mask,
  read: Registration,
  mmPerPx: number | undefined,
  f: number,
): { before: number; after: DotCount } | { reason: string; message: string } {
  if (mmPerPx === undefined) {
    return {
      reason: 'no-scale',
      message:
        'Dots can be counted only when the scale is known; give --mm-per-px, or photograph with a chart of known size.',
    };
  }
  const mmPerPxAfter = mmPerPx / read.scale;
  if (wanted.healedMm.high / Math.max(mmPerPx, mmPerPxAfter) < leastDotPx) {
    return {
      reason: 'dots-too-small',
      message: `A healed dot covers less than ${leastDotPx} px in these photos, so dots cannot be told apart; photograph from nearer.`,
    };
  }
  const maskAfter = warpedMask(mask, after, read.toBefore);
  const sizeIn = (mm: number) => ({
    low: (0.8 * wanted.healedMm.low) / mm,
    high: (1.25 * wanted.healedMm.high) / mm,
  });
  const found = findDots(after, maskAfter, sizeIn(mmPerPxAfter));
  const planned = (wanted.planned ?? []).map(({ x, y }) => ({ x: x / f, y: y / f }));
  const spacingPx =
    planned.length > 1 ? Math.sqrt(measureRegion(mask).areaPx / planned.length) * read.scale : 8;
  const reachPx = Math.max(spacingPx / 3, 2 * read.errorPx * read.scale, 1.5);
  return {
    before: findDots(before, mask, sizeIn(mmPerPx)).length,
    after: countDots(found, planned, read.toAfter, after, reachPx, {
      mmPerPx: mmPerPxAfter,
      dotMm: wanted.dotMm,
    }),
  };
}

/** Region, scale and planned dots of a saved plan, for comparing a later photo with the plan's own. */
export function fromPlan(document: PlanDocument): Pick<OutcomeInput, 'mask' | 'mmPerPx' | 'dots'> {
  const { photo, region, scale, seed } = document.inputs;
  const mask: Mask = {
    ...createMask(photo.widthPx, photo.heightPx),
    alpha: maskOfRuns(region.maskRuns, photo.widthPx * photo.heightPx),
  };
  if (!scale) return { mask };
  const { mmPerPx } = scale;
  if (document.treatment !== 'scalp') return { mask, mmPerPx };
  const advice = dotAdvice(document.treatment);
  const profile = document.dots.profile as DensityProfile;
  const dots = layDotsByDensity(densityMap(mask, mmPerPx, profile, seed), {
    seed,
    toneShares: advice.toneShares,
    stageShares: advice.stageShares,
  });
  return {
    mask,
    mmPerPx,
    dots: {
      planned: Array.from({ length: dots.count }, (_, i) => ({
        x: dots.xMm[i] / mmPerPx,
        y: dots.yMm[i] / mmPerPx,
      })),
      dotMm: advice.dotMm,
      healedMm: advice.healedDotMm,
    },
  };
}
