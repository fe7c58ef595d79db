import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPicture, cropPicture, type Picture } from '../../photo/picture.ts';
import {
  photoNames,
  pictureFrom,
  pointsOf,
  type Reference,
  readModels,
  readPhoto,
  readReferences,
} from '../../tools/landmarks/fixtures.ts';
import { intersectionOverUnion } from '../mask.ts';
import { createFaceLandmarker, type FaceLandmarker, type FaceLandmarks } from './face-landmarker.ts';
import { irisScale } from './iris.ts';
import { lipOutlineMask } from './lips.ts';
import type { LandmarkModels } from './weights.ts';

interface Face {
  readonly name: string;
  readonly picture: Picture;
  readonly reference: Float32Array;
}

let models: LandmarkModels;
let landmarker: FaceLandmarker;
let references: Map<string, Reference>;
/** Photographs in which MediaPipe saw a face. */
let faces: Face[];

beforeAll(async () => {
  models = await readModels();
  landmarker = createFaceLandmarker(models);
  references = await readReferences();
  faces = [];
  for (const [name, reference] of references)
    if (reference.points)
      faces.push({ name, picture: await readPhoto(name), reference: pointsOf(reference) });
});

function found(picture: Picture): FaceLandmarks {
  const answer = landmarker.detect(picture);
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

/** Distances between two sets of points, per cent of the eye distance. */
function errors(a: Float32Array, b: Float32Array, eyeDistancePx: number): number[] {
  return Array.from(
    { length: a.length / 3 },
    (_, i) => (100 * Math.hypot(a[3 * i] - b[3 * i], a[3 * i + 1] - b[3 * i + 1])) / eyeDistancePx,
  );
}

/** Photographs in which something measures the limit or more: none, when all is well. */
function beyond(limit: number, measure: (face: Face) => number, list: readonly Face[] = faces): string[] {
  return list.flatMap((face) => {
    const value = measure(face);
    return value < limit ? [] : [`${face.name}: ${value}`];
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function picked(points: Float32Array, i: number): { x: number; y: number } {
  return { x: points[3 * i], y: points[3 * i + 1] };
}

function png(picture: Picture): Sharp {
  const { widthPx: width, heightPx: height, rgba } = picture;
  return sharp(rgba, { raw: { width, height, channels: 4 } });
}

async function redrawn(picture: Picture, change: (image: Sharp) => Sharp): Promise<Picture> {
  return pictureFrom(sharp(await change(png(picture)).png().toBuffer()));
}

describe('face landmarks', () => {
  it('every photograph of the fixtures has a reference', async () => {
    expect([...references.keys()]).toEqual(await photoNames());
    expect(faces.length).toBeGreaterThanOrEqual(11);
  });

  it('lie where MediaPipe puts them, within half a per cent of the eye distance', () => {
    const off = ({ picture, reference }: Face) => {
      const { points, eyeDistancePx } = found(picture);
      return errors(points, reference, eyeDistancePx);
    };
    expect(beyond(0.2, (face) => mean(off(face)))).toEqual([]);
    expect(beyond(0.6, (face) => Math.max(...off(face)))).toEqual([]);
  });

  it('lie as deep as MediaPipe puts them', () => {
    const deepest = ({ picture, reference }: Face) => {
      const { points, eyeDistancePx } = found(picture);
      const off = Array.from(points, (value, i) => (i % 3 === 2 ? Math.abs(value - reference[i]) : 0));
      return Math.max(...off) / eyeDistancePx;
    };
    expect(beyond(0.01, deepest)).toEqual([]);
  });

  it('draw the same lips, overlap 0.97 or more', () => {
    const missing = ({ picture, reference }: Face) =>
      1 -
      intersectionOverUnion(
        lipOutlineMask(found(picture).points, picture),
        lipOutlineMask(reference, picture),
      );
    expect(beyond(0.03, missing)).toEqual([]);
  });

  it('are the same from plain JavaScript as from SIMD', () => {
    const { picture } = faces[0];
    const plain = createFaceLandmarker(models, 'plain').detect(picture);
    if (!plain.ok) throw new Error(plain.message);
    const { points } = found(picture);
    expect(Math.max(...errors(points, plain.points, 100))).toBeLessThan(0.01);
  });

  it('do not depend on the pictures before', () => {
    const [a, b] = faces;
    const alone = found(a.picture).points;
    found(b.picture);
    expect(found(a.picture).points).toEqual(alone);
  });

  it('mirror with the picture: the face keeps its shape', async () => {
    const mirrored = new Map<string, Float32Array>();
    for (const { name, picture } of faces)
      mirrored.set(name, found(await redrawn(picture, (image) => image.flop())).points);
    // Points that are their own mirror image: middle of lips, nose, chin, forehead.
    const apart = ({ name, picture }: Face) => {
      const { points, eyeDistancePx } = found(picture);
      const offsPx = [0, 17, 13, 14, 1, 152, 10].map((i) => {
        const [here, there] = [picked(points, i), picked(mirrored.get(name) ?? points, i)];
        return Math.hypot(picture.widthPx - here.x - there.x, here.y - there.y);
      });
      return Math.max(...offsPx) / eyeDistancePx;
    };
    expect(beyond(0.08, apart)).toEqual([]);
  });

  it('follow a picture that is turned', async () => {
    const back = new Map<string, Float32Array[]>();
    for (const { name, picture } of faces) {
      const { widthPx, heightPx } = picture;
      const upsideDown = found(await redrawn(picture, (image) => image.rotate(180))).points;
      const lying = found(await redrawn(picture, (image) => image.rotate(90))).points;
      back.set(name, [
        upsideDown.map((v, i) => (i % 3 === 0 ? widthPx - v : i % 3 === 1 ? heightPx - v : v)),
        lying.map((_, i) => {
          if (i % 3 === 0) return lying[i + 1];
          return i % 3 === 1 ? heightPx - lying[i - 1] : 0;
        }),
      ]);
    }
    const apart = ({ name, picture }: Face) => {
      const { points, eyeDistancePx } = found(picture);
      return Math.max(...(back.get(name) ?? []).map((turned) => mean(errors(points, turned, eyeDistancePx))));
    };
    expect(beyond(4, apart)).toEqual([]);
  });

  it('are found on a face that takes a sixteenth of the picture', async () => {
    const some = faces.filter((_, i) => i % 3 === 1);
    const [sidePx, left, top] = [2400, 1100, 300];
    const near = new Map<string, Float32Array>();
    for (const { name, picture } of some) {
      const scale = (0.06 * sidePx) / (2.4 * found(picture).eyeDistancePx);
      const size = [picture.widthPx, picture.heightPx].map((px) => Math.round(px * scale));
      const small = await png(picture).resize(size[0], size[1], { fit: 'fill' }).png().toBuffer();
      const field = sharp({ create: { width: sidePx, height: sidePx, channels: 3, background: '#8a8f94' } });
      const placed = await field
        .composite([{ input: small, left, top }])
        .png()
        .toBuffer();
      const far = found(await pictureFrom(sharp(placed))).points;
      near.set(
        name,
        far.map((v, i) => (i % 3 === 0 ? (v - left) / scale : i % 3 === 1 ? (v - top) / scale : v)),
      );
    }
    const apart = ({ name, picture }: Face) => {
      const { points, eyeDistancePx } = found(picture);
      return mean(errors(points, near.get(name) ?? points, eyeDistancePx));
    };
    expect(beyond(5, apart, some)).toEqual([]);
  });
});

describe('pictures without a whole face', () => {
  it('flat, striped and noisy ones hold no face', () => {
    const flat = createPicture(400, 300);
    const stripes = createPicture(300, 400);
    stripes.rgba.forEach((_, i) => {
      if (i % 4 !== 3) stripes.rgba[i] = (i >> 5) % 2 ? 220 : 40;
    });
    const noise = createPicture(256, 256);
    let state = 7;
    noise.rgba.forEach((_, i) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      if (i % 4 !== 3) noise.rgba[i] = state >>> 24;
    });
    for (const picture of [flat, stripes, noise, createPicture(1, 1), createPicture(1, 900)])
      expect(landmarker.detect(picture)).toMatchObject({ ok: false, reason: 'no-face' });
  });

  it('a cheek, a mouth, nose to chin, the eyes alone: told apart as close-ups', async () => {
    const closeUps = [await readPhoto('sim-patch-006.jpg')];
    for (const { picture } of faces.filter((_, i) => i % 4 === 1)) {
      const { points, eyeDistancePx } = found(picture);
      for (const [indices, margin] of [
        [[61, 291, 0, 17], 0.2],
        [[1, 152, 61, 291, 205, 425], 0.25],
        [[33, 263, 10], 0.2],
      ] as const) {
        const xs = indices.map((i) => picked(points, i).x);
        const ys = indices.map((i) => picked(points, i).y);
        const pad = margin * eyeDistancePx;
        const box = {
          x: Math.min(...xs) - pad,
          y: Math.min(...ys) - pad,
          widthPx: Math.max(...xs) - Math.min(...xs) + 2 * pad,
          heightPx: Math.max(...ys) - Math.min(...ys) + 2 * pad,
        };
        closeUps.push(cropPicture(picture, box));
      }
    }
    for (const picture of closeUps) {
      const answer = landmarker.detect(picture);
      expect(answer).toMatchObject({ ok: false, reason: 'close-up' });
      expect(answer).toHaveProperty('message', expect.stringContaining('tap and brush'));
    }
  });

  it('a face of a few pixels is refused for its size', async () => {
    const { picture } = faces[0];
    const { eyeDistancePx } = found(picture);
    const widthPx = Math.round((picture.widthPx * 18) / eyeDistancePx);
    const tiny = await redrawn(picture, (image) => image.resize(widthPx));
    expect(landmarker.detect(tiny)).toMatchObject({ ok: false, reason: 'face-too-small' });
  });
});

describe('scale from the iris', () => {
  it('gives adults a distance between the pupils within three standard deviations of what people have', () => {
    // Dodgson 2004 (ANSUR): mean 63.4 mm, sd 3.8 mm.
    const deviations = ({ name, picture }: Face) => {
      const { points, eyeDistancePx } = found(picture);
      const scale = irisScale(points);
      if (!scale.ok) throw new Error(`${name}: ${scale.message}`);
      expect(scale.relativeSd).toBeGreaterThan(0.04);
      return Math.abs(eyeDistancePx * scale.mmPerPx - 63.4) / Math.hypot(3.8, 63.4 * scale.relativeSd);
    };
    expect(beyond(3, deviations)).toEqual([]);
  });

  it('is refused for eyes of a few pixels and for irises that disagree', () => {
    const { points } = found(faces[0].picture);
    expect(irisScale(points.map((value) => value / 20))).toMatchObject({
      ok: false,
      reason: 'iris-too-small',
    });
    const shut = points.slice();
    shut[3 * 469] = shut[3 * 471];
    shut[3 * 469 + 1] = shut[3 * 471 + 1];
    expect(irisScale(shut)).toMatchObject({ ok: false, reason: 'iris-unclear' });
  });
});
