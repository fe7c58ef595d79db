// One database server for the whole test run, on the same engine the clinic uses, with a migrated template that each
// test file clones (testing/database.ts). To run the same tests on another server, the oldest one supported for instance,
// set UNDERTONE_POSTGRES_BIN to its folder of programs, or TEST_DATABASE_URL to a superuser's URL of a running one.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { type Connection, clientSettings, migrate, openDatabase } from '../database.ts';
import { openJobs } from '../jobs.ts';
import { startPostgres } from '../postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

export interface TestServer {
  readonly admin: Connection;
  /** Role and password that own every test database. */
  readonly user: string;
  readonly password: string;
  readonly template: string;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const home = mkdtempSync(join(tmpdir(), 'undertone-test-'));
  // The database runs under another account when the tests run as root; it passes through this folder.
  chmodSync(home, 0o711);
  const given = process.env.TEST_DATABASE_URL;
  const server =
    given === undefined
      ? await startPostgres({
          home,
          database: { binaries: process.env.UNDERTONE_POSTGRES_BIN, account: undefined, folder: undefined },
          log,
          durable: false,
        })
      : undefined;
  const admin: Connection = server?.admin ?? { url: given ?? '' };
  const suffix = randomBytes(4).toString('hex');
  const user = `undertone_test_${suffix}`;
  const password = randomBytes(12).toString('hex');
  const template = `undertone_template_${suffix}`;

  const asAdmin = async (...statements: string[]) => {
    const client = new Client(clientSettings(admin));
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await asAdmin(
    `create role ${user} login password '${password}'`,
    `create role ${user}_app nologin`,
    `grant ${user}_app to ${user}`,
    `create database ${template} owner ${user} encoding 'UTF8' template template0`,
  );
  const connection = connectionTo(admin, template, user, password);
  const database = openDatabase(connection, { poolSize: 2, log });
  await migrate(database.db);
  await database.close();
  await (await openJobs(connection, log, [])).stop(0);

  project.provide('testServer', { admin, user, password, template });
  return async () => {
    if (server === undefined)
      await asAdmin(`drop database ${template} with (force)`, `drop role ${user}_app`, `drop role ${user}`);
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

/** The same server, another database, as the superuser or as the tests' own role. */
export function connectionTo(
  admin: Connection,
  database: string,
  user?: string,
  password?: string,
): Connection {
  if (!('url' in admin)) return { ...admin, database, ...(user && { user }), ...(password && { password }) };
  const url = new URL(admin.url);
  url.pathname = `/${database}`;
  if (user) url.username = user;
  if (password) url.password = password;
  return { url: url.href };
}
