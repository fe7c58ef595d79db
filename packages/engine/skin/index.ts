/** Skin: layered optics, pigment under skin, and the skin that explains a reading. Imports light. */
export * from './fit.ts';
export type { SkinPrior } from './fit-problem.ts';
export type { FitReport, FitReportSample } from './fit-report.ts';
export { reportFits } from './fit-report.ts';
export type { SkinSample } from './fit-samples.ts';
export { layeredKubelkaMunk } from './layered-kubelka-munk.ts';
export * from './monte-carlo.ts';
export * from './pigment-table.ts';
export * from './reading.ts';
export * from './reflectance.ts';
export type { SkinModel } from './skin-model.ts';
export { makeSkinModel } from './skin-model.ts';
export * from './skin-parameters.ts';
export type { NamedSpectrum, SpectraCsv, SpectraCsvReason } from './spectra-csv.ts';
export { parseSpectraCsv } from './spectra-csv.ts';
export type { StackFluxes, StackLayer, StackOptions } from './stack.ts';
export { stackFluxes } from './stack.ts';
