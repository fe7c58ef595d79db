import { cpSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backUp } from './backup.ts';
import { readArchiveState } from './platform/archive-state.ts';
import { type Archiver, startArchiver } from './platform/archiver.ts';
import { type Config, readConfig } from './platform/config.ts';
import { masterKeyFile } from './platform/keys.ts';
import { runningPostgres } from './platform/postgres.ts';
import { prune } from './platform/prune.ts';
import { testFolder } from './platform/testing/database.ts';
import { restore, takeMasterKey } from './restore.ts';
import { sampleTenant } from './sample/clinic.ts';
import { seedSample } from './sample/seed.ts';
import { type Clinic, type StartedClinic, startClinic } from './start.ts';

// Several clusters are made and recovered here; on a busy machine each takes many seconds.
const patience = 300_000;
const folder = testFolder();
const backups = join(folder, 'backups');
const config = placeIn('data');
let source: StartedClinic;
let archiver: Archiver;
const instants: Record<string, string> = {};
let lateFile = '';

function placeIn(name: string): Config {
  return readConfig({ UNDERTONE_HOME: join(folder, name), LOG_TO: 'file' });
}

async function archiving(): Promise<Archiver> {
  const running = await runningPostgres(config);
  if (running === undefined) throw new Error('no server');
  return startArchiver({
    config,
    admin: running.admin,
    cluster: running.cluster,
    files: source.clinic.files.store,
    keys: source.clinic.keys,
    log: pino({ level: 'silent' }),
    everyMs: 200,
  });
}

async function insert(text: string): Promise<void> {
  await sql`insert into drill (text) values (${text})`.execute(source.clinic.db);
}

async function addFile(text: string): Promise<string> {
  const { clinic } = source;
  const put = { tenantId: sampleTenant.id, bytes: Buffer.from(text), mediaType: 'text/plain' };
  return (await clinic.db.transaction().execute((trx) => clinic.files.put(trx, put))).id;
}

/** An instant between what was confirmed before and what is begun after, on the database's clock. */
async function mark(name: string): Promise<void> {
  await pause(20);
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(source.clinic.db);
  instants[name] = rows[0]?.at.toISOString() ?? '';
  await pause(20);
}

let targets = 0;
async function restored<T>(
  from: string,
  to: string | undefined,
  work: (clinic: Clinic, at: string) => Promise<T>,
): Promise<T> {
  const target = placeIn(`target-${++targets}`);
  await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
  const { at } = await restore(target, from, { isDurable: false, ...(to !== undefined && { to }) });
  const started = await startClinic(target, { work: false });
  try {
    return await work(started.clinic, at);
  } finally {
    await started.stop();
  }
}

async function refusalOf(from: string, to?: string): Promise<{ code?: string; message: string }> {
  const target = placeIn(`target-${++targets}`);
  await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
  const error = await restore(target, from, to === undefined ? {} : { to }).then(
    () => undefined,
    (thrown: unknown) => thrown as { code?: string; message: string },
  );
  if (error === undefined) return { message: 'nothing: it was restored' };
  expect(existsSync(join(target.home, 'postgres', 'data'))).toBe(false);
  return { ...error, message: error.message };
}

async function texts(clinic: Clinic): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`select text from drill order by number`.execute(clinic.db);
  return rows.map((row) => row.text);
}

beforeAll(async () => {
  source = await startClinic(config, { work: false });
  await seedSample(source.clinic);
  await sql`create table drill (number int generated always as identity primary key, text text)`.execute(
    source.clinic.db,
  );
  await insert('before the backup');
  await addFile('a photograph from before');
  await backUp(config, backups, { scratch: folder });
  await mark('after the backup');
  archiver = await archiving();
  for (let n = 1; n <= 40; n++) await insert(`row ${n}`);
  lateFile = await addFile('a photograph from after the backup');
  await archiver.flush();
  await mark('before the mistake');
  await sql`delete from drill`.execute(source.clinic.db);
  await source.clinic.db
    .transaction()
    .execute((trx) => source.clinic.files.delete(trx, sampleTenant.id, lateFile));
  await source.clinic.files.sweep(source.clinic.db, { graceMs: -60_000 });
  await mark('after the mistake');
  await insert('after the mistake');
  await archiver.flush();
}, patience);

afterAll(async () => {
  await archiver.stop();
  await source.stop();
}, patience);

it(
  'undoes a mistaken deletion of everything by going back to just before it, with the files of that moment',
  async () => {
    await restored(backups, instants['before the mistake'], async (clinic, at) => {
      expect(at).toBe(instants['before the mistake']);
      const numbers = Array.from({ length: 40 }, (_, n) => `row ${n + 1}`);
      expect(await texts(clinic)).toEqual(['before the backup', ...numbers]);
      const file = await clinic.files.get(clinic.db, sampleTenant.id, lateFile);
      expect(file?.bytes.toString()).toBe('a photograph from after the backup');
      // The restored clinic works on.
      await sql`insert into drill (text) values ('and on')`.execute(clinic.db);
    });
  },
  patience,
);

it(
  'restores the newest moment unless told otherwise, and one backup alone when that is named',
  async () => {
    await restored(backups, undefined, async (clinic) => {
      expect(await texts(clinic)).toEqual(['after the mistake']);
      expect(await clinic.files.get(clinic.db, sampleTenant.id, lateFile)).toBeUndefined();
    });
    const one = join(backups, readdirSync(backups).find((name) => /^\d{4}-/.test(name)) ?? '');
    await restored(one, undefined, async (clinic) => {
      expect(await texts(clinic)).toEqual(['before the backup']);
    });
  },
  patience,
);

