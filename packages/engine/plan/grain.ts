import type { PixelKernels } from '../kernels/index.ts';
import { hash32 } from './hash.ts';

/** Texture finer than this is laid over what was filled, px: pores, lines and grain, no shading. */
const grainRadiusPx = 8;
/** Pieces of skin are copied in squares of this side, each over half of the next. */
const sidePx = 16;
const hopPx = sidePx / 2;
/**
 * Share of the texture's height that is laid. Burnt-out skin shines, and light that lies on top thins the texture beneath; at
 * half the power in three bands came nearest to the photographs' (docs/science/preview.md).
 */
const height01 = 0.5;
/** Places looked at for a piece. */
const tries = 400;
/** Fewer pieces than this show no texture of their own. */
const leastPieces = 4;
/** Share of the pieces that is taken, the smoothest: the others hold edges, hair or folds. */
const smoothest01 = 0.35;

/**
 * Texture for pixels that were filled: pieces of what is finer than 8 px in known skin about them, laid over one another
 * with windows whose squares add up to 1, so that independent pieces keep their power in every band. The same picture gets the
 * same texture. Zero where too little skin is known.
 *
 * @param ln natural log of light of one channel
 * @param filled 1 where texture is wanted
 * @param known 1 where the picture holds skin
 * @returns what to add to ln of every channel: texture of skin is mostly one of light, and colour of single pixels is noise
 */
export function grainFor(
  ln: Float32Array,
  filled: Uint8Array,
  known: Uint8Array,
  widthPx: number,
  heightPx: number,
  kernels: PixelKernels,
): Float32Array {
  const grain = new Float32Array(ln.length);
  const weight = Float32Array.from(known);
  const sum = ln.map((value, p) => (known[p] ? value : 0));
  for (const plane of [weight, sum]) kernels.boxMean(plane, widthPx, heightPx, grainRadiusPx, plane);
  const fine = ln.map((value, p) => (known[p] ? value - sum[p] / weight[p] : 0));
  const pieces = piecesOf(fine, known, widthPx, heightPx);
  if (pieces.length < leastPieces) return grain;
  const window = Float32Array.from({ length: sidePx }, (_, k) => Math.sin((Math.PI * (k + 0.5)) / sidePx));
  for (let y0 = -hopPx; y0 < heightPx; y0 += hopPx) {
    for (let x0 = -hopPx; x0 < widthPx; x0 += hopPx) {
      const piece = pieces[hash32(x0 + hopPx, y0 + hopPx, 21) % pieces.length];
      for (let y = Math.max(0, -y0); y < Math.min(sidePx, heightPx - y0); y++) {
        for (let x = Math.max(0, -x0); x < Math.min(sidePx, widthPx - x0); x++) {
          const p = (y0 + y) * widthPx + x0 + x;
          if (!filled[p]) continue;
          const from = piece + y * widthPx + x;
          grain[p] += height01 * window[x] * window[y] * fine[from];
        }
      }
    }
  }
  return grain;
}

/** First pixels of squares that are skin throughout, the smoothest of those looked at. */
function piecesOf(fine: Float32Array, known: Uint8Array, widthPx: number, heightPx: number): number[] {
  if (widthPx < sidePx || heightPx < sidePx) return [];
  const found: { readonly at: number; readonly power: number }[] = [];
  for (let n = 0; n < tries; n++) {
    const x0 = hash32(n, 22) % (widthPx - sidePx + 1);
    const y0 = hash32(n, 23) % (heightPx - sidePx + 1);
    const at = y0 * widthPx + x0;
    let power = 0;
    let isWhole = true;
    for (let y = 0; y < sidePx && isWhole; y++) {
      for (let p = at + y * widthPx, x = 0; x < sidePx; x++, p++) {
        if (!known[p]) isWhole = false;
        power += fine[p] ** 2;
      }
    }
    if (isWhole) found.push({ at, power });
  }
  return found
    .sort((a, b) => a.power - b.power)
    .slice(0, Math.ceil(smoothest01 * found.length))
    .map(({ at }) => at);
}
