import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Client } from 'pg';
import { type PackedFile, pack, seal, unpack, unseal } from './archive.ts';
import { type Manifest, newestManifest, refuse, type StoredFile, signedManifest } from './backup-manifest.ts';
import type { ByteStore } from './byte-store.ts';
import type { Clock } from './clock.ts';
import { clusterPrefix, contentOf, keepFolder, type LogRange, packCluster } from './cluster-copy.ts';
import { type Connection, clientSettings } from './database.ts';
import { copyStore, type FilesTarget } from './file-copies.ts';
import { sweepLock } from './files.ts';
import { makeFolders } from './folders.ts';
import type { Keys } from './keys.ts';
import { packTables, tablesPrefix } from './table-copies.ts';
import type { FileTaker } from './table-loading.ts';
import { writeSynced } from './wal-archive.ts';
import { ensureSlot } from './wal-stream.ts';

/*
 * A backup folder holds one folder per backup and one store of encrypted files that all of them share:
 *
 *   DIR/files/<tenant>/ab/abcd…             copies of the file store, each made once (files never change)
 *   DIR/2026-03-02T04-30-00Z/base.seal      the database cluster, its log and the small secrets: packed, zstd, sealed
 *   DIR/2026-03-02T04-30-00Z/manifest.json  what belongs to it, with hashes, signed with the clinic's key
 *
 *   DIR/archive/<chain>/…                   the log that goes on from a backup, for a restore to any instant (wal-archive.ts)
 *
 * Of a server of the clinic's own (DATABASE_URL), base.seal holds the rows of all tables (table-copies.ts) and there is no log.
 *
 * Everything in it is encrypted under the clinic's master key, which is not in it. The database is copied while it is
 * written to, between pg_backup_start and pg_backup_stop, with the write-ahead log of that time: no client program is
 * needed. The files are copied after that, from their folder or bucket, and none is removed meanwhile: every row has its
 * bytes.
 */

export interface BackupSource {
  readonly home: string;
  /** The cluster's folder; undefined where the server is the clinic's own, whose files are out of reach. */
  readonly cluster: string | undefined;
  /** With a cluster, the superuser's way in; without, that of the account that owns the tables. */
  readonly admin: Connection;
  /** Folder or bucket of the encrypted files. */
  readonly files: ByteStore;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly zone: string | undefined;
  /** Small files outside the database that belong to the clinic, relative to the data folder. */
  readonly alsoKept: readonly string[];
  /** Without a cluster: called with the name of the snapshot that is backed up, while it can still be joined. */
  readonly atInstant?: (snapshot: string) => Promise<void>;
}

export interface BackupResult {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Bytes written now; files already in the backup folder are not written again. */
  readonly bytesWritten: number;
}

/**
 * Makes a backup into a folder, while the clinic works.
 * @throws `backup-refused` when the folder lies inside the data folder or cannot be written.
 */
