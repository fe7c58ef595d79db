import { createMask, type Mask, type Picture, type Point } from '../photo/picture.ts';
import { simulatedHair } from './hair.ts';
import { fractalNoise, type Random } from './random.ts';
import { type SkinTone, someTissue, type TissueAssumption } from './tissue.ts';

type Vector = readonly [number, number, number];

/** A head of known shape before a camera, with hair of known extent; lengths in pixels of the picture at its vault. */
export interface SimulatedScalp {
  readonly picture: Picture;
  /** The whole head and neck, exact. */
  readonly silhouette: Mask;
  /** What is to be filled: the scalp above the wanted hairline less where hair grows, as seen; exact. */
  readonly bare: Mask;
  /** The skin of that zone on the curved head; where it turns away by more than 78 degrees as if by 78 (docs/science/dots.md). */
  readonly bareCm2: number;
  /** At the middle of the vault, and at the eyes, which lie some 80 mm nearer to the camera. */
  readonly mmPerPx: number;
  readonly eyeMmPerPx: number;
  /** Where the face would be, as a face finder tells: exact. */
  readonly pose: {
    readonly roll: number;
    readonly yaw: number;
    readonly glabella: Point;
    readonly pupilDistance: number;
  };
  /** Places on cheeks and nose. */
  readonly cheeks: readonly Point[];
  /** The wanted hairline as a practitioner drags it: peaks, recesses and middle, from the person's right to left. */
  readonly hairline: readonly [Point, Point, Point, Point, Point];
  /** Length of the hair that is left, mm. */
  readonly hairLengthMm: number;
}

/** Half axes of a vault, mm, and how far it is from an ellipsoid (2 is one; more is boxier). */
interface Head {
  readonly axes: Vector;
  readonly power: number;
}

/**
 * A bald or thinning head: a boxy ellipsoid of a person's own breadth, length and height (no reader's model), turned and
 * nodded, seen in perspective from 0.6 to 1.6 m. Hair is left on sides and back below a receded line, as dense as hair
 * grows there (`hair.ts`), shaved to a stubble or some centimetres long. The scalp shines; light falls from one side.
 */
