import { randomUUID } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTenant, clientSettings, openDatabase } from './database.ts';
import { raiseFence } from './fence.ts';
import { openJobs } from './jobs.ts';
import { asSystem, inNoTenant, inTenant, systemDoors } from './scope.ts';
import { connectAsAdmin, testDatabase, testServices, testTenant } from './testing/database.ts';
import { connectionTo } from './testing/global-setup.ts';

const silent = pino({ level: 'silent' });

interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** A value a column of this type takes when nothing is checked. */
function valueOf(type: string): string {
  if (type.endsWith('[]')) return '{}';
  if (type === 'uuid') return randomUUID();
  if (/^(jsonb?|text|character|name|citext|"char")/.test(type)) return '{"at":"x"}';
  if (/^(small|big)?int|^integer|^numeric|^real|^double/.test(type)) return '1';
  if (type === 'boolean') return 'false';
  if (type === 'bytea') return '\\x00';
  if (type === 'date') return '2026-03-01';
  if (type.startsWith('timestamp')) return '2026-03-01T00:00:00Z';
  if (type.startsWith('time')) return '10:00';
  if (type === 'interval') return '1 hour';
  if (type.includes('range')) return 'empty';
  if (type === 'tsvector') return '';
  if (type === 'inet') return '127.0.0.1';
  throw new Error(`this test does not know a value of type ${type} yet`);
}

