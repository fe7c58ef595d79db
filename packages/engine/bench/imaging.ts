import PoissonDiskSampling from 'poisson-disk-sampling';
import sharp from 'sharp';
import { findColorChecker, type Picture, qualityOf } from '../photo/index.ts';
import { colorChecker24Reflectance } from '../photo/tables/colorchecker24.ts';
import { decodeDotTiles, densityMap, layDotsByDensity } from '../plan/index.ts';
import { balancedRgb, lightOn10nm, simulatedCameras } from '../simulator/camera.ts';
import { cardHeight, cardWidth, drawCard } from '../simulator/card.ts';
import { seededRandom } from '../simulator/random.ts';
import { readPhoto } from '../tools/landmarks/fixtures.ts';
import { benchKernels } from './imaging-kernels.ts';

export const name = 'imaging';
export const describe = 'kernels against a memory copy, OpenCV.js and sharp; dots; ColorChecker found';

/** Median of `rounds` timings after one warm-up, ms. */
async function timed(rounds: number, job: () => unknown): Promise<number> {
  await job();
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await job();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

async function at(photo: string, widthPx: number, heightPx: number): Promise<Picture> {
  const small = await readPhoto(photo);
  const { data } = await sharp(small.rgba, {
    raw: { width: small.widthPx, height: small.heightPx, channels: 4 },
  })
    .resize(widthPx, heightPx, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx, heightPx, rgba: new Uint8ClampedArray(data) };
}

export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 24);
  await filters();
  await dots();
  await cards(count);
}

async function filters(): Promise<void> {
  for (const [label, w, h] of [
    ['2 MP', 1632, 1224],
    ['12 MP', 4032, 3024],
  ] as const) {
    const picture = await at('cc0-006-man-dark-skin-beard.jpg', w, h);
    await benchKernels(label, picture, label === '12 MP');
    for (const [what, job] of [
      ['quality report', () => qualityOf(picture)],
      ['search for a card where there is none', () => findColorChecker(picture)],
    ] as const) {
      console.log(`  ${what.padEnd(40)}${(await timed(3, job)).toFixed(1).padStart(10)}`);
    }
    console.log('');
  }
}

/** 100,000 dots whose density rises from 30 to 100 % over 20 x 25 cm. */
async function dots(): Promise<void> {
  const [widthPx, heightPx, mmPerPx] = [800, 1000, 0.25];
  const share = (x01: number) => 0.3 + 0.7 * x01;
  const mask = { widthPx, heightPx, alpha: new Uint8Array(widthPx * heightPx) };
  for (let p = 0; p < mask.alpha.length; p++)
    mask.alpha[p] = Math.round(255 * share((p % widthPx) / widthPx));
  const tiles = decodeDotTiles();
  const map = densityMap(mask, mmPerPx, { kind: 'patch', densityPerCm2: 308, featherMm: 0 }, 1);
  const ours = () => layDotsByDensity(map, { seed: 1, tiles, fullPerCm2: 308 });
  const oursMs = await timed(5, ours);
  const random = seededRandom(1);
  // Its spacing is set once to give as many dots; it falls as the root of the density.
  const peer = () =>
    new PoissonDiskSampling(
      {
        shape: [widthPx * mmPerPx, heightPx * mmPerPx],
        minDistance: 0.5,
        maxDistance: 0.5 / Math.sqrt(0.3),
        distanceFunction: ([x]) =>
          (1 / Math.sqrt(share(x / (widthPx * mmPerPx))) - 1) / (1 / Math.sqrt(0.3) - 1),
      },
      () => random.uniform(),
    ).fill();
  const peerMs = await timed(1, peer);
  console.log('dots, density 30 to 100 % over 20 x 25 cm');
  console.log(`  tiles of blue noise: ${ours().count} dots, ${oursMs.toFixed(2)} ms`);
  console.log(
    `  poisson-disk-sampling: ${peer().length} dots, ${peerMs.toFixed(0)} ms, ${(peerMs / oursMs).toFixed(0)} x ours`,
  );
}

async function cards(count: number): Promise<void> {
  const names = [
    'cc0-005-woman-light-skin-lips.jpg',
    'cc0-027-woman-red-lips-tilted.jpg',
    'cc0-049-woman-smile.jpg',
  ];
  const backgrounds = await Promise.all(names.map(readPhoto));
  let found = 0;
  for (let seed = 1; seed <= count; seed++) {
    const random = seededRandom(70_000 + seed);
    const background = random.pick(backgrounds);
    const light = lightOn10nm(random.pick(['D65', 'D50', 'A', 'LED-B3', 'FL11'] as const));
    const camera = random.pick(simulatedCameras);
    const exposure = random.between(0.55, 0.9);
    const width = background.widthPx * random.between(0.28, 0.6);
    const height = (width * cardHeight) / cardWidth;
    const turn = random.between(0, 2 * Math.PI);
    const corner = (a: number, b: number) => {
      const x = (a * width) / 2;
      const y = (b * height) / 2;
      return {
        x: 500 + x * Math.cos(turn) - y * Math.sin(turn),
        y: 500 + x * Math.sin(turn) + y * Math.cos(turn),
      };
    };
    const picture = drawCard(background, {
      corners: [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)],
      patches: colorChecker24Reflectance.map((r) => balancedRgb(camera, light, r, exposure)),
      blurPx: random.between(0.3, 1.8),
      noiseLevels: random.between(0.5, 4),
      random,
    });
    if (findColorChecker(picture)) found++;
  }
  console.log(
    `\nColorChecker found in ${found} of ${count} scenes (any turn, light, camera; blur to 1.8 px, noise to 4 levels)`,
  );
}
