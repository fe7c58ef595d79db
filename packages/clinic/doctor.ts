import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { anchorFile } from './audit/anchors.ts';
import { ownSealEnds } from './consent/seal.ts';
import { type Machine, thisMachine } from './machine.ts';
import { archiveHealth, backupPlace, readArchiveState } from './platform/archive-state.ts';
import { lastBackup } from './platform/backup-manifest.ts';
import type { Config } from './platform/config.ts';
import { pendingMigrations } from './platform/database.ts';
import { findRole } from './platform/fence.ts';
import { openStore } from './platform/files.ts';
import { innerKeyFile, openKeys, presentKeyFile } from './platform/keys.ts';
import { readChainLines } from './platform/wal-archive.ts';
import { type Clinic, startClinic } from './start.ts';
import { listTenants, tenantSites } from './tenant/commands.ts';

/** One thing looked at: how it is, and what to do if it is not well. */
export interface Finding {
  readonly check:
    | 'settings'
    | 'program'
    | 'folder'
    | 'disk'
    | 'certificate'
    | 'secrets'
    | 'files'
    | 'database'
    | 'clock'
    | 'mail'
    | 'backup'
    | 'archive'
    | 'audit'
    | 'owner'
    | 'address';
  readonly state: 'ok' | 'warn' | 'fault';
  readonly message: string;
}

type Look = (state: Finding['state'], message: string) => void;

const gigabyte = 1024 ** 3;
const hourMs = 3_600_000;

/**
 * Looks at everything a clinic's server needs. Changes nothing but what a start changes anyway; the file store is tried with
 * a file of a few bytes, which is removed again.
 */
export async function examine(config: Config, machine: Machine = thisMachine): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const look =
    (check: Finding['check']): Look =>
    (state, message) =>
      void findings.push({ check, state, message });
  look('settings')(
    'ok',
    `Data folder ${config.home}; ${config.database.url === undefined ? 'embedded database' : 'database by DATABASE_URL'}.`,
  );
  lookAtProgram(machine, look('program'));
  lookAtAddress(config, look('address'));
  await lookAtSecrets(config, look('secrets'));
  await lookAtDisks(config, machine, look('disk'));
  await lookAtFiles(config, look('files'));
  let started: Awaited<ReturnType<typeof startClinic>> | undefined;
  try {
    started = await startClinic(config, { beside: 'join', work: false, migrate: false });
  } catch (error) {
    look('database')(
      'fault',
      `${(error as Error).message} (${(error as { code?: string }).code ?? 'no code'})`,
    );
  }
  if (started !== undefined) {
    try {
      const { clinic } = started;
      await lookAtDatabase(clinic, look('database'));
      await lookAtFence(clinic, look('database'));
      await lookAtClock(clinic, machine, look('clock'));
      await lookAtMail(clinic, look('mail'));
      if (config.database.url !== undefined) await lookAtOwnArchive(clinic, look('archive'));
      if ((await pendingMigrations(clinic.db)).length === 0) {
        await lookAtWaitingMail(clinic, machine, look('mail'));
        await lookAtOwners(clinic, look('owner'));
        await lookAtCertificates(clinic, machine, look('certificate'));
      }
    } finally {
      await started.stop();
    }
  }
  await lookAtBackup(config, machine, look('backup'));
  await lookAtArchive(config, machine, look('archive'));
  await lookAtAnchors(config, look('audit'));
  return findings;
}

function lookAtProgram({ nodeVersion }: Machine, say: Look): void {
  const major = Number(nodeVersion.split('.')[0]);
  if (major >= 24) say('ok', `Node ${nodeVersion}.`);
  else say('fault', `Node ${nodeVersion} is too old; run npm ci, which brings Node 24.`);
}

