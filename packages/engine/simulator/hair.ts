import { createPicture, type Picture } from '../photo/picture.ts';
import { fractalNoise, type Random } from './random.ts';
import { type Rgb3, type SkinTone, someTissue, type TissueAssumption } from './tissue.ts';

/** How full hair looks where single hairs are smaller than a pixel. */
export interface HairLook {
  /** Width times length times number of hairs by area: what they would cover side by side, and their roots' shadow. */
  readonly coverage: number;
  /** Linear light of hair, white 0.8. */
  readonly linear: Rgb3;
  /** How unevenly it lies. */
  readonly patchiness: number;
}

/** Full hair of 150 to 220 a cm² and 0.05 to 0.09 mm, black to brown, in one of five people grey. */
export function simulatedHair(tone: SkinTone, lengthMm: number, random: Random): HairLook {
  const perMm2 = random.between(1.5, 2.2);
  const roots = random.between(0.03, 0.1);
  return {
    coverage: perMm2 * random.between(0.05, 0.09) * lengthMm + roots,
    linear: someHairColour(tone, random),
    patchiness: random.between(0.1, 0.5),
  };
}

function someHairColour(tone: SkinTone, random: Random): Rgb3 {
  const isGrey = random.uniform() < 0.2;
  const dark = tone === 'light' ? random.between(0.01, 0.06) : random.between(0.006, 0.02);
  const level = isGrey ? random.between(0.12, 0.3) : dark;
  return isGrey ? [level, level, level * 0.97] : [level * 1.3, level, level * 0.75];
}

export interface SimulatedStubble {
  readonly picture: Picture;
  readonly mmPerPx: number;
  /** Places where hair leaves the skin, each a follicular unit of one to four hairs, by area of the picture. */
  readonly unitsPerCm2: number;
  readonly hairsPerCm2: number;
  readonly lengthMm: number;
}

/**
 * Scalp straight from above, near enough to see hairs: follicular units at least 0.6 of their mean spacing apart, one to
 * four hairs each within 0.25 mm, leaning one way with some scatter, of known width and length, under skin's own mottle,
 * pores, shine and the camera's blur and noise.
 */
export function simulateStubble(options: {
  readonly mmPerPx: number;
  readonly sizeMm: number;
  readonly unitsPerCm2: number;
  readonly lengthMm: number;
  readonly tone: SkinTone;
  readonly assumption: TissueAssumption;
  readonly random: Random;
}): SimulatedStubble {
  const { mmPerPx, sizeMm, unitsPerCm2, lengthMm, tone, assumption, random } = options;
  const side = Math.round(sizeMm / mmPerPx);
  const units = spacedPlaces(sizeMm, Math.round((unitsPerCm2 * sizeMm * sizeMm) / 100), random);
  const passed = new Float32Array(side * side).fill(1);
  const lean = random.between(0, 2 * Math.PI);
  const widthMm = random.between(0.05, 0.09);
  let hairs = 0;
  for (const unit of units) {
    const count = random.pick([1, 1, 2, 2, 2, 2, 3, 3, 4]);
    hairs += count;
    // A follicle darkens the skin about it from below.
    darken(passed, side, unit.x / mmPerPx, unit.y / mmPerPx, 0.12 / mmPerPx, random.between(0.05, 0.2));
    for (let n = 0; n < count; n++) {
      const root = { x: unit.x + 0.1 * random.normal(), y: unit.y + 0.1 * random.normal() };
      const angle = lean + 0.35 * random.normal();
      const seen = lengthMm * random.between(0.5, 1);
      drawHair(passed, side, root, angle, seen, widthMm * random.between(0.8, 1.2), mmPerPx);
    }
  }
  const look = someTissue(tone, assumption, random);
  const hair = someHairColour(tone, random);
  const mottle = fractalNoise(side, side, 4 / mmPerPx, 6, 0.65, random);
  const pores = fractalNoise(side, side, Math.max(2, 0.4 / mmPerPx), 2, 0.7, random);
  const gloss = fractalNoise(side, side, Math.max(2, 1.5 / mmPerPx), 3, 0.6, random);
  const [mottled, pored, shine] = [
    random.between(0.02, 0.06),
    random.between(0.01, 0.05),
    random.between(0, 0.06),
  ];
  const slope = random.between(-0.4, 0.4);
  const noise = random.between(0.7, 3);
  const picture = createPicture(side, side);
  const blurred = blur(passed, side, random.between(0.4, 0.9));
  for (let p = 0; p < side * side; p++) {
    const lit = Math.exp(slope * ((p % side) / side - 0.5));
    for (let c = 0; c < 3; c++) {
      const skin = look.skin[c] * Math.exp(mottled * mottle[p] + pored * pores[p]);
      const linear = lit * (hair[c] + (skin - hair[c]) * blurred[p]) + shine * Math.max(0, gloss[p] - 1);
      const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.min(1, linear) ** (1 / 2.4) - 0.055;
      picture.rgba[4 * p + c] = Math.round(255 * encoded + noise * random.normal());
    }
    picture.rgba[4 * p + 3] = 255;
  }
  const areaCm2 = (side * mmPerPx) ** 2 / 100;
  return { picture, mmPerPx, unitsPerCm2: units.length / areaCm2, hairsPerCm2: hairs / areaCm2, lengthMm };
}

