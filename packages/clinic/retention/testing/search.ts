/** For tests: looks for words in every column of every table, in every file of the data folder, and in names of files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../../platform/database.ts';

export interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** Every column of every table in every schema that is not the server's own. */
export async function everyColumn(db: Db): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select c.table_schema as schema, c.table_name as table, c.column_name as column, c.udt_name as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2, c.ordinal_position`.execute(db);
  return rows;
}

/** `table.column` of every column in which one of the words stands, written as text or as bytes, and in how many rows. */
export async function findWords(db: Db, words: readonly string[]): Promise<readonly string[]> {
  const lower = words.map((word) => word.toLowerCase());
  const bytes = words.map((word) => Buffer.from(word).toString('hex'));
  const found: string[] = [];
  for (const { schema, table, column, type } of await everyColumn(db)) {
    const value =
      type === 'bytea' ? sql`encode(${sql.ref(column)}, 'hex')` : sql`lower(${sql.ref(column)}::text)`;
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.id(schema, table)}
      where exists (select 1 from unnest(${type === 'bytea' ? bytes : [...lower, ...bytes]}::text[]) as w
        where position(w in ${value}) > 0)`.execute(db);
    const count = rows[0]?.count ?? 0;
    if (count > 0) found.push(`${schema === 'public' ? '' : `${schema}.`}${table}.${column} (${count})`);
  }
  return found;
}

/** Files below a folder that hold one of the words, or are named by one. The database's own files are left to its tables. */
export async function findInFiles(folder: string, words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path);
    if (words.some((word) => path.includes(word) || text.includes(word))) found.push(path);
  }
  return found;
}
