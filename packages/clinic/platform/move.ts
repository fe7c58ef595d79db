import { createHash, randomBytes } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { type Connection, clientSettings } from './database.ts';

/*
 * Moves a clinic from one PostgreSQL server to another while it works, by logical replication (PostgreSQL documentation,
 * chapter 29): all rows are copied, then every change follows, and only for the last of them do writes stand still. The new
 * server has the schema already. The old one is closed to the program at the end: nothing can be confirmed there any more.
 */
export interface MoveOptions {
  /** The old server's superuser in the clinic's database. Its `wal_level` must be `logical`; the embedded server's is. */
  readonly from: Connection;
  /** The account the program works as on the old server: it is shut out for the last step. */
  readonly worker: string;
  /** The new server's database, by an account that may make subscriptions: a superuser, or `pg_create_subscription`. */
  readonly to: Connection;
  /** The address under which the new server reaches this machine. Default 127.0.0.1. */
  readonly host?: string;
  readonly say?: (line: string) => void;
}

export interface Moved {
  readonly tables: number;
  readonly rows: number;
  /** From the last write on the old server that could be confirmed to the first on the new one, in milliseconds. */
  readonly pauseMs: number;
  /** Tables whose rows differ; none, or the move is undone. */
  readonly different: readonly string[];
}

/** `platform` holds the sealed root of the keys: links, names of files and anchors derive from it, not from the master key. */
const schemas = ['public', 'jobs', 'platform'];
const publication = 'undertone_move';

/**
 * Copies everything, follows the changes, stops writes, waits for the last of them, sets sequences and compares every row.
 * When a row differs or something fails before that, the old server is opened again and stays the clinic's.
 * @throws `move-refused` when one of the servers cannot do it.
 */
export async function moveDatabase(options: MoveOptions): Promise<Moved> {
  const say = options.say ?? (() => undefined);
  const from = await connectTo(options.from);
  const to = await connectTo(options.to);
  const door = await openDoor(options.from, options.host ?? '127.0.0.1');
  const password = randomBytes(24).toString('hex');
  const follower = 'undertone_follower';
  let isClosed = false;
  try {
    await checkServers(from, to);
    const tables = await tablesOf(from);
    const there = new Set(await tablesOf(to));
    const missing = tables.filter((table) => !there.has(table));
    if (missing.length > 0)
      throw refuse(`the new database lacks ${missing.join(', ')}: prepare it with the same version.`);
    // What a new database holds by itself: its schema steps, its empty queues.
    for (const table of tables) {
      const found = await to.query(`select 1 from ${table} limit 1`);
      if (found.rowCount !== 0) await to.query(`truncate ${table} cascade`);
    }
    await from.query(`drop publication if exists ${publication}`);
    for (const table of await keyless(from)) await from.query(`alter table ${table} replica identity full`);
    await from.query(`create publication ${publication} for tables in schema ${schemas.join(', ')}`);
    const role = await from.query('select 1 from pg_roles where rolname = $1', [follower]);
    await from.query(
      `${role.rowCount === 0 ? 'create' : 'alter'} role ${follower} login replication password '${password}'`,
    );
    for (const schema of schemas) {
      await from.query(`grant usage on schema ${schema} to ${follower}`);
      await from.query(`grant select on all tables in schema ${schema} to ${follower}`);
    }
    await from.query(`alter role ${follower} bypassrls`);
    say('copying all rows while the clinic works …');
    const name = await currentDatabase(from);
    const conninfo = `host=${options.host ?? '127.0.0.1'} port=${door.port} dbname=${name} user=${follower} password=${password}`;
    await to.query(`create subscription ${publication} connection '${conninfo}' publication ${publication}`);
    await until('all rows are copied', () => isCopied(to, tables.length), 24 * 3_600_000);
    await until('the changes have been followed', async () => (await lagBytes(from)) < 65_536, 3_600_000);
    say('the new server follows; writes stand still now …');
    const closedMs = performance.now();
    isClosed = true;
    await shutOut(from, options.worker);
    const { rows } = await from.query<{ lsn: string }>('select pg_current_wal_lsn()::text as lsn');
    await until('the last change has arrived', () => hasReached(from, rows[0]?.lsn ?? ''), 60_000, 2);
    await setSequences(from, to);
    const pauseMs = performance.now() - closedMs;
    // No longer part of the pause where the program is let on the new server at once; a difference undoes the move.
    const different: string[] = [];
    let count = 0;
    for (const table of tables) {
      const [old, fresh] = [await fingerprint(from, table), await fingerprint(to, table)];
      count += old.rows;
      if (old.hash !== fresh.hash) different.push(table);
    }
    if (different.length > 0)
      throw refuse(`rows differ in ${different.join(', ')}; the clinic stays where it is.`);
    isClosed = false;
    say(`every row is the same: ${count} rows in ${tables.length} tables`);
    return { tables: tables.length, rows: count, pauseMs, different };
  } finally {
    if (isClosed) await from.query(`alter role ${options.worker} login`);
    await to.query(`drop subscription if exists ${publication}`).catch(() => undefined);
    await from.query(`drop publication if exists ${publication}`).catch(() => undefined);
    for (const schema of schemas) {
      await from
        .query(`revoke all on all tables in schema ${schema} from ${follower}`)
        .catch(() => undefined);
      await from.query(`revoke all on schema ${schema} from ${follower}`).catch(() => undefined);
    }
    await from.query(`drop role if exists ${follower}`).catch(() => undefined);
    await from.end();
    await to.end();
    door.close();
  }
}