export async function makeBackup(source: BackupSource, into: string): Promise<BackupResult> {
  const root = resolve(into);
  if ([source.home, source.cluster].some((taken) => taken !== undefined && isInside(root, taken))) {
    throw refuse(
      'backup',
      `${root} lies inside the data folder; name a folder outside it, best on another disk.`,
    );
  }
  const at = source.clock.now();
  const name = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  const unfinished = join(root, `unfinished-${name}`);
  const folder = join(root, name);
  try {
    await rm(unfinished, { recursive: true, force: true });
    makeFolders(unfinished, 0o700);
  } catch (error) {
    throw refuse('backup', `${root} cannot be written (${(error as Error).message}); name another folder.`);
  }

  const client = new Client(clientSettings(source.admin));
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Files may not be swept away between the database's copy and their own.
    await client.query('select pg_advisory_lock($1)', [sweepLock]);
    const key = randomBytes(32);
    const basePath = join(unfinished, 'base.seal');
    const server = await client.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    );
    // From before the backup on, the log is kept for the archive: no gap between the two.
    const chain = source.cluster === undefined ? undefined : (await ensureSlot(client)).chain;
    const log: { range?: LogRange } = {};
    const database =
      source.cluster === undefined
        ? packTables(client, source.atInstant)
        : packCluster(source.cluster, client, (range) => (log.range = range));
    const packed = pack(bothOf(database, smallFiles(source)));
    const base = await writeSealed(basePath, packed, key, `undertone/backup/${at.toISOString()}`);
    const copied = await copyFiles(source.files, join(root, 'files'), await newestManifest(root));
    // A connection that was lost meanwhile held no lock: files may have been swept before they were copied.
    await client.query('select pg_advisory_unlock($1)', [sweepLock]);
    if (chain !== undefined && log.range === undefined)
      throw new Error('the backup ended without saying where its log ends');
    const manifest: Manifest = {
      format: 'undertone/backup',
      version: chain === undefined ? 3 : 2,
      at: at.toISOString(),
      server: server.rows[0]?.version ?? '',
      masterKeyId: source.keys.id,
      wrappedKey: source.keys.seal('backup-key', at.toISOString(), key).toString('base64'),
      base: { path: 'base.seal', ...base },
      files: copied.files,
      ...(chain !== undefined && log.range !== undefined && { log: { chain, ...log.range } }),
      ...(source.zone !== undefined && { zone: source.zone }),
    };
    await writeSynced(join(unfinished, 'manifest.json'), signedManifest(source.keys, manifest));
    await rename(unfinished, folder);
    return { folder, manifest, bytesWritten: base.bytes + copied.bytesWritten };
  } finally {
    await client.end();
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Where the parts of a backup go. */
export interface RestoreTarget {
  readonly home: string;
  /** Undefined where the backup holds rows, and no cluster. */
  readonly cluster: string | undefined;
  readonly files: FilesTarget;
  /** False for a scratch folder: nothing is forced to disk. */
  readonly isDurable: boolean;
}

/**
 * Unpacks the cluster of a backup with its log, and the small secrets. A server started on it recovers to the moment the
 * backup ended. Rows go to `takeTable`.
 * @throws `restore-refused` when something is missing or altered, `archive-broken`.
 */
export async function unpackBase(
  keys: Keys,
  { folder, manifest }: { readonly folder: string; readonly manifest: Manifest },
  target: Omit<RestoreTarget, 'files'>,
  takeTable?: (path: string) => Promise<FileTaker>,
): Promise<void> {
  await checkStored(join(folder, manifest.base.path), manifest.base);
  const key = keys.open('backup-key', manifest.at, Buffer.from(manifest.wrappedKey, 'base64'));
  const stream = createReadStream(join(folder, manifest.base.path)) as AsyncIterable<Buffer>;
  const opened = unseal(stream, key, `undertone/backup/${manifest.at}`);
  await unpack(throughZstd(opened, createZstdDecompress()), (path) =>
    takeTable !== undefined && path.startsWith(tablesPrefix) ? takeTable(path) : taker(target, path),
  );
}

/** Puts the files of a backup back, each checked against the manifest. @throws `restore-refused` */
export async function copyFilesBack(root: string, manifest: Manifest, files: FilesTarget): Promise<void> {
  for (const file of manifest.files) {
    await checkStored(join(root, 'files', file.path), file);
    if (!(await files.put(join(root, 'files'), file.path)))
      throw refuse('restore', `${join(root, 'files', file.path)} is missing from the backup.`);
  }
}

async function* smallFiles({ home, alsoKept }: BackupSource): AsyncGenerator<PackedFile> {
  for (const name of alsoKept) {
    const path = join(home, name);
    if (await stat(path).catch(() => undefined)) yield { path: name, content: contentOf(path) };
  }
}

async function* bothOf<T>(first: AsyncIterable<T>, second: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* second;
}

async function writeSealed(path: string, packed: AsyncIterable<Buffer>, key: Buffer, context: string) {
  const hash = createHash('sha256');
  let written = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const part of seal(throughZstd(packed, createZstdCompress()), key, context)) {
      hash.update(part);
      written += part.length;
      await file.writeFile(part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes: written, sha256: hash.digest('hex') };
}

/** Feeds a stream through a compressor without losing an error of either side. */
async function* throughZstd(
  input: AsyncIterable<Buffer>,
  through: ReturnType<typeof createZstdCompress> | ReturnType<typeof createZstdDecompress>,
): AsyncGenerator<Buffer> {
  const feeding = (async () => {
    try {
      for await (const part of input) {
        if (!through.write(part))
          await new Promise((resolve) => void through.once('drain', () => resolve(undefined)));
      }
      through.end();
    } catch (error) {
      through.destroy(error as Error);
    }
  })();
  for await (const part of through) yield part as Buffer;
  await feeding;
}

async function copyFiles(store: ByteStore, to: string, before: Manifest | undefined) {
  const known = new Map(before?.files.map((file) => [file.path, file]));
  const { copies, bytesWritten } = await copyStore(store, to);
  const files: StoredFile[] = [];
  for (const { key, bytes } of copies) {
    const earlier = known.get(key);
    if (earlier?.bytes === bytes) files.push(earlier);
    else files.push({ path: key, bytes, sha256: await hashOf(join(to, key)) });
  }
  return { files, bytesWritten };
}

async function taker(into: Omit<RestoreTarget, 'files'>, path: string) {
  const isOfCluster = path.startsWith(clusterPrefix);
  const folder = isOfCluster ? into.cluster : into.home;
  if (folder === undefined) throw refuse('restore', `the backup holds what it should not: ${path}`);
  const target = resolve(folder, isOfCluster ? path.slice(clusterPrefix.length) : path);
  if (!isInside(target, folder))
    throw refuse('restore', `the backup names a path outside the data folder: ${path}`);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  if (target.endsWith(keepFolder)) {
    return { write: () => Promise.resolve(), end: () => Promise.resolve() };
  }
  const file = await open(target, 'w', 0o600);
  return {
    write: (part: Buffer) => file.writeFile(part),
    end: async () => {
      if (into.isDurable) await file.sync();
      await file.close();
    },
  };
}

async function checkStored(path: string, expected: StoredFile): Promise<void> {
  const hash = await hashOf(path).catch((error: { code?: string }) => {
    throw refuse('restore', `${path} is missing from the backup (${error.code ?? 'unreadable'}).`);
  });
  if (hash !== expected.sha256) throw refuse('restore', `${path} was altered since the backup was made.`);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), path);
  return way === '' || (!way.startsWith('..') && !way.startsWith(sep));
}
