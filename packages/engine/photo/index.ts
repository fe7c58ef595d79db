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
export { boxMean, guidedFilter } from './filter.ts';
export {
  fromLinear,
  type LinearPlanes,
  linearTable,
  linearToSrgb,
  toLinear,
} from './linear.ts';
export {
  type Box,
  clipBox,
  contains,
  createMask,
  createPicture,
  cropPicture,
  type Mask,
  type Picture,
  type Point,
  shrinkPicture,
} from './picture.ts';
