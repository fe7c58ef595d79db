/** What a backup says of itself: its signed manifest, the folder of backups, and what the data folder remembers. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Keys } from './keys.ts';
import { writeSynced } from './wal-archive.ts';

/** A file of a backup, by its path in the backup's folder or in the folder of files. */
const storedFile = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() });
export type StoredFile = z.infer<typeof storedFile>;

const manifestShape = z.object({
  format: z.literal('undertone/backup'),
  // 2 says how the archived log goes on from it. 3 holds rows, table by table, instead of a cluster (table-copies.ts).
  version: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  at: z.iso.datetime(),
  /** Version of the database server; restoring a cluster needs the same major one. */
  server: z.string(),
  masterKeyId: z.string(),
  /** The key of base.seal, sealed with the master key, base64. */
  wrappedKey: z.string(),
  base: storedFile,
  files: z.array(storedFile),
  log: z
    .object({
      /** The chain of the archive that goes on from here. */
      chain: z.string(),
      timeline: z.number().int().positive(),
      /** Begin of the first and end of the last of the log files in the backup. */
      from: z.string(),
      to: z.string(),
      /** From this instant on the backup is whole: the earliest a restore can go back to with it. */
      until: z.iso.datetime(),
    })
    .optional(),
  /** Zone of the clinic's wall clock (IANA), in which an instant to restore may be told. */
  zone: z.string().optional(),
});
export type Manifest = z.infer<typeof manifestShape>;

const signed = z.object({ manifest: manifestShape, mac: z.string() });

/** What the data folder remembers of its last backup. */
const lastShape = z.object({
  at: z.iso.datetime(),
  folder: z.string(),
  bytes: z.number(),
  chain: z.string().optional(),
});

/** Remembers a backup that was proven, for `doctor`. */
export async function noteBackup(
  home: string,
  {
    folder,
    manifest,
    bytesWritten,
  }: { readonly folder: string; readonly manifest: Manifest; readonly bytesWritten: number },
): Promise<void> {
  const last = { at: manifest.at, folder, bytes: bytesWritten, chain: manifest.log?.chain };
  await writeSynced(join(home, 'last-backup.json'), `${JSON.stringify(last)}\n`);
}

/** The last proven backup of this data folder. */
export async function lastBackup(home: string): Promise<z.infer<typeof lastShape> | undefined> {
  const text = await readFile(join(home, 'last-backup.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = lastShape.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

/**
 * Reads a backup's manifest: of the folder itself, or of the newest backup in it.
 * @throws `restore-refused` when there is none, it was altered, or it belongs to another master key.
 */
export async function readManifest(
  keys: Keys,
  from: string,
): Promise<{ folder: string; root: string; manifest: Manifest }> {
  const here = resolve(from);
  const folder = (await stat(join(here, 'manifest.json')).catch(() => undefined))
    ? here
    : await newestFolder(here);
  if (folder === undefined)
    throw refuse('restore', `${here} holds no backup; name the folder that was given to undertone backup.`);
  const text = await readFile(join(folder, 'manifest.json'), 'utf8');
  const parsed = signed.safeParse(parseJson(text));
  if (!parsed.success)
    throw refuse('restore', `${folder}/manifest.json is not a manifest this version can read.`);
  const { manifest, mac } = parsed.data;
  if (manifest.masterKeyId !== keys.id) {
    throw refuse(
      'restore',
      `the backup was made under master key ${manifest.masterKeyId}, the key at hand is ${keys.id}; give the key the clinic had then (--key FILE, or UNDERTONE_MASTER_KEY).`,
    );
  }
  if (mac !== macOf(keys, manifest)) throw refuse('restore', `${folder}/manifest.json was altered.`);
  return { folder, root: dirname(folder), manifest };
}

/** The backups of a folder that this key opens, oldest first, and how many there are that it does not. */
export async function listBackups(
  keys: Keys,
  root: string,
): Promise<{ readonly backups: readonly { folder: string; manifest: Manifest }[]; readonly others: number }> {
  const backups: { folder: string; manifest: Manifest }[] = [];
  let others = 0;
  for (const folder of await backupFolders(root)) {
    try {
      backups.push(await readManifest(keys, folder));
    } catch {
      others++;
    }
  }
  return { backups, others };
}

async function newestFolder(root: string): Promise<string | undefined> {
  return (await backupFolders(root)).at(-1);
}

/** The folders of finished backups, oldest first. */
export async function backupFolders(root: string): Promise<readonly string[]> {
  const names = await readdir(root).catch(() => []);
  return names
    .filter((name) => /^\d{4}-\d\d-\d\dT[\d-]+Z$/.test(name))
    .sort()
    .map((name) => join(root, name));
}

/** The newest manifest, unproven: only a hint which copies need not be made again. */
export async function newestManifest(root: string): Promise<Manifest | undefined> {
  const folder = await newestFolder(root);
  return folder === undefined ? undefined : parseManifest(folder);
}

/** A manifest as it stands, without the key it is signed with; undefined when it cannot be read. */
export async function parseManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '');
  const parsed = signed.safeParse(parseJson(text));
  return parsed.success ? parsed.data.manifest : undefined;
}

function macOf(keys: Keys, manifest: Manifest): string {
  return keys.sign('backup-manifest', JSON.stringify(manifestShape.parse(manifest))).toString('base64url');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The manifest as it is written, signed with the clinic's key. */
export function signedManifest(keys: Keys, manifest: Manifest): string {
  return `${JSON.stringify({ manifest, mac: macOf(keys, manifest) })}\n`;
}

export function refuse(what: 'backup' | 'restore', message: string): Error {
  return Object.assign(new Error(message), { code: `${what}-refused` as const });
}
