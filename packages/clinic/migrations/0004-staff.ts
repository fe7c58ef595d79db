import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Members of staff, how they prove who they are, and their sessions. Tokens are kept as SHA-256 only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table staff (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    email text not null check (email = lower(email) and email like '%@%'),
    name text not null check (name <> ''),
    role text not null check (role in ('owner', 'physician', 'assistant', 'desk', 'auditor')),
    password_hash text,
    password_changed_at timestamptz,
    totp_sealed bytea,
    totp_confirmed_at timestamptz,
    totp_last_step bigint not null default 0,
    disabled_at timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, email)
  )`.execute(db);
  await sql`comment on column staff.totp_last_step is 'The 30-second step of the last code used; it and earlier ones are refused.'`.execute(
    db,
  );

  await sql`create table staff_invites (
    tenant_id uuid not null references tenants (tenant_id),
    token_hash bytea not null check (octet_length(token_hash) = 32),
    role text not null check (role in ('owner', 'physician', 'assistant', 'desk', 'auditor')),
    staff_id uuid,
    created_by uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant_id, token_hash),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
  )`.execute(db);
  await sql`comment on column staff_invites.staff_id is 'Set when the link lets an existing member choose a new password.'`.execute(
    db,
  );

  await sql`create table staff_sessions (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    staff_id uuid not null,
    token_hash bytea not null check (octet_length(token_hash) = 32),
    state text not null check (state in ('awaiting-code', 'active')),
    method text not null check (method in ('password', 'password+code', 'passkey')),
    address text not null,
    user_agent text not null,
    code_failures int not null default 0,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, token_hash),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
  )`.execute(db);
  await sql`create index staff_sessions_staff on staff_sessions (tenant_id, staff_id)`.execute(db);

  await sql`create table staff_recovery_codes (
    tenant_id uuid not null references tenants (tenant_id),
    staff_id uuid not null,
    code_hash bytea not null check (octet_length(code_hash) = 32),
    used_at timestamptz,
    primary key (tenant_id, staff_id, code_hash),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
  )`.execute(db);

  await sql`create table staff_passkeys (
    tenant_id uuid not null references tenants (tenant_id),
    credential_id text not null,
    staff_id uuid not null,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null,
    name text not null check (name <> ''),
    backed_up boolean not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    primary key (tenant_id, credential_id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
  )`.execute(db);

  await sql`create table staff_challenges (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    kind text not null check (kind in ('passkey-register', 'passkey-sign-in')),
    staff_id uuid,
    challenge text not null,
    expires_at timestamptz not null,
    primary key (tenant_id, id)
  )`.execute(db);

  await sql`create table sign_in_attempts (
    tenant_id uuid not null references tenants (tenant_id),
    kind text not null check (kind in ('pair', 'address', 'account')),
    key_hash bytea not null check (octet_length(key_hash) = 32),
    attempts int not null,
    last_at timestamptz not null,
    blocked_until timestamptz,
    primary key (tenant_id, kind, key_hash)
  )`.execute(db);

  await sql`create table staff_known_addresses (
    tenant_id uuid not null references tenants (tenant_id),
    staff_id uuid not null,
    address_hash bytea not null check (octet_length(address_hash) = 32),
    last_at timestamptz not null,
    primary key (tenant_id, staff_id, address_hash),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
  )`.execute(db);

  for (const table of [
    'staff',
    'staff_invites',
    'staff_sessions',
    'staff_recovery_codes',
    'staff_passkeys',
    'staff_challenges',
    'sign_in_attempts',
    'staff_known_addresses',
  ]) {
    await fenceByTenant(db, table);
  }
}
