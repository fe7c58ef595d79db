import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { recordAudit } from './audit/commands.ts';
import { backUp } from './backup.ts';
import { differencesFrom, type Picture, pictureOf } from './drill-picture.ts';
import { startArchiver } from './platform/archiver.ts';
import { type Config, readConfig } from './platform/config.ts';
import { masterKeyFile, readSecret } from './platform/keys.ts';
import { runningPostgres, startPostgres } from './platform/postgres.ts';
import { serverUrl } from './platform/testing/server-url.ts';
import { restore, takeMasterKey } from './restore.ts';
import { sampleTenant } from './sample/clinic.ts';
import { seedSample } from './sample/seed.ts';
import { type Clinic, startClinic } from './start.ts';

export interface DrillReport {
  /** The instant restored, and compared with. */
  readonly at: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** Writes confirmed while the backup was made and after, up to and beyond the instant. */
  readonly writesDuring: number;
  readonly differences: readonly string[];
  readonly seconds: { readonly backup: number; readonly restore: number; readonly compare: number };
}

export interface DrillOptions {
  /** Patients written before, so that the database has some size. */
  readonly rows: number;
  readonly files: number;
  /**
   * Where the clinic's database is, and where it is restored to: the program's own embedded servers, or servers of their own
   * that the program knows nothing of but an address (`DATABASE_URL`) of an empty database. Default `embedded`.
   */
  readonly database?: 'embedded' | 'server' | { readonly url: string; readonly elsewhereUrl: string };
  readonly onProgress?: (text: string) => void;
}

interface Load {
  confirmed: number;
  isWaiting: boolean;
  /** Writers begin nothing new before it settles. */
  gate: Promise<void>;
}

/** What was backed up, as it was at one instant. */
interface BackedUp {
  readonly at: string;
  readonly picture: Picture;
  readonly backupSeconds: number;
}

/**
 * Backs a clinic up under load, restores it elsewhere as of one instant, and compares every row and every file with what the
 * source held then.
 */
export async function runDrill(options: DrillOptions): Promise<DrillReport> {
  const say = options.onProgress ?? (() => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'undertone-drill-'));
  await chmod(folder, 0o711);
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const [sourceUrl, targetUrl] = await databases(options, folder, undo);
    const config = placeAt(join(folder, 'data'), sourceUrl);
    const backups = join(folder, 'backups');
    const source = await startClinic(config, { work: false });
    undo.push(() => source.stop());
    const { clinic } = source;
    await seedSample(clinic);
    say(`building: ${options.rows} rows, ${options.files} files`);
    await fill(clinic, options.rows);
    for (let n = 0; n < options.files; n++) await addFile(clinic, 20_000 + 1000 * n);

    const load: Load = { confirmed: 0, isWaiting: false, gate: Promise.resolve() };
    const over = new AbortController();
    const writing = writeUntil(clinic, over.signal, load);
    undo.push(() => {
      over.abort();
      return writing;
    });
    say('backing up under load');
    const { at, picture, backupSeconds } =
      sourceUrl === undefined
        ? await backUpThenArchive(config, backups, folder, clinic, load)
        : await backUpAtSnapshot(config, backups, folder, clinic, load);
    over.abort();
    await writing;

    say(`restoring elsewhere as of ${at}`);
    const restoreMs = performance.now();
    const target = placeAt(join(folder, 'elsewhere'), targetUrl);
    await takeMasterKey(target, await readSecret(masterKeyFile(config), () => ''));
    await restore(target, backups, sourceUrl === undefined ? { to: at } : {});
    const restoreSeconds = (performance.now() - restoreMs) / 1000;

    say('comparing');
    const compareMs = performance.now();
    const restored = await startClinic(target, { work: false, migrate: false });
    undo.push(() => restored.stop());
    const differences = await differencesFrom(picture, restored.clinic);
    return {
      at,
      tables: picture.tables.size,
      rows: [...picture.tables.values()].reduce((sum, table) => sum + table.rows, 0),
      files: picture.files.size,
      writesDuring: load.confirmed,
      differences,
      seconds: {
        backup: backupSeconds,
        restore: restoreSeconds,
        compare: (performance.now() - compareMs) / 1000,
      },
    };
  } finally {
    // What cannot be taken down keeps no server running.
    for (const step of undo.reverse()) await step().catch((error: unknown) => say(String(error)));
  }
}

/** Addresses of the databases to back up and to restore into; undefined for the embedded ones. */
async function databases(
  { database = 'embedded' }: DrillOptions,
  folder: string,
  undo: (() => Promise<unknown>)[],
): Promise<readonly [string?, string?]> {
  if (database === 'embedded') return [];
  if (typeof database === 'object') return [database.url, database.elsewhereUrl];
  const begin = async (name: string) => {
    const server = await startPostgres({
      home: join(folder, name),
      database: { binaries: process.env.UNDERTONE_POSTGRES_BIN, account: undefined, folder: undefined },
      log: pino({ level: 'silent' }),
    });
    undo.push(() => server.stop());
    return serverUrl(server.connection);
  };
  return [await begin('server'), await begin('another-server')];
}

