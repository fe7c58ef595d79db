/**
 * A program for the test that kills one: starts a clinic that archives, writes numbers and says each only after it was
 * confirmed. Data folder and folder of backups are its arguments.
 */
import { writeSync } from 'node:fs';
import { sql } from 'kysely';
import { readConfig } from '../platform/config.ts';
import { startClinic } from '../start.ts';

const [home = '', backups = '', first = '1'] = process.argv.slice(2);
const { clinic } = await startClinic(
  readConfig({ UNDERTONE_HOME: home, UNDERTONE_BACKUP_DIR: backups, LOG_TO: 'file' }),
  { work: false, archive: true },
);
await sql`create table if not exists acknowledged (number int primary key)`.execute(clinic.db);
for (let number = Number(first); ; number++) {
  await sql`insert into acknowledged values (${number})`.execute(clinic.db);
  writeSync(1, `ack ${number}\n`);
}
