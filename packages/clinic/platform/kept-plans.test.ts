import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { keepPlan } from './kept-plans.ts';
import { testDatabase } from './testing/database.ts';

const { connection } = await testDatabase();
// One connection, so that every statement meets the plans of the one before.
const single = openDatabase(connection, { poolSize: 1, log: pino({ level: 'silent' }) });
const { db } = single;
afterAll(() => single.close());

async function plansKept(): Promise<string[]> {
  const kept = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
  return kept.rows.map((row) => row.statement);
}

describe('a statement whose plan is kept', () => {
  it('is planned once a connection and answers for the values of each call', async () => {
    const twice = (n: number) =>
      sql<{ n: number }>`${keepPlan} select ${n}::int * 2 as n, ${null}::uuid is null as nobody`.execute(db);
    for (const n of [1, 2, 3, 40, -5, 6, 7]) expect((await twice(n)).rows[0]?.n).toBe(2 * n);
    expect((await plansKept()).filter((text) => text.includes('::int * 2'))).toHaveLength(1);
  });

  it('stands beside others, and leaves statements without the mark alone', async () => {
    const before = (await plansKept()).length;
    expect((await sql<{ n: number }>`${keepPlan} select 1 as n`.execute(db)).rows).toEqual([{ n: 1 }]);
    expect((await sql<{ n: number }>`${keepPlan} select 2 as n`.execute(db)).rows).toEqual([{ n: 2 }]);
    expect((await sql<{ n: number }>`select 3 as n`.execute(db)).rows).toEqual([{ n: 3 }]);
    expect(await plansKept()).toHaveLength(before + 2);
  });

  it('fails like any other, and the connection goes on', async () => {
    const divide = (by: number) => sql<{ n: number }>`${keepPlan} select 8 / ${by}::int as n`.execute(db);
    expect((await divide(2)).rows).toEqual([{ n: 4 }]);
    await expect(divide(0)).rejects.toMatchObject({ code: '22012' });
    expect((await divide(4)).rows).toEqual([{ n: 2 }]);
  });

  it('sees a table that has changed since', async () => {
    await sql`create temp table things (n int)`.execute(db);
    const all = () =>
      sql<{ rows: unknown }>`${keepPlan} select json_agg(t) as rows from (select * from things) t`.execute(
        db,
      );
    expect((await all()).rows).toEqual([{ rows: null }]);
    await sql`alter table things add column word text default 'new'`.execute(db);
    await sql`insert into things (n) values (1)`.execute(db);
    expect((await all()).rows).toEqual([{ rows: [{ n: 1, word: 'new' }] }]);
  });
});
