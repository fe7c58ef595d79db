/**
 * Makes the files that try a picture decoder: good ones in every dress a camera uses, and hostile ones. Generated, not
 * stored, so that a bomb of 144 million pixels weighs nothing in the repository.
 */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

export interface TortureFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `picture`: must decode to this size; else the refusals that are right. */
  readonly expect:
    | { readonly widthPx: number; readonly heightPx: number }
    | { readonly reasons: readonly string[] };
}

/** A string that must never survive in anything decoded, stripped or encoded. */
export const secretPlace = 'SECRET-PLACE-26.7271N';

const widthPx = 64;
const heightPx = 48;

/** Red, green, blue, white quarters: tells every orientation apart. */
function quarters(): Buffer {
  const rgb = Buffer.alloc(widthPx * heightPx * 3);
  const colours = [
    [220, 40, 40],
    [40, 180, 60],
    [40, 60, 200],
    [230, 230, 230],
  ];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const colour = colours[(y < heightPx / 2 ? 0 : 2) + (x < widthPx / 2 ? 0 : 1)];
      rgb.set(colour, (y * widthPx + x) * 3);
    }
  }
  return rgb;
}

const source = () => sharp(quarters(), { raw: { width: widthPx, height: heightPx, channels: 3 } });
/** The quarters over 8000 x 4800 pixels: more than a progressive JPEG's coefficients and pixels may take together. */
const large = () => source().resize(8_000, 4_800, { fit: 'fill', kernel: 'nearest' });
const gps = {
  IFD0: { ImageDescription: secretPlace, Copyright: secretPlace },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '26/1 43/1 37/1' },
};
const size = { widthPx, heightPx };
const turned = { widthPx: heightPx, heightPx: widthPx };

