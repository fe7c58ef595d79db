import { encodeRgb } from '../light/index.ts';
import { boxMean, linearTable, type Picture } from '../photo/index.ts';
import type { Dots } from './dots.ts';

/** A dot as it looks at the skin's surface. */
export interface DotLook {
  readonly diameterMm: number;
  /** Light of a dot over that of the skin around it; per channel of linear sRGB. */
  readonly transmittance: readonly [number, number, number];
}

/** How far light travels sideways in skin before it leaves, mm: about one transport length at 20 per cm, doubled. */
const lateralMm = 0.7;

/**
 * Draws dots over a picture so that their coverage is kept at any zoom: each dot's area is shared out over the pixels
 * it touches. Light crosses the dots twice, on its way out where the dot is seen, on its way in up to a millimetre
 * beside it (J. A. C. Yule and W. J. Nielsen, TAGA Proc. 3 (1951) 65, with n = 2), so a pixel passes
 * (1 - c (1 - sqrt T)) (1 - m (1 - sqrt T)) of its light: c its own coverage, m the mean coverage around. Where dots
 * are smaller than pixels a zone turns grey as it does at viewing distance.
 */
export function renderDots(picture: Picture, dots: Dots, mmPerPx: number, look: DotLook): Picture {
  const { widthPx, heightPx } = picture;
  const cover = new Float32Array(widthPx * heightPx);
  for (let i = 0; i < dots.count; i++) {
    const size = 1 + 0.15 * Math.sin(i * 12.9898 + dots.xMm[i]);
    splat(
      cover,
      widthPx,
      heightPx,
      dots.xMm[i] / mmPerPx,
      dots.yMm[i] / mmPerPx,
      (look.diameterMm * size) / 2 / mmPerPx,
      // Lighter tones cover the same area with less pigment.
      (1 - 0.25 * (dots.tone[i] === 0 ? 1 : dots.tone[i] === 1 ? 0.5 : 0)) * (dots.seen01?.[i] ?? 1),
    );
  }
  const around = boxMean(cover, widthPx, heightPx, Math.max(1, Math.round(lateralMm / mmPerPx)));
  const absorbed = look.transmittance.map((t) => 1 - Math.sqrt(t));
  const table = linearTable();
  const rgba = new Uint8ClampedArray(picture.rgba);
  for (let p = 0; p < cover.length; p++) {
    const c = Math.min(1, cover[p]);
    const m = Math.min(1, around[p]);
    if (m < 0.0005) continue;
    for (let channel = 0; channel < 3; channel++) {
      const loss = absorbed[channel];
      const light = table[rgba[p * 4 + channel]] * (1 - c * loss) * (1 - m * loss);
      rgba[p * 4 + channel] = Math.round(encodeRgb(light) * 255);
    }
  }
  return { widthPx, heightPx, rgba };
}

/** Adds a disc with an edge one pixel soft; the sum of what it adds is its area times `weight`. */
function splat(
  cover: Float32Array,
  widthPx: number,
  heightPx: number,
  x: number,
  y: number,
  radiusPx: number,
  weight: number,
): void {
  const area = Math.PI * radiusPx * radiusPx * weight;
  const reach = Math.max(radiusPx + 0.5, 1);
  const x0 = Math.floor(x - reach);
  const x1 = Math.floor(x + reach);
  const y0 = Math.floor(y - reach);
  const y1 = Math.floor(y + reach);
  let sum = 0;
  for (let py = y0; py <= y1; py++) {
    for (let px = x0; px <= x1; px++) sum += disc(px + 0.5 - x, py + 0.5 - y, reach);
  }
  if (sum <= 0) return;
  const share = area / sum;
  for (let py = Math.max(0, y0); py <= Math.min(heightPx - 1, y1); py++) {
    for (let px = Math.max(0, x0); px <= Math.min(widthPx - 1, x1); px++) {
      const d = disc(px + 0.5 - x, py + 0.5 - y, reach);
      if (d > 0) cover[py * widthPx + px] += d * share;
    }
  }
}

/** 1 inside, falling to 0 over the last pixel. */
function disc(dx: number, dy: number, reach: number): number {
  return Math.min(1, Math.max(0, reach - Math.sqrt(dx * dx + dy * dy)));
}
