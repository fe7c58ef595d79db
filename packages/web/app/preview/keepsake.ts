import type { Picture } from '@undertone/engine/photo/index.ts';
import { imageOf } from './painted.tsx';

/**
 * The predicted picture as PNG with a band that says what it is and letters across it, so that it cannot pass for a
 * photograph of a result. A PNG drawn anew holds neither place nor device.
 */
export async function watermarked(picture: Picture, lines: readonly string[], across: string): Promise<Blob> {
  const { widthPx, heightPx } = picture;
  const letterPx = Math.max(13, Math.round(widthPx / 38));
  const bandPx = Math.round(letterPx * (1.4 * lines.length + 0.8));
  const canvas = new OffscreenCanvas(widthPx, heightPx + bandPx);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (!context) throw Object.assign(new Error('No canvas on this device.'), { code: 'no-canvas' as const });
  context.putImageData(imageOf(picture), 0, 0);

  context.save();
  context.beginPath();
  context.rect(0, 0, widthPx, heightPx);
  context.clip();
  context.translate(widthPx / 2, heightPx / 2);
  context.rotate(-Math.PI / 6);
  context.font = `600 ${Math.round(letterPx * 1.5)}px "Anek Latin Variable", sans-serif`;
  context.textAlign = 'center';
  const stepPx = letterPx * 8;
  const reachPx = Math.hypot(widthPx, heightPx) / 2;
  for (let y = -reachPx; y <= reachPx; y += stepPx) {
    context.fillStyle = 'rgb(0 0 0 / 16%)';
    context.fillText(across, 1, y + 1, reachPx * 2);
    context.fillStyle = 'rgb(255 255 255 / 30%)';
    context.fillText(across, 0, y, reachPx * 2);
  }
  context.restore();

  context.fillStyle = '#fff';
  context.fillRect(0, heightPx, widthPx, bandPx);
  context.fillStyle = '#111';
  context.font = `${letterPx}px "Anek Latin Variable", sans-serif`;
  for (const [n, line] of lines.entries()) {
    context.fillText(line, letterPx, heightPx + letterPx * (1.4 * n + 1.4), widthPx - 2 * letterPx);
  }
  return canvas.convertToBlob({ type: 'image/png' });
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
