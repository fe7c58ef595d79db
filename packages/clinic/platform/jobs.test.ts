import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { handle, type Job, openJobs } from './jobs.ts';
import { testServices } from './testing/database.ts';

const payload = z.object({ n: z.number().int() });
const count: Job<z.infer<typeof payload>> = { name: 'test.count', payload };
const stumble: Job<z.infer<typeof payload>> = { name: 'test.stumble', payload, retries: 3 };

const counted: number[] = [];
const stumbles: number[] = [];
const services = await testServices({
  handlers: [
    handle(count, ({ n }) => {
      counted.push(n);
      return Promise.resolve();
    }),
    handle(stumble, ({ n }, { attempt }) => {
      stumbles.push(attempt);
      return attempt === 0 ? Promise.reject(new Error('first time')) : Promise.resolve(void n);
    }),
  ],
});
const { db, jobs } = services;

beforeAll(() => jobs.work());

async function until(test: () => boolean): Promise<void> {
  for (let waited = 0; waited < 30_000 && !test(); waited += 20) await pause(20);
}

it('runs a job whose transaction committed, and none whose transaction did not', async () => {
  const failed = db.transaction().execute(async (trx) => {
    await jobs.send(trx, count, { n: 1 });
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');
  await db.transaction().execute((trx) => jobs.send(trx, count, { n: 2 }));
  await until(() => counted.length > 0);
  await pause(200);
  expect(counted).toEqual([2]);
});

it('takes a job with a given id once, however often it is sent', async () => {
  const id = randomUUID();
  for (let again = 0; again < 3; again++) {
    await db.transaction().execute((trx) => jobs.send(trx, count, { n: 50 }, { id }));
  }
  await until(() => counted.includes(50));
  await pause(200);
  expect(counted.filter((n) => n === 50)).toHaveLength(1);
});

it('tries again after a failure', async () => {
  await db.transaction().execute((trx) => jobs.send(trx, stumble, { n: 7 }));
  await until(() => stumbles.length >= 2);
  expect(stumbles).toEqual([0, 1]);
});

it('works off what has piled up without a pause between', async () => {
  const before = counted.length;
  await db.transaction().execute(async (trx) => {
    for (let n = 100; n < 160; n++) await jobs.send(trx, count, { n });
  });
  await until(() => counted.length === before + 60);
  // One at each look at the queue, every five seconds, would take five minutes; `until` waits for half a minute.
  expect(counted.length).toBe(before + 60);
});

it('refuses a payload that is not the job’s, and a job nobody handles', async () => {
  const send = (job: Job<{ n: number }>, n: number) =>
    db.transaction().execute((trx) => jobs.send(trx, job, { n }));
  await expect(send(count, 1.5)).rejects.toThrow(/int/);
  await expect(send({ name: 'test.unheard', payload }, 1)).rejects.toMatchObject({ code: 'job-unknown' });
});

it('does not start with two handlers for one job', async () => {
  const twice = [handle(count, () => Promise.resolve()), handle(count, () => Promise.resolve())];
  await expect(openJobs(services.database.connection, services.log, twice)).rejects.toMatchObject({
    code: 'job-without-one-handler',
  });
});

it('tries for more than an hour before it gives up, however the chance of the pauses falls', async () => {
  const { rows } = await sql<{ limit: number; delay: number; most: number }>`
    select retry_limit as limit, retry_delay as delay, retry_delay_max as most from jobs.queue
    where name = ${count.name}`.execute(db);
  const [{ limit, delay, most } = { limit: 0, delay: 0, most: 0 }] = rows;
  // The queue takes between half and the whole of a pause that doubles each time.
  const shortest = Array.from({ length: limit }, (_, n) => Math.min(most, (delay * 2 ** n) / 2));
  expect(shortest.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(3600);
});

it('takes over how a job is to be tried when another version has made its queue otherwise', async () => {
  const more: Job<z.infer<typeof payload>> = { ...stumble, retries: 7 };
  const other = await openJobs(services.database.connection, services.log, [
    handle(more, () => Promise.resolve()),
  ]);
  await other.stop(0);
  const queue = sql<{ limit: number }>`select retry_limit as limit from jobs.queue where name = ${more.name}`;
  expect((await queue.execute(db)).rows).toEqual([{ limit: 7 }]);
});
