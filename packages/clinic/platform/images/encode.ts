import type { Mask, Picture } from '@undertone/engine/photo/index.ts';
import sharp, { type Sharp } from 'sharp';

const raw = (picture: Picture): Sharp =>
  sharp(picture.rgba, {
    raw: { width: picture.widthPx, height: picture.heightPx, channels: 4 },
  }).removeAlpha();

/** A picture as PNG (lossless), without metadata; readers take it as sRGB. */
export function encodePng(picture: Picture): Promise<Buffer> {
  return raw(picture).png({ compressionLevel: 6 }).toBuffer();
}

/** A picture as JPEG without chroma subsampling (skin keeps its hue at edges), without metadata. */
export function encodeJpeg(picture: Picture, quality = 90): Promise<Buffer> {
  return raw(picture).jpeg({ quality, chromaSubsampling: '4:4:4', mozjpeg: false }).toBuffer();
}

/** A picture as WebP, without metadata. */
export function encodeWebp(picture: Picture, quality = 85): Promise<Buffer> {
  return raw(picture).webp({ quality, effort: 3 }).toBuffer();
}

/** A mask as eight-bit grey PNG: white belongs. */
export function encodeMaskPng(mask: Mask): Promise<Buffer> {
  return sharp(mask.alpha, { raw: { width: mask.widthPx, height: mask.heightPx, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** A picture no larger than `maxSidePx` on its longer side, for thumbnails; never enlarged. Filtered, not sampled. */
export async function shrinkForScreen(picture: Picture, maxSidePx: number): Promise<Picture> {
  const { data, info } = await raw(picture)
    .resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    widthPx: info.width,
    heightPx: info.height,
    rgba: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
  };
}

/** A picture at exactly this size; the same pixels when it has it already. */
export async function resizeTo(picture: Picture, widthPx: number, heightPx: number): Promise<Picture> {
  if (picture.widthPx === widthPx && picture.heightPx === heightPx) return picture;
  const { data, info } = await raw(picture)
    .resize(widthPx, heightPx, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    widthPx: info.width,
    heightPx: info.height,
    rgba: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
  };
}
