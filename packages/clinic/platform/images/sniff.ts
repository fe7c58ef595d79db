/** Picture formats a clinic may hand in. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic';

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']);
const avifBrands = new Set(['avif', 'avis']);

/**
 * The format of a file by its first bytes, never by its name or declared type; `undefined` for anything that is not
 * on the list (SVG, GIF, TIFF, PDF, HTML, …), however well another program might read it.
 */
export function sniffFormat(bytes: Uint8Array): PhotoFormat | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (ascii(bytes, 4, 8) !== 'ftyp') return undefined;
  const boxLength = (bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
  const brands: string[] = [];
  for (let at = 8; at + 4 <= Math.min(boxLength, 64, bytes.length); at += at === 8 ? 8 : 4) {
    brands.push(ascii(bytes, at, at + 4));
  }
  if (brands.some((brand) => avifBrands.has(brand))) return 'avif';
  if (brands.some((brand) => heicBrands.has(brand))) return 'heic';
  return undefined;
}

/**
 * Width and height as the file's header states them, before any decoder runs; `undefined` when the header is not
 * where it should be. For AVIF and HEIC the largest stated image extent is taken.
 */
export function statedSize(
  bytes: Uint8Array,
  format: PhotoFormat,
): { widthPx: number; heightPx: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (format === 'png') return { widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
    if (format === 'jpeg') return jpegSize(view);
    if (format === 'webp') return webpSize(bytes, view);
    return largestExtent(bytes, view);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first start-of-frame segment. ITU-T T.81, B.2.2. */
function jpegSize(view: DataView): { widthPx: number; heightPx: number } | undefined {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { heightPx: view.getUint16(at + 5), widthPx: view.getUint16(at + 7) };
    if (marker === 0xda) return undefined;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** Lossy, lossless and extended headers. RFC 9649, section 2. */
function webpSize(bytes: Uint8Array, view: DataView): { widthPx: number; heightPx: number } | undefined {
  const chunk = ascii(bytes, 12, 16);
  if (chunk === 'VP8X') {
    const three = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    return { widthPx: three(24) + 1, heightPx: three(27) + 1 };
  }
  if (chunk === 'VP8 ') {
    return { widthPx: view.getUint16(26, true) & 0x3fff, heightPx: view.getUint16(28, true) & 0x3fff };
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { widthPx: (bits & 0x3fff) + 1, heightPx: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return undefined;
}

/** The largest `ispe` property in the file's head. ISO/IEC 23008-12, 6.5.3. */
function largestExtent(bytes: Uint8Array, view: DataView): { widthPx: number; heightPx: number } | undefined {
  let best: { widthPx: number; heightPx: number } | undefined;
  const end = Math.min(bytes.length - 16, 1 << 20);
  for (let at = 0; at < end; at++) {
    // 'ispe', then version and flags, width, height.
    if (bytes[at] !== 0x69 || bytes[at + 1] !== 0x73 || bytes[at + 2] !== 0x70 || bytes[at + 3] !== 0x65)
      continue;
    const size = { widthPx: view.getUint32(at + 8), heightPx: view.getUint32(at + 12) };
    if (!best || size.widthPx * size.heightPx > best.widthPx * best.heightPx) best = size;
  }
  return best;
}

const wholeBoxes = new Set(['ftyp', 'meta', 'mdat', 'moov', 'free', 'skip', 'uuid']);

/** Whether a file ends before its own lengths say; a JPEG states none, and its decoder notices. */
export function isCutShort(bytes: Uint8Array, format: PhotoFormat): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'png') return !hasPngEnd(view);
  if (format === 'webp') return bytes.length < 12 || view.getUint32(4, true) + 8 > bytes.length;
  return format !== 'jpeg' && endsWithinBox(bytes, view);
}

/** `IEND` as a number. */
const iend = 0x49454e44;

/** Walks the chunks to the last one. W3C PNG, 5.3. */
function hasPngEnd(view: DataView): boolean {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === iend) return true;
  }
  return false;
}

/**
 * Whether an AVIF or HEIC ends before its boxes do (ISO/IEC 14496-12, 4.2). Decoders leave the tiles of a picture that are
 * missing grey, and call it whole. What follows the boxes, as some phones append it, is not looked at.
 */
function endsWithinBox(bytes: Uint8Array, view: DataView): boolean {
  for (let at = 0; at + 8 <= bytes.length; ) {
    if (!wholeBoxes.has(ascii(bytes, at + 4, at + 8))) return false;
    const stated = view.getUint32(at);
    // 0: to the end of the file; 1: its length follows in eight bytes.
    if (stated === 0 || (stated === 1 && at + 16 > bytes.length)) return stated === 1;
    const length = stated === 1 ? Number(view.getBigUint64(at + 8)) : stated;
    if (length < 8) return false;
    at += length;
    if (at > bytes.length) return true;
  }
  return false;
}
