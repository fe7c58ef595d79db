import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { pino } from 'pino';
import { copyFilesBack, unpackBase } from './platform/backup.ts';
import { listBackups, type Manifest, readManifest } from './platform/backup-manifest.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { bucketTarget, type FilesTarget, folderTarget, strangersIn } from './platform/file-copies.ts';
import { openFiles, openStore } from './platform/files.ts';
import { makeHome } from './platform/home.ts';
import { parseInstant } from './platform/instant.ts';
import { openClinicKeys } from './platform/key-ring.ts';
import {
  type Keys,
  masterKeyFile,
  openKeys,
  presentKeyFile,
  readMasterKey,
  readSecret,
} from './platform/keys.ts';
import { clusterPlace } from './platform/postgres-cluster.ts';
import { fillNewCluster } from './platform/postgres-fresh.ts';
import { parseMasterKey } from './platform/recovery-key.ts';
import {
  archiveBroken,
  type ChainRead,
  type JournalLine,
  readChainLines,
  readStretch,
} from './platform/wal-archive.ts';
import { parseLsn, segmentName } from './platform/wal-stream.ts';
import { refuseUsedDatabase, restoreTables } from './restore-tables.ts';

/** What a restore brought back. */
export interface Restored {
  /** The clinic is as it was at this instant. */
  readonly at: string;
  /** The backup it began with. */
  readonly backup: string;
  readonly files: number;
  /**
   * Ids of files whose bytes were never archived: made and removed again within the seconds between two rounds, or lost
   * from the copies. Their rows are there.
   */
  readonly missing: readonly string[];
}

export interface RestoreOptions {
  /** The instant to go back to, as a person types it (platform/instant.ts). Undefined: the newest there is. */
  readonly to?: string;
  /** False for a scratch folder: nothing is forced to disk. Default true. */
  readonly isDurable?: boolean;
  /**
   * Whether a bucket that holds files the backup does not know is taken over: the nightly sweep of the restored clinic
   * removes them, as they have no rows. Default false.
   */
  readonly takesBucketOver?: boolean;
}

/** The backup to begin with, and the archived log to read after it. */
interface Plan {
  readonly folder: string;
  readonly root: string;
  readonly manifest: Manifest;
  readonly log: { readonly read: ChainRead; readonly lines: readonly JournalLine[] } | undefined;
  /** Undefined: to the end of what there is. */
  readonly until: Date | undefined;
  readonly at: string;
}

/**
 * Restores into the data folder of the settings, which must be empty: one backup as it was, when its own folder is named;
 * else the newest moment the folder of backups holds, or the instant asked for, by the archived log. Files go where
 * `FILES_URL` says; what a bucket holds already is not sent again.
 * @throws `restore-refused`, `archive-broken`, naming the file that is missing or altered.
 */
export async function restore(config: Config, from: string, options: RestoreOptions = {}): Promise<Restored> {
  makeHome(config.home);
  if (config.files.masterKey === undefined && presentKeyFile(config) === undefined) {
    throw refused(
      `the backup opens only with the clinic's master key: give it with --key FILE, in UNDERTONE_MASTER_KEY, or as ${masterKeyFile(config)}.`,
    );
  }
  const keys = await openKeys(config);
  const plan = await planRestore(keys, from, options.to);
  const isDurable = options.isDurable !== false;
  const { url } = config.database;
  const holdsTables = plan.manifest.version === 3;
  if (url !== undefined && !holdsTables)
    throw refused(
      `${plan.folder} holds a database of the embedded server: restore it without DATABASE_URL, then move it there with undertone move-database.`,
    );
  if (url !== undefined) await refuseUsedDatabase({ url });
  const settings = {
    home: config.home,
    database: config.database,
    log: pino({ level: 'silent' }),
    durable: isDurable,
  };
  const place = url === undefined ? clusterPlace(settings) : undefined;
  const filesFolder = config.files.url.startsWith('file:') ? fileURLToPath(config.files.url) : undefined;
  for (const path of [place?.cluster, filesFolder]) {
    if (path === undefined || !existsSync(path)) continue;
    throw refused(
      `${path} exists: a restore needs an empty data folder. Move the old one aside, or set UNDERTONE_HOME.`,
    );
  }
  const copies = join(plan.root, 'files');
  if (filesFolder === undefined && options.takesBucketOver !== true) {
    const strangers = await strangersIn(openStore(config.files), copies);
    if (strangers > 0)
      throw refused(
        `${openStore(config.files).place} holds ${strangers} files of which ${copies} knows nothing. If another clinic works with that bucket, name a prefix of its own in FILES_URL; if the clinic that used it is gone, add --take-bucket-over.`,
      );
  }
  // Database and folder get their names only when they are whole: an interrupted restore leaves nothing a start would
  // take for real. What it left in a bucket is found there by the next attempt.
  const unfinishedFiles = filesFolder && `${filesFolder}-restored`;
  for (const path of [place?.unfinished, unfinishedFiles])
    if (path !== undefined) await rm(path, { recursive: true, force: true });
  if (unfinishedFiles !== undefined) await mkdir(unfinishedFiles, { recursive: true, mode: 0o700 });
  const files =
    unfinishedFiles === undefined
      ? bucketTarget(openStore(config.files))
      : folderTarget(unfinishedFiles, isDurable);
  const target = { home: config.home, files, isDurable };
  const nameFiles = async () => {
    if (filesFolder !== undefined && unfinishedFiles !== undefined)
      await rename(unfinishedFiles, filesFolder);
  };
  let found = { files: plan.manifest.files.length, missing: [] as readonly string[] };
  if (place === undefined) {
    await copyFilesBack(plan.root, plan.manifest, files);
    // Last of all the rows: until then the database is as empty as it was.
    await restoreTables({ url: url ?? '' }, keys, plan, target, nameFiles);
    return { at: plan.at, backup: plan.folder, ...found };
  }
  if (holdsTables) {
    await fillNewCluster(settings, place.unfinished, (connection) =>
      restoreTables(connection, keys, plan, target),
    );
  } else await unpackBase(keys, plan, { ...target, cluster: place.unfinished });
  if (plan.log === undefined) await copyFilesBack(plan.root, plan.manifest, files);
  else {
    await layOutLog(keys, plan.log, place.unfinished);
    const filesUrl = unfinishedFiles === undefined ? config.files.url : pathToFileURL(unfinishedFiles).href;
    const there = { ...config, files: { ...config.files, url: filesUrl } };
    found = await recoverWithFiles(there, plan, place, files);
  }
  await nameFiles();
  place.settle();
  return { at: plan.at, backup: plan.folder, ...found };
}

