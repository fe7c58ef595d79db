import { beforeAll, describe, expect, it } from 'vitest';
import { readModels, readPhoto, readReferences, silhouetteOf } from '../../tools/landmarks/fixtures.ts';
import { intersectionOverUnion, resizeMask } from '../mask.ts';
import { createSilhouette } from './silhouette.ts';
import { type LandmarkModels, loadLandmarkModels } from './weights.ts';

let models: LandmarkModels;
beforeAll(async () => {
  models = await readModels();
});

describe('silhouette', () => {
  it('is the one MediaPipe draws, at the model’s size and at the picture’s', async () => {
    const silhouette = createSilhouette(models.silhouette);
    const poor: string[] = [];
    for (const [name, reference] of await readReferences()) {
      const picture = await readPhoto(name);
      const expected = await silhouetteOf(reference);
      const whole = silhouette.segment(picture);
      expect([whole.widthPx, whole.heightPx]).toEqual([picture.widthPx, picture.heightPx]);
      const small = intersectionOverUnion(silhouette.segmentSmall(picture), expected);
      const large = intersectionOverUnion(resizeMask(whole, expected.widthPx, expected.heightPx), expected);
      if (small < 0.99 || large < 0.98) poor.push(`${name} ${small} ${large}`);
    }
    expect(poor).toEqual([]);
  });
});

describe('weights', () => {
  it('that differ in one bit are refused', async () => {
    const changed = (bytes: Uint8Array) => {
      const copy = bytes.slice();
      copy[copy.length >> 1] ^= 1;
      return copy;
    };
    const whole = new Uint8Array(3_986_256);
    whole.set(models.attentionMesh);
    whole.set(models.detector, whole.length - models.detector.length);
    const load = (face: Uint8Array, silhouette: Uint8Array) =>
      loadLandmarkModels((file) => Promise.resolve(file === 'face' ? face : silhouette));
    await expect(load(whole, models.silhouette)).resolves.toMatchObject({ silhouette: models.silhouette });
    const mismatch = { code: 'weights-mismatch' };
    await expect(load(changed(whole).fill(0, 0, 100), models.silhouette)).rejects.toMatchObject(mismatch);
    await expect(load(whole, changed(models.silhouette))).rejects.toMatchObject(mismatch);
    await expect(load(whole.subarray(0, 1000), models.silhouette)).rejects.toMatchObject(mismatch);
  });
});
