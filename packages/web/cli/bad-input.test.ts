import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeMaskPng } from '@undertone/clinic/platform/images/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refused, undertone, verbJson } from './testing/run-verb.ts';

let folder = '';
let mask = '';
let out = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertone-bad-'));
  mask = join(folder, 'mask.png');
  out = join(folder, 'dots.svg');
  const alpha = Uint8Array.from({ length: 64 * 48 }, (_, p) => (p % 64 > 20 ? 255 : 0));
  await writeFile(mask, await encodeMaskPng({ widthPx: 64, heightPx: 48, alpha }));
  await mkdir(join(folder, 'folder'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const dots = (flags: Readonly<Record<string, string>>) =>
  Object.entries({ mask, 'density-per-cm2': '50', 'mm-per-px': '0.5', seed: '7', out, ...flags }).flatMap(
    ([flag, value]) => [`--${flag}`, value],
  );

describe('what can be mended at the keyboard ends with 2, nothing on stdout and one line', () => {
  it.each<[string, () => string[], string]>([
    ['an unknown verb', () => ['nonsense'], "unknown command 'nonsense'"],
    ['a verb nearly right', () => ['calibrat'], 'Did you mean calibrate?'],
    ['an unknown flag', () => ['dots', ...dots({}), '--bogus'], "unknown option '--bogus'"],
    ['a missing flag', () => ['dots', '--mask', mask], '--density-per-cm2'],
    ['a flag without its value', () => ['dots', '--mask'], 'argument missing'],
    ['one argument too many', () => ['dots', ...dots({}), 'extra'], 'too many arguments'],
    ['a choice there is not', () => ['skin', 'fit', mask, '--observer', '5'], 'Allowed choices are 2, 10'],
    [
      'a hexadecimal number',
      () => ['dots', ...dots({ 'density-per-cm2': '0x10' })],
      '--density-per-cm2 "0x10"',
    ],
    ['an empty number', () => ['dots', ...dots({ 'mm-per-px': '' })], '--mm-per-px ""'],
    [
      'half a seed',
      () => ['match', '--skin', '62,11,18', '--patch', '78,4,12', '--seed', '1.5'],
      '--seed "1.5"',
    ],
    [
      'a tap of two commas',
      () => ['region', mask, '--treatment', 'lip', '--mask', out, '--tap', ','],
      'is no tap',
    ],
    ['colours beside spectra', () => ['match', '--spectra', mask, '--skin', '62,11,18'], 'one way'],
    ['a folder as mask', () => ['dots', ...dots({ mask: join(folder, 'folder') })], 'is a folder'],
    [
      'a folder to write into that is not there',
      () => ['dots', ...dots({ out: join(folder, 'no/x.svg') })],
      'does not exist',
    ],
  ])('%s', async (_, args, says) => {
    expect(refused(await undertone(folder, args()))).toContain(says);
  });

  it('shows a file’s bytes without what a terminal would obey', async () => {
    const path = join(folder, 'escape.csv');
    await writeFile(path, '\u001B]0;owned\u0007\u001B[2Jred\r\u202Efit,a\n1,2\n');
    const { err } = await undertone(folder, ['skin', 'fit', path]);
    expect(err).toContain('the first column is');
    expect(err.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('leaves nothing unfinished behind', async () => {
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('what people hand in as they have it', () => {
  const rows = (separator: string, patch: string) =>
    [
      ['wavelength_nm', 'Patch', 'surround'],
      ...Array.from({ length: 31 }, (_, i) => [`${700 - 10 * i}`, patch, '0.25']),
    ].map((row) => row.join(separator));

  it('a spreadsheet’s UTF-16 text with tabs, falling wavelengths, `surround` for the skin around', async () => {
    const path = join(folder, 'unicode.txt');
    await writeFile(path, Buffer.from(`\uFEFF${rows('\t', '0.4').join('\r\n')}\r\n`, 'utf16le'));
    expect(await verbJson(folder, ['match', '--spectra', path])).toMatchObject({ format: 'undertone/match' });
  });

  it('a table that begins by naming its separator, with decimal commas', async () => {
    const path = join(folder, 'sep.csv');
    await writeFile(path, ['sep=;', ...rows(';', '0,4')].join('\r\n'));
    expect(await verbJson(folder, ['skin', 'fit', path])).toMatchObject({ summary: { count: 2 } });
  });

  it('several taps after one flag', async () => {
    const taps = ['--tap', '30,20', '35,25'];
    const said = refused(
      await undertone(folder, ['region', mask, '--treatment', 'vitiligo', '--mask', out, ...taps]),
    );
    expect(said).not.toContain('too many arguments');
  });

  it('the version, asked for', async () => {
    expect(await undertone(folder, ['--version'])).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});
