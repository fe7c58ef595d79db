/**
 * Outcome: a later photograph or reading against an earlier one, and against the plan.
 *
 *     const outcome = assessOutcome({ before, after, mask });      // two pictures of the same skin
 *     if (!outcome.ok) return outcome;                             // { ok: false, reason, message, field }
 *     outcome.registration.errorPx                                 // how far places lie off, px of `before`
 *     outcome.colour?.after.deltaE00                               // region against the skin around, with interval
 *     healedAgainstPlan(match, healedLab, daysAfter)               // a colorimeter's reading against the plan
 *
 * No chance is involved: the same pictures give the same numbers.
 */
export { assessOutcome, fromPlan, type OutcomeInput, type OutcomeOfPhotos } from './assess.ts';
export {
  type ColourComparison,
  type CompareRefusal,
  compareColours,
  type Measured,
  type RegionColour,
  warpedMask,
} from './compare.ts';
export {
  type FadingRead,
  firstVerdictDay,
  type HealedAgainstPlan,
  type HealedRefusal,
  healedAgainstPlan,
  healingStateAt,
  retentionOfPlan,
} from './healed.ts';
export { type ChangedRegion, type ChangedRegionRefusal, proposeChanged } from './propose.ts';
export { type Registration, type RegistrationInput, type RegistrationRefusal, register } from './register.ts';
export { countDots, type DotCount, type FoundDot, findDots } from './scalp-dots.ts';
