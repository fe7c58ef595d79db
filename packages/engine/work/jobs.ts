/** The jobs a worker knows: what goes in, what comes out, and how they are done. The same code in browser and Node. */

import { createPixelKernels } from '../kernels/index.ts';
import {
  type DrawnSkinMap,
  drawnPlanes,
  drawSkinMap,
  readableOf,
  type SkinMapName,
  skinPartsOf,
} from '../maps/index.ts';
import type { HealingState, Treatment } from '../match/index.ts';
import {
  boundsOf,
  type CalibrateOptions,
  type Calibration,
  calibrate,
  grownBox,
  type Mask,
  type Picture,
  type Point,
  type QualityReport,
  qualityOf,
} from '../photo/index.ts';
import {
  type Blend,
  type BlendRefusal,
  type Dots,
  makePlan,
  type PlanInput,
  type PlanOutcome,
  type PlanRefusal,
  type PreviewRange,
  type PreviewSource,
  type PreviewStatement,
  prepareBlend,
  previewOf,
  renderHealing,
} from '../plan/index.ts';
import {
  applyStroke,
  type DarkSpot,
  type DarkSpotOptions,
  findDarkSpots,
  type HairDensity,
  hairDensity,
  type NoHairDensity,
  type ProposeOptions,
  proposeFromTap,
  type RegionProposal,
  type RegionRefusal,
  type SampleRefusal,
  type SkinSamples,
  type Stroke,
  type StrokeOptions,
  sampleSkin,
} from '../region/index.ts';
import {
  createLandmarkTools,
  type Hairline,
  type HairlineProportions,
  type LandmarkModels,
  type LandmarkTools,
  type LipProposal,
  type MovedScalp,
  moveHairline,
  type NoLandmarks,
  proposeLips,
  proposeScalp,
  type ScalpGround,
  type ScalpLine,
  type ScalpProposal,
  scalpGround,
} from '../region/landmarks/index.ts';

/** A plan as it crosses to the page: no working data, but the pictures that were asked for. */
export type PlanAnswer =
  | (Omit<Extract<PlanOutcome, { ok: true }>, 'preview'> & {
      readonly pictures: readonly {
        readonly state: HealingState;
        readonly range: PreviewRange;
        readonly picture: Picture;
      }[];
    })
  | PlanRefusal;

export interface PreviewWish {
  readonly state: HealingState;
  readonly range: PreviewRange;
}

/** A skin map, and what its region shows against the skin around it. */
export interface SkinMapAnswer extends DrawnSkinMap {
  /**
   * Median of the region less that of the skin around, natural log; missing without a region, without skin to compare it
   * with, and where too much of it is burnt out or black: what is left of it is its rim.
   */
  readonly regionLessSurround?: number;
}

/** Input and output of every job. */
export interface Jobs {
  propose: {
    input: { picture: Picture; taps: readonly Point[]; options?: ProposeOptions };
    output: RegionProposal | RegionRefusal;
  };
  stroke: { input: { picture: Picture; mask: Mask; stroke: Stroke; options?: StrokeOptions }; output: Mask };
  darkSpots: {
    input: { picture: Picture; mask: Mask; options?: DarkSpotOptions };
    output: readonly DarkSpot[];
  };
  existingHair: {
    input: { picture: Picture; zone: Mask; mmPerPx: number };
    output: HairDensity | NoHairDensity;
  };
  sample: { input: { picture: Picture; mask: Mask; mmPerPx?: number }; output: SkinSamples | SampleRefusal };
  skinMap: {
    input: { picture: Picture; name: SkinMapName; region?: Mask; mmPerPx?: number };
    output: SkinMapAnswer;
  };
  lips: { input: { picture: Picture; models: LandmarkModels }; output: LipProposal | NoLandmarks };
  scalp: {
    input: { picture: Picture; models: LandmarkModels; proportions?: HairlineProportions };
    output: ScalpProposal | NoLandmarks;
  };
  scalpGround: {
    input: { picture: Picture; models: LandmarkModels };
    output: ScalpGround | NoLandmarks;
  };
  moveHairline: {
    input: { ground: ScalpGround; region: Mask; line: ScalpLine; to: Hairline };
    output: MovedScalp;
  };
  calibrate: { input: { picture: Picture; options?: CalibrateOptions }; output: Calibration };
  quality: { input: { picture: Picture; mask?: Mask }; output: QualityReport };
  preview: {
    input: { source: PreviewInput; previews: readonly PreviewStatement[] };
    output: { ok: true; pictures: readonly Picture[] } | BlendRefusal;
  };
  plan: { input: { plan: PlanInput; previews: readonly PreviewWish[] }; output: PlanAnswer };
}

interface RegionInput {
  readonly kind: 'region';
  readonly picture: Picture;
  readonly mask: Mask;
  readonly treatment: Treatment;
  readonly expected?: 'lighter' | 'darker';
  /** As the plan took it, see `prepareBlend`. */
  readonly isWholeLip?: boolean;
}

/** What a preview is drawn from when there is no plan at hand, for instance on a visitor's own photo. */
export type PreviewInput =
  | RegionInput
  | { readonly kind: 'dots'; readonly picture: Picture; readonly dots: Dots; readonly mmPerPx: number };

export type JobKind = keyof Jobs;

export interface JobControl {
  readonly signal: AbortSignal;
  readonly onProgress: (done01: number, step: string) => void;
}

/** What one worker keeps from job to job. */
export interface Kept {
  /** Made from the models of the first job that needs them; those of later jobs are the same bytes. */
  landmarkTools?: LandmarkTools;
  /** The region read last, so that the next state, range or density of the same one is only drawn. */
  blend?: { readonly from: RegionInput; readonly blend: Blend };
}

