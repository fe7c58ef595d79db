/** The jobs a worker knows: what goes in, what comes out, and how they are done. The same code in browser and Node. */

import type { HealingState, Treatment } from '../match/index.ts';
import {
  type CalibrateOptions,
  type Calibration,
  calibrate,
  type Mask,
  type Picture,
  type Point,
  type QualityReport,
  qualityOf,
} from '../photo/index.ts';
import {
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
  type HairlineProportions,
  type LandmarkModels,
  type LandmarkProposal,
  type LandmarkTools,
  type NoLandmarks,
  proposeLips,
  proposeScalp,
  type ScalpProposal,
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
  sample: { input: { picture: Picture; mask: Mask; mmPerPx?: number }; output: SkinSamples | SampleRefusal };
  lips: { input: { picture: Picture; models: LandmarkModels }; output: LandmarkProposal | NoLandmarks };
  scalp: {
    input: { picture: Picture; models: LandmarkModels; proportions?: HairlineProportions };
    output: ScalpProposal | NoLandmarks;
  };
  calibrate: { input: { picture: Picture; options?: CalibrateOptions }; output: Calibration };
  quality: { input: { picture: Picture; mask?: Mask }; output: QualityReport };
  preview: {
    input: { source: PreviewInput; previews: readonly PreviewStatement[] };
    output: { ok: true; pictures: readonly Picture[] } | BlendRefusal;
  };
  plan: { input: { plan: PlanInput; previews: readonly PreviewWish[] }; output: PlanAnswer };
}

/** What a preview is drawn from when there is no plan at hand, for instance on a visitor's own photo. */
export type PreviewInput =
  | {
      readonly kind: 'region';
      readonly picture: Picture;
      readonly mask: Mask;
      readonly treatment: Treatment;
      readonly expected?: 'lighter' | 'darker';
    }
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
}

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
    sample: ({ picture, mask, mmPerPx }) => sampleSkin(picture, mask, mmPerPx),
    lips: ({ picture, models }) => proposeLips(toolsOf(models), picture),
    scalp: ({ picture, models, proportions }) => proposeScalp(toolsOf(models), picture, proportions),
    calibrate: ({ picture, options }) => calibrate(picture, options),
    quality: ({ picture, mask }) => qualityOf(picture, mask),
    preview: ({ source, previews }) => {
      const from = previewSource(source);
      if ('ok' in from) return from;
      const pictures = previews.map((statement) => {
        control.signal.throwIfAborted();
        return renderHealing(from, statement);
      });
      return { ok: true, pictures };
    },
    plan: async ({ plan, previews }) => {
      const outcome = await makePlan(plan, control);
      if (!outcome.ok) return outcome;
      const { preview: _, ...answer } = outcome;
      const pictures = previews.flatMap(({ state, range }) => {
        control.signal.throwIfAborted();
        const picture = previewOf(outcome, state, range);
        return picture ? [{ state, range, picture }] : [];
      });
      return { ...answer, pictures };
    },
  };
  control.signal.throwIfAborted();
  return handlers[kind](input);
}

function previewSource(input: PreviewInput): PreviewSource | BlendRefusal {
  if (input.kind === 'dots') return input;
  const blend = prepareBlend(input.picture, input.mask, input.expected);
  return blend.ok ? { kind: 'region', blend, treatment: input.treatment } : blend;
}
