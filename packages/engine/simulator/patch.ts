import type { Box, Mask, Picture } from '../photo/picture.ts';
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
 * camera would. `area` bounds where the blob's core may lie; its size is 40 to 100 % of the area's shorter side.
 * `strength` is the natural-log brightening of green at full loss: about 0.25 on light skin, 1.4 on very dark skin.
 */
export function simulatePatch(
  picture: Picture,
  area: Box,
  options: { strength: number; chromophores: Chromophores; random: Random },
): SimulatedPatch {
  const { strength, chromophores, random } = options;
  const { widthPx, heightPx } = picture;
  const mask = blob(picture, area, random);
  const axis = lost[chromophores];
  const bloodGain = chromophores === 'flat-with-erythema' ? random.between(0.04, 0.14) : 0;
  const residue = fractalNoise(
    widthPx,
    heightPx,
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
    const loss = cover * strength * Math.max(0.5, 1 + 0.06 * residue[p]);
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

/** An irregular blob: a warped disc plus noise, cut and softened over 1 to 3 px. */
function blob(picture: Picture, area: Box, random: Random): Mask {
  const { widthPx, heightPx } = picture;
  const side = Math.min(area.widthPx, area.heightPx);
  const radius = (side / 2) * random.between(0.4, 1);
  const cx = area.x + area.widthPx / 2 + (area.widthPx / 2 - radius) * random.between(-0.8, 0.8);
  const cy = area.y + area.heightPx / 2 + (area.heightPx / 2 - radius) * random.between(-0.8, 0.8);
  const stretch = random.between(0.75, 1.3);
  const angle = random.between(0, Math.PI);
  const roughness = random.between(0.12, 0.35);
  const noise = fractalNoise(
    widthPx,
    heightPx,
    Math.max(4, radius * random.between(0.5, 0.9)),
    4,
    0.5,
    random,
  );
  const softPx = random.between(0.6, 2);
  const alpha = new Uint8Array(widthPx * heightPx);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const reach = Math.ceil(radius * 2);
  for (let y = Math.max(0, Math.floor(cy) - reach); y < Math.min(heightPx, cy + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx) - reach); x < Math.min(widthPx, cx + reach); x++) {
      const u = ((x - cx) * cos + (y - cy) * sin) / stretch;
      const v = (-(x - cx) * sin + (y - cy) * cos) * stretch;
      const p = y * widthPx + x;
      const insidePx = radius * (1 + roughness * noise[p]) - Math.hypot(u, v);
      alpha[p] = 255 * Math.min(1, Math.max(0, 0.5 + insidePx / (2 * softPx)));
    }
  }
  return { widthPx, heightPx, alpha };
}
