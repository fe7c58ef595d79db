import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { Config } from './config.ts';
import type { Connection } from './database.ts';
import { makeHome } from './home.ts';
import { readSecret } from './keys.ts';
import type { Logger } from './log.ts';
import { type Account, chooseAccount, mayEnter } from './postgres-account.ts';
import { type Binaries, findBinaries } from './postgres-binaries.ts';

/** The embedded PostgreSQL server, a child of this process: started, watched, restarted when killed, stopped with us. */
export interface Postgres {
  /** For the program: role `undertone`, owner of database `undertone`, no superuser. */
  readonly connection: Connection;
  /** For backup and tests: the superuser. */
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

export interface PostgresOptions {
  readonly home: string;
  readonly database: Pick<Config['database'], 'binaries' | 'account' | 'folder'>;
  readonly log: Logger;
  /** False turns off fsync: only for servers that tests throw away. Default true. */
  readonly durable?: boolean;
  /** Called when the server cannot be brought back; the program should stop. */
  readonly onGone?: (error: Error) => void;
}

interface Place {
  /** Folder of everything that belongs to the server: `data`, `run`, maybe a copy of the programs. */
  readonly root: string;
  readonly cluster: string;
  readonly run: string;
  readonly account: Account;
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
    admin,
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
    admin: { ...at, user: 'postgres', password: read(adminPasswordFile(options.home)), database: 'postgres' },
    cluster,
  };
}

/** A cluster that is being restored: written whole to `unfinished`, then given its name. */
export interface ClusterPlace {
  readonly cluster: string;
  readonly unfinished: string;
  /**
   * Lets a server read the log that was unpacked beside the cluster, up to an instant or to its end, and runs `work` on
   * the recovered database; the server is stopped again.
   * @throws `postgres-start-failed` with the server's last lines.
   */
  recover<T>(until: Date | undefined, work: (admin: Connection) => Promise<T>): Promise<T>;
  /** Gives the cluster to the account the server runs as, and renames it into place. */
  settle(): void;
}

/** Where a cluster for this data folder belongs, for a restore. */
export function clusterPlace(
  options: Pick<PostgresOptions, 'home' | 'database' | 'log' | 'durable'>,
): ClusterPlace {
  makeHome(options.home);
  const place = choosePlace(options);
  const { cluster, account } = place;
  const unfinished = `${cluster}-restored`;
  const giveAway = () => {
    chmodSync(unfinished, 0o700);
    if (account.uid === undefined || account.gid === undefined) return;
    chownSync(unfinished, account.uid, account.gid);
    for (const name of readdirSync(unfinished, { recursive: true, encoding: 'utf8' })) {
      chownSync(join(unfinished, name), account.uid, account.gid);
    }
  };
  return {
    cluster,
    unfinished,
    async recover(until, work) {
      writeFileSync(join(unfinished, 'recovery.signal'), '', { mode: 0o600 });
      giveAway();
      const recovering: Place = { ...place, cluster: unfinished };
      const binaries = findBinaries(options.database.binaries, place.root, account);
      checkCluster(recovering, binaries);
      const password = await readSecret(adminPasswordFile(options.home), newPassword);
      const address = await chooseAddress(place.run);
      const admin: Connection = { ...address, user: 'postgres', password, database: 'postgres' };
      const logFile = join(options.home, 'log', 'recovery.log');
      mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
      const more = {
        // The log to read lies in pg_wal already: there is nowhere else to fetch it from.
        restore_command: 'exit 1',
        // Nobody may connect before the end: an answer means that recovery is over.
        hot_standby: 'off',
        recovery_target_timeline: 'current',
        recovery_target_action: 'promote',
        ...(until && { recovery_target_time: until.toISOString().replace('T', ' ').replace('Z', '+00') }),
      };
      const watched = watch(recovering, binaries, address, { ...options, logFile, admin, more });
      try {
        await watched.ready;
        return await work({ ...admin, database: 'undertone' });
      } finally {
        await watched.stop();
      }
    },
    settle() {
      giveAway();
      renameSync(unfinished, cluster);
    },
  };
}

const adminPasswordFile = (home: string) => join(home, 'secrets', 'postgres-admin.password');
const passwordFile = (home: string) => join(home, 'secrets', 'postgres.password');
const newPassword = () => randomBytes(24).toString('base64url');

