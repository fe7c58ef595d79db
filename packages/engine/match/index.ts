/**
 * Match: from two readings of skin and a set of pigments to a recipe in drops, with what it will look like healed.
 *
 *     const outcome = await matchPigments(
 *       {
 *         treatment: 'vitiligo',
 *         patch: { kind: 'lab', lab: patchLab, sdLab: 2, instrument: 'camera' },
 *         surround: { kind: 'lab', lab: surroundLab, sdLab: 2, instrument: 'camera' },
 *         pigments: samplePaints,
 *         areaCm2: 12,
 *       },
 *       { seed: 1, signal, onProgress },
 *     );
 *     if (!outcome.ok) return outcome;        // { ok: false, reason, message, field? }
 *     outcome.recipe.parts                    // pigment, parts01, drops
 *     outcome.predicted                       // Lab with 90 % interval, per healing state and illuminant
 *     outcome.verdict                         // band, tolerable, cause when out of reach
 *
 * Readings are those of `skin/reading.ts`, under any CIE white and either observer; a spectrum says more than three
 * numbers. All places of one request are read with one instrument. The promise rejects only with the signal's reason
 * (an `AbortError` unless the caller gave another).
 */

export * from './assumptions.ts';
export { drawdownReflectance } from './drawdown-colour.ts';
export { parseDrawdowns } from './drawdown-table.ts';
export { type DerivedCoefficients, type DrawdownCheck } from './drawdowns.ts';
export { outOfReachDeltaE00 } from './gamut.ts';
export { paintSurface, type SurfaceReflection } from './kubelka-munk.ts';
export * from './learned-drift.ts';
export * from './learned-healing.ts';
export { matchPigments } from './match.ts';
export { miePigments, pigmentFromMie } from './mie-pigments.ts';
export * from './pigment.ts';
export * from './pigment-file.ts';
export * from './request.ts';
export { samplePaints } from './sample-pigments.ts';
