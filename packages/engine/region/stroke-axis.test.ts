import { beforeAll, describe, expect, it } from 'vitest';
import { type LipScene, lipFacesOther, lipScenes } from '../bench/lip-scenes.ts';
import { closeUp, compare } from '../bench/lips.ts';
import { createPicture } from '../photo/index.ts';
import { drawAlong, rubOver } from '../simulator/hand.ts';
import { createMask, intersectionOverUnion, strokeMask } from './mask.ts';
import { applyStroke } from './stroke.ts';

let sceneOf: (seed: number, isScarred?: boolean) => LipScene;
beforeAll(async () => {
  sceneOf = await lipScenes(lipFacesOther);
});

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

describe('a stroke over lips', () => {
  it('finds their border from a rough rub, whatever their colour, close by and without a face', () => {
    const found: number[] = [];
    const brushed: number[] = [];
    for (let seed = 650_000; seed < 650_004; seed++) {
      const scene = sceneOf(seed);
      const { picture, lips } = closeUp(scene);
      const rub = rubOver(lips, scene.random);
      if (!rub) throw new Error('there are lips');
      const stroke = { mode: 'add', ...rub } as const;
      const { widthPx, heightPx } = picture;
      const drawn = applyStroke(picture, createMask(widthPx, heightPx), stroke, { inside: 'any' });
      found.push(compare(drawn, lips, scene.mmPerPx).overlap);
      brushed.push(intersectionOverUnion(strokeMask(widthPx, heightPx, stroke), lips));
    }
    expect(median(found)).toBeGreaterThan(0.85);
    expect(median(found)).toBeGreaterThan(median(brushed) + 0.1);
  });

  it('follows a scar within a millimetre', () => {
    const borders: number[] = [];
    for (let seed = 651_000; seed < 651_004; seed++) {
      const scene = sceneOf(seed, true);
      const { picture, scar } = closeUp(scene);
      const line = drawAlong(scar, scene.random);
      if (!line) continue;
      const empty = createMask(picture.widthPx, picture.heightPx);
      const drawn = applyStroke(picture, empty, { mode: 'add', ...line }, { inside: 'any' });
      borders.push(compare(drawn, scar, scene.mmPerPx).borderMm);
    }
    expect(borders.length).toBeGreaterThan(2);
    expect(median(borders)).toBeLessThan(1);
  });

  it('covers what it covers where nothing differs', () => {
    const flat = createPicture(200, 150);
    for (let i = 0; i < flat.rgba.length; i += 4) flat.rgba.set([190, 140, 120, 255], i);
    const stroke = {
      mode: 'add',
      points: [
        { x: 60, y: 70 },
        { x: 140, y: 80 },
      ],
      radiusPx: 18,
    } as const;
    const drawn = applyStroke(flat, createMask(200, 150), stroke, { inside: 'any' });
    expect(drawn).toEqual(strokeMask(200, 150, stroke));
  });
});
