import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPicture, type Mask, type Picture } from '../photo/index.ts';
import { type Blend, prepareBlend } from './blend.ts';
import { densityMap } from './density.ts';
import { type DensityCover, densityCover, lightAtDensity } from './density-cover.ts';
import type { DensityStroke } from './density-strokes.ts';
import { renderHealing } from './healing.ts';
import { renderRegion } from './render.ts';

const light = fc.double({ min: 0.01, max: 1, noNaN: true });
const ratio = fc.double({ min: 0.5, max: 1.5, noNaN: true });

describe('light where the dots are denser or sparser', () => {
  it('is the planned one at the planned density and the untreated one without dots', () => {
    fc.assert(
      fc.property(light, light, (untreated, planned) => {
        expect(lightAtDensity(untreated, planned, 1)).toBeCloseTo(planned, 9);
        expect(lightAtDensity(untreated, planned, 0)).toBeCloseTo(untreated, 9);
      }),
    );
  });

  it('goes further the way of the pigment with every dot more', () => {
    fc.assert(
      fc.property(light, light, ratio, ratio, (untreated, planned, one, other) => {
        const [fewer, more] = one < other ? [one, other] : [other, one];
        const way = Math.sign(planned - untreated);
        const gain = lightAtDensity(untreated, planned, more) - lightAtDensity(untreated, planned, fewer);
        expect(way * gain).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });
});

describe('the predicted colour of a region', () => {
  const [widthPx, heightPx] = [120, 100];
  const isInside = (x: number, y: number) => Math.hypot(x - 60, y - 50) < 34;
  const picture: Picture = createPicture(widthPx, heightPx);
  const mask: Mask = { widthPx, heightPx, alpha: new Uint8Array(widthPx * heightPx) };
  for (let y = 0, p = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, p++) {
      const grain = ((x * 7 + y * 13) % 5) - 2;
      const skin = isInside(x, y) ? [205, 178, 160] : [165, 125, 100];
      picture.rgba.set([skin[0] + grain, skin[1] + grain, skin[2] + grain, 255], 4 * p);
      mask.alpha[p] = isInside(x, y) ? 255 : 0;
    }
  const read = prepareBlend(picture, mask, 'lighter');
  const meanGreen = (shown: Picture, isLeft: boolean) => {
    let [sum, count] = [0, 0];
    for (let y = 40; y < 60; y++)
      for (let x = isLeft ? 36 : 68; x < (isLeft ? 52 : 84); x++) {
        sum += shown.rgba[4 * (y * widthPx + x) + 1];
        count++;
      }
    return sum / count;
  };
  const profile = { kind: 'patch', densityPerCm2: 120, featherMm: 1 } as const;
  const coverOf = (strokes: readonly DensityStroke[]) =>
    densityCover(densityMap(mask, 0.3, profile, 1, strokes), densityMap(mask, 0.3, profile, 1), 0.3);
  const left = (factor: number, radiusPx = 22): DensityStroke => ({
    factor,
    radiusPx,
    points: [[42, 50]],
  });
  const relative = [1, 1, 1] as const;

  it('is darker where a stroke sets more dots, lighter where fewer, and as it was everywhere else', () => {
    if (!read.ok) throw new Error(read.message);
    const blend: Blend = read;
    const asPlanned = renderRegion(blend, [...relative]);
    const denser = renderRegion(blend, [...relative], coverOf([left(1.5)]));
    const sparser = renderRegion(blend, [...relative], coverOf([left(0.5)]));
    expect(meanGreen(denser, true)).toBeLessThan(meanGreen(asPlanned, true) - 5);
    expect(meanGreen(sparser, true)).toBeGreaterThan(meanGreen(asPlanned, true) + 5);
    expect(meanGreen(denser, false)).toBe(meanGreen(asPlanned, false));
  });

  it('is drawn pixel for pixel as before where nothing was changed, or was changed back', () => {
    if (!read.ok) throw new Error(read.message);
    const statement = {
      state: 'week6',
      range: 'expected',
      relativeRgb: [1.02, 1, 0.98],
      redness01: 0,
      words: '',
    } as const;
    const draw = (density?: DensityCover) =>
      renderHealing(
        { kind: 'region', blend: read, treatment: 'vitiligo', ...(density && { density }) },
        statement,
      ).rgba;
    expect(draw(coverOf([]))).toEqual(draw());
    expect(draw(coverOf([left(1.5), left(1, 40)]))).toEqual(draw());
  });
});
