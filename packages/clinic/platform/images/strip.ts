import { type PhotoFormat, sniffFormat } from './sniff.ts';

/**
 * A photo file without its metadata: place, time, names, thumbnails, second pictures. The compressed pixels are
 * untouched, byte for byte; colour profile and orientation stay, since without them the picture looks different.
 * `undefined` when the file is not one of ours or its structure cannot be followed: store nothing then.
 */
export function stripLocation(bytes: Uint8Array): Uint8Array | undefined {
  const format = sniffFormat(bytes);
  if (!format) return undefined;
  try {
    return strippers[format](bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const strippers: Record<PhotoFormat, (bytes: Uint8Array) => Uint8Array | undefined> = {
  jpeg: stripJpeg,
  png: stripPng,
  webp: stripWebp,
  avif: blankHeif,
  heic: blankHeif,
};

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const text = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** A TIFF block holding nothing but an orientation 1..8 (TIFF 6.0; Exif 2.32, 4.6.4). */
function orientationOnly(orientation: number): Uint8Array {
  const header = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const noNext = [0, 0, 0, 0];
  return Uint8Array.from([header, entry, noNext].flat());
}

/** The orientation in a TIFF block; 1 when it says none. */
function orientationIn(tiff: Uint8Array): number {
  const view = viewOf(tiff);
  const little = text(tiff, 0, 2) === 'II';
  if (!little && text(tiff, 0, 2) !== 'MM') return 1;
  const at = view.getUint32(4, little);
  const count = view.getUint16(at, little);
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + 12 * i;
    if (view.getUint16(entry, little) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/**
 * Keeps APP0 (JFIF), APP2 with a colour profile, APP14 (Adobe: says how CMYK is stored) and the coded picture; drops
 * every other APPn and comment, and whatever follows the end of image (phones append second pictures with their own
 * place). ITU-T T.81, annex B.
 */
function stripJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let orientation = 1;
  let at = 2;
  for (;;) {
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at++;
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xd9) {
      kept.push(bytes.subarray(at, at + 2));
      break;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return undefined;
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1 && text(bytes, at + 4, at + 10) === 'Exif\0\0') {
      orientation = orientationOrOne(bytes.subarray(at + 10, end));
    }
    const isProfile = marker === 0xe2 && text(bytes, at + 4, at + 16) === 'ICC_PROFILE\0';
    const isApp = marker >= 0xe0 && marker <= 0xef;
    if ((!isApp && marker !== 0xfe) || marker === 0xe0 || marker === 0xee || isProfile) kept.push(segment);
    at = end;
    if (marker !== 0xda) continue;
    // Entropy-coded data runs to the next marker that is neither stuffing nor a restart.
    const start = at;
    while (
      !(bytes[at] === 0xff && bytes[at + 1] !== 0 && !(bytes[at + 1] >= 0xd0 && bytes[at + 1] <= 0xd7))
    ) {
      if (++at >= bytes.length) return undefined;
    }
    kept.push(bytes.subarray(start, at));
  }
  if (orientation !== 1) {
    const tiff = orientationOnly(orientation);
    const length = 2 + 6 + tiff.length;
    const app1 = Uint8Array.of(
      0xff,
      0xe1,
      length >> 8,
      length & 255,
      ...new TextEncoder().encode('Exif\0\0'),
      ...tiff,
    );
    kept.splice(1, 0, app1);
  }
  return join(kept);
}

function orientationOrOne(tiff: Uint8Array): number {
  try {
    return orientationIn(tiff);
  } catch (error) {
    // A damaged block says nothing; the pixels are still good.
    if (error instanceof RangeError) return 1;
    throw error;
  }
}

const pngKeeps = new Set([
  'IHDR',
  'PLTE',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'cICP',
  'sBIT',
  'pHYs',
  'IDAT',
  'IEND',
]);

/** Keeps what the pixels need; an orientation in `eXIf` is written again alone. PNG 3rd edition, section 11. */
function stripPng(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  let orientation = 1;
  for (let at = 8; ; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return undefined;
    const kind = text(bytes, at + 4, at + 8);
    if (kind === 'eXIf') orientation = orientationOrOne(bytes.subarray(at + 8, end - 4));
    if (pngKeeps.has(kind)) kept.push(bytes.subarray(at, end));
    at = end;
    if (kind === 'IEND') break;
  }
  if (orientation !== 1) kept.splice(2, 0, pngChunk('eXIf', orientationOnly(orientation)));
  return join(kept);
}

function pngChunk(kind: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = viewOf(chunk);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(kind), 4);
  chunk.set(data, 8);
  let crc = 0xffffffff;
  for (let i = 4; i < 8 + data.length; i++) {
    crc ^= chunk[i];
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  view.setUint32(8 + data.length, ~crc >>> 0);
  return chunk;
}

/** Keeps picture, animation, alpha and profile chunks; an orientation is written again alone. RFC 9649, 2.7. */
function stripWebp(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const end = Math.min(bytes.length, 8 + view.getUint32(4, true));
  const kept: Uint8Array[] = [bytes.slice(0, 12)];
  let orientation = 1;
  let flags: Uint8Array | undefined;
  for (let at = 12; at + 8 <= end; ) {
    const size = view.getUint32(at + 4, true);
    const next = at + 8 + size + (size & 1);
    if (at + 8 + size > bytes.length) return undefined;
    const kind = text(bytes, at, at + 4);
    const chunk = bytes.slice(at, Math.min(next, bytes.length));
    if (kind === 'EXIF') {
      const body = chunk.subarray(8);
      orientation = orientationOrOne(text(body, 0, 4) === 'Exif' ? body.subarray(6) : body);
    }
    if (['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'].includes(kind)) kept.push(chunk);
    if (kind === 'VP8X') flags = chunk;
    at = next;
  }
  if (flags) flags[8] &= ~0x0c;
  if (flags && orientation !== 1) {
    flags[8] |= 0x08;
    const tiff = orientationOnly(orientation);
    const chunk = new Uint8Array(8 + tiff.length);
    chunk.set(new TextEncoder().encode('EXIF'));
    viewOf(chunk).setUint32(4, tiff.length, true);
    chunk.set(tiff, 8);
    kept.push(chunk);
  }
  const out = join(kept);
  viewOf(out).setUint32(4, out.length - 8, true);
  return out;
}

/**
 * AVIF and HEIC keep metadata as items found through tables of offsets, so nothing may move: the bytes of every `Exif`
 * and `mime` (XMP) item are overwritten, Exif by an empty TIFF, the rest by spaces. Orientation lives in the
 * container (`irot`, `imir`) and stays. ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, annex A.
 */
function blankHeif(bytes: Uint8Array): Uint8Array | undefined {
  const out = bytes.slice();
  const view = viewOf(out);
  const meta = boxesIn(view, 0, out.length).find((box) => box.kind === 'meta');
  if (!meta) return undefined;
  const inner = boxesIn(view, meta.start + 4, meta.end);
  const info = inner.find((box) => box.kind === 'iinf');
  const places = inner.find((box) => box.kind === 'iloc');
  if (!info || !places) return undefined;
  const idat = inner.find((box) => box.kind === 'idat');
  const wanted = new Map<number, string>();
  const wide = view.getUint8(info.start) > 0;
  for (const entry of boxesIn(view, info.start + (wide ? 8 : 6), info.end)) {
    if (entry.kind !== 'infe') continue;
    const version = view.getUint8(entry.start);
    if (version < 2) continue;
    const id = version === 2 ? view.getUint16(entry.start + 4) : view.getUint32(entry.start + 4);
    const kind = text(out, entry.start + (version === 2 ? 8 : 10), entry.start + (version === 2 ? 12 : 14));
    if (kind === 'Exif' || kind === 'mime') wanted.set(id, kind);
  }
  for (const extent of extentsOf(view, places, wanted)) {
    const base = extent.inIdat ? (idat?.start ?? Number.NaN) : 0;
    const from = base + extent.offset;
    if (!(from >= 0 && from + extent.length <= out.length)) return undefined;
    out.fill(0x20, from, from + extent.length);
    if (extent.kind === 'Exif' && extent.length >= 18) {
      out.fill(0, from, from + extent.length);
      out.set([0, 0, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0], from);
    }
  }
  return out;
}

interface HeifBox {
  readonly kind: string;
  /** First byte after size and kind. */
  readonly start: number;
  readonly end: number;
}

function boxesIn(view: DataView, from: number, to: number): HeifBox[] {
  const boxes: HeifBox[] = [];
  for (let at = from; at + 8 <= to; ) {
    let size = view.getUint32(at);
    const kind = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    let head = 8;
    if (size === 1) {
      size = Number(view.getBigUint64(at + 8));
      head = 16;
    } else if (size === 0) size = to - at;
    if (size < head || at + size > to) throw new RangeError(`box ${kind}`);
    boxes.push({ kind, start: at + head, end: at + size });
    at += size;
  }
  return boxes;
}

function* extentsOf(
  view: DataView,
  places: HeifBox,
  wanted: ReadonlyMap<number, string>,
): Generator<{ kind: string; offset: number; length: number; inIdat: boolean }> {
  const version = view.getUint8(places.start);
  let at = places.start + 4;
  const sizes = view.getUint16(at);
  const [offsetSize, lengthSize, baseSize, indexSize] = [12, 8, 4, 0].map((shift) => (sizes >> shift) & 15);
  at += 2;
  const number = (size: number): number => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + view.getUint8(at++);
    return value;
  };
  const count = number(version < 2 ? 2 : 4);
  for (let i = 0; i < count; i++) {
    const id = number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : number(2) & 15;
    number(2);
    const base = number(baseSize);
    const extents = number(2);
    for (let k = 0; k < extents; k++) {
      if (version > 0 && indexSize > 0) number(indexSize);
      const offset = base + number(offsetSize);
      const length = number(lengthSize);
      const kind = wanted.get(id);
      if (kind) yield { kind, offset, length, inIdat: method === 1 };
    }
  }
}
