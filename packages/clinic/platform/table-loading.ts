import type { Client } from 'pg';
import type { z } from 'zod';
import { copyIn } from './copy-rows.ts';
import {
  type Contents,
  type CopiedTable,
  contentsPath,
  contentsShape,
  counted,
  type Ends,
  endsPath,
  endsShape,
  linesOf,
  listTables,
  rowsPrefix,
  settleText,
  type TableEnd,
} from './table-copies.ts';

/*
 * Rows of a backup (table-copies.ts) into a database whose tables stand and are empty: one transaction, so that it holds
 * all of them or none. Meanwhile triggers of the tables sleep, because they would refuse or repeat what they once did, and
 * foreign keys are away, because no order of tables suits them all; put back, they look at every row. At the end every
 * table is read again and compared with what was read from the first server.
 */

/** Takes one file of the backup. */
export interface FileTaker {
  write(part: Buffer): Promise<void>;
  end(): Promise<void>;
}

export interface Loading {
  /** A file below `tables/`, in the order of the backup. */
  take(path: string): Promise<FileTaker>;
  /** Puts everything back, compares every row and sets the sequences. The transaction stays open: the caller commits. */
  finish(): Promise<{ readonly rows: number }>;
}

/**
 * @param prepare makes the tables the backup was made of, before the transaction begins
 * @param beforeEmptying throws where the tables must stay as they are: within the transaction, with them locked
 * @throws `restore-refused` when the tables are others than the backup's, a row is refused, or one differs at the end
 */
export function loadTables(
  client: Client,
  prepare: (contents: Contents) => Promise<void>,
  beforeEmptying: () => Promise<void>,
): Loading {
  let open: { readonly contents: Contents; readonly putBack: readonly string[] } | undefined;
  let ends: Ends | undefined;
  const begun = () => {
    if (open === undefined) throw fail('its rows come before their description');
    return open;
  };
  return {
    async take(path) {
      if (path === contentsPath)
        return whole(contentsShape, async (contents) => {
          await prepare(contents);
          open = { contents, putBack: await begin(client, contents, beforeEmptying) };
        });
      if (path === endsPath)
        return whole(endsShape, async (told) => {
          ends = await Promise.resolve(told);
        });
      const name = path.slice(rowsPrefix.length);
      const table = begun().contents.tables.find((one) => one.name === name);
      if (table === undefined) throw fail(`nothing is known of the table ${name}`);
      return refusing(name, await copyIn(client, `copy ${name} (${table.columns.join(', ')}) from stdin`));
    },
    async finish() {
      const { contents, putBack } = begun();
      if (ends === undefined) throw fail('its end is missing');
      for (const statement of putBack)
        await client.query(statement).catch((error: Error) => {
          throw fail(`its rows do not go together (${error.message})`);
        });
      let rows = 0;
      for (const table of contents.tables) {
        const there = await endOf(client, table);
        const wanted = ends.tables[table.name];
        if (there.rows !== wanted?.rows || there.sha256 !== wanted.sha256)
          throw fail(`${table.name} holds other rows than were backed up`);
        rows += there.rows;
      }
      for (const { name, last } of ends.sequences)
        await client.query('select setval($1::regclass, $2::bigint)', [name, last]);
      return { rows };
    },
  };
}

/** Opens the transaction, empties the tables and lays triggers and foreign keys aside. @returns what puts them back */
async function begin(
  client: Client,
  { tables }: Contents,
  beforeEmptying: () => Promise<void>,
): Promise<readonly string[]> {
  await settleText(client);
  await client.query('begin');
  const there = await listTables(client);
  const known = new Map(there.map((one) => [one.name, one]));
  for (const { name, columns } of tables) {
    const found = known.get(name);
    if (found === undefined) throw fail(`this program knows no table ${name}`);
    const others = columns.filter((column) => !found.columns.includes(column));
    if (others.length > 0 || found.columns.length !== columns.length)
      throw fail(`the columns of ${name} are others in this program (${others.join(', ')})`);
  }
  const more = there.filter(({ name }) => !tables.some((one) => one.name === name));
  if (more.length > 0)
    throw fail(`the database has tables it knows nothing of: ${more.map(({ name }) => name).join(', ')}`);

  const putBack: string[] = [];
  const keys = await client.query<{ name: string; key: string; is: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, quote_ident(k.conname) as key, pg_get_constraintdef(k.oid) as is
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and n.nspname in ('public', 'jobs', 'platform')`,
  );
  for (const { name, key, is } of keys.rows) {
    await client.query(`alter table ${name} drop constraint ${key}`);
    putBack.push(`alter table ${name} add constraint ${key} ${is}`);
  }
  const triggers = await client.query<{ name: string; trigger: string; enabled: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, quote_ident(t.tgname) as trigger, t.tgenabled::text as enabled
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D'
       and n.nspname in ('public', 'jobs', 'platform')`,
  );
  for (const { name, trigger, enabled } of triggers.rows) {
    await client.query(`alter table ${name} disable trigger ${trigger}`);
    const how = { A: 'enable always', R: 'enable replica' }[enabled] ?? 'enable';
    putBack.push(`alter table ${name} ${how} trigger ${trigger}`);
  }
  await beforeEmptying();
  await client.query(`truncate ${there.map(({ name }) => name).join(', ')}`);
  return putBack;
}

async function endOf(client: Client, table: CopiedTable): Promise<TableEnd> {
  let end: TableEnd = { rows: 0, sha256: '' };
  for await (const _ of counted(linesOf(client, table), (told) => (end = told)));
  return end;
}

/** A file that is read whole, checked, and then used. */
function whole<T>(shape: z.ZodType<T>, use: (value: T) => Promise<void>): FileTaker {
  const parts: Buffer[] = [];
  return {
    async write(part) {
      parts.push(await Promise.resolve(Buffer.from(part)));
    },
    async end() {
      await use(shape.parse(JSON.parse(Buffer.concat(parts).toString('utf8'))));
    },
  };
}

function refusing(name: string, rows: FileTaker): FileTaker {
  const told = (error: Error) => {
    throw fail(`the server refuses rows of ${name} (${error.message})`);
  };
  return { write: (part) => rows.write(part).catch(told), end: () => rows.end().catch(told) };
}

function fail(why: string): Error {
  return Object.assign(new Error(`the backup cannot be restored here: ${why}.`), {
    code: 'restore-refused' as const,
  });
}