/** The server's folder: in the data folder, unless the account may not go there (a data folder below /root, say). */
function choosePlace(options: Pick<PostgresOptions, 'home' | 'database'>): Place {
  const usual = options.database.folder ?? join(options.home, 'postgres');
  const pointer = join(options.home, 'postgres-location');
  const moved = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : undefined;
  const place = (root: string, account: Account): Place => ({
    root,
    cluster: join(root, 'data'),
    run: join(root, 'run'),
    account,
  });
  const current = moved ?? usual;
  const account = chooseAccount({
    named: options.database.account,
    cluster: join(current, 'data'),
    home: options.home,
  });
  makeFolder(current, account);
  if (mayEnter(account, current)) {
    makeFolder(join(current, 'run'), account);
    return place(current, account);
  }
  // Nothing was started here yet, or it was and the way to it has been closed since: never make a second cluster.
  const elsewhere = join('/var/lib/undertone', randomBytes(6).toString('hex'));
  if (!existsSync(join(current, 'data')) && options.database.folder === undefined) {
    mkdirSync(dirname(elsewhere), { recursive: true });
    chmodSync(dirname(elsewhere), 0o711);
    makeFolder(elsewhere, account);
    if (mayEnter(account, elsewhere)) {
      rmSync(current, { recursive: true, force: true });
      writeFileSync(pointer, `${elsewhere}\n`, { mode: 0o600 });
      makeFolder(join(elsewhere, 'run'), account);
      return place(elsewhere, account);
    }
  }
  throw Object.assign(
    new Error(
      `the database runs as "${account.name}", which may not enter ${current}. Put the data folder (UNDERTONE_HOME) where it may, allow passing through with chmod o+x on the folders above, or name another account in UNDERTONE_POSTGRES_USER.`,
    ),
    { code: 'cluster-foreign' as const },
  );
}

function makeFolder(path: string, account: Account): void {
  if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}

function checkCluster(place: Place, binaries: Binaries): void {
  const written = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  if (Number(written) !== binaries.major) {
    throw Object.assign(
      new Error(
        `the data in ${place.cluster} was written by PostgreSQL ${written}, the programs here are ${binaries.version}; restore the last backup into a new data folder with this version.`,
      ),
      { code: 'cluster-version' as const },
    );
  }
  const owner = statSync(place.cluster).uid;
  const us = place.account.uid ?? process.getuid?.() ?? owner;
  if (owner !== us) {
    throw Object.assign(
      new Error(
        `the data in ${place.cluster} belongs to user ${owner}, the database would run as ${us}; start as the same user as before.`,
      ),
      { code: 'cluster-foreign' as const },
    );
  }
}

/**
 * Makes the cluster under a name of this attempt's own and renames it when it is whole: the `initdb` of a killed start
 * may still be writing, or clearing away, what it began. Text sorts by code point (`C.UTF-8`, built
 * in), which no library upgrade can change under an index; people's names are sorted with ICU collations by query.
 */
async function makeCluster(
  place: Place,
  binaries: Binaries,
  adminPassword: string,
  isDurable: boolean,
): Promise<void> {
  clearUnfinished(place.root);
  const attempt = randomBytes(6).toString('hex');
  const unfinished = join(place.root, `${UNFINISHED}${attempt}`);
  const passwordCopy = join(place.root, `${PASSWORD_COPY}${attempt}`);
  writeFileSync(passwordCopy, adminPassword, { mode: 0o600 });
  if (place.account.uid !== undefined && place.account.gid !== undefined) {
    chownSync(passwordCopy, place.account.uid, place.account.gid);
  }
  const locale =
    binaries.major >= 17
      ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C'];
  const args = ['-D', unfinished, '-U', 'postgres', `--pwfile=${passwordCopy}`, '--auth=scram-sha-256'];
  args.push('--encoding=UTF8', '--data-checksums', '--no-instructions', ...locale);
  if (!isDurable) args.push('--no-sync');
  try {
    await run(binaries.initdb, args, place);
    renameSync(unfinished, place.cluster);
  } finally {
    rmSync(passwordCopy, { force: true });
  }
}

const UNFINISHED = 'data-unfinished-';
const PASSWORD_COPY = 'password-';

/** What killed attempts left. A folder one of them still writes to may stay until the next start. */
function clearUnfinished(root: string): void {
  for (const name of readdirSync(root)) {
    if (!name.startsWith(UNFINISHED) && !name.startsWith(PASSWORD_COPY)) continue;
    try {
      rmSync(join(root, name), { recursive: true, force: true });
    } catch {
      // Its `initdb` made another file between our listing the folder and removing it.
    }
  }
}

function run(program: string, args: readonly string[], place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...place.account.spawn,
      cwd: place.root,
      env: bareEnvironment(place.root),
    });
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString();
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(startFailed(`${program} ended with code ${code}: ${said.trim().slice(-2000)}`));
    });
  });
}

