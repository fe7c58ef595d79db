import type { Picture, Point } from '../photo/picture.ts';
import type { Random } from './random.ts';

/** A printed scale card in a photograph, drawn from the sheet's specification and not by the code that reads it. */
export interface ScaleCardScene {
  /** Corners of the card in the picture, clockwise from its top left. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Linear RGB of the paper as the camera gives it; ink takes light away from it. */
  readonly paper: readonly [number, number, number];
  /** Half width of the box each pixel averages over, px; at least 0.33. */
  readonly blurPx: number;
  /** Standard deviation of noise, encoded levels. */
  readonly noiseLevels: number;
  readonly random: Random;
}

/** Where things lie on the sheet, mm; # is black. */
const sheet = { width: 86, height: 54 };
const printed: readonly { readonly x: number; readonly y: number; readonly rows: readonly string[] }[] = [
  { x: 4, y: 4, rows: ['#.#.', '.###', '#..#', '#.#.'] },
  { x: 70, y: 4, rows: ['#...', '..##', '..#.', '##.#'] },
  { x: 70, y: 38, rows: ['..##', '#.#.', '#...', '####'] },
  { x: 4, y: 38, rows: ['##..', '###.', '##..', '##..'] },
];

/** Share of the paper's light that comes back from a place on the sheet. */
function reflectedShare(x: number, y: number): number {
  for (const marker of printed) {
    const column = Math.floor((x - marker.x) / 2);
    const row = Math.floor((y - marker.y) / 2);
    if (column < 0 || row < 0 || column > 5 || row > 5) continue;
    const isField = column > 0 && row > 0 && column < 5 && row < 5;
    return isField && marker.rows[row - 1][column - 1] === '.' ? 1 : 0.05;
  }
  if (y >= 5 && y < 13 && x >= 19 && x < 67) return 1 - 0.19 * Math.floor((x - 19) / 8);
  const onRuler = x >= 18 && x <= 68 && y >= 44 && y <= 46 && (x - 18) % 1 < 0.15;
  const onWords = x >= 20 && x <= 66 && y >= 19 && y <= 33 && y % 4 < 1.2 && (x * 1.7) % 1 < 0.4;
  return onRuler || onWords ? 0.1 : 1;
}

/** The card in a copy of the background, 4 x 4 samples a pixel. */
export function drawPrintedScaleCard(background: Picture, scene: ScaleCardScene): Picture {
  const { widthPx, heightPx } = background;
  const rgba = new Uint8ClampedArray(background.rgba);
  const toSheet = inverseOfQuad(scene.corners);
  const xs = scene.corners.map(({ x }) => x);
  const ys = scene.corners.map(({ y }) => y);
  const spread = Math.max(0.33, scene.blurPx);
  const taps = [-0.75, -0.25, 0.25, 0.75].map((t) => t * spread * 1.5);
  const from = { x: Math.max(0, Math.floor(Math.min(...xs))), y: Math.max(0, Math.floor(Math.min(...ys))) };
  const to = {
    x: Math.min(widthPx, Math.ceil(Math.max(...xs))),
    y: Math.min(heightPx, Math.ceil(Math.max(...ys))),
  };
  for (let y = from.y; y < to.y; y++) {
    for (let x = from.x; x < to.x; x++) {
      let share = 0;
      let inside = 0;
      for (const dy of taps) {
        for (const dx of taps) {
          const [u, v] = toSheet(x + 0.5 + dx, y + 0.5 + dy);
          if (u < 0 || v < 0 || u >= 1 || v >= 1) continue;
          inside++;
          share += reflectedShare(u * sheet.width, v * sheet.height);
        }
      }
      if (inside < 8) continue;
      const i = (y * widthPx + x) * 4;
      for (let c = 0; c < 3; c++) {
        const linear = Math.min(1, (scene.paper[c] * share) / inside);
        const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
        rgba[i + c] = Math.round(255 * encoded + scene.noiseLevels * scene.random.normal());
      }
    }
  }
  return { widthPx, heightPx, rgba };
}

/**
 * Four corners of a sheet held before a pinhole camera: turned in its plane, tilted about both axes.
 * @param mmPerPx at the sheet's middle
 * @param cameraMm distance of the camera: perspective grows as it comes near
 */
export function sheetCorners(pose: {
  readonly centre: Point;
  readonly mmPerPx: number;
  readonly turnRad: number;
  readonly tiltXRad: number;
  readonly tiltYRad: number;
  readonly cameraMm: number;
}): [Point, Point, Point, Point] {
  const { centre, mmPerPx, turnRad, tiltXRad, tiltYRad, cameraMm } = pose;
  const corner = (sx: number, sy: number): Point => {
    const a = (sx * sheet.width) / 2;
    const b = (sy * sheet.height) / 2;
    const x = a * Math.cos(turnRad) - b * Math.sin(turnRad);
    const y = a * Math.sin(turnRad) + b * Math.cos(turnRad);
    // Turned about the upright axis, then about the level one.
    const back = x * Math.sin(tiltYRad);
    const depth = cameraMm + y * Math.sin(tiltXRad) + back * Math.cos(tiltXRad);
    const shrink = cameraMm / depth / mmPerPx;
    return {
      x: centre.x + x * Math.cos(tiltYRad) * shrink,
      y: centre.y + (y * Math.cos(tiltXRad) - back * Math.sin(tiltXRad)) * shrink,
    };
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** Picture point to sheet position 0..1, by solving the projection of the unit square (Heckbert 1989). */
function inverseOfQuad([a, b, c, d]: ScaleCardScene['corners']): (x: number, y: number) => [number, number] {
  const sx = a.x - b.x + c.x - d.x;
  const sy = a.y - b.y + c.y - d.y;
  const det = (b.x - c.x) * (d.y - c.y) - (d.x - c.x) * (b.y - c.y);
  const g = (sx * (d.y - c.y) - (d.x - c.x) * sy) / det;
  const h = ((b.x - c.x) * sy - sx * (b.y - c.y)) / det;
  const [p, q] = [b.x - a.x + g * b.x, d.x - a.x + h * d.x];
  const [r, s] = [b.y - a.y + g * b.y, d.y - a.y + h * d.y];
  return (x, y) => {
    // x (g u + h v + 1) = p u + q v + a.x, likewise for y: two linear equations.
    const [m00, m01, k0] = [p - g * x, q - h * x, x - a.x];
    const [m10, m11, k1] = [r - g * y, s - h * y, y - a.y];
    const below = m00 * m11 - m01 * m10;
    return [(k0 * m11 - m01 * k1) / below, (m00 * k1 - k0 * m10) / below];
  };
}
