import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Client } from 'pg';
import { z } from 'zod';
import { type PackedFile, pack, seal, unpack, unseal } from './archive.ts';
import type { ByteStore } from './byte-store.ts';
import type { Clock } from './clock.ts';
import { type Connection, clientSettings } from './database.ts';
import { copyStore, type FilesTarget, nameIn, walk } from './file-copies.ts';
import { sweepLock } from './files.ts';
import { makeFolders } from './folders.ts';
import type { Keys } from './keys.ts';
import { packTables, tablesPrefix } from './table-copies.ts';
import type { FileTaker } from './table-loading.ts';
import { writeSynced } from './wal-archive.ts';
import { ensureSlot, type Lsn, lsnText, parseLsn } from './wal-stream.ts';

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

const storedFile = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() });

const manifestShape = z.object({
  format: z.literal('undertone/backup'),
  // 2 says how the archived log goes on from it. 3 holds rows, table by table, instead of a cluster (table-copies.ts).
  version: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  at: z.iso.datetime(),
  /** Version of the database server; restoring a cluster needs the same major one. */
  server: z.string(),
  masterKeyId: z.string(),
  /** The key of base.seal, sealed with the master key, base64. */
  wrappedKey: z.string(),
  base: storedFile,
  files: z.array(storedFile),
  log: z
    .object({
      /** The chain of the archive that goes on from here. */
      chain: z.string(),
      timeline: z.number().int().positive(),
      /** Begin of the first and end of the last of the log files in the backup. */
      from: z.string(),
      to: z.string(),
      /** From this instant on the backup is whole: the earliest a restore can go back to with it. */
      until: z.iso.datetime(),
    })
    .optional(),
  /** Zone of the clinic's wall clock (IANA), in which an instant to restore may be told. */
  zone: z.string().optional(),
});
export type Manifest = z.infer<typeof manifestShape>;

const signed = z.object({ manifest: manifestShape, mac: z.string() });

