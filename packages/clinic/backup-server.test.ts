import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordAudit, verifyAudit } from './audit/commands.ts';
import { backUp } from './backup.ts';
import { makeBackup, unpackBase } from './platform/backup.ts';
import { readManifest } from './platform/backup-manifest.ts';
import { type Config, readConfig } from './platform/config.ts';
import {
  clientSettings,
  migrate,
  openDatabase,
  pendingMigrations,
  programSteps,
} from './platform/database.ts';
import { openJobs } from './platform/jobs.ts';
import { masterKeyFile, openKeys } from './platform/keys.ts';
import { type Postgres, startPostgres } from './platform/postgres.ts';
import { loadTables } from './platform/table-loading.ts';
import { testFolder } from './platform/testing/database.ts';
import { serverUrl } from './platform/testing/server-url.ts';
import { restore, takeMasterKey } from './restore.ts';
import { refuseUsed, restoreTables } from './restore-tables.ts';
import { sampleTenant } from './sample/clinic.ts';
import { seedSample } from './sample/seed.ts';
import { type Clinic, type StartedClinic, startClinic } from './start.ts';

/*
 * A clinic whose PostgreSQL is its own (DATABASE_URL): backed up while it works, with nothing but a connection. One embedded
 * server plays that server; the clinics know nothing of it but its address.
 */
const patience = 300_000;
const folder = testFolder();
const backups = join(folder, 'backups');
const log = pino({ level: 'silent' });
let server: Postgres;
let admin: Client;
let source: StartedClinic;
let config: Config;
let fileId = '';

const placeOn = (home: string, database: string) =>
  readConfig({
    UNDERTONE_HOME: join(folder, home),
    LOG_TO: 'file',
    DATABASE_URL: serverUrl(server.connection, database),
  });
const emptyDatabase = (name: string) => admin.query(`create database ${name} owner undertone`);

beforeAll(async () => {
  server = await startPostgres({
    home: join(folder, 'server'),
    database: { binaries: process.env.UNDERTONE_POSTGRES_BIN, account: undefined, folder: undefined },
    log,
    durable: false,
  });
  admin = new Client(clientSettings(server.admin));
  await admin.connect();
  config = placeOn('clinic', 'undertone');
  source = await startClinic(config, { work: false });
  await seedSample(source.clinic);
  const put = { tenantId: sampleTenant.id, bytes: Buffer.from('a photograph'), mediaType: 'image/jpeg' };
  fileId = (await source.clinic.db.transaction().execute((trx) => source.clinic.files.put(trx, put))).id;
}, patience);

afterAll(async () => {
  await source.stop();
  await admin.end();
  await server.stop();
}, patience);

function write(clinic: Clinic, note: string): Promise<unknown> {
  return clinic.db.transaction().execute((trx) =>
    recordAudit(clinic, trx, {
      tenantId: sampleTenant.id,
      actor: { kind: 'system', id: null },
      action: 'sample.written',
      subject: { kind: 'sample', id: note },
    }),
  );
}

/** Every row of every table, by a way of its own; with a snapshot, as of its instant. */
async function pictureOf(url: string, snapshot?: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read');
    if (snapshot !== undefined) await client.query(`set transaction snapshot '${snapshot}'`);
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname in ('public', 'jobs', 'platform') order by 1`,
    );
    const picture: Record<string, string> = {};
    for (const { name } of rows) {
      const told = await client.query<{ told: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(line, '' order by line)), '') as told
         from (select md5(t::text) as line from ${name} t) lines`,
      );
      picture[name] = told.rows[0]?.told ?? '';
    }
    return picture;
  } finally {
    await client.end();
  }
}

