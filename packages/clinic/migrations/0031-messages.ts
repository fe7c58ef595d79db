import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Messages to people: an outbox with delivery state, who wants none, and each clinic's hours of quiet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table messages (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    channel text not null check (channel in ('email', 'webhook')),
    recipient text not null check (recipient <> ''),
    template text not null,
    language text not null check (language ~ '^[a-z]{2}$'),
    params jsonb not null,
    calendar jsonb,
    urgent boolean not null default false,
    dedupe_key text,
    subject_kind text,
    subject_id uuid,
    state text not null check (state in ('queued', 'sent', 'failed', 'suppressed', 'withdrawn')),
    due_at timestamptz not null,
    attempts integer not null default 0,
    last_error text,
    provider_id text,
    created_at timestamptz not null,
    settled_at timestamptz,
    primary key (tenant_id, id)
  )`.execute(db);
  await sql`create unique index messages_once on messages (tenant_id, dedupe_key) where dedupe_key is not null`.execute(
    db,
  );
  await sql`create index messages_subject on messages (tenant_id, subject_kind, subject_id)`.execute(db);
  await sql`create index messages_unsettled on messages (tenant_id, due_at) where state in ('queued', 'failed')`.execute(
    db,
  );
  await fenceByTenant(db, 'messages');

  await sql`create table message_opt_outs (
    tenant_id uuid not null references tenants (tenant_id),
    recipient_hash bytea not null check (octet_length(recipient_hash) = 32),
    at timestamptz not null,
    primary key (tenant_id, recipient_hash)
  )`.execute(db);
  await fenceByTenant(db, 'message_opt_outs');

  await sql`create table message_settings (
    tenant_id uuid primary key references tenants (tenant_id),
    quiet_from_min integer not null default 1260 check (quiet_from_min between 0 and 1440),
    quiet_to_min integer not null default 480 check (quiet_to_min between 0 and 1440),
    webhook_url text,
    webhook_secret bytea,
    reminder_hours integer[] not null default '{48,3}'
  )`.execute(db);
  await sql`comment on column message_settings.webhook_secret is 'Sealed with the master key (purpose webhook-secret).'`.execute(
    db,
  );
  await fenceByTenant(db, 'message_settings');
}
