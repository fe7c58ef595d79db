import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type ByteStore, folderStore } from './byte-store.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db, Trx } from './database.ts';
import type { Keys } from './keys.ts';
import { s3Store } from './s3-store.ts';
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
   * Encrypts the bytes and writes them durably, then inserts the row in the caller's transaction. If that transaction
   * fails, the bytes are an orphan without a key, which {@link sweep} removes.
   * @throws `files-unreachable`, `files-refused` by a bucket; nothing is kept then.
   */
  put(trx: Trx, file: { tenantId: string; bytes: Uint8Array; mediaType: string }): Promise<StoredFile>;
  /** The row alone; undefined when there is none for this tenant. */
  find(db: Db, tenantId: string, id: string): Promise<StoredFile | undefined>;
  /**
   * The plain bytes, or the part `start` (included) to `end` (excluded) of them; only the blocks touched are read.
   * @returns undefined when this tenant has no such file.
   * @throws `file-missing` when the bytes are gone, `file-damaged` when they were altered, cut or moved,
   *   `master-key-wrong` when they were written under another master key; `files-unreachable`, `files-refused` by a bucket.
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
   * @returns false when they stay for the next sweep, because a backup under way may still need them.
   */
  removeBytes(db: Db, keys: readonly string[]): Promise<boolean>;
  /** Where the encrypted bytes lie, for backup. */
  readonly store: ByteStore;
  /** The folder of the encrypted bytes. @throws `files-elsewhere` when they lie in a bucket. */
  readonly folder: string;
}

/** Held (pg_advisory_lock) by whoever must not see bytes removed meanwhile: who removes takes it, or does nothing. */
export const sweepLock = 0x5eeb_f11e;

// On disk: "UTF1", then blocks of up to 256 KiB, each encrypted by AES-256-GCM with the file's own key. The nonce is the
// block's number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár 2015),
// so that blocks cannot be reordered or cut off; the file's key as additional data, so that it cannot stand elsewhere.
const magic = Buffer.from('UTF1');
const blockBytes = 256 * 1024;
const tagBytes = 16;

/** Opens the store named by `FILES_URL`. */
export function openFiles(config: Pick<Config, 'files'>, keys: Keys, clock: Clock): Files {
  const store = openStore(config.files);

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
    store,

    get folder() {
      if (config.files.url.startsWith('file:')) return fileURLToPath(config.files.url);
      throw Object.assign(new Error(`the files lie in ${store.place}, not in a folder of this machine.`), {
        code: 'files-elsewhere' as const,
      });
    },

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
      await store.write(key, encrypt(bytes, dataKey, key));
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
      const bytes = await readPart(store, row, dataKey, start, end);
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
      if (keys.length === 0) return true;
      const remove = async (trx: Db) => {
        if (!(await mayRemove(trx, 'shared'))) return false;
        const rows = await trx
          .selectFrom('files')
          .select('key')
          .where('key', 'in', [...keys])
          .execute();
        const named = new Set(rows.map((row) => row.key));
        for (const key of keys) if (!named.has(key)) await store.remove(key);
        return true;
      };
      return db.isTransaction ? remove(db) : db.transaction().execute(remove);
    },

    sweep: (db, { graceMs = 3_600_000 } = {}) =>
      db.transaction().execute(async (trx) => {
        if (!(await mayRemove(trx, 'alone'))) return { removed: 0, missing: [] };
        return sweepStore(trx, store, clock.now().getTime() - graceMs);
      }),
  };
}

/** The store that `FILES_URL` names. */
export function openStore(files: Config['files']): ByteStore {
  if (!files.url.startsWith('s3:')) return folderStore(fileURLToPath(files.url));
  // The settings were checked when they were read: a bucket comes with credentials.
  if (files.s3 === undefined) throw new Error('FILES_URL names a bucket, but there are no credentials');
  return s3Store(files.url, files.s3);
}

/** Takes {@link sweepLock} until the transaction's end, if nobody holds it against us. */
async function mayRemove(trx: Db, how: 'alone' | 'shared'): Promise<boolean> {
  const take = sql.raw(how === 'alone' ? 'pg_try_advisory_xact_lock' : 'pg_try_advisory_xact_lock_shared');
  const { rows } = await sql<{ taken: boolean }>`select ${take}(${sweepLock}) as taken`.execute(trx);
  return rows[0]?.taken ?? false;
}

async function sweepStore(
  db: Db,
  store: ByteStore,
  untilMs: number,
): Promise<{ removed: number; missing: string[] }> {
  const kept = new Set((await db.selectFrom('files').select('key').execute()).map((row) => row.key));
  let removed = 0;
  for await (const { key, modifiedMs } of store.list()) {
    if (kept.delete(key) || modifiedMs > untilMs) continue;
    await store.remove(key);
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

function nonceOf(block: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(block, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function blockCount(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / blockBytes));
}

/** How many bytes a file of this size takes in the store. */
export function sealedBytes(sizeBytes: number): number {
  return magic.length + sizeBytes + blockCount(sizeBytes) * tagBytes;
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
  store: ByteStore,
  row: FilesTable,
  dataKey: Buffer,
  start: number,
  end: number,
): Promise<Buffer> {
  const damaged = (cause?: unknown) =>
    Object.assign(
      new Error(`file ${row.id} is damaged: its bytes are not those that were written.`, { cause }),
      {
        code: 'file-damaged' as const,
      },
    );
  const count = blockCount(row.size_bytes);
  const expected = sealedBytes(row.size_bytes);
  const first = Math.min(Math.floor(start / blockBytes), count - 1);
  const last = Math.min(Math.max(first, Math.ceil(end / blockBytes) - 1), count - 1);
  const from = magic.length + first * (blockBytes + tagBytes);
  const until = last === count - 1 ? expected : magic.length + (last + 1) * (blockBytes + tagBytes);
  const found = await store.read(row.key, from, until);
  if (found === undefined) {
    throw Object.assign(
      new Error(`the bytes of file ${row.id} are missing from the file store; restore a backup.`),
      { code: 'file-missing' as const },
    );
  }
  const sealed = found.bytes;
  if (found.totalBytes !== expected || sealed.length !== until - from) throw damaged();
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
}
