import type { Detail, RowId, Sign, SignGroup } from '../red-flags.ts';
import type { Course, Doubt } from '../triage.ts';

/**
 * What people are asked and told. Clinical sentences: unreviewed by a clinician, translations unreviewed by a native
 * speaker. `{emergency}` and `{crisis}` stand for the numbers of the clinic's country.
 */
export interface FollowUpTexts {
  readonly groups: Readonly<Record<SignGroup, string>>;
  readonly signs: Readonly<Record<Sign, string>>;
  readonly details: Readonly<Record<Detail, string>>;
  readonly courses: Readonly<Record<Course, string>>;
  /** What to do, by row of the table. */
  readonly say: Readonly<Record<RowId, string>>;
  /** What a doubt leads to when no row says more. */
  readonly sayDoubt: string;
  /** Nothing found. */
  readonly sayFine: string;
  /** For staff: what a row makes one think of. */
  readonly suspects: Readonly<Record<RowId, string>>;
  readonly doubts: Readonly<Record<Doubt, string>>;
}
