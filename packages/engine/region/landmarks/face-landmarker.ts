import type { Picture } from '../../photo/picture.ts';
import { detectFaces, meshBox } from './face-detector.ts';
import { type KernelChoice, makeKernelsFor } from './kernel-choice.ts';
import { sampleBox, type TurnedBox } from './sample.ts';
import { readModel } from './tflite/model.ts';
import { createProgram, type Program } from './tflite/program.ts';
import { irises, pointCount, refinements } from './topology.ts';

/** Side of the mesh model's input; its points come in these pixels. */
const meshSidePx = 192;
const minScore01 = 0.5;
/** Below this the 192 px input is an enlargement and the lips are a handful of pixels. */
const minEyeDistancePx = 24;

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
  readonly reason: 'no-face' | 'face-too-small' | 'close-up';
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
  const detector = createProgram(readModel(models.detector), makeKernels);
  const mesh = createProgram(readModel(models.attentionMesh), makeKernels);
  return {
    detect: (picture) => {
      const [face, ...others] = detectFaces(detector, picture, minScore01);
      if (!face) return refuse('no-face');
      const found = runMesh(mesh, picture, meshBox(face));
      if (found.confidence01 < minScore01) return refuse('no-face');
      const eyeDistancePx = distance(found.points, irises.right[0], irises.left[0]);
      if (eyeDistancePx < minEyeDistancePx) return refuse('face-too-small');
      if (reachesOutside(found.points, picture)) return refuse('close-up');
      return { ok: true, ...found, eyeDistancePx, otherFaces: others.length };
    },
  };
}

function runMesh(
  mesh: Program,
  picture: Picture,
  box: TurnedBox,
): { points: Float32Array; confidence01: number } {
  sampleBox(picture, box, { range: [0, 1], outside: 'edge' }, mesh.input);
  mesh.run();
  const points = new Float32Array(pointCount * 3);
  points.set(mesh.output('output_mesh_identity'));
  for (const { output, points: targets, depthFrom } of refinements) {
    const values = mesh.output(output);
    const depth = depthFrom && depthFrom.reduce((sum, i) => sum + points[3 * i + 2], 0) / depthFrom.length;
    targets.forEach((target, i) => {
      points[3 * target] = values[2 * i];
      points[3 * target + 1] = values[2 * i + 1];
      if (depth !== undefined) points[3 * target + 2] = depth;
    });
  }
  const [cos, sin] = [Math.cos(box.radians), Math.sin(box.radians)];
  for (let i = 0; i < pointCount; i++) {
    const u = (points[3 * i] / meshSidePx - 0.5) * box.width;
    const v = (points[3 * i + 1] / meshSidePx - 0.5) * box.height;
    points[3 * i] = box.centreX + u * cos - v * sin;
    points[3 * i + 1] = box.centreY + u * sin + v * cos;
    points[3 * i + 2] = (points[3 * i + 2] / meshSidePx) * box.width;
  }
  const flag = mesh.output('conv_faceflag')[0];
  return { points, confidence01: 1 / (1 + Math.exp(-flag)) };
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

const messages = {
  'no-face':
    'No face was found in the picture. If it shows one, use a picture of the whole face from the front, or mark the region with tap and brush.',
  'face-too-small':
    'The face is too small in the picture to place the lips. Move closer or crop the picture, or mark the region with tap and brush.',
  'close-up':
    'The picture shows only part of the face. Step back until eyes and mouth are in the picture, or mark the region with tap and brush.',
} as const;

function refuse(reason: NoLandmarks['reason']): NoLandmarks {
  return { ok: false, reason, message: messages[reason] };
}
