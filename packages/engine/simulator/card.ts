import type { Picture, Point } from '../photo/picture.ts';
import type { Random } from './random.ts';

export interface CardScene {
  /** Corners of the whole card in the picture, clockwise from its top left. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Linear RGB 0..1 of the 24 patches, row by row, as the camera gives them. */
  readonly patches: readonly (readonly [number, number, number])[];
  /** Gaussian blur of the card's edges, px. */
  readonly blurPx: number;
  /** Standard deviation of noise in encoded levels, at mid grey. */
  readonly noiseLevels: number;
  readonly random: Random;
}

/** Card proportions: patch side 1, gap 0.18, frame 0.3 around the field of 6 x 4. */
const gap = 0.18;
const frame = 0.3;
export const cardWidth = 6 + 5 * gap + 2 * frame;
export const cardHeight = 4 + 3 * gap + 2 * frame;

/**
 * Draws a 24-patch card into a copy of a picture: projected to four corners, box-sampled 3 x 3 per pixel, edges
 * blurred, noise added. Patch colours are given; the black frame reflects 3.5 %.
 */
export function drawCard(background: Picture, scene: CardScene): Picture {
  const { widthPx, heightPx } = background;
  const rgba = new Uint8ClampedArray(background.rgba);
  const inverse = squareToQuad(scene.corners);
  const xs = scene.corners.map((p) => p.x);
  const ys = scene.corners.map((p) => p.y);
  const x0 = Math.max(0, Math.floor(Math.min(...xs)));
  const x1 = Math.min(widthPx - 1, Math.ceil(Math.max(...xs)));
  const y0 = Math.max(0, Math.floor(Math.min(...ys)));
  const y1 = Math.min(heightPx - 1, Math.ceil(Math.max(...ys)));
  const taps = [-1, 0, 1];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const sum = [0, 0, 0];
      let inside = 0;
      for (const dy of taps) {
        for (const dx of taps) {
          const spread = Math.max(0.33, scene.blurPx);
          const [u, v] = inverse(x + 0.5 + dx * spread, y + 0.5 + dy * spread);
          if (u < 0 || v < 0 || u > 1 || v > 1) continue;
          inside++;
          const colour = cardColour(u * cardWidth, v * cardHeight, scene.patches);
          for (let c = 0; c < 3; c++) sum[c] += colour[c];
        }
      }
      if (inside < 5) continue;
      const i = (y * widthPx + x) * 4;
      for (let c = 0; c < 3; c++) {
        const linear = Math.min(1, Math.max(0, sum[c] / inside));
        const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
        rgba[i + c] = Math.round(255 * encoded + scene.noiseLevels * scene.random.normal());
      }
    }
  }
  return { widthPx, heightPx, rgba };
}

function cardColour(x: number, y: number, patches: CardScene['patches']): readonly [number, number, number] {
  const column = Math.floor((x - frame) / (1 + gap));
  const row = Math.floor((y - frame) / (1 + gap));
  const inPatch =
    column >= 0 &&
    row >= 0 &&
    column < 6 &&
    row < 4 &&
    x - frame - column * (1 + gap) <= 1 &&
    y - frame - row * (1 + gap) <= 1;
  return inPatch ? patches[row * 6 + column] : [0.035, 0.035, 0.035];
}

/** Picture point to card position 0..1: the inverse of the projection of the unit square (Heckbert 1989, 2.2.3). */
function squareToQuad([a, b, c, d]: CardScene['corners']): (x: number, y: number) => [number, number] {
  const dx1 = b.x - c.x;
  const dx2 = d.x - c.x;
  const dx3 = a.x - b.x + c.x - d.x;
  const dy1 = b.y - c.y;
  const dy2 = d.y - c.y;
  const dy3 = a.y - b.y + c.y - d.y;
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / det;
  const h = (dx1 * dy3 - dx3 * dy1) / det;
  const m = [
    b.x - a.x + g * b.x,
    d.x - a.x + h * d.x,
    a.x,
    b.y - a.y + g * b.y,
    d.y - a.y + h * d.y,
    a.y,
    g,
    h,
    1,
  ];
  const inv = [
    m[4] * m[8] - m[5] * m[7],
    m[2] * m[7] - m[1] * m[8],
    m[1] * m[5] - m[2] * m[4],
    m[5] * m[6] - m[3] * m[8],
    m[0] * m[8] - m[2] * m[6],
    m[2] * m[3] - m[0] * m[5],
    m[3] * m[7] - m[4] * m[6],
    m[1] * m[6] - m[0] * m[7],
    m[0] * m[4] - m[1] * m[3],
  ];
  return (x, y) => {
    const w = inv[6] * x + inv[7] * y + inv[8];
    return [(inv[0] * x + inv[1] * y + inv[2]) / w, (inv[3] * x + inv[4] * y + inv[5]) / w];
  };
}
