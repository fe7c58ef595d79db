/**
 * The plan document, `plan.json`: format `undertone/plan`, version 1. Fields are documented in
 * docs/science/plan.md and in the engine's `PlanDocument`; this file is what a reader trusts.
 */
import { learnedHealingProblem } from '@undertone/engine/match/learned-healing.ts';
import type { LearnedHealing } from '@undertone/engine/match/request.ts';
import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import { z } from 'zod';

export const whiteSchema = z
  .string()
  .regex(/^(A|D50|D65|FL2|FL11|LED-B[1-5]|LED-[A-Z]+[0-9])\/(2|10)$/, 'for example D65/10');
const labSchema = z.looseObject({ white: whiteSchema, L: z.number(), a: z.number(), b: z.number() });
const rangeSchema = z.object({ low: z.number(), high: z.number() });
const estimateSchema = z.object({ expected: z.number(), low90: z.number(), high90: z.number() });
const share01 = z.number().min(0).max(1);
const sourced = { source: z.string().min(1), review: z.literal('unreviewed') };
const notes = z.array(z.object({ code: z.string().min(1), message: z.string().min(1) }));

/** What a clinic's results say of healing; the engine's own check decides. */
export const learnedHealingSchema = z.custom<LearnedHealing>().superRefine((value, context) => {
  const problem = learnedHealingProblem(value);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `Not usable: ${problem}.` });
});

export const treatmentSchema = z.enum(['vitiligo', 'lip', 'scalp']);
export const siteSchema = z.enum(['face', 'trunk-limb', 'hand-foot', 'lip', 'scalp', 'brow']);
const stateSchema = z.enum(['day0', 'week6', 'month6', 'month12', 'month24']);
export const instrumentSchema = z.enum(['sphere-sci', 'sphere-sce', '45/0', 'contact-colorimeter', 'camera']);

const readingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lab'),
    lab: labSchema,
    instrument: instrumentSchema,
    sdLab: z.number().positive().optional(),
  }),
  z.object({
    kind: z.literal('spectrum'),
    startNm: z.number(),
    stepNm: z.number().positive(),
    reflectance01: z.array(z.number().min(0).max(1.2)).min(2),
    instrument: instrumentSchema,
  }),
]);

/** The head a zone lies on; see the engine's `HeadModel`. Lengths in the unit of what names it. */
export const headSchema = z.object({
  x: z.number(),
  y: z.number(),
  halfBreadth: z.number().positive(),
  halfHeight: z.number().positive(),
  roll: z.number(),
  yaw: z.number(),
  relativeSd: z.number().min(0),
});

const profileSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('patch'), densityPerCm2: z.number().positive(), featherMm: z.number().min(0) }),
  z.object({
    kind: z.literal('scalp'),
    densityPerCm2: z.number().positive(),
    edgeMm: z.number().positive(),
    edgeShare01: share01,
    jitterMm: z.number().min(0),
    frontMm: z
      .array(z.tuple([z.number(), z.number()]))
      .max(500)
      .optional(),
    headMm: headSchema.optional(),
    whorl: z.object({ xMm: z.number(), yMm: z.number(), radiusMm: z.number().positive() }).optional(),
    scarFactor: z.number().positive(),
    existingHairPerCm2: z.number().min(0),
    existingHairSdPerCm2: z.number().min(0).optional(),
  }),
  z.object({
    kind: z.literal('lip'),
    densityPerCm2: z.number().positive(),
    borderMm: z.number().min(0),
    middleShare01: share01,
    gradientMm: z.number().positive(),
  }),
]);

/** A stroke of the density brush; see the engine's `DensityStroke`. */
export const densityStrokeSchema = z.object({
  factor: z.number().min(0.5).max(1.5),
  radiusPx: z.number().positive().max(10_000),
  points: z
    .array(z.tuple([z.number(), z.number()]))
    .min(1)
    .max(2000),
});
export const mostDensityStrokes = 300;

const colourSchema = z.object({
  calibrated: z.boolean(),
  method: z.string(),
  absoluteSdDeltaE: z.number().min(0),
  differenceSdDeltaE: z.number().min(0),
  statement: z.string().min(1),
});

const recipeSchema = z.looseObject({
  parts: z.array(
    z.looseObject({
      pigment: z.string(),
      name: z.string(),
      parts01: share01,
      drops: z.int().min(0),
      letDown: z.literal([1, 10]),
    }),
  ),
  diluentDrops: z.number().min(0),
  totalDrops: z.number().min(0),
  doses: z.record(z.string(), z.number().min(0)),
  worstDeltaE00: z.number().min(0),
  spread: estimateSchema,
});

const matchSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('recipe'),
    recipe: recipeSchema,
    firstDose: z.looseObject({ fraction01: share01, message: z.string() }),
    predicted: z.array(
      z.looseObject({
        state: stateSchema,
        illuminant: z.string(),
        lab: labSchema,
        interval90: z.object({ low: labSchema, high: labSchema }),
        deltaE00: estimateSchema,
      }),
    ),
    alternatives: z.array(recipeSchema),
    verdict: z.looseObject({
      band: z.string(),
      tolerable: z.boolean(),
      bestDeltaE00: z.number(),
      message: z.string(),
    }),
    warnings: notes,
  }),
  z.object({
    kind: z.literal('dilutions'),
    tones: z.array(z.object({ tone: z.string(), share01, diluentParts: z.number().positive() })).min(1),
    words: z.string(),
    ...sourced,
  }),
]);

const sampledSchema = z.object({
  lab: labSchema,
  pixels: z.int().positive().optional(),
  sdDeltaE: z.number().min(0),
});

