import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import type { Config } from './config.ts';
import type { Db } from './database.ts';
import {
  type Keys,
  keysOf,
  masterKeyFile,
  presentKeyFile,
  readMasterKey,
  readSecret,
  syncFolder,
} from './keys.ts';
import { parseMasterKey } from './recovery-key.ts';

type Settings = Pick<Config, 'home' | 'secrets' | 'files'>;

/** The file of the key in use, or the one it would have. */
function keyFile(config: Settings): string {
  return presentKeyFile(config) ?? masterKeyFile(config);
}

/** The key that is to follow, while a change of keys is under way. */
export function nextKeyFile(config: Settings): string {
  return `${keyFile(config)}.next`;
}

/** Where a key that was replaced is kept, for the backups made under it. */
export function retiredKeyFile(config: Settings, id: string): string {
  return `${keyFile(config)}.until-${id}`;
}

/**
 * The clinic's keys, checked against the database: the master key must be the one its secrets are sealed with. A change
 * of keys that was cut off after the database had changed is completed here. A key is made only for a database that has
 * none.
 * @throws `master-key-wrong`; `master-key-unreadable`.
 */
export async function openClinicKeys(config: Settings, db: Db, now: Date): Promise<Keys> {
  const inUse = await masterKeyInUse(db);
  const isGiven = config.files.masterKey !== undefined;
  const mayMake = inUse === undefined;
  const master =
    mayMake || isGiven || presentKeyFile(config) !== undefined ? await readMasterKey(config) : undefined;
  const keys = master && keysOf(master);
  if (inUse === undefined && master !== undefined && keys !== undefined) {
    if (await hasRing(db)) await noteMasterKey(db, keys, master, now);
    return keys;
  }
  if (master !== undefined && keys?.id === inUse?.id) {
    if (inUse?.sealedRoot !== undefined) return keysOf(master, openRoot(keysOf(master), inUse.sealedRoot));
    if (await hasRing(db)) await noteMasterKey(db, keysOf(master), master, now);
    return keysOf(master);
  }
  const next = await readNext(config);
  if (next !== undefined && inUse?.sealedRoot !== undefined && keysOf(next).id === inUse.id) {
    if (!isGiven) await settleNext(config);
    return keysOf(next, openRoot(keysOf(next), inUse.sealedRoot));
  }
  throw Object.assign(
    new Error(
      `the clinic's data is sealed with master key ${inUse?.id}, but ${keys === undefined ? 'there is no key at hand' : `the key at hand is ${keys.id}`}. Put the clinic's own key, or the printed recovery key, into ${keyFile(config)} or UNDERTONE_MASTER_KEY.`,
    ),
    { code: 'master-key-wrong' as const },
  );
}

/** Gives the next key the name of the present one, of which a copy is kept under the name of its own id. */
export async function settleNext(config: Settings): Promise<void> {
  const [present, next] = [keyFile(config), nextKeyFile(config)];
  if (existsSync(present)) {
    const text = (await readFile(present, 'utf8')).trim();
    const old = parseMasterKey(text);
    if (old.ok) await readSecret(retiredKeyFile(config, keysOf(old.key).id), () => text);
  }
  await rename(next, present);
  await syncFolder(dirname(present));
}

/** The key to follow that an earlier, interrupted change left, if any. */
export async function readNext(config: Settings): Promise<Buffer | undefined> {
  const path = nextKeyFile(config);
  if (!existsSync(path)) return undefined;
  const read = parseMasterKey(await readFile(path, 'utf8'));
  return read.ok ? read.key : undefined;
}

/** Forgets a next key that never came into use. */
export async function dropNext(config: Settings): Promise<void> {
  await rm(nextKeyFile(config), { force: true });
}

export function sealRoot(keys: Keys, root: Uint8Array): Buffer {
  return keys.seal('mac-root', keys.id, root);
}

export function openRoot(keys: Keys, sealed: Uint8Array): Buffer {
  return keys.open('mac-root', keys.id, sealed);
}

/** The master key the data is sealed with. Data from before this was kept says it by its files alone. */
export async function masterKeyInUse(
  db: Db,
): Promise<{ readonly id: string; readonly sealedRoot?: Buffer } | undefined> {
  if (await hasRing(db)) {
    const { rows } = await sql<{ id: string; sealed_root: Buffer }>`
      select id, sealed_root from platform.master_keys where in_use`.execute(db);
    const [row] = rows;
    if (row !== undefined) return { id: row.id, sealedRoot: row.sealed_root };
  }
  if (!(await isThere(db, 'files'))) return undefined;
  const { rows } = await sql<{ id: string }>`select master_key_id as id from files limit 1`.execute(db);
  return rows[0];
}

async function noteMasterKey(db: Db, keys: Keys, root: Uint8Array, now: Date): Promise<void> {
  await sql`insert into platform.master_keys (id, sealed_root, in_use, since)
    values (${keys.id}, ${sealRoot(keys, root)}, true, ${now}) on conflict do nothing`.execute(db);
}

function hasRing(db: Db): Promise<boolean> {
  return isThere(db, 'platform.master_keys');
}

async function isThere(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(
    db,
  );
  return rows[0]?.there ?? false;
}
