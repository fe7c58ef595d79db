import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { handle, type Job, openJobs } from './jobs.ts';
import { testDatabase } from './testing/database.ts';

const log = pino({ level: 'silent' });
const hasty = { lostAfterSeconds: 10, lookEverySeconds: 1, scheduleEverySeconds: 1 };

async function until(test: () => boolean, forMs: number): Promise<void> {
  for (let waited = 0; waited < forMs && !test(); waited += 50) await pause(50);
}

it('sends a scheduled job once a minute, however many processes look at the clock', async () => {
  const { connection, db } = await testDatabase();
  const minutely: Job = { name: 'test.minutely', payload: z.object({}), schedule: '* * * * *' };
  let runs = 0;
  const begun = Date.now();
  const processes = await Promise.all(
    [1, 2, 3].map(() =>
      openJobs(
        connection,
        log,
        [
          handle(minutely, () => {
            runs++;
            return Promise.resolve();
          }),
        ],
        hasty,
      ),
    ),
  );
  await Promise.all(processes.map((one) => one.work()));
  await until(() => runs > 0, 20_000);
  await pause(4000);
  await Promise.all(processes.map((one) => one.stop(1000)));
  const sent = await sql<{
    n: number;
  }>`select count(*) as n from jobs.job where name = 'test.minutely'`.execute(db);
  // The minute this began in, and each that began since.
  const minutes = Math.floor(Date.now() / 60_000) - Math.floor(begun / 60_000) + 1;
  expect(sent.rows[0]?.n).toBeGreaterThanOrEqual(1);
  expect(sent.rows[0]?.n).toBeLessThanOrEqual(minutes);
  // One that was sent as the minute turned may still have waited when they stopped.
  expect(runs).toBeLessThanOrEqual(sent.rows[0]?.n ?? 0);
});

it('gives the run of a killed worker to another, long before its time is over', async () => {
  const { connection, db } = await testDatabase();
  const slow: Job<{ n: number }> = { name: 'test.slow', payload: z.object({ n: z.number() }) };
  const finished: number[] = [];
  const mine = await openJobs(
    connection,
    log,
    [
      handle(slow, ({ n }) => {
        finished.push(n);
        return Promise.resolve();
      }),
    ],
    hasty,
  );
  const program = join(import.meta.dirname, 'testing', 'stuck-worker.ts');
  const child = spawn(
    process.execPath,
    [program, JSON.stringify(connection), slow.name, JSON.stringify(hasty)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString();
  });
  await until(() => said.includes('ready'), 20_000);
  await db.transaction().execute((trx) => mine.send(trx, slow, { n: 1 }));
  await until(() => said.includes('took it'), 20_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await mine.work();
  await until(() => finished.length > 0, 40_000);
  expect(finished).toEqual([1]);
  await mine.stop(1000);
});
