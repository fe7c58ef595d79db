import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Check-ins after a session, their answers, and the cases staff must answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table check_ins (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    session_id uuid not null,
    treatment text not null check (treatment in ('scalp', 'lip', 'vitiligo')),
    protocol_day text not null,
    day_number integer not null check (day_number > 0),
    performed_at timestamptz not null,
    due_at timestamptz not null,
    state text not null
      check (state in ('planned', 'sent', 'reminded', 'to-call', 'answered', 'missed', 'withdrawn')),
    next_at timestamptz,
    sent_at timestamptz,
    reminded_at timestamptz,
    to_call_at timestamptz,
    call_tries integer not null default 0,
    answered_at timestamptz,
    answer_version integer not null default 0,
    urgency text check (urgency in ('EMERG', 'DAY', '24H', 'SELF')),
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, session_id, protocol_day),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id)
  )`.execute(db);
  for (const [column, text] of [
    ['protocol_day', 'Which day of the protocol: day1 … day42, month3 … month24.'],
    ['due_at', 'When the link goes out: the protocol day at the hour of the protocol, on the clinic clock.'],
    [
      'next_at',
      'When the program next acts on it (send, remind, put on the call list); null when it never will.',
    ],
    ['answer_version', 'How many times it was answered; the last answer counts.'],
    ['urgency', 'Of the last answer.'],
  ] as const) {
    await sql`comment on column check_ins.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`create index check_ins_next on check_ins (tenant_id, next_at) where next_at is not null`.execute(
    db,
  );
  await sql`create index check_ins_to_call on check_ins (tenant_id, to_call_at, id) where state = 'to-call'`.execute(
    db,
  );
  await sql`create index check_ins_of_patient on check_ins (tenant_id, patient_id, due_at)`.execute(db);
  await fenceByTenant(db, 'check_ins');

  await sql`create table check_in_answers (
    tenant_id uuid not null,
    check_in_id uuid not null,
    version integer not null check (version > 0),
    answers jsonb not null,
    photo_file_id uuid,
    context jsonb not null,
    urgency text not null check (urgency in ('EMERG', 'DAY', '24H', 'SELF')),
    matched text[] not null,
    reasons text[] not null,
    rules_version text not null,
    said_by text not null check (said_by in ('patient', 'staff')),
    staff_id uuid,
    answered_at timestamptz not null,
    primary key (tenant_id, check_in_id, version),
    foreign key (tenant_id, check_in_id) references check_ins (tenant_id, id),
    foreign key (tenant_id, photo_file_id) references files (tenant_id, id)
  )`.execute(db);
  await sql`comment on column check_in_answers.matched is 'Rows of the red-flag table that matched, R01 … R20.'`.execute(
    db,
  );
  await sql`comment on column check_in_answers.said_by is 'The patient by link, or staff who wrote down what was said on the telephone.'`.execute(
    db,
  );
  await sql`create trigger check_in_answers_never_change before update on check_in_answers
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'check_in_answers');

  await sql`create table follow_up_cases (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    session_id uuid,
    check_in_id uuid,
    source text not null check (source in ('check-in', 'desk')),
    urgency text not null check (urgency in ('EMERG', 'DAY', '24H', 'SELF')),
    urgency_rank integer not null generated always as
      (case urgency when 'EMERG' then 0 when 'DAY' then 1 when '24H' then 2 else 3 end) stored,
    state text not null check (state in ('open', 'answered')),
    opened_at timestamptz not null,
    timer_from timestamptz not null,
    holder_id uuid,
    step integer not null default 0,
    next_at timestamptz,
    answered_at timestamptz,
    answered_by uuid,
    outcome text,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, check_in_id) references check_ins (tenant_id, id),
    check ((state = 'open') = (answered_at is null)),
    check ((state = 'open') = (outcome is null))
  )`.execute(db);
  for (const [column, text] of [
    ['holder_id', 'The member of staff who has taken it; escalation goes on until it is answered.'],
    [
      'timer_from',
      'From when the steps of the escalation are timed: opening, or when it became more urgent.',
    ],
    ['step', 'Steps of the escalation already taken.'],
    ['next_at', 'When the next step of the escalation is due; null once answered.'],
  ] as const) {
    await sql`comment on column follow_up_cases.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`create unique index follow_up_cases_one_per_check_in on follow_up_cases (tenant_id, check_in_id)
    where state = 'open' and check_in_id is not null`.execute(db);
  await sql`create index follow_up_cases_open on follow_up_cases (tenant_id, urgency_rank, opened_at, id)
    where state = 'open'`.execute(db);
  await sql`create index follow_up_cases_next on follow_up_cases (tenant_id, next_at) where next_at is not null`.execute(
    db,
  );
  await sql`create index follow_up_cases_of_patient on follow_up_cases (tenant_id, patient_id, opened_at)`.execute(
    db,
  );
  await fenceByTenant(db, 'follow_up_cases');

  await sql`create table follow_up_entries (
    tenant_id uuid not null,
    seq bigint generated always as identity,
    case_id uuid not null,
    what text not null
      check (what in ('opened', 'raised', 'escalated', 'handed-over', 'noted', 'answered')),
    detail jsonb not null default '{}',
    note text,
    staff_id uuid,
    at timestamptz not null,
    primary key (tenant_id, seq),
    foreign key (tenant_id, case_id) references follow_up_cases (tenant_id, id)
  )`.execute(db);
  await sql`create index follow_up_entries_of on follow_up_entries (tenant_id, case_id, seq)`.execute(db);
  await sql`create trigger follow_up_entries_never_change before update on follow_up_entries
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'follow_up_entries');

  await sql`create table follow_up_settings (
    tenant_id uuid primary key references tenants (tenant_id),
    numbers jsonb not null,
    changed_at timestamptz not null
  )`.execute(db);
  await sql`comment on column follow_up_settings.numbers is 'Emergency and crisis numbers the clinic gives out instead of its country''s.'`.execute(
    db,
  );
  await fenceByTenant(db, 'follow_up_settings');
}
