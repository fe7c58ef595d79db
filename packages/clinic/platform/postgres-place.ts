import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import { type Account, chooseAccount, mayEnter } from './postgres-account.ts';
import type { Binaries } from './postgres-binaries.ts';

export interface PostgresOptions {
  readonly home: string;
  readonly database: Pick<Config['database'], 'binaries' | 'account' | 'folder'>;
  readonly log: Logger;
  /** False turns off fsync: only for servers that tests throw away. Default true. */
  readonly durable?: boolean;
  /** Called when the server cannot be brought back; the program should stop. */
  readonly onGone?: (error: Error) => void;
}

/** Where the embedded server of a data folder keeps its things, and the account it runs as. */
export interface Place {
  /** Folder of everything that belongs to the server: `data`, `run`, maybe a copy of the programs. */
  readonly root: string;
  readonly cluster: string;
  readonly run: string;
  readonly account: Account;
}

export const adminPasswordFile = (home: string) => join(home, 'secrets', 'postgres-admin.password');
export const passwordFile = (home: string) => join(home, 'secrets', 'postgres.password');
export const newPassword = () => randomBytes(24).toString('base64url');

/** The server's folder: in the data folder, unless the account may not go there (a data folder below /root, say). */
export function choosePlace(options: Pick<PostgresOptions, 'home' | 'database'>): Place {
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

/** @throws `cluster-version` when another major version wrote the cluster, `cluster-foreign` when it is another user's. */
export function checkCluster(place: Place, binaries: Binaries): void {
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
