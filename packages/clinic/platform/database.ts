import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { type ClientConfig, type CustomTypesConfig, Pool, types } from 'pg';
import { PlanKeepingClient } from './kept-plans.ts';
import type { Logger } from './log.ts';
import { inTenant } from './scope.ts';

/**
 * Every table of the clinic, by name. Each subject adds its own in its `store.ts`:
 *
 * ```ts
 * declare module '../platform/database.ts' {
 *   interface Tables { patients: PatientsTable }
 * }
 * ```
 *
 * so that the platform knows no subject and a query still knows every column.
 *
 * How values come back: `date` as `'2026-03-01'`; `timestamptz` as a `Date` (an instant, to the millisecond);
 * `int8` and `count(*)` as a number, or an error beyond 2^53; `numeric` and ranges as text; `jsonb` parsed;
 * `bytea` as a Buffer.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the subjects
export interface Tables {}

/** A connection to the clinic's database: for reads, and to open a transaction. */
export type Db = Kysely<Tables>;
/** An open transaction. Whatever writes asks for one, so that calling it outside does not compile. */
export type Trx = Transaction<Tables>;

/** Where a PostgreSQL server is reached: a URL, or the socket folder of the embedded one. */
export type Connection =
  | { readonly url: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

/** The oldest PostgreSQL whose SQL the clinic keeps to. */
export const oldestServer = 15;

export interface Database {
  readonly db: Db;
  /** The pool under `db`, for what must hold a connection of its own (LISTEN, the job queue). */
  readonly pool: Pool;
  readonly connection: Connection;
  close(): Promise<void>;
}

/** Settings of the `pg` driver for a connection, with this program's reading of values. */
export function clientSettings(connection: Connection): ClientConfig {
  return {
    ...('url' in connection ? { connectionString: connection.url } : connection),
    application_name: 'undertone',
    types: { getTypeParser: parserOf as CustomTypesConfig['getTypeParser'] },
  };
}

/** A pool of connections that reads values as this program does. Nothing is sent yet. */
export function openPool(connection: Connection, options: { poolSize: number; log: Logger }): Pool {
  const pool = new Pool({
    ...clientSettings(connection),
    Client: PlanKeepingClient,
    max: options.poolSize,
    connectionTimeoutMillis: 15_000,
    // A forgotten transaction may not hold locks for ever.
    idle_in_transaction_session_timeout: 120_000,
  });
  // One that dies in a transaction, between two queries, has no other listener: the next query of it fails, and that is
  // how the command learns of it. Without this the whole program would end.
  pool.on('connect', (client) =>
    client.on('error', (error) => options.log.debug({ err: error }, 'connection failed')),
  );
  // A connection that dies while idle (server restart) is dropped by the pool; the next query opens another.
  pool.on('error', (error) => options.log.warn({ err: error }, 'database connection lost'));
  return pool;
}

/**
 * Opens the database as the account of the connection, which owns the tables and passes the fence between clinics:
 * for the schema, for tools and for tests. Pages and jobs work through `raiseFence` (platform/fence.ts).
 * Nothing is sent yet; {@link checkServer} is the first question.
 */
export function openDatabase(connection: Connection, options: { poolSize: number; log: Logger }): Database {
  const pool = openPool(connection, options);
  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    pool,
    connection,
    close: () => pool.end(),
  };
}

/**
 * Asks the server for its version.
 * @throws `database-too-old`, or `database-unreachable` with the driver's reason.
 */
export async function checkServer(db: Db): Promise<{ readonly version: string; readonly major: number }> {
  let row: { version: string; number: number } | undefined;
  try {
    const answer = await sql<{ version: string; number: number }>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number`.execute(
      db,
    );
    row = answer.rows[0];
  } catch (error) {
    throw Object.assign(
      new Error(
        `the database does not answer (${(error as Error).message}); check DATABASE_URL, or the data folder's log.`,
        { cause: error },
      ),
      { code: 'database-unreachable' as const },
    );
  }
  const major = Math.floor((row?.number ?? 0) / 10_000);
  if (major < oldestServer) {
    throw Object.assign(
      new Error(
        `the database is PostgreSQL ${row?.version ?? '?'}; Undertone needs ${oldestServer} or later.`,
      ),
      { code: 'database-too-old' as const },
    );
  }
  return { version: row?.version ?? '', major };
}

const migrationsFolder = join(import.meta.dirname, '..', 'migrations');

/** The steps of the schema, by name: the files `migrations/0001-….ts`, each exporting `up`. */
export async function programSteps(): Promise<Record<string, Migration>> {
  const steps: Record<string, Migration> = {};
  for (const file of (await readdir(migrationsFolder)).sort()) {
    if (!/^\d{4}-[a-z0-9-]+\.ts$/.test(file)) continue;
    steps[file.slice(0, -3)] = {
      // Read when it is taken: most starts take none.
      up: async (db) => {
        const step = (await import(pathToFileURL(join(migrationsFolder, file)).href)) as Migration;
        await step.up(db);
      },
    };
  }
  return steps;
}

