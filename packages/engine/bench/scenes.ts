import sharp from 'sharp';
import { cropPicture, type Mask, type Picture, type Point } from '../photo/index.ts';
import { relit, someLight } from '../simulator/light.ts';
import { type Chromophores, simulatePatch } from '../simulator/patch.ts';
import { type Random, seededRandom } from '../simulator/random.ts';
import { photoFile, pictureFrom } from '../tools/landmarks/fixtures.ts';

/** Skin in a photograph: where a patch may lie, px, and how strong it may be there (ln of green). */
export interface Place {
  readonly photo: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly low: number;
  readonly high: number;
  readonly skin: 'light' | 'brown' | 'very dark';
}

const woman005 = 'cc0-005-woman-light-skin-lips.jpg';
const man006 = 'cc0-006-man-dark-skin-beard.jpg';
const woman025 = 'cc0-025-woman-dark-skin-lips.jpg';
const woman027 = 'cc0-027-woman-red-lips-tilted.jpg';
const woman049 = 'cc0-049-woman-smile.jpg';
const man061 = 'cc0-061-man-shaved-scalp-front.jpg';
const light = { low: 0.22, high: 0.45, skin: 'light' } as const;
const dark = { low: 0.7, high: 1.5, skin: 'very dark' } as const;

/** The places on which the finder was tuned; every other is only measured. */
export const tunedPlaces: readonly Place[] = [
  { photo: woman005, x: 560, y: 290, w: 160, h: 160, ...light },
  { photo: woman049, x: 390, y: 650, w: 120, h: 80, ...light },
  { photo: woman027, x: 480, y: 350, w: 140, h: 110, ...light, low: 0.25, high: 0.6 },
  { photo: man006, x: 290, y: 470, w: 130, h: 110, ...dark },
  { photo: woman025, x: 380, y: 790, w: 300, h: 90, ...dark, high: 1.6 },
  { photo: man061, x: 420, y: 80, w: 170, h: 110, low: 0.4, high: 1.1, skin: 'brown' },
];

/** Other skin of the same six people. */
export const otherPlaces: readonly Place[] = [
  { photo: woman005, x: 415, y: 35, w: 160, h: 85, ...light },
  { photo: woman005, x: 440, y: 595, w: 150, h: 65, ...light },
  { photo: man006, x: 605, y: 480, w: 105, h: 110, ...dark },
  { photo: woman025, x: 600, y: 290, w: 180, h: 110, ...dark },
  { photo: woman025, x: 800, y: 705, w: 190, h: 110, ...dark },
  { photo: woman027, x: 350, y: 120, w: 125, h: 75, ...light, low: 0.25, high: 0.6 },
  { photo: woman049, x: 385, y: 430, w: 95, h: 90, ...light },
  { photo: woman049, x: 105, y: 830, w: 170, h: 150, ...light },
];

/** Four more people: official portraits of 225 x 275 px, enlarged threefold (places in the enlarged picture). */
export const otherPeople: readonly Place[] = [
  { photo: 'pd-congress-L000174-bald-front.jpg', x: 220, y: 110, w: 240, h: 130, ...light },
  { photo: 'pd-congress-H001042-lips.jpg', x: 285, y: 195, w: 140, h: 75, ...light, high: 0.6 },
  {
    photo: 'pd-congress-J000294-cropped-hair.jpg',
    x: 210,
    y: 130,
    w: 200,
    h: 110,
    low: 0.4,
    high: 1,
    skin: 'brown',
  },
  { photo: 'pd-congress-W000187-lips.jpg', x: 375, y: 370, w: 80, h: 130, low: 0.4, high: 1, skin: 'brown' },
];

export interface Scene {
  /** The photograph before the patch was made. */
  readonly original: Picture;
  readonly picture: Picture;
  readonly truth: Mask;
  readonly inside: readonly number[];
  readonly tap: Point;
  readonly random: Random;
}

const assumptions: readonly Chromophores[] = ['steep', 'flat-with-erythema'];

/**
 * One patch on a photograph. Two scenes in five are cut close about it, as a clinic photographs it; with `light`
 * the photograph is first lit, developed and mirrored otherwise.
 */
export async function sceneOf(
  place: Place,
  seed: number,
  i: number,
  isRelit: boolean,
  unevenness?: number,
): Promise<Scene> {
  const random = seededRandom(seed);
  let original = await photographOf(place.photo);
  let x = place.x;
  if (isRelit) {
    const light = someLight(random);
    original = relit(original, light, random);
    if (light.isMirrored) x = original.widthPx - place.x - place.w;
  }
  const patch = simulatePatch(
    original,
    { x, y: place.y, widthPx: place.w, heightPx: place.h },
    {
      strength: random.between(place.low, place.high),
      chromophores: random.pick(assumptions),
      random,
      ...(unevenness !== undefined && { unevenness }),
    },
  );
  let { picture, mask: truth } = patch;
  if (i % 5 >= 3) {
    const square = squareAbout(truth, random);
    [original, picture, truth] = [cut(original, square), cut(picture, square), cutMask(truth, square)];
  }
  const inside: number[] = [];
  truth.alpha.forEach((a, p) => {
    if (a === 255) inside.push(p);
  });
  return { original, picture, truth, inside, tap: pointOf(random.pick(inside), truth.widthPx), random };
}

/** Upright sRGB pixels; small portraits three times as wide. */
async function photographOf(name: string): Promise<Picture> {
  const image = sharp(photoFile(name));
  const { width, height } = await image.metadata();
  return pictureFrom(Math.max(width, height) < 400 ? image.resize(width * 3, height * 3) : image);
}

export const pointOf = (p: number, widthPx: number): Point => ({
  x: (p % widthPx) + 0.5,
  y: Math.floor(p / widthPx) + 0.5,
});

interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** A square about the patch, which fills 12 to 40 % of its side, not quite in the middle. */
function squareAbout(mask: Mask, random: Random): Square {
  let [left, right, top, low] = [mask.widthPx, 0, mask.heightPx, 0];
  mask.alpha.forEach((a, p) => {
    if (a < 128) return;
    const x = p % mask.widthPx;
    const y = Math.floor(p / mask.widthPx);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    low = Math.max(low, y);
  });
  const widest = Math.max(right - left, low - top) + 1;
  const side = Math.round(Math.min(mask.widthPx, mask.heightPx, widest / random.between(0.12, 0.4)));
  const corner = (middle: number, most: number): number =>
    Math.round(
      Math.max(0, Math.min(most, middle - side / 2 + random.between(-0.25, 0.25) * (side - widest))),
    );
  const x = corner((left + right) / 2, mask.widthPx - side);
  return { x, y: corner((top + low) / 2, mask.heightPx - side), side };
}

function cut(picture: Picture, { x, y, side }: Square): Picture {
  return cropPicture(picture, { x, y, widthPx: side, heightPx: side });
}

function cutMask(mask: Mask, { x, y, side }: Square): Mask {
  const alpha = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    const from = (y + row) * mask.widthPx + x;
    alpha.set(mask.alpha.subarray(from, from + side), row * side);
  }
  return { widthPx: side, heightPx: side, alpha };
}