export const planSchema = z
  .object({
    format: z.literal('undertone/plan'),
    version: z.literal(1),
    engineVersion: z.string().min(1),
    treatment: treatmentSchema,
    inputs: z.object({
      seed: z.int(),
      site: siteSchema,
      photo: z.object({
        name: z.string().optional(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'sixty-four hexadecimal digits'),
        widthPx: z.int().positive(),
        heightPx: z.int().positive(),
      }),
      region: z.object({
        source: z.enum(['tap', 'mask', 'brush', 'landmarks']),
        taps: z.array(z.object({ x: z.number(), y: z.number() })).optional(),
        maskRuns: z.array(z.int().min(0)),
      }),
      scale: z
        .object({ mmPerPx: z.number().positive(), relativeSd: z.number().min(0), from: z.string() })
        .optional(),
      readings: z
        .object({ patch: readingSchema, surround: readingSchema, tanned: readingSchema.optional() })
        .optional(),
      pigments: z.looseObject({ format: z.literal('undertone/pigments'), version: z.literal(1) }).optional(),
      learned: learnedHealingSchema.optional(),
      only: z.array(z.string()).optional(),
      correction: z
        .object({
          kind: z.enum(['linear', 'root2', 'root3']),
          tone: z
            .object({
              curves: z.array(z.array(z.number())).length(3),
              from: z.array(z.number()).length(3),
              to: z.array(z.number()).length(3),
            })
            .optional(),
          weights: z.array(z.array(z.number())).length(3),
        })
        .optional(),
      density: profileSchema.optional(),
      densityStrokes: z.array(densityStrokeSchema).max(mostDensityStrokes).optional(),
      colour: colourSchema,
    }),
    photo: z.object({
      widthPx: z.int().positive(),
      heightPx: z.int().positive(),
      quality: notes,
      colour: colourSchema,
    }),
    region: z.object({
      areaPx: z.number().positive(),
      perimeterPx: z.number().min(0),
      areaCm2: z.number().positive().optional(),
      areaCm2Sd: z.number().min(0).optional(),
      perimeterMm: z.number().min(0).optional(),
      words: z.string().min(1),
    }),
    samples: z.object({
      patch: sampledSchema.optional(),
      edge: sampledSchema.optional(),
      distant: sampledSchema.extend({ distanceMm: z.number().optional(), distancePx: z.number() }).optional(),
      difference: z
        .object({
          deltaE00: z.number().min(0),
          lnLinearRgb: z.array(z.number()).length(3),
          sd: z.array(z.number()).length(3),
        })
        .optional(),
      used: z
        .object({ patch: readingSchema, surround: readingSchema, from: z.enum(['photo', 'typed']) })
        .nullable(),
    }),
    match: matchSchema,
    needle: z.object({
      site: siteSchema,
      needle: z.string(),
      depthMm: rangeSchema,
      depthNote: z.string(),
      sessions: rangeSchema.extend({ usual: z.int().positive() }),
      gapDays: rangeSchema.partial({ high: true }),
      passes: rangeSchema,
      passesSource: z.string(),
      stopRule: z.string(),
      ...sourced,
    }),
    dots: z.object({
      trueScale: z.boolean(),
      profile: profileSchema,
      count: z.int().min(0).nullable(),
      expectedCount: z.number().min(0).nullable(),
      meanSpacingMm: z.number().positive(),
      dotMm: z.number().positive(),
      healedDotMm: rangeSchema.extend({ expected: z.number().positive() }),
      toneShares: z.array(share01).min(1),
      minutes: rangeSchema.nullable(),
      words: z.string(),
      ...sourced,
    }),
    sessions: z.array(
      z.object({
        number: z.int().positive(),
        afterDays: rangeSchema.partial({ high: true }).optional(),
        dots: z.int().min(0).nullable(),
        minutes: rangeSchema.nullable(),
        visits: z.int().positive().nullable(),
        words: z.string(),
      }),
    ),
    previews: z.array(
      z.object({
        state: stateSchema,
        range: z.enum(['light', 'expected', 'dark']),
        relativeRgb: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
        redness01: share01,
        dot: z.object({ diameterMm: z.number().positive(), transmittance01: share01 }).optional(),
        words: z.string(),
      }),
    ),
    warnings: notes,
  })
  .refine(
    ({ inputs }) =>
      inputs.region.maskRuns.reduce((sum, v, i) => sum + (i % 2 ? 0 : v), 0) ===
      inputs.photo.widthPx * inputs.photo.heightPx,
    { message: 'The mask’s runs do not fill the photo.', path: ['inputs', 'region', 'maskRuns'] },
  );

export interface PlanFileRefusal {
  readonly ok: false;
  readonly reason: 'plan-unreadable' | 'plan-newer' | 'plan-invalid';
  readonly message: string;
  readonly field?: string;
}

/** Reads `plan.json`. A document of a later version is refused, not guessed at. */
export function parsePlan(
  text: string,
): { readonly ok: true; readonly plan: PlanDocument } | PlanFileRefusal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      ok: false,
      reason: 'plan-unreadable',
      message: 'The file is no JSON; choose the plan.json of a plan.',
    };
  }
  const head = z.looseObject({ format: z.literal('undertone/plan'), version: z.int() }).safeParse(value);
  if (!head.success) {
    return {
      ok: false,
      reason: 'plan-unreadable',
      message: 'The file is no plan; choose the plan.json of a plan.',
    };
  }
  if (head.data.version > 1) {
    return {
      ok: false,
      reason: 'plan-newer',
      message: `The plan has version ${head.data.version}, this program reads version 1; update the program.`,
      field: 'version',
    };
  }
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    return { ok: false, reason: 'plan-invalid', message: `${field}: ${issue?.message ?? 'invalid'}`, field };
  }
  // The value as it was read, not the parser's copy: what the schema does not name is kept.
  return { ok: true, plan: value as PlanDocument };
}
