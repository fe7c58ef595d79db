import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Picture } from '@undertone/engine/photo/index.ts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readMatrixProfile, toSrgb } from './icc.ts';
import {
  type DecodedPhoto,
  decodeMask,
  decodePhoto,
  encodeJpeg,
  encodeMaskPng,
  encodePng,
  encodeWebp,
  sniffFormat,
  stripLocation,
} from './index.ts';
import { gridHeic } from './testing/heic-grid.ts';
import { turnedHeic } from './testing/heic-turn.ts';
import { secretPlace, type TortureFile, tortureFiles } from './testing/torture.ts';

const photo = (name: string) =>
  readFile(fileURLToPath(new URL(`../../../engine/fixtures/photos/${name}`, import.meta.url)));

const files = await tortureFiles();
const named = (name: string): TortureFile => {
  const file = files.find((f) => f.name === name);
  if (!file) throw new Error(`no torture file "${name}"`);
  return file;
};

async function decoded(bytes: Uint8Array): Promise<DecodedPhoto> {
  const result = await decodePhoto(bytes);
  if (!result.ok) throw new Error(result.message);
  return result;
}

/** Mean colour of a quarter: 0 top left, 1 top right, 2 bottom left, 3 bottom right. */
function quarter({ widthPx, heightPx, rgba }: Picture, which: number): number[] {
  const x0 = Math.round(widthPx * (which % 2 === 0 ? 0.1 : 0.6));
  const y0 = Math.round(heightPx * (which < 2 ? 0.1 : 0.6));
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = y0; y < y0 + heightPx * 0.25; y++) {
    for (let x = x0; x < x0 + widthPx * 0.25; x++) {
      for (let c = 0; c < 3; c++) sum[c] += rgba[(y * widthPx + x) * 4 + c];
      count++;
    }
  }
  return sum.map((s) => s / count);
}

const quarterColours = [
  [220, 40, 40],
  [40, 180, 60],
  [40, 60, 200],
  [230, 230, 230],
];

/** The largest error of any quarter's mean, in levels. */
function worstQuarter(picture: Picture): number {
  const errors = quarterColours.flatMap((colour, q) =>
    quarter(picture, q).map((value, c) => Math.abs(value - colour[c])),
  );
  return Math.max(...errors);
}

describe('every file of the torture set ends in a picture or a plain refusal', () => {
  const good = files.flatMap(({ name, bytes, expect: e }) =>
    'reasons' in e ? [] : [[name, bytes, e] as const],
  );
  const bad = files.flatMap(({ name, bytes, expect: e }) =>
    'reasons' in e ? [[name, bytes, e.reasons] as const] : [],
  );

  it.each(good)('%s is shown at its size', async (_, bytes, size) => {
    const { picture } = await decoded(bytes);
    expect([picture.widthPx, picture.heightPx]).toEqual([size.widthPx, size.heightPx]);
    expect(picture.rgba.length).toBe(size.widthPx * size.heightPx * 4);
  });

  it.each(bad)('%s is refused with what to do', async (_, bytes, reasons) => {
    const result = await decodePhoto(bytes);
    expect(result).toMatchObject({ ok: false, field: 'photo' });
    expect(reasons).toContain('reason' in result ? result.reason : 'decoded');
    expect('message' in result ? result.message : '').toMatch(/\b(choose|save|export|make|take|copy)\b/i);
  });

  it('holds at least forty files', () => {
    expect(files.length).toBeGreaterThanOrEqual(40);
  });
});

