/**
 * A photograph in memory: upright, sRGB-encoded, eight bits a channel, row by row from the top left.
 * `rgba` holds 4 · widthPx · heightPx values; alpha is 255 for photographs.
 */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: Uint8ClampedArray;
}

/** How much of each pixel belongs to something, 0..255, same grid as the picture it was made for. */
export interface Mask {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly alpha: Uint8Array;
}

/** A place in a picture, in pixels from the top left corner; pixel centres lie at half-integers. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle of whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A black, opaque picture. Throws `picture-size` when a side is not a positive whole number. */
export function createPicture(widthPx: number, heightPx: number): Picture {
  requireSize(widthPx, heightPx);
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4);
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return { widthPx, heightPx, rgba };
}

/** An empty mask. Throws `picture-size` when a side is not a positive whole number. */
export function createMask(widthPx: number, heightPx: number): Mask {
  requireSize(widthPx, heightPx);
  return { widthPx, heightPx, alpha: new Uint8Array(widthPx * heightPx) };
}

function requireSize(widthPx: number, heightPx: number): void {
  if (Number.isInteger(widthPx) && Number.isInteger(heightPx) && widthPx > 0 && heightPx > 0) return;
  throw Object.assign(new Error(`A picture cannot measure ${widthPx} x ${heightPx} px.`), {
    code: 'picture-size' as const,
  });
}

/** The part of `box` that lies inside a grid of this size. Sides may come out as 0. */
export function clipBox(box: Box, widthPx: number, heightPx: number): Box {
  const x0 = Math.min(Math.max(Math.floor(box.x), 0), widthPx);
  const y0 = Math.min(Math.max(Math.floor(box.y), 0), heightPx);
  const x1 = Math.min(Math.max(Math.ceil(box.x + box.widthPx), x0), widthPx);
  const y1 = Math.min(Math.max(Math.ceil(box.y + box.heightPx), y0), heightPx);
  return { x: x0, y: y0, widthPx: x1 - x0, heightPx: y1 - y0 };
}

/** The smallest box that holds all coverage of at least `least`; `undefined` for none. */
export function boundsOf({ widthPx, heightPx, alpha }: Mask, least = 128): Box | undefined {
  let left = widthPx;
  let right = -1;
  let top = heightPx;
  let low = -1;
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      if (alpha[p] < least) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      low = y;
    }
  }
  return right < 0 ? undefined : { x: left, y: top, widthPx: right - left + 1, heightPx: low - top + 1 };
}

/** A box with so many pixels more on each side, as far as the grid goes. */
export function grownBox(
  box: Box,
  byPx: number,
  { widthPx, heightPx }: Pick<Mask, 'widthPx' | 'heightPx'>,
): Box {
  return clipBox(
    { x: box.x - byPx, y: box.y - byPx, widthPx: box.widthPx + 2 * byPx, heightPx: box.heightPx + 2 * byPx },
    widthPx,
    heightPx,
  );
}

/** A copy of one rectangle of a picture. Throws `picture-size` when nothing of it lies inside. */
export function cropPicture(picture: Picture, box: Box): Picture {
  const inside = clipBox(box, picture.widthPx, picture.heightPx);
  const out = createPicture(inside.widthPx, inside.heightPx);
  for (let y = 0; y < inside.heightPx; y++) {
    const from = ((inside.y + y) * picture.widthPx + inside.x) * 4;
    out.rgba.set(picture.rgba.subarray(from, from + inside.widthPx * 4), y * inside.widthPx * 4);
  }
  return out;
}

/** A copy of one rectangle of a mask. Throws `picture-size` when nothing of it lies inside. */
export function cropMask(mask: Mask, box: Box): Mask {
  const inside = clipBox(box, mask.widthPx, mask.heightPx);
  const out = createMask(inside.widthPx, inside.heightPx);
  for (let y = 0; y < inside.heightPx; y++) {
    const from = (inside.y + y) * mask.widthPx + inside.x;
    out.alpha.set(mask.alpha.subarray(from, from + inside.widthPx), y * inside.widthPx);
  }
  return out;
}

/**
 * A smaller picture by averaging whole blocks of `factor` x `factor` pixels (in encoded values: this is for
 * finding things, not for measuring colour). A ragged right or bottom edge is dropped. `factor` 1 copies nothing.
 */
export function shrinkPicture(picture: Picture, factor: number): Picture {
  if (factor === 1) return picture;
  const out = createPicture(Math.floor(picture.widthPx / factor), Math.floor(picture.heightPx / factor));
  const { rgba, widthPx } = picture;
  const perBlock = 1 / (factor * factor);
  for (let y = 0; y < out.heightPx; y++) {
    for (let x = 0; x < out.widthPx; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let dy = 0; dy < factor; dy++) {
        let i = ((y * factor + dy) * widthPx + x * factor) * 4;
        for (let dx = 0; dx < factor; dx++, i += 4) {
          r += rgba[i];
          g += rgba[i + 1];
          b += rgba[i + 2];
        }
      }
      const o = (y * out.widthPx + x) * 4;
      out.rgba[o] = r * perBlock;
      out.rgba[o + 1] = g * perBlock;
      out.rgba[o + 2] = b * perBlock;
    }
  }
  return out;
}

/** Whether a point lies inside the picture. */
export function contains(picture: { widthPx: number; heightPx: number }, point: Point): boolean {
  return point.x >= 0 && point.y >= 0 && point.x < picture.widthPx && point.y < picture.heightPx;
}
