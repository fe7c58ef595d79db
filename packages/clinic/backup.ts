import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { verifyAudit } from './audit/commands.ts';
import { noteBackupPlace } from './platform/archive-state.ts';
import { type BackupResult, makeBackup } from './platform/backup.ts';
import { noteBackup } from './platform/backup-manifest.ts';
import type { Config } from './platform/config.ts';
import type { Connection, Db } from './platform/database.ts';
import { makeHome } from './platform/home.ts';
import type { KeepRule } from './platform/keep.ts';
import { readMasterKey } from './platform/keys.ts';
import { runningPostgres } from './platform/postgres.ts';
import { type Pruned, prune } from './platform/prune.ts';
import { restore } from './restore.ts';
import { type Clinic, startClinic } from './start.ts';
import { mainTenant } from './tenant/commands.ts';

/** What the proof of a backup found in it. */
export interface Proof {
  /** Rows in all tables of the restored database. */
  readonly rows: number;
  readonly auditEntries: number;
  /** Files that were decrypted and compared with the hash in their row. */
  readonly files: number;
  readonly milliseconds: number;
}

// Small files outside the database. The master key is not among them: a copy of the backup alone opens nothing.
const passwords = ['secrets/postgres.password', 'secrets/postgres-admin.password'];
const anchors = 'audit/anchors.jsonl';

/**
 * Backs the clinic up while it works, then restores the backup into a scratch folder, starts a server on it and looks at
 * everything, and only then says that it is good.
 * @param scratch where the proof is made (needs room for the whole clinic); default the system's temporary folder.
 * @throws `backup-refused`; `backup-unproven` when the proof failed.
 */
export async function backUp(
  config: Config,
  into: string,
  options: {
    readonly scratch?: string;
    /** Which older backups stay; the others are removed once this one is proven. */
    readonly keep?: KeepRule;
    /** With `DATABASE_URL`: called with the name of the snapshot that is backed up. */
    readonly atInstant?: (snapshot: string) => Promise<void>;
    readonly onProgress?: (text: string) => void;
  } = {},
): Promise<BackupResult & { readonly proof: Proof; readonly pruned: Pruned | undefined }> {
  const say = options.onProgress ?? (() => undefined);
  const { url } = config.database;
  if (url === undefined && (!existsSync(config.home) || readdirSync(config.home).length === 0)) {
    throw Object.assign(new Error(`${config.home} holds no clinic to back up; set UNDERTONE_HOME.`), {
      code: 'backup-refused' as const,
    });
  }
  const started = await startClinic(config, { beside: 'join', work: false, migrate: false });
  let result: BackupResult;
  try {
    say('copying database and files');
    result = await makeBackup(
      {
        home: config.home,
        ...(url === undefined ? await embedded(config) : { cluster: undefined, admin: { url } }),
        files: started.clinic.files.store,
        // A schema older than this program may not answer; the backup of it is wanted all the more.
        zone: (await mainTenant(started.clinic).catch(() => undefined))?.zone,
        keys: started.clinic.keys,
        clock: started.clinic.clock,
        alsoKept: url === undefined ? [...passwords, anchors] : [anchors],
        ...(options.atInstant && { atInstant: options.atInstant }),
      },
      into,
    );
  } finally {
    await started.stop();
  }
  if (url === undefined) await noteBackupPlace(config, resolve(into));
  say('restoring it elsewhere to prove it');
  const proof = await proveBackup(config, result.folder, options.scratch);
  await noteBackup(config.home, result);
  const pruned = options.keep && (await prune(resolve(into), options.keep));
  return { ...result, proof, pruned };
}

/** The embedded server as it runs, and the superuser's way into it. */
async function embedded(config: Config): Promise<{ cluster: string; admin: Connection }> {
  const running = await runningPostgres(config);
  if (running === undefined) throw new Error('the embedded server is not running');
  return { cluster: running.cluster, admin: running.admin };
}

/**
 * Restores a backup into a scratch folder, starts the clinic on it and looks at everything; the folder is removed.
 * @throws `backup-unproven`, with what was wrong.
 */
export async function proveBackup(
  config: Config,
  folder: string,
  scratch: string = tmpdir(),
): Promise<Proof> {
  const began = performance.now();
  const parent = await mkdtemp(join(scratch, 'undertone-proof-'));
  const elsewhere = await placeBeside(config, parent);
  try {
    await restore(elsewhere, folder, { isDurable: false });
    const started = await startClinic(elsewhere, { work: false, migrate: false });
    try {
      const found = await lookAtEverything(started.clinic);
      return { ...found, milliseconds: Math.round(performance.now() - began) };
    } finally {
      await started.stop();
    }
  } catch (error) {
    throw Object.assign(
      new Error(`the backup ${folder} does not restore: ${(error as Error).message}`, { cause: error }),
      {
        code: 'backup-unproven' as const,
      },
    );
  } finally {
    await removePlace(elsewhere, parent);
  }
}

/** Reads every table, decrypts every file, walks the audit chains. */
async function lookAtEverything(clinic: Clinic): Promise<Omit<Proof, 'milliseconds'>> {
  const rows = await countRows(clinic.db);
  const stored = await clinic.db.selectFrom('files').select(['tenant_id', 'id', 'sha256']).execute();
  for (const file of stored) {
    const found = await clinic.files.get(clinic.db, file.tenant_id, file.id);
    const sha256 = createHash('sha256')
      .update(found?.bytes ?? '')
      .digest();
    if (!sha256.equals(file.sha256)) throw new Error(`file ${file.id} is not what its row says`);
  }
  const report = await verifyAudit(clinic);
  if (!report.ok) throw new Error(`the audit chain has a fault: ${report.faults[0]?.message}`);
  return { rows, auditEntries: report.entries, files: stored.length };
}

async function countRows(db: Db): Promise<number> {
  const tables = await sql<{ name: string }>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
  let rows = 0;
  for (const { name } of tables.rows) {
    // Reading whole rows, not counting them: a damaged page shows itself only when it is read.
    const answer = await sql<{ rows: number }>`select count(t::text) as rows from ${sql.raw(name)} t`.execute(
      db,
    );
    rows += answer.rows[0]?.rows ?? 0;
  }
  return rows;
}

/** The same clinic in another folder: same key, other home, no mail. */
async function placeBeside(config: Config, parent: string): Promise<Config> {
  // The database may run under another account, which must pass through.
  await chmod(parent, process.getuid?.() === 0 ? 0o711 : 0o700);
  const home = join(parent, 'data');
  makeHome(home);
  return {
    ...config,
    home,
    secrets: join(parent, 'secrets'),
    backups: undefined,
    database: { ...config.database, url: undefined, folder: undefined },
    files: {
      ...config.files,
      url: pathToFileURL(join(home, 'files')).href,
      masterKey: (await readMasterKey(config)).toString('base64'),
    },
    mail: { ...config.mail, url: undefined },
    log: { ...config.log, to: 'file' },
  };
}

async function removePlace(config: Config, parent: string): Promise<void> {
  const moved = await readFile(join(config.home, 'postgres-location'), 'utf8').catch(() => '');
  if (moved.trim() !== '') await rm(moved.trim(), { recursive: true, force: true });
  await rm(parent, { recursive: true, force: true });
}
