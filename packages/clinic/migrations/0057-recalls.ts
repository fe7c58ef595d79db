import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Recalls of a lot: why, since when, and every attempt to reach the people it touched. Who they are is never copied: it
 * is asked of the sessions each time, so that a session that reaches the server late is in the recall too.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table recalls (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    lot_id uuid not null,
    reason text not null check (reason <> ''),
    opened_at timestamptz not null,
    opened_by uuid not null,
    closed_at timestamptz,
    closed_by uuid,
    closing text,
    primary key (tenant_id, id),
    foreign key (tenant_id, lot_id) references stock_lots (tenant_id, id),
    check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (closing is null))
  )`.execute(db);
  await sql`create unique index recalls_open on recalls (tenant_id, lot_id) where closed_at is null`.execute(
    db,
  );
  await sql`comment on column recalls.closing is 'What came of it, in the words of whoever closed it.'`.execute(
    db,
  );

  await sql`create table recall_contacts (
    tenant_id uuid not null references tenants (tenant_id),
    seq bigint generated always as identity,
    id uuid not null,
    recall_id uuid not null,
    patient_id uuid not null,
    way text not null check (way in ('message', 'call', 'letter', 'visit')),
    outcome text not null check (outcome in ('sent', 'reached', 'not-reached', 'declined')),
    message_id uuid,
    note text,
    at timestamptz not null,
    made_by uuid not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, recall_id) references recalls (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id)
  )`.execute(db);
  await sql`create index recall_contacts_of on recall_contacts (tenant_id, recall_id, patient_id, seq)`.execute(
    db,
  );
  await sql`comment on column recall_contacts.message_id is 'Of the outbox, where its delivery is followed.'`.execute(
    db,
  );
  // Patients may move to another record when two are found to be one person; nothing else of an attempt ever changes.
  await sql`create trigger recall_contacts_never_change
    before update of id, recall_id, way, outcome, message_id, note, at, made_by on recall_contacts
    for each row execute function refuse_change()`.execute(db);
  await sql`create trigger recall_contacts_never_deleted before delete on recall_contacts
    for each row execute function refuse_change()`.execute(db);

  for (const table of ['recalls', 'recall_contacts']) await fenceByTenant(db, table);
}
