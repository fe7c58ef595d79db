import { readFileSync } from 'node:fs';
import { parsePigments } from '@undertone/engine/match/index.ts';
import { describe, expect, it } from 'vitest';
import { deriveFile, documentOf, type SetLabels, wrongNumbers } from './derive.ts';

const paints = readFileSync(
  new URL('../../../engine/fixtures/pigments/paint_kimera_masstone_tint.csv', import.meta.url),
  'utf8',
);
const labels: SetLabels = { name: 'Shelf 2', kind: 'ink', source: 'Read by us', ciNumbers: {} };

function derived(text = paints, gloss = false) {
  const file = deriveFile(text, gloss);
  if (!file.ok) throw new Error(file.message);
  return file;
}

describe('a file of drawdowns', () => {
  it('gives every pigment a colour and curves that are reflectances, tints lighter than their masstone', () => {
    for (const { pigment, colour, masstone01, tint01 } of derived().pigments) {
      expect(colour).toMatch(/^rgb\(\d+ \d+ \d+\)$/);
      expect(Math.min(...masstone01)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...masstone01)).toBeLessThanOrEqual(1);
      expect(tint01 === undefined).toBe(pigment.isWhiteOpacifier);
      const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
      expect(sum(tint01 ?? masstone01)).toBeGreaterThanOrEqual(sum(masstone01));
    }
  });

  it('comes back from its saved document with its labels, K and S to six digits', () => {
    const { set } = derived();
    const ciNumbers = { 'red-oxide': ' 77491 ' };
    const again = parsePigments(documentOf(set, { ...labels, ciNumbers }));
    if (!again.ok) throw new Error(again.message);
    expect(again.set).toMatchObject({ name: 'Shelf 2', kind: 'ink', doseCalibrated: false });
    for (const [n, pigment] of again.set.pigments.entries()) {
      expect(pigment.kind).toBe('ink');
      expect(pigment.provenance).toEqual({ method: 'masstone-and-tint', source: 'Read by us' });
      expect(pigment.ciNumber).toBe(pigment.id === 'red-oxide' ? '77491' : undefined);
      for (const [i, K] of pigment.K.entries()) {
        const before = set.pigments[n]?.K[i] ?? Number.NaN;
        expect(Math.abs(K - before)).toBeLessThanOrEqual(1e-5 * before);
      }
    }
  });

  it('gives other coefficients when the instrument saw the gloss', () => {
    const [plain, glossy] = [derived(), derived(paints, true)];
    const dark = plain.pigments.findIndex(({ pigment }) => pigment.id === 'black');
    expect(glossy.pigments[dark]?.pigment.K[15]).not.toBeCloseTo(plain.pigments[dark]?.pigment.K[15] ?? 0, 3);
  });

  it.each([
    ['percent', paints.replaceAll(/^(\d+(?:\.\d+)?),([\d.]+)/gm, '$1,64.2'), /row \d+, column .*percent/],
    ['a gap', paints.replace(/^(549[.\d]*),[\d.]+/m, '$1,'), /row \d+, column .*fill the gap/],
  ])('is refused for %s by row and column', (_, text, message) => {
    expect(text).not.toBe(paints);
    expect(deriveFile(text, false)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });
});

describe('a Colour Index number', () => {
  it('has five digits or is left out', () => {
    const ciNumbers = { red: '77491', white: '', black: ' 77266 ', blue: '7416', green: 'PG7' };
    expect(wrongNumbers({ ciNumbers })).toEqual(['blue', 'green']);
  });
});
