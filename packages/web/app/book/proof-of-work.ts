/** Solves an ALTCHA challenge (version 2, PBKDF2) with WebCrypto: in the visitor's browser, or in Node. */

export interface WorkChallenge {
  readonly parameters: {
    readonly algorithm: string;
    /** PBKDF2 iterations of one try. */
    readonly cost: number;
    /** Octets. */
    readonly keyLength?: number;
    /** Hexadecimal beginning of the key that is looked for. */
    readonly keyPrefix: string;
    readonly nonce: string;
    readonly salt: string;
  };
  readonly signature?: string;
}

/**
 * Counts up from 0 until the key derived from nonce and counter begins as asked.
 * @returns base64 of challenge and solution, as `POST /api/v1/bookings` takes it; undefined where the browser offers
 * no WebCrypto (a page without https) or when `signal` stops the work.
 */
export async function solveWork(challenge: WorkChallenge, signal?: AbortSignal): Promise<string | undefined> {
  const { algorithm, cost, keyLength = 32, keyPrefix, nonce, salt } = challenge.parameters;
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined || !/^PBKDF2\/SHA-(256|384|512)$/.test(algorithm)) return undefined;
  const nonceBytes = bytesOf(nonce);
  const password = new Uint8Array(nonceBytes.length + 4);
  password.set(nonceBytes);
  const view = new DataView(password.buffer);
  const derivation = {
    name: 'PBKDF2',
    hash: algorithm.slice('PBKDF2/'.length),
    salt: bytesOf(salt),
    iterations: cost,
  };
  for (let counter = 0; ; counter += 1) {
    if (signal?.aborted) return undefined;
    view.setUint32(nonceBytes.length, counter);
    const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const derived = hexOf(new Uint8Array(await subtle.deriveBits(derivation, key, keyLength * 8)));
    if (!derived.startsWith(keyPrefix.toLowerCase())) continue;
    return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey: derived } }));
  }
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
