import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Where encrypted bytes lie: a folder, or a bucket. It knows names and bytes, not what they are; what it is given is
 * already encrypted. Keys are `tenant/ab/abcd…`: parts of letters, digits and hyphens, with a slash between.
 */
export interface ByteStore {
  /** For people: where it is, without credentials. */
  readonly place: string;
  /** Whole and on disk, or not at all; what was there under the key is replaced. May be repeated. */
  write(key: string, bytes: Buffer): Promise<void>;
  /**
   * Bytes `from` (included) to `until` (excluded), fewer where they end earlier, and how many there are altogether.
   * @returns undefined when there is nothing under the key.
   */
  read(
    key: string,
    from: number,
    until: number,
  ): Promise<{ readonly bytes: Buffer; readonly totalBytes: number } | undefined>;
  /** Removing what is not there is no fault. */
  remove(key: string): Promise<void>;
  /** Everything there is, in no order; what is written meanwhile may be missing. */
  list(): AsyncIterable<StoredBytes>;
}

export interface StoredBytes {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** Bytes in a folder of this machine (or of one that all machines of the clinic have mounted). */
export function folderStore(folder: string): ByteStore {
  return {
    place: folder,
    write: (key, bytes) => writeDurably(folder, key, bytes),

    async read(key, from, until) {
      const file = await open(join(folder, key), 'r').catch((error: { code?: string }) => {
        if (error.code !== 'ENOENT') throw error;
        return undefined;
      });
      if (file === undefined) return undefined;
      try {
        const totalBytes = (await file.stat()).size;
        const bytes = Buffer.alloc(Math.max(0, Math.min(until, totalBytes) - from));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return { bytes: bytes.subarray(0, filled), totalBytes };
      } finally {
        await file.close();
      }
    },

    remove: (key) => rm(join(folder, key), { force: true }),

    async *list() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const found = await stat(path).catch(() => undefined);
        if (found === undefined) continue;
        const key = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '');
        yield { key, sizeBytes: found.size, modifiedMs: found.mtimeMs };
      }
    },
  };
}

async function writeDurably(folder: string, key: string, bytes: Buffer): Promise<void> {
  const path = join(folder, key);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `unfinished-${randomUUID()}`);
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    // On a full disk the half of a file would keep the room that is missing.
    await rm(unfinished, { force: true });
    throw error;
  }
  // The names themselves must reach the disk: file, its folder, and the folders that may be new.
  for (let level = dirname(path); level.length >= folder.length; level = dirname(level))
    await syncFolder(level);
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows cannot open a folder for syncing
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