/** Decides what to read. Nothing is written yet, so every refusal leaves the data folder as it was. */
async function planRestore(keys: Keys, from: string, to: string | undefined): Promise<Plan> {
  const newest = await readManifest(keys, from);
  if (to === undefined && newest.folder === resolve(from)) {
    return {
      ...newest,
      log: undefined,
      until: undefined,
      at: newest.manifest.log?.until ?? newest.manifest.at,
    };
  }
  if (to === undefined) {
    const log = await logAfter(keys, newest.root, newest.manifest);
    if (log?.read.fault) throw brokenAt(log.read, newest.folder);
    if (log === undefined)
      return { ...newest, log, until: undefined, at: newest.manifest.log?.until ?? newest.manifest.at };
    return { ...newest, log, until: undefined, at: log.lines.at(-1)?.at ?? newest.manifest.at };
  }
  const asked = parseInstant(to, newest.manifest.zone);
  if (!asked.ok) throw refused(`--to: ${asked.message}`);
  const { backups } = await listBackups(keys, newest.root);
  const wholeFrom = (manifest: Manifest) => Date.parse(manifest.log?.until ?? manifest.at);
  const start = backups.filter(({ manifest }) => wholeFrom(manifest) <= asked.at.getTime()).at(-1);
  const oldest = backups[0]?.manifest;
  if (start === undefined) {
    const since = oldest && new Date(wholeFrom(oldest)).toISOString();
    throw refused(
      `${asked.at.toISOString()} is before the first backup in ${newest.root}, which is whole from ${since} on.`,
    );
  }
  const log = await logAfter(keys, newest.root, start.manifest);
  const covered = log && (log.read.fault?.wholeUntil ?? log.lines.at(-1)?.at);
  if (log === undefined || covered === undefined || Date.parse(covered) < asked.at.getTime()) {
    if (log?.read.fault) throw brokenAt(log.read, start.folder);
    throw refused(
      `nothing is known of ${asked.at.toISOString()}: after the backup ${start.folder} the log was archived until ${covered ?? 'its end only'}. Name an instant up to then, or a backup made later.`,
    );
  }
  // Up to the last line that follows one from before the instant: clocks may have been put back meanwhile.
  const lastNeeded = log.lines.findLastIndex((_, i) => {
    const before = i === 0 ? undefined : log.lines[i - 1];
    return before === undefined || Date.parse(before.at) < asked.at.getTime();
  });
  const lines = log.lines.slice(0, lastNeeded + 1);
  return {
    folder: start.folder,
    root: newest.root,
    manifest: start.manifest,
    log: { read: log.read, lines },
    until: asked.at,
    at: asked.at.toISOString(),
  };
}

