/** Boxes of ISO base media files (ISO/IEC 14496-12, 4.2), as far as the test files need them. */

export interface Box {
  readonly at: number;
  readonly end: number;
  readonly kind: string;
}

/** Boxes that lie one after the other between two places. */
export function boxes(bytes: Buffer, from: number, to: number): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const end = at + bytes.readUInt32BE(at);
    found.push({ at, end, kind: bytes.toString('latin1', at + 4, at + 8) });
    at = end;
  }
  return found;
}

export function only(found: readonly Box[], kind: string): Box {
  const box = found.find((one) => one.kind === kind);
  if (!box) throw new Error(`The HEIC has no ${kind} box.`);
  return box;
}

/** A box of these parts, with its length and name before them. */
export function boxOf(kind: string, ...parts: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** The same with version and flags. */
export const fullBoxOf = (
  kind: string,
  version: number,
  flags: number,
  ...parts: readonly (Buffer | readonly number[])[]
): Buffer => boxOf(kind, [version, flags >> 16, (flags >> 8) & 255, flags & 255], ...parts);

/** A number in two or four bytes, most significant first. */
export const u16 = (value: number): readonly number[] => [value >> 8, value & 255];
export const u32 = (value: number): readonly number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
