import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMask, encodeJpeg, encodeMaskPng } from '@undertone/clinic/platform/images/index.ts';
import { intersectionOverUnion } from '@undertone/engine/region/index.ts';
import { followUpCase } from '@undertone/engine/simulator/follow-up-cases.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const launcher = new URL('../undertone.js', import.meta.url).pathname;
const visits = followUpCase(9105, { taken: [0.85, 1.05], detail01: [0.4, 1] });

let folder: string;
let before: string;
let after: string;
let mask: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertone-outcome-'));
  [before, after, mask] = ['before.jpg', 'after.jpg', 'mask.png'].map((name) => join(folder, name));
  await writeFile(before, await encodeJpeg(visits.before, 92));
  await writeFile(after, await encodeJpeg(visits.after, 92));
  await writeFile(mask, await encodeMaskPng(visits.mask));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function outcome(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [launcher, 'outcome', ...args],
      { maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
      },
    );
  });
}

describe('undertone outcome', () => {
  it('aligns two photos, measures the region against the skin around, and writes the region it took', async () => {
    const out = join(folder, 'used.png');
    const ran = await outcome(
      '--before',
      before,
      '--after',
      after,
      '--mask-out',
      out,
      '--mm-per-px',
      '0.1',
      '--json',
    );
    expect(ran.stderr).toBe('');
    const json = JSON.parse(ran.stdout);
    expect(json).toMatchObject({
      format: 'undertone/outcome',
      version: 1,
      registration: { trusted: true, mirrored: false },
      region: { source: 'proposed' },
      gainDeltaE00: { isSure: true },
      healed: null,
    });
    expect(json.registration.errorMm).toBeCloseTo(json.registration.errorPx * 0.1, 2);
    expect(Math.abs(json.before.deltaE00 - visits.deltaE00.before)).toBeLessThan(
      0.4 * visits.deltaE00.before,
    );
    expect(Math.abs(json.repigmented - visits.coverage01)).toBeLessThan(0.1);
    const used = await decodeMask(await readFile(out));
    expect(used.ok && intersectionOverUnion(used.mask, visits.mask)).toBeGreaterThan(0.85);
  }, 120_000);

  it.each([
    [
      'a photo that is not there',
      () => ['--before', join(folder, 'none.jpg'), '--after', after],
      /does not exist/,
    ],
    ['a mask for a photo', () => ['--before', mask, '--after', join(folder, 'text.jpg')], /does not exist/],
    [
      'a scale that cannot be',
      () => ['--before', before, '--after', after, '--mm-per-px', '0'],
      /--mm-per-px/,
    ],
    ['a reading without a plan', () => ['--before', before, '--after', after, '--reading', mask], /--plan/],
    ['no later photo', () => ['--before', before], /--after/],
  ] as const)('says in one line what is wrong with %s', async (_, args, message) => {
    const ran = await outcome(...args());
    expect(ran.code).toBe(2);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(message);
  });

  it('refuses to measure two photos that show different skin', async () => {
    const other = join(folder, 'other.jpg');
    await writeFile(other, await encodeJpeg(followUpCase(9104).after, 92));
    const ran = await outcome('--before', before, '--after', other, '--mask', mask, '--json');
    expect(ran.code).toBe(2);
    expect(ran.stdout).toBe('');
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.stderr).toMatch(/cannot be laid over/);
  }, 120_000);
});
