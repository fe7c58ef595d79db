import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { writeSynced } from './wal-archive.ts';

/*
 * Copies of the file store beside the backups. A stored file never changes and its name tells nothing, so one copy serves
 * every backup and the archive; a copy that is there in its size is not made again.
 */

/** Every file below a folder, by its whole path. */
export async function* walk(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

/** The name of a file in the store, with forward slashes on every system. */
export function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** Whether a name in the store is that of a file that is whole. */
export function isWhole(name: string): boolean {
  return !name.split('/').some((part) => part.startsWith('unfinished-'));
}

/**
 * Copies one file, unless it is there in its size.
 * @returns the bytes written; undefined when the file vanished meanwhile: its row is gone.
 */
export async function copyMissing(from: string, to: string, name: string): Promise<number | undefined> {
  const [path, copy] = [join(from, name), join(to, name)];
  const here = await stat(path).catch(() => undefined);
  if (here === undefined) return undefined;
  if ((await stat(copy).catch(() => undefined))?.size === here.size) return 0;
  const content = await readFile(path).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (content === undefined) return undefined;
  await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
  await writeSynced(copy, content);
  return content.length;
}

/**
 * Copies, each time it is called, what the store has and the copies have not. Only folders that changed since are listed;
 * one that changed within two seconds before it was listed is listed again, because clocks of file systems are coarse.
 * @returns how many files were copied.
 */
export function copier(from: string, to: string): () => Promise<number> {
  const listed = new Map<string, { readonly changedMs: number; readonly folders: readonly string[] }>();
  const follow = async (folder: string): Promise<number> => {
    const askedMs = Date.now();
    const changedMs = (await stat(folder).catch(() => undefined))?.mtimeMs;
    if (changedMs === undefined) return 0;
    const known = listed.get(folder);
    let copied = 0;
    let folders = known?.folders ?? [];
    if (known?.changedMs !== changedMs) {
      const entries = await readdir(folder, { withFileTypes: true });
      folders = entries.filter((one) => one.isDirectory()).map((one) => join(folder, one.name));
      for (const one of entries) {
        const name = nameIn(from, join(folder, one.name));
        if (one.isFile() && isWhole(name) && ((await copyMissing(from, to, name)) ?? 0) > 0) copied++;
      }
      listed.set(folder, { changedMs: askedMs - changedMs > 2000 ? changedMs : Number.NaN, folders });
    }
    for (const one of folders) copied += await follow(one);
    return copied;
  };
  return () => follow(from);
}
