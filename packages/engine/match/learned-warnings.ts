import type { classShares, DriftOf } from './learned-drift.ts';
import { healingStates, type LearnedHealing, type MatchResult } from './request.ts';

const countedOf = ({ results, people, from }: LearnedHealing) =>
  `${results} ${results === 1 ? 'result' : 'results'} of ${people} ${people === 1 ? 'person' : 'people'} (${from})`;

/** What the colour drift that was assumed rests on; nothing for a document made before drift was learned. */
export function driftWarning(
  learned: LearnedHealing,
  driftOf: DriftOf | undefined,
  shares: ReturnType<typeof classShares>,
): MatchResult['warnings'] {
  if (learned.drift === undefined) return [];
  const states = healingStates.flatMap((state) => {
    const drift = driftOf?.(state, shares);
    return drift ? [`${state} Δa* ${signed(drift.a.mean)}, Δb* ${signed(drift.b.mean)}`] : [];
  });
  const counted = countedOf(learned);
  return states.length > 0
    ? [
        {
          code: 'drift-learned',
          message: `How the healed colour drifts is learned from ${counted} and is part of the predicted colours: ${states.join('; ')}. Their intervals include what these results leave open; other states include no drift.`,
        },
      ]
    : [
        {
          code: 'drift-prior',
          message: `How the healed colour drifts is not learned: there are only ${counted}, too few or none of this treatment. No drift is expected, and the intervals do not include any.`,
        },
      ];
}

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

/** What the healing that was assumed rests on. */
export function healingWarning(learned: LearnedHealing, isUsed: boolean): MatchResult['warnings'][number] {
  const counted = countedOf(learned);
  return isUsed
    ? {
        code: 'healing-learned',
        message: `How much pigment stays is learned from ${counted}; its interval is as wide as they leave it.`,
      }
    : {
        code: 'healing-prior',
        message: `How much pigment stays is assumed, not learned: there are only ${counted}, too few or none of this treatment.`,
      };
}
