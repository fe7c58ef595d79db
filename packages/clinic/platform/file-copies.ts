import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Client } from 'pg';
import type { ByteStore } from './byte-store.ts';
import { sealedBytes } from './files.ts';
import { syncFolder } from './keys.ts';

/*
 * Copies of the file store, a folder or a bucket, beside the backups. A stored file never changes and its name tells
 * nothing, so one copy serves every backup and the archive; a copy that is there in its size is not made again.
 */

/** A bucket answers each request after a while: so many are asked at once. */
const copiesAtOnce = 6;
const partBytes = 8 * 1024 * 1024;

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

/** Whether a key is one of ours, and whole: a bucket may be told to list anything, and its keys become paths here. */
function isStored(key: string): boolean {
  return /^[\w-]+(\/[\w-]+)+$/.test(key) && !key.includes('unfinished-');
}

export interface Copy {
  readonly key: string;
  readonly bytes: number;
}

/** Copies whatever the store has and the folder has not. */
export async function copyStore(
  store: ByteStore,
  to: string,
): Promise<{ readonly copies: readonly Copy[]; readonly bytesWritten: number }> {
  const copies: Copy[] = [];
  let bytesWritten = 0;
  await manyAtOnce(store.list(), async ({ key, sizeBytes }) => {
    if (!isStored(key)) return;
    const written = await copyMissing(store, to, key, sizeBytes);
    if (written === undefined) return;
    bytesWritten += written;
    copies.push({ key, bytes: sizeBytes });
  });
  return { copies: copies.sort((a, b) => (a.key < b.key ? -1 : 1)), bytesWritten };
}

/**
 * Copies, each time it is called, the files whose rows were committed since the last time: to know them, no bucket needs to
 * be listed. Rows are told by the transaction that wrote them, not by a clock.
 * @param client a connection that sees every clinic's rows
 */
export function copyOfNewRows(client: Client, store: ByteStore, to: string): () => Promise<void> {
  // Every row this look does not see is of a transaction that begins with this one or later.
  let seenBefore: string | undefined;
  return async () => {
    const seen = await client.query<{ xmin: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::xid::text as xmin',
    );
    const { rows } = await client.query<{ key: string; size_bytes: string | number }>(
      'select key, size_bytes from files where $1::text is null or age(xmin) <= age($1::text::xid)',
      [seenBefore ?? null],
    );
    await manyAtOnce(rows, async ({ key, size_bytes }) => {
      await copyMissing(store, to, key, sealedBytes(Number(size_bytes)));
    });
    seenBefore = seen.rows[0]?.xmin;
  };
}

/**
 * Copies one file, unless it is there in its size.
 * @returns the bytes written; undefined when the file vanished meanwhile: its row is gone.
 */
async function copyMissing(
  store: ByteStore,
  to: string,
  key: string,
  sizeBytes: number,
): Promise<number | undefined> {
  const copy = join(to, key);
  if ((await stat(copy).catch(() => undefined))?.size === sizeBytes) return 0;
  await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
  return writeWhole(copy, async (file) => {
    for (let from = 0; ; from += partBytes) {
      const part = await store.read(key, from, from + partBytes);
      if (part === undefined) return undefined;
      await file.writeFile(part.bytes);
      if (from + part.bytes.length >= part.totalBytes) return part.totalBytes;
    }
  });
}

/** Under its name only when it is whole and on disk. */
async function writeWhole<T>(
  path: string,
  write: (file: FileHandle) => Promise<T | undefined>,
): Promise<T | undefined> {
  // A backup and the archiver of a running clinic may copy the same file at once.
  const unfinished = `${path}-${randomUUID()}.unfinished`;
  let result: T | undefined;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      result = await write(file);
      if (result !== undefined) await file.sync();
    } finally {
      await file.close();
    }
    if (result !== undefined) {
      await rename(unfinished, path);
      await syncFolder(dirname(path));
    }
  } finally {
    await rm(unfinished, { force: true });
  }
  return result;
}

async function manyAtOnce<T>(
  items: AsyncIterable<T> | Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const waiting = (async function* () {
    yield* items;
  })();
  const worker = async () => {
    while (!over.signal.aborted) {
      const { value, done } = await waiting.next();
      if (done) return;
      await work(value);
    }
  };
  // The first failure ends the others behind the item they are at.
  const ending = () => worker().catch((error: unknown) => over.abort(error));
  await Promise.all(Array.from({ length: copiesAtOnce }, ending));
  over.signal.throwIfAborted();
}

/** Where a restore puts files: into a folder that is renamed when it is whole, or into a bucket. */
export interface FilesTarget {
  /** @returns false when the backup has no such copy and the target does not have the file either. */
  put(copies: string, key: string): Promise<boolean>;
}

/** @param isDurable false for a scratch folder: nothing is forced to disk. */
export function folderTarget(folder: string, isDurable: boolean): FilesTarget {
  return {
    async put(copies, key) {
      const place = join(folder, key);
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      try {
        await copyFile(join(copies, key), place);
      } catch (error) {
        if ((error as { code?: string }).code === 'ENOENT') return false;
        throw error;
      }
      if (!isDurable) return true;
      const file = await open(place, 'r+');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      return true;
    },
  };
}

/** What a bucket has byte for byte stays: after the loss of a database alone, nothing is sent again. */
export function bucketTarget(store: ByteStore): FilesTarget {
  return {
    async put(copies, key) {
      const copy = await open(join(copies, key), 'r').catch((error: { code?: string }) => {
        if (error.code !== 'ENOENT') throw error;
        return undefined;
      });
      if (copy === undefined) return (await store.read(key, 0, 1)) !== undefined;
      try {
        const bytes = await copy.readFile();
        const there = await store.read(key, 0, Math.max(1, bytes.length));
        if (there?.totalBytes !== bytes.length || !there.bytes.equals(bytes)) await store.write(key, bytes);
        return true;
      } finally {
        await copy.close();
      }
    },
  };
}

/** How many files a store holds of which the copies know nothing. */
export async function strangersIn(store: ByteStore, copies: string): Promise<number> {
  let strangers = 0;
  for await (const { key } of store.list()) {
    if (!isStored(key) || !(await stat(join(copies, key)).catch(() => undefined))) strangers++;
  }
  return strangers;
}
