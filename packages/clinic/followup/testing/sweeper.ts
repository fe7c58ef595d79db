/**
 * A worker for the test that kills one: runs the follow-up's jobs on the database it is given as JSON on the command line,
 * with a clock that stands still. Says `working` once it works; ends when its standard input closes.
 */
import { pino } from 'pino';
import { notifyJobs } from '../../notify/commands.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { type Connection, openDatabase } from '../../platform/database.ts';
import { openJobs } from '../../platform/jobs.ts';
import { openKeys } from '../../platform/keys.ts';
import { openMail } from '../../platform/mail.ts';
import { followUpJobs } from '../commands.ts';

const given = JSON.parse(process.argv[2] ?? '') as { connection: Connection; now: string; home: string };
const config = readConfig({ ...process.env, UNDERTONE_HOME: given.home });
const log = pino({ level: 'silent' });
const clock = standingClock(given.now);
const database = openDatabase(given.connection, { poolSize: 4, log });
const keys = await openKeys(config);
const parts = { config, db: database.db, keys, mail: openMail(config, clock), clock, log };
const later = () => jobs;
const jobs: Awaited<ReturnType<typeof openJobs>> = await openJobs(given.connection, log, [
  ...notifyJobs({ ...parts, jobs: later }),
  ...followUpJobs({ ...parts, jobs: later }),
]);
await jobs.work();
process.stdout.write('working\n');

process.stdin.resume();
process.stdin.on('end', () => {
  void jobs.stop(0).then(() => database.close());
});
