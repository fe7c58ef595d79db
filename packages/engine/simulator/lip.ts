import { boxMean, createMask, linearTable, type Mask, type Picture, type Point } from '../photo/index.ts';
import { relit, someLight } from './light.ts';
import { fractalNoise, type Random } from './random.ts';
import { type Rgb3, type SkinTone, someTissue, type TissueAssumption } from './tissue.ts';

/** Where a mouth lies in a photograph, pixels: "right" is the person's. */
export interface MouthPlace {
  readonly rightCorner: Point;
  readonly leftCorner: Point;
  /** How far the photograph's own lips reach above (negative) and below the line between their corners. */
  readonly topPx: number;
  readonly lowPx: number;
}

export interface SimulatedLip {
  readonly picture: Picture;
  /** Exact coverage of the red of both lips, the opening left out. */
  readonly lips: Mask;
  /** Exact coverage of a pale stripe across a lip, a scar or lost pigment; empty without. */
  readonly scar: Mask;
  /** Natural log of lip over skin, mean of the channels' sizes: below 0.1 hardly anyone sees a border. */
  readonly contrast: number;
}

/**
 * Takes the mouth out of a photograph, smooths the skin over, and sets a mouth of known outline in its place: two lips
 * of the person's melanin and more blood, folded and lit from above, some glossy, some dark, some crossed by pale
 * stripes; then lights, develops and noises the whole. Nothing is asked of the code that looks for lips.
 */
export function simulateLip(
  photograph: Picture,
  place: MouthPlace,
  options: { tone: SkinTone; assumption: TissueAssumption; random: Random; isScarred?: boolean },
): SimulatedLip {
  const { tone, assumption, random, isScarred = false } = options;
  const { widthPx, heightPx } = photograph;
  const shape = someMouth(place, random);
  const outer = coverageOf(photograph, shape, (a, b) => b > shape.upper(a) && b < shape.lower(a));
  const opening = coverageOf(photograph, shape, (a, b) => {
    const half = shape.gap(a) / 2;
    return half > 0.3 && Math.abs(b - shape.seam(a)) < half;
  });
  const lips: Mask = {
    widthPx,
    heightPx,
    alpha: outer.alpha.map((a, p) => Math.max(0, a - opening.alpha[p])),
  };
  const scar = isScarred ? someScar(lips, shape, random) : createMask(widthPx, heightPx);
  const look = someTissue(tone, assumption, random);
  const skin = withoutMouth(photograph, place, shape, random);
  const drawn = drawMouth(photograph, skin, { shape, outer, opening, scar }, look, random);
  const light = { ...someLight(random), isMirrored: false };
  return {
    picture: relit(drawn, light, random),
    lips,
    scar,
    contrast: look.lipOverSkin.reduce((sum, v) => sum + Math.abs(Math.log(v)), 0) / 3,
  };
}

/** A mouth in its own coordinates, px: `a` along from the middle between the corners, `b` across, downwards. */
interface Mouth {
  readonly centre: Point;
  readonly along: Point;
  readonly across: Point;
  readonly halfPx: number;
  readonly upper: (a: number) => number;
  readonly lower: (a: number) => number;
  /** Where the lips meet, and how far they stand apart there. */
  readonly seam: (a: number) => number;
  readonly gap: (a: number) => number;
}

