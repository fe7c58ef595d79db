import type { MatchResult, Treatment } from '../match/index.ts';
import type { RegionMeasure } from '../region/index.ts';
import type { DensityMap, DensityProfile } from './density.ts';
import { mostDensity } from './density-strokes.ts';
import type { ColourStatement, PlanWarning } from './document.ts';

const plain = (value: number): string => `${Number(value.toPrecision(3))}`;

/** What is true of every plan of this kind, and what its photo lacks. */
export function generalWarnings(
  plan: {
    readonly treatment: Treatment;
    readonly isTyped: boolean;
    readonly isFromFace: boolean;
    readonly isScaleKnown: boolean;
    /** Whether its area and dots are those of the skin of a head, not of the picture. */
    readonly isOnHead: boolean;
    /** Of a scalp on a head that is unsure: one standard deviation of the area from the head alone, as a share. */
    readonly unsureHeadSd01?: number;
  },
  colour: ColourStatement,
): PlanWarning[] {
  const warnings: PlanWarning[] = [
    {
      code: 'no-clinical-accuracy',
      message:
        'Predicted colours come from a model tested on measured skin without tattoos and on simulations. No accuracy in living, healed skin is claimed: try a test spot and read it after week 6.',
    },
    {
      code: 'unreviewed',
      message:
        'Needle, depth, dot and session data are collected from sources and proposals; no clinician has signed them yet.',
    },
  ];
  if (!colour.calibrated && !plan.isTyped && plan.treatment !== 'scalp') {
    warnings.push({ code: 'colour-uncalibrated', message: colour.statement });
  }
  if (!plan.isScaleKnown) {
    warnings.push({
      code: 'scale-unknown',
      message:
        'The scale of the photo is unknown: area, dots, drops and minutes cannot be told, and the map is not a stencil.',
    });
  }
  if (plan.treatment === 'scalp' && (plan.isFromFace || plan.isOnHead)) {
    warnings.push({
      code: 'scalp-foreshortened',
      message: plan.isOnHead
        ? 'Area and dots are those of the skin as it curves on a modelled head, of which this photo shows the front alone: what lies behind is not counted, and the map is no stencil. Photograph from above for the rest.'
        : 'The zone was found on a photo from the front: most of a scalp is turned away from the camera, so its area and dots come out too small. Photograph from above and draw the zone.',
    });
  }
  if (plan.unsureHeadSd01 !== undefined) {
    warnings.push({
      code: 'head-unsure',
      message: `The head in this photo is unsure: it is turned or bowed, hair, a hat or a beard hides its outline, or the picture cuts it off. Area and dots may be off by ${Math.round(200 * plan.unsureHeadSd01)} % from that alone. Photograph the whole bare head straight from the front, or measure the zone on the head.`,
    });
  }
  if (plan.treatment === 'vitiligo') {
    warnings.push({
      code: 'mid-tone',
      message:
        'Skin tans and pigment does not: match between the summer and winter reading, rather lighter than darker. Skin beside a patch is lighter than skin 5 cm away; read both.',
    });
  }
  return warnings;
}

/** What the match says, and its verdict when nothing reaches the colour. */
export function matchWarnings(result: MatchResult): PlanWarning[] {
  const warnings: PlanWarning[] = [...result.warnings];
  if (result.verdict.band === 'out-of-reach') {
    warnings.push({ code: 'out-of-reach', message: result.verdict.message });
  }
  return warnings;
}

/** Why a plan has not one dot; nothing for a plan that has. */
export function noDotsWarnings(dotCount: number, profile: DensityProfile): PlanWarning[] {
  if (dotCount > 0) return [];
  const existing = profile.kind === 'scalp' ? profile.existingHairPerCm2 : 0;
  if (existing > 0 && existing >= profile.densityPerCm2)
    return [
      {
        code: 'hair-at-target',
        message: `The plan has no dots, because the hair that is there, ${plain(existing)} per cm², is the target of ${plain(profile.densityPerCm2)} per cm² or more. Check the count by eye; to add dots all the same, lower the hair or raise the target.`,
      },
    ];
  return [
    {
      code: 'no-dots',
      message:
        'The plan has no dots: the region is too small, or its density too low, for even one. Look at the region and the scale.',
    },
  ];
}

/** That a hand changed the density and on how much of the region, and where it asked for more than the most. */
export function byHandWarnings({ byHand, areaCm2 }: DensityMap, profile: DensityProfile): PlanWarning[] {
  if (!byHand || byHand.areaCm2 === 0) return [];
  const percent = (partCm2: number) => plain((100 * partCm2) / areaCm2);
  const warnings: PlanWarning[] = [
    {
      code: 'density-by-hand',
      message: `The density of dots was changed by hand on ${percent(byHand.areaCm2)} % of the region.`,
    },
  ];
  if (byHand.heldBackCm2 > 0) {
    warnings.push({
      code: 'density-held-back',
      message: `On ${percent(byHand.heldBackCm2)} % of the region the brush asked for more than ${plain(mostDensity[profile.kind].perCm2)} dots per cm², the most this plan sets: no more are set there. This limit is derived, no clinician has reviewed it.`,
    });
  }
  return warnings;
}

/** The region's size in words; `from` names where the scale came from. */
export function regionWords(measure: RegionMeasure, from: string | undefined): string {
  if (measure.areaCm2 === undefined) {
    return `${Math.round(measure.areaPx)} pixels. The scale is unknown: put a ruler or card in the picture, or give millimetres a pixel, to get cm², dots and drops.`;
  }
  const sd = measure.areaCm2Sd ?? 0;
  const spread = sd > 0 ? ` ± ${Number((2 * sd).toPrecision(2))}` : '';
  return `${Number(measure.areaCm2.toPrecision(3))}${spread} cm² (scale from ${from ?? 'the caller'}).`;
}
