import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePlan } from '@undertone/clinic/planning/schema.ts';
import { seededRandom } from '@undertone/engine/simulator/random.ts';
import { drawPrintedScaleCard, sheetCorners } from '@undertone/engine/simulator/scale-card.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const launcher = new URL('./undertone.js', import.meta.url).pathname;
const photos = new URL('../../engine/fixtures/photos/', import.meta.url).pathname;
const patch = join(photos, 'sim-patch-006.jpg');
const patchMask = join(photos, 'sim-patch-006-mask.png');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertone-plan-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function undertone(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [launcher, ...args], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
    });
  });
}

const plan = (photo: string, ...rest: readonly string[]) =>
  undertone('plan', photo, '--treatment', 'vitiligo', '--out', join(folder, 'never'), ...rest);

/** A photograph with our printed card held below the face. */
async function withScaleCard(name: string, mmPerPx: number): Promise<Buffer> {
  const { data, info } = await sharp(join(photos, name))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const size = { widthPx: info.width, heightPx: info.height };
  const pose = { centre: { x: 480, y: 820 }, mmPerPx, turnRad: 0, tiltXRad: 0, tiltYRad: 0, cameraMm: 600 };
  const { rgba } = drawPrintedScaleCard(
    { ...size, rgba: new Uint8ClampedArray(data) },
    {
      corners: sheetCorners(pose),
      paper: [0.7, 0.7, 0.7],
      blurPx: 0.5,
      noiseLevels: 1,
      random: seededRandom(5),
    },
  );
  return sharp(rgba, { raw: { width: info.width, height: info.height, channels: 4 } })
    .png()
    .toBuffer();
}

async function fileOf(name: string, data: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, data);
  return path;
}

