/*
 * Strings of PDF (ISO 32000-1, 7.3.4): literal `(…)`, whose parentheses stand as they are while they are balanced, or
 * hexadecimal `<…>`.
 */

const literal = Array.from({ length: 8 }).reduce<string>(
  (inner) => String.raw`\((?:\\[\s\S]|[^\\()]|${inner})*\)`,
  String.raw`\((?:\\[\s\S]|[^\\()])*\)`,
);

/** Source of a pattern for one string with its delimiters; alternatives differ in their first letter: it is linear. */
export const pdfString = String.raw`(?:${literal}|<[0-9A-Fa-f]*>)`;

const short: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The bytes of a string given with its delimiters. */
export function bytesOfString(string: string): Buffer {
  const inside = string.slice(1, -1);
  if (string.startsWith('<')) return Buffer.from(inside, 'hex');
  const plain = inside.replaceAll(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (short[code] ?? code),
  );
  return Buffer.from(plain, 'latin1');
}
