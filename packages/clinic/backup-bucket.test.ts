import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp } from './backup.ts';
import { startArchiver } from './platform/archiver.ts';
import { type Config, readConfig } from './platform/config.ts';
import { openStore } from './platform/files.ts';
import { masterKeyFile } from './platform/keys.ts';
import { runningPostgres } from './platform/postgres.ts';
import { s3Place } from './platform/s3-store.ts';
import { testFolder } from './platform/testing/database.ts';
import { doubleBucket, doubleCredentials, startS3Double } from './platform/testing/s3-double.ts';
import { restore, takeMasterKey } from './restore.ts';
import { sampleTenant } from './sample/clinic.ts';
import { seedSample } from './sample/seed.ts';
import { type StartedClinic, startClinic } from './start.ts';

/*
 * Against the double, or against the real storage that S3_TEST_URL (`s3://bucket?endpoint=…`) and the AWS_… variables name:
 * `npm run s3` starts one and runs this file on it.
 */
const patience = 300_000;
const real = process.env.S3_TEST_URL;
const double = await startS3Double();
const { endpoint, bucket } = real ? s3Place(real) : { endpoint: double.endpoint, bucket: doubleBucket };
const credentials = real
  ? {
      accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
    }
  : doubleCredentials;

const folder = testFolder();
const backups = join(folder, 'backups');
const config = placeIn('data', `clinic-${randomUUID()}`);
const written = new Map<string, Buffer>();
let source: StartedClinic;

/** @param prefix below which the files lie in the bucket; undefined for a folder of the data folder */
function placeIn(name: string, prefix?: string): Config {
  const query = new URLSearchParams({ endpoint }).toString();
  return readConfig({
    UNDERTONE_HOME: join(folder, name),
    LOG_TO: 'file',
    ...(prefix !== undefined && {
      FILES_URL: `s3://${bucket}/${prefix}?${query}`,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    }),
  });
}

async function addFile(bytes: Buffer): Promise<string> {
  const { clinic } = source;
  const put = { tenantId: sampleTenant.id, bytes, mediaType: 'image/jpeg' };
  const { id } = await clinic.db.transaction().execute((trx) => clinic.files.put(trx, put));
  written.set(id, bytes);
  return id;
}

async function keysIn(place: Config): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of openStore(place.files).list()) keys.push(key);
  return keys.sort();
}

/** Requests of one method for objects. */
const asked = (method: string) =>
  double.asked.filter((one) => one.method === method && one.path.split('/').length > 2).length;

/** The double alone counts requests. */
const counted = (requests: number) => (real ? 0 : requests);

async function restoredTo(place: Config, takesBucketOver = false): Promise<void> {
  await takeMasterKey(place, readFileSync(masterKeyFile(config), 'utf8'));
  await restore(place, backups, { isDurable: false, takesBucketOver });
}

/** Ids of files that are missing there, or are others than were stored. */
async function lostIn(place: Config): Promise<readonly string[]> {
  const started = await startClinic(place, { work: false });
  try {
    const { clinic } = started;
    const lost: string[] = [];
    for (const [id, bytes] of written) {
      const file = await clinic.files.get(clinic.db, sampleTenant.id, id);
      if (file?.bytes.equals(bytes) !== true) lost.push(id);
    }
    return lost;
  } finally {
    await started.stop();
  }
}

beforeAll(async () => {
  source = await startClinic(config, { work: false });
  await seedSample(source.clinic);
  // One is longer than the parts it is copied in.
  for (const size of [0, 17, 300_000, 9_000_000]) await addFile(randomBytes(size));
}, patience);

afterAll(async () => {
  await source.stop();
  for (const key of real ? await keysIn(config) : []) await openStore(config.files).remove(key);
  await double.stop();
}, patience);