export interface MigrateOptions {
  /** The steps there are; default those of the program. */
  readonly steps?: () => Promise<Record<string, Migration>>;
  /**
   * A step that wants a table whose users do not let go waits so long at most, because everybody who comes after it
   * waits behind it. Then all steps are undone and begun again.
   */
  readonly waitForTableMs?: number;
  /** How often they are begun again. */
  readonly retries?: number;
}

/**
 * Brings the schema to the newest step, forward only. All pending steps are one transaction under an advisory
 * lock, so that several processes may start at once and a failed step leaves nothing behind. An older program may be
 * serving meanwhile: docs/scale.md says what a step may do then.
 * @returns the names of the steps taken now.
 * @throws `migration-failed`, naming the step; `schema-too-new` when an older program meets a newer database.
 */
export async function migrate(db: Db, options: MigrateOptions = {}): Promise<readonly string[]> {
  const { steps = programSteps, waitForTableMs = 2000, retries = 30 } = options;
  const patient = async () => {
    const all = Object.entries(await steps());
    return Object.fromEntries(all.map(([name, step]) => [name, boundedBy(waitForTableMs, step)]));
  };
  const migrator = new Migrator({
    db,
    provider: { getMigrations: patient },
    migrationTableName: 'schema_steps',
    migrationLockTableName: 'schema_steps_lock',
  });
  let { error, results } = await migrator.migrateToLatest();
  // 55P03: a table was not let go in time. 40P01: we and a request waited for each other.
  for (let left = retries; left > 0 && ['55P03', '40P01'].includes(codeOf(error)); left--) {
    await pause(waitForTableMs / 2);
    ({ error, results } = await migrator.migrateToLatest());
  }
  if (error === undefined) return (results ?? []).map((step) => step.migrationName);
  const failed = results?.find((step) => step.status === 'Error')?.migrationName;
  const reason = error instanceof Error ? error.message : JSON.stringify(error);
  const newer = /previously executed migration .* is missing/.test(reason);
  throw Object.assign(
    new Error(
      newer
        ? `the database was written by a newer Undertone (${reason}); start that version, or restore a backup.`
        : `the schema step ${failed ?? '(before the first)'} failed and was undone: ${reason}`,
      { cause: error },
    ),
    { code: newer ? ('schema-too-new' as const) : ('migration-failed' as const) },
  );
}

function boundedBy(waitMs: number, step: Migration): Migration {
  return {
    up: async (db) => {
      await sql`select set_config('lock_timeout', ${`${waitMs}ms`}, true)`.execute(db);
      await step.up(db);
    },
  };
}

const codeOf = (error: unknown) => (error as { code?: string } | undefined)?.code ?? '';

/** Names of the steps the database has not taken yet. */
export async function pendingMigrations(db: Db): Promise<readonly string[]> {
  const steps = Object.keys(await programSteps());
  const known = await sql<{
    there: boolean;
  }>`select to_regclass('schema_steps') is not null as there`.execute(db);
  if (!known.rows[0]?.there) return steps;
  const taken = await sql<{ name: string }>`select name from schema_steps`.execute(db);
  const names = new Set(taken.rows.map((row) => row.name));
  return steps.filter((step) => !names.has(step));
}

/**
 * Runs `work` in a transaction for one clinic, where no border has stated one yet or stated the same. Given a transaction,
 * it is a step of that one: what a step did before it failed is undone, and the transaction may go on.
 */
export function asTenant<T>(db: Db, tenantId: string, work: (trx: Trx) => Promise<T>): Promise<T> {
  return inTenant(tenantId, () =>
    db.isTransaction ? asStep(db as Trx, work) : db.transaction().execute(work),
  );
}

async function asStep<T>(trx: Trx, work: (trx: Trx) => Promise<T>): Promise<T> {
  await sql`savepoint step`.execute(trx);
  try {
    const done = await work(trx);
    await sql`release savepoint step`.execute(trx);
    return done;
  } catch (error) {
    await sql`rollback to savepoint step; release savepoint step`.execute(trx);
    throw error;
  }
}

// Object identifiers of the types whose default reading in the driver loses something (pg_type.oid).
const oid = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  numeric: 1700,
  interval: 1186,
  int8Array: 1016,
  dateArray: 1182,
};

// The driver types identifiers as a closed list; extensions add more.
const defaultParser = types.getTypeParser as (
  type: number,
  format?: 'text' | 'binary',
) => (value: string) => unknown;

function parserOf(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  switch (type) {
    case oid.int8:
      return wholeNumber;
    case oid.date:
    case oid.timestamp:
    case oid.numeric:
    case oid.interval:
      return (value) => value;
    case oid.int8Array:
      return (value) => arrayItems(value).map(wholeNumber);
    case oid.dateArray:
      return arrayItems;
    default:
      return defaultParser(type, format);
  }
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw Object.assign(new Error(`${value} is too large to count exactly`), {
    code: 'number-too-large' as const,
  });
}

/** Reads a one-dimensional array literal of numbers or dates, which never contain quotes. */
function arrayItems(literal: string): string[] {
  const inside = literal.slice(1, -1);
  return inside === '' ? [] : inside.split(',');
}
