import { Client } from 'pg';
import { pino } from 'pino';
import { unpackBase } from './platform/backup.ts';
import type { Manifest } from './platform/backup-manifest.ts';
import { type Connection, clientSettings, migrate, openDatabase, programSteps } from './platform/database.ts';
import { openJobs } from './platform/jobs.ts';
import type { Keys } from './platform/keys.ts';
import { type Contents, queueVersion } from './platform/table-copies.ts';
import { loadTables } from './platform/table-loading.ts';

const log = pino({ level: 'silent' });

/**
 * Puts the rows of a backup made with `DATABASE_URL` into an empty database: the schema steps of the program that made it
 * are taken, every row goes in and is compared, and only then are they there for anybody else. Later steps are taken by the
 * next start. The small files of the backup go into the data folder.
 * @param beforeCommit what must be in place before the rows are
 * @throws `restore-refused`; the database then holds no row of the backup
 */
export async function restoreTables(
  connection: Connection,
  keys: Keys,
  backup: { readonly folder: string; readonly manifest: Manifest },
  target: { readonly home: string; readonly isDurable: boolean },
  beforeCommit: () => Promise<void> = async () => undefined,
): Promise<void> {
  const client = await connectTo(connection);
  try {
    await refuseUsed(client);
    const prepare = async (contents: Contents) => {
      await makeTables(connection, contents);
      const queue = await queueVersion(client);
      if (contents.queue !== null && queue !== contents.queue)
        throw refused(
          `the backup's job queue has version ${contents.queue}, this program's ${queue}: restore with the Undertone that made the backup, then start this one.`,
        );
    };
    // A program of the clinic that was started meanwhile may have begun to work with it.
    const loading = loadTables(client, prepare, () => refuseUsed(client));
    await unpackBase(keys, backup, { ...target, cluster: undefined }, (path) => loading.take(path));
    await loading.finish();
    await beforeCommit();
    await client.query('commit');
    // Plans are made for the rows there are from the first page on.
    await client.query('analyze');
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Looked at before anything is copied; {@link restoreTables} looks again. @throws `restore-refused` */
export async function refuseUsedDatabase(connection: Connection): Promise<void> {
  const client = await connectTo(connection);
  try {
    await refuseUsed(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connectTo(connection: Connection): Promise<Client> {
  const client = new Client({ ...clientSettings(connection), application_name: 'undertone-restore' });
  client.on('error', () => undefined);
  await client.connect().catch((error: Error) => {
    throw refused(`the database does not answer (${error.message}); check DATABASE_URL.`);
  });
  return client;
}

/** A database that somebody works with is left alone. What an interrupted restore left has tables and no clinic. */
export async function refuseUsed(client: Client): Promise<void> {
  const { rows } = await client.query<{ tables: number; steps: boolean; tenants: boolean }>(
    `select count(*)::int as tables, to_regclass('public.schema_steps') is not null as steps,
       to_regclass('public.tenants') is not null as tenants
     from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  const [found] = rows;
  const isClinic = found?.tenants ?? false;
  const holds = isClinic && (await client.query('select 1 from public.tenants limit 1')).rowCount !== 0;
  if (holds || (!found?.steps && found?.tables !== 0))
    throw refused(
      'the database of DATABASE_URL is in use: a restore needs an empty one. Make one (create database) and name it.',
    );
}

async function makeTables(connection: Connection, contents: Contents): Promise<void> {
  const known = await programSteps();
  const newer = contents.steps.filter((step) => !(step in known));
  if (newer.length > 0)
    throw refused(
      `the backup was made by a newer Undertone (schema step ${newer[0]}); restore it with that version.`,
    );
  const wanted = Object.fromEntries(Object.entries(known).filter(([step]) => contents.steps.includes(step)));
  const database = openDatabase(connection, { poolSize: 2, log });
  try {
    await migrate(database.db, { steps: () => Promise.resolve(wanted) });
  } catch (error) {
    if ((error as { code?: string }).code !== 'schema-too-new') throw error;
    throw refused('the database has tables of another version: make an empty one, and name it.');
  } finally {
    await database.close();
  }
  if (contents.queue !== null) await (await openJobs(connection, log, [])).stop(0);
}

function refused(message: string): Error {
  return Object.assign(new Error(message), { code: 'restore-refused' as const });
}
