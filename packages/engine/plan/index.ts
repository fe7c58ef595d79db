/**
 * Plan: from a photo, a region and readings to a plan: recipe, map of dots, sessions, predicted result.
 *
 *     const outcome = await makePlan({ treatment: 'vitiligo', photo, region, scale, pigments, seed: 1 }, { signal });
 *     if (!outcome.ok) return outcome;                       // { ok: false, reason, message, field? }
 *     outcome.document                                       // plan.json, see `PlanDocument`
 *     outcome.mapSvg                                         // map.svg, millimetres
 *     previewOf(outcome, 'week6', 'expected')                // a picture
 */
export { type Blend, type BlendRefusal, prepareBlend } from './blend.ts';
export type { Rgb3 } from './border.ts';
export {
  type DensityMap,
  type DensityProfile,
  densityMap,
  type LipDensity,
  type PatchDensity,
  type ScalpDensity,
} from './density.ts';
export { type DensityStroke, densityFactorRange, mostDensity } from './density-strokes.ts';
export * from './document.ts';
export {
  type DotOptions,
  type Dots,
  type DotTiles,
  decodeDotTiles,
  layDots,
  layDotsByDensity,
} from './dots.ts';
export { cropToRegion, type PreviewSource, previewOf, renderHealing } from './healing.ts';
export {
  defaultProfile,
  engineVersion,
  makePlan,
  measureOnHead,
  type PlanInput,
  type PlanOptions,
  type PlanOutcome,
  type PlanRefusal,
  type PlanResult,
  type PlanStep,
  scaleOfChart,
  scalpProfile,
} from './make-plan.ts';
export { dotsSvg, type MapOptions, sessionSvg } from './map-svg.ts';
export {
  type DotAdvice,
  defaultSite,
  dotAdvice,
  type NeedleAdvice,
  needleAdvice,
  type Site,
  type Sourced,
  sites,
} from './protocol.ts';
export { plainReading, readingOf, type TypedReadings } from './readings.ts';
export { renderRegion } from './render.ts';
