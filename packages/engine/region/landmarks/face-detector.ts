import type { Picture } from '../../photo/picture.ts';
import { sampleBox, type TurnedBox } from './sample.ts';
import type { Program } from './tflite/program.ts';

/*
 * BlazeFace, short range (Bazarevsky et al. 2019, arXiv 1907.05047), decoded as MediaPipe's
 * face_detection_short_range graph does.
 */

/** Input side of the model, and the divisor of all its coordinates. */
const sidePx = 128;
/** Anchors lie at the centres of two grids: [cells a side, anchors a cell]. */
const grids = [
  [16, 2],
  [8, 6],
] as const;
const valuesPerBox = 16;
const keypointCount = 6;
/** Boxes overlapping the best one more than this are averaged into it. */
const sameFaceOverlap = 0.3;

/** A face: all in shares of the detector's square input, 0..1. */
interface Candidate {
  readonly score01: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Right eye, left eye, nose tip, mouth, right ear, left ear (of the person); x, y each. */
  readonly keypoints: readonly number[];
}

export interface DetectedFace {
  readonly score01: number;
  /** Sides of the face box, pixels of the picture. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** x, y each, pixels; the person's right eye, left eye, nose tip, mouth, right ear, left ear. */
  readonly keypoints: readonly number[];
}

/** All faces scoring at least `minScore01`, best first. */
export function detectFaces(detector: Program, picture: Picture, minScore01: number): DetectedFace[] {
  const square = Math.max(picture.widthPx, picture.heightPx);
  const box: TurnedBox = {
    centreX: picture.widthPx / 2,
    centreY: picture.heightPx / 2,
    width: square,
    height: square,
    radians: 0,
  };
  sampleBox(picture, box, { range: [-1, 1], outside: 'black' }, detector.input);
  detector.run();
  const candidates = decode(detector.output('regressors'), detector.output('classificators'), minScore01);
  const toX = (x: number) => x * square - (square - picture.widthPx) / 2;
  const toY = (y: number) => y * square - (square - picture.heightPx) / 2;
  return averageOverlapping(candidates).map((face) => ({
    score01: face.score01,
    left: toX(face.left),
    top: toY(face.top),
    right: toX(face.right),
    bottom: toY(face.bottom),
    keypoints: face.keypoints.map((value, i) => (i % 2 === 0 ? toX(value) : toY(value))),
  }));
}

function decode(boxes: Float32Array, scores: Float32Array, minScore01: number): Candidate[] {
  const found: Candidate[] = [];
  let anchor = 0;
  for (const [cells, anchorsPerCell] of grids)
    for (let cell = 0; cell < cells * cells * anchorsPerCell; cell++, anchor++) {
      const score01 = 1 / (1 + Math.exp(-Math.max(-100, Math.min(100, scores[anchor]))));
      if (score01 < minScore01) continue;
      const place = Math.floor(cell / anchorsPerCell);
      const anchorX = ((place % cells) + 0.5) / cells;
      const anchorY = (Math.floor(place / cells) + 0.5) / cells;
      const value = (i: number) => boxes[anchor * valuesPerBox + i] / sidePx;
      const [x, y, halfWidth, halfHeight] = [
        value(0) + anchorX,
        value(1) + anchorY,
        value(2) / 2,
        value(3) / 2,
      ];
      found.push({
        score01,
        left: x - halfWidth,
        top: y - halfHeight,
        right: x + halfWidth,
        bottom: y + halfHeight,
        keypoints: Array.from(
          { length: 2 * keypointCount },
          (_, i) => value(4 + i) + (i % 2 === 0 ? anchorX : anchorY),
        ),
      });
    }
  return found.sort((a, b) => b.score01 - a.score01);
}

/** Weighted non-maximum suppression: overlapping boxes become one, each weighing its score. */
function averageOverlapping(sorted: Candidate[]): Candidate[] {
  const faces: Candidate[] = [];
  let rest = sorted;
  for (let best = rest[0]; best; best = rest[0]) {
    const leader = best;
    const same = rest.filter((other) => overlap(leader, other) > sameFaceOverlap);
    // A box without area overlaps not even itself.
    if (same.length === 0) same.push(leader);
    rest = rest.filter((other) => !same.includes(other));
    const total = same.reduce((sum, other) => sum + other.score01, 0);
    const mean = (of: (face: Candidate) => number) =>
      same.reduce((sum, other) => sum + of(other) * other.score01, 0) / total;
    faces.push({
      score01: leader.score01,
      left: mean((face) => face.left),
      top: mean((face) => face.top),
      right: mean((face) => face.right),
      bottom: mean((face) => face.bottom),
      keypoints: leader.keypoints.map((_, i) => mean((face) => face.keypoints[i])),
    });
  }
  return faces;
}

/** Intersection over union. */
function overlap(a: Candidate, b: Candidate): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const area = (face: Candidate) => (face.right - face.left) * (face.bottom - face.top);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** The region the mesh model looks at: one and a half times the long side, eyes level. */
export function meshBox(face: DetectedFace): TurnedBox {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = face.keypoints;
  const side = 1.5 * Math.max(face.right - face.left, face.bottom - face.top);
  return {
    centreX: (face.left + face.right) / 2,
    centreY: (face.top + face.bottom) / 2,
    width: side,
    height: side,
    radians: Math.atan2(y1 - y0, x1 - x0),
  };
}