export function simulateScalp(options: {
  readonly tone: SkinTone;
  readonly assumption: TissueAssumption;
  readonly random: Random;
  readonly hairLengthMm?: number;
}): SimulatedScalp {
  const { tone, assumption, random } = options;
  const hairLengthMm =
    options.hairLengthMm ?? (random.uniform() < 0.5 ? random.between(0.4, 1.5) : random.between(5, 25));
  const head: Head = {
    axes: [76 + 5 * random.normal(), 95 + 5 * random.normal(), 95 + 6 * random.normal()],
    power: random.between(2, 2.3),
  };
  const [roll, yaw, nod] = [0.08 * random.normal(), 0.15 * random.normal(), random.between(-0.05, 0.3)];
  const cameraMm = random.between(600, 1600);
  const mmPerPx = random.between(0.4, 0.8);
  const [widthPx, heightPx] = [Math.round(260 / mmPerPx), Math.round(330 / mmPerPx)];
  const middle = { x: widthPx / 2, y: 125 / mmPerPx };
  const turn = rotation(roll, yaw, nod);
  const toView = (v: Vector): Vector => times(turn, v);
  const toHead = (v: Vector): Vector => timesTransposed(turn, v);
  const project = (v: Vector): Point => {
    const [x, y, z] = toView(v);
    const nearer = cameraMm / (cameraMm - z);
    return { x: middle.x + (x * nearer) / mmPerPx, y: middle.y + (y * nearer) / mmPerPx };
  };
  const look = someTissue(tone, assumption, random);
  const hair = simulatedHair(tone, hairLengthMm, random);
  // The wanted line: at the middle some 70 mm up the forehead, recesses higher, temples lower; elevations above the brows.
  const wanted = {
    middle: random.between(0.62, 0.78),
    recess: random.between(0.75, 0.92),
    peak: random.between(0.28, 0.4),
  };
  const left = {
    from: random.between(0.7, 1.1),
    lost: random.between(0.15, 0.6),
    over: random.between(0.04, 0.15),
  };
  const picture: Picture = { widthPx, heightPx, rgba: new Uint8ClampedArray(widthPx * heightPx * 4) };
  const silhouette = createMask(widthPx, heightPx);
  const bare = createMask(widthPx, heightPx);
  const mottle = fractalNoise(widthPx, heightPx, 30 / mmPerPx, 5, 0.6, random);
  const strands = fractalNoise(widthPx, heightPx, Math.max(1.5, 1 / mmPerPx), 2, 0.7, random);
  const light = unit([random.between(-0.7, 0.7), random.between(-0.9, -0.2), 1]);
  const [ambient, shine] = [random.between(0.3, 0.6), random.between(0.02, 0.3)];
  const behind = random.between(0.05, 0.7);
  const noise = random.between(0.5, 2.5);
  let bareMm2 = 0;
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      const ray = unit([(x + 0.5 - middle.x) * mmPerPx, (y + 0.5 - middle.y) * mmPerPx, -cameraMm]);
      const hit = firstHit(head, toHead([0, 0, cameraMm]), toHead(ray));
      let rgb: readonly number[] = [behind, behind * 0.98, behind * 1.02];
      if (hit) {
        silhouette.alpha[p] = 255;
        const normal = toView(hit.normal);
        const facing = Math.max(0.02, -dot(normal, ray));
        const diffuse = ambient + (1 - ambient) * Math.max(0, dot(normal, light));
        const half = unit([light[0] - ray[0], light[1] - ray[1], light[2] - ray[2]]);
        const gloss = shine * Math.max(0, dot(normal, half)) ** 40;
        const { elevation, azimuth } = anglesOf(hit.at, head);
        const share = hit.isVault ? hairShare(elevation, azimuth, wanted, left) : 0;
        const cover = share * hair.coverage * Math.min(2, 1 / Math.max(0.4, facing));
        const covered = 1 - Math.exp(-cover * Math.max(0, 1 + hair.patchiness * strands[p]));
        rgb = look.skin.map((value, c) => {
          const skin = value * Math.exp(0.05 * mottle[p]);
          return (skin * (1 - covered) + hair.linear[c] * covered) * diffuse + gloss * (1 - covered);
        });
        if (hit.isVault && elevation > lineAt(azimuth, wanted) && share < 0.5) {
          bare.alpha[p] = 255;
          // A pixel's piece of a plane turned away: its solid angle times distance squared over the cosine.
          bareMm2 += ((mmPerPx / cameraMm) ** 2 * (-ray[2]) ** 3 * hit.t ** 2) / Math.max(0.2, facing);
        }
      }
      for (let c = 0; c < 3; c++) {
        const linear = rgb[c];
        const encoded =
          linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.min(1, linear) ** (1 / 2.4) - 0.055;
        picture.rgba[4 * p + c] = Math.round(255 * encoded + noise * random.normal());
      }
      picture.rgba[4 * p + 3] = 255;
    }
  }
  const place = (azimuth: number, elevation: number): Point => project(onVault(head, azimuth, elevation));
  return {
    picture,
    silhouette,
    bare,
    bareCm2: bareMm2 / 100,
    mmPerPx,
    eyeMmPerPx: mmPerPx * (1 - 80 / cameraMm),
    pose: { roll, yaw, glabella: place(0, 0), pupilDistance: 63 / mmPerPx },
    cheeks: [
      [-26, 62, 80],
      [26, 62, 80],
      [-20, 66, 84],
      [20, 66, 84],
      [-8, 50, 92],
      [8, 50, 92],
      [0, 35, 95],
      [0, 45, 95],
      [-30, 55, 78],
      [30, 55, 78],
    ].map(([u, v, w]) => project([u, v, w])),
    hairline: [
      place(-peakAzimuth, wanted.peak),
      place(-recessAzimuth, wanted.recess),
      place(0, wanted.middle),
      place(recessAzimuth, wanted.recess),
      place(peakAzimuth, wanted.peak),
    ],
    hairLengthMm,
  };
}

const peakAzimuth = 1.15;
const recessAzimuth = 0.7;

interface Line {
  readonly middle: number;
  readonly recess: number;
  readonly peak: number;
}

/** Elevation of the wanted hairline at an azimuth: smooth to the recess, straight down to the peak, level behind. */
function lineAt(azimuth: number, { middle, recess, peak }: Line): number {
  const a = Math.abs(azimuth);
  if (a <= recessAzimuth)
    return middle + (recess - middle) * (0.5 - 0.5 * Math.cos((Math.PI * a) / recessAzimuth));
  if (a <= peakAzimuth)
    return recess + ((peak - recess) * (a - recessAzimuth)) / (peakAzimuth - recessAzimuth);
  return peak;
}

/** What hair is left: from an azimuth backwards, up to a rim so far above the temples, thinning over some radians. */
interface Left {
  readonly from: number;
  readonly lost: number;
  readonly over: number;
}

/** Share of full hair at a place. The rim rises towards the back of the head. */
function hairShare(elevation: number, azimuth: number, { peak }: Line, { from, lost, over }: Left): number {
  const back = Math.abs(azimuth) - from;
  if (back <= 0 || elevation < -0.25) return 0;
  const rim = Math.min(1.1, peak + lost + 0.25 * back);
  const under = Math.min(1, Math.max(0, (rim - elevation) / over + 0.5));
  return under * Math.min(1, back / 0.12);
}

