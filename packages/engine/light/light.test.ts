import { readFileSync } from 'node:fs';
import { assert, constantFrom, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lab, NamedWhite, SpectralGrid } from './index.ts';
import {
  adaptLab,
  ciede2000,
  colorimeter,
  colourGrid,
  customColorimeter,
  decodeRgb,
  deltaE00,
  encodeRgb,
  illuminantSpectrum,
  isNamedWhite,
  itaDegrees,
  labFromLch,
  labFromRgb,
  labFromXyz,
  labOf,
  labUnder,
  lchOf,
  resample,
  rgbFromLab,
  whitePoint,
  xyzFromLab,
} from './index.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/data/${name}`, import.meta.url), 'utf8');

describe('CIEDE2000', () => {
  const pairs = fixture('ciede2000_sharma34.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));

  it('gives the 34 published pairs to 1e-4, both ways round', () => {
    expect(pairs).toHaveLength(34);
    for (const [, L1 = 0, a1 = 0, b1 = 0, L2 = 0, a2 = 0, b2 = 0, published = 0] of pairs) {
      expect(Math.abs(ciede2000(L1, a1, b1, L2, a2, b2) - published)).toBeLessThan(1e-4);
      expect(Math.abs(ciede2000(L2, a2, b2, L1, a1, b1) - published)).toBeLessThan(1e-4);
    }
  });

  const channel = double({ min: -90, max: 90, noNaN: true });
  const lightness = double({ min: 0, max: 100, noNaN: true });
  it('is symmetric, zero on equal colours and never negative', () => {
    assert(
      property(lightness, channel, channel, lightness, channel, channel, (L1, a1, b1, L2, a2, b2) => {
        const there = ciede2000(L1, a1, b1, L2, a2, b2);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(ciede2000(L2, a2, b2, L1, a1, b1)).toBeCloseTo(there, 6);
        expect(ciede2000(L1, a1, b1, L1, a1, b1)).toBe(0);
      }),
    );
  });

  it('refuses, at compile time or else when run, to subtract colours under different whites', () => {
    const day: Lab<'D65/10'> = { white: 'D65/10', L: 60, a: 10, b: 15 };
    const lamp: Lab<'A/10'> = { white: 'A/10', L: 60, a: 10, b: 15 };
    // @ts-expect-error a mismatch of white points does not compile
    expect(() => deltaE00(day, lamp)).toThrowError(expect.objectContaining({ code: 'white-mismatch' }));
    const some: Lab<NamedWhite>[] = [day, lamp];
    expect(() => deltaE00(some[0], some[1])).toThrowError(
      expect.objectContaining({ code: 'white-mismatch' }),
    );
  });
});

describe('white points', () => {
  // CIE 015:2018 chromaticities, x and y.
  const published: Partial<Record<NamedWhite, [number, number]>> = {
    'A/2': [0.4476, 0.4074],
    'A/10': [0.4512, 0.4059],
    'D50/2': [0.3457, 0.3585],
    'D50/10': [0.3477, 0.3595],
    'D65/2': [0.3127, 0.329],
    'D65/10': [0.3138, 0.331],
    'FL2/2': [0.3721, 0.3751],
    'FL11/2': [0.3805, 0.3769],
    'LED-B1/2': [0.456, 0.4078],
    'LED-B2/2': [0.4357, 0.4012],
    'LED-B3/2': [0.3756, 0.3723],
    'LED-B4/2': [0.3422, 0.3502],
    'LED-B5/2': [0.3118, 0.3236],
  };

  it('have the published chromaticities to four digits', () => {
    for (const [white, [x, y]] of Object.entries(published)) {
      const { X, Y, Z } = whitePoint(white as NamedWhite);
      expect(Math.abs(X / (X + Y + Z) - x)).toBeLessThanOrEqual(1e-4);
      expect(Math.abs(Y / (X + Y + Z) - y)).toBeLessThanOrEqual(1e-4);
    }
  });

  it('agree with the tristimulus values of CIE 015 for D65', () => {
    const { X, Z } = whitePoint('D65/2');
    expect(X).toBeCloseTo(0.9504, 4);
    expect(Z).toBeCloseTo(1.0888, 4);
    const ten = whitePoint('D65/10');
    expect(ten.X).toBeCloseTo(0.9481, 4);
    expect(ten.Z).toBeCloseTo(1.0732, 4);
  });

  it('are what a perfect diffuser reflects, on any grid', () => {
    for (const grid of [
      colourGrid,
      { startNm: 400, stepNm: 10, count: 31 },
      { startNm: 361, stepNm: 3, count: 140 },
    ]) {
      const lab = labUnder(colorimeter('LED-B3/10', grid), new Float64Array(grid.count).fill(1));
      expect(lab.L).toBeCloseTo(100, 9);
      expect(lab.a).toBeCloseTo(0, 9);
      expect(lab.b).toBeCloseTo(0, 9);
    }
  });

  it('are recognised by name', () => {
    expect(isNamedWhite('LED-B5/10')).toBe(true);
    expect(isNamedWhite('D65')).toBe(false);
    expect(isNamedWhite('D65/4')).toBe(false);
  });
});

describe('a custom light', () => {
  it('with the power of D65 measures what D65 measures', () => {
    const grid: SpectralGrid = { startNm: 400, stepNm: 10, count: 31 };
    const meter = customColorimeter('room', illuminantSpectrum('D65'), '10', grid);
    const reflectance = Float64Array.from({ length: 31 }, (_, i) => 0.2 + 0.01 * i);
    const own = labUnder(meter, reflectance);
    const cie = labUnder(colorimeter('D65/10', grid), reflectance);
    expect(meter.white).toBe('custom:room/10');
    expect(own.L).toBeCloseTo(cie.L, 9);
    expect(own.b).toBeCloseTo(cie.b, 9);
  });
});

describe('Lab, LCh, ITA and display colours', () => {
  const component = double({ min: 0, max: 1, noNaN: true });
  it('survive the round trip through sRGB and Display P3', () => {
    assert(
      property(
        component,
        component,
        component,
        constantFrom('srgb' as const, 'display-p3' as const),
        (r, g, b, space) => {
          const back = rgbFromLab(labFromRgb([r, g, b], space), space);
          expect(back[0]).toBeCloseTo(r, 6);
          expect(back[1]).toBeCloseTo(g, 6);
          expect(back[2]).toBeCloseTo(b, 6);
        },
      ),
    );
  });

  it('survive the round trip through LCh and XYZ', () => {
    assert(
      property(
        component,
        double({ min: -80, max: 80, noNaN: true }),
        double({ min: -80, max: 80, noNaN: true }),
        (l, a, b) => {
          const lab: Lab<'D50/2'> = { white: 'D50/2', L: 100 * l, a, b };
          const around = labFromLch(lchOf(lab));
          expect(around.a).toBeCloseTo(a, 9);
          expect(around.b).toBeCloseTo(b, 9);
          const white = whitePoint('D50/2');
          expect(labFromXyz(xyzFromLab(lab, white), white, 'D50/2').L).toBeCloseTo(lab.L, 9);
        },
      ),
    );
  });

  it('put white at L* 100 and the curve of sRGB at its published values', () => {
    const white = labFromRgb([1, 1, 1]);
    expect(white.L).toBeCloseTo(100, 9);
    expect(white.a).toBeCloseTo(0, 9);
    expect(decodeRgb(0.5)).toBeCloseTo(0.214041, 6);
    expect(encodeRgb(0.214041)).toBeCloseTo(0.5, 5);
    const red = labFromRgb([1, 0, 0]);
    expect(red.L).toBeCloseTo(53.24, 1);
    expect(red.a).toBeCloseTo(80.09, 1);
    expect(red.b).toBeCloseTo(67.2, 1);
    expect(labFromRgb([1, 0, 0], 'display-p3').a).toBeGreaterThan(red.a);
  });

  it('keep a neutral neutral when the white changes, and return', () => {
    const grey: Lab<'D50/2'> = { white: 'D50/2', L: 60, a: 0, b: 0 };
    expect(adaptLab(grey, 'D65/2').a).toBeCloseTo(0, 4);
    const skin: Lab<'D50/2'> = { white: 'D50/2', L: 60, a: 12, b: 17 };
    const back = adaptLab(adaptLab(skin, 'D65/10'), 'D50/2');
    expect(back.a).toBeCloseTo(12, 3);
    expect(back.b).toBeCloseTo(17, 3);
  });

  it('give the typology angle', () => {
    expect(itaDegrees({ L: 65, b: 15 })).toBeCloseTo(45, 9);
    expect(itaDegrees({ L: 40, b: 15 })).toBeLessThan(0);
  });
});

describe('resampling', () => {
  const cubic = (nm: number) => 0.3 + 1e-3 * (nm - 550) + 2e-6 * (nm - 550) ** 2 - 1e-8 * (nm - 550) ** 3;
  const sampled = (grid: SpectralGrid, f: (nm: number) => number) => ({
    startNm: grid.startNm,
    stepNm: grid.stepNm,
    values: Float64Array.from({ length: grid.count }, (_, i) => f(grid.startNm + i * grid.stepNm)),
  });
  const skin: SpectralGrid = { startNm: 400, stepNm: 10, count: 31 };

  it('to a finer grid is exact on cubics', () => {
    const fine = resample(sampled(skin, cubic), { startNm: 400, stepNm: 1, count: 301 });
    fine.values.forEach((value, i) => expect(value).toBeCloseTo(cubic(400 + i), 12));
  });

  it('to the same grid changes nothing', () => {
    const spectrum = sampled(skin, Math.sin);
    expect(resample(spectrum, skin).values).toEqual(spectrum.values);
  });

  it('to a coarser grid keeps straight lines, ends included', () => {
    for (const stepNm of [1, 2, 3, 5]) {
      const grid = { startNm: 400, stepNm, count: Math.floor(300 / stepNm) + 1 };
      const coarse = resample(
        sampled(grid, (nm) => nm / 1000),
        skin,
      );
      coarse.values.forEach((value, i) => expect(value).toBeCloseTo((400 + 10 * i) / 1000, 9));
    }
  });

  it('to a coarser grid averages noise down', () => {
    const grid = { startNm: 380, stepNm: 1, count: 401 };
    const rough = resample(
      sampled(grid, (nm) => 0.5 + 0.01 * (nm % 2 === 0 ? 1 : -1)),
      skin,
    );
    rough.values.forEach((value) => expect(Math.abs(value - 0.5)).toBeLessThan(0.001));
  });

  it('holds the ends outside the measured range', () => {
    const wide = resample(sampled(skin, cubic), { startNm: 380, stepNm: 10, count: 41 });
    expect(wide.values[0]).toBe(cubic(400));
    expect(wide.values[40]).toBe(cubic(700));
  });

  it('changes the colour of real skin by less than a tenth of a unit between 5 nm and 10 nm', () => {
    const [header = '', ...rows] = fixture('skin_nist_train_avg_5nm.csv').trim().split('\n');
    const table = rows.map((row) => row.split(',').map(Number));
    for (let subject = 1; subject < header.split(',').length; subject++) {
      const spectrum = {
        startNm: 380,
        stepNm: 5,
        values: Float64Array.from(table, (row) => row[subject] ?? 0),
      };
      const difference = deltaE00(labOf(spectrum, 'D65/10'), labOf(resample(spectrum, skin), 'D65/10'));
      expect(difference).toBeLessThan(0.1);
    }
  });
});
