import type { HealedResult } from '@undertone/engine/learn/index.ts';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { Lesson } from './against-plan.ts';
import type { Rating, TimePoint } from './rules.ts';
import type { AgainstPlan, FromPhotos, Outcome } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    outcomes: OutcomesTable;
    outcome_pairs: OutcomePairsTable;
    outcome_ratings: OutcomeRatingsTable;
  }
}

interface OutcomesTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  session_id: string | null;
  plan_id: string | null;
  plan_version: number | null;
  treatment: Outcome['treatment'];
  time_point: TimePoint;
  performed_on: string;
  taken_on: string;
  days_after: number;
  readings: unknown;
  against_plan: unknown;
  from_photos: unknown;
  patient_score: number | null;
  note: string;
  skin_group: string | null;
  state: string | null;
  shares: unknown;
  ln_retention: number | null;
  ln_sd: number | null;
  drift_a: number | null;
  drift_b: number | null;
  recorded_by: string | null;
  recorded_at: Date;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
}

interface OutcomePairsTable {
  tenant_id: string;
  id: string;
  outcome_id: string;
  before_file: string;
  after_file: string;
  original_file: string | null;
  seed: number;
  made_at: Date;
}
export type Pair = OutcomePairsTable;

interface OutcomeRatingsTable {
  tenant_id: string;
  id: string;
  outcome_id: string;
  kind: 'physician' | 'blinded';
  rater_id: string;
  rating: Rating;
  rating_before: Rating | null;
  rated_at: Date;
}

