import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { checkServer, migrate, openDatabase, pendingMigrations } from './database.ts';
import { connectAsAdmin, testDatabase, testTenant } from './testing/database.ts';

const database = await testDatabase();
const { db } = database;
const silent = pino({ level: 'silent' });

async function one(expression: string): Promise<unknown> {
  const answer = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(db);
  return answer.rows[0]?.value;
}

describe('values that come back', () => {
  it('keep a date a date, whatever zone this machine is in', async () => {
    expect(await one("date '2026-03-01'")).toBe('2026-03-01');
    expect(await one("array[date '2026-03-01', date '1999-12-31']")).toEqual(['2026-03-01', '1999-12-31']);
  });

  it('keep an instant an instant', async () => {
    expect(await one("timestamptz '2026-03-01 10:00+05:30'")).toEqual(new Date('2026-03-01T04:30:00Z'));
  });

  it('keep decimals exact', async () => {
    expect(await one('0.10::numeric')).toBe('0.10');
    expect(await one('99999999999999999999.01::numeric')).toBe('99999999999999999999.01');
  });

  it('count in numbers, and refuse a count that a number cannot hold', async () => {
    expect(await one('count(*)')).toBe(1);
    expect(await one('array[1,2]::int8[]')).toEqual([1, 2]);
    await expect(one('9007199254740993::int8')).rejects.toMatchObject({ code: 'number-too-large' });
  });
});

describe('the schema', () => {
  it('is complete in the template, and taking its steps again does nothing', async () => {
    expect(await pendingMigrations(db)).toEqual([]);
    expect(await migrate(db)).toEqual([]);
  });

  it('puts the tenant first in every key of every table', async () => {
    const keys = await sql<{ table: string; column: string }>`
      select c.conrelid::regclass::text as table, a.attname as column
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype in ('p', 'u') and c.connamespace = 'public'::regnamespace
        and c.conrelid::regclass::text not like 'schema_steps%'`.execute(db);
    expect(keys.rows.length).toBeGreaterThan(4);
    expect(keys.rows.filter((key) => key.column !== 'tenant_id')).toEqual([]);
  });

  it('fences every table by tenant', async () => {
    const open = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not relrowsecurity and relname not like 'schema_steps%'`.execute(db);
    expect(open.rows).toEqual([]);
  });

  it('lets four processes migrate one empty database at once', async () => {
    const empty = await testDatabase();
    await sql`drop schema public cascade`.execute(empty.db);
    await sql`drop schema if exists platform cascade`.execute(empty.db);
    await sql`create schema public`.execute(empty.db);
    const clients = [1, 2, 3, 4].map(() => openDatabase(empty.connection, { poolSize: 2, log: silent }));
    const steps = await Promise.all(clients.map((client) => migrate(client.db)));
    await Promise.all(clients.map((client) => client.close()));
    expect(steps.filter((taken) => taken.length > 0)).toHaveLength(1);
    expect(await pendingMigrations(empty.db)).toEqual([]);
  });

  it('leaves nothing behind when the database was written by a newer program', async () => {
    const newer = await testDatabase();
    await sql`insert into schema_steps (name, timestamp) values ('9999-from-the-future', '2030')`.execute(
      newer.db,
    );
    await expect(migrate(newer.db)).rejects.toMatchObject({ code: 'schema-too-new' });
  });
});

describe('row-level security', () => {
  it('shows a fenced role its own clinic and no other, and nothing when none is stated', async () => {
    const mine = await testTenant(db);
    const other = await testTenant(db);
    const admin = await connectAsAdmin(database);
    const seenAs = async (tenantId: string | undefined) => {
      await admin.query('begin');
      try {
        await admin.query('create role fenced');
        await admin.query('grant select, insert on tenants to fenced');
        await admin.query('set local role fenced');
        if (tenantId !== undefined)
          await admin.query("select set_config('undertone.tenant_id', $1, true)", [tenantId]);
        const seen = await admin.query<{ tenant_id: string }>('select tenant_id from tenants');
        return seen.rows.map((row) => row.tenant_id);
      } finally {
        await admin.query('rollback');
      }
    };
    expect(await seenAs(mine)).toEqual([mine]);
    expect(await seenAs(other)).toEqual([other]);
    expect(await seenAs(undefined)).toEqual([]);
    await admin.end();
  });
});

it('fails the transaction, not the program, when the server drops its connection between two queries', async () => {
  const admin = await connectAsAdmin();
  const broken = db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await admin.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
    await pause(100);
    await sql`select 1`.execute(trx);
  });
  await expect(broken).rejects.toThrow(/connection|terminat/i);
  await admin.end();
  expect(await one('1')).toBe(1);
});

it('names a server that does not answer', async () => {
  const nowhere = openDatabase(
    { host: '127.0.0.1', port: 9, user: 'u', password: 'p', database: 'd' },
    { poolSize: 2, log: silent },
  );
  await expect(checkServer(nowhere.db)).rejects.toMatchObject({ code: 'database-unreachable' });
  await nowhere.close();
});
