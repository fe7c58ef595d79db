import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Patient } from './schema.ts';
import { patientOf } from './tables.ts';
import { asciiDigits, type FoldedWord, foldingVersion, foldName, slipsOf } from './transliteration.ts';

/** Writes under which words people are found; call it whenever a name is written. */
export async function indexNames(
  trx: Trx,
  tenantId: string,
  people: readonly { readonly id: string; readonly name: string }[],
): Promise<void> {
  const words = new Map<string, FoldedWord>();
  const borne: { id: string; word: string }[] = [];
  for (const { id, name } of people) {
    for (const folded of foldName(name)) {
      words.set(folded.word, folded);
      borne.push({ id, word: folded.word });
    }
  }
  const ids = people.map(({ id }) => id);
  await sql`delete from patient_words where tenant_id = ${tenantId} and patient_id = any(${ids}::uuid[])`.execute(
    trx,
  );
  // In one order everywhere, so that two writers of the same words wait for each other instead of blocking for ever.
  const list = [...words.values()].toSorted((a, b) => (a.word < b.word ? -1 : 1));
  await sql`insert into name_words (tenant_id, word, key, skeleton)
    select ${tenantId}, * from unnest(${list.map(({ word }) => word)}::text[],
      ${list.map(({ key }) => key)}::text[], ${list.map(({ skeleton }) => skeleton)}::text[])
    on conflict (tenant_id, word) do update set key = excluded.key, skeleton = excluded.skeleton
      where (name_words.key, name_words.skeleton) is distinct from (excluded.key, excluded.skeleton)`.execute(
    trx,
  );
  await sql`insert into patient_words (tenant_id, word, patient_id)
    select ${tenantId}, * from unnest(${borne.map(({ word }) => word)}::text[], ${borne.map(({ id }) => id)}::uuid[])
    on conflict do nothing`.execute(trx);
  await sql`update patients set name_key_version = ${foldingVersion}
    where tenant_id = ${tenantId} and id = any(${ids}::uuid[])`.execute(trx);
}

/** People whose names were folded under other rules, or not at all. */
export async function selectToIndex(
  db: Db,
  limit: number,
): Promise<readonly { tenantId: string; id: string; name: string }[]> {
  const rows = await db
    .selectFrom('patients')
    .select(['tenant_id', 'id', 'name'])
    .where('name_key_version', '<>', foldingVersion)
    .orderBy('tenant_id')
    .limit(limit)
    .execute();
  return rows.map(({ tenant_id, id, name }) => ({ tenantId: tenant_id, id, name }));
}

/**
 * How a word was found, best first: as written, by sound, by the beginning of its sound, by its consonants, by one slip of
 * the finger put right, by likeness.
 */
type Rank = 1 | 2 | 3 | 4 | 5 | 6;
interface Meant {
  readonly word: string;
  readonly rank: Rank;
}

/** Words of the clinic's names looked at for one word of a query, and people for the rarest of them. */
const wordsMost = 300;
const peopleMost = 2000;

/**
 * Ids of the people meant, best first; records merged into another stand for that one. Beginnings of words are enough,
 * in any order; digits are looked for in telephone numbers too.
 */
export async function selectFound(
  db: Db,
  tenantId: string,
  text: string,
  limit: number,
): Promise<readonly string[]> {
  const found = new Set<string>();
  const asked = foldName(text);
  if (asked.length > 0) {
    const meant = await meantWords(db, tenantId, asked);
    for (const id of await bearers(db, tenantId, meant, limit)) found.add(id);
    if (found.size === 0) {
      const wider: (readonly Meant[])[] = [];
      for (const [at, word] of asked.entries())
        wider.push(await likeWords(db, tenantId, word, meant[at] ?? []));
      for (const id of await bearers(db, tenantId, wider, limit)) found.add(id);
    }
  }
  const digits = asciiDigits(text).replaceAll(/[\s().+-]/g, '');
  if (/^\d{3,15}$/.test(digits) && found.size < limit) {
    // A leading 0 or 00 is how a number is dialled, not part of it.
    for (const id of await withPhone(db, tenantId, digits.replace(/^0+(?=\d{5})/, ''), limit)) found.add(id);
  }
  return [...found].slice(0, limit);
}

/** For each word of a query the words of names it may mean, in one question. */
async function meantWords(
  db: Db,
  tenantId: string,
  asked: readonly FoldedWord[],
): Promise<readonly (readonly Meant[])[]> {
  const { rows } = await sql<Meant & { at: number }>`
    select a.at::int, f.word, f.rank
    from unnest(${asked.map(({ word }) => word)}::text[], ${asked.map(({ word }) => afterPrefix(word))}::text[],
        ${asked.map(({ key }) => key)}::text[], ${asked.map(({ key }) => afterPrefix(key))}::text[],
        ${asked.map(({ skeleton }) => skeleton)}::text[])
      with ordinality a (word, word_end, key, key_end, skeleton, at)
    cross join lateral (
      select word, min(rank)::int as rank from (
        (select n.word, 1 as rank from name_words n where n.tenant_id = ${tenantId}
          and n.word >= a.word and n.word < a.word_end limit ${wordsMost})
        union all (select n.word, 2 from name_words n where n.tenant_id = ${tenantId} and n.key = a.key and a.key <> ''
          limit ${wordsMost})
        union all (select n.word, 3 from name_words n where n.tenant_id = ${tenantId}
          and n.key >= a.key and n.key < a.key_end and length(a.key) >= 2 limit ${wordsMost})
        union all (select n.word, 4 from name_words n where n.tenant_id = ${tenantId} and n.skeleton = a.skeleton
          and length(a.skeleton) >= 2 limit ${wordsMost})
      ) found group by word order by 2, 1 limit ${wordsMost}) f
    order by a.at, f.rank, f.word`.execute(db);
  const byWord = Map.groupBy(rows, ({ at }) => at);
  return asked.map((_, at) => byWord.get(at + 1) ?? []);
}

