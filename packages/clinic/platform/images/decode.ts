import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { env, execPath } from 'node:process';
import type { Mask, Picture } from '@undertone/engine/photo/index.ts';
import type { ChildHeader } from './decode-child.ts';
import { isCutShort, type PhotoFormat, sniffFormat, statedSize } from './sniff.ts';

export interface DecodeLimits {
  readonly maxBytes?: number;
  /** Most pixels a photo may have; 50 million is what current phones' largest modes stay under. */
  readonly maxPixels?: number;
  /** Wall-clock time for the decoder process, ms. */
  readonly wallMs?: number;
  /** What shows where the picture is transparent; white unless said. */
  readonly behind?: '#ffffff' | '#000000';
}

export interface DecodedPhoto {
  readonly ok: true;
  /** Upright, sRGB, no metadata. */
  readonly picture: Picture;
  readonly source: {
    readonly format: PhotoFormat;
    readonly bytes: number;
    /** Size as stored in the file, before it was turned upright. */
    readonly widthPx: number;
    readonly heightPx: number;
    /** Colour space found in the file, for example `srgb`, `cmyk`, `srgb with profile`. */
    readonly colour: string;
  };
}

export interface PhotoRefusal {
  readonly ok: false;
  readonly reason:
    | 'photo-empty'
    | 'photo-not-supported'
    | 'photo-too-heavy'
    | 'photo-too-many-pixels'
    | 'photo-too-small'
    | 'photo-truncated'
    | 'photo-unreadable'
    | 'photo-too-slow';
  readonly message: string;
  readonly field: 'photo';
}

const refuse = (reason: PhotoRefusal['reason'], message: string): PhotoRefusal => ({
  ok: false,
  reason,
  message,
  field: 'photo',
});

const cutShort = refuse(
  'photo-truncated',
  'The photo file ends too early: part of it is missing; copy or upload it again.',
);

/**
 * Decoders of these hold some 7.5 and 17 bytes for every pixel at once (measured: docs/science/photo.md): more pixels would
 * need more than 400 MB.
 */
const mostPixelsOf: Readonly<Partial<Record<PhotoFormat, number>>> = { webp: 40e6, avif: 18e6 };

const million = (pixels: number): string => `${(pixels / 1e6).toFixed(pixels < 1e7 ? 1 : 0)} million`;

