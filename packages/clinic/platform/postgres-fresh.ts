import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connection } from './database.ts';
import { readSecret } from './keys.ts';
import { makeDatabase } from './postgres.ts';
import { findBinaries } from './postgres-binaries.ts';
import { makeCluster } from './postgres-cluster.ts';
import {
  adminPasswordFile,
  choosePlace,
  newPassword,
  type Place,
  type PostgresOptions,
  passwordFile,
} from './postgres-place.ts';
import { chooseAddress, watch } from './postgres-process.ts';

/**
 * Makes a new cluster under a name no start takes for real, lets a server run on it for as long as `work` does, and stops
 * the server again.
 * @param unfinished the cluster's folder, which must not exist (`ClusterPlace.unfinished`)
 * @throws `no-postgres`, `postgres-start-failed`, and what `work` throws
 */
export async function fillNewCluster<T>(
  options: Pick<PostgresOptions, 'home' | 'database' | 'log' | 'durable'>,
  unfinished: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const place: Place = { ...choosePlace(options), cluster: unfinished };
  const binaries = findBinaries(options.database.binaries, place.root, place.account);
  const adminPassword = await readSecret(adminPasswordFile(options.home), newPassword);
  const password = await readSecret(passwordFile(options.home), newPassword);
  await makeCluster(place, binaries, adminPassword, options.durable !== false);
  const logFile = join(options.home, 'log', 'postgres.log');
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const address = await chooseAddress(place.run);
  const admin: Connection = { ...address, user: 'postgres', password: adminPassword, database: 'postgres' };
  const watched = watch(place, binaries, address, { ...options, logFile, admin });
  try {
    await watched.ready;
    await makeDatabase(admin, password);
    return await work({ ...address, user: 'undertone', password, database: 'undertone' });
  } finally {
    await watched.stop();
  }
}
