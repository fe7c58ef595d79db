/**
 * Decodes one picture in a process of its own, so that a hostile file can spend no memory or time but this
 * process's. Reads the file from stdin; writes to descriptor 3 (decoders may chat on stdout) four bytes (length, little
 * endian), a JSON header, then the pixels, three bytes each, in sRGB, as they lie in the file: the reader turns them. Holds no
 * secret and opens no file or socket.
 */
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { argv, stdin } from 'node:process';
import { iccProfileOf, toSrgb } from './icc.ts';
import type { PhotoFormat } from './sniff.ts';

export interface ChildHeader {
  readonly ok: boolean;
  /** `truncated` or `unreadable` when not ok. */
  readonly problem?: 'truncated' | 'unreadable' | 'too-many-pixels' | 'too-heavy';
  /** Size of the rows that follow, before they are turned. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** How the rows must be turned to stand upright: EXIF orientation, 1 to 8. The reader does it while it reads. */
  readonly orientation: number;
  readonly colour: string;
}

interface Decoded {
  readonly header: ChildHeader;
  /** Pixels row by row, three bytes each, in pieces of any size. */
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

const failed = (problem: ChildHeader['problem']): Decoded => ({
  header: {
    ok: false,
    ...(problem ? { problem } : {}),
    widthPx: 0,
    heightPx: 0,
    orientation: 1,
    colour: '',
  },
  pieces: [],
});

const loaders: Record<Exclude<PhotoFormat, 'heic'>, string> = {
  jpeg: 'VipsForeignLoadJpegBuffer',
  png: 'VipsForeignLoadPngBuffer',
  webp: 'VipsForeignLoadWebpBuffer',
  avif: 'VipsForeignLoadHeifBuffer',
};

/**
 * Progressive JPEGs and interlaced PNGs are held whole while they are read. What they and the file leave of the budget is
 * for pixels: a picture too large for it is made in bands, each with a reading of its own; what leaves too little is refused.
 */
const heldWhole = { budgetBytes: 285e6, mostBytes: 180e6 };

/** Bytes a pixel that libjpeg keeps of a progressive JPEG: two for each component, fewer where colour is halved. */
function coefficientBytes({
  channels,
  chromaSubsampling,
}: {
  channels: number;
  chromaSubsampling?: string;
}): number {
  if (chromaSubsampling?.startsWith('4:2:0')) return 2 * (channels - 2) + 1;
  if (chromaSubsampling?.startsWith('4:2:2')) return 2 * (channels - 2) + 2;
  return 2 * channels;
}

async function decodeWithSharp(
  bytes: Buffer,
  format: Exclude<PhotoFormat, 'heic'>,
  limitInputPixels: number,
  background: string,
): Promise<Decoded> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(2);
  // Only the one loader that matches the sniffed bytes may run.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: [loaders[format]] });
  const open = () => sharp(bytes, { limitInputPixels, failOn: 'error', pages: 1, sequentialRead: true });
  const stored = await open().metadata();
  const { width, height } = stored;
  let bandRows = height;
  if (stored.isProgressive && (format === 'jpeg' || format === 'png')) {
    const perPixel =
      format === 'jpeg' ? coefficientBytes(stored) : stored.channels * (stored.depth === 'ushort' ? 2 : 1);
    const held = width * height * perPixel;
    if (held > heldWhole.mostBytes) return failed('too-heavy');
    bandRows = Math.min(height, Math.ceil((heldWhole.budgetBytes - bytes.length - held) / 3 / width));
    // A second reading of so large a PNG takes seconds.
    if (format === 'png' && bandRows < height) return failed('too-heavy');
  }
  // Embedded profiles (Display P3, CMYK, …) are applied here; metadata is not carried into raw pixels.
  const band = async (top: number): Promise<{ rgb: Uint8Array; widthPx: number; heightPx: number }> => {
    const rows = Math.min(bandRows, height - top);
    const image = open();
    if (rows < height) image.extract({ left: 0, top, width, height: rows });
    const { data, info } = await image
      .toColourspace('srgb')
      .flatten({ background })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return {
      rgb: info.channels === 3 ? data : spread(data, info.channels),
      widthPx: info.width,
      heightPx: info.height,
    };
  };
  let first: Awaited<ReturnType<typeof band>> | undefined = await band(0);
  const header: ChildHeader = {
    ok: true,
    widthPx: first.widthPx,
    heightPx: bandRows < height ? height : first.heightPx,
    // AVIF is turned by its container, which the decoder has done.
    orientation: format === 'avif' ? 1 : (stored.orientation ?? 1),
    colour: stored.icc ? `${stored.space} with profile` : stored.space,
  };
  async function* pieces() {
    for (let top = 0; top < height; top += bandRows) {
      const { rgb } = first ?? (await band(top));
      first = undefined;
      yield rgb;
    }
  }
  return { header, pieces: pieces() };
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
    header: { ok: true, widthPx, heightPx, orientation: 1, colour: icc ? 'rgb with profile' : 'srgb' },
    pieces: piecesOf(target.data),
  };
}

/** Four channels to three, a piece at a time, so that no second picture is held. */
function* piecesOf(rgba: Uint8ClampedArray): Generator<Uint8Array> {
  const bytes = 4_000_000;
  for (let from = 0; from < rgba.length; from += bytes) yield spread(rgba.subarray(from, from + bytes), 4);
}

async function send({ header, pieces }: Decoded): Promise<void> {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const out = createWriteStream('', { fd: 3 });
  const write = (piece: Uint8Array) => new Promise<void>((resolve) => out.write(piece, () => resolve()));
  await write(Buffer.concat([length, json]));
  for await (const piece of pieces) {
    await write(piece);
    // Given back at once: pixels lie outside the heap, so the collector is in no hurry.
    if (piece.buffer instanceof ArrayBuffer) piece.buffer.transfer(0);
  }
  out.end();
}

/** The file, straight into one buffer: gathered from pieces it would lie in memory twice. */
async function readAll(size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let at = 0;
  for await (const piece of stdin as AsyncIterable<Buffer>) at += piece.copy(bytes, at);
  return bytes.subarray(0, at);
}

const format = argv[2] as PhotoFormat;
const limitInputPixels = Number(argv[3]);
const bytes = await readAll(Number(argv[4]));
const background = argv[5] ?? '#ffffff';
try {
  await send(
    format === 'heic'
      ? await decodeHeic(bytes, limitInputPixels)
      : await decodeWithSharp(bytes, format, limitInputPixels, background),
  );
} catch (error) {
  const text = (error as Error).message;
  if (/pixel limit/i.test(text)) await send(failed('too-many-pixels'));
  else if (/premature|truncat|unexpected end|not enough|end of (file|stream)|incomplete/i.test(text))
    await send(failed('truncated'));
  else await send(failed('unreadable'));
}
