import type { MatchResult, Treatment } from '../match/index.ts';
import type { RegionMeasure } from '../region/index.ts';
import type { ColourStatement, PlanWarning } from './document.ts';

/** What is true of every plan of this kind, and what its photo lacks. */
export function generalWarnings(
  plan: {
    readonly treatment: Treatment;
    readonly isTyped: boolean;
    readonly isFromFace: boolean;
    readonly isScaleKnown: boolean;
    /** Whether its area and dots are those of the skin of a head, not of the picture. */
    readonly isOnHead: boolean;
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

/** The region's size in words; `from` names where the scale came from. */
export function regionWords(measure: RegionMeasure, from: string | undefined): string {
  if (measure.areaCm2 === undefined) {
    return `${Math.round(measure.areaPx)} pixels. The scale is unknown: put a ruler or card in the picture, or give millimetres a pixel, to get cm², dots and drops.`;
  }
  const sd = measure.areaCm2Sd ?? 0;
  const spread = sd > 0 ? ` ± ${Number((2 * sd).toPrecision(2))}` : '';
  return `${Number(measure.areaCm2.toPrecision(3))}${spread} cm² (scale from ${from ?? 'the caller'}).`;
}