describe('undertone plan', () => {
  it('writes a whole plan of a patch, and the same one again', { timeout: 180_000 }, async () => {
    const out = join(folder, 'patch');
    const args = ['--mask', patchMask, '--mm-per-px', '0.15', '--seed', '7', '--sessions'];
    const ran = await undertone('plan', patch, '--treatment', 'vitiligo', ...args, '--out', out, '--json');
    expect(ran.stderr).toBe('');
    expect(ran.code).toBe(0);
    const json = JSON.parse(ran.stdout) as { format: string; version: number; files: string[] };
    expect(json).toMatchObject({ format: 'undertone/plan-result', version: 1 });
    expect((await readdir(out)).sort()).toEqual(json.files);
    for (const name of [
      'plan.json',
      'plan.pdf',
      'map.svg',
      'preview-day0.png',
      'preview-week6.png',
      'preview-month12.png',
    ]) {
      expect(json.files).toContain(name);
    }
    const text = await readFile(join(out, 'plan.json'), 'utf8');
    const parsed = parsePlan(text);
    expect(parsed).toMatchObject({
      ok: true,
      plan: { treatment: 'vitiligo', region: { areaCm2: expect.closeTo(11.03, 1) } },
    });
    expect(await sharp(join(out, 'preview-week6.png')).metadata()).toMatchObject({ width: 800, height: 800 });

    const again = join(folder, 'again');
    await mkdir(again);
    expect((await undertone('plan', patch, '--treatment', 'vitiligo', ...args, '--out', again)).code).toBe(0);
    for (const name of json.files) {
      expect(Buffer.compare(await readFile(join(again, name)), await readFile(join(out, name)))).toBe(0);
    }
  });

  it('plans by typed readings instead of the photo', async () => {
    const out = join(folder, 'typed');
    const reading = await fileOf(
      'readings.csv',
      'place,L,a,b\npatch,74,9,14\npatch,75,8,15\npatch,73,9,14\nsurround,60,11,19\n',
    );
    const args = ['--tap', '420,420', '--reading', reading, '--out', out];
    const ran = await undertone('plan', patch, '--treatment', 'vitiligo', ...args);
    expect(ran.code).toBe(0);
    const parsed = parsePlan(await readFile(join(out, 'plan.json'), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.message);
    expect(parsed.plan.samples.used).toMatchObject({
      from: 'typed',
      patch: { lab: { white: 'D65/10', L: 74, a: 9, b: 14 } },
    });
    expect(parsed.plan.dots).toMatchObject({ trueScale: false, count: null });
    expect(await readFile(join(out, 'map.svg'), 'utf8')).toContain('NOT to scale');
  });

  it('plans a scalp zone from a mask on its head, at the scale of the card in the picture', async () => {
    const mask = await sharp({ create: { width: 1000, height: 1000, channels: 3, background: '#000' } })
      .composite([
        {
          input: { create: { width: 260, height: 120, channels: 3, background: '#fff' } },
          left: 370,
          top: 120,
        },
      ])
      .png()
      .toBuffer();
    const out = join(folder, 'scalp');
    const zone = await fileOf('zone.png', mask);
    const head = await fileOf(
      'head-with-card.png',
      await withScaleCard('cc0-061-man-shaved-scalp-front.jpg', 0.2),
    );
    const ran = await undertone('plan', head, '--treatment', 'scalp', '--mask', zone, '--out', out);
    expect(ran.code).toBe(0);
    const parsed = parsePlan(await readFile(join(out, 'plan.json'), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.message);
    const { plan: made } = parsed;
    expect(made).toMatchObject({ match: { kind: 'dilutions' }, sessions: [{}, {}, {}] });
    expect(made.inputs.scale).toMatchObject({ from: 'the colour chart', mmPerPx: expect.closeTo(0.2, 2) });
    // A head lies under the mask: more skin than the flat rectangle holds.
    const flatCm2 = (260 * 120 * (made.inputs.scale?.mmPerPx ?? 0) ** 2) / 100;
    expect(made.region.areaCm2).toBeGreaterThan(1.03 * flatCm2);
  });

  it('takes a whorl and scars of a scalp, and says where they do not belong', {
    timeout: 180_000,
  }, async () => {
    const out = join(folder, 'crown');
    const region = ['--mask', patchMask, '--mm-per-px', '0.15'];
    const scalpOf = (...drawn: readonly string[]) =>
      undertone('plan', patch, '--treatment', 'scalp', '--out', out, '--json', ...region, ...drawn);
    const scalp = await scalpOf('--whorl', '300,200', '--scars', patchMask);
    expect(scalp.stderr).toBe('');
    const { plan: made } = JSON.parse(scalp.stdout) as { plan: { dots: { profile: object } } };
    expect(made.dots.profile).toMatchObject({ whorl: { xMm: 45, yMm: 30, radiusMm: 30 } });

    const elsewhere = await plan(patch, ...region, '--scars', patchMask);
    expect(elsewhere.stderr).toContain('--scars goes with --treatment scalp');
    const outside = await scalpOf('--whorl', '9000,200');
    expect(outside.stderr).toContain('lies outside the photo');
    expect([scalp.code, elsewhere.code, outside.code]).toEqual([0, 2, 2]);
  });
});

describe('input that cannot be used ends with exit 2, one line and no folder', () => {
  const cases: readonly [string, () => Promise<Ran>, RegExp][] = [
    ['a missing photo', () => plan(join(photos, 'none.jpg')), /does not exist/],
    [
      'a text file',
      async () => plan(await fileOf('text.jpg', 'no picture at all'), '--tap', '1,1'),
      /not a JPEG/,
    ],
    ['an empty file', async () => plan(await fileOf('empty.jpg', ''), '--tap', '1,1'), /empty/],
    [
      'a truncated photo',
      async () => plan(await fileOf('cut.jpg', (await readFile(patch)).subarray(0, 60_000)), '--tap', '1,1'),
      /missing|damaged/,
    ],
    ['a tap outside', () => plan(patch, '--tap', '5000,10'), /outside/],
    ['a tap beside the skin', () => plan(patch, '--tap', '60,20'), /skin/],
    ['a tap that is none', () => plan(patch, '--tap', 'here'), /no tap/],
    ['no region', () => plan(patch), /--tap X,Y/],
    ['tap and mask together', () => plan(patch, '--tap', '1,1', '--mask', patchMask), /exclude/],
    [
      'a mask of another size',
      async () =>
        plan(
          patch,
          '--mask',
          await fileOf(
            'small.png',
            await sharp({ create: { width: 50, height: 50, channels: 3, background: '#fff' } })
              .png()
              .toBuffer(),
          ),
        ),
      /50 x 50/,
    ],
    ['a mask that is no picture', async () => plan(patch, '--mask', await fileOf('mask.png', 'x')), /mask/],
    [
      'pigments that are none',
      async () => plan(patch, '--tap', '420,420', '--pigments', await fileOf('p.json', '{}')),
      /format/,
    ],
    [
      'readings that are none',
      async () => plan(patch, '--tap', '420,420', '--reading', await fileOf('r.csv', 'a,b\n1,2\n')),
      /place,L,a,b/,
    ],
    ['a scale that is none', () => plan(patch, '--tap', '420,420', '--mm-per-px', 'wide'), /mm-per-px/],
    [
      'an unknown treatment',
      () => undertone('plan', patch, '--treatment', 'hand', '--out', join(folder, 'never')),
      /vitiligo/,
    ],
  ];

  it.each(cases)('%s', async (_, run, words) => {
    const { code, stdout, stderr } = await run();
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await readdir(folder)).not.toContain('never');
  });
});

describe('undertone dots', () => {
  it('draws what was asked at true scale and says how many', async () => {
    const out = join(folder, 'dots.svg');
    const args = [
      '--mask',
      patchMask,
      '--density-per-cm2',
      '150',
      '--mm-per-px',
      '0.2',
      '--seed',
      '3',
      '--out',
      out,
    ];
    const ran = await undertone('dots', ...args, '--json');
    expect(ran.code).toBe(0);
    const json = JSON.parse(ran.stdout) as { format: string; count: number; areaCm2: number };
    expect(json.format).toBe('undertone/dots');
    expect(Math.abs(json.count / (json.areaCm2 * 150) - 1)).toBeLessThan(0.01);
    const svg = await readFile(out, 'utf8');
    expect(svg.match(/<circle /g)).toHaveLength(json.count);
  });

  it('refuses an empty mask', async () => {
    const black = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const mask = await fileOf('black.png', black);
    const out = join(folder, 'never.svg');
    const args = ['--mask', mask, '--density-per-cm2', '10', '--mm-per-px', '1', '--seed', '1', '--out', out];
    const ran = await undertone('dots', ...args);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('all black') });
    expect(await readdir(folder)).not.toContain('never.svg');
  });
});
