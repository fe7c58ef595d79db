// A program for the crash tests: starts the embedded server on the data folder named in its argument, then writes
// numbers one by one and says so on stdout only after the server has acknowledged each. It is meant to be killed.
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { pino } from 'pino';
import { lockHome } from '../home.ts';
import { startPostgres } from '../postgres.ts';

const [home = '', firstNumber = '1'] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

try {
  lockHome(home);
  const server = await startPostgres({
    home,
    database: { binaries: undefined, account: undefined, folder: undefined },
    log: pino({ level: 'silent' }),
  });
  say(`server ${server.pid()}`);
  for (let number = Number(firstNumber); ; ) {
    const client = new Client(server.connection as ClientConfig);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('create table if not exists acknowledged (number int primary key)');
      for (;;) {
        await client.query('insert into acknowledged values ($1) on conflict do nothing', [number]);
        say(`ack ${number}`);
        number++;
      }
    } catch {
      await pause(20);
    }
  }
} catch (error) {
  say(`refused ${(error as { code?: string }).code}`);
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 3;
}