describe('decoding keeps what the camera saw', () => {
  it('turns all eight orientations upright', async () => {
    // Which quarter of the stored picture comes to lie at top left, top right, bottom left, bottom right.
    const moves = [
      [0, 1, 2, 3],
      [1, 0, 3, 2],
      [3, 2, 1, 0],
      [2, 3, 0, 1],
      [0, 2, 1, 3],
      [2, 0, 3, 1],
      [3, 1, 2, 0],
      [1, 3, 0, 2],
    ];
    for (let orientation = 1; orientation <= 8; orientation++) {
      const { picture, source } = await decoded(named(`orientation ${orientation}`).bytes);
      expect([source.widthPx, source.heightPx]).toEqual([64, 48]);
      moves[orientation - 1].forEach((from, to) => {
        quarter(picture, to).forEach((value, c) => {
          expect(Math.abs(value - quarterColours[from][c])).toBeLessThan(8);
        });
      });
    }
  });

  it('turns a large progressive JPEG, read in bands, without a seam', async () => {
    const { picture, source } = await decoded(
      named('progressive jpeg of 38 million pixels on its side').bytes,
    );
    expect([source.widthPx, source.heightPx]).toEqual([8_000, 4_800]);
    [2, 0, 3, 1].forEach((from, to) => {
      quarter(picture, to).forEach((value, c) => {
        expect(Math.abs(value - quarterColours[from][c])).toBeLessThan(8);
      });
    });
  });

  it('shows the same colours whichever format and profile carried them', async () => {
    for (const name of ['png', 'webp lossless', '16-bit png', 'palette png', 'display-p3 png']) {
      expect(worstQuarter((await decoded(named(name).bytes)).picture)).toBeLessThanOrEqual(2);
    }
    for (const name of ['jpeg', 'avif', 'display-p3 jpeg', 'progressive jpeg', 'webp lossy']) {
      expect(worstQuarter((await decoded(named(name).bytes)).picture)).toBeLessThanOrEqual(8);
    }
  });

  it('converts CMYK instead of showing its inks as light', async () => {
    const { picture, source } = await decoded(named('cmyk jpeg').bytes);
    expect(source.colour).toContain('cmyk');
    // Printing inks cannot hold these colours; hue must stay, depth may not.
    const [red, green, blue, white] = [0, 1, 2, 3].map((q) => quarter(picture, q));
    expect(red[0]).toBeGreaterThan(red[1] + 80);
    expect(green[1]).toBeGreaterThan(green[0] + 30);
    expect(blue[2]).toBeGreaterThan(blue[0] + 40);
    expect(Math.min(...white)).toBeGreaterThan(200);
  });

  it('returns lossless pixels exactly after PNG', async () => {
    const { picture } = await decoded(named('png').bytes);
    const again = (await decoded(await encodePng(picture))).picture;
    expect(Buffer.compare(Buffer.from(again.rgba.buffer), Buffer.from(picture.rgba.buffer))).toBe(0);
  });

  it('returns a mask exactly after PNG', async () => {
    const alpha = Uint8Array.from({ length: 40 * 30 }, (_, i) => (i * 7) % 256);
    const result = await decodeMask(await encodeMaskPng({ widthPx: 40, heightPx: 30, alpha }));
    if (!result.ok) throw new Error(result.message);
    expect(result.mask.alpha).toEqual(alpha);
  });
});

describe('a mask drawn on a transparent layer', () => {
  it('holds what was painted white, not the layer', async () => {
    const painted = Buffer.alloc(40 * 30 * 4, 255);
    for (let p = 0; p < 40 * 30; p++) painted[4 * p + 3] = p % 40 < 10 ? 255 : 0;
    const png = await sharp(painted, { raw: { width: 40, height: 30, channels: 4 } })
      .png()
      .toBuffer();
    const result = await decodeMask(png);
    if (!result.ok) throw new Error(result.message);
    expect(result.mask.alpha).toEqual(Uint8Array.from({ length: 1200 }, (_, p) => (p % 40 < 10 ? 255 : 0)));
  });
});

describe('a file cut short anywhere', () => {
  it.each(['png', 'webp', 'jpeg', 'progressive jpeg'])('%s says that part is missing', async (name) => {
    const { bytes } = named(name === 'webp' ? 'webp lossy' : name);
    for (let tenth = 1; tenth < 10; tenth += 4) {
      const result = await decodePhoto(bytes.subarray(0, Math.floor((bytes.length * tenth) / 10)));
      expect(result).toMatchObject({ ok: false, reason: 'photo-truncated' });
    }
  });
});

