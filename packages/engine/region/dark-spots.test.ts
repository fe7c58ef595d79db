import { describe, expect, it } from 'vitest';
import type { Mask, Picture } from '../photo/index.ts';
import { type Chromophores, simulatePatch } from '../simulator/patch.ts';
import { type Random, seededRandom } from '../simulator/random.ts';
import { drawMole, drawStrand } from '../simulator/spots.ts';
import { readPhoto } from '../tools/landmarks/fixtures.ts';
import { findDarkSpots, leaveOut, spotField } from './dark-spots.ts';
import { createMask } from './mask.ts';

/** Skin in the fixture photographs, px, and how strongly a patch shows there (ln of green). */
const places = [
  { photo: 'cc0-005-woman-light-skin-lips.jpg', x: 560, y: 290, side: 160, strength: 0.35 },
  { photo: 'cc0-027-woman-red-lips-tilted.jpg', x: 480, y: 350, side: 110, strength: 0.45 },
  { photo: 'cc0-006-man-dark-skin-beard.jpg', x: 290, y: 470, side: 110, strength: 1 },
  { photo: 'cc0-061-man-shaved-scalp-front.jpg', x: 440, y: 85, side: 100, strength: 0.7 },
];
const perPlace = 6;

interface Scene {
  readonly picture: Picture;
  readonly mask: Mask;
  readonly random: Random;
  /** A pixel well inside the patch, by chance. */
  readonly somewhere: () => { x: number; y: number };
}

async function scenesOf(seed: number): Promise<Scene[]> {
  const scenes: Scene[] = [];
  for (const [i, { photo, x, y, side, strength }] of places.entries()) {
    const whole = await readPhoto(photo);
    for (let k = 0; k < perPlace; k++) {
      const random = seededRandom(seed + 100 * i + k);
      const chromophores: Chromophores = k % 2 ? 'steep' : 'flat-with-erythema';
      const area = { x, y, widthPx: side, heightPx: side };
      const { picture, mask } = simulatePatch(whole, area, { strength, chromophores, random });
      const inner = [...mask.alpha.keys()].filter((p) => mask.alpha[p] > 200);
      const somewhere = () => {
        const p = random.pick(inner);
        return { x: (p % mask.widthPx) + 0.5, y: Math.floor(p / mask.widthPx) + 0.5 };
      };
      scenes.push({ picture, mask, random, somewhere });
    }
  }
  return scenes;
}

/** Spots on the patch itself; islands of pigment, which are holes of the mask, are spots rightly. */
const onPatch = (mask: Mask, picture: Picture) =>
  findDarkSpots(picture, mask).filter(
    ({ x, y }) => mask.alpha[Math.floor(y) * mask.widthPx + Math.floor(x)] >= 128,
  );

