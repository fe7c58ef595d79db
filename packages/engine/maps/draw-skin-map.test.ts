import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPixelKernels } from '../kernels/index.ts';
import { encodeRgb } from '../light/index.ts';
import { labOfLinear, linearTable, type Picture } from '../photo/index.ts';
import { drawSkinMap, skinMapNames, skinMapRamps, skinPartsOf } from './index.ts';
import { bloodAxis, melaninAxis } from './tables/axes.ts';

const kernels = createPixelKernels();
const side = 48;

/** A square picture from linear light at each place, as shares of the side. */
function pictureOf(light: (x01: number, y01: number) => readonly number[]): Picture {
  const rgba = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const linear = light(x / (side - 1), y / (side - 1));
      const o = (y * side + x) * 4;
      for (let c = 0; c < 3; c++) rgba[o + c] = Math.round(encodeRgb(linear[c]) * 255);
      rgba[o + 3] = 255;
    }
  return { widthPx: side, heightPx: side, rgba };
}

/** Skin of so much melanin and blood under so much light. */
const skin = (melanin: number, blood: number, light = 1) =>
  [0.62, 0.5, 0.42].map((v, c) => v * light * Math.exp(-melanin * melaninAxis[c] - blood * bloodAxis[c]));

const table = linearTable();
/** How far melanin read from a pixel may lie from that of its light: half a level in each channel, all to the worse side. */
function melaninRounding(linear: readonly number[]): number {
  const levels = linear.map((value) => Math.round(encodeRgb(value) * 255));
  const at = (moved: readonly number[]) => skinPartsOf(moved.map((level) => table[level])).melanin;
  return levels.reduce((sum, _, c) => {
    const [up, down] = [1, -1].map((step) => at(levels.map((level, n) => (n === c ? level + step : level))));
    return sum + Math.abs(up - down) / 4;
  }, 0);
}
/** CIELAB lightness of a drawn pixel. */
function lightnessAt({ rgba }: Picture, x: number, y: number): number {
  const o = (y * side + x) * 4;
  return labOfLinear([table[rgba[o]], table[rgba[o + 1]], table[rgba[o + 2]]]).L;
}
const middle = side / 2;

describe('a skin map as a picture', () => {
  it.each(['melanin', 'blood'] as const)('%s is darker where there is more of it', (name) => {
    const more = (x01: number) => (name === 'melanin' ? skin(0.6 * x01, 0.05) : skin(0.3, 0.5 * x01));
    const { picture, span } = drawSkinMap(pictureOf(more), name, kernels);
    for (let x = 6; x < side; x += 6)
      expect(lightnessAt(picture, x, middle)).toBeLessThan(lightnessAt(picture, x - 6, middle));
    // All but the tails of a ramp from 0 to 0.6 (0.5).
    expect(Math.abs(span - 0.96 * (name === 'melanin' ? 0.6 : 0.5))).toBeLessThan(0.08);
  });

  it('shows a shadow in the map of shading, and next to nothing of it in the others', () => {
    const shadowed = pictureOf((x01) => skin(0.3, 0.05, 1 - 0.5 * x01));
    const shading = drawSkinMap(shadowed, 'shading', kernels);
    expect(lightnessAt(shading.picture, 3, middle)).toBeGreaterThan(
      lightnessAt(shading.picture, side - 3, middle) + 60,
    );
    expect(Math.abs(shading.span - Math.log(2))).toBeLessThan(0.08);
    for (const name of ['melanin', 'blood'] as const)
      expect(drawSkinMap(shadowed, name, kernels).span).toBeLessThan(0.16);
  });

  it('looks the same under more or less light of the same kind', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 1, noNaN: true }), (light) => {
        const patch = (x01: number, y01: number) => (Math.hypot(x01 - 0.5, y01 - 0.5) < 0.25 ? 0 : 0.6);
        const [full, less] = [1, light].map((amount) =>
          drawSkinMap(
            pictureOf((x01, y01) => skin(patch(x01, y01), 0.05, amount)),
            'melanin',
            kernels,
          ),
        );
        // Each end of each ramp was rounded to eight bits; the ramp itself keeps 32-bit numbers.
        const rounding = [1, light]
          .flatMap((amount) => [0, 0.6].map((melanin) => melaninRounding(skin(melanin, 0.05, amount))))
          .reduce((sum, one) => sum + one);
        expect(Math.abs(full.span - less.span)).toBeLessThan(rounding * 1.05 + 0.001);
        expect(lightnessAt(full.picture, middle, middle)).toBeGreaterThan(
          lightnessAt(full.picture, 3, 3) + 60,
        );
        expect(lightnessAt(less.picture, middle, middle)).toBeGreaterThan(
          lightnessAt(less.picture, 3, 3) + 60,
        );
      }),
      { numRuns: 20 },
    );
  });

  it('says nothing of burnt-out and black places, and is not moved by them', () => {
    const even = (x01: number) => skin(0.3 * x01, 0.05);
    const clean = drawSkinMap(pictureOf(even), 'melanin', kernels);
    for (const level of [0, 1]) {
      const spoilt = drawSkinMap(
        pictureOf((x01, y01) => (y01 < 0.3 ? [level, level, level] : even(x01))),
        'melanin',
        kernels,
      );
      expect(Math.abs(spoilt.span - clean.span)).toBeLessThan(0.03);
      const o = (4 * side + 4) * 4;
      const [r, g, b, alpha] = spoilt.picture.rgba.subarray(o, o + 4);
      expect([g, b, alpha]).toEqual([r, r, 255]);
    }
    const nothing = drawSkinMap(
      pictureOf(() => [1, 1, 1]),
      'blood',
      kernels,
    );
    expect(Number.isFinite(nothing.span)).toBe(true);
  });

  it('does not make a strong pattern of an even surface', () => {
    const { picture } = drawSkinMap(
      pictureOf(() => skin(0.3, 0.05)),
      'melanin',
      kernels,
    );
    const all = Array.from({ length: side }, (_, x) => lightnessAt(picture, x, middle));
    expect(Math.max(...all) - Math.min(...all)).toBeLessThan(5);
  });

  it('takes the ends of its ramp from the place that is looked at', () => {
    const hair = pictureOf((x01) => (x01 < 0.5 ? skin(2, 0.05) : skin(0.4 * x01, 0.05)));
    const around = { x: side / 2 + 3, y: 0, widthPx: side / 2 - 3, heightPx: side };
    const near = drawSkinMap(hair, 'melanin', kernels, around);
    expect(near.span).toBeLessThan(0.4);
    expect(drawSkinMap(hair, 'melanin', kernels).span).toBeGreaterThan(1);
  });

  it.each(skinMapNames)('%s: lightness runs one way, so hue need not be seen', (name) => {
    const lightness = skinMapRamps[name].map(([r, g, b]) => labOfLinear([table[r], table[g], table[b]]).L);
    const steps = lightness.slice(1).map((L, n) => L - lightness[n]);
    expect(new Set(steps.map(Math.sign)).size).toBe(1);
    expect(Math.min(...steps.map(Math.abs))).toBeGreaterThan(15);
  });

  it('reads the same of a colour as of a pixel', () => {
    const parts = skinPartsOf(skin(0.4, 0.1, 0.8));
    const none = skinPartsOf(skin(0, 0));
    expect(parts.melanin - none.melanin).toBeCloseTo(0.4, 6);
    expect(parts.blood - none.blood).toBeCloseTo(0.1, 6);
    expect(parts.shading - none.shading).toBeCloseTo(Math.log(0.8), 6);
  });
});
