import type { Treatment } from './pigment.ts';
import type { DriftAxis, HealingState, LearnedHealing, PigmentClass, SkinGroup } from './request.ts';

/** Drift of a healed colour, CIELAB: healed less what fading explains. */
export interface ColourDrift {
  readonly a: DriftAxis;
  readonly b: DriftAxis;
}

/** Drift of a mixture in a state; undefined where none was learned. */
export type DriftOf = (
  state: HealingState,
  shares: Readonly<Partial<Record<PigmentClass, number>>>,
) => ColourDrift | undefined;

/**
 * The drift a match should expect: undefined where the clinic has learned none of this treatment. A mixture has the mean
 * of its classes by share; their deviations add as if fully correlated, which is never too narrow.
 */
export function learnedDrift(
  learned: LearnedHealing,
  treatment: Treatment,
  skinGroup: SkinGroup,
): DriftOf | undefined {
  if (!learned.isEnough) return undefined;
  const cells = (learned.drift ?? []).filter(
    (cell) => cell.treatment === treatment && cell.skinGroup === skinGroup,
  );
  if (cells.length === 0) return undefined;
  return (state, shares) => {
    const parts = cells.flatMap((cell) => {
      const share = cell.state === state ? (shares[cell.pigmentClass] ?? 0) : 0;
      return share > 0 ? [{ cell, share }] : [];
    });
    const total = parts.reduce((sum, { share }) => sum + share, 0);
    if (total === 0) return undefined;
    const axis = (name: 'a' | 'b'): DriftAxis => {
      const mixed = (of: keyof DriftAxis) =>
        parts.reduce((sum, { cell, share }) => sum + (share / total) * cell[name][of], 0);
      return { mean: mixed('mean'), meanSd: mixed('meanSd'), scatterSd: mixed('scatterSd') };
    };
    return { a: axis('a'), b: axis('b') };
  };
}

/** Share of each class in a mixture, from doses or parts. */
export function classShares(
  amounts: ArrayLike<number>,
  classes: readonly PigmentClass[],
): Partial<Record<PigmentClass, number>> {
  const shares: Partial<Record<PigmentClass, number>> = {};
  const total = classes.reduce((sum, _, p) => sum + amounts[p], 0);
  if (total > 0) {
    classes.forEach((name, p) => {
      if (amounts[p] > 0) shares[name] = (shares[name] ?? 0) + amounts[p] / total;
    });
  }
  return shares;
}
