import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { z } from 'zod';
import type { PackedFile } from './archive.ts';
import { copyOut } from './copy-rows.ts';

/*
 * The rows of a clinic whose PostgreSQL is not ours: no file of that server can be read, and its tools may not be here. All
 * tables are read in one transaction, as they were at one instant, while the clinic works on. In a backup they are
 *
 *   tables/contents.json        schema steps, version of the queue, the tables with their columns
 *   tables/rows/<schema.table>  the lines of COPY in the order of the key
 *   tables/ends.json            rows and SHA-256 of each table's lines, where the sequences stand
 *
 * The schema itself is not in it: the program's own steps make it again.
 */

export const tablesPrefix = 'tables/';
export const contentsPath = `${tablesPrefix}contents.json`;
export const endsPath = `${tablesPrefix}ends.json`;
export const rowsPrefix = `${tablesPrefix}rows/`;

const table = z.object({
  /** `schema.table`, quoted where SQL wants it. */
  name: z.string(),
  /** Columns whose values are written; the others are computed from them. */
  columns: z.array(z.string()),
  /** What the lines are in the order of. */
  order: z.string(),
});
export type CopiedTable = z.infer<typeof table>;

export const contentsShape = z.object({
  steps: z.array(z.string()),
  /** Version of the queue's own tables; null where there is no queue yet. */
  queue: z.int().nullable(),
  tables: z.array(table),
});
export type Contents = z.infer<typeof contentsShape>;

const tableEnd = z.object({ rows: z.int(), sha256: z.string() });
export type TableEnd = z.infer<typeof tableEnd>;

export const endsShape = z.object({
  tables: z.record(z.string(), tableEnd),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
});
export type Ends = z.infer<typeof endsShape>;

/** `platform` holds the sealed root of the keys, `jobs` what is still to be done. */
const schemas = ['public', 'jobs', 'platform'];

/**
 * The same text for the same value, whatever the server's settings; and an error instead of fewer rows where row-level
 * security binds the account.
 */
export async function settleText(client: Client): Promise<void> {
  await client.query(
    `set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'postgres'; set bytea_output = 'hex';
     set extra_float_digits = 1; set row_security = off; set statement_timeout = 0; set lock_timeout = 0;
     set idle_in_transaction_session_timeout = 0;
     set idle_session_timeout = 0`,
  );
}

/** The clinic's tables, with the order their lines are read in. */
export async function listTables(client: Client): Promise<readonly CopiedTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; key: string | null }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       array(select quote_ident(a.attname) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         order by a.attnum) as columns,
       (select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end, ', ' order by k.n)
         from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k (attnum, n)
         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
         where i.indrelid = c.oid and i.indisprimary) as key
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = any ($1) order by 1`,
    [schemas],
  );
  return rows.map(({ name, columns, key }) => ({
    name,
    columns,
    order: key ?? `(${columns.join(', ')})::text collate "C"`,
  }));
}

/** The lines of a table's rows. */
export function linesOf(client: Client, { name, columns, order }: CopiedTable): AsyncGenerator<Buffer> {
  return copyOut(client, `copy (select ${columns.join(', ')} from ${name} order by ${order}) to stdout`);
}

const newLine = 0x0a;

/** Passes lines on, and tells at their end how many there were and their hash. */
export async function* counted(
  lines: AsyncIterable<Buffer>,
  tell: (end: TableEnd) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const part of lines) {
    hash.update(part);
    // A line break within a value is written as \n.
    for (let at = part.indexOf(newLine); at >= 0; at = part.indexOf(newLine, at + 1)) rows++;
    yield part;
  }
  tell({ rows, sha256: hash.digest('hex') });
}

/**
 * Every row of the clinic as of one instant.
 * @param atInstant called with the snapshot's name (`set transaction snapshot`) once nothing later is seen any more
 */
export async function* packTables(
  client: Client,
  atInstant: (snapshot: string) => Promise<void> = async () => undefined,
): AsyncGenerator<PackedFile> {
  await settleText(client);
  await refuseForeign(client);
  const tables = await beginAtOneInstant(client);
  const { rows } = await client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
  await atInstant(rows[0]?.snapshot ?? '');
  const contents: Contents = {
    steps: await stepsTaken(client),
    queue: await queueVersion(client),
    tables: [...tables],
  };
  yield { path: contentsPath, content: textOf(contents) };
  const ends: Ends = { tables: {}, sequences: [] };
  for (const one of tables) {
    const content = counted(linesOf(client, one), (end) => {
      ends.tables[one.name] = end;
    });
    yield { path: `${rowsPrefix}${one.name}`, content };
  }
  // A sequence belongs to no transaction: read last, it is past every number in the rows.
  ends.sequences.push(...(await sequencesOf(client)));
  yield { path: endsPath, content: textOf(ends) };
  await client.query('commit');
}

/**
 * Who does not own a table may be shown fewer rows, and who may not read a sequence is told that it was never used: neither
 * is noticed later.
 */
async function refuseForeign(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; account: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, current_user as account
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'S') and n.nspname = any ($1) and not pg_has_role(c.relowner, 'usage') order by 1 limit 1`,
    [schemas],
  );
  const [foreign] = rows;
  if (foreign === undefined) return;
  throw Object.assign(
    new Error(
      `${foreign.name} does not belong to the account ${foreign.account} of DATABASE_URL; back up with the account that owns the clinic's tables.`,
    ),
    { code: 'backup-refused' as const },
  );
}

/** Locks every table against being changed in its form, and only then settles what is seen. */
async function beginAtOneInstant(client: Client): Promise<readonly CopiedTable[]> {
  for (let triesLeft = 5; ; triesLeft--) {
    const before = await listTables(client);
    if (before.length === 0)
      throw Object.assign(new Error('the database of DATABASE_URL holds no clinic to back up.'), {
        code: 'backup-refused' as const,
      });
    await client.query('begin isolation level repeatable read read only');
    try {
      // Locking sees no rows and settles no instant. A schema step under way is waited for.
      await client.query(`lock table ${before.map(({ name }) => name).join(', ')} in access share mode`);
    } catch (error) {
      await client.query('rollback');
      // 42P01: a step has removed one of them since they were listed.
      if ((error as { code?: string }).code !== '42P01' || triesLeft === 0) throw error;
      continue;
    }
    const now = await listTables(client);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    await client.query('rollback');
    if (triesLeft === 0) throw new Error('the schema keeps changing; back up when its steps are taken.');
  }
}

async function stepsTaken(client: Client): Promise<string[]> {
  const known = await client.query<{ there: boolean }>(
    `select to_regclass('public.schema_steps') is not null as there`,
  );
  if (!known.rows[0]?.there) return [];
  const { rows } = await client.query<{ name: string }>(
    'select name from public.schema_steps order by name collate "C"',
  );
  return rows.map(({ name }) => name);
}

export async function queueVersion(client: Client): Promise<number | null> {
  const known = await client.query<{ there: boolean }>(
    `select to_regclass('jobs.version') is not null as there`,
  );
  if (!known.rows[0]?.there) return null;
  const { rows } = await client.query<{ version: number }>(
    'select version::int as version from jobs.version',
  );
  return rows[0]?.version ?? null;
}

async function sequencesOf(client: Client): Promise<Ends['sequences']> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
     where schemaname = any ($1) and last_value is not null order by 1`,
    [schemas],
  );
  return rows;
}

async function* textOf(value: object): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(JSON.stringify(value)));
}