/** Proportions of adult lips on a width of about 50 mm: upper 6 to 9, lower 8 to 12 mm high, a bow of up to a third. */
function someMouth({ rightCorner, leftCorner }: MouthPlace, random: Random): Mouth {
  const dx = leftCorner.x - rightCorner.x;
  const dy = leftCorner.y - rightCorner.y;
  const natural = Math.hypot(dx, dy);
  const along = { x: dx / natural, y: dy / natural };
  const across = { x: -along.y, y: along.x };
  const halfPx = (natural / 2) * random.between(0.92, 1.08);
  const [aside, down] = [natural * random.between(-0.03, 0.03), natural * random.between(-0.03, 0.05)];
  const centre = {
    x: (rightCorner.x + leftCorner.x) / 2 + aside * along.x + down * across.x,
    y: (rightCorner.y + leftCorner.y) / 2 + aside * along.y + down * across.y,
  };
  const upperPx = 2 * halfPx * random.between(0.12, 0.18);
  const lowerPx = 2 * halfPx * random.between(0.16, 0.24);
  const sagPx = 2 * halfPx * random.between(0, 0.06);
  const bow = random.between(0.05, 0.3);
  const gapPx = random.uniform() < 0.3 ? 2 * halfPx * random.between(0.03, 0.1) : 0;
  const lopsided = random.between(-0.1, 0.1);
  // Slow waves of the outline, a few percent of its height, different above and below.
  const wave = (): ((t: number) => number) => {
    const parts = [2, 3, 5].map((n) => ({
      n,
      size: (0.06 * random.normal()) / n,
      at: random.between(0, 6.28),
    }));
    return (t) => parts.reduce((sum, { n, size, at }) => sum + size * Math.sin(n * Math.PI * t + at), 1);
  };
  const [upperWave, lowerWave] = [wave(), wave()];
  const arch = (t: number, power: number): number => Math.max(0, 1 - t * t) ** power;
  const seam = (a: number): number => sagPx * arch(a / halfPx, 1);
  const gap = (a: number): number => gapPx * arch(a / (0.8 * halfPx), 1);
  return {
    centre,
    along,
    across,
    halfPx,
    seam,
    gap,
    upper: (a) => {
      const t = a / halfPx;
      const dip = 1 - bow * Math.exp(-((t / 0.17) ** 2));
      return seam(a) - gap(a) / 2 - upperPx * arch(t, 0.9) * dip * (1 + lopsided * t) * upperWave(t);
    },
    lower: (a) => {
      const t = a / halfPx;
      return seam(a) + gap(a) / 2 + lowerPx * arch(t, 0.75) * (1 - lopsided * t) * lowerWave(t);
    },
  };
}

/** Places tried along each side of a pixel for its coverage. */
const tries = 4;

function coverageOf(
  { widthPx, heightPx }: Picture,
  shape: Mouth,
  isInside: (a: number, b: number) => boolean,
): Mask {
  const mask = createMask(widthPx, heightPx);
  forPixelsNear(widthPx, heightPx, shape, 1.05, (x, y, p) => {
    let count = 0;
    for (let k = 0; k < tries * tries; k++) {
      const { a, b } = inMouth(
        shape,
        x + ((k % tries) + 0.5) / tries,
        y + (Math.floor(k / tries) + 0.5) / tries,
      );
      if (Math.abs(a) < shape.halfPx && isInside(a, b)) count++;
    }
    mask.alpha[p] = Math.round((255 * count) / (tries * tries));
  });
  return mask;
}

function inMouth({ centre, along, across }: Mouth, x: number, y: number): { a: number; b: number } {
  const [dx, dy] = [x - centre.x, y - centre.y];
  return { a: dx * along.x + dy * along.y, b: dx * across.x + dy * across.y };
}

function forPixelsNear(
  widthPx: number,
  heightPx: number,
  { centre, halfPx }: Mouth,
  reach: number,
  visit: (x: number, y: number, p: number) => void,
): void {
  const far = reach * halfPx;
  for (let y = Math.max(0, Math.floor(centre.y - far)); y < Math.min(heightPx, centre.y + far); y++)
    for (let x = Math.max(0, Math.floor(centre.x - far)); x < Math.min(widthPx, centre.x + far); x++)
      visit(x, y, y * widthPx + x);
}

