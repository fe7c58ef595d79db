import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * The texts of the public site, every version kept, and the questions of the published FAQ for search.
 *
 * Search uses the `simple` configuration: PostgreSQL brings no stemmer for Bengali or Nepali, so words are matched as
 * written and near misses by trigram, in every script alike.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table public_texts (
    tenant_id uuid not null references tenants (tenant_id),
    page_key text not null check (page_key <> ''),
    language text not null check (language ~ '^[a-z]{2}$'),
    version integer not null check (version > 0),
    state text not null check (state in ('draft', 'reviewed', 'published', 'retired')),
    title text not null check (title <> ''),
    description text not null check (description <> ''),
    body text not null check (body <> ''),
    based_on_version integer,
    written_by uuid,
    written_at timestamptz not null,
    reviewed_by uuid,
    reviewer_name text,
    reviewed_at timestamptz,
    published_at timestamptz,
    primary key (tenant_id, page_key, language, version),
    check ((reviewed_by is null) = (reviewed_at is null)),
    check (state <> 'published' or published_at is not null)
  )`.execute(db);
  await sql`comment on column public_texts.based_on_version is 'The English version a translation was made from; null for English.'`.execute(
    db,
  );
  await sql`comment on column public_texts.written_by is 'Staff member; null for a text that came with the program.'`.execute(
    db,
  );
  await sql`create unique index public_texts_one_published on public_texts (tenant_id, page_key, language)
    where state = 'published'`.execute(db);
  await fenceByTenant(db, 'public_texts');

  await sql`create function searchable(text) returns text language sql immutable parallel safe
    return lower(public.unaccent('public.unaccent'::regdictionary, $1))`.execute(db);
  await sql`create table public_questions (
    tenant_id uuid not null references tenants (tenant_id),
    language text not null,
    position integer not null check (position >= 0),
    heading_id text not null,
    question text not null,
    answer text not null,
    words tsvector not null generated always as (to_tsvector('simple', searchable(question || ' ' || answer))) stored,
    primary key (tenant_id, language, position)
  )`.execute(db);
  await sql`create index public_questions_words on public_questions using gin (words)`.execute(db);
  await fenceByTenant(db, 'public_questions');
}
