/**
 * Maps: melanin, blood and shading over a photograph.
 *
 *     const { melanin, blood } = skinMaps(picture, createPixelKernels());
 */
export { type SkinMaps, skinMaps } from './skin-maps.ts';