export interface NewOutcome {
  readonly tenantId: string;
  readonly id: string;
  readonly patientId: string;
  readonly sessionId: string | null;
  readonly planId: string | null;
  readonly planVersion: number | null;
  readonly treatment: Outcome['treatment'];
  readonly timePoint: TimePoint;
  readonly performedOn: string;
  readonly takenOn: string;
  readonly daysAfter: number;
  readonly readings: Outcome['readings'];
  readonly againstPlan: AgainstPlan | null;
  readonly fromPhotos: FromPhotos | null;
  readonly lesson: Lesson | null;
  readonly patientScore: number | null;
  readonly note: string;
  readonly recordedBy: string | null;
  readonly recordedAt: Date;
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

export async function insertOutcome(trx: Trx, one: NewOutcome): Promise<void> {
  const { lesson } = one;
  await trx
    .insertInto('outcomes')
    .values({
      tenant_id: one.tenantId,
      id: one.id,
      patient_id: one.patientId,
      session_id: one.sessionId,
      plan_id: one.planId,
      plan_version: one.planVersion,
      treatment: one.treatment,
      time_point: one.timePoint,
      performed_on: one.performedOn,
      taken_on: one.takenOn,
      days_after: one.daysAfter,
      readings: json(one.readings),
      against_plan: json(one.againstPlan),
      from_photos: json(one.fromPhotos),
      patient_score: one.patientScore,
      note: one.note,
      skin_group: lesson?.skinGroup ?? null,
      state: lesson?.state ?? null,
      shares: json(lesson?.shares ?? null),
      ln_retention: lesson?.lnRetention ?? null,
      ln_sd: lesson?.lnSd ?? null,
      drift_a: lesson?.driftA ?? null,
      drift_b: lesson?.driftB ?? null,
      recorded_by: one.recordedBy,
      recorded_at: one.recordedAt,
      withdrawn_at: null,
      withdrawn_by: null,
      withdrawn_reason: null,
    })
    .execute();
}

export async function insertPair(trx: Trx, pair: Pair): Promise<void> {
  await trx.insertInto('outcome_pairs').values(pair).execute();
}

/** False when this outcome has a rating of the kind already. */
export async function insertRating(trx: Trx, rating: OutcomeRatingsTable): Promise<boolean> {
  const done = await trx
    .insertInto('outcome_ratings')
    .values(rating)
    .onConflict((c) => c.columns(['tenant_id', 'outcome_id', 'kind']).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

const outcomesWithRatings = (db: Db, tenantId: string) =>
  db
    .selectFrom('outcomes as o')
    .leftJoin('outcome_pairs as p', (join) =>
      join.onRef('p.tenant_id', '=', 'o.tenant_id').onRef('p.outcome_id', '=', 'o.id'),
    )
    .leftJoin('outcome_ratings as d', (join) =>
      join
        .onRef('d.tenant_id', '=', 'o.tenant_id')
        .onRef('d.outcome_id', '=', 'o.id')
        .on('d.kind', '=', 'physician'),
    )
    .leftJoin('outcome_ratings as b', (join) =>
      join
        .onRef('b.tenant_id', '=', 'o.tenant_id')
        .onRef('b.outcome_id', '=', 'o.id')
        .on('b.kind', '=', 'blinded'),
    )
    .selectAll('o')
    .select(['p.id as pair_id', 'd.rating as physician_rating', 'b.rating as blinded_rating'])
    .where('o.tenant_id', '=', tenantId);

type OutcomeRow = Awaited<ReturnType<ReturnType<typeof outcomesWithRatings>['execute']>>[number];

export async function selectOutcomes(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<readonly Outcome[]> {
  const rows = await outcomesWithRatings(db, tenantId)
    .where(ofPerson('o.patient_id', tenantId, patientId))
    .orderBy('o.taken_on')
    .orderBy('o.recorded_at')
    .execute();
  return rows.map(outcomeOf);
}

export async function selectOutcome(db: Db, tenantId: string, id: string): Promise<Outcome | undefined> {
  const row = await outcomesWithRatings(db, tenantId).where('o.id', '=', id).executeTakeFirst();
  return row && outcomeOf(row);
}

export async function withdraw(
  trx: Trx,
  tenantId: string,
  id: string,
  by: { staffId: string; at: Date; reason: string },
): Promise<boolean> {
  const done = await trx
    .updateTable('outcomes')
    .set({ withdrawn_at: by.at, withdrawn_by: by.staffId, withdrawn_reason: by.reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

function outcomeOf(row: OutcomeRow): Outcome {
  return {
    id: row.id,
    patientId: row.patient_id,
    sessionId: row.session_id,
    planId: row.plan_id,
    planVersion: row.plan_version,
    treatment: row.treatment,
    timePoint: row.time_point,
    performedOn: row.performed_on,
    takenOn: row.taken_on,
    daysAfter: row.days_after,
    readings: row.readings as Outcome['readings'],
    againstPlan: row.against_plan as AgainstPlan | null,
    fromPhotos: row.from_photos as FromPhotos | null,
    patientScore: row.patient_score,
    note: row.note,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    withdrawnReason: row.withdrawn_reason,
    hasPair: row.pair_id !== null,
    physicianRating: row.physician_rating,
    blindedRating: row.blinded_rating,
  };
}

/** Everything the clinic's results say of healing, withdrawn ones left out. */
export async function selectLessons(
  db: Db,
  tenantId: string,
): Promise<readonly (HealedResult & { readonly takenOn: string })[]> {
  const rows = await db
    .selectFrom('outcomes')
    .select([
      'id',
      'treatment',
      'skin_group',
      'state',
      'shares',
      'ln_retention',
      'ln_sd',
      'drift_a',
      'drift_b',
      'taken_on',
    ])
    // Records that were merged are one person to learn from.
    .select(
      sql<string>`coalesce((select p.merged_into from patients p
        where p.tenant_id = outcomes.tenant_id and p.id = outcomes.patient_id), outcomes.patient_id)`.as(
        'person',
      ),
    )
    .where('tenant_id', '=', tenantId)
    .where('ln_retention', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('taken_on', 'desc')
    .orderBy('id')
    .limit(mostLessons)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    person: row.person,
    treatment: row.treatment,
    skinGroup: row.skin_group as HealedResult['skinGroup'],
    state: row.state as HealedResult['state'],
    shares: row.shares as HealedResult['shares'],
    lnRetention: row.ln_retention as number,
    lnSd: row.ln_sd as number,
    driftA: row.drift_a as number,
    driftB: row.drift_b as number,
    takenOn: row.taken_on,
  }));
}

/** The newest this many results are learned from: more would add seconds and no knowledge. */
const mostLessons = 5000;

/** Ratings of both kinds of one outcome each. */
export async function selectRatingPairs(
  db: Db,
  tenantId: string,
): Promise<readonly { physician: Rating; blinded: Rating; blindedBefore: Rating }[]> {
  const { rows } = await sql<{ physician: Rating; blinded: Rating; blindedBefore: Rating }>`
    select d.rating as physician, b.rating as blinded, b.rating_before as "blindedBefore"
    from outcome_ratings d
    join outcome_ratings b on b.tenant_id = d.tenant_id and b.outcome_id = d.outcome_id and b.kind = 'blinded'
    join outcomes o on o.tenant_id = d.tenant_id and o.id = d.outcome_id and o.withdrawn_at is null
    where d.tenant_id = ${tenantId} and d.kind = 'physician'`.execute(db);
  return rows;
}

/**
 * Pairs nobody has rated blind that this person may rate: they neither recorded the outcome, nor gave its open rating,
 * nor had a hand in the session or its plan. In the order of their random ids, so that the order says nothing.
 */
export async function selectPairsToRate(
  db: Db,
  tenantId: string,
  staffId: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from outcome_pairs p
    join outcomes o on o.tenant_id = p.tenant_id and o.id = p.outcome_id and o.withdrawn_at is null
    where p.tenant_id = ${tenantId} and ${notInvolved(staffId)}
      and not exists (select from outcome_ratings r where r.tenant_id = p.tenant_id and r.outcome_id = p.outcome_id
        and r.kind = 'blinded')
    order by p.id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The pair, and whether this person may rate it without knowing whose it is. */
export async function selectPair(
  db: Db,
  tenantId: string,
  id: string,
  staffId: string,
): Promise<(Pair & { readonly isBlind: boolean; readonly isRated: boolean }) | undefined> {
  const { rows } = await sql<Pair & { isBlind: boolean; isRated: boolean }>`
    select p.*, ${notInvolved(staffId)} as "isBlind",
      exists (select from outcome_ratings r where r.tenant_id = p.tenant_id and r.outcome_id = p.outcome_id
        and r.kind = 'blinded') as "isRated"
    from outcome_pairs p
    join outcomes o on o.tenant_id = p.tenant_id and o.id = p.outcome_id and o.withdrawn_at is null
    where p.tenant_id = ${tenantId} and p.id = ${id}`.execute(db);
  return rows[0];
}

const notInvolved = (staffId: string) => sql<boolean>`(
  o.recorded_by is distinct from ${staffId}::uuid
  and not exists (select from outcome_ratings m where m.tenant_id = o.tenant_id and m.outcome_id = o.id
    and m.rater_id = ${staffId}::uuid)
  and not exists (select from sessions s where s.tenant_id = o.tenant_id and s.id = o.session_id
    and ${staffId}::uuid in (s.operator_id, s.physician_id))
  and not exists (select from plans l where l.tenant_id = o.tenant_id and l.plan_id = o.plan_id
    and l.created_by = ${staffId}::uuid))`;
