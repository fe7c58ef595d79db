/** Writes a rotation into a HEIC's container, as a phone held another way does. */
import { type Box, boxes, only } from './heic-boxes.ts';

/**
 * The same HEIC turned anticlockwise by `quarterTurns` times 90 degrees: an essential `irot` property of its first item
 * (ISO/IEC 23008-12, 6.5.10). Only files whose boxes lie as heif-enc writes them are understood: `ipma` and `iloc` of
 * version 0, base offsets of four bytes.
 */
export function turnedHeic(heic: Buffer, quarterTurns: 0 | 1 | 2 | 3): Buffer {
  const meta = only(boxes(heic, 0, heic.length), 'meta');
  const inMeta = boxes(heic, meta.at + 12, meta.end);
  const iprp = only(inMeta, 'iprp');
  const iloc = only(inMeta, 'iloc');
  const inIprp = boxes(heic, iprp.at + 8, iprp.end);
  const ipco = only(inIprp, 'ipco');
  const ipma = only(inIprp, 'ipma');
  const properties = boxes(heic, ipco.at + 8, ipco.end).length;

  const irot = Buffer.from([0, 0, 0, 9, 0x69, 0x72, 0x6f, 0x74, quarterTurns]);
  // Header, version and flags, count of entries, id of the first item, its count of associations, those.
  const countAt = ipma.at + 18;
  const lastOfFirst = countAt + 1 + heic[countAt];
  const out = Buffer.from(heic);
  const grow = (box: Box, by: number) => out.writeUInt32BE(box.end - box.at + by, box.at);
  grow(ipco, irot.length);
  grow(ipma, 1);
  grow(iprp, irot.length + 1);
  grow(meta, irot.length + 1);
  out[countAt] += 1;
  moveExtents(out, iloc, irot.length + 1);
  return Buffer.concat([
    out.subarray(0, ipco.end),
    irot,
    out.subarray(ipco.end, lastOfFirst),
    Buffer.of(0x80 | (properties + 1)),
    out.subarray(lastOfFirst),
  ]);
}

/** What the items hold lies behind the boxes that grew. */
function moveExtents(bytes: Buffer, iloc: Box, by: number): void {
  if (bytes[iloc.at + 8] !== 0 || bytes.readUInt16BE(iloc.at + 12) !== 0x4440) {
    throw new Error('An iloc box of another make.');
  }
  const items = bytes.readUInt16BE(iloc.at + 14);
  let at = iloc.at + 16;
  for (let item = 0; item < items; item++) {
    // Item and data reference, base offset, count of extents, extents of eight bytes.
    bytes.writeUInt32BE(bytes.readUInt32BE(at + 4) + by, at + 4);
    at += 10 + 8 * bytes.readUInt16BE(at + 8);
  }
}
