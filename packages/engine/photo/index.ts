export {
  type CalibrateOptions,
  type Calibration,
  type ColourDifference,
  calibrate,
  calibrateFrom,
  colourDifference,
  colourOf,
  type PhotoColour,
} from './calibrate.ts';
export {
  type ChartPatch,
  colorChecker24,
  type FoundChart,
  findColorChecker,
  type ReferencePatch,
} from './chart.ts';
export {
  type ColourSample,
  encodeRgb,
  type LinearRgb,
  labAt,
  labOfLinear,
  linearAt,
  linearOfLab,
  meanLab,
  meanLinear,
  median,
  robustSd,
  sampleColour,
} from './colour.ts';
export { type Correction, type CorrectionKind, correct, correctedLab, fitCorrection } from './correct.ts';
export { boxMean } from './filter.ts';
export {
  fromLinear,
  type LinearPlanes,
  linearTable,
  linearToSrgb,
  toLinear,
} from './linear.ts';
export {
  type Box,
  boundsOf,
  clipBox,
  contains,
  createMask,
  createPicture,
  cropMask,
  cropPicture,
  grownBox,
  type Mask,
  type Picture,
  type Point,
  shrinkPicture,
} from './picture.ts';
export { type QualityFinding, type QualityProblem, type QualityReport, qualityOf } from './quality.ts';
export {
  balanceOf,
  drawScaleCard,
  type FoundScaleCard,
  findScaleCard,
  type RampPatch,
  scaleCard,
} from './scale-card.ts';
