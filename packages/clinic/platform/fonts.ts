import { inflateSync } from 'node:zlib';

/** Unpacks WOFF 1.0 (W3C Recommendation 13 December 2012) to the TrueType file it was made from. */
export function sfntOfWoff(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== 0x774f4646) {
    throw Object.assign(new Error('Not a WOFF 1.0 font.'), { code: 'font-unreadable' as const });
  }
  const tables = woff.readUInt16BE(12);
  const entries = Array.from({ length: tables }, (_, i) => {
    const at = 44 + 20 * i;
    const offset = woff.readUInt32BE(at + 4);
    const packedBytes = woff.readUInt32BE(at + 8);
    const bytes = woff.readUInt32BE(at + 12);
    const packed = woff.subarray(offset, offset + packedBytes);
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      data: packedBytes < bytes ? inflateSync(packed) : packed,
    };
  });
  const aligned = (length: number) => (length + 3) & ~3;
  const size = entries.reduce((sum, { data }) => sum + aligned(data.length), 12 + 16 * tables);
  const sfnt = Buffer.alloc(size);
  const log = Math.floor(Math.log2(tables));
  sfnt.writeUInt32BE(woff.readUInt32BE(4), 0);
  sfnt.writeUInt16BE(tables, 4);
  sfnt.writeUInt16BE(16 << log, 6);
  sfnt.writeUInt16BE(log, 8);
  sfnt.writeUInt16BE(tables * 16 - (16 << log), 10);
  let offset = 12 + 16 * tables;
  entries.forEach(({ tag, checksum, data }, i) => {
    tag.copy(sfnt, 12 + 16 * i);
    sfnt.writeUInt32BE(checksum, 16 + 16 * i);
    sfnt.writeUInt32BE(offset, 20 + 16 * i);
    sfnt.writeUInt32BE(data.length, 24 + 16 * i);
    data.copy(sfnt, offset);
    offset += aligned(data.length);
  });
  return sfnt;
}
