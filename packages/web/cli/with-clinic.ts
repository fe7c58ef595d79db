import type { Clinic, StartedClinic } from '@undertone/clinic/start.ts';
import { badInput } from './io.ts';

/** Faults whose message tells the owner what to do: exit code 2, one line. Anything else is our fault. */
const ownersCanMend = new Set([
  'already-running',
  'home-not-writable',
  'no-postgres',
  'no-account',
  'cluster-foreign',
  'cluster-version',
  'database-unreachable',
  'database-too-old',
  'schema-too-new',
  'master-key-unreadable',
  'master-key-wrong',
  'backup-refused',
  'backup-unproven',
  'restore-refused',
  'archive-broken',
  'files-unreachable',
  'files-refused',
  'move-refused',
  'process-failed',
]);

/** Passes the owner's faults on as bad input, and the rest as they are. */
export function mended(error: unknown): Error {
  const { code, message } = error as { code?: string; message: string };
  return code !== undefined && ownersCanMend.has(code) ? badInput(message) : (error as Error);
}

/**
 * Runs a verb on the clinic of the settings: beside a running one on the same data folder, or on a database started for
 * the purpose and stopped again. No background job runs in it.
 */
export async function withClinic<T>(
  work: (clinic: Clinic, started: Pick<StartedClinic, 'migrated'>) => Promise<T>,
): Promise<T> {
  const { readConfig } = await import('@undertone/clinic/platform/config.ts');
  const { startClinic } = await import('@undertone/clinic/start.ts');
  let started: StartedClinic | undefined;
  try {
    started = await startClinic(readConfig(), { beside: 'join', work: false });
    return await work(started.clinic, started);
  } catch (error) {
    throw mended(error);
  } finally {
    await started?.stop();
  }
}