describe('no place survives', () => {
  const holds = (bytes: Uint8Array, needle: string): boolean => Buffer.from(bytes).includes(needle);

  it.each(['gps jpeg', 'gps png', 'gps webp', 'gps avif'])(
    '%s loses it without touching a pixel',
    async (name) => {
      const { bytes } = named(name);
      expect(holds(bytes, secretPlace)).toBe(true);
      const stripped = stripLocation(bytes);
      if (!stripped) throw new Error('could not be followed');
      expect(holds(stripped, secretPlace)).toBe(false);
      const before = (await decoded(bytes)).picture;
      const now = (await decoded(stripped)).picture;
      expect(Buffer.compare(Buffer.from(now.rgba.buffer), Buffer.from(before.rgba.buffer))).toBe(0);
    },
  );

  it('keeps the way up and the colour profile', async () => {
    for (const name of [
      ...Array.from({ length: 8 }, (_, i) => `orientation ${i + 1}`),
      'display-p3 jpeg',
      'display-p3 png',
      'cmyk jpeg',
    ]) {
      const { bytes } = named(name);
      const stripped = stripLocation(bytes);
      if (!stripped) throw new Error(`${name} could not be followed`);
      expect(holds(stripped, secretPlace)).toBe(false);
      const before = (await decoded(bytes)).picture;
      const now = (await decoded(stripped)).picture;
      expect([now.widthPx, now.heightPx]).toEqual([before.widthPx, before.heightPx]);
      expect(Buffer.compare(Buffer.from(now.rgba.buffer), Buffer.from(before.rgba.buffer))).toBe(0);
    }
  });

  it('drops what follows the end of a JPEG', () => {
    const stripped = stripLocation(named('jpeg with script after its end').bytes);
    expect(stripped && holds(stripped, '<script>')).toBe(false);
  });

  it('gives nothing to store for a file it cannot follow', () => {
    for (const name of ['half a jpeg', 'half a png', 'text', 'huge svg', 'three bytes of a jpeg']) {
      expect(stripLocation(named(name).bytes)).toBeUndefined();
    }
  });

  it('writes none into previews', async () => {
    const { picture } = await decoded(named('gps jpeg').bytes);
    for (const bytes of [await encodeJpeg(picture), await encodePng(picture), await encodeWebp(picture)]) {
      expect(holds(bytes, secretPlace)).toBe(false);
      expect(holds(bytes, 'Exif')).toBe(false);
    }
  });
});

describe('sniffing', () => {
  it('goes by content alone', async () => {
    expect(sniffFormat(await photo('cc0-049-woman-smile.jpg'))).toBe('jpeg');
    expect(sniffFormat(await photo('nasa-astronaut-collins.png'))).toBe('png');
    expect(sniffFormat(named('avif').bytes)).toBe('avif');
    expect(sniffFormat(named('heic that is only a header').bytes)).toBe('heic');
    expect(sniffFormat(named('tiff').bytes)).toBeUndefined();
  });
});

describe('colour profiles of HEIC', () => {
  it('converts Display P3 as the decoder of other formats does', async () => {
    const { default: sharp } = await import('sharp');
    const icc = (await sharp(named('display-p3 png').bytes).metadata()).icc;
    const profile = icc && readMatrixProfile(icc);
    if (!profile) throw new Error('no profile');
    // The stored numbers, profile ignored.
    const stored = await sharp(named('display-p3 png').bytes, { ignoreIcc: true })
      .ensureAlpha()
      .raw()
      .toBuffer();
    const rgba = new Uint8ClampedArray(stored);
    toSrgb(rgba, profile);
    expect(worstQuarter({ widthPx: 64, heightPx: 48, rgba })).toBeLessThanOrEqual(3);
  });
});

