import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anchorAudit } from './audit/commands.ts';
import { examine, type Finding } from './doctor.ts';
import type { Certificate, Machine } from './machine.ts';
import { type ArchiveState, writeArchiveState } from './platform/archive-state.ts';
import { readConfig } from './platform/config.ts';
import { clientSettings, migrate, openDatabase } from './platform/database.ts';
import { masterKeyFile } from './platform/keys.ts';
import { startPostgres } from './platform/postgres.ts';
import { asSystem } from './platform/scope.ts';
import { testFolder, testTenant } from './platform/testing/database.ts';
import { doubleBucket, doubleCredentials, startS3Double } from './platform/testing/s3-double.ts';
import { serverUrl } from './platform/testing/server-url.ts';
import { sampleTenant } from './sample/clinic.ts';
import { seedSample } from './sample/seed.ts';
import { type StartedClinic, startClinic } from './start.ts';

/*
 * Every finding is provoked once: what is wrong is named, and so is what to do. The doctor looks beside a running clinic, as
 * it does for an owner; of the machine only its disk, its clock and its Node are made up.
 */
const patience = 240_000;
const folder = testFolder();
const home = join(folder, 'data');
const gigabyte = 1024 ** 3;
let started: StartedClinic;

beforeAll(async () => {
  started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file' }), { work: false });
  await seedSample(started.clinic);
}, patience);
afterAll(() => started.stop(), patience);

const until = (days: number) => new Date(Date.now() + (days + 0.5) * 86_400_000);
const machine = (
  made: Partial<{
    node: string;
    free: number;
    all: number;
    aheadMs: number;
    isClockKept: boolean;
    certificate: Certificate;
  }> = {},
): Machine => ({
  nodeVersion: made.node ?? '24.21.0',
  space: () => Promise.resolve({ all: made.all ?? 100 * gigabyte, free: made.free ?? 50 * gigabyte }),
  isThere: (path) => Promise.resolve(existsSync(path)),
  now: () => new Date(Date.now() + (made.aheadMs ?? 0)),
  isClockKept: () => Promise.resolve(made.isClockKept),
  certificate: () => Promise.resolve(made.certificate ?? { validUntil: until(60), distrust: undefined }),
});

/** What the doctor says of one thing, with the clinic's settings and these. */
async function of(
  check: Finding['check'],
  settings: Readonly<Record<string, string>> = {},
  on: Machine = machine(),
): Promise<string> {
  const config = readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file', ...settings });
  const findings = (await examine(config, on)).filter((finding) => finding.check === check);
  return findings.map(({ state, message }) => `${state}: ${message}`).join('\n');
}