/** Opens the old server to the program again, when the move is given up after it ended. */
export async function reopen(from: Connection, worker: string): Promise<void> {
  const client = await connectTo(from);
  await client.query(`alter role ${client.escapeIdentifier(worker)} login`);
  await client.end();
}

function refuse(why: string): Error {
  return Object.assign(new Error(`the database was not moved: ${why}`), { code: 'move-refused' as const });
}

async function connectTo(connection: Connection): Promise<Client> {
  const client = new Client({ ...clientSettings(connection), application_name: 'undertone-move' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw refuse(`a server does not answer (${(error as Error).message}).`);
  }
  return client;
}

async function checkServers(from: Client, to: Client): Promise<void> {
  const level = await from.query<{ wal_level: string }>('show wal_level');
  if (level.rows[0]?.wal_level !== 'logical')
    throw refuse('the old server must run with wal_level = logical (and be restarted after that is set).');
  const version = await to.query<{ n: number }>(`select current_setting('server_version_num')::int as n`);
  if ((version.rows[0]?.n ?? 0) < 150_000) throw refuse('the new server is older than PostgreSQL 15.');
  const steps = (client: Client) =>
    client.query<{ name: string }>('select name from schema_steps order by name');
  const [old, fresh] = [await steps(from), await steps(to)];
  if (JSON.stringify(old.rows) !== JSON.stringify(fresh.rows))
    throw refuse('the two databases have not taken the same schema steps.');
  const people = await to.query('select 1 from tenants limit 1');
  if (people.rowCount !== 0) throw refuse('the new database holds a clinic already.');
}

async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = any ($1) order by 1`,
    [schemas],
  );
  return rows.map(({ name }) => name);
}

/** Tables without a key: their rows are told apart by all their columns. */
async function keyless(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = any ($1) and c.relreplident = 'd'
       and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`,
    [schemas],
  );
  return rows.map(({ name }) => name);
}

async function currentDatabase(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  return rows[0]?.name ?? '';
}

async function isCopied(to: Client, tables: number): Promise<boolean> {
  const { rows } = await to.query<{ ready: number }>(
    `select count(*) as ready from pg_subscription_rel r join pg_subscription s on s.oid = r.srsubid
     where s.subname = $1 and r.srsubstate = 'r'`,
    [publication],
  );
  return (rows[0]?.ready ?? 0) >= tables;
}

async function lagBytes(from: Client): Promise<number> {
  const { rows } = await from.query<{ lag: string }>(
    `select coalesce(max(pg_current_wal_lsn() - confirmed_flush_lsn), 1e9) as lag from pg_replication_slots
     where slot_name = $1`,
    [publication],
  );
  return Number(rows[0]?.lag ?? 1e9);
}

async function hasReached(from: Client, lsn: string): Promise<boolean> {
  const { rows } = await from.query<{ there: boolean }>(
    'select confirmed_flush_lsn >= $2::pg_lsn as there from pg_replication_slots where slot_name = $1',
    [publication, lsn],
  );
  return rows[0]?.there ?? false;
}

/** No new connection of the program, and none that is open: what it was told stands, what it was not told is undone. */
async function shutOut(from: Client, worker: string): Promise<void> {
  await from.query(`alter role ${from.escapeIdentifier(worker)} nologin`);
  await from.query(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = $1 and pid <> pg_backend_pid()',
    [worker],
  );
}

/** Logical replication copies rows, not where sequences stand. */
async function setSequences(from: Client, to: Client): Promise<void> {
  const { rows } = await from.query<{ name: string; last: string | null }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
     where schemaname = any ($1)`,
    [schemas],
  );
  const set = rows.filter(({ last }) => last !== null);
  if (set.length === 0) return;
  await to.query(`select ${set.map(({ name, last }) => `setval('${name}', ${last})`).join(', ')}`);
}

async function fingerprint(client: Client, table: string): Promise<{ rows: number; hash: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  await client.query('begin');
  try {
    await client.query(
      `declare every no scroll cursor for select md5(t::text) as h from ${table} t order by md5(t::text) collate "C"`,
    );
    for (;;) {
      const part = await client.query<{ h: string }>('fetch 20000 from every');
      if (part.rows.length === 0) break;
      rows += part.rows.length;
      for (const { h } of part.rows) hash.update(h);
    }
  } finally {
    await client.query('commit');
  }
  return { rows, hash: hash.digest('hex') };
}

async function until(
  what: string,
  test: () => Promise<boolean>,
  withinMs: number,
  everyMs = 50,
): Promise<void> {
  for (const end = performance.now() + withinMs; !(await test()); await pause(everyMs)) {
    if (performance.now() > end) throw refuse(`it took too long until ${what}.`);
  }
}

/** The embedded server listens on a socket of this machine only; this lets the new server in for as long as it follows. */
async function openDoor(from: Connection, host: string): Promise<{ port: number; close: () => void }> {
  if ('url' in from) return { port: Number(new URL(from.url).port || 5432), close: () => undefined };
  if (!from.host.startsWith('/')) return { port: from.port, close: () => undefined };
  const server: Server = createServer((incoming) => {
    const inner = connect(`${from.host}/.s.PGSQL.${from.port}`);
    incoming.pipe(inner).pipe(incoming);
    const end = () => {
      incoming.destroy();
      inner.destroy();
    };
    incoming.on('error', end);
    inner.on('error', end);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}
