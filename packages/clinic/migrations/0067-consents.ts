import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Consent: texts by version, what was offered to whom, who signed, and what was withdrawn. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table consent_texts (
    tenant_id uuid not null references tenants (tenant_id),
    treatment text not null check (treatment in ('scalp', 'lip', 'vitiligo')),
    language text not null check (language in ('bn', 'en', 'hi', 'ne')),
    version integer not null check (version > 0),
    content text not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    review_state text not null check (review_state in ('unreviewed', 'reviewed')),
    created_at timestamptz not null,
    created_by uuid,
    primary key (tenant_id, treatment, language, version)
  )`.execute(db);
  await sql`comment on column consent_texts.content is
    'Canonical JSON of the whole text: sections, questions, reflection time in hours. Never changes; sha256 is of these bytes.'`.execute(
    db,
  );
  await sql`comment on column consent_texts.created_by is 'Null: came with the program.'`.execute(db);
  await sql`create trigger consent_texts_never_change before update on consent_texts
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'consent_texts');

  await sql`create table consents (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    seq bigint not null generated always as identity,
    patient_id uuid not null,
    treatment text not null,
    language text not null,
    text_version integer not null,
    state text not null check (state in ('offered', 'signed', 'withdrawn', 'cancelled')),
    particulars jsonb not null,
    answers jsonb not null,
    token_hash bytea not null check (octet_length(token_hash) = 32),
    expires_at timestamptz not null,
    offered_at timestamptz not null,
    offered_by uuid not null,
    opened_at timestamptz,
    signed_at timestamptz,
    cooling_off_until timestamptz,
    plan_id uuid,
    plan_version integer,
    file_id uuid,
    document_sha256 bytea check (document_sha256 is null or octet_length(document_sha256) = 32),
    withdrawn_at timestamptz,
    withdrawn_by_kind text,
    withdrawn_by text,
    withdrawn_reason text,
    primary key (tenant_id, id),
    unique (tenant_id, token_hash),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, treatment, language, text_version)
      references consent_texts (tenant_id, treatment, language, version),
    foreign key (tenant_id, file_id) references files (tenant_id, id),
    check ((state in ('signed', 'withdrawn')) = (signed_at is not null)),
    check ((signed_at is null) = (file_id is null)),
    check ((state = 'withdrawn') = (withdrawn_at is not null))
  )`.execute(db);
  await sql`comment on column consents.particulars is
    'What was filled into the text for this person: pigments with CI and lot, who operates, who must sign besides.'`.execute(
    db,
  );
  await sql`comment on column consents.answers is
    'Understanding questions: every answer given, in order, right or wrong.'`.execute(db);
  await sql`comment on column consents.document_sha256 is 'SHA-256 of the sealed PDF, also in the audit chain.'`.execute(
    db,
  );
  await sql`create index consents_of_patient on consents (tenant_id, patient_id, treatment, seq desc)`.execute(
    db,
  );
  await fenceByTenant(db, 'consents');

  await sql`create table consent_signatures (
    tenant_id uuid not null references tenants (tenant_id),
    consent_id uuid not null,
    part text not null check (part in ('patient', 'guardian', 'assent', 'interpreter', 'witness')),
    name text not null check (name <> ''),
    relation text,
    method text not null check (method in ('drawn', 'typed')),
    strokes jsonb,
    signed_at timestamptz not null,
    primary key (tenant_id, consent_id, part),
    foreign key (tenant_id, consent_id) references consents (tenant_id, id),
    check ((method = 'drawn') = (strokes is not null))
  )`.execute(db);
  await sql`comment on column consent_signatures.strokes is
    'Polylines [[x, y], …] with x 0-1000 across and y 0-400 down the field.'`.execute(db);
  await sql`create trigger consent_signatures_never_change before update on consent_signatures
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'consent_signatures');
}