/** What guards the rows: keys, checks, triggers, policies, and where the sequences stand at least. */
async function guardsOf(url: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as guard from pg_constraint
         where connamespace in ('public'::regnamespace, 'jobs'::regnamespace, 'platform'::regnamespace)
       union all select pg_get_triggerdef(oid) || tgenabled::text from pg_trigger where not tgisinternal
       union all select tablename || policyname || qual || coalesce(with_check, '') from pg_policies
       union all select indexdef from pg_indexes where schemaname in ('public', 'jobs', 'platform') order by 1`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

const urlOf = ({ database }: Config) => database.url ?? '';

describe('with a server of its own, a clinic', () => {
  it(
    'is backed up while it writes and restored into an empty database as it was at one instant',
    async () => {
      const over = new AbortController();
      const load = { confirmed: 0 };
      const writing = (async () => {
        for (; !over.signal.aborted; load.confirmed++) await write(source.clinic, `before ${load.confirmed}`);
      })();
      while (load.confirmed < 20) await pause(10);
      let then: Record<string, string> = {};
      const atInstant = async (snapshot: string) => {
        then = await pictureOf(urlOf(config), snapshot);
        const seen = load.confirmed;
        // Written after the instant and before the first row is read: none of it may come back.
        while (load.confirmed < seen + 20) await pause(10);
      };
      const made = await backUp(config, backups, { scratch: folder, atInstant });
      over.abort();
      await writing;
      expect(made.manifest).toMatchObject({ version: 3 });
      expect(made.manifest.log).toBeUndefined();
      expect(made.proof).toMatchObject({ files: 1 });
      expect(Object.keys(then).length).toBeGreaterThan(100);

      await emptyDatabase('elsewhere');
      const target = placeOn('elsewhere', 'elsewhere');
      await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
      await restore(target, backups);
      expect(await pictureOf(urlOf(target))).toEqual(then);
      expect(await guardsOf(urlOf(target))).toEqual(await guardsOf(urlOf(config)));

      const restored = await startClinic(target, { work: false });
      try {
        const { clinic } = restored;
        expect(restored.migrated).toEqual([]);
        expect((await clinic.files.get(clinic.db, sampleTenant.id, fileId))?.bytes.toString()).toBe(
          'a photograph',
        );
        await write(clinic, 'life goes on');
        expect(await verifyAudit(clinic)).toMatchObject({ ok: true });
        await expect(sql`update audit_entries set entry = '{}'`.execute(clinic.db)).rejects.toThrow(
          'audit_entries',
        );
      } finally {
        await restored.stop();
      }
      await expect(restore(placeOn('third', 'elsewhere'), backups)).rejects.toMatchObject({
        code: 'restore-refused',
        message: expect.stringContaining('--key') as string,
      });
      const third = placeOn('third', 'elsewhere');
      await takeMasterKey(third, readFileSync(masterKeyFile(config), 'utf8'));
      await expect(restore(third, backups)).rejects.toMatchObject({
        code: 'restore-refused',
        message: expect.stringContaining('needs an empty one') as string,
      });
      // Refused before anything was copied.
      expect(existsSync(join(third.home, 'files-restored'))).toBe(false);
    },
    patience,
  );

  it(
    'is not backed up by an account that may read every row and owns none of it',
    async () => {
      await admin.query(`create role onlooker login bypassrls password 'onlooker'`);
      await admin.query('grant pg_read_all_data to onlooker');
      const url = new URL(urlOf(config));
      url.username = 'onlooker';
      url.password = 'onlooker';
      const { files, keys, clock } = source.clinic;
      const asOnlooker = {
        home: config.home,
        cluster: undefined,
        admin: { url: url.href },
        files: files.store,
        keys,
        clock,
        zone: undefined,
        alsoKept: [],
      };
      await expect(makeBackup(asOnlooker, join(folder, 'onlooked'))).rejects.toMatchObject({
        code: 'backup-refused',
        message: expect.stringContaining('does not belong to the account onlooker') as string,
      });
      expect(readdirSync(join(folder, 'onlooked'))).toEqual([]);
    },
    patience,
  );

  it(
    'that somebody begins to work with while a restore prepares it keeps what it holds',
    async () => {
      await emptyDatabase('begun');
      const target = placeOn('begun', 'begun');
      await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
      const newest = await readManifest(await openKeys(target), backups);
      const client = new Client({ connectionString: urlOf(target) });
      await client.connect();
      const database = openDatabase({ url: urlOf(target) }, { poolSize: 2, log });
      const loading = loadTables(
        client,
        async () => {
          await migrate(database.db);
          await sql`insert into tenants (tenant_id, name, country, zone, currency, languages, created_at)
            values (${sampleTenant.id}, 'Just opened', 'IN', 'Asia/Kolkata', 'INR', '{en}', now())`.execute(
            database.db,
          );
          await (await openJobs({ url: urlOf(target) }, log, [])).stop(0);
        },
        () => refuseUsed(client),
      );
      const filling = unpackBase(
        await openKeys(target),
        newest,
        { home: target.home, cluster: undefined, isDurable: false },
        (path) => loading.take(path),
      );
      await expect(filling).rejects.toMatchObject({
        code: 'restore-refused',
        message: expect.stringContaining('needs an empty one') as string,
      });
      await client.end();
      expect((await sql`select name from tenants`.execute(database.db)).rows).toEqual([
        { name: 'Just opened' },
      ]);
      await database.close();
    },
    patience,
  );

  it(
    'leaves a database as empty as it was when a restore fails at its very end, and the next one succeeds',
    async () => {
      await emptyDatabase('twice');
      const target = placeOn('twice', 'twice');
      await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
      const keys = await openKeys(target);
      const newest = await readManifest(keys, backups);
      const failing = restoreTables(
        { url: urlOf(target) },
        keys,
        newest,
        { home: target.home, isDurable: false },
        () => Promise.reject(new Error('the disk of the files is full')),
      );
      await expect(failing).rejects.toThrow('the disk of the files is full');
      const empty = Object.entries(await pictureOf(urlOf(target))).filter(
        ([name, told]) => !told.startsWith('0 ') && !/schema_steps|jobs\./.test(name),
      );
      expect(empty).toEqual([]);
      await restore(target, backups);
      const { audit_entries: entries } = await pictureOf(urlOf(target)).then((picture) => ({
        audit_entries: picture['public.audit_entries'] ?? '0',
      }));
      expect(Number.parseInt(entries, 10)).toBeGreaterThanOrEqual(20);
    },
    patience,
  );

  it(
    'of an earlier version comes back with its own schema, and the next start takes the steps since',
    async () => {
      const steps = Object.entries(await programSteps());
      const earlier = steps.filter(([name]) => name <= '0151-staff-branches');
      await emptyDatabase('earlier');
      const before = placeOn('before', 'earlier');
      const database = openDatabase({ url: urlOf(before) }, { poolSize: 2, log });
      await migrate(database.db, { steps: () => Promise.resolve(Object.fromEntries(earlier)) });
      await sql`insert into tenants (tenant_id, name, country, zone, currency, languages, created_at)
        values (${sampleTenant.id}, 'A clinic of before', 'IN', 'Asia/Kolkata', 'INR', '{en}', now())`.execute(
        database.db,
      );
      await database.close();
      const elsewhere = join(folder, 'backups-before');
      await makeBackup(
        {
          home: before.home,
          cluster: undefined,
          admin: { url: urlOf(before) },
          files: source.clinic.files.store,
          keys: source.clinic.keys,
          clock: source.clinic.clock,
          zone: undefined,
          alsoKept: [],
        },
        elsewhere,
      );
      await emptyDatabase('later');
      const after = placeOn('after', 'later');
      await takeMasterKey(after, readFileSync(masterKeyFile(config), 'utf8'));
      await restore(after, elsewhere);
      const restored = openDatabase({ url: urlOf(after) }, { poolSize: 2, log });
      expect((await pendingMigrations(restored.db)).length).toBe(steps.length - earlier.length);
      await migrate(restored.db);
      expect(await pendingMigrations(restored.db)).toEqual([]);
      expect((await sql`select name from tenants`.execute(restored.db)).rows).toEqual([
        { name: 'A clinic of before' },
      ]);
      await restored.close();
    },
    patience,
  );
});
