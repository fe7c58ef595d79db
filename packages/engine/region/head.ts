import type { Mask, Point } from '../photo/picture.ts';

/**
 * The vault of a head as it lies in a picture: an ellipsoid, a ball drawn out sideways. Height and length of a vault are
 * nearly the same (95 mm from its middle at the glabella's height, against 76 mm of half breadth: mean adult head breadth
 * 152, length 190), so nodding changes neither its outline nor its skin, and two angles say how it is seen. Seen from
 * afar: light comes parallel. Lengths in any one unit, the picture's y downwards.
 */
export interface HeadModel {
  /** Its middle in the picture. */
  readonly x: number;
  readonly y: number;
  /** Half axes: from ear to ear, and all round that axis. */
  readonly halfBreadth: number;
  readonly halfHeight: number;
  /** The ear axis in the picture, radians against its rows; 0 for a head held straight. */
  readonly roll: number;
  /** How far the ear axis leaves the plane of the picture, radians; 0 from the front, half pi from the side. */
  readonly yaw: number;
  /** One standard deviation of each length above, and of the middle, as a share of `halfHeight`. */
  readonly relativeSd: number;
}

/** Half breadth over half height, and how far people differ. */
const vaultBreadth = { overHeight: 0.8, sd: 0.05 };

/**
 * Skin turned away further than this is not counted: cos 0.2, 78 degrees. A pixel there is five of skin and more, and
 * where exactly decides the silhouette's last pixel.
 */
const leastCosine = 0.2;
const mostSkin = 1 / leastCosine;

/**
 * How much skin lies under a piece of picture, as a multiple of its area seen straight on: 1 where the skin faces the
 * camera, 5 where it turns away and beyond. Places off the model count as its edge.
 */
export function skinPerPicture(head: HeadModel): (x: number, y: number) => number {
  const { halfBreadth: a, halfHeight: r } = head;
  const [cosRoll, sinRoll] = [Math.cos(head.roll), Math.sin(head.roll)];
  const [cosYaw, sinYaw] = [Math.cos(head.yaw), Math.sin(head.yaw)];
  // The surface u²/a² + v²/r² + w²/r² = 1, u along the ear axis; u and depth w are turned by yaw: u = x cos + z sin.
  const alongX = (cosYaw * cosYaw) / (a * a) + (sinYaw * sinYaw) / (r * r);
  const alongZ = (sinYaw * sinYaw) / (a * a) + (cosYaw * cosYaw) / (r * r);
  const mixed = cosYaw * sinYaw * (1 / (a * a) - 1 / (r * r));
  return (px, py) => {
    const dx = px - head.x;
    const dy = py - head.y;
    const x = dx * cosRoll + dy * sinRoll;
    const y = dy * cosRoll - dx * sinRoll;
    // alongZ z² + 2 mixed x z + alongX x² + y²/r² - 1 = 0; the root towards the camera.
    const rest = alongX * x * x + (y * y) / (r * r) - 1;
    const root = (mixed * x) ** 2 - alongZ * rest;
    if (root <= 0) return mostSkin;
    const z = (-mixed * x + Math.sqrt(root)) / alongZ;
    const gx = alongX * x + mixed * z;
    const gy = y / (r * r);
    const gz = Math.sqrt(root);
    const cosine = gz / Math.sqrt(gx * gx + gy * gy + gz * gz);
    return 1 / Math.max(leastCosine, cosine);
  };
}

/** Area of a zone on the head's skin over its area in the picture, and one standard deviation of that from the model. */
export function zoneOnHead(mask: Mask, head: HeadModel): { readonly factor: number; readonly sd: number } {
  // The factor changes slowly: one place in many stands for its neighbours.
  const stride = Math.max(1, Math.floor(Math.sqrt((mask.widthPx * mask.heightPx) / mostPlaces)));
  const seenOn = (model: HeadModel) => {
    const factor = skinPerPicture(model);
    let sum = 0;
    let flat = 0;
    let edge = 0;
    for (let y = stride >> 1; y < mask.heightPx; y += stride) {
      for (let x = stride >> 1; x < mask.widthPx; x += stride) {
        const alpha = mask.alpha[y * mask.widthPx + x];
        if (alpha === 0) continue;
        const here = factor(x + 0.5, y + 0.5);
        flat += alpha;
        sum += alpha * here;
        if (here === mostSkin) edge += alpha;
      }
    }
    return flat === 0 ? { factor: 1, edge: 0 } : { factor: sum / flat, edge: edge / flat };
  };
  const { halfBreadth, halfHeight, relativeSd } = head;
  const step = relativeSd * halfHeight;
  const { factor, edge } = seenOn(head);
  // Each error by itself, to the side where it matters more, then in quadrature: where the middle lies, how large it is, how
  // broad, how turned.
  const others = [1, -1].map((sign): HeadModel[] => [
    { ...head, x: head.x + sign * step },
    { ...head, y: head.y + sign * step },
    {
      ...head,
      halfHeight: halfHeight + sign * step,
      halfBreadth: halfBreadth * (1 + sign * relativeSd),
    },
    { ...head, halfBreadth: halfBreadth * (1 + (sign * vaultBreadth.sd) / vaultBreadth.overHeight) },
    { ...head, yaw: head.yaw + sign * yawSd },
  ]);
  const [more, less] = others.map((side) => side.map((one) => Math.abs(seenOn(one).factor - factor)));
  const variance = more.reduce((sum, off, n) => sum + Math.max(off, less[n]) ** 2, 0);
  const beside = Math.max(0, edge - edgeShare) / (1 - edgeShare);
  const besideSd = (beside * (mostSkin - 1)) / 2;
  return { factor, sd: Math.hypot(Math.sqrt(variance), shapeSd * (factor - 1), besideSd) };
}

