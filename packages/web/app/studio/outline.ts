import type { Mask } from '@undertone/engine/photo/index.ts';

/**
 * A region's border as an image: a white line just inside, a black one just outside, so that it shows on any skin and
 * tints none. Everything else is transparent. RGBA, the mask's size.
 */
export function outlineImage(
  { widthPx, heightPx, alpha }: Mask,
  thicknessPx = 1,
): Uint8ClampedArray<ArrayBuffer> {
  const image = new Uint8ClampedArray(widthPx * heightPx * 4);
  const isIn = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < widthPx && y < heightPx && (alpha[y * widthPx + x] ?? 0) >= 128;
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const inside = isIn(x, y);
      let border = false;
      for (let step = 1; step <= thicknessPx && !border; step += 1)
        border =
          isIn(x - step, y) !== inside ||
          isIn(x + step, y) !== inside ||
          isIn(x, y - step) !== inside ||
          isIn(x, y + step) !== inside;
      if (!border) continue;
      const at = (y * widthPx + x) * 4;
      const value = inside ? 255 : 0;
      image.fill(value, at, at + 3);
      image[at + 3] = inside ? 235 : 170;
    }
  }
  return image;
}
