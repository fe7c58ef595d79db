/** What the studio keeps of work under way. Browser-safe: the page writes by it what the server reads by it. */
import { z } from 'zod';
import {
  densityStrokeSchema,
  headSchema,
  instrumentSchema,
  mostDensityStrokes,
  siteSchema,
  treatmentSchema,
  whiteSchema,
} from './schema.ts';

/** Steps kept for undo. */
const draftMostSteps = 60;
/** Acts that can be undone and done again after coming back, and strokes of the density brush among them. */
export const draftTrailMost = { past: 40, ahead: 20, steps: 60, strokes: 200 } as const;

const point = z.object({ x: z.number(), y: z.number() });
const vector = z.tuple([z.number(), z.number(), z.number()]).readonly();
/** A hairline that can be moved by hand; see the engine's `ScalpLine`. */
const scalpLine = z.object({
  hairline: z.object({
    rightTemporalPeak: point,
    rightFrontotemporal: point,
    midFrontal: point,
    leftFrontotemporal: point,
    leftTemporalPeak: point,
  }),
  on: z.object({
    glabella: point,
    left: vector,
    up: vector,
    forward: vector,
    mmPerPx: z.number().positive(),
    rightCanthus: vector,
    leftCanthus: vector,
  }),
  isWhole: z.boolean(),
});
/** Texts stay as they were typed, also where they are no number yet. */
const typed = z.string().max(40);
const typedLab = z.object({ L: typed, a: typed, b: typed });
const readSpectrum = z
  .object({
    fileName: z.string().max(200),
    startNm: z.number(),
    stepNm: z.number().positive(),
    reflectance01: z.array(z.number()).max(1000),
  })
  .nullable();
const ofPlaces = <T extends z.ZodType>(one: T) => z.object({ patch: one, surround: one, tanned: one });

/** A region as one step of the history. */
export const draftStepSchema = z.object({
  id: z.uuid(),
  /** As `maskRuns` writes them: length and value in turn. */
  runs: z.array(z.int().min(0).max(100_000_000)).max(400_000),
  source: z.enum(['tap', 'brush', 'landmarks']),
  taps: z.array(point).max(50),
  front: z.array(point).max(500).optional(),
  head: headSchema.optional(),
  line: scalpLine.optional(),
  confidence01: z.number().min(0).max(1).optional(),
  /** What the engine said of a region found from the face. */
  notes: z.array(z.string().max(1000)).max(20).optional(),
});
export type DraftStep = z.infer<typeof draftStepSchema>;

const rulerSchema = z.object({ from: point, to: point, lengthMm: typed }).nullable();
const irisScaleSchema = z
  .object({ mmPerPx: z.number().positive(), relativeSd: z.number().min(0) })
  .nullable();
const index = z.int().min(0);

/** How the studio stood before an act. Steps and strokes by their place among the draft's, then the trail's own. */
const trailPlace = z.object({
  treatment: treatmentSchema,
  site: siteSchema.nullable(),
  steps: z.array(index).max(draftMostSteps),
  at: z.int().min(-1),
  ruler: rulerSchema,
  mmPerPxTyped: typed,
  existingHairTyped: typed.nullable(),
  irisScale: irisScaleSchema,
  densityStrokes: z.array(index).max(mostDensityStrokes),
});

/** What undo and redo go back and forth between. */
const draftTrail = z.object({
  /** Steps and strokes that only the trail still knows. */
  steps: z.array(z.uuid()).max(draftTrailMost.steps),
  strokes: z.array(densityStrokeSchema).max(draftTrailMost.strokes),
  past: z.array(trailPlace).max(draftTrailMost.past),
  ahead: z.array(trailPlace).max(draftTrailMost.ahead),
});

