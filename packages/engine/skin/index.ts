/** Skin: layered optics, pigment under skin, and the skin that explains a reading. Imports light. */
export * from './pigment-table.ts';
export * from './reflectance.ts';
export * from './skin-parameters.ts';
export type { StackFluxes, StackLayer, StackOptions } from './stack.ts';
export { stackFluxes } from './stack.ts';
