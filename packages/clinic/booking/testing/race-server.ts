/**
 * One server process for the race test and the bench: the public API over HTTP on the database it is given as JSON on
 * the command line, with a clock that stands still. Prints its port; ends when its standard input closes.
 */
import { createServer } from 'node:http';
import { pino } from 'pino';
import { notifyJobs } from '../../notify/commands.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { type Connection, openDatabase } from '../../platform/database.ts';
import { openFiles } from '../../platform/files.ts';
import { openJobs } from '../../platform/jobs.ts';
import { openKeys } from '../../platform/keys.ts';
import { openMail } from '../../platform/mail.ts';
import { openTypesetter } from '../../platform/pdf.ts';
import { handleApi } from '../api.ts';
import { bookingJobs } from '../waitlist.ts';

interface Given {
  connection: Connection;
  tenantId: string;
  now: string;
  home: string;
}

const given = JSON.parse(process.argv[2] ?? '') as Given;
const config = readConfig({ ...process.env, UNDERTONE_HOME: given.home });
const log = pino({ level: 'silent' });
const clock = standingClock(given.now);
const database = openDatabase(given.connection, { poolSize: 10, log });
const keys = await openKeys(config);
const parts = {
  config,
  db: database.db,
  files: openFiles(config, keys, clock),
  keys,
  mail: openMail(config, clock),
  typesetter: openTypesetter(),
  clock,
  log,
};
const later = () => jobs;
const jobs: Awaited<ReturnType<typeof openJobs>> = await openJobs(given.connection, log, [
  ...notifyJobs({ ...parts, jobs: later }),
  ...bookingJobs({ ...parts, jobs: later }),
]);
const services = { ...parts, jobs };

const server = createServer((req, res) => {
  const answer = async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const request = new Request(`http://127.0.0.1${req.url}`, {
      method: req.method ?? 'GET',
      headers: req.headers as Record<string, string>,
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const address = String(req.headers['x-address'] ?? '127.0.0.1');
    const response = await handleApi(request, { services, address, tenantId: given.tenantId });
    res.writeHead(response?.status ?? 404, Object.fromEntries(response?.headers ?? []));
    res.end(await response?.text());
  };
  answer().catch((error: unknown) => {
    res.writeHead(500);
    res.end(String(error));
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as { port: number }).port}\n`);
});

process.stdin.resume();
process.stdin.on('end', () => {
  server.closeAllConnections();
  server.close();
  void jobs.stop(0).then(() => database.close());
});
