import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Finding people: the words of all names once each, and who bears them. A misspelt word is compared with the clinic's few
 * ten thousand words, not with every name.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists btree_gin`.execute(db);
  await sql`create table name_words (
    tenant_id uuid not null references tenants (tenant_id),
    word text collate "C" not null check (word <> ''),
    key text collate "C" not null,
    skeleton text collate "C" not null,
    primary key (tenant_id, word)
  )`.execute(db);
  await sql`comment on table name_words is 'Words of names as record/transliteration.ts folds them: lower case, sounds, consonants.'`.execute(
    db,
  );
  await sql`create index name_words_by_key on name_words (tenant_id, key)`.execute(db);
  await sql`create index name_words_by_skeleton on name_words (tenant_id, skeleton)`.execute(db);
  await sql`create index name_words_trigrams on name_words
    using gin (tenant_id, word gin_trgm_ops, key gin_trgm_ops)`.execute(db);
  await fenceByTenant(db, 'name_words');

  await sql`create table patient_words (
    tenant_id uuid not null,
    word text collate "C" not null,
    patient_id uuid not null,
    primary key (tenant_id, word, patient_id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id) on delete cascade
  )`.execute(db);
  await sql`create index patient_words_by_patient on patient_words (tenant_id, patient_id, word)`.execute(db);
  await fenceByTenant(db, 'patient_words');

  await sql`alter table patients add column name_key_version smallint not null default 0`.execute(db);
  await sql`comment on column patients.name_key_version is
    'Version of the folding rules under which patient_words was written; 0: not yet.'`.execute(db);
  await sql`create index patients_to_key on patients (tenant_id, name_key_version, id)`.execute(db);
  await sql`create index patients_phone_digits on patients using gin (tenant_id, phone_digits gin_trgm_ops)`.execute(
    db,
  );

  // A word nobody bears any more is a piece of somebody's name: it goes with the last bearer.
  await sql`create function forget_name_word() returns trigger language plpgsql as $$
    begin
      delete from name_words w where w.tenant_id = old.tenant_id and w.word = old.word
        and not exists (select 1 from patient_words p where p.tenant_id = old.tenant_id and p.word = old.word);
      return null;
    end $$`.execute(db);
  await sql`create trigger forget_name_word after delete on patient_words
    for each row execute function forget_name_word()`.execute(db);
}
