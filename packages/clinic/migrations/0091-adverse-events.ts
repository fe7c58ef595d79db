import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Anything unwanted after a session, the alert a lot raises, and the facts every rate is counted from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table adverse_events (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    version integer not null check (version > 0),
    patient_id uuid not null,
    session_id uuid,
    treatment text check (treatment in ('scalp', 'lip', 'vitiligo')),
    lot_id uuid,
    case_id uuid,
    kind text not null,
    grade integer not null check (grade between 1 and 5),
    onset_on date not null,
    found_by text not null check (found_by in ('check-in', 'desk', 'visit')),
    description text not null default '',
    treatment_given text not null default '',
    outcome text not null
      check (outcome in ('ongoing', 'resolved', 'resolved-with-mark', 'lasting', 'fatal', 'unknown')),
    resolved_on date,
    withdrawn_reason text,
    recorded_by uuid,
    recorded_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, lot_id) references stock_lots (tenant_id, id),
    foreign key (tenant_id, case_id) references follow_up_cases (tenant_id, id),
    check (resolved_on is null or resolved_on >= onset_on)
  )`.execute(db);
  for (const [column, text] of [
    ['lot_id', 'The lot suspected, where one is.'],
    ['grade', '1 mild, 2 moderate, 3 severe, 4 life-threatening, 5 death (CTCAE version 5.0).'],
    ['onset_on', 'First day of the signs, on the clinic calendar.'],
    ['withdrawn_reason', 'Set when it turned out not to be one; it then counts nowhere.'],
  ] as const) {
    await sql`comment on column adverse_events.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`create index adverse_events_of_patient on adverse_events (tenant_id, patient_id)`.execute(db);
  await sql`create index adverse_events_of_session on adverse_events (tenant_id, session_id)`.execute(db);
  await sql`create index adverse_events_of_lot on adverse_events (tenant_id, lot_id) where lot_id is not null`.execute(
    db,
  );
  await sql`create index adverse_events_newest on adverse_events (tenant_id, recorded_at desc, id)`.execute(
    db,
  );
  await fenceByTenant(db, 'adverse_events');

  await sql`create table adverse_event_versions (
    tenant_id uuid not null,
    event_id uuid not null,
    version integer not null,
    fields jsonb not null,
    by_staff uuid,
    at timestamptz not null,
    primary key (tenant_id, event_id, version),
    foreign key (tenant_id, event_id) references adverse_events (tenant_id, id)
  )`.execute(db);
  await sql`create trigger adverse_event_versions_never_change before update on adverse_event_versions
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'adverse_event_versions');

  await sql`create table lot_alerts (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    lot_id uuid not null,
    rule text not null,
    events integer not null,
    raised_at timestamptz not null,
    settled_at timestamptz,
    settled_by uuid,
    settled_note text,
    primary key (tenant_id, id),
    unique (tenant_id, lot_id, rule),
    foreign key (tenant_id, lot_id) references stock_lots (tenant_id, id)
  )`.execute(db);
  await fenceByTenant(db, 'lot_alerts');

  // One row a session, narrow, so that a rate over years is one scan of an index.
  await sql`create table followed_sessions (
    tenant_id uuid not null references tenants (tenant_id),
    session_id uuid not null,
    patient_id uuid not null,
    treatment text not null,
    operator_id uuid,
    performed_on date not null,
    zones text[] not null default '{}',
    followed_day integer not null default 0,
    event_bits integer not null default 0,
    primary key (tenant_id, session_id)
  )`.execute(db);
  await sql`comment on table followed_sessions is 'What surveillance counts: derived from sessions, check-ins and adverse events, kept with them.'`.execute(
    db,
  );
  await sql`comment on column followed_sessions.followed_day is 'Latest protocol day with an answer, in days after the session; 0 when nobody has answered.'`.execute(
    db,
  );
  await sql`comment on column followed_sessions.event_bits is 'One bit for each kind of adverse event the session has, in the order of the list of kinds.'`.execute(
    db,
  );
  await sql`create index followed_sessions_counted on followed_sessions (tenant_id, performed_on)
    include (treatment, operator_id, followed_day, event_bits)`.execute(db);
  await fenceByTenant(db, 'followed_sessions');

  await sql`create table followed_lots (
    tenant_id uuid not null,
    lot_id uuid not null,
    session_id uuid not null,
    performed_on date not null,
    treatment text not null,
    operator_id uuid,
    followed_day integer not null default 0,
    event_bits integer not null default 0,
    primary key (tenant_id, session_id, lot_id),
    foreign key (tenant_id, session_id) references followed_sessions (tenant_id, session_id)
  )`.execute(db);
  await sql`create index followed_lots_counted on followed_lots (tenant_id, performed_on)
    include (lot_id, treatment, operator_id, followed_day, event_bits)`.execute(db);
  await sql`create index followed_lots_of_lot on followed_lots (tenant_id, lot_id)`.execute(db);
  await fenceByTenant(db, 'followed_lots');
}
