import { linearAt } from '../../photo/colour.ts';
import type { Picture } from '../../photo/picture.ts';
import { couldBeSkin } from '../features.ts';
import { findFace } from './find-face.ts';
import { type KernelChoice, makeKernelsFor } from './kernel-choice.ts';
import { readModel } from './tflite/model.ts';
import { createProgram } from './tflite/program.ts';
import { irises, refinements } from './topology.ts';

/** Below this the model's 192 px input is an enlargement and the lips are a handful of pixels. */
const minEyeDistancePx = 24;
/** A picture without a face but with this share of skin is taken for a part of a person. */
const closeUpSkinShare = 0.4;

export interface FaceLandmarks {
  readonly ok: true;
  /** 478 points: x, y in pixels of the picture, z in the same unit, smaller is nearer to the camera. */
  readonly points: Float32Array;
  /** The mesh model's own confidence that it looked at a face. */
  readonly confidence01: number;
  /** Between the middles of the two irises, in the picture. */
  readonly eyeDistancePx: number;
  /** Another face was found too; the points are of the surest one. */
  readonly otherFaces: number;
}

export interface NoLandmarks {
  readonly ok: false;
  readonly reason: 'no-face' | 'face-too-small' | 'close-up' | 'not-upright';
  readonly message: string;
}

export interface FaceLandmarker {
  detect(picture: Picture): FaceLandmarks | NoLandmarks;
}

/**
 * Prepares the two models (about 0.1 s) for any number of pictures, one at a time.
 * Throws the codes of `readModel` and `createProgram` when the bytes are not those models.
 */
export function createFaceLandmarker(
  models: { detector: Uint8Array; attentionMesh: Uint8Array },
  kernels?: KernelChoice,
): FaceLandmarker {
  const makeKernels = makeKernelsFor(kernels);
  const programs = {
    detector: createProgram(readModel(models.detector), makeKernels),
    mesh: createProgram(readModel(models.attentionMesh), makeKernels),
  };
  return {
    detect: (picture) => {
      const face = findFace(programs, picture);
      if (!face) return refuse(skinShare(picture) > closeUpSkinShare ? 'close-up' : 'no-face');
      const { points, presence, otherFaces } = face;
      const eyeDistancePx = distance(points, irises.right[0], irises.left[0]);
      if (eyeDistancePx < minEyeDistancePx) return refuse('face-too-small');
      if (reachesOutside(points, picture)) return refuse('close-up');
      return { ok: true, points, confidence01: 1 / (1 + Math.exp(-presence)), eyeDistancePx, otherFaces };
    },
  };
}

function distance(points: Float32Array, a: number, b: number): number {
  const difference = (k: number) => points[3 * a + k] - points[3 * b + k];
  return Math.hypot(difference(0), difference(1));
}

/** True when an eye or a lip lies, even in part, outside the picture: the model then only guesses it. */
function reachesOutside(points: Float32Array, picture: Picture): boolean {
  return refinements.some(({ points: indices }) =>
    indices.some((i) => {
      const [x, y] = [points[3 * i], points[3 * i + 1]];
      return x < 0 || y < 0 || x > picture.widthPx || y > picture.heightPx;
    }),
  );
}

/** Share of the cells of a coarse grid whose mean colour skin can have. */
function skinShare(picture: Picture): number {
  const cells = 32;
  const radiusPx = Math.floor(Math.min(picture.widthPx, picture.heightPx) / (4 * cells));
  const ln = (value: number) => Math.log(Math.max(value, 0.0024));
  let skin = 0;
  for (let row = 0; row < cells; row++)
    for (let column = 0; column < cells; column++) {
      const place = {
        x: ((column + 0.5) * picture.widthPx) / cells,
        y: ((row + 0.5) * picture.heightPx) / cells,
      };
      const [r, g, b] = linearAt(picture, place, radiusPx);
      // The gate lets greys through; here only colours that lean to red count.
      if (ln(r) - ln(g) > 0.1 && couldBeSkin(ln(r), ln(g), ln(b))) skin++;
    }
  return skin / cells ** 2;
}

const messages = {
  'no-face':
    'No face was found in the picture. If it shows one, use a picture of the whole face from the front, or mark the region with tap and brush.',
  'face-too-small':
    'The face is too small in the picture to place the lips. Move closer or crop the picture, or mark the region with tap and brush.',
  'close-up':
    'The picture shows only part of the face. Step back until eyes and mouth are in the picture, or mark the region with tap and brush.',
} as const;

function refuse(reason: keyof typeof messages): NoLandmarks {
  return { ok: false, reason, message: messages[reason] };
}
