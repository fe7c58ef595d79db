import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { openFiles } from './files.ts';
import { s3Place, s3Store } from './s3-store.ts';
import { testServices, testTenant } from './testing/database.ts';
import { doubleBucket, doubleCredentials, startS3Double } from './testing/s3-double.ts';

/*
 * Against the double in testing/, or against the real storage that S3_TEST_URL (`s3://bucket?endpoint=…`) and the AWS_…
 * variables name: `node tools/s3/ceph.ts` starts one and runs this file on it.
 */
const real = process.env.S3_TEST_URL;
const double = await startS3Double();
afterAll(() => double.stop());
const credentials = real
  ? {
      accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
    }
  : doubleCredentials;
const endpoint = real ? s3Place(real).endpoint : double.endpoint;
const bucket = real ? s3Place(real).bucket : doubleBucket;
/** A prefix of this run alone, with characters that need care in an address. */
const prefix = `test run & ${randomUUID()}`;
const urlOf = (name: string, at = endpoint) =>
  `s3://${name}/${encodeURIComponent(prefix)}?${new URLSearchParams({ endpoint: at, region: 'eu-central-1' }).toString()}`;
const hasty = { tryMs: 300, pausesMs: [5, 5, 5], restMs: 0 };
const store = s3Store(urlOf(bucket), credentials);

const services = await testServices();
const { db } = services;
const config = readConfig({
  UNDERTONE_HOME: services.config.home,
  FILES_URL: urlOf(bucket),
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});
const files = openFiles(config, services.keys, services.clock);
const put = async (bytes: Buffer, into = files) => {
  const tenantId = await testTenant(db);
  return db.transaction().execute((trx) => into.put(trx, { tenantId, bytes, mediaType: 'image/jpeg' }));
};
const everything = async () => {
  const keys: string[] = [];
  for await (const { key } of store.list()) keys.push(key);
  return keys;
};

describe('a bucket', () => {
  it('gives back what was written, whole and in part, and says how long it is', async () => {
    const bytes = randomBytes(300_000);
    await store.write('a/b c+d', bytes);
    expect(await store.read('a/b c+d', 0, bytes.length)).toEqual({ bytes, totalBytes: bytes.length });
    expect(await store.read('a/b c+d', 1000, 1001)).toEqual({
      bytes: bytes.subarray(1000, 1001),
      totalBytes: bytes.length,
    });
    expect(await store.read('a/b c+d', 299_990, 999_999)).toEqual({
      bytes: bytes.subarray(299_990),
      totalBytes: bytes.length,
    });
    expect(await store.read('a/b c+d', 300_000, 300_010)).toMatchObject({ bytes: Buffer.alloc(0) });
    await store.write('a/b c+d', Buffer.from('other'));
    expect((await store.read('a/b c+d', 0, 5))?.bytes.toString()).toBe('other');
  });

  it('knows what is not there, and removes twice without a fault', async () => {
    expect(await store.read('nothing', 0, 10)).toBeUndefined();
    await store.write('gone', Buffer.from('x'));
    await store.remove('gone');
    await store.remove('gone');
    expect(await store.read('gone', 0, 1)).toBeUndefined();
  });

  it('lists all it holds below its prefix, page after page', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `list/${i}`);
    for (const name of names) await store.write(name, Buffer.from(name));
    expect(await everything()).toEqual(expect.arrayContaining(names));
    for await (const { key, sizeBytes, modifiedMs } of store.list()) {
      if (!key.startsWith('list/')) continue;
      expect(sizeBytes).toBe(key.length);
      expect(Math.abs(modifiedMs - Date.now())).toBeLessThan(120_000);
    }
  });

  it('refuses other credentials and an unknown bucket in words that say what to do', async () => {
    const stranger = s3Store(urlOf(bucket), { ...credentials, secretAccessKey: 'guessed' }, hasty);
    await expect(stranger.write('x', Buffer.from('x'))).rejects.toMatchObject({
      code: 'files-refused',
      message: expect.stringContaining('AWS_SECRET_ACCESS_KEY') as string,
    });
    const lost = s3Store(urlOf('no-such-bucket'), credentials, hasty);
    // One after the other: a promise that fails while nobody waits for it yet counts as a fault of the program.
    const acts = [
      () => lost.write('x', Buffer.from('x')),
      () => lost.read('x', 0, 1),
      () => lost.remove('x'),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'files-refused' });
  });
});

