import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { isCommonPassword } from './common-passwords.ts';
import { passwordFault } from './rules.ts';

const derive = promisify(argon2);

// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, 2 passes, 1 lane. 36–45 ms here, off the event loop.
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const hashBytes = 32;

/** A hash in the PHC form: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. The password is normalised (NFKC) first. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await argon2id(password, salt, cost, hashBytes);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

/** Whether the password is the hashed one. With no hash, works as long and answers false. */
export async function isPassword(password: string, phc: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    phc ?? '',
  );
  if (parts === null) {
    await argon2id(password, randomBytes(saltBytes), cost, hashBytes);
    return false;
  }
  const [, memory, passes, parallelism, salt = '', stated = ''] = parts;
  const expected = Buffer.from(stated, 'base64');
  const settings = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const hash = await argon2id(password, Buffer.from(salt, 'base64'), settings, expected.length);
  return timingSafeEqual(hash, expected);
}

/** Why a password that is about to be set is refused: the rules, and the list of those found in breaches. */
export async function newPasswordFault(
  password: string,
  about: readonly string[],
): Promise<string | undefined> {
  const fault = passwordFault(password, about);
  if (fault !== undefined || !(await isCommonPassword(password))) return fault;
  return 'This password is on lists of stolen ones; use a sentence of your own.';
}

function argon2id(password: string, salt: Buffer, settings: typeof cost, length: number): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  return derive('argon2id', { message, nonce: salt, tagLength: length, ...settings });
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
