import type { Picture } from '@undertone/engine/photo/index.ts';

export type PhotoFault = 'not-an-image' | 'too-large' | 'too-small';

/** A photograph as the page calculates with it. */
export interface ReadPhoto {
  readonly picture: Picture;
  /** Of the file, as it is. */
  readonly sha256: string;
  /** Pixels of the file for one of the picture: above 1 when it was made smaller for the screen. */
  readonly reducedBy: number;
}

export type PhotoAnswer =
  | ({ readonly ok: true } & ReadPhoto)
  | { readonly ok: false; readonly reason: PhotoFault };

/** Pixels the file may hold; the server refuses more, too. */
const mostPixels = 50_000_000;
/** Longer side the page works at. Region and previews are drawn at it; a plan's dots are laid in millimetres. */
const workingSidePx = 2400;
/** Of the time a large photograph takes, about what is over when it is read, and when it is decoded. */
const done01 = { read: 0.15, decoded: 0.75 } as const;

/**
 * Reads a photograph on this device, on the page or in a worker: upright, converted to sRGB by the browser, made smaller
 * where it is large. `mostShownPixels` makes it smaller still, for phones.
 */
export async function readPhoto(
  file: File,
  mostShownPixels: number,
  onProgress: (done01: number) => void = () => {},
): Promise<PhotoAnswer> {
  let whole: ImageBitmap;
  let hash: Promise<ArrayBuffer>;
  try {
    // Fails where the file was moved or lies in a cloud out of reach.
    const bytes = await file.arrayBuffer();
    onProgress(done01.read);
    hash = crypto.subtle.digest('SHA-256', bytes);
    // The default turns by EXIF orientation and converts an embedded profile.
    whole = await createImageBitmap(new Blob([bytes], { type: file.type }));
  } catch {
    return { ok: false, reason: 'not-an-image' };
  }
  onProgress(done01.decoded);
  try {
    if (whole.width * whole.height > mostPixels) return { ok: false, reason: 'too-large' };
    if (Math.min(whole.width, whole.height) < 64) return { ok: false, reason: 'too-small' };
    const reducedBy = Math.max(
      1,
      Math.max(whole.width, whole.height) / workingSidePx,
      Math.sqrt((whole.width * whole.height) / mostShownPixels),
    );
    const widthPx = Math.round(whole.width / reducedBy);
    const heightPx = Math.round(whole.height / reducedBy);
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
    if (!context) return { ok: false, reason: 'not-an-image' };
    context.imageSmoothingQuality = 'high';
    context.drawImage(whole, 0, 0, widthPx, heightPx);
    const picture: Picture = { widthPx, heightPx, rgba: context.getImageData(0, 0, widthPx, heightPx).data };
    return { ok: true, picture, sha256: hexOf(await hash), reducedBy };
  } finally {
    whole.close();
  }
}

function hexOf(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