/** A stripe of 1 to 3 mm (lips taken as 50 mm) across one lip, a little crooked. */
function someScar(lips: Mask, shape: Mouth, random: Random): Mask {
  const scar = createMask(lips.widthPx, lips.heightPx);
  const at = shape.halfPx * random.between(-0.65, 0.65);
  const lean = random.between(-0.5, 0.5);
  const halfWidth = (shape.halfPx / 25) * random.between(0.5, 1.5);
  const crook = shape.halfPx * 0.03 * random.normal();
  const isUpper = random.uniform() < 0.5;
  forPixelsNear(lips.widthPx, lips.heightPx, shape, 1.05, (x, y, p) => {
    if (lips.alpha[p] === 0) return;
    const { a, b } = inMouth(shape, x + 0.5, y + 0.5);
    if (b < shape.seam(a) !== isUpper) return;
    const off = a - at - lean * b - crook * Math.sin((4 * b) / shape.halfPx);
    scar.alpha[p] = Math.round(lips.alpha[p] * Math.min(1, Math.max(0, halfWidth - Math.abs(off) + 0.5)));
  });
  return scar;
}

/** Linear light of a picture's pixels, three planes. */
type Planes = readonly [Float32Array, Float32Array, Float32Array];

/**
 * The photograph with skin where its mouth was: inside an ellipse about old and new lips, the colours of its rim
 * interpolated (weights of one over the squared distance), with a grain like skin's.
 */
function withoutMouth(photograph: Picture, place: MouthPlace, shape: Mouth, random: Random): Planes {
  const { widthPx, heightPx, rgba } = photograph;
  const table = linearTable();
  const planes: Planes = [0, 1, 2].map((c) =>
    Float32Array.from({ length: widthPx * heightPx }, (_, p) => Math.max(0.0008, table[rgba[4 * p + c]])),
  ) as unknown as Planes;
  // The bow of the photograph's own lips rises above the middle of their border.
  const top =
    Math.min(place.topPx - 0.16 * shape.halfPx, 1.3 * shape.upper(0.4 * shape.halfPx)) - 0.1 * shape.halfPx;
  const low = Math.max(place.lowPx, shape.lower(0)) + 0.22 * shape.halfPx;
  const [middle, halfHeight, halfWidth] = [(top + low) / 2, (low - top) / 2, 1.25 * shape.halfPx];
  const rim = Array.from({ length: 120 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 120;
    const [a, b] = [halfWidth * Math.cos(angle), middle + halfHeight * Math.sin(angle)];
    const at = {
      x: shape.centre.x + a * shape.along.x + b * shape.across.x,
      y: shape.centre.y + a * shape.along.y + b * shape.across.y,
    };
    return {
      ...at,
      ln: planes.map((plane) => meanLn(plane, widthPx, heightPx, at, Math.ceil(shape.halfPx / 25))),
    };
  });
  const grain = fractalNoise(widthPx, heightPx, Math.max(3, shape.halfPx / 20), 3, 0.8, random);
  forPixelsNear(widthPx, heightPx, shape, 1.6, (x, y, p) => {
    const { a, b } = inMouth(shape, x + 0.5, y + 0.5);
    const depth = 1 - Math.hypot(a / halfWidth, (b - middle) / halfHeight);
    if (depth <= 0) return;
    const share = Math.min(1, depth / 0.08);
    const sum = [0, 0, 0];
    let weights = 0;
    for (const point of rim) {
      const weight = 1 / ((x + 0.5 - point.x) ** 2 + (y + 0.5 - point.y) ** 2 + 1);
      weights += weight;
      for (let c = 0; c < 3; c++) sum[c] += weight * point.ln[c];
    }
    for (let c = 0; c < 3; c++) {
      const smooth = sum[c] / weights + 0.025 * grain[p];
      planes[c][p] = Math.exp((1 - share) * Math.log(planes[c][p]) + share * smooth);
    }
  });
  return planes;
}

function meanLn(plane: Float32Array, widthPx: number, heightPx: number, at: Point, reach: number): number {
  let sum = 0;
  let count = 0;
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const x = Math.min(widthPx - 1, Math.max(0, Math.round(at.x) + dx));
      const y = Math.min(heightPx - 1, Math.max(0, Math.round(at.y) + dy));
      sum += Math.log(plane[y * widthPx + x]);
      count++;
    }
  return sum / count;
}