describe('the clinic’s files in a bucket', () => {
  it.each([0, 1, 256 * 1024, 3 * 256 * 1024 + 17])('of %i bytes come back as they were', async (size) => {
    const bytes = randomBytes(size);
    const file = await put(bytes);
    expect((await files.get(db, file.tenantId, file.id))?.bytes).toEqual(bytes);
    const part = await files.get(db, file.tenantId, file.id, { start: 10, end: 20 });
    expect(part?.bytes).toEqual(bytes.subarray(10, 20));
  });

  it('leave this machine encrypted', async () => {
    const bytes = Buffer.from('a photograph that nobody else may see '.repeat(50));
    const file = await put(bytes);
    const { key } = await db
      .selectFrom('files')
      .select('key')
      .where('id', '=', file.id)
      .executeTakeFirstOrThrow();
    const kept = await store.read(key, 0, 1_000_000);
    expect(kept?.totalBytes).toBeGreaterThan(bytes.length);
    expect(kept?.bytes.includes('photograph')).toBe(false);
  });

  it('show what was altered and what is gone', async () => {
    const [altered, gone] = [await put(randomBytes(5000)), await put(randomBytes(50))];
    const keyOf = async (id: string) =>
      (await db.selectFrom('files').select('key').where('id', '=', id).executeTakeFirstOrThrow()).key;
    const key = await keyOf(altered.id);
    const was = (await store.read(key, 0, 10_000))?.bytes ?? Buffer.alloc(0);
    was[2000] = (was[2000] ?? 0) ^ 1;
    await store.write(key, was);
    await store.remove(await keyOf(gone.id));
    await expect(files.get(db, altered.tenantId, altered.id)).rejects.toMatchObject({ code: 'file-damaged' });
    await expect(files.get(db, gone.tenantId, gone.id)).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('are swept: what has no row goes, what has one stays, and missing bytes are named', async () => {
    const kept = await put(randomBytes(20));
    await store.write('stray/one', Buffer.from('x'));
    services.clock.set(new Date(Date.now() + 2 * 3_600_000));
    const swept = await files.sweep(db);
    expect(swept.removed).toBeGreaterThanOrEqual(1);
    expect(await store.read('stray/one', 0, 1)).toBeUndefined();
    expect((await files.get(db, kept.tenantId, kept.id))?.sizeBytes).toBe(20);
  });
});

describe.skipIf(real)('a storage in trouble', () => {
  const patient = s3Store(urlOf(bucket), credentials, hasty);

  it('is asked again after an overload, a silence and a cut line', async () => {
    for (const how of ['503', 'silent', 'hang-up'] as const) {
      double.fail(how, how);
      const before = double.asked.length;
      await patient.write(`again/${how}`, Buffer.from(how));
      expect(double.asked.length - before).toBe(3);
      expect((await store.read(`again/${how}`, 0, 20))?.bytes.toString()).toBe(how);
    }
  });

  it('that stays away is named, after a bounded wait, and no row is left', async () => {
    double.fail('503', '503', '503', '503');
    await expect(patient.write('never', Buffer.from('x'))).rejects.toMatchObject({
      code: 'files-unreachable',
    });
    double.fail('silent', 'silent', 'silent', 'silent');
    await expect(patient.read('never', 0, 1)).rejects.toMatchObject({ code: 'files-unreachable' });
    const nobody = s3Store(urlOf(bucket, 'http://127.0.0.1:9'), credentials, hasty);
    await expect(nobody.remove('x')).rejects.toMatchObject({ code: 'files-unreachable' });

    const restful = s3Store(urlOf(bucket), credentials, { ...hasty, restMs: 60_000 });
    double.fail('503', '503', '503', '503');
    await expect(restful.read('x', 0, 1)).rejects.toMatchObject({ code: 'files-unreachable' });
    const before = double.asked.length;
    await expect(restful.read('x', 0, 1)).rejects.toMatchObject({ code: 'files-unreachable' });
    expect(double.asked).toHaveLength(before);
  });

  it('leaves no row of a file it did not take', async () => {
    const rows = () => db.selectFrom('files').select('id').execute();
    const before = (await rows()).length;
    double.fail('hang-up', 'hang-up', 'hang-up');
    await expect(put(randomBytes(10))).rejects.toMatchObject({ code: 'files-unreachable' });
    expect(await rows()).toHaveLength(before);
  });

  it('does not keep bytes that changed on the way', async () => {
    double.fail('other-bytes');
    await expect(patient.write('changed', Buffer.from('true'))).rejects.toMatchObject({
      code: 'files-refused',
    });
    expect(await store.read('changed', 0, 10)).toBeUndefined();
  });

  it('is not asked again when it refuses, and a wrong clock is called that', async () => {
    double.fail('skewed-clock');
    const before = double.asked.length;
    await expect(patient.read('x', 0, 1)).rejects.toMatchObject({
      message: expect.stringContaining('clock') as string,
    });
    expect(double.asked.length - before).toBe(1);
  });
});