/** Of the time of a plan with its pictures, about what the plan takes. */
const planShare01 = 0.8;

/** Does one job. Rejects with an `AbortError` when the signal fires where the job looks at it. */
export async function doJob<K extends JobKind>(
  kind: K,
  input: Jobs[K]['input'],
  control: JobControl,
  kept: Kept = {},
): Promise<Jobs[K]['output']> {
  const toolsOf = (models: LandmarkModels) => (kept.landmarkTools ??= createLandmarkTools(models));
  const handlers: {
    [J in JobKind]: (value: Jobs[J]['input']) => Jobs[J]['output'] | Promise<Jobs[J]['output']>;
  } = {
    propose: ({ picture, taps, options }) => proposeFromTap(picture, taps, options),
    stroke: ({ picture, mask, stroke, options }) => applyStroke(picture, mask, stroke, options),
    darkSpots: ({ picture, mask, options }) => findDarkSpots(picture, mask, options),
    existingHair: ({ picture, zone, mmPerPx }) => hairDensity(picture, zone, mmPerPx),
    sample: ({ picture, mask, mmPerPx }) => sampleSkin(picture, mask, mmPerPx),
    skinMap: skinMapOf,
    lips: ({ picture, models }) => proposeLips(toolsOf(models), picture),
    scalp: ({ picture, models, proportions }) => proposeScalp(toolsOf(models), picture, proportions),
    scalpGround: ({ picture, models }) => scalpGround(toolsOf(models), picture),
    moveHairline: ({ ground, ...move }) => moveHairline(ground, move),
    calibrate: ({ picture, options }) => calibrate(picture, options),
    quality: ({ picture, mask }) => qualityOf(picture, mask),
    preview: async ({ source, previews }) => {
      const from = previewSource(source, kept);
      if ('ok' in from) return from;
      const pictures: Picture[] = [];
      for (const [n, statement] of previews.entries()) {
        await told(control, n / previews.length, 'previews');
        pictures.push(renderHealing(from, statement));
      }
      return { ok: true as const, pictures };
    },
    plan: async ({ plan, previews }) => {
      const outcome = await makePlan(plan, {
        signal: control.signal,
        onProgress: (done01, step) => control.onProgress(planShare01 * done01, step),
      });
      if (!outcome.ok) return outcome;
      const { preview: _, ...answer } = outcome;
      const pictures: { state: HealingState; range: PreviewRange; picture: Picture }[] = [];
      for (const [n, { state, range }] of previews.entries()) {
        await told(control, planShare01 + (1 - planShare01) * (n / previews.length), 'previews');
        const picture = previewOf(outcome, state, range);
        if (picture) pictures.push({ state, range, picture });
      }
      return { ...answer, pictures };
    },
  };
  control.signal.throwIfAborted();
  return handlers[kind](input);
}

/** Tells how far a job is, and lets a cancel that has come meanwhile be heard. */
async function told({ signal, onProgress }: JobControl, done01: number, step: string): Promise<void> {
  onProgress(done01, step);
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  signal.throwIfAborted();
}

/** Share of a region that may be burnt out or black for what is left to speak for it. */
const mostUnreadable01 = 0.1;

/** With a region, the ramp is that of the region and as much again on each side of it. */
function skinMapOf({ picture, name, region, mmPerPx }: Jobs['skinMap']['input']): SkinMapAnswer {
  const bounds = region && boundsOf(region);
  const box = bounds && grownBox(bounds, Math.max(bounds.widthPx, bounds.heightPx), picture);
  const kernels = createPixelKernels(undefined, drawnPlanes * picture.widthPx * picture.heightPx);
  const drawn = drawSkinMap(picture, name, kernels, box);
  if (!bounds || !region) return drawn;
  const readable = readableOf(picture);
  let [within, unread] = [0, 0];
  region.alpha.forEach((cover, p) => {
    if (cover < 128) return;
    within++;
    if (readable[p] === 0) unread++;
  });
  const read = unread <= mostUnreadable01 * within ? sampleSkin(picture, region, mmPerPx) : undefined;
  if (!read?.ok) return drawn;
  const [own, around] = [read.patch, read.surround].map(({ linear }) => skinPartsOf(linear)[name]);
  return { ...drawn, regionLessSurround: own - around };
}

function previewSource(input: PreviewInput, kept: Kept): PreviewSource | BlendRefusal {
  if (input.kind === 'dots') return input;
  const { treatment } = input;
  if (kept.blend && isSameRegion(kept.blend.from, input))
    return { kind: 'region', blend: kept.blend.blend, treatment };
  delete kept.blend;
  const blend = prepareBlend(input.picture, input.mask, input.expected, input.isWholeLip);
  if (!blend.ok) return blend;
  kept.blend = { from: input, blend };
  return { kind: 'region', blend, treatment };
}

/** The same arrays while the worker holds them, else by content: some milliseconds, where reading a border takes hundreds. */
function isSameRegion(a: RegionInput, b: RegionInput): boolean {
  return (
    a.expected === b.expected &&
    a.isWholeLip === b.isWholeLip &&
    a.picture.widthPx === b.picture.widthPx &&
    areSameBytes(a.mask.alpha, b.mask.alpha) &&
    areSameBytes(a.picture.rgba, b.picture.rgba)
  );
}

function areSameBytes(a: Uint8Array | Uint8ClampedArray, b: Uint8Array | Uint8ClampedArray): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  const isAligned = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0;
  const words = isAligned ? a.length >> 2 : 0;
  const [x, y] = [a, b].map((bytes) =>
    isAligned ? new Uint32Array(bytes.buffer, bytes.byteOffset, words) : new Uint32Array(0),
  );
  for (let i = 0; i < words; i++) if (x[i] !== y[i]) return false;
  for (let i = words * 4; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
