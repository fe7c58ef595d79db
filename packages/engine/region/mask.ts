import { boxMean } from '../photo/filter.ts';
import { type Box, createMask, type Mask, type Point } from '../photo/picture.ts';

export { createMask, type Mask } from '../photo/picture.ts';

/** How a mask changes when `stroke` is drawn on it with a round brush. */
export interface Stroke {
  readonly mode: 'add' | 'remove';
  readonly points: readonly Point[];
  readonly radiusPx: number;
}

/** What a round brush covers along a polyline: alpha 255 inside, 0 outside, between at the rim, a pixel wide. */
export function strokeMask(widthPx: number, heightPx: number, stroke: Stroke): Mask {
  const mask = createMask(widthPx, heightPx);
  const { points, radiusPx } = stroke;
  for (let k = 0; k < points.length; k++) {
    paintCapsule(mask, points[Math.max(0, k - 1)], points[k], radiusPx);
  }
  return mask;
}

/** Covers what lies within `radiusPx` of the segment from `from` to `to`. */
function paintCapsule(mask: Mask, from: Point, to: Point, radiusPx: number): void {
  const x0 = Math.max(0, Math.floor(Math.min(from.x, to.x) - radiusPx));
  const x1 = Math.min(mask.widthPx - 1, Math.ceil(Math.max(from.x, to.x) + radiusPx));
  const y0 = Math.max(0, Math.floor(Math.min(from.y, to.y) - radiusPx));
  const y1 = Math.min(mask.heightPx - 1, Math.ceil(Math.max(from.y, to.y) + radiusPx));
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length2 = dx * dx + dy * dy;
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const px = x + 0.5 - from.x;
      const py = y + 0.5 - from.y;
      const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const ex = px - t * dx;
      const ey = py - t * dy;
      const cover = 255 * Math.min(1, radiusPx - Math.sqrt(ex * ex + ey * ey) + 0.5);
      const p = y * mask.widthPx + x;
      if (cover > mask.alpha[p]) mask.alpha[p] = Math.round(cover);
    }
  }
}

/** The connected pieces (4-neighbours) of `inside`, as labels from 1, with the size of each. */
export function connectedPieces(
  inside: ArrayLike<number>,
  widthPx: number,
  heightPx: number,
): { labels: Int32Array; sizes: number[] } {
  const labels = new Int32Array(widthPx * heightPx);
  const sizes = [0];
  // With a rim of nothing, no step needs a look at the border.
  const stride = widthPx + 2;
  const isOpen = new Uint8Array(stride * (heightPx + 2));
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0, at = (y + 1) * stride + 1; x < widthPx; x++, p++, at++) if (inside[p]) isOpen[at] = 1;
  }
  const stack = new Int32Array(labels.length);
  for (let y = 0; y < heightPx; y++) {
    const row = (y + 1) * stride + 1;
    for (let x = 0; x < widthPx; x++) {
      if (!isOpen[row + x]) continue;
      const label = sizes.length;
      let top = 0;
      let size = 0;
      stack[top++] = row + x;
      isOpen[row + x] = 0;
      while (top > 0) {
        const at = stack[--top];
        size++;
        labels[at - stride - 1 - 2 * (((at / stride) | 0) - 1)] = label;
        if (isOpen[at - 1]) isOpen[(stack[top++] = at - 1)] = 0;
        if (isOpen[at + 1]) isOpen[(stack[top++] = at + 1)] = 0;
        if (isOpen[at - stride]) isOpen[(stack[top++] = at - stride)] = 0;
        if (isOpen[at + stride]) isOpen[(stack[top++] = at + stride)] = 0;
      }
      sizes.push(size);
    }
  }
  return { labels, sizes };
}

/** The rectangle of cells that holds all of `inside` and `margin` more, as far as the grid goes; of nothing, its corner. */
export function boundsOfCells(
  inside: ArrayLike<number>,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  margin: number,
): Box {
  let [left, right, top, low] = [widthPx, 0, heightPx, 0];
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      if (!inside[p]) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      low = y;
    }
  }
  const [x, y] = [Math.max(0, Math.min(left, right) - margin), Math.max(0, Math.min(top, low) - margin)];
  return {
    x,
    y,
    widthPx: Math.min(widthPx, right + margin + 1) - x,
    heightPx: Math.min(heightPx, low + margin + 1) - y,
  };
}

/** One rectangle of a plane of cells. */
export function cropCells<Plane extends Float32Array | Uint8Array>(
  plane: Plane,
  widthPx: number,
  cells: Box,
): Plane {
  const out = new (plane.constructor as new (count: number) => Plane)(cells.widthPx * cells.heightPx);
  for (let y = 0; y < cells.heightPx; y++) {
    const from = (cells.y + y) * widthPx + cells.x;
    out.set(plane.subarray(from, from + cells.widthPx), y * cells.widthPx);
  }
  return out;
}

/** How many cells of 0 and 1 are 1. */
export function countOf(inside: Uint8Array): number {
  let count = 0;
  for (let p = 0; p < inside.length; p++) count += inside[p];
  return count;
}

