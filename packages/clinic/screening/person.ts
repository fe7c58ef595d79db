/*
 * What screening says of a person whose records were merged: answers are known by their patient and decisions are sealed, so
 * both stay with the record they were given for, and are read together here. What was said since the merge stands alone;
 * before that the graver of two answers counts, and a refusal in either record.
 */
import type { Answers } from '../candidacy/schema.ts';
import type { Db } from '../platform/database.ts';
import { type Person, personOf } from '../record/same-person.ts';
import { gravestAnswers } from './rules.ts';
import {
  type Course,
  type OfRecord,
  type StoredAnswers,
  type StoredDecision,
  selectDecisions,
  selectLatestAnswers,
} from './store.ts';

/** The answers that count on a day (the clinic's). */
export async function answersOf(db: Db, course: Course, today: string): Promise<StoredAnswers | undefined> {
  const given = await selectLatestAnswers(db, course);
  const [newest] = given;
  if (newest === undefined || given.length === 1) return newest;
  const counting = standing(
    await personOf(db, course.tenantId, course.patientId),
    given,
    (one) => one.givenAt,
  );
  const answers: Answers = gravestAnswers(
    counting.map((one) => one.answers),
    course.treatment,
    today,
  );
  // What is written next becomes one more than any.
  return { ...newest, answers, version: Math.max(...given.map(({ version }) => version)) };
}

/** The decision in force. */
export async function decisionOf(db: Db, course: Course): Promise<StoredDecision | undefined> {
  const all = await selectDecisions(db, course, 200);
  const newest = [...Map.groupBy(all, ({ patientId }) => patientId).values()].flatMap(([one]) => one ?? []);
  if (newest.length < 2) return newest[0];
  const person = await personOf(db, course.tenantId, course.patientId);
  const counting = standing(person, newest, ({ signedAt }) => signedAt);
  return counting.find(({ overall }) => overall !== 'go') ?? counting[0];
}

/** Without what was said of an earlier record before something was said of the person since the merge; newest first. */
function standing<T extends OfRecord<object>>(
  { id, earlier }: Person,
  said: readonly T[],
  at: (one: T) => Date,
): readonly T[] {
  const own = said.find(({ patientId }) => patientId === id);
  return said.filter(({ patientId }) => {
    const mergedAt = earlier.find((one) => one.id === patientId)?.mergedAt;
    return mergedAt === undefined || own === undefined || at(own) <= mergedAt;
  });
}
