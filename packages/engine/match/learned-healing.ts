import type { Treatment } from './pigment.ts';
import {
  type DriftAxis,
  type HealingAssumption,
  healingStates,
  type LearnedHealing,
  type MatchAssumptions,
  type SkinGroup,
  skinGroups,
} from './request.ts';

/** Chardon, Cretois, Hourseau 1991; domain reference 4.3. */
export function skinGroupOf(itaDegrees: number): SkinGroup {
  if (itaDegrees > 55) return 'very-light';
  if (itaDegrees > 41) return 'light';
  if (itaDegrees > 28) return 'intermediate';
  if (itaDegrees > 10) return 'tan';
  return itaDegrees > -30 ? 'brown' : 'dark';
}

/** The healing a match should assume: learned where the clinic has learned, undefined where the prior stands. */
export function learnedAssumptions(
  learned: LearnedHealing,
  treatment: Treatment,
  skinGroup: SkinGroup,
  prior: MatchAssumptions,
): Partial<MatchAssumptions> | undefined {
  if (!learned.isEnough) return undefined;
  const cells = learned.healing.filter(
    (cell) => cell.treatment === treatment && cell.skinGroup === skinGroup,
  );
  if (cells.length === 0) return undefined;
  const healing = prior.healing.map((assumed): HealingAssumption => {
    const cell = cells.find((c) => c.state === assumed.state && c.pigmentClass === assumed.pigmentClass);
    if (!cell || assumed.state === 'day0') return assumed;
    return {
      ...assumed,
      retentionMedian01: cell.retentionMedian01,
      retentionLogSd: cell.retentionLogSd,
      source: `${learned.from}: ${learned.results} results, ${cell.results} of this pigment, treatment and skin; before that: ${assumed.source}`,
    };
  });
  return { healing };
}

/** Largest drift and deviation believed, CIELAB units: more is another colour, not a drift. */
const mostDrift = 30;

function isDriftAxis(axis: Partial<DriftAxis> | undefined): boolean {
  const values = [axis?.mean, axis?.meanSd, axis?.scatterSd];
  const [mean, ...sds] = values.map((value) => (typeof value === 'number' ? value : Number.NaN));
  return Math.abs(mean) <= mostDrift && sds.every((sd) => sd >= 0 && sd <= mostDrift);
}

/** What is wrong with a document that claims to be {@link LearnedHealing}, in words; undefined when it can be used. */
export function learnedHealingProblem(value: unknown): string | undefined {
  const document = value as Partial<LearnedHealing> | null;
  if (typeof document !== 'object' || document === null || document.format !== 'undertone/learned-healing')
    return 'it is no document of the format undertone/learned-healing';
  if (document.version !== 1) return `its version ${String(document.version)} is not known here`;
  const counts = [document.results, document.people];
  if (!counts.every((n) => Number.isSafeInteger(n) && (n as number) >= 0))
    return 'results and people must be counts';
  if (typeof document.from !== 'string' || document.from === '')
    return '"from" must say where the results are from';
  if (typeof document.isEnough !== 'boolean' || !Array.isArray(document.healing))
    return '"isEnough" and "healing" are missing';
  const bad = document.healing.findIndex(
    (cell) =>
      !(
        skinGroups.includes(cell.skinGroup) &&
        healingStates.includes(cell.state) &&
        cell.retentionMedian01 > 0 &&
        cell.retentionMedian01 <= 2 &&
        cell.retentionLogSd > 0 &&
        cell.retentionLogSd <= 3
      ),
  );
  if (bad >= 0) return `healing ${bad} has a group, state, retention or deviation that cannot be`;
  if (document.drift === undefined) return undefined;
  if (!Array.isArray(document.drift)) return '"drift" is no list';
  const badDrift = document.drift.findIndex(
    (cell) =>
      !(
        skinGroups.includes(cell?.skinGroup) &&
        healingStates.includes(cell.state) &&
        cell.state !== 'day0' &&
        [cell.a, cell.b].every(isDriftAxis)
      ),
  );
  return badDrift < 0 ? undefined : `drift ${badDrift} has a group, state, mean or deviation that cannot be`;
}
