import type { PixelKernels } from '../kernels/index.ts';
import { linearTable } from '../photo/linear.ts';
import { type Box, clipBox, type Mask, type Picture } from '../photo/picture.ts';
import { connectedPieces, countOf, inverted } from './mask.ts';

/** Where a grid of cells lies in a picture. */
export interface CellGrid {
  readonly box: Box;
  readonly cellPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Side of the squares in which an edge is drawn, px: those without an edge cost nothing. */
const tilePx = 128;

/** Linear light below which eight-bit values say nothing about colour (about level 8 of 255). */
const floorLinear = 0.0024;

/**
 * Draws the border of cells into a mask at full resolution: the cells' outline is smoothed and interpolated, then
 * follows the picture within two cells (guided filter) and ends in an edge a few pixels wide. `weight01` (one value a
 * cell) says how much of the new coverage replaces the old; without it all does.
 */
export function paintEdge(
  mask: Mask,
  picture: Picture,
  grid: CellGrid,
  inside: Uint8Array,
  kernels: PixelKernels,
  weight01?: Float32Array,
): void {
  const { box, cellPx, widthPx, heightPx } = grid;
  const cover = new Float32Array(inside);
  kernels.boxMean(cover, widthPx, heightPx, 1, cover);
  kernels.boxMean(cover, widthPx, heightPx, 1, cover);
  const logs = Float32Array.from(linearTable(), (v) => Math.log(Math.max(v, floorLinear)));
  const reachPx = Math.max(2, Math.round(1.5 * cellPx));
  const gain = Math.min(4, Math.max(1.25, cellPx));
  for (let y = 0; y < box.heightPx; y += tilePx) {
    for (let x = 0; x < box.widthPx; x += tilePx) {
      const tile = clipBox({ x, y, widthPx: tilePx, heightPx: tilePx }, box.widthPx, box.heightPx);
      const weights = weight01 && rangeOver(weight01, grid, tile, 0);
      if (weights?.high === 0) continue;
      const wide = clipBox(
        {
          x: x - 2 * reachPx,
          y: y - 2 * reachPx,
          widthPx: tilePx + 4 * reachPx,
          heightPx: tilePx + 4 * reachPx,
        },
        box.widthPx,
        box.heightPx,
      );
      const { low, high } = rangeOver(cover, grid, tile, 2);
      let soft: Float32Array | undefined;
      if (low !== high) {
        soft = interpolate(cover, grid, wide);
        const guide = pigmentIn(picture, box, wide, logs, kernels);
        kernels.guidedFilter(guide, soft, wide.widthPx, wide.heightPx, reachPx, 0.006, soft);
      }
      const share = weight01 && weights?.low !== 1 ? interpolate(weight01, grid, tile) : undefined;
      if (!soft && !share) {
        const next = Math.round(255 * Math.min(1, Math.max(0, 0.5 + (low - 0.5) * gain)));
        for (let ty = 0; ty < tile.heightPx; ty++) {
          const p = (box.y + tile.y + ty) * mask.widthPx + box.x + tile.x;
          mask.alpha.fill(next, p, p + tile.widthPx);
        }
        continue;
      }
      for (let ty = 0; ty < tile.heightPx; ty++) {
        let p = (box.y + tile.y + ty) * mask.widthPx + box.x + tile.x;
        let q = (tile.y - wide.y + ty) * wide.widthPx + tile.x - wide.x;
        let k = ty * tile.widthPx;
        for (let tx = 0; tx < tile.widthPx; tx++, p++, q++, k++) {
          const sharp = 0.5 + ((soft ? soft[q] : low) - 0.5) * gain;
          const next = 255 * Math.min(1, Math.max(0, sharp));
          mask.alpha[p] = Math.round(share ? mask.alpha[p] + (next - mask.alpha[p]) * share[k] : next);
        }
      }
    }
  }
}

/**
 * Drops islands and fills holes of cells smaller than `share` of all that is inside, in place; only those lying
 * wholly where `pinned` is 0, or any when it is left out.
 */
export function dropSpecks(
  inside: Uint8Array,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  share: number,
  pinned?: Uint8Array,
): void {
  const least = Math.max(12, share * countOf(inside));
  for (const wanted of [1, 0]) {
    const { labels, sizes } = connectedPieces(wanted ? inside : inverted(inside), widthPx, heightPx);
    if (pinned) for (let p = 0; p < labels.length; p++) if (pinned[p]) sizes[labels[p]] = Infinity;
    for (let p = 0; p < labels.length; p++) {
      if (labels[p] && sizes[labels[p]] < least) inside[p] = 1 - wanted;
    }
  }
}

/** Least and greatest value of the cells that bear on a tile of the box, `more` cells further each way. */
function rangeOver(
  plane: Float32Array,
  grid: CellGrid,
  tile: Box,
  more: number,
): { low: number; high: number } {
  const { cellPx, widthPx, heightPx } = grid;
  const x0 = Math.max(0, Math.min(widthPx - 1, Math.floor(tile.x / cellPx) - 1 - more));
  const x1 = Math.min(widthPx - 1, Math.ceil((tile.x + tile.widthPx) / cellPx) + more);
  const y0 = Math.max(0, Math.min(heightPx - 1, Math.floor(tile.y / cellPx) - 1 - more));
  const y1 = Math.min(heightPx - 1, Math.ceil((tile.y + tile.heightPx) / cellPx) + more);
  let low = Infinity;
  let high = -Infinity;
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const value = plane[y * widthPx + x];
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { low, high };
}

/** A plane of cells at every pixel of `tile` (in the box's own pixels), bilinearly between cell centres. */
function interpolate(plane: Float32Array, grid: CellGrid, tile: Box): Float32Array {
  const { cellPx, widthPx, heightPx } = grid;
  const out = new Float32Array(tile.widthPx * tile.heightPx);
  const columns = new Int32Array(tile.widthPx);
  const shares = new Float64Array(tile.widthPx);
  for (let x = 0; x < tile.widthPx; x++) {
    const fx = Math.min(Math.max((tile.x + x + 0.5) / cellPx - 0.5, 0), widthPx - 1);
    columns[x] = Math.floor(fx);
    shares[x] = fx - columns[x];
  }
  for (let y = 0, p = 0; y < tile.heightPx; y++) {
    const fy = Math.min(Math.max((tile.y + y + 0.5) / cellPx - 0.5, 0), heightPx - 1);
    const y0 = Math.floor(fy);
    const upper = y0 * widthPx;
    const lower = Math.min(y0 + 1, heightPx - 1) * widthPx;
    const sy = fy - y0;
    for (let x = 0; x < tile.widthPx; x++, p++) {
      const x0 = columns[x];
      const x1 = x0 + 1 < widthPx ? x0 + 1 : x0;
      const sx = shares[x];
      const top = plane[upper + x0] + (plane[upper + x1] - plane[upper + x0]) * sx;
      const low = plane[lower + x0] + (plane[lower + x1] - plane[lower + x0]) * sx;
      out[p] = top + (low - top) * sy;
    }
  }
  return out;
}

/** How pale each pixel of a tile is, in natural logs: mean light less melanin; pores and noise smoothed a little. */
function pigmentIn(
  picture: Picture,
  box: Box,
  tile: Box,
  logs: Float32Array,
  kernels: PixelKernels,
): Float32Array {
  const out = new Float32Array(tile.widthPx * tile.heightPx);
  const { rgba } = picture;
  for (let y = 0, p = 0; y < tile.heightPx; y++) {
    let i = ((box.y + tile.y + y) * picture.widthPx + box.x + tile.x) * 4;
    for (let x = 0; x < tile.widthPx; x++, p++, i += 4) {
      const r = logs[rgba[i]];
      const g = logs[rgba[i + 1]];
      const b = logs[rgba[i + 2]];
      out[p] = (r + g + b) / 3 - r + b;
    }
  }
  kernels.boxMean(out, tile.widthPx, tile.heightPx, 1, out);
  return out;
}
