import { type Box, clipBox, type Mask, type Picture } from '../photo/picture.ts';
import { fractalNoise, type Random } from './random.ts';

/**
 * What losing pigment does to the natural logarithm of linear red, green and blue, per unit of melanin lost.
 * Two assumptions that no reader of the picture is told: they differ in slope and in what the blood does.
 */
export type Chromophores = 'steep' | 'flat-with-erythema';

/**
 * Melanin absorbance at the centroids of sRGB's channels under daylight (about 600, 545, 465 nm), normalised to
 * green: (lambda/545)^-3.33 (Jacques 1998) for `steep`; (lambda/545)^-2.2 for `flat-with-erythema`, in which the
 * patch also holds more blood (absorbing green most, then blue) than its surround.
 */
const lost: Record<Chromophores, readonly [number, number, number]> = {
  steep: [0.726, 1, 1.697],
  'flat-with-erythema': [0.809, 1, 1.418],
};
const blood = [0.1, 1, 0.62] as const;

export interface SimulatedPatch {
  readonly picture: Picture;
  /** Exact coverage of the patch. */
  readonly mask: Mask;
  /** Mean of the natural-log brightening of green inside. */
  readonly strength: number;
}

/**
 * Removes melanin from an irregular blob with satellites and islands, in linear light, then encodes and clips as a
 * camera would. No more is lost than the skin seems to hold. `area` bounds where the blob's core may lie; its size is 40 to 100 % of the area's shorter side.
 * `strength` is the natural-log brightening of green at full loss: about 0.25 on light skin, 1.4 on very dark skin;
 * it differs from place to place by `unevenness` of itself (standard deviation, 0.06 unless told).
 */
export function simulatePatch(
  picture: Picture,
  area: Box,
  options: { strength: number; chromophores: Chromophores; random: Random; unevenness?: number },
): SimulatedPatch {
  const { chromophores, random, unevenness = 0.06 } = options;
  const { widthPx, heightPx } = picture;
  const { mask, reach } = blob(picture, area, random);
  const axis = lost[chromophores];
  // A bluish picture seems to hold none; most of what was asked for keeps such a patch visible.
  const strength = Math.min(
    options.strength,
    Math.max(0.7 * options.strength, melaninPresent(picture, mask, axis)),
  );
  const bloodGain = chromophores === 'flat-with-erythema' ? random.between(0.04, 0.14) : 0;
  const residue = fractalNoise(
    reach.widthPx,
    reach.heightPx,
    Math.max(8, Math.min(area.widthPx, area.heightPx) / 6),
    3,
    0.5,
    random,
  );
  const rgba = new Uint8ClampedArray(picture.rgba);
  let sum = 0;
  let weight = 0;
  for (let p = 0; p < mask.alpha.length; p++) {
    const cover = mask.alpha[p] / 255;
    if (cover === 0) continue;
    const r = (Math.floor(p / widthPx) - reach.y) * reach.widthPx + (p % widthPx) - reach.x;
    const loss = cover * strength * Math.max(0.5, 1 + unevenness * residue[r]);
    sum += loss;
    weight += cover;
    for (let c = 0; c < 3; c++) {
      const encoded = picture.rgba[p * 4 + c] / 255;
      const linear = encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
      const bright = linear * Math.exp(loss * axis[c] - cover * bloodGain * blood[c]);
      const out = bright <= 0.0031308 ? bright * 12.92 : 1.055 * Math.min(1, bright) ** (1 / 2.4) - 0.055;
      // Dither by half a level, so that a strong gain does not betray itself by missing levels.
      rgba[p * 4 + c] = Math.round(out * 255 + (random.uniform() - 0.5));
    }
  }
  return { picture: { widthPx, heightPx, rgba }, mask, strength: weight === 0 ? 0 : sum / weight };
}

/**
 * The most that can be lost: skin without melanin still absorbs more blue than green, so the loss must not carry
 * the median pixel past ln(green / blue) = 0.1 (chalk-white vitiligo measures 0.1 to 0.25).
 */
function melaninPresent(picture: Picture, mask: Mask, axis: readonly [number, number, number]): number {
  const ratios: number[] = [];
  for (let p = 0; p < mask.alpha.length; p++) {
    if (mask.alpha[p] < 128) continue;
    const linear = (c: number): number => Math.max(0.0005, (picture.rgba[p * 4 + c] / 255) ** 2.2);
    ratios.push(Math.log(linear(1) / linear(2)));
  }
  ratios.sort((a, b) => a - b);
  const present = ratios[ratios.length >> 1] ?? 0;
  return (present - 0.1) / (axis[2] - axis[1]);
}

/** An irregular blob: a warped disc plus noise, cut and softened over 1 to 3 px. */
function blob(picture: Picture, area: Box, random: Random): { mask: Mask; reach: Box } {
  const { widthPx, heightPx } = picture;
  const side = Math.min(area.widthPx, area.heightPx);
  const radius = (side / 2) * random.between(0.4, 1);
  const cx = area.x + area.widthPx / 2 + (area.widthPx / 2 - radius) * random.between(-0.8, 0.8);
  const cy = area.y + area.heightPx / 2 + (area.heightPx / 2 - radius) * random.between(-0.8, 0.8);
  const stretch = random.between(0.75, 1.3);
  const angle = random.between(0, Math.PI);
  const roughness = random.between(0.12, 0.35);
  const far = Math.ceil(radius * 2);
  const reach = clipBox({ x: cx - far, y: cy - far, widthPx: 2 * far, heightPx: 2 * far }, widthPx, heightPx);
  const noise = fractalNoise(
    reach.widthPx,
    reach.heightPx,
    Math.max(4, radius * random.between(0.5, 0.9)),
    4,
    0.5,
    random,
  );
  const softPx = random.between(0.6, 2);
  const alpha = new Uint8Array(widthPx * heightPx);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  for (let y = reach.y, n = 0; y < reach.y + reach.heightPx; y++) {
    for (let x = reach.x; x < reach.x + reach.widthPx; x++, n++) {
      const u = ((x - cx) * cos + (y - cy) * sin) / stretch;
      const v = (-(x - cx) * sin + (y - cy) * cos) * stretch;
      // Nothing outside the ellipse of the area: the caller knows where skin ends, the blob does not.
      const beyond =
        Math.hypot((x - area.x) / area.widthPx - 0.5, (y - area.y) / area.heightPx - 0.5) / 0.55 - 1;
      const insidePx =
        radius * (1 + roughness * noise[n]) - Math.hypot(u, v) - Math.max(0, beyond) * 3 * radius;
      alpha[y * widthPx + x] = 255 * Math.min(1, Math.max(0, 0.5 + insidePx / (2 * softPx)));
    }
  }
  return { mask: { widthPx, heightPx, alpha }, reach };
}
