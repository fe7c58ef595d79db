/**
 * Learn: from a clinic's healed results to what its next plans should assume.
 *
 *     const learned = learnedHealing(results, 'own results of the clinic');   // a document a plan takes
 *     learnHealing(results).retention({ treatment, skinGroup, state, shares })  // ln retention of a new person
 *     checkHealing(results)                                                  // do 90 % intervals hold 90 of 100?
 *
 * The same results give the same answer, in any order. With few results the prior stands and says so.
 */
export { type Calibration, type CheckedResult, checkHealing } from './check.ts';
export {
  effectsOf,
  expectedLn,
  type HealedResult,
  type HealingPosterior,
  learnedHealing,
  learnHealing,
  learningPrior,
  leastResults,
  pigmentClasses,
} from './healing.ts';
export { fitHierarchy, type HierarchyPrior, type Posterior, type Result } from './hierarchy.ts';
