/**
 * Match: from two readings of skin and a set of pigments to a recipe in drops, with what it will look like healed.
 *
 *     const outcome = await matchPigments(
 *       {
 *         treatment: 'vitiligo',
 *         patch: { kind: 'lab', lab: patchLab, sdDeltaE: 3, instrument: 'photo' },
 *         surround: { kind: 'lab', lab: surroundLab, sdDeltaE: 3, instrument: 'photo' },
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
 * Readings may be under any CIE white and either observer; a spectrum is worth far more than three numbers. The
 * promise rejects only with an `AbortError` when `signal` fires.
 */
export * from './pigment.ts';
export * from './request.ts';