function lookAtAddress({ http }: Config, say: Look): void {
  const { protocol, hostname } = new URL(http.publicUrl);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol === 'https:' || isLocal) say('ok', `Pages at ${http.publicUrl}.`);
  else
    say(
      'fault',
      `PUBLIC_URL is ${http.publicUrl}: without https, sessions can be read on the way and passkeys do not work. Put a proxy with a certificate in front.`,
    );
  if (protocol === 'https:' && http.trustedProxies === 0) {
    say(
      'warn',
      'PUBLIC_URL is https but TRUSTED_PROXIES is 0: all visitors count as one address. Set it to the number of proxies in front.',
    );
  }
}

async function lookAtSecrets(config: Config, say: Look): Promise<void> {
  const inner = join(config.home, 'secrets');
  const open: string[] = [];
  let isThere = false;
  for (const folder of [inner, config.secrets]) {
    const names = await readdir(folder).catch(() => undefined);
    isThere ||= names !== undefined;
    for (const path of names === undefined ? [] : [folder, ...names.map((name) => join(folder, name))]) {
      if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) open.push(path);
    }
  }
  if (!isThere) {
    say('warn', `There is no ${config.secrets} yet; the first start makes it.`);
    return;
  }
  if (presentKeyFile(config) === innerKeyFile(config) && config.files.masterKey === undefined)
    say(
      'warn',
      `The master key lies in the data folder, because ${config.secrets} could not be made: whoever copies the data can read it. Make a folder for it and name it in UNDERTONE_SECRETS.`,
    );
  if (open.length === 0) say('ok', 'Keys and passwords are readable by their owner alone.');
  else say('fault', `Others on this machine may read ${open.join(', ')}; run chmod -R go= on it.`);
}

/** The disk of the data folder, and those of the database and of the backups where they lie elsewhere. */
async function lookAtDisks(config: Config, machine: Machine, say: Look): Promise<void> {
  const place = await backupPlace(config);
  const { folder: database } = config.database;
  const cluster = config.database.url === undefined ? database : undefined;
  await lookAtDisk(config.home, machine, say, 'move the data folder to a larger disk');
  if (cluster !== undefined) await lookAtDisk(cluster, machine, say, 'move the database to a larger disk');
  // A folder that is gone is told of with the last backup.
  if (place !== undefined && (await machine.isThere(place)))
    await lookAtDisk(place, machine, say, 'keep fewer backups (undertone prune)');
}

async function lookAtDisk(folder: string, machine: Machine, say: Look, orElse: string): Promise<void> {
  const space = await machine.space(folder);
  if (space === undefined) {
    say('warn', `${folder} does not exist yet; the first start makes it.`);
    return;
  }
  const free = space.free / gigabyte;
  const share = space.free / space.all;
  const text = `${free.toFixed(1)} GB free in ${folder}, ${Math.round(share * 100)} % of the disk.`;
  if (free < 1) say('fault', `${text} What is full takes no more data: make room now, or ${orElse}.`);
  else if (free < 5 || share < 0.1) say('warn', `${text} Make room soon, or ${orElse}.`);
  else say('ok', text);
}

/** Writes, reads and removes a few bytes where photographs and documents are kept. */
async function lookAtFiles(config: Config, say: Look): Promise<void> {
  const store = openStore(config.files);
  const key = `doctor/${randomUUID()}`;
  const bytes = Buffer.from('written by undertone doctor');
  try {
    await store.write(key, bytes);
    const found = await store.read(key, 0, bytes.length);
    await store.remove(key);
    if (found?.bytes.equals(bytes)) say('ok', `Files can be written, read and removed in ${store.place}.`);
    else say('fault', `${store.place} gave back other bytes than were written; replace that storage.`);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const isBucket = code === 'files-refused' || code === 'files-unreachable';
    say(
      'fault',
      isBucket
        ? message
        : `No file can be kept in ${store.place}: ${message}. Mend the way to it, or FILES_URL.`,
    );
  }
}

