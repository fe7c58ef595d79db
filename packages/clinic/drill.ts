import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client, type ClientConfig } from 'pg';
import { pino } from 'pino';
import { recordAudit } from './audit/commands.ts';
import { backUp } from './backup.ts';
import { startArchiver } from './platform/archiver.ts';
import { readConfig } from './platform/config.ts';
import type { Db } from './platform/database.ts';
import { masterKeyFile, readSecret } from './platform/keys.ts';
import { runningPostgres } from './platform/postgres.ts';
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

/** What every table holds: how many rows, and a digest over all of them. */
type Picture = ReadonlyMap<string, { readonly rows: number; readonly digest: string }>;

/**
 * Backs a clinic up under load and restores it elsewhere as of one instant. What the source held at that instant is read
 * in a transaction that holds writers off for as long as it takes to take its snapshot.
 * @param options.rows audit entries written before, so that the database has some size
 */
export async function runDrill(options: {
  readonly rows: number;
  readonly files: number;
  readonly onProgress?: (text: string) => void;
}): Promise<DrillReport> {
  const say = options.onProgress ?? (() => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'undertone-drill-'));
  await chmod(folder, 0o711);
  const config = readConfig({ UNDERTONE_HOME: join(folder, 'data'), LOG_TO: 'file' });
  const backups = join(folder, 'backups');
  const source = await startClinic(config, { work: false });
  const over = new AbortController();
  try {
    const { clinic } = source;
    await seedSample(clinic);
    say(`building: ${options.rows} rows, ${options.files} files`);
    await fill(clinic, options.rows);
    for (let n = 0; n < options.files; n++) await addFile(clinic, 20_000 + 1000 * n);

    const load = { confirmed: 0, isWaiting: false };
    const gate: { wait: Promise<void> } = { wait: Promise.resolve() };
    const writing = writeUntil(clinic, over.signal, gate, load);
    say('backing up under load');
    const backupMs = performance.now();
    await backUp(config, backups, { scratch: folder });
    const backupSeconds = (performance.now() - backupMs) / 1000;
    const archiver = await archiving(clinic);
    await pause(500);
    const { picture, files, at } = await holdingWriters(gate, load, clinic);
    // Writing goes on after the instant: none of that may come back.
    await pause(500);
    over.abort();
    await writing;
    await addFile(clinic, 5000);
    await archiver.flush();
    await archiver.stop();

    say(`restoring elsewhere as of ${at}`);
    const restoreMs = performance.now();
    const target = readConfig({ UNDERTONE_HOME: join(folder, 'elsewhere'), LOG_TO: 'file' });
    await takeMasterKey(target, await readSecret(masterKeyFile(config), () => ''));
    await restore(target, backups, { to: at });
    const restoreSeconds = (performance.now() - restoreMs) / 1000;

    say('comparing');
    const compareMs = performance.now();
    const restored = await startClinic(target, { work: false, migrate: false });
    try {
      const differences = [
        ...differencesOf(picture, await pictureOf(restored.clinic.db)),
        ...(await fileDifferences(files, restored.clinic)),
      ];
      return {
        at,
        tables: picture.size,
        rows: [...picture.values()].reduce((sum, table) => sum + table.rows, 0),
        files: files.size,
        writesDuring: load.confirmed,
        differences,
        seconds: {
          backup: backupSeconds,
          restore: restoreSeconds,
          compare: (performance.now() - compareMs) / 1000,
        },
      };
    } finally {
      await restored.stop();
    }
  } finally {
    over.abort();
    await source.stop();
    await rm(folder, { recursive: true, force: true });
  }

  async function archiving(clinic: Clinic) {
    const running = await runningPostgres(config);
    if (running === undefined) throw new Error('the embedded server is not running');
    const { keys } = clinic;
    const log = pino({ level: 'silent' });
    return startArchiver({
      config,
      admin: running.admin,
      cluster: running.cluster,
      files: clinic.files.store,
      keys,
      log,
    });
  }

  /** The whole clinic as of one instant of the database's clock. */
  async function holdingWriters(
    gate: { wait: Promise<void> },
    load: { readonly isWaiting: boolean },
    clinic: Clinic,
  ) {
    let release: () => void = () => undefined;
    gate.wait = new Promise((resolve) => {
      release = resolve;
    });
    // The write under way is confirmed first.
    while (!load.isWaiting) await pause(10);
    const running = await runningPostgres(config);
    const client = new Client(running?.admin as ClientConfig);
    await client.connect();
    try {
      const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at');
      await pause(50);
      const picture = await pictureOf(clinic.db);
      const files = new Map<string, string>();
      for (const row of await clinic.db.selectFrom('files').select(['tenant_id', 'id', 'sha256']).execute())
        files.set(`${row.tenant_id} ${row.id}`, row.sha256.toString('hex'));
      return { picture, files, at: rows[0]?.at.toISOString() ?? '' };
    } finally {
      await client.end();
      release();
    }
  }
}

