import { type Kysely, sql } from 'kysely';

/**
 * Several clinics in one installation: each has a host name of its own. And the two searches by likeness, as functions of
 * the tables' owner: under a row-level policy PostgreSQL may not use an index for an operator that is not marked
 * leakproof, which those of pg_trgm are not. Each gives the rows of one clinic, and to the working role only those of the
 * clinic its connection has stated.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table tenants add column host text check (host = lower(host) and host <> '')`.execute(db);
  await sql`comment on column tenants.host is 'Name its pages are reached under; null: the address of the settings.'`.execute(
    db,
  );
  await sql`create unique index tenants_by_host on tenants (host)`.execute(db);

  await sql`create function may_search(asked uuid) returns boolean language sql stable
    return asked = undertone_tenant() or current_setting('role') = 'none'`.execute(db);
  await sql`comment on function may_search(uuid) is 'The clinic stated, or anybody who works as the owner.'`.execute(
    db,
  );

  await sql`create function name_words_like(asked uuid, like_word text, like_key text)
    returns table (word text) language sql stable security definer set search_path = public, pg_temp rows 40
    begin atomic
      select n.word from name_words n
      where may_search(asked) and n.tenant_id = asked
        and (n.word % like_word or (length(like_key) >= 4 and n.key % like_key))
      order by greatest(similarity(n.word, like_word), similarity(n.key, like_key)) desc, n.word limit 40;
    end`.execute(db);

  await sql`create function patients_by_digits(asked uuid, digits text, most int)
    returns table (id uuid) language sql stable security definer set search_path = public, pg_temp rows 20
    begin atomic
      select coalesce(p.merged_into, p.id) from patients p
      where may_search(asked) and p.tenant_id = asked and p.phone_digits like '%' || digits || '%' limit most;
    end`.execute(db);
}
