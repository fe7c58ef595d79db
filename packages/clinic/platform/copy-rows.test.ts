import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyIn, copyOut } from './copy-rows.ts';
import { clientSettings } from './database.ts';
import { testDatabase } from './testing/database.ts';

const database = await testDatabase();
const client = new Client(clientSettings(database.connection));

beforeAll(async () => {
  await client.connect();
  await client.query(
    'create table there (n int primary key, words text, bytes bytea, number float8, list text[])',
  );
  await client.query('create table here (like there including all)');
});
afterAll(() => client.end());

async function textOf(statement: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of copyOut(client, statement)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe('rows copied out and in', () => {
  it('are the same rows, whatever stands in them and wherever the parts are cut', async () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .map((text) => text.toWellFormed().replaceAll('\u0000', ''));
    const row = fc.record({
      words: fc.option(fc.oneof(words, fc.constantFrom('\\.', '\\N', 'a\tb', 'a\nb', 'a\r\nb', '\\', ''))),
      bytes: fc.option(fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes))),
      number: fc.option(fc.double()),
      list: fc.option(fc.array(words, { maxLength: 3 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 12 }),
        fc.integer({ min: 1, max: 50 }),
        async (rows, cut) => {
          await client.query('truncate there, here');
          for (const [n, one] of rows.entries())
            await client.query('insert into there values ($1, $2, $3, $4, $5)', [
              n,
              one.words,
              one.bytes,
              one.number,
              one.list,
            ]);
          const text = Buffer.from(await textOf('copy (select * from there order by n) to stdout'));
          const into = await copyIn(client, 'copy here from stdin');
          for (let at = 0; at < text.length; at += cut) await into.write(text.subarray(at, at + cut));
          await into.end();
          const others = await client.query(
            `select count(*) as n from there full join here using (n)
           where there.words is distinct from here.words or there.bytes is distinct from here.bytes
             or there.number is distinct from here.number or there.list is distinct from here.list`,
          );
          expect(others.rows).toEqual([{ n: 0 }]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('that are refused say why, and the connection serves on', async () => {
    await expect(textOf('copy nowhere to stdout')).rejects.toMatchObject({ code: '42P01' });
    await expect(copyIn(client, 'copy nowhere from stdin')).rejects.toMatchObject({ code: '42P01' });
    const into = await copyIn(client, 'copy here from stdin');
    await into.write(Buffer.from('not a number\n'));
    await expect(into.end()).rejects.toMatchObject({ code: expect.stringMatching(/^22/) as string });
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('need not be taken to the end', async () => {
    const many = copyOut(client, `copy (select repeat('x', 1000) from generate_series(1, 30000)) to stdout`);
    await many.next();
    await many.return(undefined);
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
