import { createHash } from 'node:crypto';

/*
 * The master key as a person can copy it by hand: four lines, each of 8 bytes of the key and 2 bytes that check them and
 * the line's place, in Crockford's base 32 (no I, L, O or U; https://www.crockford.com/base32.html), in groups of four.
 * A slip of the pen is found, with its line; one in 65,536 is not, and the name of the key then differs.
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const lines = 4;
const keyBytesPerLine = 8;
const checkBytes = 2;
const charactersPerLine = ((keyBytesPerLine + checkBytes) * 8) / 5;

/** The printable form: four lines of four groups of four characters. @param key 32 bytes */
export function recoveryKeyLines(key: Uint8Array): readonly string[] {
  return Array.from({ length: lines }, (_, line) => {
    const part = key.subarray(line * keyBytesPerLine, (line + 1) * keyBytesPerLine);
    return toBase32(Buffer.concat([part, check(line, part)])).replaceAll(/(.{4})(?=.)/g, '$1-');
  });
}

/**
 * Reads a master key in either form: base64 as in the key file, or the printed recovery key, in any spacing and case;
 * I and L are read as 1, O as 0. Lines that begin with `#` are passed over.
 */
export function parseMasterKey(
  text: string,
): { readonly ok: true; readonly key: Buffer } | { readonly ok: false; readonly message: string } {
  const given = text
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'))
    .join('\n')
    .trim();
  if (/^[A-Za-z0-9+/]{43}=$/.test(given)) {
    const key = Buffer.from(given, 'base64');
    if (key.length === 32) return { ok: true, key };
  }
  const letters = given.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  if (letters.length !== lines * charactersPerLine || !/^[0-9A-HJKMNP-TV-Z]+$/.test(letters)) {
    return {
      ok: false,
      message: 'it is neither 32 bytes in base64 nor a recovery key of 64 letters and digits.',
    };
  }
  const parts: Buffer[] = [];
  for (let line = 0; line < lines; line++) {
    const bytes = fromBase32(letters.slice(line * charactersPerLine, (line + 1) * charactersPerLine));
    const part = bytes.subarray(0, keyBytesPerLine);
    if (!check(line, part).equals(bytes.subarray(keyBytesPerLine))) {
      return { ok: false, message: `line ${line + 1} of the recovery key was copied wrongly.` };
    }
    parts.push(part);
  }
  return { ok: true, key: Buffer.concat(parts) };
}

function check(line: number, part: Uint8Array): Buffer {
  return createHash('sha256')
    .update(`undertone/recovery-key/${line}`)
    .update(part)
    .digest()
    .subarray(0, checkBytes);
}

function toBase32(bytes: Buffer): string {
  const bits = BigInt(`0x${bytes.toString('hex')}`);
  const digits = (bytes.length * 8) / 5;
  return Array.from({ length: digits }, (_, i) =>
    alphabet.charAt(Number((bits >> BigInt((digits - 1 - i) * 5)) & 31n)),
  ).join('');
}

function fromBase32(text: string): Buffer {
  let bits = 0n;
  for (const one of text) bits = (bits << 5n) | BigInt(alphabet.indexOf(one));
  return Buffer.from(bits.toString(16).padStart((text.length * 5) / 4, '0'), 'hex');
}