describe('HEIC as phones write it', () => {
  const heic = (name: string) => readFile(fileURLToPath(new URL(`testing/heic/${name}`, import.meta.url)));
  /** Which quarter of the stored picture comes to lie where, for each number of quarter turns anticlockwise. */
  const moves = [
    [0, 1, 2, 3],
    [1, 3, 0, 2],
    [3, 2, 1, 0],
    [2, 0, 3, 1],
  ];

  for (const name of ['quarters-exif-6.heic', 'quarters-display-p3.heic']) {
    it.each([0, 1, 2, 3] as const)(
      `${name}, turned by its container %i times, shows the PNG's colours`,
      async (turns) => {
        const straight = (await decoded(await heic('quarters.png'))).picture;
        const { picture, source } = await decoded(turnedHeic(await heic(name), turns));
        expect(source.format).toBe('heic');
        expect([picture.widthPx, picture.heightPx]).toEqual(turns % 2 === 0 ? [128, 96] : [96, 128]);
        moves[turns].forEach((from, to) => {
          const wanted = quarter(straight, from);
          quarter(picture, to).forEach((value, c) => expect(Math.abs(value - wanted[c])).toBeLessThan(4));
        });
      },
    );
  }

  it('is turned by its container alone: the EXIF orientation inside says nothing', async () => {
    const bytes = await heic('quarters-exif-6.heic');
    expect(bytes.includes('Exif')).toBe(true);
    const { picture } = await decoded(bytes);
    expect([picture.widthPx, picture.heightPx]).toEqual([128, 96]);
  });

  it('would look duller if its Display P3 were taken for sRGB', async () => {
    const bytes = await heic('quarters-display-p3.heic');
    const whole = (await decoded(bytes)).picture;
    // Another name hides the profile from every reader.
    bytes.write('free', bytes.indexOf('colr'), 'latin1');
    const without = (await decoded(bytes)).picture;
    expect(quarter(whole, 0)[0] - quarter(without, 0)[0]).toBeGreaterThan(8);
  });

  it.each([0, 1, 2, 3] as const)(
    'in tiles, cut at the edge, turned by its container %i times: every tile is where it was taken',
    async (turns) => {
      const colours = {
        red: [220, 40, 40],
        green: [40, 180, 60],
        blue: [40, 60, 200],
        white: [230, 230, 230],
      };
      const names = ['red', 'green', 'blue', 'white', 'red', 'green'] as const;
      const [columns, rows, tilePx] = [3, 2, 64];
      const [width, height] = [160, 112];
      const tiles = await Promise.all(names.map((name) => heic(`tile-${name}.heic`)));
      const bytes = gridHeic(tiles, { columns, rows, widthPx: width, heightPx: height, quarterTurns: turns });
      expect(sniffFormat(bytes)).toBe('heic');
      const { picture } = await decoded(bytes);
      expect([picture.widthPx, picture.heightPx]).toEqual(
        turns % 2 === 0 ? [width, height] : [height, width],
      );
      /** The colour at a place of the picture as it was stored. */
      const at = (x: number, y: number) => {
        const [px, py] = [
          [x, y],
          [y, width - 1 - x],
          [width - 1 - x, height - 1 - y],
          [height - 1 - y, x],
        ][turns];
        const o = (py * picture.widthPx + px) * 4;
        return [...picture.rgba.subarray(o, o + 3)];
      };
      const near = (seen: readonly number[], wanted: readonly number[]) =>
        seen.forEach((value, c) => expect(Math.abs(value - wanted[c])).toBeLessThan(14));
      names.forEach((name, n) => {
        const [left, top] = [(n % columns) * tilePx, Math.floor(n / columns) * tilePx];
        // Each tile has a dark square in its upper left.
        near(at(left + 16, top + 16), [20, 20, 20]);
        near(at(left + 28, top + 40), colours[name]);
      });
    },
  );

  it('whose tiles are missing, or not as many as its grid says, is refused', async () => {
    const tile = await heic('tile-red.heic');
    const grid = { columns: 2, rows: 2, widthPx: 128, heightPx: 128, quarterTurns: 0 } as const;
    const whole = gridHeic([tile, tile, tile, tile], grid);
    const lying = Buffer.from(whole);
    // The descriptor's count of rows, which stands before its size.
    lying[lying.indexOf('idat', 0, 'latin1') + 4 + 2] = 7;
    for (const bytes of [lying, whole.subarray(0, whole.length - 150)]) {
      const result = await decodePhoto(bytes);
      expect(result).toMatchObject({ ok: false, field: 'photo' });
    }
  });

  it('cut short is refused', async () => {
    const bytes = await heic('quarters-exif-6.heic');
    const result = await decodePhoto(bytes.subarray(0, bytes.length - 200));
    expect(result).toMatchObject({ ok: false, field: 'photo' });
  });
});
