import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  appendFile,
  copyFile,
  mkdir,
  readdir,
  readFile,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFiles, sweepLock } from './files.ts';
import { innerKeyFile, keysOf, masterKeyFile, openKeys, readSecret } from './keys.ts';
import { recoveryKeyLines } from './recovery-key.ts';
import { connectAsAdmin, testServices, testTenant } from './testing/database.ts';

const services = await testServices();
const { db, files } = services;
const blockBytes = 256 * 1024;

async function stored(bytes: Uint8Array, tenantId?: string) {
  const owner = tenantId ?? (await testTenant(db));
  return db
    .transaction()
    .execute((trx) => files.put(trx, { tenantId: owner, bytes, mediaType: 'image/jpeg' }));
}

async function pathOf(id: string): Promise<string> {
  const row = await db.selectFrom('files').select('key').where('id', '=', id).executeTakeFirstOrThrow();
  return join(files.folder, row.key);
}

describe('a stored file', () => {
  it.each([0, 1, 1000, blockBytes - 1, blockBytes, blockBytes + 1, 3 * blockBytes, 3 * blockBytes + 17])(
    'of %i bytes comes back as it was',
    async (size) => {
      const bytes = randomBytes(size);
      const file = await stored(bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(file).toMatchObject({ sizeBytes: size, mediaType: 'image/jpeg', sha256 });
      expect(await files.get(db, file.tenantId, file.id)).toEqual({ ...file, bytes });
      expect(await files.find(db, file.tenantId, file.id)).toEqual(file);
    },
  );

  it('gives any part of itself', async () => {
    const bytes = randomBytes(2 * blockBytes + 999);
    const file = await stored(bytes);
    const bound = fc.oneof(
      fc.integer({ min: -10, max: bytes.length + 10 }),
      fc.constantFrom(0, blockBytes - 1, blockBytes, blockBytes + 1, 2 * blockBytes, bytes.length),
    );
    await fc.assert(
      fc.asyncProperty(bound, bound, async (start, end) => {
        const part = await files.get(db, file.tenantId, file.id, { start, end });
        const from = Math.min(Math.max(start, 0), bytes.length);
        expect(part?.bytes).toEqual(bytes.subarray(from, Math.max(from, Math.min(end, bytes.length))));
      }),
      { numRuns: 60 },
    );
  });

  it('is not there for another clinic', async () => {
    const file = await stored(randomBytes(10));
    const other = await testTenant(db);
    expect(await files.get(db, other, file.id)).toBeUndefined();
    expect(await files.find(db, other, file.id)).toBeUndefined();
    expect(await db.transaction().execute((trx) => files.delete(trx, other, file.id))).toBe(false);
    expect(await files.get(db, file.tenantId, randomUUID())).toBeUndefined();
  });

  it('tells nothing on disk: neither bytes, nor name, nor whether two are alike', async () => {
    const bytes = Buffer.from('a photograph that nobody else may see '.repeat(100));
    const [a, b] = [await stored(bytes), await stored(bytes)];
    const [onDiskA, onDiskB] = [await readFile(await pathOf(a.id)), await readFile(await pathOf(b.id))];
    expect(onDiskA.includes('photograph')).toBe(false);
    expect(onDiskA.subarray(4).equals(onDiskB.subarray(4))).toBe(false);
    expect(await pathOf(a.id)).not.toContain(a.sha256);
    expect((await stat(await pathOf(a.id))).mode & 0o777).toBe(0o600);
  });
});

describe('damage', () => {
  it('is noticed wherever a bit was turned', async () => {
    const bytes = randomBytes(blockBytes + 5000);
    const file = await stored(bytes);
    const path = await pathOf(file.id);
    const good = await readFile(path);
    for (let n = 0; n < 40; n++) {
      const at = 4 + Math.floor(((good.length - 4) * n) / 40);
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << (n % 8));
      await writeFile(path, bad);
      await expect(files.get(db, file.tenantId, file.id)).rejects.toMatchObject({ code: 'file-damaged' });
    }
    await writeFile(path, good);
    expect((await files.get(db, file.tenantId, file.id))?.bytes).toEqual(bytes);
  });

  it('is noticed when bytes are cut off, added, or blocks exchanged', async () => {
    const file = await stored(randomBytes(2 * blockBytes));
    const path = await pathOf(file.id);
    const good = await readFile(path);
    const sealed = blockBytes + 16;
    const swapped = Buffer.concat([
      good.subarray(0, 4),
      good.subarray(4 + sealed),
      good.subarray(4, 4 + sealed),
    ]);
    for (const spoil of [
      () => truncate(path, good.length - sealed),
      () => appendFile(path, 'x'),
      () => writeFile(path, swapped),
    ]) {
      await spoil();
      await expect(files.get(db, file.tenantId, file.id)).rejects.toMatchObject({ code: 'file-damaged' });
      await writeFile(path, good);
    }
  });

  it('is noticed when one patient’s photograph is put in another’s place, key and all', async () => {
    const size = 5000;
    const [mine, theirs] = [await stored(randomBytes(size)), await stored(randomBytes(size))];
    await copyFile(await pathOf(theirs.id), await pathOf(mine.id));
    await expect(files.get(db, mine.tenantId, mine.id)).rejects.toMatchObject({ code: 'file-damaged' });
    const row = await db
      .selectFrom('files')
      .select('wrapped_key')
      .where('id', '=', theirs.id)
      .executeTakeFirstOrThrow();
    await db.updateTable('files').set({ wrapped_key: row.wrapped_key }).where('id', '=', mine.id).execute();
    await expect(files.get(db, mine.tenantId, mine.id)).rejects.toMatchObject({ code: 'seal-broken' });
  });

  it('and loss have their own words', async () => {
    const file = await stored(randomBytes(10));
    const { unlink } = await import('node:fs/promises');
    await unlink(await pathOf(file.id));
    await expect(files.get(db, file.tenantId, file.id)).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('cannot be mistaken for another clinic key', async () => {
    const file = await stored(randomBytes(10));
    const others = openFiles(services.config, keysOf(randomBytes(32)), services.clock);
    await expect(others.get(db, file.tenantId, file.id)).rejects.toMatchObject({ code: 'master-key-wrong' });
  });
});

describe('deleting and sweeping', () => {
  it('makes the bytes unreadable at once and removes them at the sweep', async () => {
    const file = await stored(randomBytes(100));
    const path = await pathOf(file.id);
    expect(await db.transaction().execute((trx) => files.delete(trx, file.tenantId, file.id))).toBe(true);
    expect(await files.get(db, file.tenantId, file.id)).toBeUndefined();
    const longAgo = new Date(services.clock.now().getTime() - 2 * 3_600_000);
    await utimes(path, longAgo, longAgo);
    expect((await files.sweep(db)).removed).toBeGreaterThanOrEqual(1);
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps what has a row, and an upload that has none yet', async () => {
    const file = await stored(randomBytes(100));
    const longAgo = new Date(services.clock.now().getTime() - 2 * 3_600_000);
    await utimes(await pathOf(file.id), longAgo, longAgo);
    const failed = db.transaction().execute(async (trx) => {
      await files.put(trx, { tenantId: file.tenantId, bytes: randomBytes(50), mediaType: 'image/png' });
      throw new Error('after the bytes');
    });
    await expect(failed).rejects.toThrow('after the bytes');
    const before = (await readdir(files.folder, { recursive: true })).length;
    await files.sweep(db);
    expect((await readdir(files.folder, { recursive: true })).length).toBe(before);
    expect((await files.get(db, file.tenantId, file.id))?.sizeBytes).toBe(100);
  });

  it('removes nothing while a backup copies, and says so; what was left goes afterwards', async () => {
    const file = await stored(randomBytes(100));
    const path = await pathOf(file.id);
    const { key } = await db
      .selectFrom('files')
      .select('key')
      .where('id', '=', file.id)
      .executeTakeFirstOrThrow();
    await db.transaction().execute((trx) => files.delete(trx, file.tenantId, file.id));
    const backup = await connectAsAdmin(services.database);
    try {
      await backup.query('select pg_advisory_lock($1)', [sweepLock]);
      expect(await files.removeBytes(db, [key])).toBe(false);
      expect(await files.sweep(db, { graceMs: -60_000 })).toEqual({ removed: 0, missing: [] });
      expect((await stat(path)).isFile()).toBe(true);
    } finally {
      await backup.end();
    }
    // The server lets go of the lock a moment after the line was cut.
    await expect.poll(() => files.removeBytes(db, [key])).toBe(true);
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tells which rows have lost their bytes', async () => {
    const file = await stored(randomBytes(10));
    const { unlink } = await import('node:fs/promises');
    await unlink(await pathOf(file.id));
    const row = await db
      .selectFrom('files')
      .select('key')
      .where('id', '=', file.id)
      .executeTakeFirstOrThrow();
    expect((await files.sweep(db)).missing).toContain(row.key);
  });
});

describe('the master key', () => {
  it('is made once, for its owner alone, and is the same at the next start', async () => {
    const path = masterKeyFile(services.config);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await openKeys(services.config)).id).toBe(services.keys.id);
  });

  it('seals for one purpose and one place', () => {
    const keys = keysOf(randomBytes(32));
    const sealed = keys.seal('totp', 'a', Buffer.from('secret'));
    expect(keys.open('totp', 'a', sealed).toString()).toBe('secret');
    const broken = expect.objectContaining({ code: 'seal-broken' }) as Error;
    expect(() => keys.open('totp', 'b', sealed)).toThrow(broken);
    expect(() => keys.open('other', 'a', sealed)).toThrow(broken);
    expect(() => keysOf(randomBytes(32)).open('totp', 'a', sealed)).toThrow(broken);
    expect(() => keys.open('totp', 'a', sealed.subarray(0, 20))).toThrow(broken);
  });

  it('is refused when it is not one', async () => {
    const config = await placeBeside('refused');
    await openKeys(config);
    await writeFile(masterKeyFile(config), 'c2hvcnQ=\n');
    await expect(openKeys(config)).rejects.toMatchObject({ code: 'master-key-unreadable' });
  });

  it('moves out of the data folder, and no crash in between loses it', async () => {
    const config = await placeBeside('moved');
    const key = randomBytes(32).toString('base64');
    await readSecret(innerKeyFile(config), () => key);
    const { id } = await openKeys(config);
    expect(existsSync(innerKeyFile(config))).toBe(false);
    expect((await stat(masterKeyFile(config))).mode & 0o777).toBe(0o600);
    // Cut off after the copy and before the original went: both are there.
    await readSecret(innerKeyFile(config), () => key);
    expect((await openKeys(config)).id).toBe(id);
    expect(existsSync(innerKeyFile(config))).toBe(false);
    // Two that differ are not for us to choose between.
    await readSecret(innerKeyFile(config), () => randomBytes(32).toString('base64'));
    await expect(openKeys(config)).rejects.toMatchObject({ code: 'master-key-unreadable' });
    expect(existsSync(innerKeyFile(config)) && existsSync(masterKeyFile(config))).toBe(true);
  });

  it('stays what it was made as when several programs make it at once', async () => {
    const config = await placeBeside('at once');
    const ids = await Promise.all(Array.from({ length: 8 }, async () => (await openKeys(config)).id));
    expect(new Set(ids).size).toBe(1);
  });

  it('may be given as the printed recovery key', async () => {
    const config = await placeBeside('printed');
    const key = randomBytes(32);
    await readSecret(masterKeyFile(config), () => recoveryKeyLines(key).join(' '));
    expect((await openKeys(config)).id).toBe(keysOf(key).id);
  });

  async function placeBeside(name: string) {
    const home = join(services.config.home, '..', name);
    await mkdir(home);
    return { home, secrets: `${home}-secrets`, files: services.config.files };
  }
});
