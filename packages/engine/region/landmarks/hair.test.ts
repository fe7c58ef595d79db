import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matteLight } from './hair.ts';

type Colour = readonly [number, number, number];
const lnOf = (colour: Colour): number => colour.reduce((sum, value) => sum + Math.log(value), 0) / 3;
const middleOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];
const times = ([r, g, b]: Colour, by: number): Colour => [r * by, g * by, b * by];
const withShine = ([r, g, b]: Colour, shine: number): Colour => [r + shine, g + shine, b + shine];

/** Very dark skin, linear light. */
const skin: Colour = [0.06, 0.035, 0.025];
const shades = fc.array(fc.double({ min: 0.85, max: 1.15, noNaN: true }), { minLength: 10, maxLength: 10 });

describe('the light of skin, by which hair is told from it', () => {
  it('is the median of its places where none of them shines', () => {
    fc.assert(
      fc.property(shades, (by) => {
        const colours = by.map((shade) => times(skin, shade));
        expect(matteLight(colours)).toBeCloseTo(middleOf(colours.map(lnOf)), 10);
      }),
    );
  });

  it('is that of the skin beneath where seven of ten places shine', () => {
    // Shine from 0.03 on takes more than 0.3 in ln of red over blue from this skin, so each such place is mended.
    const shines = fc.array(fc.double({ min: 0.03, max: 0.2, noNaN: true }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(shades, shines, (by, shine) => {
        const colours = by.map((shade, i) => withShine(times(skin, shade), shine[i] ?? 0));
        const found = matteLight(colours) - lnOf(skin);
        expect(found).toBeGreaterThanOrEqual(Math.log(0.85) - 1e-9);
        expect(found).toBeLessThanOrEqual(Math.log(1.15) + 1e-9);
      }),
    );
  });
});
