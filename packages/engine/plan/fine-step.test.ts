import { describe, expect, it } from 'vitest';
import { seededRandom } from '../simulator/random.ts';
import { type BorderView, borderJumps, type Rgb3 } from './border.ts';
import { readFinely } from './fine-step.ts';

const sidePx = 200;
const windowPx = 14;
const rise: Rgb3 = [0.3, 0.42, 0.7];

/** Cover of a disc whose border is moved out by `movedPx` and softened over `softPx` to either side. */
function disc(movedPx: number, softPx: number): Float32Array {
  return Float32Array.from({ length: sidePx * sidePx }, (_, p) => {
    const far = Math.hypot((p % sidePx) - 100, Math.floor(p / sidePx) - 97);
    return Math.min(1, Math.max(0, 0.5 + (45 + movedPx - far) / (2 * softPx)));
  });
}

/** Brown skin under a ridge of light that runs below the disc, with a texture of 2 %; the disc is lighter by `rise`. */
function view(drawn: Float32Array): BorderView {
  const random = seededRandom(4);
  const truth = disc(0, 1.2);
  const skin = [-1.3, -2, -2.5];
  const log = skin.map((ln) =>
    Float32Array.from(truth, (cover, p) => {
      const ridge = 0.3 * Math.exp(-(((p % sidePx) - 100) ** 2) / (2 * 45 ** 2));
      return ln + ridge + 0.02 * random.normal() + cover * rise[skin.indexOf(ln)];
    }),
  );
  return {
    widthPx: sidePx,
    heightPx: sidePx,
    log: [log[0], log[1], log[2]],
    clipped: new Uint8Array(sidePx * sidePx),
    cover: drawn,
  };
}

const errorOf = (mean: Rgb3): number => Math.max(...mean.map((v, c) => Math.abs(v - rise[c])));

describe('the border read from what is finer than the light', () => {
  it('tells the rise within 1 % of light across a ridge of light, nearer than planes do', () => {
    const seen = view(disc(0, 1.2));
    const planes = borderJumps(seen, windowPx);
    const fine = readFinely(seen, planes, windowPx);
    if (!fine) throw new Error('The exact cover was not believed.');
    expect(errorOf(fine.mean)).toBeLessThan(0.01);
    expect(errorOf(fine.mean)).toBeLessThan(errorOf(planes.mean));
  });

  it.each([
    ['too small by 1 px', -1, 1.2],
    ['too large by 1 px', 1, 1.2],
    ['too soft', 0, 4],
  ])('does not trust a cover that is %s', (_, movedPx, softPx) => {
    const seen = view(disc(movedPx, softPx));
    expect(readFinely(seen, borderJumps(seen, windowPx), windowPx)).toBeUndefined();
  });
});
