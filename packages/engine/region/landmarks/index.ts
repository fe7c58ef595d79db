export {
  createFaceLandmarker,
  type FaceLandmarker,
  type FaceLandmarks,
  type NoLandmarks,
} from './face-landmarker.ts';
export { type HairCover, hairCover, hairMap } from './hair.ts';
export {
  eightCentimetreHairline,
  type Hairline,
  type HairlineProportions,
  hairlineLine,
  proposeHairline,
} from './hairline.ts';
export {
  brokenHairlineRules,
  furtherLoss,
  type HairlineHead,
  type HairlineLengths,
  type HairlinePlace,
  type HairlineRule,
  type HairlineRuleCode,
  hairlineHead,
  hairlineLengths,
  hairlinePlaces,
  movedAlongSkin,
} from './hairline-rules.ts';
export { type IrisScale, irisScale, type NoIrisScale } from './iris.ts';
export type { KernelChoice } from './kernel-choice.ts';
export { snapLipLines } from './lip-snap.ts';
export { type LipLines, lipLinesOf, lipMask, lipOutlineMask } from './lips.ts';
export {
  atScalp,
  createLandmarkTools,
  type LandmarkProposal,
  type LandmarkTools,
  type LipProposal,
  type MovedScalp,
  moveHairline,
  type ProposalNote,
  proposeLips,
  proposeScalp,
  redrawn,
  type ScalpGround,
  type ScalpLine,
  type ScalpProposal,
  scalpGround,
} from './propose.ts';
export { scalpFront, scalpZone } from './scalp.ts';
export { createSilhouette, type Silhouette } from './silhouette.ts';
export { irises, pointCount } from './topology.ts';
export {
  facePackage,
  type LandmarkModels,
  loadLandmarkModels,
  silhouettePackage,
  weightFiles,
} from './weights.ts';
