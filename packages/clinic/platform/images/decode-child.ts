/**
 * Decodes one picture in a process of its own, so that a hostile file can spend no memory or time but this
 * process's. Reads the file from stdin; writes to descriptor 3 (decoders may chat on stdout) four bytes (length, little endian), a JSON header, then the pixels,
 * three bytes each, upright, in sRGB. Holds no secret and opens no file or socket.
 */
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { argv, stdin } from 'node:process';
import { buffer } from 'node:stream/consumers';
import { iccProfileOf, toSrgb } from './icc.ts';
import type { PhotoFormat } from './sniff.ts';

export interface ChildHeader {
  readonly ok: boolean;
  /** `truncated` or `unreadable` when not ok. */
  readonly problem?: 'truncated' | 'unreadable' | 'too-many-pixels';
  readonly widthPx: number;
  readonly heightPx: number;
  /** Size as stored, before turning upright. */
  readonly storedWidthPx: number;
  readonly storedHeightPx: number;
  readonly colour: string;
}

interface Decoded {
  readonly header: ChildHeader;
  readonly rgb: Uint8Array;
}

const failed = (problem: ChildHeader['problem']): Decoded => ({
  header: {
    ok: false,
    ...(problem ? { problem } : {}),
    widthPx: 0,
    heightPx: 0,
    storedWidthPx: 0,
    storedHeightPx: 0,
    colour: '',
  },
  rgb: new Uint8Array(0),
});

const loaders: Record<Exclude<PhotoFormat, 'heic'>, string> = {
  jpeg: 'VipsForeignLoadJpegBuffer',
  png: 'VipsForeignLoadPngBuffer',
  webp: 'VipsForeignLoadWebpBuffer',
  avif: 'VipsForeignLoadHeifBuffer',
};

async function decodeWithSharp(
  bytes: Buffer,
  format: Exclude<PhotoFormat, 'heic'>,
  limitInputPixels: number,
): Promise<Decoded> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(2);
  // Only the one loader that matches the sniffed bytes may run.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: [loaders[format]] });
  const image = sharp(bytes, { limitInputPixels, failOn: 'error', pages: 1, sequentialRead: true });
  const stored = await image.metadata();
  // Embedded profiles (Display P3, CMYK, …) are applied here; metadata is not carried into raw pixels.
  const { data, info } = await image
    .autoOrient()
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const rgb = info.channels === 3 ? data : spread(data, info.channels);
  return {
    header: {
      ok: true,
      widthPx: info.width,
      heightPx: info.height,
      storedWidthPx: stored.width,
      storedHeightPx: stored.height,
      colour: stored.icc ? `${stored.space} with profile` : stored.space,
    },
    rgb,
  };
}

/** One or four channels to three. */
function spread(data: Uint8Array | Uint8ClampedArray, channels: number): Uint8Array {
  const count = data.length / channels;
  const rgb = new Uint8Array(count * 3);
  for (let p = 0; p < count; p++) {
    for (let c = 0; c < 3; c++) rgb[p * 3 + c] = data[p * channels + (channels < 3 ? 0 : c)];
  }
  return rgb;
}

interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean | number;
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (result: { data: Uint8ClampedArray } | null) => void,
  ): void;
}

/** libheif turns the picture by the container's own rotation; the EXIF orientation inside is rightly ignored. */
async function decodeHeic(bytes: Buffer, limitInputPixels: number): Promise<Decoded> {
  const require = createRequire(import.meta.url);
  const libheif = require('libheif-js/wasm-bundle') as {
    HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
    ready?: Promise<unknown>;
  };
  await libheif.ready;
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
  if (!image) return failed('unreadable');
  const widthPx = image.get_width();
  const heightPx = image.get_height();
  if (widthPx * heightPx > limitInputPixels) return failed('too-many-pixels');
  const target = { data: new Uint8ClampedArray(widthPx * heightPx * 4), width: widthPx, height: heightPx };
  const shown = await new Promise<boolean>((resolve) =>
    image.display(target, (result) => resolve(result !== null)),
  );
  if (!shown) return failed('truncated');
  const icc = iccProfileOf(bytes);
  if (icc) toSrgb(target.data, icc);
  return {
    header: {
      ok: true,
      widthPx,
      heightPx,
      storedWidthPx: widthPx,
      storedHeightPx: heightPx,
      colour: icc ? 'rgb with profile' : 'srgb',
    },
    rgb: spread(target.data, 4),
  };
}

function send({ header, rgb }: Decoded): void {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const out = createWriteStream('', { fd: 3 });
  out.write(length);
  out.write(json);
  out.end(rgb);
}

const format = argv[2] as PhotoFormat;
const limitInputPixels = Number(argv[3]);
const bytes = await buffer(stdin);
try {
  send(
    format === 'heic'
      ? await decodeHeic(bytes, limitInputPixels)
      : await decodeWithSharp(bytes, format, limitInputPixels),
  );
} catch (error) {
  const text = (error as Error).message;
  if (/pixel limit/i.test(text)) send(failed('too-many-pixels'));
  else if (/premature|truncat|unexpected end|not enough|end of (file|stream)|incomplete/i.test(text))
    send(failed('truncated'));
  else send(failed('unreadable'));
}
