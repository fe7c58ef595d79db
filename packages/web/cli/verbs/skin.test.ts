import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const forearms = fileURLToPath(
  new URL('../../../engine/fixtures/data/skin_nist_train_avg_5nm.csv', import.meta.url),
);

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function undertone(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { maxBuffer: 1 << 24 }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertone-skin-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function csv(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('undertone skin fit', () => {
  it('prints one JSON object with a fit per sample and a summary within the bars', async () => {
    const { code, out, err } = await undertone('skin', 'fit', forearms, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const report = JSON.parse(out) as {
      format: string;
      version: number;
      samples: { name: string; rmse: number; melaninFraction: number; oxygenation: number }[];
      summary: { rmse: { median: number; p95: number }; deltaE00: { median: number; p95: number } };
    };
    expect(report).toMatchObject({ format: 'undertone/skin-fit', version: 1 });
    expect(report.samples).toHaveLength(50);
    expect(report.samples[0].name).toBe('S009');
    expect(report.summary.rmse.median).toBeLessThan(0.006);
    expect(report.summary.rmse.p95).toBeLessThan(0.008);
    expect(report.summary.deltaE00.median).toBeLessThan(0.4);
    expect(report.summary.deltaE00.p95).toBeLessThan(1);
  });

  it('says in words what it assumed and where little is known', async () => {
    const { code, out } = await undertone('skin', 'fit', forearms);
    expect(code).toBe(0);
    expect(out).toContain('scattering is assumed');
    expect(out).toContain('Little data supports skin this dark');
  });

  it('names line and column of a fault in one line and exits with 2', async () => {
    const percent = await csv('percent.csv', 'wavelength_nm,left arm\n400,31\n410,32\n420,33\n');
    const rows = Array.from({ length: 31 }, (_, i) => `${400 + 10 * i},${i === 5 ? '' : 0.4}`);
    const gap = await csv('gap.csv', ['wavelength_nm,left arm', ...rows].join('\n'));
    const faults = await Promise.all([
      undertone('skin', 'fit', gap, '--json'),
      undertone('skin', 'fit', percent),
      undertone('skin', 'fit', join(folder, 'absent.csv')),
      undertone('skin', 'fit', forearms, '--scattering', 'much'),
    ]);
    const expected = [
      'Line 7, column "left arm"',
      '400 to 700 nm are needed',
      'does not exist',
      '--scattering',
    ];
    faults.forEach(({ code, out, err }, i) => {
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toContain(expected[i]);
    });
  });
});
