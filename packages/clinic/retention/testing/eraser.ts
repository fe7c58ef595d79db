/** For the test that kills one: carries out the erasure named on the command line, and says `begun` before and `ended` after. */
import { pino } from 'pino';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { type Connection, openDatabase } from '../../platform/database.ts';
import { openFiles } from '../../platform/files.ts';
import { openKeys } from '../../platform/keys.ts';
import { carryOut } from '../commands.ts';

const given = JSON.parse(process.argv[2] ?? '') as {
  connection: Connection;
  now: string;
  home: string;
  tenantId: string;
  erasureId: string;
};
const config = readConfig({ ...process.env, UNDERTONE_HOME: given.home });
const log = pino({ level: 'silent' });
const clock = standingClock(given.now);
const database = openDatabase(given.connection, { poolSize: 2, log });
const keys = await openKeys(config);
const services = { config, db: database.db, files: openFiles(config, keys, clock), keys, clock, log };
process.stdout.write('begun\n');
await carryOut(services, given.tenantId, given.erasureId);
process.stdout.write('ended\n');
await database.close();
