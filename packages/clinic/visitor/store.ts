import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Language, PageKey, TextInput, TextState, TextVersion } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    public_texts: PublicTextsTable;
    public_questions: PublicQuestionsTable;
  }
}

interface PublicTextsTable {
  tenant_id: string;
  page_key: PageKey;
  language: Language;
  version: number;
  state: TextState;
  title: string;
  description: string;
  body: string;
  based_on_version: number | null;
  written_by: string | null;
  written_at: Date;
  reviewed_by: string | null;
  reviewer_name: string | null;
  reviewed_at: Date | null;
  published_at: Date | null;
}

interface PublicQuestionsTable {
  tenant_id: string;
  language: Language;
  position: number;
  heading_id: string;
  question: string;
  answer: string;
}

export interface TextName {
  readonly pageKey: PageKey;
  readonly language: Language;
}

export interface Question {
  readonly headingId: string;
  readonly question: string;
  readonly answer: string;
}

function versionOf(row: PublicTextsTable): TextVersion {
  return {
    pageKey: row.page_key,
    language: row.language,
    version: row.version,
    state: row.state,
    title: row.title,
    description: row.description,
    body: row.body,
    basedOnVersion: row.based_on_version,
    reviewedBy: row.reviewer_name,
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    publishedAt: row.published_at?.toISOString() ?? null,
  };
}