interface Drawn {
  readonly shape: Mouth;
  readonly outer: Mask;
  readonly opening: Mask;
  readonly scar: Mask;
}

function drawMouth(
  picture: Picture,
  planes: Planes,
  { shape, outer, opening, scar }: Drawn,
  look: { lipOverSkin: Rgb3; paleOverSkin: Rgb3 },
  random: Random,
): Picture {
  const { widthPx, heightPx } = picture;
  // The red passes into skin over some tenths of a millimetre.
  const softPx = Math.round(shape.halfPx * random.between(0.005, 0.025));
  const soft = (mask: Mask): Float32Array => {
    const plane = Float32Array.from(mask.alpha, (v) => v / 255);
    return softPx < 1 ? plane : boxMean(boxMean(plane, widthPx, heightPx, softPx), widthPx, heightPx, softPx);
  };
  const [cover, pale] = [soft(outer), soft(scar)];
  const mottle = fractalNoise(widthPx, heightPx, Math.max(4, shape.halfPx / 6), 3, 0.6, random);
  const folds = Array.from({ length: 400 }, () => random.normal());
  const foldDepth = random.between(0.02, 0.07);
  const [shadeUpper, shadeLower, shadeBelow] = [
    random.between(-0.3, -0.05),
    random.between(-0.02, 0.2),
    random.between(0.05, 0.35),
  ];
  const gloss = random.uniform() < 0.5 ? random.between(0.05, 0.35) : 0;
  const glossAt = shape.halfPx * random.between(-0.3, 0.3);
  const rgba = picture.rgba.slice();
  const ln = [0, 1, 2].map((c) => [Math.log(look.lipOverSkin[c]), Math.log(look.paleOverSkin[c])]);
  forPixelsNear(widthPx, heightPx, shape, 1.6, (x, y, p) => {
    const { a, b } = inMouth(shape, x + 0.5, y + 0.5);
    const [upper, seam, lower] = [shape.upper(a), shape.seam(a), shape.lower(a)];
    const bulge = Math.max(0, 1 - (a / shape.halfPx) ** 2);
    const within = (from: number, to: number): number =>
      b > from && b < to ? Math.sin((Math.PI * (b - from)) / (to - from)) : 0;
    let shade = shadeUpper * within(upper, seam) + shadeLower * within(seam, lower);
    if (b > lower)
      shade -= shadeBelow * bulge * Math.exp(-(((b - lower) / (0.18 * shape.halfPx) - 0.4) ** 2) * 3);
    const line = (b - seam) / (0.028 * shape.halfPx);
    if (Math.abs(a) < shape.halfPx) shade -= 1.3 * Math.exp(-line * line);
    const fold = folds[Math.floor(Math.abs((a * 90) / shape.halfPx + (b * 6) / shape.halfPx + 200)) % 400];
    const inGap = opening.alpha[p] / 255;
    const shine =
      gloss *
      cover[p] *
      Math.exp(
        -(((a - glossAt) / (0.35 * shape.halfPx)) ** 2) -
          ((b - (seam + 0.45 * (lower - seam))) / (0.06 * shape.halfPx)) ** 2,
      ) *
      Math.max(0, 1 + 0.7 * mottle[p]);
    for (let c = 0; c < 3; c++) {
      const [red, white] = ln[c];
      const tissue = cover[p] * red * (1 + 0.06 * mottle[p]) + pale[p] * (white - red);
      const lit =
        planes[c][p] * Math.exp(tissue + shade * Math.min(1, 0.3 + bulge) + foldDepth * cover[p] * fold);
      const linear = (1 - inGap) * lit + inGap * planes[c][p] * 0.06 + shine;
      const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.min(1, linear) ** (1 / 2.4) - 0.055;
      rgba[4 * p + c] = Math.round(255 * encoded + random.uniform() - 0.5);
    }
  });
  return { ...picture, rgba };
}