function anglesOf([x, y, z]: Vector, { axes }: Head): { elevation: number; azimuth: number } {
  return {
    elevation: Math.asin(Math.min(1, Math.max(-1, -y / axes[1]))),
    azimuth: Math.atan2(x / axes[0], z / axes[2]),
  };
}

function onVault({ axes, power }: Head, azimuth: number, elevation: number): Vector {
  // Same angles as `anglesOf`: the height is fixed, the ring at that height is a superellipse.
  const v = Math.sin(elevation);
  const ring = (1 - Math.abs(v) ** power) ** (1 / power);
  const [s, c] = [Math.sin(azimuth), Math.cos(azimuth)];
  const r = ring / (Math.abs(s) ** power + Math.abs(c) ** power) ** (1 / power);
  return [axes[0] * r * s, -axes[1] * v, axes[2] * r * c];
}

interface Hit {
  /** Distance along the ray. */
  readonly t: number;
  readonly at: Vector;
  readonly normal: Vector;
  readonly isVault: boolean;
}

/** The vault, a face below it, and a neck: three convex bodies; the nearest to the camera is seen. */
function firstHit(head: Head, from: Vector, ray: Vector): Hit | undefined {
  const bodies: { centre: Vector; axes: Vector; power: number }[] = [
    { centre: [0, 0, 0], ...head },
    { centre: [0, 50, 25], axes: [0.86 * head.axes[0], 75, 0.74 * head.axes[2]], power: 2.2 },
    { centre: [0, 130, -15], axes: [58, 120, 60], power: 3 },
  ];
  let best: Hit | undefined;
  bodies.forEach(({ centre, axes, power }, index) => {
    const start: Vector = [from[0] - centre[0], from[1] - centre[1], from[2] - centre[2]];
    const t = enter(start, ray, axes, power);
    if (t === undefined || (best && t >= best.t)) return;
    const at: Vector = [start[0] + t * ray[0], start[1] + t * ray[1], start[2] + t * ray[2]];
    const normal = unit([
      slope(at[0], axes[0], power),
      slope(at[1], axes[1], power),
      slope(at[2], axes[2], power),
    ]);
    const whole: Vector = [at[0] + centre[0], at[1] + centre[1], at[2] + centre[2]];
    best = { at: whole, normal, isVault: index === 0, t };
  });
  return best;
}

const slope = (x: number, axis: number, power: number): number =>
  (Math.sign(x) * Math.abs(x / axis) ** (power - 1)) / axis;

/** Where a ray enters a convex body: Newton's steps from outside neither pass the first root nor turn back. */
function enter(start: Vector, ray: Vector, axes: Vector, power: number): number | undefined {
  const reach = Math.hypot(...axes);
  let t = -dot(start, ray) - reach;
  for (let n = 0; n < 40; n++) {
    let [f, df] = [-1, 0];
    for (let k = 0; k < 3; k++) {
      const x = start[k] + t * ray[k];
      f += Math.abs(x / axes[k]) ** power;
      df += power * slope(x, axes[k], power) * ray[k];
    }
    if (f < 1e-7) return t;
    if (df >= 0) return undefined;
    t -= f / df;
    if (t > 4 * reach + 3000) return undefined;
  }
  return undefined;
}

/** Rows of the turn from head to view: nod about the ears, then yaw, then roll; y downwards, z to the camera. */
function rotation(roll: number, yaw: number, nod: number): readonly [Vector, Vector, Vector] {
  const turned = (v: Vector): Vector => {
    const [x, y, z] = v;
    const [y1, z1] = [y * Math.cos(nod) - z * -Math.sin(nod), z * Math.cos(nod) + y * -Math.sin(nod)];
    const [x2, z2] = [x * Math.cos(yaw) - z1 * Math.sin(yaw), x * Math.sin(yaw) + z1 * Math.cos(yaw)];
    return [x2 * Math.cos(roll) - y1 * Math.sin(roll), x2 * Math.sin(roll) + y1 * Math.cos(roll), z2];
  };
  const [i, j, k] = [turned([1, 0, 0]), turned([0, 1, 0]), turned([0, 0, 1])];
  return [
    [i[0], j[0], k[0]],
    [i[1], j[1], k[1]],
    [i[2], j[2], k[2]],
  ];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const times = ([i, j, k]: readonly [Vector, Vector, Vector], v: Vector): Vector => [
  dot(i, v),
  dot(j, v),
  dot(k, v),
];
const timesTransposed = ([i, j, k]: readonly [Vector, Vector, Vector], [x, y, z]: Vector): Vector => [
  i[0] * x + j[0] * y + k[0] * z,
  i[1] * x + j[1] * y + k[1] * z,
  i[2] * x + j[2] * y + k[2] * z,
];
const unit = (v: Vector): Vector => {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
};
