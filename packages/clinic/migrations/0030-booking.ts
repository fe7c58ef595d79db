import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Services, the people, rooms and machines they need, when the doors are open, and the bookings themselves.
 *
 * Instants of bookings are whole minutes since 1970 (`…_min`), the currency of the availability rules; the
 * timestamps and the range beside them are derived by the database, so the two cannot disagree. Opening hours are
 * minutes from local midnight in the branch's zone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table services (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    slug text not null check (slug ~ '^[a-z0-9-]{1,60}$'),
    names jsonb not null,
    kind text not null check (kind in ('consultation', 'treatment', 'follow-up')),
    treatment text check (treatment in ('scalp', 'lip', 'vitiligo')),
    duration_min integer not null check (duration_min between 5 and 720),
    buffer_before_min integer not null default 0 check (buffer_before_min between 0 and 240),
    buffer_after_min integer not null default 0 check (buffer_after_min between 0 and 240),
    step_min integer not null default 15 check (step_min between 5 and 240),
    notice_min integer not null default 120 check (notice_min >= 0),
    horizon_days integer not null default 90 check (horizon_days between 0 and 730),
    room_kind text,
    machine_kind text,
    price_minor bigint check (price_minor >= 0),
    deposit_minor bigint check (deposit_minor >= 0),
    preparation jsonb not null default '{}',
    series_visits integer check (series_visits between 2 and 12),
    series_gap_min_days integer check (series_gap_min_days > 0),
    series_gap_max_days integer,
    online boolean not null default true,
    position integer not null default 0,
    retired_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, slug),
    check (series_visits is null or series_gap_max_days >= series_gap_min_days)
  )`.execute(db);
  await sql`comment on column services.price_minor is 'In the smallest coin of the tenant''s currency; null until the clinic sets it.'`.execute(
    db,
  );
  await fenceByTenant(db, 'services');

  await sql`create table practitioners (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    name text not null check (name <> ''),
    staff_id uuid,
    feed_hash bytea,
    feed_shows_names boolean not null default false,
    position integer not null default 0,
    left_at timestamptz,
    primary key (tenant_id, id)
  )`.execute(db);
  await sql`comment on table practitioners is 'People who can be booked; staff_id is their account, if they have one.'`.execute(
    db,
  );
  await sql`create unique index practitioners_feed on practitioners (feed_hash) where feed_hash is not null`.execute(
    db,
  );
  await fenceByTenant(db, 'practitioners');

  await sql`create table practitioner_services (
    tenant_id uuid not null,
    practitioner_id uuid not null,
    service_id uuid not null,
    primary key (tenant_id, practitioner_id, service_id),
    foreign key (tenant_id, practitioner_id) references practitioners (tenant_id, id),
    foreign key (tenant_id, service_id) references services (tenant_id, id)
  )`.execute(db);
  await fenceByTenant(db, 'practitioner_services');

  await sql`create table practitioner_branches (
    tenant_id uuid not null,
    practitioner_id uuid not null,
    branch_id uuid not null,
    own_hours boolean not null default false,
    primary key (tenant_id, practitioner_id, branch_id),
    foreign key (tenant_id, practitioner_id) references practitioners (tenant_id, id),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id)
  )`.execute(db);
  await sql`comment on column practitioner_branches.own_hours is 'False: works whenever the branch is open.'`.execute(
    db,
  );
  await fenceByTenant(db, 'practitioner_branches');

  for (const table of ['rooms', 'machines']) {
    await sql`create table ${sql.table(table)} (
      tenant_id uuid not null,
      id uuid not null,
      branch_id uuid not null,
      name text not null check (name <> ''),
      kinds text[] not null,
      retired_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, branch_id) references branches (tenant_id, id)
    )`.execute(db);
    await fenceByTenant(db, table);
  }

  await sql`create table opening_hours (
    tenant_id uuid not null,
    id uuid not null,
    branch_id uuid not null,
    practitioner_id uuid,
    weekday integer not null check (weekday between 1 and 7),
    open_min integer not null check (open_min between 0 and 1439),
    close_min integer not null check (close_min <= 2880),
    primary key (tenant_id, id),
    check (close_min > open_min),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id),
    foreign key (tenant_id, practitioner_id) references practitioners (tenant_id, id)
  )`.execute(db);
  await sql`create index opening_hours_branch on opening_hours (tenant_id, branch_id)`.execute(db);
  await fenceByTenant(db, 'opening_hours');

  await sql`create table opening_exceptions (
    tenant_id uuid not null,
    id uuid not null,
    branch_id uuid not null,
    practitioner_id uuid,
    day date not null,
    spans integer[] not null default '{}' check (cardinality(spans) % 2 = 0),
    reason text,
    primary key (tenant_id, id),
    unique nulls not distinct (tenant_id, branch_id, practitioner_id, day),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id),
    foreign key (tenant_id, practitioner_id) references practitioners (tenant_id, id)
  )`.execute(db);
  await sql`comment on column opening_exceptions.spans is 'Open, close, open, close … in minutes of that day; empty: closed all day.'`.execute(
    db,
  );
  await fenceByTenant(db, 'opening_exceptions');

  await sql`create table booking_policies (
    tenant_id uuid primary key references tenants (tenant_id),
    free_cancel_hours integer not null default 24 check (free_cancel_hours >= 0),
    move_until_hours integer not null default 6 check (move_until_hours >= 0),
    max_moves integer not null default 3 check (max_moves >= 0),
    hold_minutes integer not null default 30 check (hold_minutes between 1 and 1440),
    offer_minutes integer not null default 120 check (offer_minutes between 5 and 2880),
    texts jsonb not null default '{}'
  )`.execute(db);
  await fenceByTenant(db, 'booking_policies');

  await sql`create table bookings (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null check (kind in ('visit', 'block')),
    status text not null
      check (status in ('held', 'confirmed', 'arrived', 'completed', 'cancelled', 'no-show', 'expired')),
    branch_id uuid not null,
    service_id uuid,
    practitioner_id uuid,
    room_id uuid,
    machine_id uuid,
    patient_id uuid,
    person_key text,
    start_min integer not null,
    end_min integer not null,
    occupied_from_min integer not null,
    occupied_to_min integer not null,
    starts_at timestamptz not null generated always as (to_timestamp(start_min * 60.0::float8)) stored,
    ends_at timestamptz not null generated always as (to_timestamp(end_min * 60.0::float8)) stored,
    occupied tstzrange not null generated always as (tstzrange(
      to_timestamp(occupied_from_min * 60.0::float8), to_timestamp(occupied_to_min * 60.0::float8), '[)')) stored,
    hold_expires_at timestamptz,
    series_id uuid,
    series_visit integer,
    name text,
    phone text,
    email text,
    language text not null default 'en' check (language ~ '^[a-z]{2}$'),
    note text,
    self_check jsonb,
    source text not null check (source in ('site', 'desk', 'waitlist', 'import')),
    moves integer not null default 0,
    calendar_sequence integer not null default 0,
    cancelled_by text check (cancelled_by in ('person', 'clinic')),
    cancelled_late boolean,
    cancel_reason text,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version integer not null default 1,
    primary key (tenant_id, id),
    check (end_min > start_min),
    check (occupied_from_min <= start_min and occupied_to_min >= end_min),
    check (occupied_to_min - occupied_from_min <= 2880),
    check ((status = 'held') = (hold_expires_at is not null)),
    check (kind = 'block' or (service_id is not null and practitioner_id is not null and person_key is not null)),
    check (practitioner_id is not null or room_id is not null or machine_id is not null),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id),
    foreign key (tenant_id, service_id) references services (tenant_id, id),
    foreign key (tenant_id, practitioner_id) references practitioners (tenant_id, id),
    foreign key (tenant_id, room_id) references rooms (tenant_id, id),
    foreign key (tenant_id, machine_id) references machines (tenant_id, id)
  )`.execute(db);
  await sql`comment on column bookings.person_key is 'The patient''s id, or a keyed hash of who asked: nobody is in two places.'`.execute(
    db,
  );
  // The promise that a slot is sold once. Buffers count for staff, room and machine; a person is bound by the visit.
  const active = sql`status in ('held', 'confirmed', 'arrived', 'completed')`;
  for (const column of ['practitioner_id', 'room_id', 'machine_id']) {
    await sql`alter table bookings add constraint ${sql.id(`bookings_one_per_${column.slice(0, -3)}`)}
      exclude using gist (tenant_id with =, ${sql.ref(column)} with =, occupied with &&)
      where (${active} and ${sql.ref(column)} is not null)`.execute(db);
  }
  await sql`alter table bookings add constraint bookings_one_per_person
    exclude using gist (tenant_id with =, person_key with =, tstzrange(to_timestamp(start_min * 60.0::float8),
      to_timestamp(end_min * 60.0::float8), '[)') with &&)
    where (${active} and person_key is not null)`.execute(db);
  await sql`create index bookings_by_time on bookings (tenant_id, occupied_from_min)`.execute(db);
  // Availability reads each person, room and machine in order of time from the index alone.
  for (const column of ['practitioner_id', 'room_id', 'machine_id']) {
    await sql`create index ${sql.id(`bookings_times_of_${column.slice(0, -3)}`)}
      on bookings (tenant_id, ${sql.ref(column)}, occupied_from_min)
      include (occupied_to_min, status, hold_expires_at, id)
      where ${active} and ${sql.ref(column)} is not null`.execute(db);
  }
  await sql`create index bookings_held on bookings (tenant_id, hold_expires_at) where status = 'held'`.execute(
    db,
  );
  await sql`create index bookings_by_patient on bookings (tenant_id, patient_id, start_min)`.execute(db);
  await sql`create index bookings_by_series on bookings (tenant_id, series_id) where series_id is not null`.execute(
    db,
  );
  await fenceByTenant(db, 'bookings');

  await sql`create table booking_events (
    tenant_id uuid not null,
    seq bigint not null generated always as identity,
    booking_id uuid not null,
    what text not null,
    before jsonb,
    after jsonb,
    actor_kind text not null,
    actor_id text,
    at timestamptz not null,
    primary key (tenant_id, seq)
  )`.execute(db);
  await sql`comment on table booking_events is 'What happened to bookings, in order: history, undo, and what other screens are told.'`.execute(
    db,
  );
  await sql`create index booking_events_of on booking_events (tenant_id, booking_id, seq)`.execute(db);
  await fenceByTenant(db, 'booking_events');

  await sql`create table booking_links (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    purpose text not null check (purpose in ('manage', 'confirm', 'accept-offer', 'intake', 'opt-out')),
    subject_id uuid not null,
    token_hash bytea not null check (octet_length(token_hash) = 32),
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id)
  )`.execute(db);
  await sql`create unique index booking_links_token on booking_links (token_hash)`.execute(db);
  await fenceByTenant(db, 'booking_links');

  await sql`create table idempotency_keys (
    tenant_id uuid not null references tenants (tenant_id),
    key text not null check (length(key) between 8 and 200),
    request_hash bytea not null check (octet_length(request_hash) = 32),
    reply jsonb,
    created_at timestamptz not null,
    primary key (tenant_id, key)
  )`.execute(db);
  await fenceByTenant(db, 'idempotency_keys');

  await sql`create table waitlist_entries (
    tenant_id uuid not null,
    id uuid not null,
    service_id uuid not null,
    branch_id uuid not null,
    practitioner_id uuid,
    from_day date not null,
    to_day date not null,
    earliest_min integer not null default 0 check (earliest_min between 0 and 1439),
    latest_min integer not null default 1440 check (latest_min between 1 and 1440),
    state text not null check (state in ('waiting', 'offered', 'booked', 'withdrawn', 'expired')),
    name text not null,
    phone text,
    email text,
    language text not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    check (to_day >= from_day and latest_min > earliest_min),
    foreign key (tenant_id, service_id) references services (tenant_id, id),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id)
  )`.execute(db);
  await sql`create index waitlist_waiting on waitlist_entries (tenant_id, service_id, created_at)
    where state = 'waiting'`.execute(db);
  await fenceByTenant(db, 'waitlist_entries');

  await sql`create table waitlist_offers (
    tenant_id uuid not null,
    id uuid not null,
    entry_id uuid not null,
    booking_id uuid not null,
    expires_at timestamptz not null,
    state text not null check (state in ('open', 'accepted', 'declined', 'expired')),
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, entry_id) references waitlist_entries (tenant_id, id),
    foreign key (tenant_id, booking_id) references bookings (tenant_id, id)
  )`.execute(db);
  await fenceByTenant(db, 'waitlist_offers');

  await sql`create table call_back_requests (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    service_id uuid,
    name text not null,
    phone text not null,
    language text not null,
    wish text,
    self_check jsonb,
    state text not null check (state in ('open', 'reached', 'not-reached', 'closed')),
    booking_id uuid,
    tries integer not null default 0,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (tenant_id, id)
  )`.execute(db);
  await sql`create index call_back_open on call_back_requests (tenant_id, created_at) where state in ('open', 'not-reached')`.execute(
    db,
  );
  await fenceByTenant(db, 'call_back_requests');

  await sql`create table used_challenges (
    tenant_id uuid not null references tenants (tenant_id),
    challenge_hash bytea not null check (octet_length(challenge_hash) = 32),
    expires_at timestamptz not null,
    primary key (tenant_id, challenge_hash)
  )`.execute(db);
  await fenceByTenant(db, 'used_challenges');

  await sql`create table rate_counts (
    tenant_id uuid not null references tenants (tenant_id),
    subject bytea not null,
    window_start timestamptz not null,
    count integer not null,
    primary key (tenant_id, subject, window_start)
  )`.execute(db);
  await sql`comment on column rate_counts.subject is 'Keyed hash of what is counted and for whom; the address itself is not kept.'`.execute(
    db,
  );
  await fenceByTenant(db, 'rate_counts');
}
