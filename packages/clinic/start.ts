import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { anchorAudit } from './audit/commands.ts';
import { allHandlers } from './jobs.ts';
import { type Archiver, startArchiver } from './platform/archiver.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import {
  type Connection,
  checkServer,
  clientSettings,
  type Database,
  migrate,
  openDatabase,
} from './platform/database.ts';
import { type Fence, raiseFence } from './platform/fence.ts';
import { openFiles } from './platform/files.ts';
import { type HomeLock, lockHome, makeHome } from './platform/home.ts';
import { type Jobs, openJobs } from './platform/jobs.ts';
import { openClinicKeys } from './platform/key-ring.ts';
import { openLog } from './platform/log.ts';
import { openMail } from './platform/mail.ts';
import { type Notices, openNotices } from './platform/notices.ts';
import { openTypesetter } from './platform/pdf.ts';
import { type Postgres, runningPostgres, startPostgres } from './platform/postgres.ts';
import { asSystem, presentPublicUrl } from './platform/scope.ts';
import type { Services } from './platform/services.ts';
import { reapplyErasures } from './retention/commands.ts';

/** The running clinic: what pages, commands and jobs are given. */
export interface Clinic extends Services {
  /** What other processes of this clinic tell: that something at the desk has changed. */
  readonly notices: Notices;
  /** Version of the database server, for the health page. */
  readonly serverVersion: string;
  /** The fence between clinics `db` stands behind; undefined where `db` is the owner's. */
  readonly fence: Pick<Fence, 'role' | 'why'> | undefined;
  /** Whether a request can be served now: the database answers. */
  ready(): Promise<boolean>;
}

/** Connections kept for the few works of `systemDoors`. */
const ownerPoolSize = 2;

export interface StartedClinic {
  readonly clinic: Clinic;
  /** Schema steps taken at this start. */
  readonly migrated: readonly string[];
  /** Names the address the pages are served at in the message a second start gets. */
  announce(url: string): void;
  /** Lets jobs finish, closes connections, stops the embedded server, releases the folder. May be called twice. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /**
   * What to do when another process runs on the data folder: `refuse` (`undertone serve`), or `join` its database
   * (`undertone verify-audit` beside a running clinic, one of several web or worker processes). Default `refuse`.
   */
  readonly beside?: 'refuse' | 'join';
  /** Whether this process works on background jobs. Default true. */
  readonly work?: boolean;
  /**
   * Whether the process that has the embedded server archives its log (platform/archiver.ts). Default true for a process
   * that works on jobs.
   */
  readonly archive?: boolean;
  /** Whether pending schema steps are taken. Default true. */
  readonly migrate?: boolean;
  /**
   * Whether `db` stands behind the fence between clinics (platform/fence.ts): for whatever serves pages or works on jobs.
   * Without it, `db` is the owner's: for verbs on the machine itself. Default true for a process that works on jobs.
   */
  readonly fenced?: boolean;
  /** The embedded database is lost and cannot be brought back: stop and let a supervisor start again. */
  readonly onGone?: (error: Error) => void;
}

/**
 * Brings the clinic up: data folder, database (embedded or `DATABASE_URL`), schema, keys, files, mail, jobs. The
 * caller then seeds the sample clinic (`seedSample`) and, while there is no owner, prints a link (`createOwnerInvite`).
 *
 * ```ts
 * const { clinic, announce, stop } = await startClinic(readConfig());
 * ```
 *
 * The caller handles SIGINT and SIGTERM by stopping the pages first and calling `stop()` last.
 * @throws errors with a `code` and a sentence for the owner: `already-running`, `home-not-writable`, `no-postgres`,
 *   `no-account`, `cluster-foreign`, `cluster-version`, `postgres-start-failed`, `database-unreachable`,
 *   `database-too-old`, `migration-failed`, `schema-too-new`, `master-key-unreadable`, `master-key-wrong`.
 */