export async function tortureFiles(): Promise<TortureFile[]> {
  const jpeg = await source().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
  const png = await source().png().toBuffer();
  const webp = await source().webp({ lossless: true }).toBuffer();
  const avif = await source().avif({ quality: 90 }).toBuffer();
  const files: TortureFile[] = [
    { name: 'jpeg', bytes: jpeg, expect: size },
    { name: 'png', bytes: png, expect: size },
    { name: 'webp lossless', bytes: webp, expect: size },
    { name: 'webp lossy', bytes: await source().webp().toBuffer(), expect: size },
    { name: 'avif', bytes: avif, expect: size },
    { name: 'progressive jpeg', bytes: await source().jpeg({ progressive: true }).toBuffer(), expect: size },
    { name: 'interlaced png', bytes: await source().png({ progressive: true }).toBuffer(), expect: size },
    { name: 'grey jpeg', bytes: await source().greyscale().jpeg().toBuffer(), expect: size },
    { name: 'palette png', bytes: await source().png({ palette: true }).toBuffer(), expect: size },
    {
      name: '16-bit png',
      bytes: await source().toColourspace('rgb16').png().toBuffer(),
      expect: size,
    },
    { name: 'png with alpha', bytes: await source().ensureAlpha(0.5).png().toBuffer(), expect: size },
    {
      name: 'cmyk jpeg',
      bytes: await source().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer(),
      expect: size,
    },
    {
      name: 'display-p3 jpeg',
      bytes: await source().withIccProfile('p3').jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer(),
      expect: size,
    },
    { name: 'display-p3 png', bytes: await source().withIccProfile('p3').png().toBuffer(), expect: size },
  ];
  for (let orientation = 1; orientation <= 8; orientation++) {
    files.push({
      name: `orientation ${orientation}`,
      bytes: await source()
        .withExif({ ...gps, IFD0: { ...gps.IFD0, Orientation: String(orientation) } })
        .withMetadata({ orientation })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toBuffer(),
      expect: orientation >= 5 ? turned : size,
    });
  }
  files.push(
    { name: 'gps jpeg', bytes: await source().withExif(gps).jpeg().toBuffer(), expect: size },
    { name: 'gps png', bytes: await source().withExif(gps).png().toBuffer(), expect: size },
    { name: 'gps webp', bytes: await source().withExif(gps).webp().toBuffer(), expect: size },
    { name: 'gps avif', bytes: await source().withExif(gps).avif().toBuffer(), expect: size },
    { name: 'jpeg with script after its end', bytes: after(jpeg, '<script>alert(1)</script>'), expect: size },
    { name: 'jpeg with a page in a comment', bytes: withComment(jpeg, '<html><body>x'), expect: size },
    { name: 'png with a zip after its end', bytes: after(png, 'PK\u0003\u0004'), expect: size },
    { name: 'empty', bytes: new Uint8Array(0), expect: { reasons: ['photo-empty'] } },
    { name: 'text', bytes: bytesOf('this is not a picture'), expect: { reasons: ['photo-not-supported'] } },
    {
      name: 'page named as jpeg',
      bytes: bytesOf('<!doctype html><img src=x>'),
      expect: { reasons: ['photo-not-supported'] },
    },
    { name: 'huge svg', bytes: bytesOf(hugeSvg()), expect: { reasons: ['photo-not-supported'] } },
    {
      name: 'svg that reads files',
      bytes: bytesOf(readingSvg()),
      expect: { reasons: ['photo-not-supported'] },
    },
    { name: 'gif', bytes: await source().gif().toBuffer(), expect: { reasons: ['photo-not-supported'] } },
    { name: 'tiff', bytes: await source().tiff().toBuffer(), expect: { reasons: ['photo-not-supported'] } },
    {
      name: 'half a jpeg',
      bytes: await cutInHalf('jpeg'),
      expect: { reasons: ['photo-truncated', 'photo-unreadable'] },
    },
    {
      name: 'half a png',
      bytes: await cutInHalf('png'),
      expect: { reasons: ['photo-truncated', 'photo-unreadable'] },
    },
    {
      name: 'half a webp',
      bytes: await cutInHalf('webp'),
      expect: { reasons: ['photo-truncated', 'photo-unreadable'] },
    },
    {
      name: 'half an avif',
      bytes: await cutInHalf('avif'),
      expect: { reasons: ['photo-truncated', 'photo-unreadable'] },
    },
    {
      name: 'three bytes of a jpeg',
      bytes: jpeg.subarray(0, 3),
      expect: { reasons: ['photo-truncated', 'photo-unreadable'] },
    },
    {
      name: 'header only of a png',
      bytes: png.subarray(0, 33),
      expect: { reasons: ['photo-truncated', 'photo-unreadable'] },
    },
    {
      name: 'png header of 100,000 x 100,000',
      bytes: pngOf(100_000, 100_000, Buffer.alloc(16)),
      expect: { reasons: ['photo-too-many-pixels'] },
    },
    {
      name: 'jpeg header of 65,500 x 65,500',
      bytes: jpegHeader(65_500, 65_500),
      expect: { reasons: ['photo-too-many-pixels'] },
    },
    {
      name: 'png of 60 million pixels',
      bytes: pngOf(10_000, 6_000, Buffer.alloc(6_000 * 1251)),
      expect: { reasons: ['photo-too-many-pixels'] },
    },
    {
      name: 'avif of 144 million pixels',
      bytes: await avifSaying(12_000, 12_000),
      expect: { reasons: ['photo-too-many-pixels'] },
    },
    {
      name: 'avif of 49 million pixels',
      bytes: await avifSaying(7_000, 7_000),
      expect: { reasons: ['photo-too-heavy'] },
    },
    {
      name: 'webp of 49 million pixels',
      bytes: webpHeader(7_000, 7_000),
      expect: { reasons: ['photo-too-heavy'] },
    },
    {
      name: 'webp of 100 million pixels',
      bytes: webpHeader(10_000, 10_000),
      expect: { reasons: ['photo-too-many-pixels'] },
    },
    {
      name: 'heic that is only a header',
      bytes: heicHeader(),
      expect: { reasons: ['photo-truncated', 'photo-unreadable'] },
    },
    {
      name: 'icon',
      bytes: await source().resize(8, 8).png().toBuffer(),
      expect: { reasons: ['photo-too-small'] },
    },
    {
      name: 'png whose rows lie',
      bytes: pngOf(4_000, 4_000, Buffer.alloc(100)),
      expect: { reasons: ['photo-truncated', 'photo-unreadable'] },
    },
    {
      name: 'png of 49 million pixels',
      bytes: pngOf(7_000, 7_000, Buffer.alloc(7_000 * 876)),
      expect: { widthPx: 7_000, heightPx: 7_000 },
    },
    {
      name: 'progressive jpeg of 38 million pixels on its side',
      bytes: await large().withMetadata({ orientation: 6 }).jpeg({ progressive: true }).toBuffer(),
      expect: { widthPx: 4_800, heightPx: 8_000 },
    },
    {
      name: 'progressive jpeg of 38 million pixels with colour in every one',
      bytes: await large().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
      expect: { reasons: ['photo-too-heavy'] },
    },
  );
  return files;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const after = (bytes: Uint8Array, tail: string): Uint8Array => Buffer.concat([bytes, bytesOf(tail)]);

function withComment(jpeg: Uint8Array, comment: string): Uint8Array {
  const length = comment.length + 2;
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Uint8Array.of(0xff, 0xfe, length >> 8, length & 255),
    bytesOf(comment),
    jpeg.subarray(2),
  ]);
}