/** The archived log that goes on from a backup; undefined when none of it is in the folder. */
async function logAfter(
  keys: Keys,
  root: string,
  manifest: Manifest,
): Promise<{ read: ChainRead; lines: readonly JournalLine[] } | undefined> {
  if (manifest.log === undefined || !existsSync(join(root, 'archive', manifest.log.chain))) return undefined;
  const read = await readChainLines(keys, root, manifest.log.chain);
  const end = parseLsn(manifest.log.to);
  const first = read.lines.findIndex((line) => parseLsn(line.to) > end);
  const lines = first < 0 ? [] : read.lines.slice(first);
  const [begin] = lines;
  if (begin !== undefined && parseLsn(begin.from) > end)
    throw archiveBroken(`the log between ${manifest.log.to} and ${begin.from} is missing in ${read.folder}`);
  // Lines that lie wholly within the backup's own log still tell until when everything is known.
  const within = read.lines.filter(
    (line) => parseLsn(line.to) <= end && Date.parse(line.at) >= Date.parse(manifest.log?.until ?? ''),
  );
  const all = [...within, ...lines];
  return all.length === 0 && read.fault === undefined ? undefined : { read, lines: all };
}

function brokenAt({ fault, folder }: ChainRead, backup: string): Error {
  return archiveBroken(
    `${fault?.message ?? folder}. The log is whole until ${fault?.wholeUntil}: restore --to "${fault?.wholeUntil}", or the backup alone: ${backup}`,
  );
}

/** Writes the archived log as the server's own files, where it looks for them. */
async function layOutLog(
  keys: Keys,
  { read, lines }: { readonly read: ChainRead; readonly lines: readonly JournalLine[] },
  cluster: string,
): Promise<void> {
  const { segmentBytes, timeline } = read.chain;
  for (const line of lines) {
    const log = await readStretch(keys, read, line);
    let at = parseLsn(line.from);
    for (let done = 0; done < log.length; ) {
      const offset = Number(at % BigInt(segmentBytes));
      const part = log.subarray(done, done + segmentBytes - offset);
      const path = join(cluster, 'pg_wal', segmentName(timeline, at, segmentBytes));
      const file = await open(path, existsSync(path) ? 'r+' : 'w', 0o600);
      try {
        await file.write(part, 0, part.length, offset);
        // The rest of a file that is not full reads as zeros: the log ends there.
        if ((await file.stat()).size < segmentBytes) await file.truncate(segmentBytes);
      } finally {
        await file.close();
      }
      done += part.length;
      at += BigInt(part.length);
    }
  }
}

// PostgreSQL ends with this when the log has no transaction after the instant: everything there is was before it.
const endedBefore = 'recovery ended before configured recovery target was reached';

/**
 * Reads the log to the instant, then puts back exactly the files the database knows of, each opened and compared.
 * @param config whose `files.url` is where they are put
 */
async function recoverWithFiles(
  config: Config,
  plan: Plan,
  place: ReturnType<typeof clusterPlace>,
  target: FilesTarget,
): Promise<{ files: number; missing: readonly string[] }> {
  const withFiles = (until: Date | undefined) =>
    place.recover(until, async (admin) => {
      const missing: string[] = [];
      const database = openDatabase(admin, { poolSize: 2, log: pino({ level: 'silent' }) });
      try {
        const { db } = database;
        const keys = await openClinicKeys(config, db, new Date());
        const store = openFiles(config, keys, systemClock());
        const copies = join(plan.root, 'files');
        const { rows } = await sql<{ tenant_id: string; id: string; key: string; sha256: Buffer }>`
          select tenant_id, id, key, sha256 from files`.execute(db);
        for (const row of rows) {
          if (!(await target.put(copies, row.key))) {
            missing.push(row.id);
            continue;
          }
          const file = await store.get(db, row.tenant_id, row.id);
          const sha256 = createHash('sha256').update(file?.bytes ?? '');
          if (!sha256.digest().equals(row.sha256))
            throw refused(`${join(copies, row.key)} was altered since it was archived.`);
        }
        return { files: rows.length - missing.length, missing };
      } finally {
        await database.close();
      }
    });
  try {
    return await withFiles(plan.until);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'file-damaged')
      throw refused(`a file in ${join(plan.root, 'files')} was altered since it was archived: ${message}`);
    if (plan.until === undefined || !message.includes(endedBefore)) throw error;
    return await withFiles(undefined);
  }
}

/**
 * Puts the clinic's master key, or its printed recovery key, into a folder of secrets that has none.
 * @throws `restore-refused` when the text is not a key, or the folder has another one.
 */
export async function takeMasterKey(config: Config, text: string): Promise<void> {
  const given = parseMasterKey(text);
  if (!given.ok) throw refused(`the key file does not hold a master key: ${given.message}`);
  makeHome(config.home);
  await readSecret(masterKeyFile(config), () => given.key.toString('base64'));
  if (!given.key.equals(await readMasterKey(config)))
    throw refused(`${masterKeyFile(config)} holds another master key; a restore needs an empty data folder.`);
}

function refused(message: string): Error {
  return Object.assign(new Error(message), { code: 'restore-refused' as const });
}