describe('the doctor', () => {
  it(
    'finds a program, a disk and a clock in order, and says what to do about each that is not',
    async () => {
      expect(await of('program')).toBe('ok: Node 24.21.0.');
      expect(await of('program', {}, machine({ node: '20.19.0' }))).toMatch(/^fault: .*run npm ci/);
      expect(await of('disk')).toMatch(/^ok: 50\.0 GB free in .*, 50 % of the disk\.$/);
      expect(await of('disk', {}, machine({ free: 3 * gigabyte }))).toMatch(/^warn: 3\.0 GB.*Make room soon/);
      expect(await of('disk', {}, machine({ free: gigabyte / 2 }))).toMatch(/^fault: .*make room now/);
      const nearlyFull = machine({ all: 250 * gigabyte, free: 12.5 * gigabyte });
      expect(await of('disk', {}, nearlyFull)).toMatch(/^warn: 12\.5 GB.* 5 % of the disk.*Make room soon/);
      const backups = { UNDERTONE_BACKUP_DIR: folder };
      expect(await of('disk', backups, nearlyFull)).toMatch(/^warn: .*\nwarn: .*undertone prune/);
      expect(await of('clock')).toMatch(/^ok: /);
      expect(await of('clock', {}, machine({ isClockKept: true }))).toMatch(/^ok: /);
      expect(await of('clock', {}, machine({ isClockKept: false }))).toMatch(
        /^warn: .*no time server.*timedatectl set-ntp true/,
      );
      expect(await of('clock', {}, machine({ aheadMs: 90_000 }))).toMatch(
        /^fault: .*90 s apart; turn on time sync/,
      );
      expect(await of('clock', {}, machine({ aheadMs: -Date.now() }))).toMatch(/^fault: .*years behind/);
    },
    patience,
  );

  it(
    'finds keys others may read, by their path',
    async () => {
      expect(await of('secrets')).toMatch(/^ok: /);
      for (const path of [masterKeyFile(started.clinic.config), join(home, 'secrets')]) {
        chmodSync(path, 0o755);
        const said = await of('secrets');
        chmodSync(path, path.endsWith('key') ? 0o600 : 0o700);
        expect(said).toMatch(/^fault: .*chmod -R go=/);
        expect(said).toContain(path);
      }
      expect(await of('secrets')).toMatch(/^ok: /);
    },
    patience,
  );

  it(
    'finds an address without https, and a proxy that is not told of',
    async () => {
      expect(await of('address')).toMatch(/^ok: /);
      expect(await of('address', { PUBLIC_URL: 'http://clinic.example.org' })).toMatch(
        /^fault: .*proxy with a certificate/,
      );
      const https = { PUBLIC_URL: 'https://clinic.example.org' };
      expect(await of('address', https)).toMatch(/warn: .*TRUSTED_PROXIES is 0/);
      expect(await of('address', { ...https, TRUSTED_PROXIES: '1' })).toMatch(/^ok: [^\n]*$/);
    },
    patience,
  );

  it(
    'finds a database that does not answer, and still looks at the rest',
    async () => {
      expect(await of('database')).toMatch(/^ok: PostgreSQL/);
      const away = { DATABASE_URL: 'postgres://undertone:x@127.0.0.1:9/undertone' };
      expect(await of('database', away)).toMatch(/^fault: .*check DATABASE_URL.*\(database-unreachable\)/);
      expect(await of('disk', away)).toMatch(/^ok: /);
      expect(await of('backup', away)).toMatch(
        /^warn: .*another machine of the clinic.*undertone backup DIR/,
      );
      expect(await of('archive', away)).toBe('');
    },
    patience,
  );

  it(
    'finds a server that may lose what it confirmed, steps not taken, and a fence that does not stand',
    async () => {
      const server = await startPostgres({
        home: join(folder, 'other'),
        database: { binaries: process.env.UNDERTONE_POSTGRES_BIN, account: undefined, folder: undefined },
        log: pino({ level: 'silent' }),
        durable: false,
      });
      const asAdmin = new Client(clientSettings(server.admin));
      await asAdmin.connect();
      try {
        const own = { DATABASE_URL: serverUrl(server.connection) };
        const said = await of('database', own);
        expect(said).toMatch(/fault: fsync, full_page_writes, synchronous_commit is off: .*Turn it on/);
        expect(said).toMatch(/fault: \d+ schema steps are pending; run undertone migrate/);
        expect(said).toMatch(/ok: Pages and jobs work as undertone_app/);
        expect(await of('archive', own)).toMatch(
          /^warn: .*archive_mode is off.*not to a minute. Let it archive/,
        );
        await asAdmin.query('alter role undertone_app bypassrls');
        expect(await of('database', own)).toMatch(/warn: Row-level security.*Take BYPASSRLS and SUPERUSER/);
        await asAdmin.query('drop role undertone_app');
        expect(await of('database', own)).toMatch(
          /warn: Row-level security.*administrator run: create role "undertone_app" nologin; grant/,
        );
        const database = openDatabase(server.connection, { poolSize: 1, log: pino({ level: 'silent' }) });
        await migrate(database.db);
        await database.close();
        expect(await of('database', own)).not.toContain('pending');
      } finally {
        await asAdmin.end();
        await server.stop();
      }
    },
    patience,
  );

  it(
    'finds mail that is kept back, a mail server that is away, and one that answers',
    async () => {
      expect(await of('mail')).toMatch(/^warn: .*outbox.*Set SMTP_URL/s);
      expect(await of('mail', { SMTP_URL: 'smtp://127.0.0.1:9' })).toMatch(/^fault: /);
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.write('220 mail.example ready\r\n');
        socket.on('data', (part) => {
          const isEnd = part.toString().startsWith('QUIT');
          socket.write(isEnd ? '221 bye\r\n' : '250 mail.example\r\n');
        });
      });
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const { port } = server.address() as { port: number };
      expect(await of('mail', { SMTP_URL: `smtp://127.0.0.1:${port}` })).toMatch(
        /^ok: The mail server takes mail/,
      );
      server.close();

      const strict = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.write('220 mail.example ready\r\n');
        socket.on('data', (part) => {
          const said = part.toString();
          const answer = said.startsWith('EHLO')
            ? '250-mail.example\r\n250 AUTH PLAIN'
            : said.startsWith('AUTH')
              ? '535 5.7.8 Username and password not accepted'
              : '221 bye';
          socket.write(`${answer}\r\n`);
        });
      });
      await new Promise<void>((resolve) => {
        strict.listen(0, '127.0.0.1', resolve);
      });
      const to = `127.0.0.1:${(strict.address() as { port: number }).port}`;
      const refused = await of('mail', { SMTP_URL: `smtp://clinic:not-that-one@${to}` });
      expect(refused).toMatch(/^fault: .*refuses the user or the password in SMTP_URL.*535.*set them anew/);
      expect(refused).not.toContain('not-that-one');
      strict.close();
    },
    patience,
  );

  it(
    'finds a certificate that ends soon, has ended, is not trusted, or is not shown',
    async () => {
      expect(await of('certificate')).toBe('');
      const https = { PUBLIC_URL: 'https://clinic.example.org', TRUSTED_PROXIES: '1' };
      const shown = (certificate: Certificate) => of('certificate', https, machine({ certificate }));
      const distrust = undefined;
      expect(await shown({ validUntil: until(60), distrust })).toMatch(/^ok: .*clinic\.example\.org is good/);
      expect(await shown({ validUntil: until(10), distrust })).toMatch(
        /^warn: .*ends in 10 days.*certbot renew --dry-run/,
      );
      expect(await shown({ validUntil: until(-2), distrust })).toMatch(/^fault: .*ended on/);
      expect(await shown({ validUntil: until(60), distrust: 'SELF_SIGNED_CERT_IN_CHAIN' })).toMatch(
        /^fault: Browsers do not trust/,
      );
      expect(await shown({ unreachable: 'connect ECONNREFUSED' })).toMatch(/^warn: .*that the proxy runs/);
      const seal = (days: number) =>
        sql`update document_seals set valid_until = ${until(days)} where is_own`.execute(started.clinic.db);
      await sql`insert into document_seals (tenant_id, id, certificate, sealed_key, valid_until, created_at, is_own)
        values (${sampleTenant.id}, gen_random_uuid(), '', '', ${until(60)}, now(), true)`.execute(
        started.clinic.db,
      );
      expect(await of('certificate')).toBe('');
      await seal(10);
      expect(await of('certificate')).toMatch(/^warn: .*seals papers ends in 10 days; put a new one in/);
      await seal(-1);
      expect(await of('certificate')).toMatch(/^warn: .*has ended/);
      await sql`delete from document_seals where is_own`.execute(started.clinic.db);
    },
    patience,
  );

  it(
    'finds messages that should have gone an hour ago, and those that were given up',
    async () => {
      const message = (state: string, hoursAgo: number) => {
        const at = new Date(Date.now() - hoursAgo * 3_600_000);
        return sql`insert into messages (tenant_id, id, channel, recipient, template, language, params, state, due_at, created_at, settled_at)
          values (${sampleTenant.id}, gen_random_uuid(), 'email', 'sample@example.org', 'sample', 'en', '{}', ${state}, ${at}, ${at},
            ${state === 'failed' ? at : null})`.execute(started.clinic.db);
      };
      await message('queued', 0.5);
      await message('failed', 24 * 30);
      expect(await of('mail')).toMatch(/^warn: No mail leaves this machine[^\n]*$/);
      await message('queued', 3);
      await message('failed', 24);
      const said = await of('mail');
      expect(said).toMatch(
        /^warn: 1 messages have been due for more than an hour: see that the clinic runs/m,
      );
      expect(said).toMatch(/^warn: 1 messages of the last week were given up; the desk's first page/m);
      await sql`delete from messages`.execute(started.clinic.db);
    },
    patience,
  );

  it(
    'tries the file store, folder or bucket, and leaves nothing in it',
    async () => {
      expect(await of('files')).toMatch(/^ok: .*written, read and removed/);
      writeFileSync(join(folder, 'a-file'), '');
      expect(await of('files', { FILES_URL: `file://${folder}/a-file/files` })).toMatch(
        /^fault: No file can be kept in .*FILES_URL/,
      );

      const double = await startS3Double();
      const bucket = (name: string, more: Record<string, string> = {}) => ({
        FILES_URL: `s3://${name}?${new URLSearchParams({ endpoint: double.endpoint }).toString()}`,
        AWS_ACCESS_KEY_ID: doubleCredentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: doubleCredentials.secretAccessKey,
        ...more,
      });
      expect(await of('files', bucket(doubleBucket))).toMatch(/^ok: .*s3:\/\/clinic-files/);
      expect(double.objects.size).toBe(0);
      expect(await of('files', bucket('no-such-bucket'))).toMatch(
        /^fault: .*make the bucket, or correct FILES_URL/,
      );
      expect(await of('files', bucket(doubleBucket, { AWS_SECRET_ACCESS_KEY: 'guessed' }))).toMatch(
        /^fault: .*AWS_SECRET_ACCESS_KEY/,
      );
      double.fail('skewed-clock');
      expect(await of('files', bucket(doubleBucket))).toMatch(/^fault: .*clock is wrong; set it/);
      await double.stop();
      expect(await of('files', bucket(doubleBucket))).toMatch(/^fault: .*does not answer/);
    },
    patience,
  );

  it(
    'knows how old the last backup is',
    async () => {
      const kept = join(folder, 'kept');
      mkdirSync(kept);
      writeFileSync(join(kept, 'manifest.json'), '{}');
      const note = (hoursAgo: number) =>
        writeFileSync(
          join(home, 'last-backup.json'),
          JSON.stringify({
            at: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
            folder: kept,
            bytes: 1,
          }),
        );
      expect(await of('backup')).toMatch(/^warn: No backup was ever made.*undertone backup DIR/);
      note(3);
      expect(await of('backup')).toMatch(/^ok: .*3\.0 hours old/);
      note(27);
      expect(await of('backup')).toMatch(/^warn: .*Make one every night; .*journalctl/);
      note(72);
      expect(await of('backup')).toMatch(/^warn: .*3 days old/);
      note(3);
      rmSync(kept, { recursive: true });
      expect(await of('backup')).toMatch(/^fault: .*not where it was made.*mount its disk again/);
      rmSync(join(home, 'last-backup.json'));
    },
    patience,
  );

  it(
    'knows whether the log is archived, since when it is not, and why',
    async () => {
      const backups = join(folder, 'backups');
      mkdirSync(backups);
      const settings = { UNDERTONE_BACKUP_DIR: backups };
      const note = (state: Partial<ArchiveState>, minutesAgo: number) =>
        writeArchiveState(home, {
          folder: backups,
          chain: null,
          until: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
          failing: null,
          brokenAt: null,
          ...state,
        });
      const since = new Date().toISOString();
      expect(await of('archive')).toMatch(/^warn: The log is not archived.*Make a backup first/);
      await note({}, 1);
      expect(await of('archive', settings)).toMatch(/^ok: The log is archived until 1 min ago/);
      await note({}, 45);
      expect(await of('archive', settings)).toMatch(/^warn: .*45 min ago/);
      await note({ failing: { since, code: 'ENOSPC', message: 'no space left on device' } }, 45);
      expect(await of('archive', settings)).toMatch(/^fault: .*no space left on device Make room in/);
      await note({ brokenAt: since }, 45);
      expect(await of('archive', settings)).toMatch(/^fault: .*with a gap since.*run undertone backup/);
      await note({ chain: '0123456789abcdef' }, 1);
      expect(await of('archive', settings)).toMatch(/^fault: .*Run undertone backup/);
      rmSync(join(home, 'archive-state.json'));
    },
    patience,
  );

  it(
    'asks for an owner, and for anchors of the audit log',
    async () => {
      expect(await of('owner')).toMatch(/^warn: There is no owner yet/);
      const other = await testTenant(started.clinic.db);
      expect(await of('owner')).toMatch(
        /^warn: There is no owner of [^\n]*\nwarn: There is no owner of Test clinic yet/,
      );
      await sql`delete from tenants where tenant_id = ${other}`.execute(started.clinic.db);
      expect(await of('audit')).toMatch(/^warn: .*not anchored yet/);
      await asSystem('audit-anchor', () => anchorAudit(started.clinic));
      expect(await of('audit')).toMatch(/^ok: The audit log was last anchored/);
    },
    patience,
  );

  it(
    'looks at a folder that has no clinic yet without making one',
    async () => {
      const nowhere = join(folder, 'not-there');
      const config = readConfig({
        UNDERTONE_HOME: nowhere,
        LOG_TO: 'file',
        DATABASE_URL: 'postgres://undertone:x@127.0.0.1:9/undertone',
      });
      const findings = await examine(config, { ...machine(), space: () => Promise.resolve(undefined) });
      const said = findings.map(({ check, state, message }) => `${check} ${state}: ${message}`).join('\n');
      expect(said).toMatch(/secrets warn: .*the first start makes it/);
      expect(said).toMatch(/disk warn: .*the first start makes it/);
      expect(dirname(nowhere)).toBe(folder);
    },
    patience,
  );
});