/** What the data folder remembers of its last backup. */
const lastShape = z.object({
  at: z.iso.datetime(),
  folder: z.string(),
  bytes: z.number(),
  chain: z.string().optional(),
});

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
        : cluster(source.cluster, client, (range) => (log.range = range));
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
    const mac = macOf(source.keys, manifest);
    await writeSynced(join(unfinished, 'manifest.json'), `${JSON.stringify({ manifest, mac })}\n`);
    await rename(unfinished, folder);
    return { folder, manifest, bytesWritten: base.bytes + copied.bytesWritten };
  } finally {
    await client.end();
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Remembers a backup that was proven, for `doctor`. */
export async function noteBackup(
  home: string,
  { folder, manifest, bytesWritten }: BackupResult,
): Promise<void> {
  const last = { at: manifest.at, folder, bytes: bytesWritten, chain: manifest.log?.chain };
  await writeSynced(join(home, 'last-backup.json'), `${JSON.stringify(last)}\n`);
}

/** The last proven backup of this data folder. */
export async function lastBackup(home: string): Promise<z.infer<typeof lastShape> | undefined> {
  const text = await readFile(join(home, 'last-backup.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = lastShape.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

/**
 * Reads a backup's manifest: of the folder itself, or of the newest backup in it.
 * @throws `restore-refused` when there is none, it was altered, or it belongs to another master key.
 */
export async function readManifest(
  keys: Keys,
  from: string,
): Promise<{ folder: string; root: string; manifest: Manifest }> {
  const here = resolve(from);
  const folder = (await stat(join(here, 'manifest.json')).catch(() => undefined))
    ? here
    : await newestFolder(here);
  if (folder === undefined)
    throw refuse('restore', `${here} holds no backup; name the folder that was given to undertone backup.`);
  const text = await readFile(join(folder, 'manifest.json'), 'utf8');
  const parsed = signed.safeParse(parseJson(text));
  if (!parsed.success)
    throw refuse('restore', `${folder}/manifest.json is not a manifest this version can read.`);
  const { manifest, mac } = parsed.data;
  if (manifest.masterKeyId !== keys.id) {
    throw refuse(
      'restore',
      `the backup was made under master key ${manifest.masterKeyId}, the key at hand is ${keys.id}; give the key the clinic had then (--key FILE, or UNDERTONE_MASTER_KEY).`,
    );
  }
  if (mac !== macOf(keys, manifest)) throw refuse('restore', `${folder}/manifest.json was altered.`);
  return { folder, root: dirname(folder), manifest };
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

/** The backups of a folder that this key opens, oldest first, and how many there are that it does not. */
export async function listBackups(
  keys: Keys,
  root: string,
): Promise<{ readonly backups: readonly { folder: string; manifest: Manifest }[]; readonly others: number }> {
  const backups: { folder: string; manifest: Manifest }[] = [];
  let others = 0;
  for (const folder of await backupFolders(root)) {
    try {
      backups.push(await readManifest(keys, folder));
    } catch {
      others++;
    }
  }
  return { backups, others };
}

// What PostgreSQL makes anew or must not find (PostgreSQL documentation, 25.3.4).
const emptied = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
];
const left = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map']);
const clusterPrefix = 'postgres/data/';
// The server wants these folders to be there, also empty.
const keepFolder = '.folder';

type LogRange = Omit<NonNullable<Manifest['log']>, 'chain'>;

async function* cluster(
  folder: string,
  client: Client,
  tellLog: (range: LogRange) => void,
): AsyncGenerator<PackedFile> {
  const slot = `undertone_backup_${randomBytes(4).toString('hex')}`;
  // Holds the log from here on until this session ends, so that none of it is recycled before it is copied.
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot]);
  const start = await client.query<{ file: string; lsn: string }>(
    `select pg_walfile_name(lsn) as file, lsn::text as lsn from pg_backup_start('undertone', true) as lsn`,
  );
  for await (const path of walk(folder)) {
    const name = nameIn(folder, path);
    const [first = ''] = name.split('/');
    if (
      emptied.includes(first) ||
      left.has(name) ||
      /(^|\/)(pgsql_tmp|t\d+_\d+)|pg_internal\.init/.test(name)
    )
      continue;
    yield { path: `${clusterPrefix}${name}`, content: contentOf(path) };
  }
  for (const name of [
    ...emptied,
    'pg_wal/archive_status',
    'pg_wal/summaries',
    'pg_tblspc',
    'pg_logical/mappings',
    'pg_logical/snapshots',
    'pg_commit_ts',
    'pg_twophase',
    'pg_stat',
  ]) {
    yield { path: `${clusterPrefix}${name}/${keepFolder}`, content: bytes('') };
  }
  const stop = await client.query<{ label: string; file: string; lsn: string }>(
    `select labelfile as label, pg_walfile_name(lsn) as file, lsn::text as lsn from pg_backup_stop(false)`,
  );
  const { label, file: lastLog, lsn: endLsn } = stop.rows[0] ?? { label: '', file: '', lsn: '0/0' };
  const ended = await client.query<{ at: Date; segment: number }>(
    `select clock_timestamp() as at, setting::int as segment from pg_settings where name = 'wal_segment_size'`,
  );
  await client.query('select pg_switch_wal()');
  const [ending] = ended.rows;
  if (ending === undefined) throw new Error('the database does not say when the backup ended');
  const { at: until, segment } = ending;
  const wholeFiles = (lsn: Lsn) => lsn - (lsn % BigInt(segment));
  tellLog({
    timeline: Number.parseInt(lastLog.slice(0, 8), 16),
    from: lsnText(wholeFiles(parseLsn(start.rows[0]?.lsn ?? '0/0'))),
    // An end on the border belongs to the file before it, as in pg_walfile_name.
    to: lsnText(wholeFiles(parseLsn(endLsn) - 1n) + BigInt(segment)),
    until: until.toISOString(),
  });
  yield { path: `${clusterPrefix}backup_label`, content: bytes(label) };
  const firstLog = start.rows[0]?.file ?? '';
  for (const name of (await readdir(join(folder, 'pg_wal'))).sort()) {
    const isNeeded = /^[0-9A-F]{24}$/.test(name) && name >= firstLog && name <= lastLog;
    if (isNeeded)
      yield {
        path: `${clusterPrefix}pg_wal/${name}`,
        content: contentOf(join(folder, 'pg_wal', name)),
      };
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

/** The bytes of a file that may vanish or change meanwhile: the log of the time of the backup repairs both. */
async function* contentOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r').catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(256 * 1024));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(text));
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
  const files: z.infer<typeof storedFile>[] = [];
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

async function checkStored(path: string, expected: z.infer<typeof storedFile>): Promise<void> {
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

async function newestFolder(root: string): Promise<string | undefined> {
  return (await backupFolders(root)).at(-1);
}

/** The folders of finished backups, oldest first. */
export async function backupFolders(root: string): Promise<readonly string[]> {
  const names = await readdir(root).catch(() => []);
  return names
    .filter((name) => /^\d{4}-\d\d-\d\dT[\d-]+Z$/.test(name))
    .sort()
    .map((name) => join(root, name));
}

/** The newest manifest, unproven: only a hint which copies need not be made again. */
async function newestManifest(root: string): Promise<Manifest | undefined> {
  const folder = await newestFolder(root);
  return folder === undefined ? undefined : parseManifest(folder);
}

/** A manifest as it stands, without the key it is signed with; undefined when it cannot be read. */
export async function parseManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '');
  const parsed = signed.safeParse(parseJson(text));
  return parsed.success ? parsed.data.manifest : undefined;
}

function macOf(keys: Keys, manifest: Manifest): string {
  return keys.sign('backup-manifest', JSON.stringify(manifestShape.parse(manifest))).toString('base64url');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), path);
  return way === '' || (!way.startsWith('..') && !way.startsWith(sep));
}

function refuse(what: 'backup' | 'restore', message: string): Error {
  return Object.assign(new Error(message), { code: `${what}-refused` as const });
}