/**
 * Bytes of a JPEG, PNG, WebP, AVIF or HEIC photo to upright sRGB pixels, decoded in a child process with limits on
 * memory, processor time and wall-clock time. Location and all other metadata are left behind. Anything else is
 * refused with a sentence that says what to do.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  limits: DecodeLimits = {},
): Promise<DecodedPhoto | PhotoRefusal> {
  const { maxBytes = 80e6, maxPixels = 50e6, wallMs = 15_000, behind = '#ffffff' } = limits;
  if (bytes.length === 0) return refuse('photo-empty', 'The photo file is empty (0 bytes); choose it again.');
  if (bytes.length > maxBytes) {
    return refuse(
      'photo-too-heavy',
      `The photo file has ${Math.ceil(bytes.length / 1e6)} MB, more than ${Math.round(maxBytes / 1e6)} MB; save it as JPEG.`,
    );
  }
  const format = sniffFormat(bytes);
  if (!format) {
    return refuse(
      'photo-not-supported',
      'The file is not a JPEG, PNG, WebP, AVIF or HEIC picture, whatever its name says; export the photo as JPEG.',
    );
  }
  const tooMany = (stated: { widthPx: number; heightPx: number }): PhotoRefusal =>
    refuse(
      'photo-too-many-pixels',
      `The photo measures ${stated.widthPx} x ${stated.heightPx}, ${million(stated.widthPx * stated.heightPx)} pixels; ` +
        `at most ${million(maxPixels)} are accepted. Make it smaller, or take it at a lower resolution.`,
    );
  const stated = statedSize(bytes, format);
  if (stated && stated.widthPx * stated.heightPx > maxPixels) return tooMany(stated);
  const most = mostPixelsOf[format];
  if (most !== undefined && stated && stated.widthPx * stated.heightPx > most) {
    return refuse(
      'photo-too-heavy',
      `The photo measures ${stated.widthPx} x ${stated.heightPx}; of ${format.toUpperCase()} at most ${million(most)} pixels can be read. Save it as JPEG.`,
    );
  }
  if (isCutShort(bytes, format)) return cutShort;

  const result = await runChild(bytes, format, Math.min(64e6, maxPixels * 1.28), wallMs, behind);
  if (result === 'too-slow') {
    return refuse(
      'photo-too-slow',
      'The photo took too long or too much memory to read and was given up; export it as a plain JPEG.',
    );
  }
  const { header, rgba } = result;
  if (header.problem === 'too-many-pixels') return tooMany(stated ?? header);
  if (header.problem === 'too-heavy') {
    return refuse(
      'photo-too-heavy',
      'The photo is a progressive JPEG or interlaced PNG with too many pixels to be read that way; save it as an ordinary (baseline) JPEG.',
    );
  }
  if (header.problem === 'truncated') return cutShort;
  if (!header.ok) {
    return refuse(
      'photo-unreadable',
      `The ${format.toUpperCase()} file is damaged and cannot be read; export the photo as JPEG.`,
    );
  }
  if (header.widthPx * header.heightPx > maxPixels) return tooMany(header);
  if (Math.min(header.widthPx, header.heightPx) < 16) {
    return refuse(
      'photo-too-small',
      `The photo measures only ${header.widthPx} x ${header.heightPx} pixels; choose the original, not an icon.`,
    );
  }
  return {
    ok: true,
    picture: { ...uprightSize(header), rgba },
    source: {
      format,
      bytes: bytes.length,
      widthPx: header.widthPx,
      heightPx: header.heightPx,
      colour: header.colour,
    },
  };
}

/** A mask from a grey or coloured picture: white belongs, black and transparent do not. Limits and refusals of a photo. */
export async function decodeMask(
  bytes: Uint8Array,
  limits: DecodeLimits = {},
): Promise<{ ok: true; mask: Mask } | PhotoRefusal> {
  const decoded = await decodePhoto(bytes, { ...limits, behind: '#000000' });
  if (!decoded.ok) return decoded;
  const { widthPx, heightPx, rgba } = decoded.picture;
  const alpha = new Uint8Array(widthPx * heightPx);
  for (let p = 0; p < alpha.length; p++) alpha[p] = rgba[4 * p + 1];
  return { ok: true, mask: { widthPx, heightPx, alpha } };
}

/** Address space and processor seconds of the child. 1,500 MB of addresses refused a good photo: docs/science/photo.md. */
const memoryBytes = 3_000_000_000;
const processorSeconds = 10;

interface ChildResult {
  readonly header: ChildHeader;
  readonly rgba: Uint8ClampedArray;
}

function runChild(
  bytes: Uint8Array,
  format: PhotoFormat,
  limitInputPixels: number,
  wallMs: number,
  behind: string,
): Promise<ChildResult | 'too-slow'> {
  // By package name, so that it is found also from a bundle.
  const script = createRequire(import.meta.url).resolve('@undertone/clinic/platform/images/decode-child.ts');
  // WebAssembly with trap handlers reserves ten gigabytes of addresses, which the memory limit would refuse.
  const node = [
    execPath,
    '--disable-wasm-trap-handler',
    '--no-warnings',
    script,
    format,
    String(limitInputPixels),
    String(bytes.length),
    behind,
  ];
  const prlimit = findOnPath('prlimit');
  const [command, ...args] = prlimit
    ? [prlimit, `--as=${memoryBytes}`, `--cpu=${processorSeconds}`, '--core=0', ...node]
    : node;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      // Nothing of our environment: no address of a database, no key. Few arenas, so that memory stays low.
      env: { MALLOC_ARENA_MAX: '2' },
    });
    const reader = pixelReader();
    let gaveUp = false;
    const timer = setTimeout(() => {
      gaveUp = true;
      child.kill('SIGKILL');
    }, wallMs);
    const [, , , pixels] = child.stdio;
    pixels?.on('data', (chunk: Buffer) => {
      if (reader.take(chunk)) return;
      gaveUp = true;
      child.kill('SIGKILL');
    });
    pixels?.on('error', () => undefined);
    child.stdin?.on('error', () => undefined);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const result = reader.finish();
      if (result) resolve(result);
      else if (gaveUp || signal || code !== 0) resolve('too-slow');
      else reject(Object.assign(new Error('The decoder process said nothing.'), { code: 'decoder-silent' }));
    });
    child.stdin?.end(bytes);
  });
}

