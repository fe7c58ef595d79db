import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

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
  /** HMAC-SHA-256 for one purpose: 32 bytes. */
  mac(purpose: string, message: string | Uint8Array): Buffer;
}

/** The file that holds the master key when UNDERTONE_MASTER_KEY is not set. */
export function masterKeyFile(home: string): string {
  return join(home, 'secrets', 'master.key');
}

/**
 * Reads the master key, or makes one on first start in a file only its owner may read.
 * @throws `master-key-unreadable` when the file is there but is not 32 bytes in base64.
 */
export async function openKeys(config: Pick<Config, 'home' | 'files'>): Promise<Keys> {
  if (config.files.masterKey !== undefined) return keysOf(Buffer.from(config.files.masterKey, 'base64'));
  const path = masterKeyFile(config.home);
  const written = await readSecret(path, () => randomBytes(32).toString('base64'));
  const master = Buffer.from(written, 'base64');
  if (master.length !== 32) {
    throw Object.assign(
      new Error(
        `the master key in ${path} is not 32 bytes in base64; put the printed recovery key back there.`,
      ),
      { code: 'master-key-unreadable' as const },
    );
  }
  return keysOf(master);
}

/** Reads a one-line secret; if the file is missing, makes it (mode 600, in a folder of mode 700) and syncs it to disk. */
export async function readSecret(path: string, make: () => string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(`${make()}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  return (await readFile(path, 'utf8')).trim();
}

/** The secrets that follow from a master key of 32 bytes. */
export function keysOf(master: Uint8Array): Keys {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, '', `undertone/${purpose}`, 32));
  return {
    id: createHash('sha256').update('undertone/key-id').update(master).digest('hex').slice(0, 16),
    seal: (purpose, context, plain) => sealWith(derive(purpose), context, plain),
    open: (purpose, context, sealed) => openWith(derive(purpose), context, sealed),
    mac: (purpose, message) => createHmac('sha256', derive(purpose)).update(message).digest(),
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
