import type { Point } from '../../photo/picture.ts';
import { smoothLine } from './outline.ts';
import { landmarks } from './topology.ts';

/** Five places a hairline hangs from; "right" is the person's. All may be dragged. Pixels. */
export interface Hairline {
  readonly rightTemporalPeak: Point;
  readonly rightFrontotemporal: Point;
  readonly midFrontal: Point;
  readonly leftFrontotemporal: Point;
  readonly leftTemporalPeak: Point;
}

/** Lengths along the skin, mm. */
export interface HairlineProportions {
  /** Glabella to the middle of the hairline. */
  readonly midFrontalMm: number;
  /** From there to each frontotemporal point, the apex of the recess. */
  readonly frontotemporalMm: number;
  /** Frontotemporal point above the outer corner of the eye. */
  readonly aboveCanthusMm: number;
  /** Temporal peak below the frontotemporal point, on the way to the outer corner of the eye. */
  readonly temporalPeakMm: number;
}

/** The 8-cm method, measured on 431 men in Indore; docs/science/landmarks.md. */
export const eightCentimetreHairline: HairlineProportions = {
  midFrontalMm: 80,
  frontotemporalMm: 80,
  aboveCanthusMm: 80,
  temporalPeakMm: 50,
};

/**
 * Half axes of the skull as an ellipsoid at the glabella's height, mm: breadth, height above the glabella,
 * length (mean adult head breadth 152, length 190). Only the shape is used: it bends lengths on the skin.
 */
const skull = { breadthMm: 76, heightMm: 95, lengthMm: 95 };

/** The chin lies so far behind the glabella when a head is held level: docs/science/landmarks.md. */
const chinBehindRadians = (6 * Math.PI) / 180;

export type Vector = readonly [number, number, number];

/** The head a hairline lies on, as a face shows it in the picture. Lengths mm, from the skull's middle. */
export interface HairlineHead {
  readonly glabella: Point;
  /** Towards the person's left, upwards, forwards: unit vectors of the picture, its third axis away from the camera. */
  readonly left: Vector;
  readonly up: Vector;
  readonly forward: Vector;
  readonly mmPerPx: number;
  /** Outer corners of the eyes: across, up, forwards. */
  readonly rightCanthus: Vector;
  readonly leftCanthus: Vector;
}