export const draftStateSchema = z
  .object({
    format: z.literal('undertone/studio-draft'),
    version: z.literal(1),
    treatment: treatmentSchema,
    site: siteSchema.nullable(),
    /** Null until one was chosen. Pixels are those the page works at. */
    photo: z
      .object({
        /** The id it has in the record once it has arrived. */
        photoId: z.uuid(),
        name: z.string().max(300),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        widthPx: z.int().positive().max(100_000),
        heightPx: z.int().positive().max(100_000),
      })
      .nullable(),
    tool: z.enum(['tap', 'add', 'remove', 'measure', 'move', 'density']),
    brushPx: z.number().min(1).max(10_000),
    steps: z.array(z.uuid()).max(draftMostSteps),
    at: z.int().min(-1),
    ruler: rulerSchema,
    mmPerPxTyped: typed,
    /** Hair in a zone of scalp, per cm²; null while the count in the photograph stands for it. */
    existingHairTyped: typed.nullable().default(null),
    densityStrokes: z.array(densityStrokeSchema).max(mostDensityStrokes).default([]),
    densityFactor: z.number().min(0.5).max(1.5).default(1.25),
    irisScale: irisScaleSchema,
    /** Missing in drafts of before it was kept. */
    trail: draftTrail.optional(),
    readings: ofPlaces(typedLab),
    spectra: ofPlaces(readSpectrum),
    conditions: z.object({ instrument: instrumentSchema.exclude(['camera']), white: whiteSchema }),
    /** `sample`, or the id of a set of the clinic's. */
    pigmentsId: z.string().max(60),
    only: z.array(z.string().max(80)).max(60).nullable(),
    seed: z.int(),
    view: z.enum(['day0', 'week6', 'month12', 'month24']),
    range: z.enum(['light', 'expected', 'dark']),
  })
  .refine(({ steps, at }) => at < steps.length, { message: 'It shows a step it has not.', path: ['at'] })
  .refine((state) => new Set(stepsOf(state)).size === stepsOf(state).length, {
    message: 'A step stands twice.',
    path: ['steps'],
  })
  .refine(({ steps, densityStrokes, trail }) => !trail || holdsTogether(steps, densityStrokes, trail), {
    message: 'An act names a step or a stroke that is not there.',
    path: ['trail'],
  });
export type DraftState = z.infer<typeof draftStateSchema>;

/** Every step a draft names: those of its region, then those only its trail still knows. */
export function stepsOf({
  steps,
  trail,
}: {
  readonly steps: readonly string[];
  readonly trail?: { readonly steps: readonly string[] } | undefined;
}): string[] {
  return [...steps, ...(trail?.steps ?? [])];
}

function holdsTogether(
  steps: readonly string[],
  strokes: readonly unknown[],
  trail: z.infer<typeof draftTrail>,
): boolean {
  const [stepCount, strokeCount] = [steps.length + trail.steps.length, strokes.length + trail.strokes.length];
  return [...trail.past, ...trail.ahead].every(
    (one) =>
      one.at < one.steps.length &&
      one.steps.every((n) => n < stepCount) &&
      one.densityStrokes.every((n) => n < strokeCount),
  );
}

/** One save. `steps` may leave out those the server has: it says which it lacks. */
export const draftFormSchema = z.object({
  patientId: z.uuid(),
  planId: z.uuid().nullable(),
  /** The revision this was made over; 0 for a draft the server has not seen. */
  baseRevision: z.int().min(0),
  state: draftStateSchema,
  steps: z.array(draftStepSchema).max(draftMostSteps + draftTrailMost.steps),
});
export type DraftForm = z.infer<typeof draftFormSchema>;

export interface Draft {
  readonly draftId: string;
  readonly patientId: string;
  readonly planId: string | null;
  readonly revision: number;
  readonly updatedAt: Date;
  readonly updatedBy: string;
  readonly state: DraftState;
}

export interface DraftRefusal {
  readonly ok: false;
  /**
   * `other-device`: somebody saved it since from elsewhere; `draft-gone`: discarded, or become a plan, since;
   * `steps-missing`: send the steps named.
   */
  readonly reason:
    | 'not-allowed'
    | 'no-such-patient'
    | 'no-such-draft'
    | 'bad-form'
    | 'other-device'
    | 'draft-gone'
    | 'steps-missing';
  readonly message: string;
  readonly field?: string;
  readonly stepIds?: readonly string[];
}