async function lookAtDatabase(clinic: Clinic, say: Look): Promise<void> {
  say('ok', `PostgreSQL ${clinic.serverVersion} answers.`);
  const answer = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`.execute(
    clinic.db,
  );
  const off = answer.rows.filter((row) => row.setting === 'off').map((row) => row.name);
  if (off.length > 0)
    say(
      'fault',
      `${off.join(', ')} is off: a power cut can lose data the program has confirmed. Turn it on.`,
    );
  const pending = await pendingMigrations(clinic.db);
  if (pending.length > 0) say('fault', `${pending.length} schema steps are pending; run undertone migrate.`);
}

/** Whether pages and jobs work behind the fence between clinics. */
async function lookAtFence(clinic: Clinic, say: Look): Promise<void> {
  const found = await findRole(clinic.db);
  if ('role' in found) say('ok', `Pages and jobs work as ${found.role}, which sees one clinic at a time.`);
  else say('warn', `Row-level security does not bind the program. ${found.why}`);
}

async function lookAtClock(clinic: Clinic, machine: Machine, say: Look): Promise<void> {
  const before = machine.now().getTime();
  const answer = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(clinic.db);
  const now = machine.now();
  const middle = (before + now.getTime()) / 2;
  const apartMs = Math.abs((answer.rows[0]?.now.getTime() ?? middle) - middle);
  if (now.getTime() < Date.parse('2026-01-01'))
    say('fault', 'The clock of this machine is years behind; turn on time synchronisation.');
  else if (apartMs > 5000)
    say(
      'fault',
      `The clocks of this machine and of the database are ${Math.round(apartMs / 1000)} s apart; turn on time synchronisation on both.`,
    );
  else if ((await machine.isClockKept()) === false)
    say(
      'warn',
      `${now.toISOString()}, the same in the database, but no time server keeps this clock: codes of the second step fail from half a minute off, and signatures carry a wrong time. Run timedatectl set-ntp true, and see timedatectl status.`,
    );
  else say('ok', `${now.toISOString()}, the same in the database.`);
}

/** Days before a certificate ends when somebody should look: certbot and Caddy renew 30 days before. */
const renewedBeforeDays = 21;
const dayMs = 24 * hourMs;

/** The certificates visitors are shown, by host, and those that clinics seal their papers with. */
async function lookAtCertificates(clinic: Clinic, machine: Machine, say: Look): Promise<void> {
  const now = machine.now();
  const sites = await tenantSites(clinic);
  const addresses = new Set([clinic.config.http.publicUrl, ...sites.map(({ publicUrl }) => publicUrl)]);
  for (const address of addresses) {
    const { protocol, hostname, port, host } = new URL(address);
    if (protocol !== 'https:') continue;
    const found = await machine.certificate(hostname, Number(port || 443));
    if ('unreachable' in found) {
      say(
        'warn',
        `No certificate is shown at ${host} (${found.unreachable}): see that the name points to this machine and that the proxy runs.`,
      );
      continue;
    }
    const days = Math.floor((found.validUntil.getTime() - now.getTime()) / dayMs);
    const until = found.validUntil.toISOString().slice(0, 10);
    const renew = 'see why it was not renewed (certbot renew --dry-run, or the log of Caddy)';
    if (days < 0)
      say('fault', `The certificate of ${host} ended on ${until}: browsers refuse the pages; ${renew}.`);
    else if (found.distrust !== undefined)
      say(
        'fault',
        `Browsers do not trust the certificate of ${host} (${found.distrust}): set it up anew in the proxy.`,
      );
    else if (days < renewedBeforeDays)
      say('warn', `The certificate of ${host} ends in ${days} days, on ${until}: ${renew}.`);
    else say('ok', `The certificate of ${host} is good until ${until}.`);
  }
  for (const { id, host } of sites) {
    const until = await ownSealEnds(clinic, id);
    const days = until && Math.floor((until.getTime() - now.getTime()) / dayMs);
    if (days === undefined || days >= renewedBeforeDays) continue;
    const whose = host === null ? '' : ` of ${host}`;
    say(
      'warn',
      days < 0
        ? `The certificate that seals papers${whose} has ended; papers are sealed with the program's own. Put a new one in: Desk, Setup, Certificate.`
        : `The certificate that seals papers${whose} ends in ${days} days; put a new one in: Desk, Setup, Certificate.`,
    );
  }
}

