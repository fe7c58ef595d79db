import { createHash, randomBytes } from 'node:crypto';

/** A secret handed to one person, and what is kept of it. */
export interface Token {
  /** 16 bytes of tenant and 32 random ones, in base64url: 64 characters. */
  readonly text: string;
  /** SHA-256 of the text: what the database holds, so that a copy of it opens no session. */
  readonly hash: Buffer;
}

/** The tenant travels in the token, so that it is looked up by (tenant, hash) like everything else. */
export function newToken(tenantId: string): Token {
  const tenant = Buffer.from(tenantId.replaceAll('-', ''), 'hex');
  const text = Buffer.concat([tenant, randomBytes(32)]).toString('base64url');
  return { text, hash: hashToken(text) };
}

export function hashToken(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The tenant and hash of a token a request brought, or undefined when it cannot be one of ours. */
export function readToken(text: string): { tenantId: string; hash: Buffer } | undefined {
  if (!/^[A-Za-z0-9_-]{64}$/.test(text)) return undefined;
  const hex = Buffer.from(text, 'base64url').subarray(0, 16).toString('hex');
  const tenantId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { tenantId, hash: hashToken(text) };
}

// Without 0, 1, I, L, O and U: a code is read from paper.
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

const codeLetters = 24;

/** A recovery code such as `7K2M-QX4D-9RTB-3HWC-V6JN-8PZE`: 24 of 30 letters, 117 bits (ASVS 6.5.2 asks 112). */
export function newRecoveryCode(): string {
  const letters: string[] = [];
  while (letters.length < codeLetters) {
    // 240 is the largest multiple of 30 in a byte: values above it would favour the first letters.
    for (const byte of randomBytes(32)) {
      if (byte < 240 && letters.length < codeLetters) letters.push(codeAlphabet[byte % 30] ?? '');
    }
  }
  return letters.join('').replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** A recovery code as it is compared: capitals, without spaces and dashes. */
export function normalRecoveryCode(code: string): string {
  return code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
}
