import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMask, decodePhoto, encodePng } from '@undertone/clinic/platform/images/index.ts';
import { colorChecker24Reflectance } from '@undertone/engine/photo/tables/colorchecker24.ts';
import { intersectionOverUnion } from '@undertone/engine/region/index.ts';
import { balancedRgb, lightOn10nm, simulatedCameras } from '@undertone/engine/simulator/camera.ts';
import { drawCard } from '@undertone/engine/simulator/card.ts';
import { simulatePatch } from '@undertone/engine/simulator/patch.ts';
import { seededRandom } from '@undertone/engine/simulator/random.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const launcher = new URL('../undertone.js', import.meta.url).pathname;
const photos = new URL('../../../engine/fixtures/photos/', import.meta.url).pathname;
const face = join(photos, 'cc0-049-woman-smile.jpg');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertone-photo-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function undertone(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [launcher, ...args], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
    });
  });
}

async function pictureOf(path: string) {
  const decoded = await decodePhoto(await readFile(path));
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.picture;
}

describe('undertone calibrate', () => {
  it('finds the card, its corners and the scale, and gives a residual for each patch', async () => {
    const light = lightOn10nm('D65');
    const corners = [
      { x: 120, y: 140 },
      { x: 720, y: 170 },
      { x: 700, y: 590 },
      { x: 110, y: 550 },
    ] as const;
    const picture = drawCard(await pictureOf(face), {
      corners,
      patches: colorChecker24Reflectance.map((r) => balancedRgb(simulatedCameras[2], light, r)),
      blurPx: 0.6,
      noiseLevels: 1,
      random: seededRandom(3),
    });
    const path = join(folder, 'card.png');
    await writeFile(path, await encodePng(picture));
    const ran = await undertone('calibrate', path, '--pitch-mm', '46', '--json');
    expect(ran.code).toBe(0);
    const json = JSON.parse(ran.stdout);
    expect(json).toMatchObject({ format: 'undertone/calibrate', version: 1, calibrated: true });
    expect(json.patches).toHaveLength(24);
    expect(json.meanDeltaE00).toBeLessThan(3);
    expect(json.matrix).toHaveLength(3);
    expect(Math.abs(json.mmPerPx / (46 / json.chart.pitchPx) - 1)).toBeLessThan(0.001);
    // The frame lies outside the field of patches, so the found corners lie just inside the card's.
    json.chart.corners.forEach(([x, y]: [number, number], i: number) => {
      expect(Math.hypot(x - corners[i].x, y - corners[i].y)).toBeLessThan(45);
    });
  });

  it('says plainly that a photo without a card is not calibrated', async () => {
    const ran = await undertone('calibrate', face, '--json');
    const json = JSON.parse(ran.stdout);
    expect(json).toMatchObject({ calibrated: false, chart: null, mmPerPx: null });
    expect(json.uncertainty.absoluteDeltaE00Sd).toBeGreaterThan(5);
  });
});

describe('undertone region', () => {
  it('writes the mask of a tapped patch, with its area', async () => {
    const scene = simulatePatch(
      await pictureOf(face),
      { x: 390, y: 650, widthPx: 120, heightPx: 80 },
      { strength: 0.4, chromophores: 'steep', random: seededRandom(21) },
    );
    const path = join(folder, 'patch.png');
    await writeFile(path, await encodePng(scene.picture));
    let sx = 0;
    let sy = 0;
    let n = 0;
    scene.mask.alpha.forEach((a, p) => {
      if (a < 255) return;
      sx += p % scene.mask.widthPx;
      sy += Math.floor(p / scene.mask.widthPx);
      n++;
    });
    const out = join(folder, 'mask.png');
    const tap = `${Math.round(sx / n)},${Math.round(sy / n)}`;
    const ran = await undertone(
      'region',
      path,
      '--treatment',
      'vitiligo',
      '--tap',
      tap,
      '--mm-per-px',
      '0.2',
      '--mask',
      out,
      '--json',
    );
    expect(ran.stderr).toBe('');
    const json = JSON.parse(ran.stdout);
    const written = await decodeMask(await readFile(out));
    if (!written.ok) throw new Error(written.message);
    expect(intersectionOverUnion(written.mask, scene.mask)).toBeGreaterThan(0.6);
    expect(json.areaCm2).toBeCloseTo((json.areaPx * 0.04) / 100, 3);
  });

  it('finds lips without a tap', async () => {
    const out = join(folder, 'lips.png');
    const ran = await undertone(
      'region',
      join(photos, 'cc0-025-woman-dark-skin-lips.jpg'),
      '--treatment',
      'lip',
      '--mask',
      out,
      '--json',
    );
    expect(JSON.parse(ran.stdout).areaPx).toBeGreaterThan(3000);
  });

  it.each([
    [
      'a photo that does not exist',
      ['nowhere.jpg', '--treatment', 'vitiligo', '--tap', '1,1'],
      'does not exist',
    ],
    ['a tap outside', [face, '--treatment', 'vitiligo', '--tap', '5000,1'], 'outside the picture'],
    ['a tap that is none', [face, '--treatment', 'vitiligo', '--tap', 'here'], 'is no tap'],
    ['no tap', [face, '--treatment', 'vitiligo'], '--tap'],
    ['an unknown treatment', [face, '--treatment', 'nose', '--tap', '1,1'], 'is not known'],
    ['a tap on the background', [face, '--treatment', 'vitiligo', '--tap', '60,60'], 'no skin'],
  ])('exits 2 with one line for %s', async (_, args, says) => {
    const ran = await undertone('region', ...args, '--mask', join(folder, 'never.png'));
    expect(ran.code).toBe(2);
    expect(ran.stdout).toBe('');
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.stderr).toContain(says);
    await expect(readFile(join(folder, 'never.png'))).rejects.toThrow('ENOENT');
  });
});
