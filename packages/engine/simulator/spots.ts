import type { Picture } from '../photo/picture.ts';
import type { Random } from './random.ts';

/** Eumelanin's absorbance in linear red, green and blue against green: (lambda/545)^-3.33 (Jacques 1998). */
const melanin = [0.726, 1, 1.697] as const;

/** Darkens one pixel by `loss`, natural log of green at one, in linear light. */
function darken(rgba: Uint8ClampedArray, p: number, loss: number, random: Random): void {
  for (let c = 0; c < 3; c++) {
    const encoded = rgba[p * 4 + c] / 255;
    const linear = encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
    const less = linear * Math.exp(-loss * melanin[c]);
    const out = less <= 0.0031308 ? less * 12.92 : 1.055 * less ** (1 / 2.4) - 0.055;
    rgba[p * 4 + c] = Math.round(out * 255 + (random.uniform() - 0.5));
  }
}

/**
 * Draws a mole: a disc, a little oval and lobed, of melanin above the skin, softer at its rim. `strength` is the natural-log
 * darkening of green at its middle.
 */
export function drawMole(
  picture: Picture,
  mole: { readonly x: number; readonly y: number; readonly diameterPx: number; readonly strength: number },
  random: Random,
): Picture {
  const rgba = new Uint8ClampedArray(picture.rgba);
  const radius = mole.diameterPx / 2;
  const angle = random.between(0, Math.PI);
  const stretch = random.between(1, 1.35);
  const lobe = random.between(0, 0.12);
  const turn = random.between(0, 2 * Math.PI);
  const soft = random.between(0.1, 0.3) * radius + 0.5;
  const reach = Math.ceil(radius * 1.6 + soft) + 1;
  for (let y = Math.floor(mole.y) - reach; y <= mole.y + reach; y++) {
    for (let x = Math.floor(mole.x) - reach; x <= mole.x + reach; x++) {
      if (x < 0 || y < 0 || x >= picture.widthPx || y >= picture.heightPx) continue;
      const [dx, dy] = [x + 0.5 - mole.x, y + 0.5 - mole.y];
      const u = (dx * Math.cos(angle) + dy * Math.sin(angle)) / Math.sqrt(stretch);
      const v = (dy * Math.cos(angle) - dx * Math.sin(angle)) * Math.sqrt(stretch);
      const edge = radius * (1 + lobe * Math.sin(3 * Math.atan2(v, u) + turn));
      const cover = 1 / (1 + Math.exp((Math.hypot(u, v) - edge) / (soft / 2)));
      if (cover > 0.01) darken(rgba, y * picture.widthPx + x, mole.strength * cover, random);
    }
  }
  return { ...picture, rgba };
}

/** Draws a strand of hair from one point to another, bent a little. */
export function drawStrand(
  picture: Picture,
  strand: {
    readonly from: { readonly x: number; readonly y: number };
    readonly to: { readonly x: number; readonly y: number };
    readonly widthPx: number;
  },
  random: Random,
): Picture {
  const rgba = new Uint8ClampedArray(picture.rgba);
  const loss = new Map<number, number>();
  const bend = random.between(-0.15, 0.15);
  const { from, to } = strand;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  for (let t = 0; t <= 1; t += 0.4 / Math.max(1, length)) {
    const off = bend * length * 4 * t * (1 - t);
    const x = from.x + (to.x - from.x) * t - ((to.y - from.y) / length) * off;
    const y = from.y + (to.y - from.y) * t + ((to.x - from.x) / length) * off;
    const reach = Math.ceil(strand.widthPx);
    for (let py = Math.floor(y) - reach; py <= y + reach; py++) {
      for (let px = Math.floor(x) - reach; px <= x + reach; px++) {
        if (px < 0 || py < 0 || px >= picture.widthPx || py >= picture.heightPx) continue;
        const cover = Math.min(
          1,
          Math.max(0, strand.widthPx / 2 + 0.5 - Math.hypot(px + 0.5 - x, py + 0.5 - y)),
        );
        const p = py * picture.widthPx + px;
        if (cover > (loss.get(p) ?? 0)) loss.set(p, cover);
      }
    }
  }
  for (const [p, cover] of loss) darken(rgba, p, 1.6 * cover, random);
  return { ...picture, rgba };
}
