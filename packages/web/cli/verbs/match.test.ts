import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const drawdowns = fileURLToPath(
  new URL('../../../engine/fixtures/pigments/paint_kimera_masstone_tint.csv', import.meta.url),
);

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const undertone = (...args: string[]) =>
  new Promise<Ran>((resolve) => {
    execFile(process.execPath, [main, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'match-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('undertone match', () => {
  it('prints one JSON object with recipe, predictions with intervals and a verdict', async () => {
    const { code, stdout } = await undertone('match', '--skin', '63,9,17', '--patch', '72,5,11', '--json');
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ format: 'undertone/match', version: 1, verdict: { tolerable: true } });
    expect(result.recipe.every((part: { drops: number }) => part.drops >= 1)).toBe(true);
    for (const illuminant of ['D65', 'A', 'LED-B3']) {
      for (const state of ['day0', 'week6', 'month6', 'month12', 'month24']) {
        const { lab, deltaE00, interval } = result.predicted[illuminant][state];
        expect(lab.L).toBeGreaterThan(0);
        expect(deltaE00).toBeGreaterThanOrEqual(interval[0]);
        expect(deltaE00).toBeLessThanOrEqual(interval[1]);
      }
    }
    expect(result.milliseconds).toBeGreaterThan(0);
    expect(result.pigments.origin).toContain('sample paints');
  });

  it('uses pigments derived from drawdowns, and spectra from a file', async () => {
    const set = join(dir, 'set.json');
    const derived = await undertone(
      'pigments',
      'derive',
      drawdowns,
      '--kind',
      'paint',
      '--out',
      set,
      '--json',
    );
    expect(derived.code).toBe(0);
    expect(JSON.parse(derived.stdout).pigments).toHaveLength(13);
    expect(JSON.parse(readFileSync(set, 'utf8')).format).toBe('undertone/pigments');
    const spectra = join(dir, 'spectra.csv');
    const rows = Array.from({ length: 31 }, (_, i) => {
      const t = i / 30;
      return `${400 + 10 * i},${(0.4 + 0.25 * t).toFixed(4)},${(0.2 + 0.4 * t).toFixed(4)}`;
    });
    await writeFile(spectra, ['wavelength_nm,patch,skin', ...rows].join('\n'));
    const matched = await undertone(
      'match',
      '--spectra',
      spectra,
      '--pigments',
      set,
      '--only',
      'white,yellow-oxide,red-oxide,black',
      '--json',
    );
    expect(matched.code).toBe(0);
    expect(JSON.parse(matched.stdout).pigments.origin).toBe(set);
  });

  it('refuses a healed spot without doses, however its file lacks them', async () => {
    const spot = join(dir, 'spot.json');
    for (const content of ['null', '[]', '{"doses":null,"lab":[60,9,16]}', '{"lab":[60,9,16]}']) {
      await writeFile(spot, content);
      const { code, stderr } = await undertone(
        'match',
        '--skin',
        '63,9,17',
        '--patch',
        '78,4,11',
        '--spot',
        spot,
      );
      expect(code).toBe(2);
      expect(stderr).toContain('"doses" is missing');
    }
  });

  it.each([
    ['two numbers', ['--skin', '63,9', '--patch', '72,5,11'], '--skin'],
    ['a fraction', ['--skin', '63,9,17', '--patch', '0.72,0.05,0.11'], 'looks like a fraction'],
    ['an impossible L*', ['--skin', '163,9,17', '--patch', '72,5,11'], 'between 0 and 100'],
    [
      'an unknown pigment',
      ['--skin', '63,9,17', '--patch', '72,5,11', '--only', 'vermilion,white'],
      'vermilion',
    ],
    ['no patch', ['--skin', '63,9,17'], '--patch'],
    [
      'a missing file',
      ['--skin', '63,9,17', '--patch', '72,5,11', '--pigments', 'no-such.json'],
      'does not exist',
    ],
  ])('refuses %s with exit code 2 and one line', async (_, args, words) => {
    const { code, stdout, stderr } = await undertone('match', ...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
