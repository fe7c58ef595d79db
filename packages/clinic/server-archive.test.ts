import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { recordAudit, verifyAudit } from './audit/commands.ts';
import { differencesFrom, pictureOf } from './drill-picture.ts';
import { programFolder, readConfig } from './platform/config.ts';
import { copyStore } from './platform/file-copies.ts';
import { openStore } from './platform/files.ts';
import { chooseAccount } from './platform/postgres-account.ts';
import { testFolder, testTenant } from './platform/testing/database.ts';
import { type Clinic, startClinic } from './start.ts';

/*
 * A database server of the clinic's own that archives its own log, taken back to an instant by the commands of
 * docs/operations.md as they stand there, with the PostgreSQL that the system brings: pg_basebackup is not among the
 * programs from npm.
 */
const patience = 240_000;
const page = readFileSync(join(programFolder(), 'docs', 'operations.md'), 'utf8');
const block = (kind: string) => new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\`$`, 'ms').exec(page)?.[1] ?? '';

/** The newest PostgreSQL of the system with all its programs, 15 or later; undefined where there is none. */
function systemPrograms(): string | undefined {
  const under = '/usr/lib/postgresql';
  if (!existsSync(under)) return undefined;
  return readdirSync(under)
    .filter((major) => Number(major) >= 15)
    .sort((a, b) => Number(b) - Number(a))
    .map((major) => join(under, major, 'bin'))
    .find((bin) => ['initdb', 'pg_ctl', 'pg_basebackup'].every((program) => existsSync(join(bin, program))));
}
const programs = systemPrograms();

const folder = testFolder();
/** The server's own folder, as Debian's /var/lib/postgresql is. */
const data = join(folder, 'pg', 'data');
const account = chooseAccount({ named: undefined, cluster: data, home: folder });
const own = (name: string) => {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
  return path;
};

/** Runs a line as the server's account, the page's places being folders of this test. */
function asServer(line: string): Promise<string> {
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    PGDATA: data,
    PGHOST: join(folder, 'run'),
    PGUSER: 'postgres',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
  const text = line.replaceAll('/mnt/', `${folder}/`);
  const child = spawn('bash', ['-euo', 'pipefail', '-c', text], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account.spawn,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // `exit`: the server that pg_ctl leaves behind keeps the streams open.
    child.on('exit', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${text}\nended with ${code}:\n${said}`)),
    );
  });
}

const start = () => asServer(`pg_ctl start --wait --silent --log=${folder}/run/log`);
const stop = () => asServer('pg_ctl stop --wait --silent --mode=fast');
afterAll(() => {
  if (existsSync(join(data, 'postmaster.pid'))) return stop();
  return undefined;
}, patience);

function write(clinic: Clinic, tenantId: string, note: string): Promise<unknown> {
  return clinic.db.transaction().execute((trx) =>
    recordAudit(clinic, trx, {
      tenantId,
      actor: { kind: 'system', id: null },
      action: 'sample.written',
      subject: { kind: 'sample', id: note },
    }),
  );
}

it(
  'a server that archives its own log is taken back to an instant as the page says, with the files of that instant',
  async ({ skip }) => {
    if (programs === undefined) {
      const lack = 'there is no PostgreSQL 15 or later under /usr/lib/postgresql';
      process.stderr.write(`No restore from a server's own archive here: ${lack}.\n`);
      skip(lack);
    }
    for (const name of ['run', 'wal', 'base', 'pg']) own(name);
    await asServer('initdb --auth=trust --username=postgres --no-sync --data-checksums > /dev/null');
    appendFileSync(
      join(data, 'postgresql.conf'),
      `${block('conf').replaceAll('/mnt/', `${folder}/`)}
listen_addresses = ''
unix_socket_directories = '${folder}/run'
fsync = off
wal_level = logical\n`,
    );
    await start();
    const asAdmin = new Client({ host: join(folder, 'run'), user: 'postgres', database: 'postgres' });
    await asAdmin.connect();
    await asAdmin.query('create role undertone login createrole');
    await asAdmin.query('create database undertone owner undertone');
    await asAdmin.end();

    const query = new URLSearchParams({ host: join(folder, 'run') }).toString();
    const home = join(folder, 'clinic');
    const config = readConfig({
      UNDERTONE_HOME: home,
      LOG_TO: 'file',
      DATABASE_URL: `postgres://undertone@localhost/undertone?${query}`,
    });
    const first = await startClinic(config, { work: false });
    const { clinic } = first;
    const tenantId = await testTenant(clinic.db);
    const put = { tenantId, bytes: Buffer.from('a photograph'), mediaType: 'image/jpeg' };
    const kept = await clinic.db.transaction().execute((trx) => clinic.files.put(trx, put));
    await write(clinic, tenantId, 'before the copy');
    await asServer(block('sh server'));
    const [base = ''] = readdirSync(join(folder, 'base'));
    expect(base).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/);
    await write(clinic, tenantId, 'after the copy');
    // What the nightly backup keeps of files.
    await copyStore(openStore(config.files), join(folder, 'backups', 'files'));

    const then = await pictureOf(clinic.db);
    const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(clinic.db);
    const instant = rows[0]?.at ?? new Date();
    await pause(20);
    // The mistake, and life that went on after it.
    await sql`update tenants set name = 'Nobody knows'`.execute(clinic.db);
    await sql`delete from files where id = ${kept.id}`.execute(clinic.db);
    await write(clinic, tenantId, 'after the mistake');
    await first.stop();
    rmSync(join(home, 'files'), { recursive: true });
    await stop();

    const said = block('sh server stopped')
      .replace('2026-11-23T01-30-00Z', base)
      .replace('2026-11-23 10:00:00+00', instant.toISOString().replace('T', ' ').replace('Z', '+00'));
    expect(said).toContain(base);
    await asServer(said);
    await start();
    const asked = new Client({ host: join(folder, 'run'), user: 'postgres', database: 'undertone' });
    await asked.connect();
    await expect
      .poll(async () => (await asked.query('select pg_is_in_recovery() as is')).rows, { timeout: 60_000 })
      .toEqual([{ is: false }]);
    await asked.end();
    const files = block('sh server files')
      .replaceAll('/mnt/', `${folder}/`)
      .replaceAll('/srv/undertone-data/', `${home}/`);
    mkdirSync(join(home, 'files'));
    expect(spawnSync('bash', ['-ec', files]).status).toBe(0);

    const second = await startClinic(config, { work: false });
    try {
      expect(await differencesFrom(then, second.clinic)).toEqual([]);
      const file = await second.clinic.files.get(second.clinic.db, tenantId, kept.id);
      expect(file?.bytes.toString()).toBe('a photograph');
      await write(second.clinic, tenantId, 'life goes on');
      expect(await verifyAudit(second.clinic)).toMatchObject({ ok: true });
    } finally {
      await second.stop();
    }
  },
  patience,
);
