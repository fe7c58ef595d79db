import type { Picture, Point } from '../../photo/picture.ts';
import type { FeatureInput } from './tflite/program.ts';

/** A rectangle that may be turned: centre and sides in pixels, `radians` clockwise as seen in the picture. */
export interface TurnedBox {
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
  readonly radians: number;
}

/** The place in the picture of a place in a box, given in shares of its sides from its own top left corner. */
export function placeIn(box: TurnedBox, shareX: number, shareY: number): Point {
  const u = (shareX - 0.5) * box.width;
  const v = (shareY - 0.5) * box.height;
  const [cos, sin] = [Math.cos(box.radians), Math.sin(box.radians)];
  return { x: box.centreX + u * cos - v * sin, y: box.centreY + u * sin + v * cos };
}

export interface SampleOptions {
  /** Values that black and white become. */
  readonly range: readonly [number, number];
  /** What lies outside the picture: its nearest edge, or black. */
  readonly outside: 'edge' | 'black';
}

/**
 * Fills a model's input with what lies in a box of the picture: one bilinear sample an input pixel, with
 * pixel centres at half-integers, as a graphics card samples a texture without mipmaps. No smoothing: the
 * models were trained on pictures taken this way.
 */
export function sampleBox(
  picture: Picture,
  box: TurnedBox,
  options: SampleOptions,
  input: FeatureInput,
): void {
  const { widthPx, heightPx, rgba } = picture;
  const [black, white] = options.range;
  const scale = (white - black) / 255;
  const [cos, sin] = [Math.cos(box.radians), Math.sin(box.radians)];
  const lastX = widthPx - 1;
  const lastY = heightPx - 1;
  const { values } = input;
  for (let row = 0; row < input.heightPx; row++) {
    const v = ((row + 0.5) / input.heightPx - 0.5) * box.height;
    for (let column = 0; column < input.widthPx; column++) {
      const u = ((column + 0.5) / input.widthPx - 0.5) * box.width;
      const x = box.centreX + u * cos - v * sin;
      const y = box.centreY + u * sin + v * cos;
      const to = (row * input.widthPx + column) * 4;
      values[to + 3] = 0;
      if (options.outside === 'black' && (x < 0 || y < 0 || x > widthPx || y > heightPx)) {
        values[to] = values[to + 1] = values[to + 2] = black;
        continue;
      }
      const inX = Math.min(lastX, Math.max(0, x - 0.5));
      const inY = Math.min(lastY, Math.max(0, y - 0.5));
      const left = Math.floor(inX);
      const top = Math.floor(inY);
      const right = inX - left;
      const down = inY - top;
      const a = (top * widthPx + left) * 4;
      const b = left < lastX ? a + 4 : a;
      const below = top < lastY ? widthPx * 4 : 0;
      for (let k = 0; k < 3; k++) {
        const above = (1 - right) * rgba[a + k] + right * rgba[b + k];
        const under = (1 - right) * rgba[a + below + k] + right * rgba[b + below + k];
        values[to + k] = black + scale * ((1 - down) * above + down * under);
      }
    }
  }
}
