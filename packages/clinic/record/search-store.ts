import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Patient } from './schema.ts';
import { patientOf } from './tables.ts';
import { asciiDigits, type FoldedWord, foldingVersion, foldName } from './transliteration.ts';

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

/** How a word was found, best first: as written, by sound, by the beginning of its sound, by its consonants, misspelt. */
type Rank = 1 | 2 | 3 | 4 | 5;
interface Meant {
  readonly word: string;
  readonly rank: Rank;
}

/** Words of the clinic's names looked at for one word of a query, and people for the rarest of them. */
const wordsMost = 300;
const peopleMost = 3000;

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
    const meant: (readonly Meant[])[] = [];
    for (const word of asked) meant.push(await meantWords(db, tenantId, word));
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

async function meantWords(db: Db, tenantId: string, asked: FoldedWord): Promise<readonly Meant[]> {
  const { word, key, skeleton } = asked;
  const { rows } = await sql<Meant>`
    select word, min(rank)::int as rank from (
      (select word, 1 as rank from name_words where tenant_id = ${tenantId}
        and word >= ${word} and word < ${afterPrefix(word)} limit ${wordsMost})
      union all (select word, 2 from name_words where tenant_id = ${tenantId} and key = ${key} and ${key !== ''}
        limit ${wordsMost})
      union all (select word, 3 from name_words where tenant_id = ${tenantId}
        and key >= ${key} and key < ${afterPrefix(key)} and ${key.length >= 2} limit ${wordsMost})
      union all (select word, 4 from name_words where tenant_id = ${tenantId} and skeleton = ${skeleton}
        and ${skeleton.length >= 2} limit ${wordsMost})
    ) found group by word order by 2, 1 limit ${wordsMost}`.execute(db);
  return rows;
}

/** The first text after all that begin with this one, by code points. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

/** The words known, and after them those that look or sound like a misspelt one. */
async function likeWords(
  db: Db,
  tenantId: string,
  asked: FoldedWord,
  known: readonly Meant[],
): Promise<readonly Meant[]> {
  const { word, key } = asked;
  if (word.length < 4) return known;
  const { rows } = await sql<Meant>`
    select word, 5 as rank from name_words_like(${tenantId}, ${word}, ${key})`.execute(db);
  const there = new Set(known.map((one) => one.word));
  return [...known, ...rows.filter((one) => !there.has(one.word))];
}

async function bearers(
  db: Db,
  tenantId: string,
  meant: readonly (readonly Meant[])[],
  limit: number,
): Promise<readonly string[]> {
  if (meant.some((words) => words.length === 0)) return [];
  const rare = meant.length === 1 ? 0 : await rarest(db, tenantId, meant);
  const others = meant.filter((_, at) => at !== rare).map((words) => words.map(({ word }) => word));
  const first = meant[rare] ?? [];
  // One word alone leaves nobody out: a page of people is enough. With more words most are left out again.
  const most = others.length === 0 ? limit * 5 : peopleMost;
  const { rows } = await sql<{ id: string }>`
    with near as (
      select w.patient_id, m.rank
      from unnest(${first.map(({ word }) => word)}::text[], ${first.map(({ rank }) => rank)}::int[]) as m (word, rank)
      cross join lateral (select patient_id from patient_words p
        where p.tenant_id = ${tenantId} and p.word = m.word limit ${most}) w
      limit ${most}),
    meant as (
      select patient_id, rank from near n
      where ${
        others.length === 0
          ? sql`true`
          : sql.join(
              others.map(
                (words) => sql`exists (select 1 from patient_words o where o.tenant_id = ${tenantId}
                  and o.patient_id = n.patient_id and o.word = any(${words}::text[]))`,
              ),
              sql` and `,
            )
      }
      limit ${limit * 5})
    select coalesce(p.merged_into, p.id) as id
    from (select patient_id, min(rank) as rank from meant group by patient_id) best
      join patients p on p.tenant_id = ${tenantId} and p.id = best.patient_id
    order by best.rank, p.name collate "und-x-icu", p.id limit ${limit * 2}`.execute(db);
  return [...new Set(rows.map(({ id }) => id))].slice(0, limit);
}

/** The list whose words the fewest people bear. */
async function rarest(db: Db, tenantId: string, meant: readonly (readonly Meant[])[]): Promise<number> {
  const counts: number[] = [];
  for (const one of meant) {
    const words = one.map(({ word }) => word);
    const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from patient_words
      where tenant_id = ${tenantId} and word = any(${words}::text[]) limit ${peopleMost}) few`.execute(db);
    counts.push(rows[0]?.n ?? 0);
  }
  return counts.indexOf(Math.min(...counts));
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
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(patientOf);
}