function startFailed(message: string): Error {
  return Object.assign(new Error(`the database could not be started: ${message}`), {
    code: 'postgres-start-failed' as const,
  });
}

/** None of the caller's PG… variables, locale or time zone. */
function bareEnvironment(home: string): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), HOME: home, LC_ALL: 'C', TZ: 'UTC' };
}

/** A Unix socket in a folder only the account may enter; loopback where sockets are missing or their path is too long. */
async function chooseAddress(runFolder: string): Promise<{ host: string; port: number }> {
  // sockaddr_un holds 104 bytes on macOS, 108 on Linux, with the final zero.
  const fits = Buffer.byteLength(join(runFolder, '.s.PGSQL.5432')) < 104;
  if (process.platform !== 'win32' && fits) return { host: runFolder, port: 5432 };
  const port = await new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
  return { host: '127.0.0.1', port };
}

function pidFileLines(cluster: string): string[] | undefined {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8')
      .split('\n')
      .map((line) => line.trim());
  } catch {
    return undefined;
  }
}

/** Whether the process is a PostgreSQL server on this very cluster (process ids are reused, after a reboot above all). */
function isServerOf(cluster: string, pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  let command: string;
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    if (process.platform === 'linux') return false;
    command =
      process.platform === 'win32'
        ? spawnSync('tasklist', ['/FI', `PID eq ${pid}`], { encoding: 'utf8' }).stdout.replace(
            '.exe',
            ` ${cluster}`,
          )
        : spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  }
  return command.includes('postgres') && command.includes(cluster);
}

/**
 * Stops a server that outlived the program that started it. Where the process file names a stranger (the number was
 * given to another program since) or a dead process nobody has collected, PostgreSQL would refuse to start for ever: the
 * number is replaced by one that is surely free. The rest of the file stays, because PostgreSQL learns from it whether
 * backends of the old server still hold its shared memory.
 */