/** 1 where `inside` is 0, else 0. */
export function inverted(inside: Uint8Array): Uint8Array {
  const out = new Uint8Array(inside.length);
  for (let p = 0; p < out.length; p++) out[p] = inside[p] ? 0 : 1;
  return out;
}

/** Fills holes smaller than `maxHolePx` pixels, in place. */
export function fillHoles(inside: Uint8Array, widthPx: number, heightPx: number, maxHolePx: number): void {
  const { labels, sizes } = connectedPieces(inverted(inside), widthPx, heightPx);
  for (let p = 0; p < inside.length; p++) if (labels[p] && sizes[labels[p]] <= maxHolePx) inside[p] = 1;
}

/**
 * Squared distance, in px², from each pixel centre to the nearest pixel centre where `inside` is non-zero; 1e12 where
 * there is none. Exact: distances along columns, then lower envelopes of parabolas along rows (Felzenszwalb,
 * Huttenlocher, Theory of Computing 8 (2012) 415).
 */
export function squaredDistanceTo(
  inside: ArrayLike<number>,
  widthPx: number,
  heightPx: number,
): Float32Array {
  const far = 1e12;
  const out = new Float32Array(widthPx * heightPx);
  const none = 1e6;
  for (let p = 0; p < out.length; p++) {
    out[p] = inside[p] ? 0 : p >= widthPx ? Math.min(none, out[p - widthPx] + 1) : none;
  }
  for (let p = out.length - widthPx - 1; p >= 0; p--) out[p] = Math.min(out[p], out[p + widthPx] + 1);
  const f = new Float64Array(widthPx);
  const d = new Float64Array(widthPx);
  const v = new Int32Array(widthPx);
  const z = new Float64Array(widthPx + 1);
  const envelope = (n: number): void => {
    let k = 0;
    v[0] = 0;
    z[0] = -Infinity;
    z[1] = Infinity;
    for (let q = 1; q < n; q++) {
      let s = (f[q] + q * q - (f[v[k]] + v[k] * v[k])) / (2 * q - 2 * v[k]);
      while (s <= z[k]) {
        k--;
        s = (f[q] + q * q - (f[v[k]] + v[k] * v[k])) / (2 * q - 2 * v[k]);
      }
      k++;
      v[k] = q;
      z[k] = s;
      z[k + 1] = Infinity;
    }
    k = 0;
    for (let q = 0; q < n; q++) {
      while (z[k + 1] < q) k++;
      d[q] = (q - v[k]) ** 2 + f[v[k]];
    }
  };
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const alongColumn = out[y * widthPx + x];
      f[x] = alongColumn >= none ? far : alongColumn * alongColumn;
    }
    envelope(widthPx);
    out.set(d, y * widthPx);
  }
  return out;
}

/** Intersection over union of two masks cut at half coverage; 1 when both are empty. */
export function intersectionOverUnion(a: Mask, b: Mask): number {
  let both = 0;
  let either = 0;
  for (let p = 0; p < a.alpha.length; p++) {
    const inA = a.alpha[p] >= 128;
    const inB = b.alpha[p] >= 128;
    if (inA && inB) both++;
    if (inA || inB) either++;
  }
  return either === 0 ? 1 : both / either;
}

/** A mask resampled to another size, bilinearly; coverage stays 0..255. */
export function resizeMask(mask: Mask, widthPx: number, heightPx: number): Mask {
  const out = createMask(widthPx, heightPx);
  const sx = mask.widthPx / widthPx;
  const sy = mask.heightPx / heightPx;
  for (let y = 0; y < heightPx; y++) {
    const fy = Math.min(Math.max((y + 0.5) * sy - 0.5, 0), mask.heightPx - 1);
    const y0 = Math.floor(fy);
    const y1 = Math.min(y0 + 1, mask.heightPx - 1);
    const ty = fy - y0;
    for (let x = 0; x < widthPx; x++) {
      const fx = Math.min(Math.max((x + 0.5) * sx - 0.5, 0), mask.widthPx - 1);
      const x0 = Math.floor(fx);
      const x1 = Math.min(x0 + 1, mask.widthPx - 1);
      const tx = fx - x0;
      const top = mask.alpha[y0 * mask.widthPx + x0] * (1 - tx) + mask.alpha[y0 * mask.widthPx + x1] * tx;
      const low = mask.alpha[y1 * mask.widthPx + x0] * (1 - tx) + mask.alpha[y1 * mask.widthPx + x1] * tx;
      out.alpha[y * widthPx + x] = Math.round(top * (1 - ty) + low * ty);
    }
  }
  return out;
}

/** Coverage smoothed by two box means of `radiusPx` and cut at one half: corners rounder than the radius go. */
export function smoothBinary(
  inside: Uint8Array,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
): Uint8Array {
  const plane = new Float32Array(inside.map((v) => (v ? 1 : 0)));
  boxMean(plane, widthPx, heightPx, radiusPx, plane);
  boxMean(plane, widthPx, heightPx, radiusPx, plane);
  return new Uint8Array(plane.map((v) => (v >= 0.5 ? 1 : 0)));
}
