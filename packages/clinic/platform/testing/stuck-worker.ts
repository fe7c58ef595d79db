// A program for the test of lost workers: takes one job of the queue given by its connection, says so and never finishes
// it. It is meant to be killed.
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import type { Connection } from '../database.ts';
import { handle, openJobs } from '../jobs.ts';

const [connection = '{}', name = '', pace = '{}'] = process.argv.slice(2);
const jobs = await openJobs(
  JSON.parse(connection) as Connection,
  pino({ level: 'silent' }),
  [
    handle({ name, payload: z.object({ n: z.number() }) }, async () => {
      process.stdout.write('took it\n');
      await pause(600_000);
    }),
  ],
  JSON.parse(pace) as Parameters<typeof openJobs>[3],
);
await jobs.work();
process.stdout.write('ready\n');
