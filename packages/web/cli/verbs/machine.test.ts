import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@undertone/clinic/platform/config.ts';
import { startPostgres } from '@undertone/clinic/platform/postgres.ts';
import { startClinic } from '@undertone/clinic/start.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { refused, undertone, verbJson } from '../testing/run-verb.ts';

// Every verb starts and stops a database of its own, or works beside the one of this file.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const folder = mkdtempSync(join(tmpdir(), 'undertone-verbs-'));
chmodSync(folder, 0o711);
const place = (name: string) => join(folder, name);
const home = place('data');
const backups = place('backups');
const run = (...args: string[]) => undertone(home, args);
const json = (...args: string[]) => verbJson(home, args);
const chainsOf = async (of: string, settings: Record<string, string> = {}) =>
  (await verbJson(of, ['verify-audit'], settings)).chains;

beforeAll(async () => {
  await json('migrate');
  await json('seed');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The printed key as somebody typed it into a file, remarks and all. */
async function printedKey(): Promise<string> {
  const path = place('typed.key');
  writeFileSync(path, (await run('recovery-key')).out.toLowerCase());
  return path;
}

describe('undertone recovery-key', () => {
  it('prints four lines that open a backup elsewhere, and starts nothing', async () => {
    const printed = await json('recovery-key');
    expect(printed).toMatchObject({ format: 'undertone/recovery-key', version: 1 });
    expect(printed.lines).toHaveLength(4);
    const told = await run('recovery-key');
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(told.out).toContain(String(printed.id));
    expect(refused(await undertone(place('nowhere'), ['recovery-key']))).toContain(
      'the first start makes it',
    );
    expect(existsSync(place('nowhere'))).toBe(false);
  });
});

describe('undertone restore and prune', () => {
  it('restore brings the clinic back by the printed key; what it cannot do it says, and changes nothing', async () => {
    const made = await json('backup', backups, '--scratch', folder);
    const key = await printedKey();
    const restored = await verbJson(place('b'), ['restore', backups, '--key', key]);
    expect(restored).toMatchObject({
      format: 'undertone/restored',
      version: 1,
      home: place('b'),
      missing: [],
    });
    expect(await chainsOf(place('b'))).toEqual(await chainsOf(home));

    expect(refused(await undertone(place('b'), ['restore', backups, '--key', key]))).toMatch(
      /exists: a restore needs an empty data folder. Move the old one aside, or set UNDERTONE_HOME/,
    );
    const elsewhere = (...args: string[]) => undertone(place('c'), ['restore', ...args]);
    expect(refused(await elsewhere(backups))).toContain('--key FILE');
    const soon = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    expect(refused(await elsewhere(backups, '--key', key, '--to', '2020-01-01 10:00 UTC'))).toContain(
      'before the first backup',
    );
    expect(refused(await elsewhere(backups, '--key', key, '--to', `${soon} UTC`))).toContain(
      'nothing is known of',
    );
    expect(refused(await elsewhere(backups, '--key', key, '--to', 'yesterday'))).toMatch(/^--to: /);
    mkdirSync(place('empty'));
    expect(refused(await elsewhere(place('empty'), '--key', key))).toContain('given to undertone backup');
    writeFileSync(place('stranger.key'), Buffer.alloc(32, 9).toString('base64'));
    expect(
      refused(await undertone(place('d'), ['restore', backups, '--key', place('stranger.key')])),
    ).toContain('the backup was made under master key');
    for (const name of ['c', 'd']) expect(existsSync(join(place(name), 'postgres', 'data'))).toBe(false);
    expect(existsSync(String(made.folder))).toBe(true);
  });

  it('prune leaves what the rule keeps, and the newest always', async () => {
    await json('backup', backups, '--scratch', folder);
    const finished = () =>
      readdirSync(backups)
        .filter((name) => name.startsWith('2'))
        .sort();
    const before = finished();
    expect(before).toHaveLength(2);
    expect(refused(await run('prune', backups, '--keep', 'all'))).toContain('7d,4w,12m');
    expect(refused(await run('prune', place('empty'), '--keep', '7d'))).toContain('holds no backup');
    expect((await run('prune', backups)).err).toContain('--keep');
    expect(finished()).toEqual(before);
    expect(await json('prune', backups, '--keep', '1d')).toMatchObject({
      format: 'undertone/pruned',
      version: 1,
      backups: 1,
      left: 1,
    });
    expect(finished()).toEqual(before.slice(1));
    expect(await run('prune', backups, '--keep', '1d')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('1 backups stay') as string,
    });
    const again = await verbJson(place('e'), ['restore', backups, '--key', await printedKey()]);
    expect(again.missing).toEqual([]);
  });
});

describe('undertone rotate-key', () => {
  it('changes the key of a stopped clinic; earlier backups open with the old key alone', async () => {
    const old = readFileSync(join(`${home}-secrets`, 'master.key'), 'utf8');
    writeFileSync(place('old.key'), old);
    const before = await chainsOf(home);
    const changed = await json('rotate-key');
    expect(changed).toMatchObject({ format: 'undertone/key-rotated', version: 1 });
    expect(changed.from).not.toBe(changed.to);
    expect(readFileSync(join(`${home}-secrets`, 'master.key'), 'utf8')).not.toBe(old);
    const kept = readdirSync(`${home}-secrets`).filter((name) => name.startsWith('master.key.until-'));
    expect(kept.map((name) => readFileSync(join(`${home}-secrets`, name), 'utf8'))).toEqual([old]);
    expect(await chainsOf(home)).toEqual(before);
    const withNew = await undertone(place('f'), ['restore', backups, '--key', await printedKey()]);
    expect(refused(withNew)).toContain(String(changed.from));
    expect((await verbJson(place('g'), ['restore', backups, '--key', place('old.key')])).missing).toEqual([]);
  });

  it('refuses while the clinic runs, and changes nothing', async () => {
    const started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file' }), { work: false });
    try {
      const key = readFileSync(join(`${home}-secrets`, 'master.key'), 'utf8');
      expect(refused(await run('rotate-key'))).toContain('already running');
      expect(readFileSync(join(`${home}-secrets`, 'master.key'), 'utf8')).toBe(key);
    } finally {
      await started.stop();
    }
  });
});

describe('undertone move-database', () => {
  it('moves a running clinic to another server, where it goes on with the same records', async () => {
    const nowhere = 'postgres://undertone:secret@127.0.0.1:9/undertone';
    expect(refused(await run('move-database', nowhere))).toContain('start it, then move');
    const before = await chainsOf(home);
    const fresh = await startPostgres({
      home: place('other'),
      database: { binaries: process.env.UNDERTONE_POSTGRES_BIN, account: undefined, folder: undefined },
      log: pino({ level: 'silent' }),
      durable: false,
    });
    const { host, port, password } = fresh.admin as { host: string; port: number; password: string };
    const query = new URLSearchParams({ host, port: String(port) }).toString();
    const url = `postgres://postgres:${encodeURIComponent(password)}@localhost/undertone?${query}`;
    const started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file' }), { work: false });
    try {
      expect(refused(await run('move-database', nowhere))).toContain('does not answer');
      expect(refused(await run('move-database', 'mysql://127.0.0.1/undertone'))).toContain('DATABASE_URL');
      expect(refused(await undertone(home, ['move-database', url], { DATABASE_URL: url }))).toContain(
        'unset it',
      );
      const moved = await json('move-database', url);
      expect(moved).toMatchObject({ format: 'undertone/moved', version: 1, different: [] });
      expect(moved.rows).toBeGreaterThan(0);
      // The old server is closed to the program: nothing can be confirmed there any more.
      expect(await started.clinic.ready()).toBe(false);
    } finally {
      await started.stop();
    }
    try {
      const settings = { DATABASE_URL: url };
      expect(await chainsOf(home, settings)).toEqual(before);
      expect((await verbJson(home, ['seed'], settings)).isNew).toBe(false);
    } finally {
      await fresh.stop();
    }
  });
});