async function lookAtMail(clinic: Clinic, say: Look): Promise<void> {
  if (!clinic.mail.delivers) {
    const waiting = await readdir(join(clinic.config.home, 'outbox')).catch(() => []);
    say(
      'warn',
      `No mail leaves this machine: ${waiting.length} messages are in ${join(clinic.config.home, 'outbox')}. Set SMTP_URL.`,
    );
    return;
  }
  const checked = await clinic.mail.check();
  if (checked.ok) say('ok', 'The mail server takes mail.');
  else say('fault', checked.message);
}

/** What was to be sent and was not: a message is tried again for hours before it is given up. */
async function lookAtWaitingMail(clinic: Clinic, machine: Machine, say: Look): Promise<void> {
  const now = machine.now();
  const { rows } = await sql<{ failed: number; late: number }>`
    select count(*) filter (where state = 'failed' and settled_at > ${new Date(now.getTime() - 7 * 24 * hourMs)}) as failed,
      count(*) filter (where state = 'queued' and due_at < ${new Date(now.getTime() - hourMs)}) as late
    from messages where state in ('queued', 'failed')`.execute(clinic.db);
  const [{ failed, late } = { failed: 0, late: 0 }] = rows;
  if (late > 0)
    say(
      'warn',
      `${late} messages have been due for more than an hour: see that the clinic runs (undertone serve, or one with --worker), and that the mail server takes mail.`,
    );
  if (failed > 0)
    say(
      'warn',
      `${failed} messages of the last week were given up; the desk's first page lists them, to be corrected and sent again.`,
    );
}

/** With a server of the clinic's own there is no archive of ours: whether it keeps its own log, as far as it tells. */
async function lookAtOwnArchive(clinic: Clinic, say: Look): Promise<void> {
  const { rows } = await sql<{ mode: string; last: Date | null; failed: Date | null }>`
    select current_setting('archive_mode') as mode, last_archived_time as last, last_failed_time as failed
    from pg_stat_archiver`.execute(clinic.db);
  const [{ mode, last, failed } = { mode: 'off', last: null, failed: null }] = rows;
  if (mode === 'off')
    say(
      'warn',
      'The database server archives no log (archive_mode is off): a restore goes back to a backup, not to a minute. Let it archive (pgBackRest, WAL-G), unless its provider restores to a point in time.',
    );
  else if (failed !== null && (last === null || failed > last))
    say(
      'fault',
      `The database server's archive_command has failed since ${failed.toISOString()}: see the server's log; its disk fills until it is mended.`,
    );
  else
    say(
      'ok',
      `The database server archives its own log${last === null ? '' : `, last at ${last.toISOString()}`}.`,
    );
}

/** Of every clinic here: whether it has an owner, and whether each signs in with more than a password. */
async function lookAtOwners(clinic: Clinic, say: Look): Promise<void> {
  const tenants = await listTenants(clinic);
  if (tenants.length === 0)
    say(
      'warn',
      'There is no clinic here yet; open yours with undertone tenant add, which prints a link for its owner.',
    );
  const { rows } = await sql<{ tenant_id: string; owners: number; coded: number }>`
    select tenant_id, count(*) as owners,
      count(*) filter (where totp_confirmed_at is not null
        or exists (select 1 from staff_passkeys p where p.tenant_id = s.tenant_id and p.staff_id = s.id)) as coded
    from staff s where role = 'owner' and disabled_at is null group by 1`.execute(clinic.db);
  for (const { id, name } of tenants) {
    const { owners, coded } = rows.find((row) => row.tenant_id === id) ?? { owners: 0, coded: 0 };
    const whose = tenants.length === 1 ? '' : ` of ${name}`;
    if (owners === 0)
      say(
        'warn',
        `There is no owner${whose} yet; undertone serve and tenant add print a link to make the account.`,
      );
    else if (coded < owners)
      say(
        'warn',
        `${owners - coded} of ${owners} owners${whose} sign in with a password alone; add a code or a passkey.`,
      );
    else say('ok', `${owners} owner${owners === 1 ? '' : 's'}${whose}, each with a second factor.`);
  }
}

