import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lockHome } from './home.ts';
import { type Postgres, runningPostgres, startPostgres } from './postgres.ts';
import { chooseAccount } from './postgres-account.ts';
import { findBinaries, platformPackage } from './postgres-binaries.ts';
import { testFolder } from './testing/database.ts';

// Starting a cluster from nothing takes a second on a quiet machine and many on a busy one.
vi.setConfig({ testTimeout: 240_000 });

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';
// A weekly run raises this; see reliability goals in docs/operations.md.
const crashRounds = Number(process.env.CRASH_ROUNDS ?? 2);
const writer = join(import.meta.dirname, 'testing', 'writer.ts');
const database = { binaries: undefined, account: undefined, folder: undefined };
const log = pino({ level: 'silent' });

function newHome(): string {
  return join(testFolder(), 'data');
}

async function start(
  home: string,
  options: Partial<Parameters<typeof startPostgres>[0]> = {},
): Promise<Postgres> {
  const server = await startPostgres({ home, database, log, ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function ask<T>(server: Pick<Postgres, 'connection'>, query: string): Promise<T[]> {
  const client = new Client(server.connection as ClientConfig);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T & object>(query)).rows;
  } finally {
    await client.end();
  }
}

interface Writer {
  readonly child: ChildProcess;
  readonly said: string[];
  acknowledged(): number[];
  until(test: (line: string) => boolean): Promise<string>;
  readonly ended: Promise<number | null>;
}

function runWriter(
  home: string,
  options: { from?: number; env?: NodeJS.ProcessEnv; uid?: number; gid?: number } = {},
): Writer {
  const { from = 1, env = process.env, ...account } = options;
  const child = spawn(process.execPath, [writer, home, String(from)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
    ...account,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said: string[] = [];
  let rest = '';
  let problem = '';
  child.stderr.on('data', (part: Buffer) => {
    problem += part.toString();
  });
  child.stdout.on('data', (part: Buffer) => {
    const lines = (rest + part.toString()).split('\n');
    rest = lines.pop() ?? '';
    said.push(...lines);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => resolve(code));
  });
  return {
    child,
    said,
    ended,
    acknowledged: () => said.filter((line) => line.startsWith('ack ')).map((line) => Number(line.slice(4))),
    until: async (test) => {
      for (let waited = 0; waited < 120_000; waited += 10) {
        const found = said.find(test);
        if (found !== undefined) return found;
        if (child.exitCode !== null) break;
        await pause(10);
      }
      throw new Error(`the writer did not say it; it said ${said.slice(-3).join(' | ')} ${problem}`);
    },
  };
}

async function serverOf(writing: Writer): Promise<number> {
  return Number((await writing.until((line) => line.startsWith('server '))).slice(7));
}

async function written(server: Pick<Postgres, 'connection'>): Promise<Set<number>> {
  const rows = await ask<{ number: number }>(server, 'select number from acknowledged');
  return new Set(rows.map((row) => row.number));
}

/** Whether the process runs; one that has ended and only waits to be collected does not. */
function isAlive(pid: number): boolean {
  if (isLinux) {
    const path = `/proc/${pid}/stat`;
    return existsSync(path) && !/^\d+ \(.*\) [ZX] /.test(readFileSync(path, 'utf8'));
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

describe('the embedded server', () => {
  it('starts in an empty folder, keeps what it is told, and is quick to come back', async () => {
    const home = newHome();
    const first = await start(home);
    await ask(first, 'create table kept as select 42 as number');
    await first.stop();
    expect(existsSync(join(first.cluster, 'postmaster.pid'))).toBe(false);
    const second = await start(home);
    expect(await ask(second, 'select number from kept')).toEqual([{ number: 42 }]);
    const settings = await ask<{ name: string; setting: string }>(
      second,
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'wal_level', 'server_encoding', 'data_checksums', 'listen_addresses') order by name`,
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toMatchObject({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      wal_level: 'logical',
      server_encoding: 'UTF8',
      data_checksums: 'on',
      listen_addresses: '',
    });
    expect(
      await ask(second, `select rolsuper, lower('ÄÖ') as low from pg_roles where rolname = current_user`),
    ).toEqual([{ rolsuper: false, low: 'äö' }]);
  });

  it('keeps its passwords where only their owner can read them, and lets nobody in without', async () => {
    const home = newHome();
    const server = await start(home);
    const secrets = join(home, 'secrets');
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(secrets)) expect(statSync(join(secrets, file)).mode & 0o777).toBe(0o600);
    const without = { ...server.connection, password: 'guess' } as unknown as Postgres['connection'];
    await expect(ask({ connection: without }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('is found by a second program that knows the folder', async () => {
    const home = newHome();
    expect(await runningPostgres({ home, database })).toBeUndefined();
    const server = await start(home);
    const found = await runningPostgres({ home, database });
    expect(found?.connection).toEqual(server.connection);
    await server.stop();
    expect(await runningPostgres({ home, database })).toBeUndefined();
  });

  it('uses loopback where the path is too long for a socket', async () => {
    const home = join(testFolder(), 'a-folder-with-a-long-name'.repeat(5), 'data');
    mkdirSync(dirname(home), { recursive: true });
    const server = await start(home, { durable: false });
    expect(server.connection).toMatchObject({ host: '127.0.0.1' });
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it.runIf(isLinux)('takes quotes, commas and spaces in the path', async () => {
    const server = await start(join(testFolder(), `a "b", c'd`), { durable: false });
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses data of another major version, and data without its password', async () => {
    const home = newHome();
    const server = await start(home, { durable: false });
    await server.stop();
    const password = join(home, 'secrets', 'postgres-admin.password');
    const kept = readFileSync(password);
    rmSync(password);
    await expect(start(home, { durable: false })).rejects.toMatchObject({ code: 'postgres-start-failed' });
    writeFileSync(password, kept);
    writeFileSync(join(server.cluster, 'PG_VERSION'), '14\n');
    await expect(start(home, { durable: false })).rejects.toMatchObject({ code: 'cluster-version' });
  });

  it('passes over a process file that names somebody else', async () => {
    const home = newHome();
    const server = await start(home, { durable: false });
    await server.stop();
    // After a reboot the number may belong to any program: here, to this test.
    writeFileSync(join(server.cluster, 'postmaster.pid'), `${process.pid}\n${server.cluster}\n`);
    const again = await start(home, { durable: false });
    expect(await ask(again, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('killing', () => {
  it(`loses no acknowledged write when the program is killed (${crashRounds} rounds)`, async () => {
    const home = newHome();
    const acknowledged: number[] = [];
    const outlived: boolean[] = [];
    for (let round = 0; round < crashRounds; round++) {
      const from = acknowledged.length + 1 + round;
      const writing = runWriter(home, { from });
      const pid = await serverOf(writing);
      await writing.until((line) => line === `ack ${from + 1}`);
      await pause(100 + 150 * (round % 3));
      writing.child.kill('SIGKILL');
      await writing.ended;
      acknowledged.push(...writing.acknowledged());
      // Only Linux ties the server to its program; elsewhere the next start stops it.
      for (let waited = 0; waited < (isLinux ? 30_000 : 0) && isAlive(pid); waited += 20) await pause(20);
      outlived.push(isLinux && isAlive(pid));
    }
    expect(outlived).not.toContain(true);
    const server = await start(home);
    const kept = await written(server);
    expect(acknowledged.length).toBeGreaterThan(crashRounds);
    expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
  });

  it(`loses no acknowledged write when the server is killed, and starts it again (${crashRounds} rounds)`, async () => {
    const home = newHome();
    const writing = runWriter(home);
    let pid = await serverOf(writing);
    const pidFile = join(home, 'postgres', 'data', 'postmaster.pid');
    for (let round = 0; round < crashRounds; round++) {
      const before = writing.acknowledged().length;
      await writing.until((line) => line === `ack ${before + 20}`);
      process.kill(pid, 'SIGKILL');
      const killed = String(pid);
      let present = killed;
      while (present === killed || present === '') {
        await pause(20);
        present = existsSync(pidFile) ? (readFileSync(pidFile, 'utf8').split('\n')[0] ?? '') : '';
      }
      pid = Number(present);
      const reached = writing.acknowledged().length;
      await writing.until((line) => line === `ack ${reached + 50}`);
    }
    writing.child.kill('SIGKILL');
    await writing.ended;
    const kept = await written(await start(home));
    expect(writing.acknowledged().filter((number) => !kept.has(number))).toEqual([]);
  });

  it(`loses no acknowledged write when program and server are killed together (${crashRounds} rounds)`, async () => {
    const home = newHome();
    const acknowledged: number[] = [];
    for (let round = 0; round < crashRounds; round++) {
      const from = acknowledged.length + 1 + round;
      const writing = runWriter(home, { from });
      const pid = await serverOf(writing);
      await writing.until((line) => line === `ack ${from + 1}`);
      await pause(120);
      process.kill(pid, 'SIGKILL');
      writing.child.kill('SIGKILL');
      await writing.ended;
      acknowledged.push(...writing.acknowledged());
    }
    const kept = await written(await start(home));
    expect(acknowledged.length).toBeGreaterThan(crashRounds);
    expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
  });

  it('stops a server that outlived its program, where the system cannot tie the two', async () => {
    const home = newHome();
    // Without setpriv on the path nothing tells the server that its parent is gone, as on macOS.
    const bin = testFolder();
    const id = spawnSync('sh', ['-c', 'command -v id'], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(id, join(bin, 'id'));
    chmodSync(bin, 0o755);
    const writing = runWriter(home, { env: { PATH: bin } });
    const pid = await serverOf(writing);
    await writing.until((line) => line === 'ack 20');
    writing.child.kill('SIGKILL');
    await writing.ended;
    await pause(300);
    expect(isAlive(pid)).toBe(true);
    const server = await start(home);
    expect(isAlive(pid)).toBe(false);
    const kept = await written(server);
    expect(writing.acknowledged().filter((number) => !kept.has(number))).toEqual([]);
  });

  it('recovers when the very first start was killed half-way', async () => {
    const home = newHome();
    for (const waitMs of [150, 350, 600]) {
      const writing = runWriter(home);
      await pause(waitMs);
      writing.child.kill('SIGKILL');
      await writing.ended;
    }
    const server = await start(home);
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('two starts on one folder', () => {
  it('let exactly one in, in one process and in many', async () => {
    const home = newHome();
    const lock = lockHome(home);
    lock.announce('http://localhost:4101');
    expect(() => lockHome(home)).toThrow(/already running .*process \d+.*localhost:4101/);
    expect(await runWriter(home).ended).toBe(3);
    lock.release();
    lock.release();
    const racing = [1, 2, 3].map(() => runWriter(home));
    const outcomes = await Promise.all(
      racing.map((one) => one.until((line) => /^(server|refused)/.test(line))),
    );
    expect(outcomes.filter((line) => line === 'refused already-running')).toHaveLength(2);
    expect(outcomes.filter((line) => line.startsWith('server '))).toHaveLength(1);
  });

  it.runIf(isLinux && isRoot)('tell a program that may not write there', async () => {
    const home = newHome();
    lockHome(home).release();
    const nobody = chooseAccount({ named: 'nobody', cluster: home, home });
    const outsider = runWriter(home, nobody.spawn);
    expect(await outsider.until((line) => line.startsWith('refused'))).toBe('refused home-not-writable');
  });
});

describe.runIf(isLinux && isRoot)('accounts', () => {
  const nobody = () => chooseAccount({ named: 'nobody', cluster: '/nowhere', home: '/nowhere' });

  it('never run the server as root', async () => {
    const server = await start(newHome(), { durable: false });
    const status = readFileSync(`/proc/${server.pid()}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)\s+(\d+)/m.exec(status)?.slice(1)).toEqual([
      String(nobody().uid),
      String(nobody().uid),
    ]);
    expect(/^Groups:[ \t]*(\S*)/m.exec(status)?.[1]).toBe('');
    expect(() => chooseAccount({ named: 'root', cluster: '/nowhere', home: '/nowhere' })).toThrow(/is root/);
    expect(() => chooseAccount({ named: 'no-such-account', cluster: '/nowhere', home: '/nowhere' })).toThrow(
      /does not exist/,
    );
  });

  it('work the same without root', async ({ skip }) => {
    const { spawn: account } = nobody();
    if (
      spawnSync(process.execPath, ['--version'], account).status !== 0 ||
      spawnSync('test', ['-r', writer], account).status !== 0
    ) {
      skip('the account nobody cannot read this program');
    }
    const folder = testFolder();
    chownSync(folder, account.uid ?? 0, account.gid ?? 0);
    const home = join(folder, 'data');
    const writing = runWriter(home, account);
    await writing.until((line) => line === 'ack 20');
    expect(statSync(home).mode & 0o777).toBe(0o700);
    writing.child.kill('SIGKILL');
    await writing.ended;
    // Root takes the folder over and keeps to the account that owns the data.
    const kept = await written(await start(home));
    expect(writing.acknowledged().filter((number) => !kept.has(number))).toEqual([]);
  });

  it('get a place outside when the data folder lies where only root may go', async () => {
    const closed = testFolder();
    chmodSync(closed, 0o700);
    const home = join(closed, 'data');
    const server = await start(home, { durable: false });
    try {
      expect(server.cluster.startsWith('/var/lib/undertone/')).toBe(true);
      await ask(server, 'create table kept as select 7 as number');
      await server.stop();
      expect(await ask(await start(home, { durable: false }), 'select number from kept')).toEqual([
        { number: 7 },
      ]);
    } finally {
      rmSync(dirname(server.cluster), { recursive: true, force: true });
    }
  });

  it('need no place outside for an empty folder made for root alone', async () => {
    const home = join(testFolder(), 'data');
    mkdirSync(home, { mode: 0o700 });
    const server = await start(home, { durable: false });
    expect(server.cluster).toBe(join(home, 'postgres', 'data'));
  });

  it('are told when the way to existing data has been closed, and no second database is made', async () => {
    const folder = testFolder();
    const home = join(folder, 'data');
    await (await start(home, { durable: false })).stop();
    chmodSync(folder, 0o700);
    await expect(start(home)).rejects.toMatchObject({ code: 'cluster-foreign' });
    chmodSync(folder, 0o711);
    expect(await ask(await start(home, { durable: false }), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('get a copy of the programs when these lie where only root may go', () => {
    const closed = testFolder();
    cpSync(platformPackage(), join(closed, 'package'), { recursive: true, verbatimSymlinks: true });
    chmodSync(closed, 0o700);
    const root = testFolder();
    const found = findBinaries(undefined, root, nobody(), () => join(closed, 'package'));
    expect(found.postgres.startsWith(root)).toBe(true);
    expect(found.major).toBe(18);
  });
});

it.runIf(isLinux)('makes the library links that an install without scripts leaves out', () => {
  const folder = testFolder();
  const lib = join(folder, 'native', 'lib');
  cpSync(platformPackage(), folder, { recursive: true, verbatimSymlinks: true });
  const links = readdirSync(lib).filter(
    (name) => statSync(join(lib, name)).isFile() && existsSync(join(lib, name)),
  );
  const listed = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  for (const { target } of listed) rmSync(join(folder, target), { force: true });
  const account = chooseAccount({ named: undefined, cluster: folder, home: folder });
  const found = findBinaries(undefined, testFolder(), account, () => folder);
  expect(found.postgres.startsWith(folder)).toBe(true);
  expect(readdirSync(lib).length).toBeGreaterThanOrEqual(links.length);
});
