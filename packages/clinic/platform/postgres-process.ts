import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { Connection } from './database.ts';
import type { Binaries } from './postgres-binaries.ts';
import { adminPasswordFile, type Place, type PostgresOptions } from './postgres-place.ts';

export function startFailed(message: string): Error {
  return Object.assign(new Error(`the database could not be started: ${message}`), {
    code: 'postgres-start-failed' as const,
  });
}

/** None of the caller's PG… variables, locale or time zone. */
export function bareEnvironment(home: string): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), HOME: home, LC_ALL: 'C', TZ: 'UTC' };
}

/** A Unix socket in a folder only the account may enter; loopback where sockets are missing or their path is too long. */
export async function chooseAddress(runFolder: string): Promise<{ host: string; port: number }> {
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

/** `setpriv --pdeathsig` makes the kernel stop the server when this process dies, however it dies (Linux). */
function canFollowParent(): boolean {
  if (process.platform !== 'linux') return false;
  return spawnSync('setpriv', ['--pdeathsig', 'INT', 'true'], { stdio: 'ignore' }).status === 0;
}

/** Starts the server, knocks until it answers, starts it again when it is killed, and ends it with this program. */
export function watch(
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