/** The first text after all that begin with this one, by code points. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

/** The words known, and after them those that a slip of the finger, or a likeness, may have meant. */
async function likeWords(
  db: Db,
  tenantId: string,
  asked: FoldedWord,
  known: readonly Meant[],
): Promise<readonly Meant[]> {
  const { word, key } = asked;
  const meant = slipsOf(word);
  if (meant.length === 0) return known;
  const keys = meant.flatMap((one) => foldName(one).map((folded) => folded.key)).filter((one) => one !== '');
  const slipped = await sql<Meant>`
    select n.word, 5 as rank from name_words n where n.tenant_id = ${tenantId}
      and (n.word = any(${meant}::text[]) or n.key = any(${keys}::text[]))
    order by n.word = any(${meant}::text[]) desc, n.word limit 40`.execute(db);
  const like =
    word.length < 4
      ? { rows: [] }
      : await sql<Meant>`select word, 6 as rank from name_words_like(${tenantId}, ${word}, ${key})`.execute(
          db,
        );
  const words = new Map(known.map((one) => [one.word, one]));
  for (const one of [...slipped.rows, ...like.rows]) if (!words.has(one.word)) words.set(one.word, one);
  return [...words.values()];
}

/** Ids of those who bear a word of every list, best first. */
async function bearers(
  db: Db,
  tenantId: string,
  meant: readonly (readonly Meant[])[],
  limit: number,
): Promise<readonly string[]> {
  if (meant.some((words) => words.length === 0)) return [];
  const lists = meant.map((words) => words.map(({ word }) => word));
  const rare = meant.length === 1 ? { at: 0, isWhole: true } : await rarest(db, tenantId, lists);
  const first = meant[rare.at] ?? [];
  const others = lists.filter((_, at) => at !== rare.at);
  // One word alone leaves nobody out: a page of people is enough. With more words most are left out again.
  const most = others.length === 0 ? limit * 5 : peopleMost;
  const words = sql`unnest(${first.map(({ word }) => word)}::text[], ${first.map(({ rank }) => rank)}::int[]) as m (word, rank)`;
  // Many bear every word: who bears them all is found by comparing whole lists, not a part of one.
  const near = rare.isWhole
    ? sql`select w.patient_id, m.rank from ${words}
        cross join lateral (select patient_id from patient_words p
          where p.tenant_id = ${tenantId} and p.word = m.word limit ${most}) w
        limit ${most}`
    : sql`select p.patient_id, m.rank from (select patient_id from (${sql.join(
        lists.map(
          (list) =>
            sql`select patient_id from patient_words where tenant_id = ${tenantId} and word = any(${list}::text[])`,
        ),
        sql` intersect `,
      )}) every_word limit ${peopleMost}) e
        join patient_words p on p.tenant_id = ${tenantId} and p.patient_id = e.patient_id
        join ${words} on m.word = p.word`;
  const { rows } = await sql<{ id: string }>`
    with near as (${near}),
    meant as (
      select patient_id, rank from near n
      where ${
        others.length === 0 || !rare.isWhole
          ? sql`true`
          : sql.join(
              others.map(
                (list) => sql`exists (select 1 from patient_words o where o.tenant_id = ${tenantId}
                  and o.patient_id = n.patient_id and o.word = any(${list}::text[]))`,
              ),
              sql` and `,
            )
      }
      limit ${rare.isWhole ? limit * 5 : peopleMost})
    select coalesce(p.merged_into, p.id) as id
    from (select patient_id, min(rank) as rank from meant group by patient_id) best
      join patients p on p.tenant_id = ${tenantId} and p.id = best.patient_id
    order by best.rank, p.name collate "und-x-icu", p.id limit ${limit * 2}`.execute(db);
  return [...new Set(rows.map(({ id }) => id))].slice(0, limit);
}

/** The list whose words the fewest people bear, and whether they are few enough to look at each. */
async function rarest(
  db: Db,
  tenantId: string,
  lists: readonly (readonly string[])[],
): Promise<{ at: number; isWhole: boolean }> {
  const counts = lists.map(
    (words) => sql`(select count(*)::int from (select 1 from patient_words
      where tenant_id = ${tenantId} and word = any(${words}::text[]) limit ${peopleMost}) few)`,
  );
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db);
  const found = rows[0]?.counts ?? [];
  const least = Math.min(...found);
  return { at: found.indexOf(least), isWhole: least < peopleMost };
}

async function withPhone(
  db: Db,
  tenantId: string,
  digits: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from patients_by_digits(${tenantId}, ${digits}, ${limit})`.execute(db);
  return rows.map(({ id }) => id);
}

/** The people with these ids, in this order. */
export async function selectByIds(
  db: Db,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly Patient[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('patients')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, patientOf(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function selectNewest(db: Db, tenantId: string, limit: number): Promise<readonly Patient[]> {
  const rows = await db
    .selectFrom('patients')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('merged_into', 'is', null)
    // A number without a name that invoices still refer to is nobody to be found.
    .where(sql<boolean>`erased_at is null`)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(patientOf);
}