describe('files in a bucket', () => {
  it(
    'are in the backup, as encrypted as they lie there, and the next backup fetches only what is new',
    async () => {
      const first = await backUp(config, backups, { scratch: folder });
      expect(first.proof.files).toBe(written.size);
      expect(first.manifest.files.map(({ path }) => path)).toEqual(await keysIn(config));
      for (const { path } of first.manifest.files) {
        const there = await openStore(config.files).read(path, 0, 20_000_000);
        expect(readFileSync(join(backups, 'files', path)).equals(there?.bytes ?? Buffer.alloc(1))).toBe(true);
      }
      await addFile(randomBytes(4000));
      const before = asked('GET');
      const second = await backUp(config, backups, { scratch: folder });
      expect(asked('GET') - before).toBe(counted(1));
      expect(second.manifest.files).toHaveLength(written.size);
      expect(second.manifest.files).toEqual(expect.arrayContaining(first.manifest.files));
    },
    patience,
  );

  it(
    'that come between two backups are archived with the log, without asking the bucket what it holds',
    async () => {
      const running = await runningPostgres(config);
      if (running === undefined) throw new Error('no server');
      const { files, keys } = source.clinic;
      const archiver = startArchiver({
        config,
        admin: running.admin,
        cluster: running.cluster,
        files: files.store,
        keys,
        log: pino({ level: 'silent' }),
      });
      await archiver.flush();
      const lists = () => double.asked.filter(({ path }) => path.split('/').length === 2).length;
      const before = lists();
      const id = await addFile(randomBytes(70_000));
      await archiver.flush();
      await archiver.stop();
      expect(lists()).toBe(before);
      const row = await source.clinic.db
        .selectFrom('files')
        .select('key')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      expect(statSync(join(backups, 'files', row.key)).size).toBeGreaterThan(70_000);
    },
    patience,
  );

  it(
    'come back into a folder',
    async () => {
      const place = placeIn('to-folder');
      await restoredTo(place);
      expect(await lostIn(place)).toEqual([]);
    },
    patience,
  );

  it(
    'come back into another bucket, and an attempt that was cut off is not begun anew',
    async () => {
      const prefix = `restored-${randomUUID()}`;
      const place = placeIn('to-bucket', prefix);
      await restoredTo(place);
      expect(await keysIn(place)).toEqual(await keysIn(config));
      expect(await lostIn(place)).toEqual([]);

      const again = placeIn('to-bucket-again', prefix);
      const [lost = ''] = await keysIn(place);
      await openStore(place.files).remove(lost);
      const before = asked('PUT');
      await restoredTo(again);
      expect(asked('PUT') - before).toBe(counted(1));
      expect(await lostIn(again)).toEqual([]);

      // A bucket another clinic works with is not swept clean by the restored one.
      await openStore(place.files).write(`${sampleTenant.id}/ab/${'ab'.repeat(32)}`, Buffer.from('x'));
      const third = placeIn('to-bucket-in-use', prefix);
      await expect(restoredTo(third)).rejects.toMatchObject({
        code: 'restore-refused',
        message: expect.stringMatching(/holds 1 files.*--take-bucket-over/) as string,
      });
      expect(existsSync(join(third.home, 'postgres', 'data'))).toBe(false);
      await restoredTo(third, true);
      expect(await lostIn(third)).toEqual([]);
      if (real) for (const key of await keysIn(place)) await openStore(place.files).remove(key);
    },
    patience,
  );
});

it.skipIf(real)(
  'a bucket that does not answer ends the backup by its name, and no backup is left that lacks files',
  async () => {
    const finished = () => readdirSync(backups).filter((name) => name.startsWith('2'));
    const before = finished();
    double.fail('503', '503', '503');
    await expect(backUp(config, backups, { scratch: folder })).rejects.toMatchObject({
      code: 'files-unreachable',
      message: expect.stringContaining(bucket) as string,
    });
    expect(finished()).toEqual(before);
  },
  patience,
);

it(
  'a copy of which a byte was altered is refused by name, and nothing is restored',
  async () => {
    const newest = readdirSync(backups)
      .filter((name) => name.startsWith('2'))
      .sort()
      .at(-1);
    const { manifest } = JSON.parse(readFileSync(join(backups, newest ?? '', 'manifest.json'), 'utf8')) as {
      manifest: { files: { path: string; bytes: number }[] };
    };
    const path = join(backups, 'files', manifest.files.find(({ bytes }) => bytes > 1000)?.path ?? '');
    const bytes = readFileSync(path);
    bytes[500] = (bytes[500] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const place = placeIn('altered');
    await expect(restoredTo(place)).rejects.toMatchObject({
      code: 'restore-refused',
      message: expect.stringContaining('altered') as string,
    });
    expect(existsSync(join(place.home, 'files'))).toBe(false);
  },
  patience,
);