/** `points`: 478 points of `FaceLandmarks`, pixels. */
export function hairlineHead(points: Float32Array, mmPerPx: number): HairlineHead {
  const at = (i: number): Vector => [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
  const glabella = at(landmarks.glabella);
  const left = unit(minus(at(landmarks.leftEyeOuterCorner), at(landmarks.rightEyeOuterCorner)));
  const rough = minus(glabella, at(landmarks.chin));
  const alongFace = unit(minus(rough, times(left, dot(rough, left))));
  const outOfFace = cross(left, alongFace);
  const [cos, sin] = [Math.cos(chinBehindRadians), Math.sin(chinBehindRadians)];
  const up = minus(times(alongFace, cos), times(outOfFace, sin));
  const forward = plus(times(outOfFace, cos), times(alongFace, sin));
  const toHead = (place: Vector): Vector => {
    const d = times(minus(place, glabella), mmPerPx);
    return [dot(d, left), dot(d, up), dot(d, forward) + skull.lengthMm];
  };
  return {
    glabella: { x: glabella[0], y: glabella[1] },
    left,
    up,
    forward,
    mmPerPx,
    rightCanthus: onSkull(toHead(at(landmarks.rightEyeOuterCorner))),
    leftCanthus: onSkull(toHead(at(landmarks.leftEyeOuterCorner))),
  };
}

/**
 * Where a hairline of these proportions would lie in the picture: lengths are laid along an ellipsoid set
 * at the glabella and turned with the face, then seen from the front. A starting place to drag, not a
 * measurement: heads differ, and the scale holds at the eyes. `points`: 478 points of `FaceLandmarks`, pixels.
 */
export function proposeHairline(
  points: Float32Array,
  mmPerPx: number,
  proportions: HairlineProportions = eightCentimetreHairline,
): Hairline {
  const head = hairlineHead(points, mmPerPx);
  const { rightCanthus, leftCanthus } = head;
  const toPicture = (place: Vector) => pictureOf(head, place);
  const midFrontal = upFromGlabella(proportions.midFrontalMm);
  const right = frontotemporal(-1, midFrontal, rightCanthus, proportions);
  const leftOne = frontotemporal(1, midFrontal, leftCanthus, proportions);
  const peak = (from: Vector, canthus: Vector) =>
    onSkull(plus(from, times(minus(canthus, from), proportions.temporalPeakMm / proportions.aboveCanthusMm)));
  return {
    rightTemporalPeak: toPicture(peak(right, rightCanthus)),
    rightFrontotemporal: toPicture(right),
    midFrontal: toPicture(midFrontal),
    leftFrontotemporal: toPicture(leftOne),
    leftTemporalPeak: toPicture(peak(leftOne, leftCanthus)),
  };
}

/** Where a place of the head is seen, pixels. */
function pictureOf({ glabella, left, up, forward, mmPerPx }: HairlineHead, [x, y, z]: Vector): Point {
  const fromGlabella = (axis: 0 | 1) => x * left[axis] + y * up[axis] + (z - skull.lengthMm) * forward[axis];
  return { x: glabella.x + fromGlabella(0) / mmPerPx, y: glabella.y + fromGlabella(1) / mmPerPx };
}

/** The place of the skull that is seen at a place of the picture; beside the skull, the nearest of its outline, roughly. */
export function skullAt({ glabella, left, up, forward, mmPerPx }: HairlineHead, { x, y }: Point): Vector {
  const [dx, dy] = [(x - glabella.x) * mmPerPx, (y - glabella.y) * mmPerPx];
  const halfAxes = [skull.breadthMm, skull.heightMm, skull.lengthMm];
  // In units of the half axes: from + t along, where t leads away from the camera.
  const from = [left, up, forward].map(
    (axis, n) => (dx * axis[0] + dy * axis[1] + (n === 2 ? skull.lengthMm : 0)) / halfAxes[n],
  );
  const along = [left, up, forward].map((axis, n) => axis[2] / halfAxes[n]);
  const product = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const [a, b, c] = [product(along, along), product(from, along), product(from, from) - 1];
  const t = (-b - Math.sqrt(Math.max(0, b * b - a * c))) / a;
  const [across, upwards, forwards] = from.map((value, n) => (value + t * along[n]) * halfAxes[n]);
  return onSkull([across, upwards, forwards]);
}

/** How far above the glabella along the skin a place of the skull lies, mm: what `upFromGlabella` walked. */
export function aboveGlabellaMm([, y]: Vector): number {
  const top = Math.asin(Math.max(-1, Math.min(1, y / skull.heightMm)));
  const pieces = 200;
  let lengthMm = 0;
  for (let n = 0; n < pieces; n++) {
    const elevation = ((n + 0.5) / pieces) * top;
    lengthMm += Math.hypot(
      (skull.heightMm * Math.cos(elevation) * top) / pieces,
      (skull.lengthMm * Math.sin(elevation) * top) / pieces,
    );
  }
  return Math.sign(top) * lengthMm;
}

/** Length along the skin between two places of the skull, mm. */
export function alongSkinMm(a: Vector, b: Vector): number {
  return 2 * skullRadiusMm * Math.asin(Math.min(1, length(minus(a, b)) / (2 * skullRadiusMm)));
}

/** The hairline as a line from the right temporal peak to the left one; the recesses stay corners. */
export function hairlineLine(hairline: Hairline): Point[] {
  const { rightTemporalPeak, rightFrontotemporal, midFrontal, leftFrontotemporal, leftTemporalPeak } =
    hairline;
  return [
    rightTemporalPeak,
    ...smoothLine([rightFrontotemporal, midFrontal, leftFrontotemporal]),
    leftTemporalPeak,
  ];
}

function skullPoint(elevation: number, azimuth: number): Vector {
  return [
    skull.breadthMm * Math.cos(elevation) * Math.sin(azimuth),
    skull.heightMm * Math.sin(elevation),
    skull.lengthMm * Math.cos(elevation) * Math.cos(azimuth),
  ];
}

/** The point of the skull in the same direction from its centre. */
function onSkull([x, y, z]: Vector): Vector {
  const radius = Math.hypot(x / skull.breadthMm, y / skull.heightMm, z / skull.lengthMm);
  return [x / radius, y / radius, z / radius];
}

/** Walks up the middle of the forehead. */
function upFromGlabella(lengthMm: number): Vector {
  const step = 0.002;
  let elevation = 0;
  for (let walked = 0; walked < lengthMm && elevation < Math.PI / 2; elevation += step)
    walked += Math.hypot(
      skull.heightMm * Math.cos(elevation + step / 2) * step,
      skull.lengthMm * Math.sin(elevation + step / 2) * step,
    );
  return skullPoint(elevation, 0);
}

/** The point of one side at both given lengths, as nearly as there is one, by a refining grid. */
function frontotemporal(
  side: 1 | -1,
  midFrontal: Vector,
  canthus: Vector,
  proportions: HairlineProportions,
): Vector {
  const misfit = (place: Vector) =>
    Math.abs(length(minus(place, midFrontal)) - chord(proportions.frontotemporalMm)) +
    Math.abs(length(minus(place, canthus)) - chord(proportions.aboveCanthusMm));
  let best = { elevation: 0.6, azimuth: 0.8, misfit: Infinity };
  for (let span = 0.8; span > 0.002; span /= 2) {
    const { elevation, azimuth } = best;
    for (let i = -4; i <= 4; i++)
      for (let k = -4; k <= 4; k++) {
        const candidate = { elevation: elevation + (i * span) / 4, azimuth: azimuth + (k * span) / 4 };
        if (candidate.azimuth < 0 || candidate.azimuth > Math.PI / 2) continue;
        const off = misfit(skullPoint(candidate.elevation, side * candidate.azimuth));
        if (off < best.misfit) best = { ...candidate, misfit: off };
      }
  }
  return skullPoint(best.elevation, side * best.azimuth);
}

/** Straight distance between two points of the skin so far apart along it. */
function chord(alongMm: number): number {
  return 2 * skullRadiusMm * Math.sin(alongMm / (2 * skullRadiusMm));
}

const skullRadiusMm = Math.cbrt(skull.breadthMm * skull.heightMm * skull.lengthMm);

const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const times = (a: Vector, k: number): Vector => [a[0] * k, a[1] * k, a[2] * k];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const length = (a: Vector): number => Math.hypot(...a);
const unit = (a: Vector): Vector => times(a, 1 / length(a));
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
