import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backupFolders, type Manifest, parseManifest } from './backup-manifest.ts';
import { nameIn, walk } from './file-copies.ts';
import { choose, type KeepRule } from './keep.ts';
import { listChains } from './wal-archive.ts';

export interface Pruned {
  readonly backups: number;
  readonly files: number;
  /** Days of archived log. */
  readonly days: number;
}

const dayMs = 86_400_000;

/**
 * Removes old backups by a rule, the archived log before the oldest daily one that is kept, and copies of files that
 * nothing kept can ask for. A backup whose manifest cannot be read is left alone, and then so are all files. Call it
 * right after a backup was made: what is in the file store now is then in the newest manifest.
 */
export async function prune(root: string, rule: KeepRule): Promise<Pruned> {
  const read = await Promise.all(
    (await backupFolders(root)).map(async (folder) => ({ folder, manifest: await parseManifest(folder) })),
  );
  const known = read.flatMap(({ folder, manifest }) => (manifest ? [{ folder, manifest }] : []));
  const { kept, daily } = choose(
    known.map(({ manifest }) => manifest.at),
    rule,
  );
  const gone = known.filter(({ manifest }) => !kept.has(manifest.at));
  for (const { folder } of gone) {
    // Another name first: what a crash leaves half removed is no backup.
    const removed = join(root, `unfinished-removed-${folder.slice(-20)}`);
    await rename(folder, removed);
    await rm(removed, { recursive: true, force: true });
  }
  const stays = known.filter(({ manifest }) => kept.has(manifest.at)).map(({ manifest }) => manifest);
  const [oldestDaily] = stays.filter(({ at }) => daily.has(at)).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  if (oldestDaily === undefined || known.length !== read.length)
    return { backups: gone.length, files: 0, days: 0 };
  const beforeMs = Date.parse(oldestDaily.at) - dayMs;
  return {
    backups: gone.length,
    days: await pruneLog(root, stays, beforeMs),
    files: await pruneFiles(root, stays, beforeMs),
  };
}

/** Days of the archive that ended before an instant, less one day for clocks and zones. */
async function pruneLog(root: string, stays: readonly Manifest[], beforeMs: number): Promise<number> {
  const inUse = new Set(stays.map(({ log }) => log?.chain));
  let days = 0;
  for (const chain of await listChains(root)) {
    const folder = join(root, 'archive', chain);
    const names = (await readdir(folder)).filter((name) => /^\d{4}-\d\d-\d\d$/.test(name)).sort();
    for (const name of names) {
      if (Date.parse(name) + dayMs > beforeMs) continue;
      await rm(join(folder, name), { recursive: true, force: true });
      days++;
    }
    const isEmpty = (await readdir(folder)).every((name) => name === 'chain.json');
    const { mtimeMs } = await stat(folder);
    if (isEmpty && !inUse.has(chain) && mtimeMs < beforeMs)
      await rm(folder, { recursive: true, force: true });
  }
  return days;
}

/** Copies no manifest names and that are older than the archived log: a restore to an instant needs younger ones only. */
async function pruneFiles(root: string, stays: readonly Manifest[], beforeMs: number): Promise<number> {
  const needed = new Set(stays.flatMap(({ files }) => files.map(({ path }) => path)));
  let files = 0;
  for await (const path of walk(join(root, 'files'))) {
    if (needed.has(nameIn(join(root, 'files'), path))) continue;
    if ((await stat(path)).mtimeMs >= beforeMs) continue;
    await rm(path, { force: true });
    files++;
  }
  return files;
}