async function stopOrphan(cluster: string, log: Logger): Promise<void> {
  const lines = pidFileLines(cluster);
  const pid = Number(lines?.[0]);
  if (lines === undefined || !Number.isInteger(pid) || pid <= 0) {
    // Cut off while it was written: no server ran yet.
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  if (!isServerOf(cluster, pid)) {
    if (!isTaken(pid)) return;
    const over = spawnSync(process.execPath, ['--version']).pid;
    writeFileSync(join(cluster, 'postmaster.pid'), [over, ...lines.slice(1)].join('\n'));
    return;
  }
  log.warn({ pid }, 'stopping a database server left by an earlier run');
  for (const [signal, waitMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < waitMs; waited += 50) {
      await pause(50);
      if (!isServerOf(cluster, pid)) return;
    }
  }
  throw startFailed(`a server left by an earlier run (process ${pid}) does not stop`);
}

/** Whether some process, however dead, has this number. */
function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** `setpriv --pdeathsig` makes the kernel stop the server when this process dies, however it dies (Linux). */
function canFollowParent(): boolean {
  if (process.platform !== 'linux') return false;
  return spawnSync('setpriv', ['--pdeathsig', 'INT', 'true'], { stdio: 'ignore' }).status === 0;
}

function watch(
  place: Place,
  binaries: Binaries,
  address: { host: string; port: number },
  options: PostgresOptions & {
    logFile: string;
    admin: Connection;
    more?: Readonly<Record<string, string>>;
  },
): { ready: Promise<void>; pid: () => number | undefined; stop: () => Promise<void> } {
  const onSocket = address.host !== '127.0.0.1';
  const settings: Record<string, string | number> = {
    listen_addresses: onSocket ? '' : address.host,
    // Quoted: the setting is a list parted by commas.
    unix_socket_directories: onSocket ? `"${address.host.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    port: address.port,
    fsync: options.durable === false ? 'off' : 'on',
    synchronous_commit: options.durable === false ? 'off' : 'on',
    full_page_writes: options.durable === false ? 'off' : 'on',
    // Lets a clinic move to a bigger server by logical replication without stopping.
    wal_level: 'logical',
    // Log that waits for the archive may not fill the disk: past this it is let go, and the archive has a gap.
    max_slot_wal_keep_size: '4GB',
    max_connections: 100,
    timezone: 'UTC',
    jit: 'off',
    // Statements and offending values hold people's data: keep them out of the log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    ...options.more,
  };
  const serverArgs = [
    '-D',
    place.cluster,
    ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
  ];
  const [program, args] = canFollowParent()
    ? ['setpriv', ['--pdeathsig', 'INT', binaries.postgres, ...serverArgs]]
    : [binaries.postgres, serverArgs];

  let child: ChildProcess | undefined;
  let stopping = false;
  let ended: Promise<void> = Promise.resolve();
  const onExit = () => child?.kill('SIGINT');
  process.on('exit', onExit);

  const launch = async (): Promise<void> => {
    rotate(options.logFile);
    const out = openSync(options.logFile, 'a', 0o600);
    const begun = spawn(program, args, {
      ...place.account.spawn,
      cwd: place.root,
      env: bareEnvironment(place.root),
      stdio: ['ignore', out, out],
      // Its own process group: Ctrl-C in the terminal reaches this program alone, which then stops the server last.
      detached: process.platform !== 'win32',
    });
    closeSync(out);
    child = begun;
    let gone: string | undefined;
    ended = new Promise((resolve) => {
      begun.on('error', (error) => {
        gone = error.message;
        resolve();
      });
      begun.on('exit', (code, signal) => {
        gone = signal ?? `code ${code}`;
        resolve();
      });
    });
    for (;;) {
      if (gone !== undefined)
        throw startFailed(`it ended (${gone}). Last lines of ${options.logFile}: ${tail(options.logFile)}`);
      const answer = await knock(options.admin);
      if (answer === 'open') break;
      if (answer === 'wrong-password') {
        throw startFailed(
          `it does not accept the password in ${adminPasswordFile(options.home)}; put the data folder's own "secrets" back`,
        );
      }
      await pause(40);
    }
    void ended.then(() => (stopping ? undefined : revive(gone ?? 'unknown reason')));
  };

  /** The postmaster was killed: start it again. Its orphaned backends may hold the shared memory for a moment. */
  const revive = async (why: string): Promise<void> => {
    options.log.error({ why }, 'the database server ended unexpectedly; starting it again');
    let last: unknown;
    // Half a minute in all. What kept it down may end any moment (a full disk, say), and then people wait for us alone.
    for (const waitMs of [50, 200, 500, 1000, ...Array.from({ length: 14 }, () => 2000)]) {
      await pause(waitMs);
      if (stopping) return;
      try {
        await launch();
        options.log.warn({ pid: child?.pid }, 'the database server is back');
        return;
      } catch (error) {
        last = error;
      }
    }
    options.log.fatal({ err: last }, 'the database server cannot be brought back');
    options.onGone?.(last as Error);
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    process.off('exit', onExit);
    for (const [signal, waitMs] of [
      ['SIGINT', 60_000],
      ['SIGQUIT', 10_000],
      ['SIGKILL', 10_000],
    ] as const) {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      endServer(child, signal, place, binaries);
      const late = new AbortController();
      const isOver = await Promise.race([
        ended.then(() => true),
        pause(waitMs, false, { signal: late.signal }).catch(() => false),
      ]);
      late.abort();
      if (isOver) return;
    }
  };

  /** After a kill of program and server together, the old server's backends may take a moment to notice and leave. */
  const first = async (): Promise<void> => {
    for (let triesLeft = 40; ; triesLeft--) {
      try {
        return await launch();
      } catch (error) {
        const isHeld = (error as Error).message.includes('shared memory block');
        if (!isHeld || triesLeft === 0) throw error;
        await pause(500);
      }
    }
  };

  return { ready: first(), pid: () => child?.pid, stop };
}

function endServer(child: ChildProcess, signal: NodeJS.Signals, place: Place, binaries: Binaries): void {
  if (process.platform !== 'win32') {
    child.kill(signal);
    return;
  }
  // Windows has no signals; pg_ctl speaks to the server through its named pipe.
  const mode = signal === 'SIGINT' ? 'fast' : 'immediate';
  spawnSync(join(dirname(binaries.postgres), 'pg_ctl.exe'), ['stop', '-D', place.cluster, '-m', mode, '-W']);
}

async function knock(admin: Connection): Promise<'open' | 'closed' | 'wrong-password'> {
  const client = new Client({ ...(admin as ClientConfig), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return 'open';
  } catch (error) {
    // 28P01 invalid_password; everything else (no socket yet, 57P03 starting up) is worth another knock.
    return (error as { code?: string }).code === '28P01' ? 'wrong-password' : 'closed';
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function makeDatabase(admin: Connection, password: string): Promise<void> {
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

/** Keeps one earlier log once this one is past 8 MB. */
function rotate(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 8 * 1024 * 1024) renameSync(logFile, `${logFile}.1`);
}

function tail(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8').trim().split('\n').slice(-6).join(' | ');
  } catch {
    return '(no log)';
  }
}
