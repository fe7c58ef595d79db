import { describe, expect, it } from 'vitest';
import { encodeRgb } from '../light/index.ts';
import { bloodAxis, melaninAxis } from '../maps/tables/axes.ts';
import type { Mask, Picture } from '../photo/index.ts';
import { doJob } from './jobs.ts';

const side = 160;
const control = { signal: new AbortController().signal, onProgress: () => {} };

/** Even skin with a round patch that holds less melanin and more blood; `light` of 1 burns nothing out. */
function scene(lessMelanin: number, moreBlood: number, patchLight = 1): { picture: Picture; region: Mask } {
  const rgba = new Uint8ClampedArray(side * side * 4);
  const alpha = new Uint8Array(side * side);
  for (let p = 0; p < alpha.length; p++) {
    const isPatch = Math.hypot((p % side) - side / 2, Math.floor(p / side) - side / 2) < 24;
    if (isPatch) alpha[p] = 255;
    const [melanin, blood] = isPatch ? [0.9 - lessMelanin, 0.1 + moreBlood] : [0.9, 0.1];
    for (let c = 0; c < 3; c++) {
      const lost = melanin * melaninAxis[c] + blood * bloodAxis[c];
      const light = [0.6, 0.5, 0.45][c] * (isPatch ? patchLight : 1) * Math.exp(-lost);
      rgba[p * 4 + c] = Math.round(encodeRgb(Math.min(1, light)) * 255);
    }
    rgba[p * 4 + 3] = 255;
  }
  return {
    picture: { widthPx: side, heightPx: side, rgba },
    region: { widthPx: side, heightPx: side, alpha },
  };
}

describe('the job that draws a skin map', () => {
  it.each([
    ['melanin', -0.5],
    ['blood', 0.2],
    ['shading', 0],
  ] as const)('tells how the region differs from the skin around it: %s', async (name, difference) => {
    const { picture, region } = scene(0.5, 0.2);
    const answer = await doJob('skinMap', { picture, name, region }, control);
    expect(answer.regionLessSurround).toBeDefined();
    expect(Math.abs((answer.regionLessSurround ?? 0) - difference)).toBeLessThan(0.06);
    expect(answer.picture.rgba.length).toBe(picture.rgba.length);
  });

  it('tells nothing of a region that is burnt out, or when there is none', async () => {
    const { picture, region } = scene(0.5, 0.2, 8);
    const burnt = await doJob('skinMap', { picture, name: 'melanin', region }, control);
    expect(burnt.regionLessSurround).toBeUndefined();
    const whole = await doJob('skinMap', { picture, name: 'melanin' }, control);
    expect(whole.regionLessSurround).toBeUndefined();
  });
});
