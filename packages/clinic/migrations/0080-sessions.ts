import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Sessions: one treatment of one person each. What was done is a journal of entries made on tablets; a row of the journal
 * never changes, and the state of a session is a function of the set of its entries, whatever order they arrived in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table sessions (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    treatment text not null check (treatment in ('vitiligo', 'lip', 'scalp')),
    branch_id uuid,
    plan_id uuid,
    plan_version integer,
    operator_id uuid not null,
    physician_id uuid not null,
    state text not null check (state in ('open', 'kept', 'signed')),
    opening jsonb not null,
    journal_seq integer not null default 0,
    started_at timestamptz not null,
    started_by uuid not null,
    performed_at timestamptz,
    ended_at timestamptz,
    kept_at timestamptz,
    kept_by uuid,
    kept_times integer not null default 0,
    kept_seq integer not null default 0,
    taken jsonb not null default '{}',
    signed_at timestamptz,
    signed_by uuid,
    content text,
    sha256 bytea check (octet_length(sha256) = 32),
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id),
    foreign key (tenant_id, plan_id, plan_version) references plans (tenant_id, plan_id, version),
    foreign key (tenant_id, operator_id) references staff (tenant_id, id),
    foreign key (tenant_id, physician_id) references staff (tenant_id, id),
    check ((plan_id is null) = (plan_version is null)),
    check ((state = 'open') or (kept_at is not null and kept_by is not null and kept_times > 0)),
    check ((state = 'signed') = (signed_at is not null and signed_by is not null and content is not null
      and sha256 is not null))
  )`.execute(db);
  await sql`create index sessions_of_patient on sessions (tenant_id, patient_id, started_at desc)`.execute(
    db,
  );
  await sql`create index sessions_by_time on sessions (tenant_id, performed_at)`.execute(db);
  for (const [column, text] of [
    [
      'opening',
      'What the session began with: facts about the person for the numbing ledger, what is proposed.',
    ],
    ['journal_seq', 'Number of the last entry of the journal.'],
    [
      'performed_at',
      'First needle in skin; null while nothing was done, and for a session that was called off.',
    ],
    ['ended_at', 'Last entry of the journal when it was kept.'],
    [
      'kept_times',
      'Entries that arrive after keeping ask for keeping again; each time moves the stock by the difference.',
    ],
    ['taken', 'By lot, what the stock ledger has been told so far: quantity and unit.'],
    ['content', 'The record as it was signed, canonical JSON; sha256 is its hash, also in the audit chain.'],
  ] as const) {
    await sql`comment on column ${sql.table('sessions')}.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }

  await sql`create table session_entries (
    tenant_id uuid not null references tenants (tenant_id),
    session_id uuid not null,
    seq integer not null check (seq > 0),
    id uuid not null,
    device_id uuid not null,
    counter integer not null check (counter > 0),
    seen_seq integer not null check (seen_seq >= 0),
    kind text not null check (kind <> ''),
    body jsonb not null,
    said_at timestamptz not null,
    happened_at timestamptz not null,
    received_at timestamptz not null,
    made_by uuid not null,
    sent_by uuid not null,
    flags text[] not null default '{}',
    primary key (tenant_id, session_id, seq),
    unique (tenant_id, id),
    unique (tenant_id, session_id, device_id, counter),
    foreign key (tenant_id, session_id) references sessions (tenant_id, id)
  )`.execute(db);
  for (const [column, text] of [
    ['id', 'Made by the device: the same entry sent twice is one entry.'],
    ['counter', "The device's own count of what it wrote; orders its entries without its clock."],
    ['seen_seq', 'How much of the journal the device knew when the entry was made.'],
    [
      'said_at',
      "By the device's clock. Not trusted: happened_at is the server's time less how long ago the device says it was.",
    ],
    ['made_by', 'Who wrote it on the device; sent_by is who was signed in when it reached the server.'],
    [
      'flags',
      'over-limit: beyond the numbing limit by what another device had written. after-signing: arrived later.',
    ],
  ] as const) {
    await sql`comment on column ${sql.table('session_entries')}.${sql.id(column)} is ${sql.lit(text)}`.execute(
      db,
    );
  }
  await sql`create trigger session_entries_never_change before update on session_entries
    for each row execute function refuse_change()`.execute(db);

  await sql`create table session_lots (
    tenant_id uuid not null references tenants (tenant_id),
    session_id uuid not null,
    lot_id uuid not null,
    zone text not null,
    kind text not null check (kind in ('pigment', 'needle', 'drug')),
    drops numeric(10, 2) check (drops >= 0),
    quantity numeric(14, 4) not null check (quantity > 0),
    unit text not null check (unit in ('drop', 'ml', 'g', 'mg', 'piece')),
    primary key (tenant_id, session_id, lot_id, zone),
    foreign key (tenant_id, session_id) references sessions (tenant_id, id),
    foreign key (tenant_id, lot_id) references stock_lots (tenant_id, id)
  )`.execute(db);
  await sql`comment on table session_lots is 'Which lot touched whom, drawn from the journal as it grows, before the session is kept: recall asks here.'`.execute(
    db,
  );
  await sql`comment on column session_lots.zone is 'Part of the region; empty for what was used for the whole session.'`.execute(
    db,
  );
  await sql`comment on column session_lots.drops is 'Of a pigment; null for needles and drugs.'`.execute(db);
  await sql`create index session_lots_of_lot on session_lots (tenant_id, lot_id)`.execute(db);

  for (const table of ['sessions', 'session_entries', 'session_lots']) await fenceByTenant(db, table);
}