/**
 * As much of a zone lies on the rim of a head well laid in (docs/science/region.md). More shows that the head lies elsewhere:
 * what skin is there may be any between 1 and 5 of the picture, whichever way the head is moved a little.
 */
const edgeShare = 1 / 6;

/** Places of a mask at which the skin is asked for. */
const mostPlaces = 250_000;

/** The points of a face tell how a head is turned to some five degrees. */
const yawSd = (5 * Math.PI) / 180;
/**
 * No head is an ellipsoid, and a camera a metre away sees less of its sides than one far away: taken as a seventh of what
 * the model adds (docs/science/dots.md).
 */
const shapeSd = 0.15;

/** The same model in another unit: `factor` of the new units make one of the old. */
export function scaledHead(head: HeadModel, factor: number): HeadModel {
  return {
    ...head,
    x: head.x * factor,
    y: head.y * factor,
    halfBreadth: head.halfBreadth * factor,
    halfHeight: head.halfHeight * factor,
  };
}

export interface HeadPose {
  /** Between the outer corners of the eyes, pixels. */
  readonly roll: number;
  readonly yaw: number;
  /** On the skin between the brows, pixels. */
  readonly glabella: Point;
  /** From pupil to pupil in space, pixels. */
  readonly pupilDistance: number;
}

/** Half height of a vault over the distance between the pupils: 95 mm over 63 mm (Dodgson 2004), and how far people differ. */
const heightOverPupils = { mean: 95 / 63, sd: 0.08 };

/**
 * How far heads are bowed or raised before a camera, radians: the middle moves by it. Where hair or a cap hides the crown,
 * the outline's top tells it no better.
 */
const nodSd = 0.2;

/**
 * Lays the model into a silhouette: the outline above the brows decides where it lies and how large it is, the face how it
 * is turned. Where the outline is no head's (hair stands off, a cap, cut off by the picture), size and place come from the
 * face alone, and are less sure.
 */
export function headOf(silhouette: Mask, pose: HeadPose): HeadModel {
  const { roll, yaw, glabella, pupilDistance } = pose;
  const aspect = outlineBreadth(vaultBreadth.overHeight, yaw);
  const [cos, sin] = [Math.cos(roll), Math.sin(roll)];
  // Upright about the glabella, and as broad as high: the outline becomes a circle.
  const outline = outlineAbove(silhouette, pose).map(({ x, y }) => {
    const [dx, dy] = [x - glabella.x, y - glabella.y];
    return { x: (dx * cos + dy * sin) / aspect, y: dy * cos - dx * sin };
  });
  const circle = circleThrough(outline);
  const expected = heightOverPupils.mean * pupilDistance;
  // Heads larger or smaller than people's are by two deviations: hair stands off, or a flat crown passes for a larger circle.
  const unlikely = circle ? Math.max(0, Math.abs(circle.radius / expected - 1) - 0.2) : 0;
  const isHead =
    circle !== undefined &&
    unlikely < 0.2 &&
    circle.rms < 0.05 * circle.radius &&
    isBehindGlabella({ x: circle.x * aspect, y: circle.y }, yaw, circle.radius);
  if (!isHead) return faceHead(pose, outline);
  const across = circle.x * aspect;
  return {
    x: glabella.x + across * cos - circle.y * sin,
    y: glabella.y + across * sin + circle.y * cos,
    halfBreadth: vaultBreadth.overHeight * circle.radius,
    halfHeight: circle.radius,
    roll,
    yaw,
    relativeSd: Math.hypot(0.02, circle.rms / circle.radius, unlikely),
  };
}

/**
 * From the face alone: the middle lies behind the glabella, sideways of it when the face is turned; above it by how the
 * head is bowed, which the top of the outline tells, with or without hair on it. Without a top it counts as upright.
 *
 * @param outline from the glabella, in the head's upright, pixels
 */
