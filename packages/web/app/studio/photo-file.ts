import type { Picture } from '@undertone/engine/photo/index.ts';
import type { StudioPhoto } from './state.ts';

export type PhotoFault = 'not-an-image' | 'too-large' | 'too-small';

/** Pixels the file may hold; the server refuses more, too. */
const mostPixels = 50_000_000;
/** Longer side the page works at. Region and previews are drawn at it; a plan's dots are laid in millimetres. */
const workingSidePx = 2400;

/**
 * Opens a photograph on this device: upright, converted to sRGB by the browser, made smaller for the page where it is
 * large. The bytes stay as they are for saving. `mostShownPixels` makes it smaller still, for phones.
 */
export async function openPhoto(
  file: File,
  mostShownPixels = Infinity,
): Promise<{ ok: true; photo: StudioPhoto } | { ok: false; reason: PhotoFault }> {
  const bytes = await file.arrayBuffer();
  const hash = crypto.subtle.digest('SHA-256', bytes);
  let whole: ImageBitmap;
  try {
    // The default turns by EXIF orientation and converts an embedded profile.
    whole = await createImageBitmap(new Blob([bytes], { type: file.type }));
  } catch {
    return { ok: false, reason: 'not-an-image' };
  }
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
    return { ok: true, photo: { file, sha256: hexOf(await hash), picture, reducedBy } };
  } finally {
    whole.close();
  }
}

function hexOf(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