export async function startClinic(settings: Config, options: StartOptions = {}): Promise<StartedClinic> {
  const config = withOwnAddress(settings);
  const undo: (() => Promise<void> | void)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= unwind(undo));
  try {
    makeHome(config.home);
    const log = openLog(config);
    const clock = systemClock();
    const { connection, announce, embedded } = await reachServer(config, options, log, undo);
    let archiver: Archiver | undefined;
    undo.push(() => archiver?.stop());
    const isFenced = options.fenced ?? options.work !== false;
    const { poolSize } = config.database;
    const database = openDatabase(connection, { poolSize: isFenced ? ownerPoolSize : poolSize, log });
    undo.push(() => database.close());
    const server = await checkServer(database.db);
    const migrated = options.migrate === false ? [] : await migrate(database.db);
    const fence = isFenced ? await raiseFence(database, { poolSize, log }) : undefined;
    undo.push(() => fence?.close());
    const keys = await openClinicKeys(config, database.db, clock.now());
    const files = openFiles(config, keys, clock);
    if (embedded !== undefined && (options.archive ?? options.work !== false)) {
      const { admin, cluster } = embedded;
      archiver = startArchiver({ config, admin, cluster, files: files.store, keys, log });
    }
    const mail = openMail(config, clock);
    undo.push(() => mail.close());
    const typesetter = openTypesetter();
    undo.push(() => typesetter.close());
    const db = fence?.db ?? database.db;
    const parts = { config, db, files, keys, mail, typesetter, clock, log };
    const jobs = await startJobs(
      parts,
      connection,
      { ...options, opened: () => fence?.admitToQueue() },
      undo,
    );
    const notices = openNotices(connection, log);
    undo.push(() => notices.close());
    const clinic: Clinic = {
      ...parts,
      jobs,
      notices,
      serverVersion: server.version,
      fence: fence && { role: fence.role, why: fence.why },
      ready: () => isReady(database),
    };
    if (options.beside !== 'join' && options.migrate !== false) await eraseAgain(clinic);
    // A database that no longer lets us in (it was moved, it is gone) has nothing to anchor, and is no reason to fail a stop.
    if (options.beside !== 'join')
      undo.push(async () => {
        if (await clinic.ready()) await asSystem('audit-anchor', () => anchorAudit(clinic));
      });
    return { clinic, migrated, announce, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A restored backup does not know whom the clinic has erased since; nobody sees those people again. */
async function eraseAgain(clinic: Clinic): Promise<void> {
  try {
    const again = await reapplyErasures(clinic);
    if (again > 0) clinic.log.warn({ erasures: again }, 'applied again after a restore');
  } catch (error) {
    clinic.log.error({ err: error }, 'erasures could not be compared with their register');
  }
}

/** The settings, with the address of the clinic at work where it has one of its own: links lead to her own pages. */
function withOwnAddress(settings: Config): Config {
  const http = Object.defineProperty({ ...settings.http }, 'publicUrl', {
    enumerable: true,
    get: () => presentPublicUrl() ?? settings.http.publicUrl,
  });
  return { ...settings, http };
}

async function startJobs(
  parts: Omit<Services, 'jobs'>,
  connection: Connection,
  options: Pick<StartOptions, 'work'> & { readonly opened: () => Promise<void> | undefined },
  undo: (() => Promise<void> | void)[],
): Promise<Jobs> {
  let opened: Jobs | undefined;
  const jobs = () => {
    if (opened === undefined) throw new Error('the job queue is used before it is open');
    return opened;
  };
  opened = await openJobs(connection, parts.log, allHandlers({ ...parts, jobs }));
  undo.push(() => opened?.stop());
  await options.opened();
  if (options.work !== false) await opened.work();
  return opened;
}

async function reachServer(
  config: Config,
  options: StartOptions,
  log: Services['log'],
  undo: (() => Promise<void> | void)[],
): Promise<{ connection: Connection; announce: (url: string) => void; embedded?: Postgres }> {
  const silent = () => undefined;
  if (config.database.url !== undefined)
    return { connection: { url: config.database.url }, announce: silent };
  const lock = options.beside === 'join' ? await lockOrJoin(config) : lockHome(config.home);
  if ('connection' in lock) return { connection: lock.connection, announce: silent };
  undo.push(() => lock.release());
  const postgres = await startPostgres({
    home: config.home,
    database: config.database,
    log,
    ...(options.onGone && { onGone: options.onGone }),
  });
  undo.push(() => postgres.stop());
  return { connection: postgres.connection, announce: (url) => lock.announce(url), embedded: postgres };
}

/** How long a process waits for the database of the one that holds the data folder: a crash's log is read again first. */
const joinWithinMs = 30_000;

/**
 * Takes the data folder, or finds the way into the database of the process that has it. That process may be about to
 * start its database, or to go: both are worth asking again.
 */
async function lockOrJoin(config: Config): Promise<HomeLock | { readonly connection: Connection }> {
  for (const until = performance.now() + joinWithinMs; ; await pause(100)) {
    try {
      return lockHome(config.home);
    } catch (error) {
      const isHeld = (error as { code?: string }).code === 'already-running';
      const running = isHeld ? await runningPostgres(config) : undefined;
      if (running !== undefined && (await answers(running.connection))) return running;
      if (!isHeld || performance.now() > until) throw error;
    }
  }
}

async function answers(connection: Connection): Promise<boolean> {
  const client = new Client({ ...clientSettings(connection), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isReady(database: Database): Promise<boolean> {
  try {
    await database.pool.query('select 1');
    return true;
  } catch {
    return false;
  }
}

/** Undoes in reverse order; one failure does not keep the rest from being undone. */
async function unwind(undo: (() => Promise<void> | void)[]): Promise<void> {
  let first: unknown;
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      first ??= error;
    }
  }
  if (first !== undefined) throw first as Error;
}
