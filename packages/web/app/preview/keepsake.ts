import { pictureMostBytes } from '@undertone/clinic/visitor/picture-limits.ts';
import type { Picture } from '@undertone/engine/photo/index.ts';
import { imageOf } from './painted.tsx';

/** The page's own type, in all its scripts; a canvas takes no CSS variable. */
const family = '"Anek Latin Variable", "Anek Devanagari", "Anek Bangla", sans-serif';
/** Longer side of a picture that goes with a booking: enough to talk about, small on a slow line. */
const sentSidePx = 1000;

/** What stands on a picture: lines in the band below it, and words across it. */
export interface Mark {
  readonly lines: readonly string[];
  readonly across: string;
}

/**
 * The predicted picture with a band that says what it is and letters across it, so that it cannot pass for a photograph
 * of a result. Drawn anew, it holds neither place nor device.
 */
async function marked(picture: Picture, mark: Mark, longestSidePx: number): Promise<OffscreenCanvas> {
  const scale = Math.min(1, longestSidePx / Math.max(picture.widthPx, picture.heightPx));
  const widthPx = Math.round(picture.widthPx * scale);
  const heightPx = Math.round(picture.heightPx * scale);
  const letterPx = Math.max(13, Math.round(widthPx / 38));
  const across = `600 ${Math.round(letterPx * 1.5)}px ${family}`;
  const below = `${letterPx}px ${family}`;
  const words = [...mark.lines, mark.across].join(' ');
  // Letters the page has not shown yet may still be on their way; without a line the browser's own do.
  await Promise.all([across, below].map((font) => document.fonts.load(font, words).catch(() => undefined)));

  const bandPx = Math.round(letterPx * (1.4 * mark.lines.length + 0.8));
  const canvas = new OffscreenCanvas(widthPx, heightPx + bandPx);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (!context) throw Object.assign(new Error('No canvas on this device.'), { code: 'no-canvas' as const });
  const whole = await createImageBitmap(imageOf(picture));
  context.imageSmoothingQuality = 'high';
  context.drawImage(whole, 0, 0, widthPx, heightPx);
  whole.close();

  context.save();
  context.beginPath();
  context.rect(0, 0, widthPx, heightPx);
  context.clip();
  context.translate(widthPx / 2, heightPx / 2);
  context.rotate(-Math.PI / 6);
  context.font = across;
  context.textAlign = 'center';
  const stepPx = letterPx * 8;
  const reachPx = Math.hypot(widthPx, heightPx) / 2;
  for (let y = -reachPx; y <= reachPx; y += stepPx) {
    context.fillStyle = 'rgb(0 0 0 / 16%)';
    context.fillText(mark.across, 1, y + 1, reachPx * 2);
    context.fillStyle = 'rgb(255 255 255 / 30%)';
    context.fillText(mark.across, 0, y, reachPx * 2);
  }
  context.restore();

  context.fillStyle = '#fff';
  context.fillRect(0, heightPx, widthPx, bandPx);
  context.fillStyle = '#111';
  context.font = below;
  for (const [n, line] of mark.lines.entries()) {
    context.fillText(line, letterPx, heightPx + letterPx * (1.4 * n + 1.4), widthPx - 2 * letterPx);
  }
  return canvas;
}

/** The marked picture at its full size, for the visitor to keep. */
export async function pictureToSave(picture: Picture, mark: Mark): Promise<Blob> {
  return (await marked(picture, mark, Infinity)).convertToBlob({ type: 'image/png' });
}

/** The marked picture as it may go with a booking: small enough to be taken. */
export async function pictureToSend(picture: Picture, mark: Mark): Promise<Blob> {
  for (const longestSidePx of [sentSidePx, 700, 480]) {
    const canvas = await marked(picture, mark, longestSidePx);
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 });
    if (jpeg.size <= pictureMostBytes) return jpeg;
  }
  throw Object.assign(new Error('The picture stays too large.'), { code: 'picture-too-large' as const });
}

/** Hands a file to the browser's own "save". */
export function saveFile(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 30_000);
}
