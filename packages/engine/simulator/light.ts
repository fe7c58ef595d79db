import { linearTable, type Picture } from '../photo/index.ts';
import type { Random } from './random.ts';

/** How a scene is lit and photographed: factors on the light of a given photograph. */
export interface LightAndTone {
  /** Factor on each channel of linear light. */
  readonly gain: readonly [number, number, number];
  /** Natural log by which the light rises from one side of the picture to the other, and where it comes from (radians). */
  readonly slope: number;
  readonly from: number;
  /** Exponent of the camera's tone curve about middle grey: above 1 more contrast. */
  readonly contrast: number;
  /** Standard deviation of the sensor's noise, encoded levels at middle grey. */
  readonly noise: number;
  readonly isMirrored: boolean;
}

/** Up to a third of a stop either way, tints from shade to lamp, light from any side, soft and hard tone curves. */
export function someLight(random: Random): LightAndTone {
  const exposure = random.between(-0.3, 0.2);
  const warmth = random.between(-0.12, 0.12);
  const tint = random.between(-0.03, 0.03);
  return {
    gain: [Math.exp(exposure + warmth), Math.exp(exposure + tint), Math.exp(exposure - warmth)],
    slope: random.between(0, 0.8),
    from: random.between(0, 2 * Math.PI),
    contrast: random.between(0.85, 1.2),
    noise: random.between(0, 2.5),
    isMirrored: random.uniform() < 0.5,
  };
}

/** The photograph as it would have come out under another light and tone curve. */
export function relit(picture: Picture, light: LightAndTone, random: Random): Picture {
  const { widthPx, heightPx } = picture;
  const table = linearTable();
  const rgba = new Uint8ClampedArray(picture.rgba.length);
  const cos = Math.cos(light.from) / Math.max(widthPx, heightPx);
  const sin = Math.sin(light.from) / Math.max(widthPx, heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const from = (y * widthPx + (light.isMirrored ? widthPx - 1 - x : x)) * 4;
      const to = (y * widthPx + x) * 4;
      const bright = Math.exp(light.slope * ((x - widthPx / 2) * cos + (y - heightPx / 2) * sin));
      for (let c = 0; c < 3; c++) {
        const linear = table[picture.rgba[from + c]] * light.gain[c] * bright;
        const curved = 0.18 * (linear / 0.18) ** light.contrast;
        const encoded = curved <= 0.0031308 ? 12.92 * curved : 1.055 * curved ** (1 / 2.4) - 0.055;
        // Shot noise: its variance goes with the light; encoding by about a square root evens it out.
        rgba[to + c] = Math.round(Math.min(1, encoded) * 255 + light.noise * random.normal());
      }
      rgba[to + 3] = 255;
    }
  }
  return { widthPx, heightPx, rgba };
}