/** The first half of a picture large and detailed enough that half of it is really missing. */
async function cutInHalf(format: 'jpeg' | 'png' | 'webp' | 'avif'): Promise<Uint8Array> {
  const side = 400;
  const noise = Buffer.alloc(side * side * 3);
  for (let i = 0, state = 1; i < noise.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    noise[i] = state >>> 24;
  }
  const whole = await sharp(noise, { raw: { width: side, height: side, channels: 3 } })
    .toFormat(format)
    .toBuffer();
  return whole.subarray(0, whole.length >> 1);
}

/** A one-bit grey PNG of any stated size over the given unpacked rows. */
function pngOf(wide: number, high: number, rows: Buffer): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(wide, 0);
  header.writeUInt32BE(high, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  out.writeUInt32BE(~crc >>> 0, body.length + 4);
  return out;
}

function jpegHeader(wide: number, high: number): Uint8Array {
  const size = [high >> 8, high & 255, wide >> 8, wide & 255];
  const components = [3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, size, components, 0xff, 0xd9].flat());
}

function webpHeader(wide: number, high: number): Uint8Array {
  const out = Buffer.alloc(30);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(22, 4);
  out.write('WEBPVP8X', 8, 'latin1');
  out.writeUInt32LE(10, 16);
  out.writeUIntLE(wide - 1, 24, 3);
  out.writeUIntLE(high - 1, 27, 3);
  return out;
}

/** A small AVIF whose stated extent is rewritten. */
async function avifSaying(widthPx: number, heightPx: number): Promise<Uint8Array> {
  const bytes = Buffer.from(await source().avif().toBuffer());
  const at = bytes.indexOf('ispe', 0, 'latin1');
  bytes.writeUInt32BE(widthPx, at + 8);
  bytes.writeUInt32BE(heightPx, at + 12);
  return bytes;
}

function heicHeader(): Uint8Array {
  const out = Buffer.alloc(64);
  out.writeUInt32BE(24, 0);
  out.write('ftypheic', 4, 'latin1');
  out.write('mif1heic', 16, 'latin1');
  return out;
}

const hugeSvg = (): string =>
  '<svg xmlns="http://www.w3.org/2000/svg" width="100000" height="100000"><rect width="100%" height="100%"/></svg>';
const readingSvg = (): string =>
  '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg><text>&x;</text></svg>';