/** Places drawn at random, each at least 0.6 of the mean spacing from all others. */
function spacedPlaces(sizeMm: number, count: number, random: Random): { x: number; y: number }[] {
  const places: { x: number; y: number }[] = [];
  const apart = 0.6 * Math.sqrt((sizeMm * sizeMm) / Math.max(1, count));
  for (let n = 0; n < 60 * count && places.length < count; n++) {
    const place = { x: random.between(0, sizeMm), y: random.between(0, sizeMm) };
    if (places.every(({ x, y }) => Math.hypot(x - place.x, y - place.y) >= apart)) places.push(place);
  }
  return places;
}

/** Takes light away in a soft disc, pixels. */
function darken(
  passed: Float32Array,
  side: number,
  x: number,
  y: number,
  radius: number,
  share: number,
): void {
  const reach = Math.ceil(3 * radius);
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const [px, py] = [Math.floor(x) + dx, Math.floor(y) + dy];
      if (px < 0 || py < 0 || px >= side || py >= side) continue;
      const d2 = ((px + 0.5 - x) ** 2 + (py + 0.5 - y) ** 2) / (2 * radius * radius);
      passed[py * side + px] *= 1 - share * Math.exp(-d2);
    }
}

/** A hair as a row of short strokes whose areas are shared out over the pixels. */
function drawHair(
  passed: Float32Array,
  side: number,
  root: { x: number; y: number },
  angle: number,
  lengthMm: number,
  widthMm: number,
  mmPerPx: number,
): void {
  const steps = Math.max(1, Math.ceil((2 * lengthMm) / mmPerPx));
  const stepCover = (lengthMm / steps) * (widthMm / mmPerPx ** 2);
  for (let s = 0; s < steps; s++) {
    const along = ((s + 0.5) / steps) * lengthMm;
    const x = (root.x + along * Math.cos(angle)) / mmPerPx - 0.5;
    const y = (root.y + along * Math.sin(angle)) / mmPerPx - 0.5;
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [sx, sy] = [x - x0, y - y0];
    for (const [dx, dy, weight] of [
      [0, 0, (1 - sx) * (1 - sy)],
      [1, 0, sx * (1 - sy)],
      [0, 1, (1 - sx) * sy],
      [1, 1, sx * sy],
    ]) {
      const [px, py] = [x0 + dx, y0 + dy];
      if (px < 0 || py < 0 || px >= side || py >= side) continue;
      passed[py * side + px] *= Math.max(0, 1 - stepCover * weight);
    }
  }
}

/** Three-tap blur both ways, twice: about a Gaussian of `sdPx`. */
function blur(plane: Float32Array, side: number, sdPx: number): Float32Array {
  // Variance of (w, 1 - 2 w, w) is 2 w; two passes.
  const w = Math.min(0.33, (sdPx * sdPx) / 4);
  let from = plane;
  for (let pass = 0; pass < 4; pass++) {
    const step = pass % 2 === 0 ? 1 : side;
    const to = from.slice();
    for (let p = step; p < from.length - step; p++)
      to[p] = w * (from[p - step] + from[p + step]) + (1 - 2 * w) * from[p];
    from = to;
  }
  return from;
}
