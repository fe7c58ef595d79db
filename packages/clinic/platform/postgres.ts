import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import type { Connection } from './database.ts';
import { makeHome } from './home.ts';
import { readSecret } from './keys.ts';
import { findBinaries } from './postgres-binaries.ts';
import { makeCluster } from './postgres-cluster.ts';
import { isServerOf, pidFileLines, stopOrphan } from './postgres-orphan.ts';
import {
  adminPasswordFile,
  checkCluster,
  choosePlace,
  newPassword,
  type PostgresOptions,
  passwordFile,
} from './postgres-place.ts';
import { chooseAddress, watch } from './postgres-process.ts';

/** The embedded PostgreSQL server, a child of this process: started, watched, restarted when killed, stopped with us. */
export interface Postgres {
  /** For the program: role `undertone`, owner of database `undertone`, no superuser. */
  readonly connection: Connection;
  /** For the archive, backup, a move and tests: the superuser, in the same database. */
  readonly admin: Connection;
  /** For instance `18.4`. */
  readonly version: string;
  /** The cluster's folder (PGDATA). */
  readonly cluster: string;
  readonly logFile: string;
  /** Process id of the postmaster; changes when it had to be restarted. */
  pid(): number | undefined;
  /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
  stop(): Promise<void>;
}

/**
 * Starts the server on the data folder. The caller holds the folder's lock, so a server still running here was left
 * by a program that was killed: it is stopped first.
 * @throws `no-postgres`, `no-account`, `cluster-foreign`, `cluster-version`, `postgres-start-failed`.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  makeHome(options.home);
  const place = choosePlace(options);
  const binaries = findBinaries(options.database.binaries, place.root, place.account);
  const adminPassword = await readSecret(adminPasswordFile(options.home), newPassword);
  const password = await readSecret(passwordFile(options.home), newPassword);
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) {
    await makeCluster(place, binaries, adminPassword, options.durable !== false);
  }
  checkCluster(place, binaries);
  await stopOrphan(place.cluster, options.log);
  // No server runs here now: a socket and its lock are leftovers, and their number may seem taken in the same way.
  for (const leftover of readdirSync(place.run)) rmSync(join(place.run, leftover), { force: true });

  const logFile = join(options.home, 'log', 'postgres.log');
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const address = await chooseAddress(place.run);
  const admin: Connection = { ...address, user: 'postgres', password: adminPassword, database: 'postgres' };
  const watched = watch(place, binaries, address, { ...options, logFile, admin });
  try {
    await watched.ready;
    await makeDatabase(admin, password);
  } catch (error) {
    await watched.stop();
    throw error;
  }
  return {
    connection: { ...address, user: 'undertone', password, database: 'undertone' },
    admin: { ...admin, database: 'undertone' },
    version: binaries.version,
    cluster: place.cluster,
    logFile,
    pid: watched.pid,
    stop: watched.stop,
  };
}

/**
 * How to reach the embedded server another process has running on this data folder.
 * @returns undefined when none runs there.
 */
export async function runningPostgres(
  options: Pick<PostgresOptions, 'home' | 'database'>,
): Promise<{ connection: Connection; admin: Connection; cluster: string } | undefined> {
  const { cluster } = choosePlace(options);
  const lines = pidFileLines(cluster);
  if (lines === undefined || !isServerOf(cluster, Number(lines[0]))) return undefined;
  // Lines of postmaster.pid: 1 process, 2 cluster, 3 start, 4 port, 5 socket folder, 6 listening address.
  const host = lines[4] === '' ? '127.0.0.1' : (lines[4] ?? '');
  const at = { host, port: Number(lines[3]) };
  const read = (path: string) => readFileSync(path, 'utf8').trim();
  return {
    connection: {
      ...at,
      user: 'undertone',
      password: read(passwordFile(options.home)),
      database: 'undertone',
    },
    admin: {
      ...at,
      user: 'postgres',
      password: read(adminPasswordFile(options.home)),
      database: 'undertone',
    },
    cluster,
  };
}

/** Makes what is missing of the program's role and database, and gives the role its password. */
export async function makeDatabase(admin: Connection, password: string): Promise<void> {
  const client = new Client(admin as ClientConfig);
  await client.connect();
  try {
    const role = await client.query("select 1 from pg_roles where rolname = 'undertone'");
    const secret = client.escapeLiteral(password);
    await client.query(`${role.rowCount === 0 ? 'create' : 'alter'} role undertone login password ${secret}`);
    // The role pages and jobs work as (fence.ts): it owns nothing and may not pass row-level security.
    const working = await client.query("select 1 from pg_roles where rolname = 'undertone_app'");
    if (working.rowCount === 0) await client.query('create role undertone_app nologin');
    await client.query('grant undertone_app to undertone');
    const database = await client.query("select 1 from pg_database where datname = 'undertone'");
    if (database.rowCount === 0) await client.query('create database undertone owner undertone');
    await client.query('revoke connect on database postgres from public');
  } finally {
    await client.end();
  }
}
