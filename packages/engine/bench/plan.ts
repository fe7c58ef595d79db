import sharp from 'sharp';
import { samplePaints } from '../match/index.ts';
import { calibrate, type Mask, type Picture, qualityOf } from '../photo/index.ts';
import {
  decodeDotTiles,
  densityMap,
  layDotsByDensity,
  makePlan,
  prepareBlend,
  previewOf,
  renderRegion,
} from '../plan/index.ts';
import { measureRegion, proposeFromTap, sampleSkin } from '../region/index.ts';

export const name = 'plan';
export const describe =
  'each stage from photo to plan at 2 and 12 megapixels, with a copy of the photo as yardstick';

const fixture = (file: string) => new URL(`../fixtures/photos/${file}`, import.meta.url).pathname;

async function patchAt(sidePx: number): Promise<{ picture: Picture; mask: Mask }> {
  const { data } = await sharp(fixture('sim-patch-006.jpg'))
    .resize(sidePx, sidePx)
    .removeAlpha()
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const alpha = await sharp(fixture('sim-patch-006-mask.png'))
    .resize(sidePx, sidePx)
    .extractChannel(0)
    .raw()
    .toBuffer();
  return {
    picture: { widthPx: sidePx, heightPx: sidePx, rgba: new Uint8ClampedArray(data) },
    mask: { widthPx: sidePx, heightPx: sidePx, alpha: new Uint8Array(alpha) },
  };
}

export async function run(): Promise<void> {
  for (const sidePx of [1414, 3464]) {
    const { picture, mask } = await patchAt(sidePx);
    const mmPerPx = 120 / sidePx;
    const rows: [string, number][] = [];
    const time = async (label: string, work: () => unknown, rounds = 3) => {
      let best = Infinity;
      for (let k = 0; k < rounds; k++) {
        const start = performance.now();
        await work();
        best = Math.min(best, performance.now() - start);
      }
      rows.push([label, best]);
    };
    const blend = prepareBlend(picture, mask, 'lighter');
    if (!blend.ok) throw new Error(blend.message);
    const map = densityMap(mask, mmPerPx, { kind: 'patch', densityPerCm2: 400, featherMm: 2.5 }, 1);
    const tiles = decodeDotTiles();
    const input = {
      treatment: 'vitiligo',
      photo: { picture, sha256: '0'.repeat(64) },
      region: { mask, source: 'mask' },
      scale: { mmPerPx, relativeSd: 0, from: 'bench' },
      pigments: samplePaints,
      seed: 1,
    } as const;

    await time('copy of the photo', () => new Uint8ClampedArray(picture.rgba), 5);
    await time('find a chart', () => calibrate(picture), 1);
    await time('quality', () => qualityOf(picture, mask), 1);
    await time(
      'propose from a tap',
      () => proposeFromTap(picture, [{ x: sidePx * 0.47, y: sidePx * 0.5 }]),
      1,
    );
    await time('measure', () => measureRegion(mask, mmPerPx));
    await time('sample skin, full size', () => sampleSkin(picture, mask, mmPerPx), 1);
    await time('read the border', () => prepareBlend(picture, mask, 'lighter'));
    await time('render a preview', () => renderRegion(blend, [0.95, 0.95, 0.95]));
    await time('density map', () =>
      densityMap(mask, mmPerPx, { kind: 'patch', densityPerCm2: 400, featherMm: 2.5 }, 1),
    );
    await time('lay dots', () => layDotsByDensity(map, { seed: 1, tiles }));
    await time(
      'whole plan and three previews',
      async () => {
        const plan = await makePlan(input);
        if (!plan.ok) throw new Error(plan.message);
        for (const state of ['day0', 'week6', 'month12'] as const) previewOf(plan, state);
      },
      2,
    );
    const [[, copyMs]] = rows;
    console.log(
      `${((sidePx * sidePx) / 1e6).toFixed(1)} megapixels`.padEnd(32),
      'ms'.padStart(9),
      '/ copy'.padStart(9),
    );
    for (const [label, ms] of rows) {
      console.log(label.padEnd(32), ms.toFixed(1).padStart(9), (ms / copyMs).toFixed(1).padStart(9));
    }
    console.log('');
  }
}
