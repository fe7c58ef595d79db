import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, inject } from 'vitest';
import { standingClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { clientSettings, type Database, type Db, openDatabase } from '../database.ts';
import { openFiles } from '../files.ts';
import { makeHome } from '../home.ts';
import { type Handler, openJobs } from '../jobs.ts';
import { openKeys } from '../keys.ts';
import { openMail } from '../mail.ts';
import { openTypesetter } from '../pdf.ts';
import type { Services } from '../services.ts';
import { connectionTo } from './global-setup.ts';

/*
 * How a test gets a real database. At the top of a test file in packages/clinic:
 *
 *   const { db } = await testDatabase();                // an empty, migrated database of this file's own
 *   const tenantId = await testTenant(db);              // a clinic in it
 *
 * or, for commands, everything they take, with a clock that stands still until moved and mail that lands in a folder:
 *
 *   const services = await testServices();
 *   services.clock.advance(60_000);
 *
 * Both are thrown away after the file. Rows stay between the tests of a file: give each test its own tenant, which
 * also proves that the code never looks past its tenant. For a second client of the same database, open another with
 * `openDatabase(database.connection, …)`.
 */

/** A database cloned from the migrated template, dropped after the test file. */
export async function testDatabase(): Promise<Database> {
  const { admin, template, user, password } = inject('testServer');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asAdmin = async (statement: string) => {
    const client = await connectAsAdmin();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await asAdmin(`create database ${name} template ${template} owner ${user}`);
  const database = openDatabase(connectionTo(admin, name, user, password), {
    poolSize: 10,
    log: pino({ level: 'silent' }),
  });
  afterAll(async () => {
    await database.close();
    await asAdmin(`drop database ${name} with (force)`);
  });
  return database;
}

/** The server's superuser, in the given database or the server's own. The caller ends it. */
export async function connectAsAdmin(database?: Database): Promise<Client> {
  const { admin } = inject('testServer');
  const settings = clientSettings(admin);
  const name =
    database &&
    (await sql<{ name: string }>`select current_database() as name`.execute(database.db)).rows[0]?.name;
  const client = new Client(name === undefined ? settings : clientSettings(connectionTo(admin, name)));
  await client.connect();
  return client;
}

/** A clinic in Siliguri's zone, with no branch and nothing in it. */
export async function testTenant(db: Db): Promise<string> {
  const id = randomUUID();
  await sql`insert into tenants (tenant_id, name, country, zone, currency, languages, created_at)
    values (${id}, 'Test clinic', 'IN', 'Asia/Kolkata', 'INR', '{en,bn}', now())`.execute(db);
  return id;
}

const folders: string[] = [];
// Asked for as this module loads, so that it comes last: a test that runs can ask for no hook of its file any more.
afterAll(() => {
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** A private folder, removed after the test file. Other accounts may pass through it, not look into it. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'undertone-test-'));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

export type TestServices = Services & { clock: ReturnType<typeof standingClock>; database: Database };

/** What commands take, on a database of this file's own. Jobs are queued; `jobs.work()` runs the handlers given. */
export async function testServices(
  options: { readonly handlers?: readonly Handler[]; readonly env?: Record<string, string> } = {},
): Promise<TestServices> {
  const database = await testDatabase();
  const config = readConfig({ UNDERTONE_HOME: join(testFolder(), 'data'), ...options.env });
  makeHome(config.home);
  const log = pino({ level: 'silent' });
  const clock = standingClock('2026-03-02T04:30:00Z');
  const keys = await openKeys(config);
  const jobs = await openJobs(database.connection, log, options.handlers ?? []);
  afterAll(() => jobs.stop(0));
  const typesetter = openTypesetter();
  afterAll(() => typesetter.close());
  return {
    config,
    db: database.db,
    database,
    files: openFiles(config, keys, clock),
    jobs,
    keys,
    mail: openMail(config, clock),
    typesetter,
    clock,
    log,
  };
}
