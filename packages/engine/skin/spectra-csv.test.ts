import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resample } from '../light/index.ts';
import { parseSpectraCsv, reportFits } from './index.ts';

const forearms = readFileSync(
  new URL('../fixtures/data/skin_nist_train_avg_5nm.csv', import.meta.url),
  'utf8',
);
const parsed = parseSpectraCsv(forearms);
const spectra = parsed.ok ? parsed.spectra : [];

const table = (fromNm: number, toNm: number, stepNm: number, cell: (nm: number) => string = () => '0.4') => {
  const rows = ['wavelength_nm,a,b'];
  for (let nm = fromNm; nm <= toNm; nm += stepNm) rows.push(`${nm},${cell(nm)},0.5`);
  return rows.join('\n');
};

describe('a table of spectra', () => {
  it('is read with every sample and the whole grid', () => {
    expect(spectra).toHaveLength(50);
    expect(spectra[0].name).toBe('S009');
    expect(spectra[0].reflectance01).toMatchObject({ startNm: 380, stepNm: 5 });
    expect(spectra[0].reflectance01.values).toHaveLength(81);
  });

  it('may have semicolons and decimal commas, tabs, notes, quotes, a byte-order mark and falling wavelengths', () => {
    const plain = parseSpectraCsv(table(400, 700, 10));
    const european = table(400, 700, 10).replaceAll(',', ';').replaceAll('.', ',');
    expect(parseSpectraCsv(`\uFEFF# forearm\r\n${european.replaceAll('\n', '\r\n')}\r\n`)).toEqual(plain);
    expect(parseSpectraCsv(table(400, 700, 10).replaceAll(',', '\t'))).toEqual(plain);
    const [header, ...rows] = table(400, 700, 10).split('\n');
    expect(
      parseSpectraCsv([header.replace('a', '"a"').replace('w"a"', 'wa'), ...rows.toReversed()].join('\n')),
    ).toEqual(plain);
  });

  it('may begin by naming its separator, as spreadsheets write it', () => {
    const plain = parseSpectraCsv(table(400, 700, 10));
    expect(parseSpectraCsv(`sep=;\r\n${table(400, 700, 10).replaceAll(',', ';')}`)).toEqual(plain);
  });

  it('holds no number of another base', () => {
    expect(parseSpectraCsv(table(400, 700, 10, (nm) => (nm === 500 ? '0x1' : '0.4')))).toMatchObject({
      ok: false,
      reason: 'not-a-number',
    });
  });

  it('keeps separators and quotes inside quoted names', () => {
    const result = parseSpectraCsv(table(400, 700, 10).replace('a,b', '"arm, left","the ""other"""'));
    expect(result.ok && result.spectra.map((spectrum) => spectrum.name)).toEqual([
      'arm, left',
      'the "other"',
    ]);
  });

  it.each([
    ['percent-not-fraction', table(400, 700, 10, () => '40'), 'Line 2, column "a"'],
    ['missing-value', table(400, 700, 10, (nm) => (nm === 450 ? '' : '0.4')), 'Line 7, column "a"'],
    ['not-a-number', table(400, 700, 10, (nm) => (nm === 450 ? 'n/a' : '0.4')), 'Line 7, column "a"'],
    ['value-out-of-range', table(400, 700, 10, (nm) => (nm === 410 ? '-0.3' : '0.4')), 'Line 3, column "a"'],
    ['irregular-grid', table(400, 700, 10).replace('450,', '453,'), 'Line 7, column "wavelength_nm"'],
    ['range-too-narrow', table(430, 680, 10), 'column "wavelength_nm"'],
    ['grid-too-coarse', table(400, 700, 50), 'wavelength_nm'],
    ['wrong-unit', table(400, 700, 10).replaceAll(/^(\d)(\d\d),/gm, '0.$1$2,'), 'micrometres'],
    ['no-wavelength-column', table(400, 700, 10).replace('wavelength_nm', 'sample'), 'Line 1'],
    ['duplicate-sample', table(400, 700, 10).replace('a,b', 'a,a'), 'column 3'],
    ['wrong-cell-count', `${table(400, 700, 10)}\n710,0.4`, 'Line 33'],
    ['no-data', '', 'empty'],
  ])('is refused with %s, naming the place', (reason, text, place) => {
    const result = parseSpectraCsv(text);
    expect(result).toMatchObject({ ok: false, reason });
    expect(result.ok ? '' : result.message).toContain(place);
  });
});

describe('the report of fits', () => {
  const options = { instrument: 'sphere-sci', observer: '10', scatteringPerCm500: 35 } as const;

  it('meets the bars on measured forearms, whatever grid they come on', () => {
    for (const [startNm, stepNm, count] of [
      [380, 5, 81],
      [360, 10, 39],
      [380, 1, 401],
      [400, 3, 101],
      [360, 2, 191],
    ]) {
      const regridded = spectra.slice(0, 20).map(({ name, reflectance01 }) => ({
        name,
        reflectance01: resample(reflectance01, { startNm, stepNm, count }),
      }));
      const { summary } = reportFits(regridded, options);
      expect(summary.count).toBe(20);
      expect(summary.rmse.median).toBeLessThan(0.006);
      expect(summary.rmse.p95).toBeLessThan(0.008);
      expect(summary.deltaE00.median).toBeLessThan(0.4);
      expect(summary.deltaE00.p95).toBeLessThan(1);
    }
  });

  it('is plain data with its format first', () => {
    const report = reportFits(spectra.slice(0, 2), options);
    expect(Object.keys(report).slice(0, 2)).toEqual(['format', 'version']);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
