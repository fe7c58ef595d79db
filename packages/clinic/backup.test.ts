import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp, proveBackup } from './backup.ts';
import { lastBackup } from './platform/backup-manifest.ts';
import { type Config, readConfig } from './platform/config.ts';
import { masterKeyFile } from './platform/keys.ts';
import { testFolder } from './platform/testing/database.ts';
import { restore, takeMasterKey } from './restore.ts';
import { sampleTenant } from './sample/clinic.ts';
import { seedSample } from './sample/seed.ts';
import { type StartedClinic, startClinic } from './start.ts';

// Several clusters are made and recovered here; on a busy machine each takes many seconds.
const patience = 300_000;
const folder = testFolder();
const backups = join(folder, 'backups');
const config = placeIn('data');
let source: StartedClinic;
const fileIds: string[] = [];
let firstBackup = '';

function placeIn(name: string): Config {
  return readConfig({ UNDERTONE_HOME: join(folder, name), LOG_TO: 'file' });
}

async function addFile(text: string): Promise<string> {
  const { clinic } = source;
  const put = { tenantId: sampleTenant.id, bytes: Buffer.from(text), mediaType: 'text/plain' };
  const file = await clinic.db.transaction().execute((trx) => clinic.files.put(trx, put));
  fileIds.push(file.id);
  return file.id;
}

beforeAll(async () => {
  source = await startClinic(config, { work: false });
  await seedSample(source.clinic);
  await sql`create table drill (number int primary key)`.execute(source.clinic.db);
  for (let n = 0; n < 5; n++) await addFile(`photograph ${n} ${'x'.repeat(n * 100_000)}`);
}, patience);

afterAll(() => source.stop(), patience);

describe('a backup', () => {
  it(
    'made while the clinic writes holds every write that was acknowledged before it began',
    async () => {
      const over = new AbortController();
      const count = { acknowledged: 0 };
      const writing = (async () => {
        while (!over.signal.aborted) {
          await sql`insert into drill values (${count.acknowledged + 1})`.execute(source.clinic.db);
          count.acknowledged++;
          if (count.acknowledged % 200 === 0) await addFile(`during ${count.acknowledged}`);
        }
      })();
      while (count.acknowledged < 50) await pause(10);
      const before = count.acknowledged;
      const filesBefore = fileIds.length;
      const made = await backUp(config, backups, { scratch: folder });
      firstBackup = made.folder;
      over.abort();
      await writing;
      expect(made.proof.files).toBeGreaterThanOrEqual(filesBefore);
      expect(count.acknowledged).toBeGreaterThan(before);

      const other = placeIn('restored');
      await takeMasterKey(other, readFileSync(masterKeyFile(config), 'utf8'));
      await restore(other, made.folder);
      const restored = await startClinic(other, { work: false });
      try {
        const { rows } = await sql<{ number: number }>`select number from drill order by number`.execute(
          restored.clinic.db,
        );
        const numbers = rows.map((row) => row.number);
        // Everything up to one moment, and nothing after it: no gap.
        expect(numbers).toEqual(numbers.map((_, i) => i + 1));
        expect(numbers.length).toBeGreaterThanOrEqual(before);
        for (const id of fileIds.slice(0, filesBefore)) {
          const [here, there] = await Promise.all(
            [source.clinic, restored.clinic].map((clinic) =>
              clinic.files.get(clinic.db, sampleTenant.id, id),
            ),
          );
          expect(there?.bytes).toEqual(here?.bytes);
        }
        // The restored clinic works on.
        await sql`insert into drill values (-1)`.execute(restored.clinic.db);
      } finally {
        await restored.stop();
      }
    },
    patience,
  );

  it(
    'is remembered with its age, and copies each file once',
    async () => {
      const again = await backUp(config, backups, { scratch: folder });
      expect(await lastBackup(config.home)).toMatchObject({ folder: again.folder });
      const copies = readdirSync(join(backups, 'files'), { recursive: true, encoding: 'utf8' });
      const stored = copies.filter((name) => statSync(join(backups, 'files', name)).isFile());
      expect(stored.length).toBe(again.manifest.files.length);
      // A copy made for the first backup is the one the second uses.
      const text = readFileSync(join(firstBackup, 'manifest.json'), 'utf8');
      const { files } = (JSON.parse(text) as { manifest: { files: { path: string }[] } }).manifest;
      const [one] = files;
      expect(statSync(join(backups, 'files', one?.path ?? '')).mtimeMs).toBeLessThan(
        Date.parse(again.manifest.at),
      );
      expect(again.manifest.files).toEqual(expect.arrayContaining(files));
    },
    patience,
  );

  it(
    'of the embedded server is not put beside a server of the clinic’s own by an oversight',
    async () => {
      const other = readConfig({
        UNDERTONE_HOME: join(folder, 'with-server'),
        LOG_TO: 'file',
        DATABASE_URL: 'postgres://undertone:x@127.0.0.1:9/undertone',
      });
      await takeMasterKey(other, readFileSync(masterKeyFile(config), 'utf8'));
      await expect(restore(other, firstBackup)).rejects.toMatchObject({
        code: 'restore-refused',
        message: expect.stringContaining('without DATABASE_URL') as string,
      });
    },
    patience,
  );

  it('tells nothing to whoever finds it', () => {
    for (const name of readdirSync(backups, { recursive: true, encoding: 'utf8' })) {
      const path = join(backups, name);
      if (!statSync(path).isFile()) continue;
      const bytes = readFileSync(path);
      for (const secret of [
        'Sample patient',
        'photograph',
        'Siliguri',
        readFileSync(masterKeyFile(config), 'utf8').trim(),
      ]) {
        expect(bytes.includes(secret)).toBe(false);
      }
    }
  });
});

