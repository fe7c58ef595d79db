import { samplePaints } from '@undertone/engine/match/index.ts';
import type { Mask, Picture, Point } from '@undertone/engine/photo/index.ts';
import { type PlanInput, type PreviewStatement, scalpProfile } from '@undertone/engine/plan/index.ts';
import {
  eightCentimetreHairline,
  type FaceLandmarks,
  type HairlineProportions,
  irisScale,
} from '@undertone/engine/region/landmarks/index.ts';
import type { Treatment } from '../studio/state.ts';

export type Tone = 'own' | 'rose' | 'berry' | 'deep';
export const tones: readonly Tone[] = ['own', 'rose', 'berry', 'deep'];

/** ln of light in linear red, green, blue beyond the engine's fuller tone of the lip's own colour: matters of taste. */
const toneLn: Readonly<Record<Tone, readonly [number, number, number]>> = {
  own: [0, 0, 0],
  rose: [0.04, -0.14, -0.02],
  berry: [-0.1, -0.34, -0.12],
  deep: [-0.34, -0.5, -0.42],
};

/** The same predictions for another tone of lips. */
export function inTone(statements: readonly PreviewStatement[], tone: Tone): PreviewStatement[] {
  const [r, g, b] = toneLn[tone];
  return statements.map((one) => ({
    ...one,
    relativeRgb: [
      one.relativeRgb[0] * Math.exp(r),
      one.relativeRgb[1] * Math.exp(g),
      one.relativeRgb[2] * Math.exp(b),
    ],
  }));
}

/** Heights of the hairline above the glabella that can be tried, mm. Lower ones look wrong as a face ages. */
export const hairlineMm = { least: 65, usual: eightCentimetreHairline.midFrontalMm, most: 110 } as const;

/** Dots per cm² that can be tried; healed scalps carry 70 to 100. */
export const dotsPerCm2 = { least: 40, usual: 75, most: 110 } as const;

/** The 8-cm hairline moved up or down the forehead as one. */
export function proportionsAt(midFrontalMm: number): HairlineProportions {
  const moved = Math.min(hairlineMm.most, Math.max(hairlineMm.least, midFrontalMm));
  return {
    ...eightCentimetreHairline,
    midFrontalMm: moved,
    aboveCanthusMm: eightCentimetreHairline.aboveCanthusMm + moved - eightCentimetreHairline.midFrontalMm,
  };
}

/** Mean distance between the pupils of adults (Dodgson 2004), where the irises cannot be measured. */
const pupilDistanceMm = 63;

/** Millimetres a pixel at the eyes. */
export function mmPerPxAtEyes(face: FaceLandmarks): number {
  const found = irisScale(face.points);
  return found.ok ? found.mmPerPx : pupilDistanceMm / face.eyeDistancePx;
}

export interface Wish {
  readonly treatment: Treatment;
  readonly picture: Picture;
  readonly sha256: string;
  readonly mask: Mask;
  readonly taps: readonly Point[];
  /** Scalp only. */
  readonly mmPerPx: number;
  readonly densityPerCm2: number;
  /** Scalp only: the hairline as `scalpFront` gives it, pixels. */
  readonly front?: readonly Point[];
}

/** What the engine is asked: the physician's own plan, with sample pigments, of which only the pictures are shown. */
export function planOf({
  treatment,
  picture,
  sha256,
  mask,
  taps,
  mmPerPx,
  densityPerCm2,
  front,
}: Wish): PlanInput {
  return {
    treatment,
    photo: { picture, sha256 },
    region: {
      mask,
      source: treatment === 'vitiligo' ? 'tap' : 'landmarks',
      ...(taps.length > 0 && { taps }),
    },
    pigments: samplePaints,
    seed: 1,
    ...(treatment === 'scalp' && {
      scale: { mmPerPx, relativeSd: 0.08, from: 'the eyes' },
      density: scalpProfile(densityPerCm2, front ? { front } : {}, mmPerPx),
    }),
  };
}