describe('dark spots in a region', async () => {
  const scenes = await scenesOf(61_000);

  it('finds most moles drawn anywhere on a patch, where they are and as large as they are', () => {
    const found = scenes.flatMap(({ picture, mask, random, somewhere }) => {
      const diameterPx = random.between(8, 20);
      const mole = { ...somewhere(), diameterPx, strength: random.between(0.4, 1.2) };
      const spots = findDarkSpots(drawMole(picture, mole, random), mask);
      const spot = spots.find(({ x, y }) => Math.hypot(x - mole.x, y - mole.y) < diameterPx / 2);
      return spot ? [spot.diameterPx / diameterPx] : [];
    });
    expect(found.length).toBeGreaterThanOrEqual(Math.ceil(0.75 * scenes.length));
    found.sort((a, b) => a - b);
    expect(found[found.length >> 1]).toBeGreaterThan(0.85);
    expect(found[found.length >> 1]).toBeLessThan(1.15);
  });

  it('sees few where there are none, and few in strands of hair', () => {
    const clean = scenes.flatMap(({ picture, mask }) => onPatch(mask, picture));
    expect(clean.length).toBeLessThanOrEqual(0.2 * scenes.length);
    const onStrands = scenes.flatMap(({ picture, mask, random, somewhere }) => {
      const strand = { from: somewhere(), to: somewhere(), widthPx: random.between(1.5, 3) };
      return onPatch(mask, drawStrand(picture, strand, random));
    });
    expect(onStrands.length).toBeLessThanOrEqual(0.35 * scenes.length);
  });

  it('takes only sizes that a mole can have, once the scale is known', () => {
    const { picture, mask, random, somewhere } = scenes[0];
    const withMole = drawMole(picture, { ...somewhere(), diameterPx: 14, strength: 1 }, random);
    expect(findDarkSpots(withMole, mask, { mmPerPx: 0.2 }).length).toBeGreaterThan(0);
    // 14 pixels would be 0.1 mm or 70 mm.
    expect(findDarkSpots(withMole, mask, { mmPerPx: 0.1 / 14 })).toEqual([]);
    expect(findDarkSpots(withMole, mask, { mmPerPx: 5 })).toEqual([]);
  });

  it('leaves a spot and its margin out, and nothing else', () => {
    let spotsSeen = 0;
    let wrong = 0;
    let again = 0;
    for (const { picture, mask, random, somewhere } of scenes.slice(0, 8)) {
      const withMole = drawMole(picture, { ...somewhere(), diameterPx: 12, strength: 1 }, random);
      const spots = findDarkSpots(withMole, mask, { mmPerPx: 0.2 });
      spotsSeen += spots.length;
      const left = leaveOut(mask, spots, 0.2);
      again += findDarkSpots(withMole, left, { mmPerPx: 0.2 }).filter((spot) => spot.darkerLn > 0.5).length;
      for (let p = 0; p < mask.alpha.length; p++) {
        const x = (p % mask.widthPx) + 0.5;
        const y = Math.floor(p / mask.widthPx) + 0.5;
        // 2 mm of margin are 10 px here.
        const edge = Math.min(
          ...spots.map((spot) => Math.hypot(x - spot.x, y - spot.y) - spot.diameterPx / 2 - 10),
        );
        if (edge < -1 && left.alpha[p] !== 0) wrong++;
        if (edge > 1 && left.alpha[p] !== mask.alpha[p]) wrong++;
      }
    }
    expect(spotsSeen).toBeGreaterThan(0);
    expect(wrong).toBe(0);
    // What was left out is not found again.
    expect(again).toBe(0);
  });

  it('finds the same in the part of the picture that it needs', () => {
    let spotsSeen = 0;
    for (const { picture, mask, random, somewhere } of scenes.slice(0, 8)) {
      const withMole = drawMole(picture, { ...somewhere(), diameterPx: 14, strength: 1 }, random);
      for (const mmPerPx of [undefined, 0.2]) {
        const field = spotField(withMole, mask, mmPerPx);
        if (!field) throw new Error('the region is large enough');
        expect(field.picture.rgba.length).toBeLessThan(0.7 * picture.rgba.length);
        const options = mmPerPx ? { mmPerPx } : {};
        const whole = findDarkSpots(withMole, mask, options);
        const part = findDarkSpots(field.picture, field.mask, options);
        expect(part.length).toBe(whole.length);
        part.forEach((spot, n) => {
          expect(spot.x + field.at.x).toBeCloseTo(whole[n].x, 6);
          expect(spot.y + field.at.y).toBeCloseTo(whole[n].y, 6);
          expect(spot.diameterPx).toBeCloseTo(whole[n].diameterPx, 6);
        });
        spotsSeen += whole.length;
      }
    }
    expect(spotsSeen).toBeGreaterThan(4);
  });

  it('has none in an empty region, and needs nothing of the picture then', () => {
    const { picture } = scenes[0];
    const empty = createMask(picture.widthPx, picture.heightPx);
    expect(findDarkSpots(picture, empty)).toEqual([]);
    expect(spotField(picture, empty)).toBeUndefined();
  });
});
