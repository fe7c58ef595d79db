import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db, Trx } from './database.ts';
import type { Keys } from './keys.ts';
import { isUuid } from './uuid.ts';

declare module './database.ts' {
  interface Tables {
    files: FilesTable;
  }
}

interface FilesTable {
  tenant_id: string;
  id: string;
  /** Where the encrypted bytes lie, relative to the store. */
  key: string;
  media_type: string;
  size_bytes: number;
  /** SHA-256 of the plain bytes. */
  sha256: Buffer;
  /** The file's own key, sealed with the master key named by `master_key_id`. Deleting it shreds the file. */
  wrapped_key: Buffer;
  master_key_id: string;
  created_at: Date;
}

/** What is known of a stored file without opening it. */
export interface StoredFile {
  readonly tenantId: string;
  readonly id: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** SHA-256 of the plain bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly createdAt: Date;
}

/** Photographs and documents, each encrypted with a key of its own. Bytes never change; a new version is a new file. */
export interface Files {
  /**
   * Encrypts, writes, syncs and renames the bytes into place, then inserts the row in the caller's transaction. If
   * that transaction fails, the bytes are an orphan without a key, which {@link sweep} removes.
   */
  put(trx: Trx, file: { tenantId: string; bytes: Uint8Array; mediaType: string }): Promise<StoredFile>;
  /** The row alone; undefined when there is none for this tenant. */
  find(db: Db, tenantId: string, id: string): Promise<StoredFile | undefined>;
  /**
   * The plain bytes, or the part `start` (included) to `end` (excluded) of them; only the blocks touched are read.
   * @returns undefined when this tenant has no such file.
   * @throws `file-missing` when the bytes are gone, `file-damaged` when they were altered, cut or moved,
   *   `master-key-wrong` when they were written under another master key.
   */
  get(
    db: Db,
    tenantId: string,
    id: string,
    range?: { readonly start: number; readonly end: number },
  ): Promise<(StoredFile & { readonly bytes: Buffer }) | undefined>;
  /** Forgets the file's key with the transaction; the unreadable bytes go with the next {@link sweep}. */
  delete(trx: Trx, tenantId: string, id: string): Promise<boolean>;
  /**
   * Removes bytes without a row that are older than `graceMs` (an upload under way has no row yet).
   * @returns how many were removed, and the keys of rows whose bytes are missing.
   */
  sweep(db: Db, options?: { graceMs?: number }): Promise<{ removed: number; missing: readonly string[] }>;
  /**
   * Removes bytes whose rows are gone, now and not with the next {@link sweep}: an erasure says that nothing is left.
   * A key that a row still names is kept. May be repeated.
   * @param keys as `files.key` named them.
   */
  removeBytes(db: Db, keys: readonly string[]): Promise<void>;
  /** The folder the encrypted bytes lie in, for backup. */
  readonly folder: string;
}

/** Held (pg_advisory_lock) by whoever must not see bytes removed meanwhile: a sweep takes it, or does nothing. */
export const sweepLock = 0x5eeb_f11e;

// On disk: "UTF1", then blocks of up to 256 KiB, each encrypted by AES-256-GCM with the file's own key. The nonce is the
// block's number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár 2015),
// so that blocks cannot be reordered or cut off; the file's key as additional data, so that it cannot stand elsewhere.
const magic = Buffer.from('UTF1');
const blockBytes = 256 * 1024;
const tagBytes = 16;