it(
  'goes back to an instant after which nothing more was written',
  async () => {
    await archiver.flush();
    await mark('the end');
    await archiver.flush();
    await restored(backups, instants['the end'], async (clinic) => {
      expect(await texts(clinic)).toEqual(['after the mistake']);
    });
  },
  patience,
);

it('says what can be restored when the instant is too early, too late, or not one', async () => {
  expect(await refusalOf(backups, '2020-01-01 10:00 UTC')).toMatchObject({
    code: 'restore-refused',
    message: expect.stringContaining('before the first backup') as string,
  });
  expect(await refusalOf(backups, '2099-01-01 10:00 UTC')).toMatchObject({
    code: 'restore-refused',
    message: expect.stringMatching(/archived until \d{4}-/) as string,
  });
  expect(await refusalOf(backups, 'last Tuesday')).toMatchObject({ code: 'restore-refused' });
});

it(
  'names the part of the archived log that is missing or altered, and how far it is whole',
  async () => {
    const walk = (root: string) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name));
    const stretchAfter = (root: string, instant: string | undefined) => {
      const journal = walk(join(root, 'archive')).find((path) => path.endsWith('journal.jsonl')) ?? '';
      const lines = readFileSync(journal, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { at: string; piece?: { name: string } });
      // The first may lie wholly within the backup's own log.
      const [, second] = lines.filter((line) => line.at > (instant ?? '') && line.piece);
      const name = second?.piece?.name ?? '';
      return { journal, stretch: join(journal, '..', '..', name), name };
    };
    const spoils: ((found: ReturnType<typeof stretchAfter>) => void)[] = [
      ({ stretch }) => renameSync(stretch, `${stretch}.gone`),
      ({ stretch }) => {
        const bytes = readFileSync(stretch);
        bytes[40] = (bytes[40] ?? 0) ^ 1;
        writeFileSync(stretch, bytes);
      },
      ({ journal, name }) => {
        const lines = readFileSync(journal, 'utf8').split('\n');
        writeFileSync(journal, lines.filter((line) => !line.includes(name)).join('\n'));
      },
      ({ journal, name }) => {
        const text = readFileSync(journal, 'utf8');
        const at = text.indexOf(name);
        writeFileSync(
          journal,
          `${text.slice(0, at - 60)}${text.slice(at - 60).replace(/"at":"2/, '"at":"3')}`,
        );
      },
    ];
    for (const [i, spoil] of spoils.entries()) {
      const copy = join(folder, `spoilt-${i}`);
      cpSync(backups, copy, { recursive: true });
      const found = stretchAfter(copy, instants['after the backup']);
      spoil(found);
      expect({ i, ...(await refusalOf(copy, instants['the end'])) }).toMatchObject({
        i,
        code: 'archive-broken',
        message: expect.stringContaining(join(copy, 'archive')) as string,
      });
    }
    // It says how far the log is whole; whatever lies before can be restored still.
    const { message } = await refusalOf(join(folder, 'spoilt-0'));
    expect(message).toMatch(/whole until \d{4}-.*: restore --to "\d{4}-/);
  },
  patience,
);

it(
  'goes on with the archive where it stopped, and begins a new chain when what it wrote is gone',
  async () => {
    const chainOf = async () => (await readArchiveState(config.home))?.chain;
    const first = await chainOf();
    await archiver.stop();
    await insert('while nobody archived');
    archiver = await archiving();
    await archiver.flush();
    expect(await chainOf()).toBe(first);
    await restored(backups, undefined, async (clinic) => {
      expect(await texts(clinic)).toContain('while nobody archived');
    });

    await archiver.stop();
    renameSync(join(backups, 'archive', first ?? ''), join(folder, 'taken-away'));
    archiver = await archiving();
    await archiver.flush();
    expect(await chainOf()).not.toBe(first);
    expect((await readArchiveState(config.home))?.brokenAt).not.toBeNull();
    // A backup on the new chain mends it.
    await backUp(config, backups, { scratch: folder });
    await insert('on the new chain');
    await archiver.flush();
    await expect
      .poll(async () => (await readArchiveState(config.home))?.brokenAt, { timeout: 20_000 })
      .toBeNull();
    await restored(backups, undefined, async (clinic) => {
      expect(await texts(clinic)).toContain('on the new chain');
    });
  },
  patience,
);

it(
  'still restores every daily backup and every instant since, after the others were removed',
  async () => {
    const old = join(backups, '2020-01-01T00-00-00Z');
    const [first = ''] = readdirSync(backups).filter((name) => /^\d{4}-/.test(name));
    cpSync(join(backups, first), old, { recursive: true });
    const manifest = readFileSync(join(old, 'manifest.json'), 'utf8');
    writeFileSync(
      join(old, 'manifest.json'),
      manifest.replace(/"at":"[^"]+"/, '"at":"2020-01-01T00:00:00.000Z"'),
    );
    const pruned = await prune(backups, { days: 1, weeks: 0, months: 0 });
    expect(pruned.backups).toBeGreaterThanOrEqual(1);
    expect(existsSync(old)).toBe(false);
    await archiver.flush();
    await restored(backups, undefined, async (clinic) => {
      expect((await texts(clinic)).length).toBeGreaterThan(0);
      const { rows } = await sql<{ tenant_id: string; id: string }>`select tenant_id, id from files`.execute(
        clinic.db,
      );
      for (const { tenant_id, id } of rows)
        expect((await clinic.files.get(clinic.db, tenant_id, id))?.id).toBe(id);
    });
  },
  patience,
);

it('keeps nothing readable in the archive', () => {
  for (const name of readdirSync(backups, { recursive: true, encoding: 'utf8' })) {
    const path = join(backups, name);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    for (const secret of ['after the mistake', 'Sample patient', 'photograph']) {
      expect(bytes.includes(secret)).toBe(false);
    }
  }
});
