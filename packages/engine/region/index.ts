export {
  type DarkSpot,
  type DarkSpotOptions,
  findDarkSpots,
  leaveOut,
  type SpotField,
  spotField,
} from './dark-spots.ts';
export { beneathStroke, isDoubtful, timesInTen } from './doubt.ts';
export { couldBeSkin } from './features.ts';
export {
  type HairDensity,
  hairDensity,
  hairField,
  type NoHairDensity,
  noHairAtScale,
} from './hair-density.ts';
export { type HeadModel, headOf, scaledHead, skinPerPicture, zoneOnHead } from './head.ts';
export {
  connectedPieces,
  createMask,
  intersectionOverUnion,
  type Mask,
  resizeMask,
  type Stroke,
  squaredDistanceTo,
  strokeMask,
} from './mask.ts';
export { measureRegion, type RegionMeasure, type Scale } from './measure.ts';
export {
  type ProposeOptions,
  proposeFromTap,
  type RegionProposal,
  type RegionRefusal,
  type Treatment,
} from './propose.ts';
export { type SampleRefusal, type SkinSamples, sampleSkin } from './sample.ts';
export { applyStroke, type StrokeOptions } from './stroke.ts';
