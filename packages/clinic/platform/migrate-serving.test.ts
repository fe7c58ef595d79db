import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, it, vi } from 'vitest';
import { migrate } from './database.ts';
import { connectAsAdmin, testDatabase, testTenant } from './testing/database.ts';

/*
 * A new program migrates while the old one serves. The old one is played by its statements: they name the columns it
 * knows, as Kysely's do, and go on through the step.
 */
const folder = join(import.meta.dirname, '..', 'migrations');
const taken = async (): Promise<Record<string, Migration>> => {
  const names = readdirSync(folder).filter((name) => /^\d{4}-[a-z0-9-]+\.ts$/.test(name));
  const nothing: Migration = { up: () => Promise.reject(new Error('was taken before')) };
  return Object.fromEntries(names.sort().map((name) => [name.slice(0, -3), nothing]));
};
/** What an expanding step does: a column with a default, an index, a table. */
const expand: Migration = {
  up: async (db) => {
    await sql`alter table tenants add column motto text not null default ''`.execute(db);
    await sql`create index tenants_by_motto on tenants (tenant_id, motto)`.execute(db);
    await sql`create table mottos (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id))`.execute(
      db,
    );
    await sql`select pg_sleep(0.3)`.execute(db);
  },
};
const withExpand = async () => ({ ...(await taken()), '9998-expand': expand });

describe('a step taken while the old program serves', () => {
  it('lets every request through, before, during and after', async () => {
    const { db } = await testDatabase();
    const tenantId = await testTenant(db);
    const over = new AbortController();
    let served = 0;
    const serve = async () => {
      while (!over.signal.aborted) {
        await sql`select name, country, zone from tenants where tenant_id = ${tenantId}`.execute(db);
        await sql`update tenants set name = name where tenant_id = ${tenantId}`.execute(db);
        await testTenant(db);
        served++;
        await pause(2);
      }
    };
    const serving = Promise.all([serve(), serve(), serve(), serve()]);
    const servedSince = (count: number) =>
      Promise.race([serving, vi.waitUntil(() => served > count, { timeout: 30_000 })]);
    await servedSince(0);
    expect(await migrate(db, { steps: withExpand })).toEqual(['9998-expand']);
    await servedSince(served);
    over.abort();
    await serving;
  });

  it('does not hold the queue when somebody keeps the table: it steps back, lets the others by, and tries again', async () => {
    const database = await testDatabase();
    const { db } = database;
    const tenantId = await testTenant(db);
    const slow = await connectAsAdmin(database);
    await slow.query('begin');
    await slow.query('select * from tenants');
    const migrating = migrate(db, { steps: withExpand, waitForTableMs: 200, retries: 100 });
    // Each of these would wait behind the step until the table is let go, which is after them.
    for (let i = 0; i < 30; i++) {
      await sql`update tenants set name = name where tenant_id = ${tenantId}`.execute(db);
      await pause(20);
    }
    const columns = sql<{ n: number }>`select count(*) as n from information_schema.columns
      where table_name = 'tenants' and column_name = 'motto'`;
    expect((await columns.execute(db)).rows[0]?.n).toBe(0);
    await slow.query('commit');
    await slow.end();
    expect(await migrating).toEqual(['9998-expand']);
    expect((await columns.execute(db)).rows[0]?.n).toBe(1);
  });

  it('gives up with the reason when the table is never let go, and leaves nothing', async () => {
    const database = await testDatabase();
    const slow = await connectAsAdmin(database);
    await slow.query('begin');
    await slow.query('select * from tenants');
    const failed = migrate(database.db, { steps: withExpand, waitForTableMs: 50, retries: 2 });
    await expect(failed).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringContaining('9998-expand') as string,
    });
    await slow.query('rollback');
    await slow.end();
    const left = await sql`select 1 from schema_steps where name = '9998-expand'`.execute(database.db);
    expect(left.rows).toEqual([]);
  });
});

/** Steps that take something away from the program before them, each with why that harms nobody. */
const contracting: Readonly<Record<string, string>> = {};
/** From here on clinics may be running the release before: 0112 is the first step after release 0.1. */
const firstAfterRelease = '0112';

it('no step since the first release takes away what the release before still names', () => {
  const takesAway =
    /drop\s+(table|column)|rename\s+(to|column)|alter\s+column\s+\w+\s+(type|set\s+not\s+null)|drop\s+default/i;
  const found = readdirSync(folder)
    .filter((name) => /^\d{4}-/.test(name) && name >= firstAfterRelease)
    .filter((name) => takesAway.test(readFileSync(join(folder, name), 'utf8')))
    .filter((name) => !(name.slice(0, -3) in contracting));
  expect(found).toEqual([]);
});