describe('a restore', () => {
  async function attempt(
    spoil: (copy: string) => void,
    withKey = true,
  ): Promise<{ outcome: unknown; left: string[] }> {
    const name = randomUUID();
    const copy = join(folder, `copy-${name}`);
    cpSync(backups, copy, { recursive: true });
    spoil(copy);
    const target = placeIn(`target-${name}`);
    if (withKey) await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
    const outcome = await restore(target, copy).then(
      () => 'restored',
      (error: unknown) => error,
    );
    const left = ['postgres/data', 'files'].filter((part) => existsSync(join(target.home, part)));
    return { outcome, left };
  }

  function newest(copy: string): string {
    return join(
      copy,
      readdirSync(copy)
        .filter((name) => name.startsWith('2'))
        .sort()
        .at(-1) ?? '',
    );
  }

  function flip(path: string, at: number): void {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  }

  it(
    'needs the clinic’s own key',
    async () => {
      expect(await attempt(() => undefined, false)).toMatchObject({
        outcome: { code: 'restore-refused', message: expect.stringContaining('--key') as string },
        left: [],
      });
      const stranger = placeIn('stranger');
      await takeMasterKey(stranger, Buffer.alloc(32, 7).toString('base64'));
      await expect(restore(stranger, firstBackup)).rejects.toMatchObject({ code: 'restore-refused' });
      await expect(takeMasterKey(stranger, 'not a key')).rejects.toMatchObject({ code: 'restore-refused' });
    },
    patience,
  );

  it(
    'refuses a backup of which any byte was altered or any file is missing',
    async () => {
      const aFile = (copy: string) => {
        const files = join(copy, 'files');
        const names = readdirSync(files, { recursive: true, encoding: 'utf8' });
        return join(files, names.find((name) => statSync(join(files, name)).isFile()) ?? '');
      };
      const spoils: ((copy: string) => void)[] = [
        (copy) => flip(join(newest(copy), 'base.seal'), 100_000),
        (copy) =>
          writeFileSync(
            join(newest(copy), 'base.seal'),
            readFileSync(join(newest(copy), 'base.seal')).subarray(0, -500),
          ),
        (copy) => flip(aFile(copy), 10),
        (copy) => {
          const path = join(newest(copy), 'manifest.json');
          writeFileSync(path, readFileSync(path, 'utf8').replace(/"server":"\d+/, '"server":"99'));
        },
      ];
      for (const spoil of spoils) {
        expect(await attempt(spoil)).toMatchObject({ outcome: { code: 'restore-refused' }, left: [] });
      }
    },
    patience,
  );

  it('does not touch a data folder that is in use', async () => {
    await expect(restore(config, backups)).rejects.toMatchObject({ code: 'restore-refused' });
    expect(await source.clinic.ready()).toBe(true);
  });

  it('says that a folder without a backup holds none', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const target = placeIn('nothing');
    await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
    await expect(restore(target, empty)).rejects.toMatchObject({ code: 'restore-refused' });
  });
});

it(
  'refuses to back up into the data folder or a file, and to call a broken backup good',
  async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    for (const nowhere of [join(config.home, 'backups'), file]) {
      await expect(backUp(config, nowhere)).rejects.toMatchObject({ code: 'backup-refused' });
    }
    const nothing = { ...config, home: join(folder, 'nothing-yet') };
    await expect(backUp(nothing, backups)).rejects.toMatchObject({ code: 'backup-refused' });
    expect(existsSync(nothing.home)).toBe(false);
    const spoilt = join(folder, 'spoilt');
    cpSync(backups, spoilt, { recursive: true });
    const name =
      readdirSync(spoilt)
        .filter((one) => one.startsWith('2'))
        .sort()
        .at(-1) ?? '';
    writeFileSync(join(spoilt, name, 'base.seal'), 'x');
    await expect(proveBackup(config, join(spoilt, name), folder)).rejects.toMatchObject({
      code: 'backup-unproven',
    });
  },
  patience,
);
