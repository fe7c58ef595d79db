import type { Picture, Point } from '../../photo/picture.ts';
import { placeIn, sampleBox, type TurnedBox } from './sample.ts';
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
  /** Round the face, pixels of the picture, turned like the window it was found in. */
  readonly box: TurnedBox;
  /** Middles of the person's right and left eye, pixels of the picture. */
  readonly rightEye: Point;
  readonly leftEye: Point;
}

/** The smallest upright square that holds the whole picture: where MediaPipe looks. */
export function wholePicture({ widthPx, heightPx }: Picture): TurnedBox {
  const side = Math.max(widthPx, heightPx);
  return { centreX: widthPx / 2, centreY: heightPx / 2, width: side, height: side, radians: 0 };
}

/** All faces in a square window of the picture that score at least `minScore01`, best first. */
export function detectFaces(
  detector: Program,
  picture: Picture,
  window: TurnedBox,
  minScore01: number,
): DetectedFace[] {
  sampleBox(picture, window, { range: [-1, 1], outside: 'black' }, detector.input);
  detector.run();
  const candidates = decode(detector.output('regressors'), detector.output('classificators'), minScore01);
  return averageOverlapping(candidates).map(({ score01, left, top, right, bottom, keypoints }) => {
    const centre = placeIn(window, (left + right) / 2, (top + bottom) / 2);
    return {
      score01,
      box: {
        centreX: centre.x,
        centreY: centre.y,
        width: (right - left) * window.width,
        height: (bottom - top) * window.height,
        radians: window.radians,
      },
      rightEye: placeIn(window, keypoints[0], keypoints[1]),
      leftEye: placeIn(window, keypoints[2], keypoints[3]),
    };
  });
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
