import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from './config.ts';
import { parseMasterKey } from './recovery-key.ts';

/**
 * The clinic's secrets, all derived from one master key of 32 bytes. The master key is kept outside the database
 * and outside every backup; without it the encrypted photographs and documents cannot be read by anyone.
 */
export interface Keys {
  /** Names the master key without telling it: stored beside everything sealed with it. */
  readonly id: string;
  /** Encrypts a short secret (AES-256-GCM) for one purpose, bound to `context`; a seal moved elsewhere will not open. */
  seal(purpose: string, context: string, plain: Uint8Array): Buffer;
  /** @throws `seal-broken` when the bytes, the purpose, the context or the key are not those it was sealed with. */
  open(purpose: string, context: string, sealed: Uint8Array): Buffer;
  /**
   * HMAC-SHA-256 for one purpose: 32 bytes. It stays the same when the master key is changed, so that links that were
   * sent and opt-outs that were kept still hold.
   */
  mac(purpose: string, message: string | Uint8Array): Buffer;
  /** As {@link mac}, bound to this very master key: for what is checked before there is a database, as a backup is. */
  sign(purpose: string, message: string | Uint8Array): Buffer;
}

type Place = Pick<Config, 'home' | 'secrets'>;

/** The file that holds the master key when UNDERTONE_MASTER_KEY is not set. */
export function masterKeyFile({ secrets }: Pick<Config, 'secrets'>): string {
  return join(secrets, 'master.key');
}

/** Where the master key lay before it had a folder of its own, and lies still where that folder cannot be made. */
export function innerKeyFile({ home }: Pick<Config, 'home'>): string {
  return join(home, 'secrets', 'master.key');
}

/** The file the master key is in now; undefined when there is none. */
export function presentKeyFile(place: Place): string | undefined {
  return [masterKeyFile(place), innerKeyFile(place)].find((path) => existsSync(path));
}

/**
 * Reads the master key, or makes one on first start in a file only its owner may read.
 * @throws `master-key-unreadable` when the file is there but is not a key, or two files hold different ones.
 */
export async function openKeys(config: Place & Pick<Config, 'files'>): Promise<Keys> {
  return keysOf(await readMasterKey(config));
}

/** The master key itself, 32 bytes. @throws as {@link openKeys} */
export async function readMasterKey(config: Place & Pick<Config, 'files'>): Promise<Buffer> {
  if (config.files.masterKey !== undefined) return Buffer.from(config.files.masterKey, 'base64');
  const path = await settleKeyFile(config);
  const master = parseMasterKey(await readSecret(path, () => randomBytes(32).toString('base64')));
  if (master.ok) return master.key;
  throw unreadable(
    `${path} does not hold a master key: ${master.message} Put the printed recovery key there.`,
  );
}

/**
 * Decides where the key lies, and moves one that lies in the data folder out of it: the copy is whole and on disk
 * before the original goes, so that a power cut leaves at least one. Where the folder of secrets cannot be made
 * (nothing was said about it, and the folder above is not ours), the key stays in the data folder; `doctor` says so.
 */
async function settleKeyFile(config: Place): Promise<string> {
  const [outer, inner] = [masterKeyFile(config), innerKeyFile(config)];
  if (outer === inner) return outer;
  const mayStay = config.secrets === `${config.home}-secrets`;
  if (!existsSync(inner)) {
    if (existsSync(outer) || !mayStay) return outer;
    return (await canMake(config.secrets)) ? outer : inner;
  }
  const key = await readFile(inner, 'utf8');
  if (!existsSync(outer)) {
    try {
      await readSecret(outer, () => key.trim());
    } catch (error) {
      if (mayStay && isForbidden(error)) return inner;
      throw error;
    }
  }
  if ((await readFile(outer, 'utf8')).trim() !== key.trim()) {
    throw unreadable(
      `${outer} and ${inner} hold different master keys. Keep the one the clinic's files were encrypted with, and move the other elsewhere.`,
    );
  }
  await rm(inner, { force: true });
  await syncFolder(dirname(inner));
  return outer;
}

async function canMake(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return true;
  } catch (error) {
    if (isForbidden(error)) return false;
    throw error;
  }
}

function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as { code?: string }).code ?? '');
}

function unreadable(message: string): Error {
  return Object.assign(new Error(message), { code: 'master-key-unreadable' as const });
}

/**
 * Reads a one-line secret; if the file is missing, makes it (mode 600, in a folder of mode 700). It gets its name only
 * when it is whole and on disk, and of several programs that start at once one wins.
 */
export async function readSecret(path: string, make: () => string): Promise<string> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) {
    const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
    await writeSecret(unfinished, make());
    try {
      await link(unfinished, path);
      await rm(unfinished);
    } catch (error) {
      const { code } = error as { code?: string };
      // A disk without hard links: a rename does as well when nobody else starts at this moment.
      if (code === 'EEXIST') await rm(unfinished);
      else await rename(unfinished, path);
    }
    await syncFolder(folder);
  }
  return (await readFile(path, 'utf8')).trim();
}

/** Writes a one-line secret anew, for its owner alone, and syncs it. */
export async function writeSecret(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Brings the names in a folder to the disk. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows cannot open a folder for syncing
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The secrets that follow from a master key of 32 bytes.
 * @param root what {@link Keys.mac} derives from: the first master key this clinic had. Default the master key itself.
 */
export function keysOf(master: Uint8Array, root: Uint8Array = master): Keys {
  const derive = (from: Uint8Array, purpose: string) =>
    Buffer.from(hkdfSync('sha256', from, '', `undertone/${purpose}`, 32));
  const hmac = (from: Uint8Array, purpose: string, message: string | Uint8Array) =>
    createHmac('sha256', derive(from, purpose)).update(message).digest();
  return {
    id: createHash('sha256').update('undertone/key-id').update(master).digest('hex').slice(0, 16),
    seal: (purpose, context, plain) => sealWith(derive(master, purpose), context, plain),
    open: (purpose, context, sealed) => openWith(derive(master, purpose), context, sealed),
    mac: (purpose, message) => hmac(root, purpose, message),
    sign: (purpose, message) => hmac(master, purpose, message),
  };
}

// A seal is nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes). Random nonces: far below 2^32 seals per key (NIST SP 800-38D).
function sealWith(key: Buffer, context: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openWith(key: Buffer, context: string, sealed: Uint8Array): Buffer {
  try {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch (error) {
    throw Object.assign(
      new Error('a sealed secret does not open: it was altered, moved, or sealed with another master key', {
        cause: error,
      }),
      { code: 'seal-broken' as const },
    );
  }
}
