import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPixelKernels } from '../kernels/index.ts';
import { colorimeter, encodeRgb, linearRgbFromXyz, xyzUnder } from '../light/index.ts';
import type { Picture } from '../photo/index.ts';
import { exampleSkin, reflectanceOf, skinGrid } from '../skin/index.ts';
import { skinMaps } from './index.ts';
import { bloodAxis, melaninAxis } from './tables/axes.ts';

const kernels = createPixelKernels();

/** A picture of one row from linear light. */
function pictureOf(pixels: readonly (readonly number[])[]): Picture {
  const rgba = new Uint8ClampedArray(pixels.length * 4);
  pixels.forEach((linear, p) => {
    for (let c = 0; c < 3; c++) rgba[p * 4 + c] = Math.round(encodeRgb(linear[c]) * 255);
    rgba[p * 4 + 3] = 255;
  });
  return { widthPx: pixels.length, heightPx: 1, rgba };
}

const mapsOf = (pixels: readonly (readonly number[])[]) => skinMaps(pictureOf(pixels), kernels);

describe('skin maps', () => {
  it('take apart light that was put together from the three', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        fc.double({ min: -0.4, max: 0, noNaN: true }),
        (melanin, blood, shading) => {
          const light = (m: number, b: number, s: number) =>
            [0, 1, 2].map((c) => Math.exp(s - 0.2 - m * melaninAxis[c] - b * bloodAxis[c]));
          const maps = mapsOf([light(0, 0, 0), light(melanin, blood, shading)]);
          // Eight bits leave about half a level of each channel, which unmixing makes several times larger.
          expect(Math.abs(maps.melanin[1] - maps.melanin[0] - melanin)).toBeLessThan(0.12);
          expect(Math.abs(maps.blood[1] - maps.blood[0] - blood)).toBeLessThan(0.12);
          expect(Math.abs(maps.shading[1] - maps.shading[0] - shading)).toBeLessThan(0.12);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('give shading to shading: less light changes neither melanin nor blood', () => {
    const skin = [0.5, 0.3, 0.2];
    const maps = mapsOf([1, 0.8, 0.6, 0.45].map((light) => skin.map((v) => v * light)));
    for (let p = 1; p < 4; p++) {
      expect(Math.abs(maps.melanin[p] - maps.melanin[0])).toBeLessThan(0.1);
      expect(Math.abs(maps.blood[p] - maps.blood[0])).toBeLessThan(0.1);
    }
    expect(maps.shading[3] - maps.shading[0]).toBeCloseTo(Math.log(0.45), 1);
  });

  it('rise with what the skin model puts in, each in its own map more than in the other', () => {
    const meter = colorimeter('D65/2', skinGrid);
    const seen = (change: Partial<typeof exampleSkin>) =>
      linearRgbFromXyz(
        xyzUnder(meter, reflectanceOf({ ...exampleSkin, ...change }, undefined, 'interactive').values),
      );
    const maps = mapsOf([
      seen({}),
      seen({ melaninFraction: 0.032 }),
      seen({ melaninFraction: 0.064 }),
      seen({ bloodFraction: 0.013 }),
      seen({ bloodFraction: 0.022 }),
    ]);
    const rise = (plane: Float32Array, p: number) => plane[p] - plane[0];
    expect(rise(maps.melanin, 1)).toBeGreaterThan(0.05);
    expect(rise(maps.melanin, 2)).toBeGreaterThan(rise(maps.melanin, 1));
    expect(rise(maps.blood, 3)).toBeGreaterThan(0.05);
    expect(rise(maps.blood, 4)).toBeGreaterThan(rise(maps.blood, 3));
    expect(rise(maps.melanin, 2)).toBeGreaterThan(Math.abs(rise(maps.blood, 2)));
    expect(rise(maps.blood, 4)).toBeGreaterThan(Math.abs(rise(maps.melanin, 4)));
  });

  it('are the same by SIMD and plain, and stay finite in black and white', () => {
    const picture = pictureOf([
      [0, 0, 0],
      [1, 1, 1],
      [1, 0, 0],
      [0, 0.5, 1],
      [0.2, 0.1, 0.05],
    ]);
    const [fast, plain] = (['wasm', 'plain'] as const).map((kind) =>
      skinMaps(picture, createPixelKernels(kind)),
    );
    for (const name of ['melanin', 'blood', 'shading'] as const) {
      fast[name].forEach((value, p) => {
        expect(Number.isFinite(value)).toBe(true);
        expect(Math.abs(value - plain[name][p])).toBeLessThan(1e-4);
      });
    }
  });

  it('use the planes of an earlier picture again', () => {
    const first = mapsOf([
      [0.5, 0.3, 0.2],
      [0.4, 0.3, 0.2],
    ]);
    const again = skinMaps(
      pictureOf([
        [0.4, 0.3, 0.2],
        [0.5, 0.3, 0.2],
      ]),
      kernels,
      first,
    );
    expect(again.melanin).toBe(first.melanin);
  });
});