async function lookAtBackup(config: Config, machine: Machine, say: Look): Promise<void> {
  const last = await lastBackup(config.home);
  if (last === undefined) {
    const alone = config.database.url === undefined ? '' : ' (another machine of the clinic may make them)';
    say(
      'warn',
      `No backup was ever made here${alone}; run undertone backup DIR, best every night, and keep a copy elsewhere.`,
    );
    return;
  }
  if (!(await machine.isThere(join(last.folder, 'manifest.json')))) {
    say(
      'fault',
      `The last backup is not where it was made (${last.folder}): mount its disk again, or correct the rights on the folder; if it is gone, run undertone backup DIR now.`,
    );
    return;
  }
  const hours = (machine.now().getTime() - Date.parse(last.at)) / hourMs;
  const text = `The last backup is ${hours < 48 ? `${hours.toFixed(1)} hours` : `${Math.floor(hours / 24)} days`} old (${last.folder}).`;
  say(
    hours < 26 ? 'ok' : 'warn',
    hours < 26
      ? text
      : `${text} Make one every night; if a timer does, see what it said: journalctl -u undertone-backup.`,
  );
}

async function lookAtAnchors(config: Config, say: Look): Promise<void> {
  const path = anchorFile(config.home);
  const written = await stat(path).catch(() => undefined);
  if (written === undefined)
    say('warn', `The audit log was not anchored yet; a running clinic writes ${path} every hour.`);
  else
    say(
      'ok',
      `The audit log was last anchored ${written.mtime.toISOString()}. Copy ${path} to another machine now and then.`,
    );
}

/** Age of the archived log, and whether every part of it is there. */
async function lookAtArchive(config: Config, machine: Machine, say: Look): Promise<void> {
  if (config.database.url !== undefined) return;
  const health = await archiveHealth(config, machine.now());
  if (health.state === 'off') {
    say(
      'warn',
      'The log is not archived: a restore goes back to a backup, not to a minute. Make a backup first.',
    );
    return;
  }
  const { folder } = health;
  const state = await readArchiveState(config.home);
  const keys = presentKeyFile(config) || config.files.masterKey ? await openKeys(config) : undefined;
  if (keys !== undefined && state?.chain != null) {
    try {
      const { fault } = await readChainLines(keys, folder, state.chain);
      if (fault !== undefined) {
        say(
          'fault',
          `${fault.message}: no restore to after ${fault.wholeUntil}. Run undertone backup ${folder} now.`,
        );
        return;
      }
    } catch (error) {
      say('fault', `${(error as Error).message} Run undertone backup ${folder} now.`);
      return;
    }
  }
  const minutes = health.ageMs === undefined ? undefined : Math.round(health.ageMs / 60_000);
  const age =
    minutes === undefined ? 'Nothing was archived yet' : `The log is archived until ${minutes} min ago`;
  if (health.state === 'ok') say('ok', `${age} (${folder}).`);
  else if (health.state === 'broken')
    say(
      'fault',
      `${age}, with a gap since ${state?.brokenAt}: run undertone backup ${folder}, which begins anew.`,
    );
  else
    say(
      health.why === undefined ? 'warn' : 'fault',
      health.why === undefined
        ? `${age} (${folder}); it is archived while the clinic runs.`
        : `${age}: ${health.why} Make room in ${folder} or mend the way to it; the clinic goes on meanwhile.`,
    );
}
