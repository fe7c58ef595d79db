import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolders } from './folders.ts';

/** The data folder, held by this process until released or until the process ends, however it ends. */
export interface HomeLock {
  /** Tells later starters where this one serves; shown in their refusal. */
  announce(url: string): void;
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly since: string;
  readonly url?: string;
}

/**
 * Makes the data folder if it is missing, and takes an empty one as it was made for us. Only its owner may list it;
 * started by root, the database's account may pass through to what it owns inside.
 * @throws `home-not-writable`
 */
export function makeHome(home: string): void {
  if (existsSync(home) && !isEmpty(home)) return;
  try {
    makeFolders(home);
    if (process.platform !== 'win32') chmodSync(home, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    throw notWritable(home, error);
  }
}

/** A folder that may not be listed is somebody else's, and counts as full. */
function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

/**
 * Takes the folder for this process alone. The lock is the operating system's lock on the file `lock` (through
 * SQLite, the one file locker in Node's core on every platform), so a killed process leaves no stale lock.
 * @throws `already-running`, saying which process holds the folder; `home-not-writable`.
 */
export function lockHome(home: string): HomeLock {
  makeHome(home);
  const holderFile = join(home, 'running.json');
  const since = new Date().toISOString();
  const write = (holder: Holder) => writeFileSync(holderFile, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  let lock: DatabaseSync | undefined;
  try {
    const path = join(home, 'lock');
    makeForOwner(path);
    lock = new DatabaseSync(path);
    lock.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive');
    write({ pid: process.pid, since });
  } catch (error) {
    lock?.close();
    // 5 is SQLITE_BUSY; anything else means that we may not write here at all.
    if ((error as { errcode?: number }).errcode !== 5) {
      throw notWritable(home, error);
    }
    throw Object.assign(new Error(busyMessage(home, holderFile)), { code: 'already-running' as const });
  }
  const held = lock;
  const release = () => {
    process.off('exit', release);
    if (!held.isOpen) return;
    rmSync(holderFile, { force: true });
    held.close();
  };
  // The listener also keeps the lock from being collected as garbage, which would release it.
  process.on('exit', release);
  return { announce: (url) => write({ pid: process.pid, since, url }), release };
}

/**
 * Makes the file such that no other account can open it and stand in the way. A file that is there is not opened: on
 * POSIX systems closing it again would release every lock this process holds on it.
 */
function makeForOwner(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
}

function notWritable(home: string, cause: unknown): Error {
  const message = `the data folder ${home} cannot be written by this account (${(cause as Error).message}).`;
  return Object.assign(new Error(message, { cause }), { code: 'home-not-writable' as const });
}

function busyMessage(home: string, holderFile: string): string {
  let who = '';
  try {
    const holder = JSON.parse(readFileSync(holderFile, 'utf8')) as Holder;
    who = ` (process ${holder.pid}, since ${holder.since}${holder.url === undefined ? '' : `, at ${holder.url}`})`;
  } catch {
    // The holder may be between taking the lock and naming itself.
  }
  return `Undertone is already running on the data folder ${home}${who}. Stop that one, or set UNDERTONE_HOME to another folder.`;
}
