import sharp from 'sharp';
import {
  boxMean,
  findColorChecker,
  guidedFilter,
  type Picture,
  qualityOf,
  toLinear,
} from '../photo/index.ts';
import { colorChecker24Reflectance } from '../photo/tables/colorchecker24.ts';
import { balancedRgb, lightOn10nm, simulatedCameras } from '../simulator/camera.ts';
import { cardHeight, cardWidth, drawCard } from '../simulator/card.ts';
import { seededRandom } from '../simulator/random.ts';
import { readPhoto } from '../tools/landmarks/fixtures.ts';

export const name = 'imaging';
export const describe = 'kernels against a memory copy; ColorChecker found';

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
  await kernels();
  await cards(count);
}

async function kernels(): Promise<void> {
  for (const [label, w, h] of [
    ['2 MP', 1632, 1224],
    ['12 MP', 4032, 3024],
  ] as const) {
    const picture = await at('cc0-006-man-dark-skin-beard.jpg', w, h);
    const { g } = toLinear(picture);
    const target = new Float32Array(g.length);
    const copy = await timed(9, () => target.set(g));
    const rows: [string, number][] = [
      ['copy of one float plane (the limit)', copy],
      ['linear light, three planes', await timed(3, () => toLinear(picture))],
      ['box mean, radius 16', await timed(5, () => boxMean(g, w, h, 16, target))],
      ['guided filter, radius 16', await timed(3, () => guidedFilter(g, g, w, h, 16, 1e-3))],
      ['quality report', await timed(3, () => qualityOf(picture))],
      ['search for a card where there is none', await timed(3, () => findColorChecker(picture))],
      ['sharp blur, sigma 9, 8 bit (peer)', await timed(3, () => blurred(picture))],
    ];
    console.log(`${label} (${w} x ${h})`);
    for (const [what, ms] of rows) {
      console.log(
        `  ${what.padEnd(42)}${ms.toFixed(1).padStart(9)} ms${(ms / copy).toFixed(1).padStart(8)} x copy`,
      );
    }
  }
}

const blurred = (picture: Picture): Promise<Buffer> =>
  sharp(picture.rgba, { raw: { width: picture.widthPx, height: picture.heightPx, channels: 4 } })
    .blur(9)
    .raw()
    .toBuffer();

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