async function fill(clinic: Clinic, rows: number): Promise<void> {
  await sql`create table drill (number bigint generated always as identity primary key, text text not null, at timestamptz)`.execute(
    clinic.db,
  );
  await sql`insert into drill (text, at) select md5(n::text) || repeat('x', (n % 200)::int), clock_timestamp()
    from generate_series(1, ${rows}::bigint) n`.execute(clinic.db);
}

async function addFile(clinic: Clinic, bytes: number): Promise<void> {
  const put = { tenantId: sampleTenant.id, bytes: randomBytes(bytes), mediaType: 'application/octet-stream' };
  await clinic.db.transaction().execute((trx) => clinic.files.put(trx, put));
}

/** Inserts, changes, deletes, audit entries and files, one transaction after another, until stopped. */
async function writeUntil(
  clinic: Clinic,
  signal: AbortSignal,
  gate: { readonly wait: Promise<void> },
  load: { confirmed: number; isWaiting: boolean },
): Promise<void> {
  for (let n = 1; !signal.aborted; n++) {
    load.isWaiting = true;
    await gate.wait;
    load.isWaiting = false;
    await clinic.db.transaction().execute(async (trx) => {
      await sql`insert into drill (text) values (${`during ${n}`})`.execute(trx);
      await sql`update drill set text = text || '.' where number = ${n}`.execute(trx);
      await sql`delete from drill where number = ${n * 2}`.execute(trx);
      await recordAudit(clinic, trx, {
        tenantId: sampleTenant.id,
        actor: { kind: 'system', id: null },
        action: 'drill.written',
        subject: { kind: 'drill', id: String(n) },
      });
    });
    load.confirmed++;
    if (n % 25 === 0) await addFile(clinic, 3000);
  }
}

async function pictureOf(db: Db): Promise<Picture> {
  const tables = await sql<{ name: string }>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(db);
  const picture = new Map<string, { rows: number; digest: string }>();
  for (const { name } of tables.rows) {
    // The queue's own bookkeeping moves by itself, also on a clinic at rest.
    if (name.startsWith('jobs.')) continue;
    const { rows } = await sql<{ rows: number; digest: string }>`
      select count(*) as rows, coalesce(encode(sha256(convert_to(string_agg(line, E'\\n' order by line), 'UTF8')), 'hex'), '') as digest
      from (select md5(t::text) as line from ${sql.raw(name)} t) lines`.execute(db);
    picture.set(name, rows[0] ?? { rows: 0, digest: '' });
  }
  return picture;
}

function differencesOf(then: Picture, now: Picture): string[] {
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((name) => {
    const [a, b] = [then.get(name), now.get(name)];
    if (a?.digest === b?.digest && a?.rows === b?.rows) return [];
    return [
      `table ${name}: ${a?.rows ?? 'none'} rows then, ${b?.rows ?? 'none'} restored, or other values in them`,
    ];
  });
}

async function fileDifferences(then: ReadonlyMap<string, string>, clinic: Clinic): Promise<string[]> {
  const differences: string[] = [];
  const rows = await clinic.db.selectFrom('files').select(['tenant_id', 'id']).execute();
  if (rows.length !== then.size) differences.push(`${then.size} files then, ${rows.length} restored`);
  for (const [key, sha256] of then) {
    const [tenantId = '', id = ''] = key.split(' ');
    // `get` opens the bytes and fails when one differs from what was written.
    const file = await clinic.files.get(clinic.db, tenantId, id).catch(() => undefined);
    if (file?.sha256 !== sha256) differences.push(`file ${id} is missing or another`);
  }
  return differences;
}