describe('a role behind the fence', async () => {
  const database = await testDatabase();
  const fence = await raiseFence(database, { poolSize: 2, log: silent });
  afterAll(() => fence.close());
  const mine = await testTenant(database.db);
  const other = await testTenant(database.db);
  const admin = await connectAsAdmin(database);
  const tables: TableShape[] = [];
  const { rows: named } = await admin.query<{ name: string }>(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace
      and relkind in ('r', 'p', 'v', 'm', 'f') and relname not like 'schema\\_steps%' order by 1`);

  beforeAll(async () => {
    // Rows of both clinics in every table, whatever the tables ask of rows: it is the fence that is tried here.
    await admin.query("set session_replication_role = 'replica'");
    const { rows: constraints } = await admin.query<{ statement: string }>(`
      select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as statement
      from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'x', 'f')`);
    const { rows: derived } = await admin.query<{ statement: string }>(`
      select format('alter table %s alter column %I drop expression', attrelid::regclass, attname) as statement
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attgenerated <> ''`);
    for (const { statement } of [...constraints, ...derived]) await admin.query(statement);
    for (const { name } of named) {
      const { rows: columns } = await admin.query<{ name: string; type: string }>(
        `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
          where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
            and attidentity = ''`,
        [name],
      );
      tables.push({ name, columns });
      for (const tenantId of [mine, other]) {
        const values = columns.map((column) =>
          column.name === 'tenant_id' ? tenantId : valueOf(column.type),
        );
        await admin.query(
          `insert into "${name}" (${columns.map((column) => `"${column.name}"`).join(', ')})
            values (${values.map((value) => admin.escapeLiteral(value)).join(', ')}) on conflict do nothing`,
        );
      }
    }
  });
  afterAll(() => admin.end());

  it('is neither the owner of anything nor somebody who may pass', async () => {
    const { rows } = await admin.query<{ owns: number; passes: boolean; login: boolean }>(
      `select (select count(*)::int from pg_class where relowner = r.oid) as owns,
        rolsuper or rolbypassrls or rolcreaterole as passes, rolcanlogin as login
        from pg_roles r where rolname = $1`,
      [fence.role],
    );
    expect(rows).toEqual([{ owns: 0, passes: false, login: false }]);
  });

  it('has a clinic in every table, and no view that would show its owner’s rows', async () => {
    expect(tables.length).toBeGreaterThan(80);
    expect(
      tables
        .filter(({ columns }) => !columns.some(({ name }) => name === 'tenant_id'))
        .map(({ name }) => name),
    ).toEqual([]);
    const { rows } = await admin.query(`select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`);
    expect(rows).toEqual([]);
  });

  it('sees its own clinic’s rows in every table and none of another, by raw SQL', async () => {
    const seen = await inTenant(mine, async () => {
      const counts: Record<string, { own: number; foreign: number }> = {};
      for (const { name } of tables) {
        const { rows } = await sql<{ own: number; foreign: number }>`
          select count(*) filter (where tenant_id = ${mine})::int as own,
            count(*) filter (where tenant_id <> ${mine})::int as foreign from ${sql.table(name)}`.execute(
          fence.db,
        );
        counts[name] = { own: rows[0]?.own ?? 0, foreign: rows[0]?.foreign ?? -1 };
      }
      return counts;
    });
    expect(Object.keys(seen).filter((name) => seen[name]?.own === 0)).toEqual([]);
    expect(Object.keys(seen).filter((name) => seen[name]?.foreign !== 0)).toEqual([]);
  });

  it('can neither add, change, delete nor take over a row of another clinic', async () => {
    const faults: string[] = [];
    /** What the database said: refused, or how many rows it did it to. */
    const attempt = async (statement: string) => {
      try {
        const done = await fence.db.transaction().execute((trx) => sql.raw(statement).execute(trx));
        return Number(done.numAffectedRows ?? 0n);
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    await inTenant(mine, async () => {
      for (const { name, columns } of tables) {
        const list = columns.map((column) => `"${column.name}"`).join(', ');
        const values = columns
          .map((column) => admin.escapeLiteral(column.name === 'tenant_id' ? other : valueOf(column.type)))
          .join(', ');
        const added = await attempt(`insert into "${name}" (${list}) values (${values})`);
        const changed = await attempt(
          `update "${name}" set tenant_id = tenant_id where tenant_id = '${other}'`,
        );
        const deleted = await attempt(`delete from "${name}" where tenant_id = '${other}'`);
        // P0001 is a trigger that lets nobody do it to any row; it was asked before a row was looked at.
        if (added !== '42501') faults.push(`${name} insert: ${added}`);
        if (![0, '42501'].includes(changed ?? '')) faults.push(`${name} update: ${changed}`);
        if (![0, '42501'].includes(deleted ?? '')) faults.push(`${name} delete: ${deleted}`);
        if ((await attempt(`truncate "${name}" cascade`)) !== '42501') faults.push(`${name} truncate`);
      }
      const taken = await attempt(`update patients set tenant_id = '${other}' where tenant_id = '${mine}'`);
      expect(taken).toBe('42501');
    });
    expect(faults).toEqual([]);
  });

  it('may not change or delete in tables that only grow, even before their triggers are asked', async () => {
    const { rows } = await admin.query<{ name: string; update: boolean; delete: boolean }>(
      `select c.relname as name, has_table_privilege($1, c.oid, 'UPDATE') as update,
        has_table_privilege($1, c.oid, 'DELETE') as delete from pg_class c
        where c.relname in ('audit_entries', 'invoices', 'payments', 'plans', 'stock_movements') order by 1`,
      [fence.role],
    );
    const closed = { update: false, delete: false };
    expect(rows).toEqual([
      { name: 'audit_entries', ...closed },
      { name: 'invoices', ...closed },
      { name: 'payments', ...closed },
      { name: 'plans', update: false, delete: true },
      { name: 'stock_movements', ...closed },
    ]);
  });

  it('sees nothing for a visitor of no clinic, and is not asked at all when nobody said for whom', async () => {
    const patients = () => fence.db.selectFrom('patients').select('id').execute();
    expect(await inNoTenant(patients)).toEqual([]);
    await expect(patients()).rejects.toMatchObject({ code: 'no-tenant-stated' });
  });

  it('keeps clinics apart on one connection that many use at once', async () => {
    const seenFor = (tenantId: string) =>
      inTenant(
        tenantId,
        async () => (await fence.db.selectFrom('tenants').select('tenant_id').execute())[0]?.tenant_id,
      );
    const asked = Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? other : mine));
    expect(await Promise.all(asked.map(seenFor))).toEqual(asked);
  });

  it('never turns work for one clinic into work for another', () => {
    const crossing = inTenant(mine, () => {
      try {
        return inTenant(other, () => 'crossed');
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });
    expect(crossing).toBe('tenant-mismatch');
    expect(inTenant(mine, () => inTenant(mine, () => 'the same'))).toBe('the same');
    expect(() => inTenant(mine, () => asTenant(fence.db, other, () => Promise.resolve()))).toThrow(/another/);
  });

  it('lets the system see all clinics through a named door', async () => {
    const all = await asSystem('tenants', () => fence.db.selectFrom('tenants').select('tenant_id').execute());
    expect(all.map((row) => row.tenant_id)).toEqual(expect.arrayContaining([mine, other]));
  });

  it('finds no name and no telephone of another clinic through the functions that search for the owner', async () => {
    const found = await inTenant(mine, async () => ({
      own: (await sql`select * from patients_by_digits(${mine}, 'at', 9)`.execute(fence.db)).rows.length,
      foreign: (await sql`select * from patients_by_digits(${other}, 'at', 9)`.execute(fence.db)).rows.length,
      words: (
        await sql`select * from name_words_like(${other}, '{"at":"x"}', '{"at":"x"}')`.execute(fence.db)
      ).rows,
    }));
    expect(found).toEqual({ own: 1, foreign: 0, words: [] });
    const { rows } = await admin.query<{ name: string }>(`select proname as name from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef order by 1`);
    expect(rows.map(({ name }) => name)).toEqual(['name_words_like', 'patients_by_digits']);
  });
});

describe('the fence', () => {
  it('lets a command send a job with its transaction, and read none', async () => {
    const services = await testServices();
    const jobs = await openJobs(services.database.connection, silent, [
      {
        job: { name: 'test.fenced', payload: (await import('zod')).z.object({}) },
        run: () => Promise.resolve(),
      },
    ]);
    afterAll(() => jobs.stop(0));
    const fence = await raiseFence(services.database, { poolSize: 2, log: silent });
    afterAll(() => fence.close());
    await fence.admitToQueue();
    const job = { name: 'test.fenced', payload: (await import('zod')).z.object({}) };
    const tenantId = await testTenant(services.db);
    const id = randomUUID();
    await asTenant(fence.db, tenantId, (trx) => jobs.send(trx, job, {}, { id }));
    const { rows } = await sql<{ id: string }>`select id from jobs.job where id = ${id}`.execute(services.db);
    expect(rows).toEqual([{ id }]);
    await expect(
      inTenant(tenantId, () => sql`select data from jobs.job`.execute(fence.db)),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('gives the role its rights on a table that is new at the next start', async () => {
    const database = await testDatabase();
    const first = await raiseFence(database, { poolSize: 2, log: silent });
    await first.close();
    await sql`create table later (tenant_id uuid not null)`.execute(database.db);
    const second = await raiseFence(database, { poolSize: 2, log: silent });
    expect(await inNoTenant(() => sql`select * from later`.execute(second.db))).toMatchObject({ rows: [] });
    await second.close();
  });

  it('says what to do where the account may not make roles, and goes on as the owner', async () => {
    const admin = await connectAsAdmin();
    const account = `plain_${randomUUID().slice(0, 8)}`;
    await admin.query(`create role ${account} login password 'plain'`);
    await admin.query(`create database ${account} owner ${account}`);
    const { admin: server } = (await import('vitest')).inject('testServer');
    const database = openDatabase(connectionTo(server, account, account, 'plain'), {
      poolSize: 2,
      log: silent,
    });
    const fence = await raiseFence(database, { poolSize: 2, log: silent });
    expect(fence.role).toBeUndefined();
    expect(fence.why).toContain(
      `create role "${account}_app" nologin; grant "${account}_app" to "${account}"`,
    );
    expect((await inNoTenant(() => sql`select 1 as one`.execute(fence.db))).rows).toEqual([{ one: 1 }]);
    await fence.close();
    await database.close();
    await admin.query(`drop database ${account} with (force)`);
    await admin.query(`drop role ${account}`);
    await admin.end();
  });

  it('makes the role itself where the account may', async () => {
    const admin = await connectAsAdmin();
    const account = `maker_${randomUUID().slice(0, 8)}`;
    await admin.query(`create role ${account} login createrole password 'plain'`);
    await admin.query(`create database ${account} owner ${account}`);
    const { admin: server } = (await import('vitest')).inject('testServer');
    const connection = connectionTo(server, account, account, 'plain');
    const database = openDatabase(connection, { poolSize: 2, log: silent });
    const both = await Promise.all([1, 2].map(() => raiseFence(database, { poolSize: 1, log: silent })));
    expect(both.map(({ role }) => role)).toEqual([`${account}_app`, `${account}_app`]);
    const who = sql<{ who: string }>`select current_user as who`;
    for (const fence of both)
      expect((await inNoTenant(() => who.execute(fence.db))).rows).toEqual([{ who: `${account}_app` }]);
    for (const fence of both) await fence.close();
    await database.close();
    const client = new Client(clientSettings(connection));
    await client.connect();
    await client.query(`drop owned by ${account}_app`);
    await client.end();
    await admin.query(`drop database ${account} with (force)`);
    await admin.query(`drop role ${account}_app`);
    await admin.query(`drop role ${account}`);
    await admin.end();
  });

  it('has only the doors that docs/security.md tells of', async () => {
    const root = join(import.meta.dirname, '..', '..', '..');
    const used = new Set<string>();
    for await (const path of glob('packages/{clinic,web}/**/*.{ts,tsx}', {
      cwd: root,
      exclude: ['**/build/**', '**/node_modules/**'],
    })) {
      if (path.includes('.test.')) continue;
      const text = await readFile(join(root, path), 'utf8');
      for (const [, door] of text.matchAll(/asSystem\(\s*(?:'([a-z-]+)'|door\b)/g)) if (door) used.add(door);
      if (/asSystem\(/.test(text) && !path.endsWith('scope.ts')) used.add(path);
    }
    const callers = [...used].filter((name) => name.includes('/')).toSorted();
    const guide = await readFile(join(root, 'docs', 'security.md'), 'utf8');
    const told = [...guide.matchAll(/^\| `([a-z-]+)` \| .* \| (`packages\/.*`) \|$/gm)];
    expect(told.map(([, door]) => door).toSorted()).toEqual(Object.keys(systemDoors).toSorted());
    const toldCallers = told.flatMap(([, , files]) =>
      [...(files ?? '').matchAll(/`([^`]+)`/g)].map(([, file]) => file),
    );
    expect([...new Set(toldCallers)].toSorted()).toEqual(callers);
  });
});
