import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instruments, noSpectra, readingsOf, type Spectra, spectrumOf, whites } from './readings.ts';
import type { LabChoice } from './typed.ts';

const csv = (names: readonly string[]) =>
  [
    ['wavelength_nm', ...names].join(','),
    ...Array.from({ length: 31 }, (_, i) => [400 + 10 * i, ...names.map(() => '0.4')].join(',')),
  ].join('\n');

const lab: LabChoice = { ok: true, lab: { L: 64, a: 9, b: 17 } };
const none: LabChoice = { ok: true, lab: null };
const read = spectrumOf('arm.csv', csv(['arm']));
if (!read.ok) throw new Error(read.message);
const { spectrum } = read;
const conditions = { instrument: 'sphere-sce', white: 'D50/2' } as const;

describe('a file with a spectrum', () => {
  it('is kept with its name', () => {
    expect(spectrum.fileName).toBe('arm.csv');
    expect(Array.from(spectrum.reflectance01.values)).toEqual(Array(31).fill(0.4));
  });

  it('is refused with several samples, by their names', () => {
    expect(spectrumOf('arms.csv', csv(['left', 'right']))).toEqual({
      ok: false,
      reason: 'many-samples',
      message: 'left, right',
    });
  });

  it('is refused in percent, by its line', () => {
    expect(spectrumOf('arm.csv', csv(['arm']).replace('500,0.4', '500,40.2'))).toMatchObject({
      ok: false,
      reason: 'unreadable',
      message: expect.stringMatching(/line 12/i),
    });
  });
});

describe('readings', () => {
  it('always say with which instrument, light and observer they were taken', () => {
    fc.assert(
      fc.property(fc.constantFrom(...instruments), fc.constantFrom(...whites), (instrument, white) => {
        const labs = { patch: lab, surround: lab, tanned: lab };
        const reading = { kind: 'lab', instrument, lab: { white, L: 64, a: 9, b: 17 } };
        expect(readingsOf(labs, noSpectra, { instrument, white })).toEqual({
          ok: true,
          readings: { patch: reading, surround: reading, tanned: reading },
        });
      }),
    );
  });

  it('are none when nothing was typed or chosen', () => {
    const labs = { patch: none, surround: none, tanned: none };
    expect(readingsOf(labs, noSpectra, conditions)).toEqual({ ok: true, readings: null });
  });

  it('take a spectrum before typed numbers, even wrong ones', () => {
    const wrong: LabChoice = { ok: false, field: 'L', reason: 'not-a-number' };
    const spectra: Spectra = { patch: spectrum, surround: spectrum, tanned: null };
    const found = readingsOf({ patch: wrong, surround: lab, tanned: none }, spectra, conditions);
    expect(found).toMatchObject({ ok: true, readings: { patch: { kind: 'spectrum' } } });
    expect(found.ok && found.readings?.tanned).toBeUndefined();
  });

  it.each([
    ['the patch alone', { patch: lab, surround: none, tanned: none }, noSpectra, 'one-missing'],
    ['the tanned skin alone', { patch: none, surround: none, tanned: lab }, noSpectra, 'one-missing'],
    [
      'a spectrum beside numbers',
      { patch: none, surround: lab, tanned: none },
      { ...noSpectra, patch: spectrum },
      'mixed-kinds',
    ],
  ])('are refused for %s', (_, labs, spectra, reason) => {
    expect(readingsOf(labs, spectra, conditions)).toEqual({ ok: false, reason });
  });
});
