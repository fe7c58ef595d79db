import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Healed results against what was planned, the pictures they were seen on, and what two people thought of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table outcomes (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    session_id uuid,
    plan_id uuid,
    plan_version integer,
    treatment text not null check (treatment in ('vitiligo', 'lip', 'scalp')),
    time_point text not null
      check (time_point in ('week6', 'month3', 'month6', 'month12', 'month18', 'month24')),
    performed_on date not null,
    taken_on date not null,
    days_after integer not null check (days_after >= 35),
    readings jsonb,
    against_plan jsonb,
    from_photos jsonb,
    patient_score integer check (patient_score between 0 and 10),
    note text not null default '',
    skin_group text check (skin_group in ('very-light', 'light', 'intermediate', 'tan', 'brown', 'dark')),
    state text check (state in ('week6', 'month6', 'month12', 'month24')),
    shares jsonb,
    ln_retention double precision,
    ln_sd double precision check (ln_sd > 0),
    drift_a double precision,
    drift_b double precision,
    recorded_by uuid,
    recorded_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_reason text check (withdrawn_reason <> ''),
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, session_id) references sessions (tenant_id, id),
    foreign key (tenant_id, plan_id, plan_version) references plans (tenant_id, plan_id, version),
    check ((plan_id is null) = (plan_version is null)),
    check (taken_on >= performed_on),
    check ((withdrawn_at is null) = (withdrawn_reason is null)),
    check ((ln_retention is null) = (ln_sd is null) and (ln_retention is null or (shares is not null
      and skin_group is not null and state is not null and drift_a is not null and drift_b is not null)))
  )`.execute(db);
  for (const [column, text] of [
    ['days_after', 'Days from the session; before day 35 (week 6 less a week) there is no verdict.'],
    [
      'readings',
      'Healed readings of region and surround, each up to three, with their white; and the median.',
    ],
    [
      'against_plan',
      'The plan’s prediction for this time with its interval, and how the reading lies to it.',
    ],
    [
      'from_photos',
      'What two photographs tell: registration, colour against the skin around, coverage, dots; or why not.',
    ],
    ['patient_score', 'The patient’s own: 0 not at all, 10 as wished.'],
    ['shares', 'Share of each class of pigment in the recipe, adding to 1.'],
    ['ln_retention', 'Natural logarithm of the retention the healed reading stands for; learning reads it.'],
    [
      'withdrawn_reason',
      'Set when it was recorded by mistake; it then counts nowhere and can still be read.',
    ],
  ] as const) {
    await sql`comment on column outcomes.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`create index outcomes_of_patient on outcomes (tenant_id, patient_id, taken_on)`.execute(db);
  await sql`create index outcomes_learned on outcomes (tenant_id, taken_on)
    where ln_retention is not null and withdrawn_at is null`.execute(db);
  await fenceByTenant(db, 'outcomes');

  await sql`create table outcome_pairs (
    tenant_id uuid not null,
    id uuid not null,
    outcome_id uuid not null,
    before_file uuid not null,
    after_file uuid not null,
    original_file uuid,
    seed integer not null,
    made_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, outcome_id),
    foreign key (tenant_id, outcome_id) references outcomes (tenant_id, id),
    foreign key (tenant_id, before_file) references files (tenant_id, id),
    foreign key (tenant_id, after_file) references files (tenant_id, id),
    foreign key (tenant_id, original_file) references files (tenant_id, id)
  )`.execute(db);
  await sql`comment on table outcome_pairs is 'Two pictures of one region, cut alike and without metadata. A rater knows a pair by this id alone.'`.execute(
    db,
  );
  await sql`comment on column outcome_pairs.seed is 'Decides which of the two a rater is shown as A; odd: the earlier one.'`.execute(
    db,
  );
  await sql`comment on column outcome_pairs.original_file is 'The later photograph as it was taken, without its location.'`.execute(
    db,
  );
  await sql`create trigger outcome_pairs_never_change before update on outcome_pairs
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'outcome_pairs');

  await sql`create table outcome_ratings (
    tenant_id uuid not null,
    id uuid not null,
    outcome_id uuid not null,
    kind text not null check (kind in ('physician', 'blinded')),
    rater_id uuid not null,
    rating text not null check (rating in ('poor', 'fair', 'good', 'excellent')),
    rating_before text check (rating_before in ('poor', 'fair', 'good', 'excellent')),
    rated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, outcome_id, kind),
    foreign key (tenant_id, outcome_id) references outcomes (tenant_id, id),
    foreign key (tenant_id, rater_id) references staff (tenant_id, id),
    check ((kind = 'blinded') = (rating_before is not null))
  )`.execute(db);
  await sql`comment on column outcome_ratings.rating_before is 'What the blinded rater, who knew no order, gave the earlier picture: a check that the scale is used.'`.execute(
    db,
  );
  await sql`create trigger outcome_ratings_never_change before update on outcome_ratings
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'outcome_ratings');
}
