/**
 * Maps: melanin, blood and shading over a photograph.
 *
 *     const { melanin, blood } = skinMaps(picture, createPixelKernels());
 *     const { picture: drawn, span } = drawSkinMap(picture, 'melanin', createPixelKernels());
 */
export { type DrawnSkinMap, drawnPlanes, drawSkinMap, readableOf, skinMapRamps } from './draw-skin-map.ts';
export { type SkinMapName, type SkinMaps, skinMapNames, skinMaps, skinPartsOf } from './skin-maps.ts';
