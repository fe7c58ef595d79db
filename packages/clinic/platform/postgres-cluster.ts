import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connection } from './database.ts';
import { makeHome } from './home.ts';
import { readSecret } from './keys.ts';
import { type Binaries, findBinaries } from './postgres-binaries.ts';
import {
  adminPasswordFile,
  checkCluster,
  choosePlace,
  newPassword,
  type Place,
  type PostgresOptions,
} from './postgres-place.ts';
import { bareEnvironment, chooseAddress, startFailed, watch } from './postgres-process.ts';

/**
 * Makes the cluster under a name of this attempt's own and renames it when it is whole: the `initdb` of a killed start
 * may still be writing, or clearing away, what it began. Text sorts by code point (`C.UTF-8`, built
 * in), which no library upgrade can change under an index; people's names are sorted with ICU collations by query.
 */
export async function makeCluster(
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
