import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from './config.ts';
import { writeSynced } from './wal-archive.ts';

/** What the archiver last said of itself, in the data folder, for `doctor`, the measures and the desk. */
const stateShape = z.object({
  folder: z.string(),
  chain: z.string().nullable(),
  /** Everything confirmed before this instant is archived; null before the first time. */
  until: z.iso.datetime().nullable(),
  /** Why nothing is archived now, and since when. */
  failing: z.object({ since: z.iso.datetime(), code: z.string(), message: z.string() }).nullable(),
  /** When the log had to be let go because it could not be archived: no restore to an instant until the next backup. */
  brokenAt: z.iso.datetime().nullable(),
});
export type ArchiveState = z.infer<typeof stateShape>;

const stateFile = (home: string) => join(home, 'archive-state.json');

export async function readArchiveState(home: string): Promise<ArchiveState | undefined> {
  const text = await readFile(stateFile(home), 'utf8').catch(() => '');
  try {
    return stateShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function writeArchiveState(home: string, state: ArchiveState): Promise<void> {
  await writeFile(stateFile(home), `${JSON.stringify(state)}\n`, { mode: 0o600 });
}

const placeFile = (home: string) => join(home, 'backup-folder');

/** The folder backups and the archive go to: the setting, else the one given to the first backup. */
export async function backupPlace(config: Pick<Config, 'home' | 'backups'>): Promise<string | undefined> {
  if (config.backups !== undefined) return config.backups;
  const text = await readFile(placeFile(config.home), 'utf8').catch(() => '');
  return text.trim() === '' ? undefined : text.trim();
}

/** Remembers the folder of the first backup, so that the log is archived beside it from now on. */
export async function noteBackupPlace(config: Pick<Config, 'home' | 'backups'>, root: string): Promise<void> {
  if ((await backupPlace(config)) === undefined) await writeSynced(placeFile(config.home), `${root}\n`);
}

/** How old the archive may become before somebody must look. */
export const lateAfterMs = 10 * 60_000;

/** The archive as it concerns people: off, well, or something to do. */
export type ArchiveHealth =
  | { readonly state: 'off' }
  | { readonly state: 'ok'; readonly ageMs: number; readonly folder: string }
  | {
      readonly state: 'late' | 'broken';
      readonly ageMs: number | undefined;
      readonly folder: string;
      /** The reason of the operating system or the database, in its own words. */
      readonly why: string | undefined;
    };

/** @param now the clinic's clock */
export async function archiveHealth(
  config: Pick<Config, 'home' | 'backups' | 'database'>,
  now: Date,
): Promise<ArchiveHealth> {
  const place = config.database.url === undefined ? await backupPlace(config) : undefined;
  if (place === undefined) return { state: 'off' };
  const state = await readArchiveState(config.home);
  const until = state?.until ?? undefined;
  const ageMs = until === undefined ? undefined : Math.max(0, now.getTime() - Date.parse(until));
  const folder = state?.folder ?? place;
  const why = state?.failing?.message;
  if (state?.brokenAt) return { state: 'broken', ageMs, folder, why };
  if (ageMs === undefined || ageMs > lateAfterMs) return { state: 'late', ageMs, folder, why };
  return { state: 'ok', ageMs, folder };
}