/** The published version of a page in a language. */
export async function selectPublished(
  db: Db,
  tenantId: string,
  { pageKey, language }: TextName,
): Promise<TextVersion | undefined> {
  const row = await db
    .selectFrom('public_texts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('page_key', '=', pageKey)
    .where('language', '=', language)
    .where('state', '=', 'published')
    .executeTakeFirst();
  return row && versionOf(row);
}

/** What is published of some pages, in every language. */
export async function selectPublishedOf(
  db: Db,
  tenantId: string,
  pageKeys: readonly TextName['pageKey'][],
): Promise<readonly TextVersion[]> {
  const rows = await db
    .selectFrom('public_texts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('page_key', 'in', [...pageKeys])
    .where('state', '=', 'published')
    .execute();
  return rows.map(versionOf);
}

/** Page, language and instant of everything published. */
export async function selectPublishedNames(
  db: Db,
  tenantId: string,
): Promise<readonly (TextName & { publishedAt: Date | null })[]> {
  const rows = await db
    .selectFrom('public_texts')
    .select(['page_key', 'language', 'published_at'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'published')
    .orderBy('page_key')
    .orderBy('language')
    .execute();
  return rows.map((row) => ({
    pageKey: row.page_key,
    language: row.language,
    publishedAt: row.published_at,
  }));
}

/** Every version of a page in a language, newest first. */
export async function selectVersions(
  db: Db,
  tenantId: string,
  { pageKey, language }: TextName,
): Promise<TextVersion[]> {
  const rows = await db
    .selectFrom('public_texts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('page_key', '=', pageKey)
    .where('language', '=', language)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(versionOf);
}

/** The newest version of every page and language, without bodies, for the editor's overview. */
export async function selectOverview(db: Db, tenantId: string): Promise<Omit<TextVersion, 'body'>[]> {
  const rows = await db
    .selectFrom('public_texts')
    .distinctOn(['page_key', 'language'])
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('page_key')
    .orderBy('language')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => {
    const { body: _, ...rest } = versionOf(row);
    return rest;
  });
}

/** The newest version's number of a page in a language; 0 when there is none. Locks the page for this transaction. */
export async function lockNewestVersion(trx: Trx, tenantId: string, name: TextName): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId}/${name.pageKey}/${name.language}`}, 0))`.execute(
    trx,
  );
  const row = await trx
    .selectFrom('public_texts')
    .select((select) => select.fn.max('version').as('newest'))
    .where('tenant_id', '=', tenantId)
    .where('page_key', '=', name.pageKey)
    .where('language', '=', name.language)
    .executeTakeFirst();
  return row?.newest ?? 0;
}

export async function insertVersion(
  trx: Trx,
  tenantId: string,
  text: TextInput & { version: number; state: TextState; basedOnVersion: number | null },
  by: { writtenBy: string | null; at: Date },
): Promise<void> {
  await trx
    .insertInto('public_texts')
    .values({
      tenant_id: tenantId,
      page_key: text.pageKey,
      language: text.language,
      version: text.version,
      state: text.state,
      title: text.title,
      description: text.description,
      body: text.body,
      based_on_version: text.basedOnVersion,
      written_by: by.writtenBy,
      written_at: by.at,
      reviewed_by: null,
      reviewer_name: null,
      reviewed_at: null,
      published_at: text.state === 'published' ? by.at : null,
    })
    .execute();
}

/** Marks a draft as reviewed by a clinician. Says whether there was such a draft. */
export async function markReviewed(
  trx: Trx,
  tenantId: string,
  name: TextName & { version: number },
  by: { staffId: string; name: string; at: Date },
): Promise<boolean> {
  const changed = await trx
    .updateTable('public_texts')
    .set((set) => ({
      state: set
        .case()
        .when('state', '=', 'draft')
        .then(sql<TextState>`'reviewed'`)
        .else(set.ref('state'))
        .end(),
      reviewed_by: by.staffId,
      reviewer_name: by.name,
      reviewed_at: by.at,
    }))
    .where('tenant_id', '=', tenantId)
    .where('page_key', '=', name.pageKey)
    .where('language', '=', name.language)
    .where('version', '=', name.version)
    .where('state', '!=', 'retired')
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** Makes a version the one visitors see; the one before is retired. Says whether there was such a version. */
export async function markPublished(
  trx: Trx,
  tenantId: string,
  name: TextName & { version: number },
  at: Date,
): Promise<boolean> {
  const page = trx
    .updateTable('public_texts')
    .where('tenant_id', '=', tenantId)
    .where('page_key', '=', name.pageKey)
    .where('language', '=', name.language);
  await page
    .set({ state: 'retired' })
    .where('state', '=', 'published')
    .where('version', '!=', name.version)
    .execute();
  const changed = await page
    .set({ state: 'published', published_at: at })
    .where('version', '=', name.version)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** Replaces the searchable questions of a language by those of the newly published FAQ. */
export async function replaceQuestions(
  trx: Trx,
  tenantId: string,
  language: Language,
  questions: readonly Question[],
): Promise<void> {
  await trx
    .deleteFrom('public_questions')
    .where('tenant_id', '=', tenantId)
    .where('language', '=', language)
    .execute();
  if (questions.length === 0) return;
  await trx
    .insertInto('public_questions')
    .values(
      questions.map((question, position) => ({
        tenant_id: tenantId,
        language,
        position,
        heading_id: question.headingId,
        question: question.question,
        answer: question.answer,
      })),
    )
    .execute();
}

/**
 * Questions that hold the words of `query`, best first: full-text match of all words (the last as a beginning), or
 * a near miss by trigram of the question and answer.
 */
export async function searchQuestions(
  db: Db,
  tenantId: string,
  language: Language,
  query: string,
): Promise<Question[]> {
  const prefixed = query
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => `${word}:*`)
    .join(' & ');
  if (prefixed === '') return [];
  const rows = await sql<{ heading_id: string; question: string; answer: string }>`
    with asked as (
      select to_tsquery('simple', searchable(${prefixed})) as words, searchable(${query}) as plain
    )
    select heading_id, question, answer
    from public_questions, asked
    where tenant_id = ${tenantId} and language = ${language}
      and (public_questions.words @@ asked.words
           or word_similarity(asked.plain, searchable(question || ' ' || answer)) > 0.45)
    order by ts_rank(public_questions.words, asked.words) * 4
             + word_similarity(asked.plain, searchable(question)) desc, position
    limit 12`.execute(db);
  return rows.rows.map((row) => ({ headingId: row.heading_id, question: row.question, answer: row.answer }));
}