/** Opens the store named by `FILES_URL`. */
export function openFiles(config: Pick<Config, 'files'>, keys: Keys, clock: Clock): Files {
  const folder = fileURLToPath(config.files.url);

  /** The row, its data key, and the check that our master key is the one it was sealed with. */
  const locate = async (db: Db, tenantId: string, id: string) => {
    if (!isUuid(id)) return undefined;
    const row = await db
      .selectFrom('files')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (row !== undefined && row.master_key_id !== keys.id) {
      throw Object.assign(
        new Error(
          `file ${id} was encrypted under master key ${row.master_key_id}, this program has ${keys.id}; put the clinic's own master key back.`,
        ),
        { code: 'master-key-wrong' as const },
      );
    }
    return row;
  };

  return {
    folder,

    async put(trx, { tenantId, bytes, mediaType }) {
      const id = randomUUID();
      // A keyed hash of content and id: names on disk tell nothing, equal photographs do not look equal.
      const hash = keys.mac(
        'file-name',
        Buffer.concat([Buffer.from(id), createHash('sha256').update(bytes).digest()]),
      );
      const name = hash.toString('hex');
      const key = `${tenantId}/${name.slice(0, 2)}/${name}`;
      const dataKey = randomBytes(32);
      const row: FilesTable = {
        tenant_id: tenantId,
        id,
        key,
        media_type: mediaType,
        size_bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest(),
        wrapped_key: keys.seal('file-key', key, dataKey),
        master_key_id: keys.id,
        created_at: clock.now(),
      };
      await writeDurably(folder, key, encrypt(bytes, dataKey, key));
      await trx.insertInto('files').values(row).execute();
      return describe(row);
    },

    async find(db, tenantId, id) {
      const row = await locate(db, tenantId, id);
      return row && describe(row);
    },

    async get(db, tenantId, id, range) {
      const row = await locate(db, tenantId, id);
      if (row === undefined) return undefined;
      const dataKey = keys.open('file-key', row.key, row.wrapped_key);
      const start = Math.min(Math.max(range?.start ?? 0, 0), row.size_bytes);
      const end = Math.min(Math.max(range?.end ?? row.size_bytes, start), row.size_bytes);
      const bytes = await readPart(join(folder, row.key), row, dataKey, start, end);
      return { ...describe(row), bytes };
    },

    async delete(trx, tenantId, id) {
      if (!isUuid(id)) return false;
      const gone = await trx
        .deleteFrom('files')
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },

    async removeBytes(db, keys) {
      if (keys.length === 0) return;
      const rows = await db
        .selectFrom('files')
        .select('key')
        .where('key', 'in', [...keys])
        .execute();
      const named = new Set(rows.map((row) => row.key));
      for (const key of keys) if (!named.has(key)) await rm(join(folder, key), { force: true });
    },

    sweep: (db, { graceMs = 3_600_000 } = {}) =>
      db.transaction().execute(async (trx) => {
        const lock = sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${sweepLock}) as taken`;
        if (!(await lock.execute(trx)).rows[0]?.taken) return { removed: 0, missing: [] };
        return sweepFolder(trx, folder, clock.now().getTime() - graceMs);
      }),
  };
}

async function sweepFolder(
  db: Db,
  folder: string,
  untilMs: number,
): Promise<{ removed: number; missing: string[] }> {
  const kept = new Set((await db.selectFrom('files').select('key').execute()).map((row) => row.key));
  let removed = 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const key = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '');
    if (kept.delete(key)) continue;
    const { mtimeMs } = await stat(path);
    if (mtimeMs > untilMs) continue;
    await rm(path, { force: true });
    removed++;
  }
  return { removed, missing: [...kept] };
}

function describe(row: FilesTable): StoredFile {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256.toString('hex'),
    createdAt: row.created_at,
  };
}

async function writeDurably(folder: string, key: string, bytes: Buffer): Promise<void> {
  const path = join(folder, key);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `unfinished-${randomUUID()}`);
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
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

function nonceOf(block: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(block, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function blockCount(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / blockBytes));
}

function encrypt(bytes: Uint8Array, dataKey: Buffer, key: string): Buffer {
  const parts: Buffer[] = [magic];
  const count = blockCount(bytes.length);
  for (let block = 0; block < count; block++) {
    const cipher = createCipheriv('aes-256-gcm', dataKey, nonceOf(block, block === count - 1));
    cipher.setAAD(Buffer.from(key));
    parts.push(cipher.update(bytes.subarray(block * blockBytes, (block + 1) * blockBytes)), cipher.final());
    parts.push(cipher.getAuthTag());
  }
  return Buffer.concat(parts);
}

async function readPart(
  path: string,
  row: FilesTable,
  dataKey: Buffer,
  start: number,
  end: number,
): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: { code?: string }) => {
    if (error.code !== 'ENOENT') throw error;
    throw Object.assign(
      new Error(`the bytes of file ${row.id} are missing from the file store; restore a backup.`),
      {
        code: 'file-missing' as const,
      },
    );
  });
  const damaged = (cause?: unknown) =>
    Object.assign(
      new Error(`file ${row.id} is damaged: its bytes are not those that were written.`, { cause }),
      {
        code: 'file-damaged' as const,
      },
    );
  try {
    const count = blockCount(row.size_bytes);
    const expected = magic.length + row.size_bytes + count * tagBytes;
    if ((await file.stat()).size !== expected) throw damaged();
    const first = Math.min(Math.floor(start / blockBytes), count - 1);
    const last = Math.min(Math.max(first, Math.ceil(end / blockBytes) - 1), count - 1);
    const from = magic.length + first * (blockBytes + tagBytes);
    const until = last === count - 1 ? expected : magic.length + (last + 1) * (blockBytes + tagBytes);
    const sealed = Buffer.alloc(until - from);
    let filled = 0;
    while (filled < sealed.length) {
      const { bytesRead } = await file.read(sealed, filled, sealed.length - filled, from + filled);
      if (bytesRead === 0) throw damaged();
      filled += bytesRead;
    }
    const plain: Buffer[] = [];
    for (let block = first; block <= last; block++) {
      const at = (block - first) * (blockBytes + tagBytes);
      const part = sealed.subarray(at, Math.min(at + blockBytes + tagBytes, sealed.length));
      try {
        const decipher = createDecipheriv('aes-256-gcm', dataKey, nonceOf(block, block === count - 1), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(row.key)).setAuthTag(part.subarray(-tagBytes));
        plain.push(decipher.update(part.subarray(0, -tagBytes)), decipher.final());
      } catch (error) {
        throw damaged(error);
      }
    }
    const offset = first * blockBytes;
    return Buffer.concat(plain).subarray(start - offset, end - offset);
  } finally {
    await file.close();
  }
}