function faceHead({ roll, yaw, glabella, pupilDistance }: HeadPose, outline: readonly Point[]): HeadModel {
  const halfHeight = heightOverPupils.mean * pupilDistance;
  const crown = outline.filter(({ x, y }) => -y > 2 * Math.abs(x));
  const top = Math.max(...crown.map(({ y }) => -y));
  const bowed = crown.length < 3 ? 0 : Math.min(mostBowed, Math.max(-mostRaised, top / halfHeight - 1));
  const aside = Math.sin(yaw) * Math.sqrt(1 - bowed * bowed) * halfHeight;
  const above = bowed * halfHeight;
  return {
    x: glabella.x + aside * Math.cos(roll) + above * Math.sin(roll),
    y: glabella.y + aside * Math.sin(roll) - above * Math.cos(roll),
    halfBreadth: vaultBreadth.overHeight * halfHeight,
    halfHeight,
    roll,
    yaw,
    relativeSd: Math.hypot(heightOverPupils.sd, nodSd),
  };
}

/**
 * Whether a vault's middle lies where the glabella's place on it allows: aside as far as the head is turned, above as far
 * as it is bowed, below as far as it is raised.
 *
 * @param middle from the glabella, in the head's upright, pixels
 */
function isBehindGlabella(middle: Point, yaw: number, radius: number): boolean {
  const bowed = -middle.y / radius;
  if (bowed > mostBowed || bowed < -mostRaised) return false;
  const aside = Math.sin(yaw) * Math.sqrt(1 - bowed * bowed);
  return Math.abs(middle.x / radius - aside) < asideSlack;
}

/** Sines of 49 and 20 degrees. */
const mostBowed = 0.75;
const mostRaised = 0.35;
/** Errors of a yaw told by a face finder (5 degrees) thrice over. */
const asideSlack = 0.25;

/** Half breadth of the outline of a turned vault, its half height 1. */
const outlineBreadth = (breadth: number, yaw: number): number =>
  Math.hypot(breadth * Math.cos(yaw), Math.sin(yaw));

/** Degrees from ray to ray; three quarters of the rays must find an outline, or its sides alone pass for a far larger head. */
const rayStep = 4;
const leastRays = 27;

/** Where rays from above the glabella leave the silhouette for good: the outline from temple to temple. */
function outlineAbove(
  { widthPx, heightPx, alpha }: Mask,
  { roll, glabella, pupilDistance }: HeadPose,
): Point[] {
  const points: Point[] = [];
  const most = 3 * pupilDistance;
  for (let degrees = 20; degrees <= 160; degrees += rayStep) {
    const angle = roll - (degrees * Math.PI) / 180;
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    let last: number | undefined;
    let isCut = false;
    for (let t = 0; t < most; t += 0.5) {
      const x = Math.floor(glabella.x + t * dx);
      const y = Math.floor(glabella.y + t * dy);
      if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) {
        // The picture ends inside the head: that is no outline.
        isCut = last !== undefined && t - last < 2;
        break;
      }
      if (alpha[y * widthPx + x] >= 128) last = t;
      else if (last !== undefined && t - last > 0.25 * pupilDistance) break;
    }
    if (last !== undefined && !isCut) points.push({ x: glabella.x + last * dx, y: glabella.y + last * dy });
  }
  return points;
}

/** The circle nearest to the points (algebraic fit, I. Kåsa 1976), made again without the worst fifth of them. */
function circleThrough(
  points: readonly Point[],
): { x: number; y: number; radius: number; rms: number } | undefined {
  const first = kasa(points);
  if (!first || points.length < leastRays) return undefined;
  const off = (p: Point) => Math.abs(Math.hypot(p.x - first.x, p.y - first.y) - first.radius);
  const kept = points.toSorted((a, b) => off(a) - off(b)).slice(0, Math.ceil(points.length * 0.8));
  const circle = kasa(kept);
  if (!circle) return undefined;
  const squares = kept.reduce(
    (sum, p) => sum + (Math.hypot(p.x - circle.x, p.y - circle.y) - circle.radius) ** 2,
    0,
  );
  return { ...circle, rms: Math.sqrt(squares / kept.length) };
}

function kasa(points: readonly Point[]): { x: number; y: number; radius: number } | undefined {
  const n = points.length;
  if (n < 3) return undefined;
  const mx = points.reduce((sum, p) => sum + p.x, 0) / n;
  const my = points.reduce((sum, p) => sum + p.y, 0) / n;
  let [xx, yy, xy, xz, yz] = [0, 0, 0, 0, 0];
  for (const p of points) {
    const [x, y] = [p.x - mx, p.y - my];
    const z = x * x + y * y;
    xx += x * x;
    yy += y * y;
    xy += x * y;
    xz += x * z;
    yz += y * z;
  }
  const determinant = xx * yy - xy * xy;
  if (Math.abs(determinant) < 1e-9) return undefined;
  const cx = (xz * yy - yz * xy) / (2 * determinant);
  const cy = (yz * xx - xz * xy) / (2 * determinant);
  return { x: mx + cx, y: my + cy, radius: Math.sqrt(cx * cx + cy * cy + (xx + yy) / n) };
}
