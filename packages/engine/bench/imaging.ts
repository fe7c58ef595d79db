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
import {
  applyStroke,
  createMask,
  intersectionOverUnion,
  proposeFromTap,
  sampleSkin,
} from '../region/index.ts';
import { balancedRgb, lightOn10nm, simulatedCameras } from '../simulator/camera.ts';
import { cardHeight, cardWidth, drawCard } from '../simulator/card.ts';
import { type Chromophores, simulatePatch } from '../simulator/patch.ts';
import { seededRandom } from '../simulator/random.ts';
import { readPhoto } from '../tools/landmarks/fixtures.ts';

export const name = 'imaging';
export const describe =
  'kernels against a memory copy; card found; patches proposed from one tap and after one stroke';

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
  await patches(count);
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

/** Skin in the fixture photographs: where a patch may lie, and how strong it may be there. */
const places = [
  { photo: 'cc0-005-woman-light-skin-lips.jpg', x: 560, y: 290, w: 160, h: 160, low: 0.22, high: 0.45 },
  { photo: 'cc0-049-woman-smile.jpg', x: 390, y: 650, w: 120, h: 80, low: 0.22, high: 0.45 },
  { photo: 'cc0-027-woman-red-lips-tilted.jpg', x: 480, y: 350, w: 140, h: 110, low: 0.25, high: 0.6 },
  { photo: 'cc0-006-man-dark-skin-beard.jpg', x: 290, y: 470, w: 130, h: 110, low: 0.7, high: 1.5 },
  { photo: 'cc0-025-woman-dark-skin-lips.jpg', x: 380, y: 790, w: 300, h: 90, low: 0.7, high: 1.6 },
  { photo: 'cc0-061-man-shaved-scalp-front.jpg', x: 420, y: 80, w: 170, h: 110, low: 0.4, high: 1.1 },
];

async function patches(count: number): Promise<void> {
  const assumptions: Chromophores[] = ['steep', 'flat-with-erythema'];
  const tapOnly: number[] = [];
  const afterStroke: number[] = [];
  let tapMs = 0;
  let strokeMs = 0;
  let sampled = 0;
  for (let i = 0; i < count; i++) {
    const random = seededRandom(80_000 + i);
    const place = places[i % places.length];
    const scene = simulatePatch(
      await readPhoto(place.photo),
      { x: place.x, y: place.y, widthPx: place.w, heightPx: place.h },
      { strength: random.between(place.low, place.high), chromophores: assumptions[i % 2], random },
    );
    const inside: number[] = [];
    scene.mask.alpha.forEach((a, p) => {
      if (a === 255) inside.push(p);
    });
    const p = random.pick(inside);
    const width = scene.mask.widthPx;
    const tap = { x: (p % width) + 0.5, y: Math.floor(p / width) + 0.5 };
    let start = performance.now();
    const proposal = proposeFromTap(scene.picture, [tap]);
    tapMs += performance.now() - start;
    const mask = proposal.ok ? proposal.mask : createMask(width, scene.mask.heightPx);
    tapOnly.push(intersectionOverUnion(mask, scene.mask));
    if (sampleSkin(scene.picture, mask).ok) sampled++;
    const radiusPx = Math.max(4, 0.35 * Math.sqrt(inside.length / Math.PI));
    const points = Array.from({ length: 60 }, () => random.pick(inside)).map((q) => ({
      x: (q % width) + 0.5,
      y: Math.floor(q / width) + 0.5,
    }));
    start = performance.now();
    // A proposal that is plainly wrong is undone before painting, as a person would.
    const base = (tapOnly.at(-1) ?? 0) > 0.6 ? mask : createMask(width, scene.mask.heightPx);
    const painted = applyStroke(scene.picture, base, { mode: 'add', radiusPx, points });
    strokeMs += performance.now() - start;
    afterStroke.push(intersectionOverUnion(painted, scene.mask));
  }
  const row = (label: string, values: number[]): void => {
    const sorted = [...values].sort((a, b) => a - b);
    const q = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))].toFixed(2);
    const good = values.filter((v) => v >= 0.8).length;
    console.log(
      `  ${label.padEnd(28)}median ${q(0.5)}  quarter ${q(0.25)}  twentieth ${q(0.05)}  at least 0.80: ${good} of ${count}`,
    );
  };
  console.log(`\nSimulated patches, intersection over union (tap anywhere inside; two pigment assumptions)`);
  row('one tap', tapOnly);
  row('one tap, one rough scribble', afterStroke);
  console.log(
    `  ${(tapMs / count).toFixed(0)} ms a tap, ${(strokeMs / count).toFixed(0)} ms a stroke at 1 MP; skin could be sampled in ${sampled}`,
  );
}