/** Gathers header and pixels as they arrive, straight into upright RGBA, so that no second copy is held. */
function pixelReader(): { take(chunk: Buffer): boolean; finish(): ChildResult | undefined } {
  let head = Buffer.alloc(0);
  let header: ChildHeader | undefined;
  let pixels: ReturnType<typeof uprightPixels> | undefined;
  return {
    take(chunk) {
      if (pixels) return pixels.take(chunk);
      head = Buffer.concat([head, chunk]);
      if (head.length < 4 || head.length < 4 + head.readUInt32LE(0)) return head.length < 1e6;
      const end = 4 + head.readUInt32LE(0);
      header = JSON.parse(head.toString('utf8', 4, end)) as ChildHeader;
      pixels = uprightPixels(header);
      return pixels.take(head.subarray(end));
    },
    finish: () => (header && pixels?.isComplete() ? { header, rgba: pixels.rgba } : undefined),
  };
}

/** Rows of RGB as they lie in the file, laid upright as RGBA. Refuses more bytes than there are pixels. */
function uprightPixels({ widthPx, heightPx, orientation }: ChildHeader): {
  readonly rgba: Uint8ClampedArray;
  take(chunk: Uint8Array): boolean;
  isComplete(): boolean;
} {
  const count = widthPx * heightPx;
  const rgba = new Uint8ClampedArray(count * 4);
  // One store a pixel instead of four: a third of the time on 38 million pixels. Every platform of Node is little endian.
  const pixels = new Uint32Array(rgba.buffer);
  const { start, alongRow, alongColumn } = turned(widthPx, heightPx, orientation);
  let pending = new Uint8Array(0);
  let read = 0;
  let column = 0;
  let rowAt = start;
  let at = start;
  const put = (red: number, green: number, blue: number): void => {
    pixels[at] = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
    at += alongRow;
    read++;
    if (++column < widthPx) return;
    column = 0;
    rowAt += alongColumn;
    at = rowAt;
  };
  return {
    rgba,
    take(chunk) {
      if (3 * read + pending.length + chunk.length > 3 * count) return false;
      let i = 0;
      if (pending.length > 0) {
        const [first, second] = pending;
        const missing = 3 - pending.length;
        if (chunk.length < missing) {
          pending = Uint8Array.of(...pending, ...chunk);
          return true;
        }
        put(first, second ?? chunk[0], chunk[missing - 1]);
        i = missing;
      }
      for (; i + 2 < chunk.length; i += 3) put(chunk[i], chunk[i + 1], chunk[i + 2]);
      pending = chunk.slice(i);
      return true;
    },
    isComplete: () => read === count && pending.length === 0,
  };
}

/** Where the first stored pixel comes to lie, and how far the next of its row and of its column is (EXIF 2.32, 4.6.4). */
function turned(
  widthPx: number,
  heightPx: number,
  orientation: number,
): { start: number; alongRow: number; alongColumn: number } {
  const isSideways = orientation >= 5 && orientation <= 8;
  const uprightWidth = isSideways ? heightPx : widthPx;
  const last = widthPx * heightPx - 1;
  const end = uprightWidth - 1;
  // Columns of the file become rows when it lies sideways.
  const places: Readonly<Record<number, readonly [start: number, alongRow: number, alongColumn: number]>> = {
    2: [end, -1, uprightWidth],
    3: [last, -1, -uprightWidth],
    4: [last - end, 1, -uprightWidth],
    5: [0, uprightWidth, 1],
    6: [end, uprightWidth, -1],
    7: [last, -uprightWidth, -1],
    8: [last - end, -uprightWidth, 1],
  };
  const [start, alongRow, alongColumn] = places[orientation] ?? [0, 1, uprightWidth];
  return { start, alongRow, alongColumn };
}

/** Size of the picture once upright. */
function uprightSize({ widthPx, heightPx, orientation }: ChildHeader): { widthPx: number; heightPx: number } {
  const isSideways = orientation >= 5 && orientation <= 8;
  return isSideways ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
}

function findOnPath(program: string): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
}
