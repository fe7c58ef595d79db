/** Photographs in and out: decoding with limits, encoding without metadata, location removed from originals. */
export {
  type DecodedPhoto,
  type DecodeLimits,
  decodeMask,
  decodePhoto,
  type PhotoRefusal,
} from './decode.ts';
export {
  encodeJpeg,
  encodeMaskPng,
  encodePng,
  encodeWebp,
  resizeTo,
  shrinkForScreen,
} from './encode.ts';
export { type PhotoFormat, sniffFormat } from './sniff.ts';
export { stripLocation } from './strip.ts';
