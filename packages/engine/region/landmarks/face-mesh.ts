import type { Picture } from '../../photo/picture.ts';
import type { DetectedFace } from './face-detector.ts';
import { placeIn, sampleBox, type TurnedBox } from './sample.ts';
import type { Program } from './tflite/program.ts';
import { landmarks, pointCount, refinements } from './topology.ts';

/** Side of the model's input; its points come in these pixels. */
const sidePx = 192;
/** Points of the mesh proper, which span the face. */
const meshPointCount = 468;
/** The region looked at is so much larger than the face. */
const margin = 1.5;

export interface FaceMesh {
  /** x, y, z of 478 points, pixels of the picture. */
  readonly points: Float32Array;
  /** How surely this is a face, as the model's own logit: 0 is even odds, whole faces come near 30. */
  readonly presence: number;
}

/** The region the model looks at for a detected face: eyes level, square. */
export function regionOfDetection({ box, rightEye, leftEye }: DetectedFace): TurnedBox {
  const side = margin * Math.max(box.width, box.height);
  const radians = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
  return { centreX: box.centreX, centreY: box.centreY, width: side, height: side, radians };
}

/** The region the points themselves call for. */
export function regionOfMesh({ points }: FaceMesh): TurnedBox {
  const { rightEyeOuterCorner: right, leftEyeOuterCorner: left } = landmarks;
  const radians = Math.atan2(
    points[3 * left + 1] - points[3 * right + 1],
    points[3 * left] - points[3 * right],
  );
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let i = 0; i < meshPointCount; i++)
    for (let k = 0; k < 2; k++) {
      low[k] = Math.min(low[k], points[3 * i + k]);
      high[k] = Math.max(high[k], points[3 * i + k]);
    }
  const side = margin * Math.max(high[0] - low[0], high[1] - low[1]);
  return {
    centreX: (low[0] + high[0]) / 2,
    centreY: (low[1] + high[1]) / 2,
    width: side,
    height: side,
    radians,
  };
}

/** The attention mesh of what lies in `region`, its finer lips, eyes and irises laid over the mesh. */
export function runFaceMesh(model: Program, picture: Picture, region: TurnedBox): FaceMesh {
  sampleBox(picture, region, { range: [0, 1], outside: 'edge' }, model.input);
  model.run();
  const points = new Float32Array(pointCount * 3);
  points.set(model.output('output_mesh_identity'));
  for (const { output, points: targets, depthFrom } of refinements) {
    const values = model.output(output);
    targets.forEach((target, i) => {
      points[3 * target] = values[2 * i];
      points[3 * target + 1] = values[2 * i + 1];
    });
    if (!depthFrom) continue;
    const depth = depthFrom.reduce((sum, i) => sum + points[3 * i + 2], 0) / depthFrom.length;
    for (const target of targets) points[3 * target + 2] = depth;
  }
  for (let i = 0; i < pointCount; i++) {
    const place = placeIn(region, points[3 * i] / sidePx, points[3 * i + 1] / sidePx);
    points[3 * i] = place.x;
    points[3 * i + 1] = place.y;
    points[3 * i + 2] *= region.width / sidePx;
  }
  return { points, presence: model.output('conv_faceflag')[0] };
}