const placeAt = (home: string, url: string | undefined): Config =>
  readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file', ...(url !== undefined && { DATABASE_URL: url }) });

async function seconds<T>(work: Promise<T>): Promise<number> {
  const beganMs = performance.now();
  await work;
  return (performance.now() - beganMs) / 1000;
}

/**
 * The embedded way: a backup, the log archived after it, and an instant some time later. What the clinic held then is read
 * while writers are held off.
 */
async function backUpThenArchive(
  config: Config,
  backups: string,
  scratch: string,
  clinic: Clinic,
  load: Load,
): Promise<BackedUp> {
  const backupSeconds = await seconds(backUp(config, backups, { scratch }));
  const running = await runningPostgres(config);
  if (running === undefined) throw new Error('the embedded server is not running');
  const archiver = startArchiver({
    config,
    admin: running.admin,
    cluster: running.cluster,
    files: clinic.files.store,
    keys: clinic.keys,
    log: pino({ level: 'silent' }),
  });
  await pause(500);
  const { promise, resolve: release } = Promise.withResolvers<void>();
  load.gate = promise;
  let told: { readonly at: string; readonly picture: Picture };
  try {
    // The write under way is confirmed first.
    while (!load.isWaiting) await pause(10);
    const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(clinic.db);
    await pause(50);
    told = { picture: await pictureOf(clinic.db), at: rows[0]?.at.toISOString() ?? '' };
  } finally {
    release();
  }
  // Writing goes on after the instant: none of that may come back.
  await moreWrites(load, 20);
  await addFile(clinic, 5000);
  await archiver.flush();
  await archiver.stop();
  return { ...told, backupSeconds };
}

/** The way of a server of its own: all rows as of one snapshot, which is read here too while writers go on. */
async function backUpAtSnapshot(
  config: Config,
  backups: string,
  scratch: string,
  clinic: Clinic,
  load: Load,
): Promise<BackedUp> {
  let told: { readonly at: string; readonly picture: Picture } | undefined;
  let lookedSeconds = 0;
  const atInstant = async (snapshot: string) => {
    const beganMs = performance.now();
    const at = clinic.clock.now().toISOString();
    const picture = await clinic.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        await sql`set transaction snapshot ${sql.lit(snapshot)}`.execute(trx);
        return pictureOf(trx);
      });
    told = { at, picture };
    // Written after the instant and before the first row is read: none of it may come back.
    await moreWrites(load, 20);
    lookedSeconds = (performance.now() - beganMs) / 1000;
  };
  await moreWrites(load, 20);
  const backupSeconds = (await seconds(backUp(config, backups, { scratch, atInstant }))) - lookedSeconds;
  if (told === undefined) throw new Error('the backup told no instant');
  return { ...told, backupSeconds };
}

async function moreWrites(load: Load, count: number): Promise<void> {
  for (const until = load.confirmed + count; load.confirmed < until; ) await pause(10);
}

/** The id of the nth patient of the drill. */
const patientId = (n: number | 'n') =>
  n === 'n' ? sql`md5('drill ' || n)::uuid` : sql`md5(${`drill ${n}`})::uuid`;

async function fill(clinic: Clinic, rows: number): Promise<void> {
  await sql`insert into patients (tenant_id, id, name, language, synthetic, created_at)
    select ${sampleTenant.id}, ${patientId('n')}, 'Sample patient ' || n || repeat(' x', (n % 100)::int), 'en', true, clock_timestamp()
    from generate_series(1, ${rows}::bigint) n`.execute(clinic.db);
}

async function addFile(clinic: Clinic, bytes: number): Promise<void> {
  const put = { tenantId: sampleTenant.id, bytes: randomBytes(bytes), mediaType: 'application/octet-stream' };
  await clinic.db.transaction().execute((trx) => clinic.files.put(trx, put));
}

/** Inserts, changes, deletes, audit entries and files, one transaction after another, until stopped. */
async function writeUntil(clinic: Clinic, signal: AbortSignal, load: Load): Promise<void> {
  const tenantId = sampleTenant.id;
  for (let n = 1; !signal.aborted; n++) {
    load.isWaiting = true;
    await load.gate;
    load.isWaiting = false;
    await clinic.db.transaction().execute(async (trx) => {
      await sql`insert into patients (tenant_id, id, name, language, synthetic, created_at)
        values (${tenantId}, ${patientId(-n)}, ${`Sample patient during ${n}`}, 'bn', true, now())`.execute(
        trx,
      );
      await sql`update patients set name = name || '.' where tenant_id = ${tenantId} and id = ${patientId(n)}`.execute(
        trx,
      );
      await sql`delete from patients where tenant_id = ${tenantId} and id = ${patientId(n * 2)}`.execute(trx);
      await recordAudit(clinic, trx, {
        tenantId,
        actor: { kind: 'system', id: null },
        action: 'drill.written',
        subject: { kind: 'drill', id: String(n) },
      });
    });
    load.confirmed++;
    if (n % 25 === 0) await addFile(clinic, 3000);
  }
}
