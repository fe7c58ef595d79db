import { blockPx, windowShares } from './pixel-kernels.ts';
import type { KernelMemory } from './wasm-memory.ts';

/** Rows after which running sums are taken afresh, so that rounding does not pile up; the kernels' own for columns. */
export const restartRows = 128;

/** A plane whose box means are taken, four rows at a time. */
export interface MeanRows {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bytes a row, whole groups of four; padding is zero. */
  readonly stride: number;
  readonly radius: number;
  /** Where the plane's rows lie, the latest `ringRows` of them. */
  readonly rows: number;
  readonly ringRows: number;
  /** Sees to it that all rows before this one were there. */
  feed(need: number): void;
  /** Where the means of rows y to y + 3 go. */
  placeOf(y: number): number;
  /** They are there. */
  give(y: number, at: number): void;
}

/** Room that {@link meanRows} needs: a row of nothing, running sums, a line of sums, shares of columns. */
export const boxSizes = (stride: number, radius: number): number[] => [
  stride,
  stride,
  (stride >> 2) * 16 + (2 * radius + 2) * 16,
  stride,
];

/** Box means of a plane in the kernels' memory. */
export function meanRows(memory: KernelMemory, places: readonly number[], job: MeanRows): void {
  const [zeros, sums, edge, share] = places;
  const { widthPx, heightPx, stride, radius, rows, ringRows } = job;
  const { floats } = memory.views();
  floats.set(windowShares(widthPx, radius, stride >> 2), share >> 2);
  const shareY = windowShares(heightPx, radius, heightPx + 3);
  for (let y = 0; y < heightPx; y += blockPx) {
    job.feed(Math.min(heightPx, y + radius + blockPx));
    if (y % restartRows === 0) {
      floats.fill(0, sums >> 2, (sums + stride) >> 2);
      const [from, to] = [Math.max(0, y - radius - 1), Math.min(heightPx, y + radius)];
      memory.run('addRows', rows, ringRows, stride, sums, from, to);
    }
    const shares = [shareY[y], shareY[y + 1], shareY[y + 2], shareY[y + 3]];
    const at = job.placeOf(y);
    memory.run(
      'boxRows',
      rows,
      ringRows,
      stride,
      zeros,
      sums,
      edge,
      share,
      at,
      y,
      heightPx,
      radius,
      ...shares,
    );
    job.give(y, at);
  }
}

/** What lies inside the picture of four rows in memory, into a plane. */
export function takeRows(
  out: Float32Array,
  widthPx: number,
  heightPx: number,
  y: number,
  memory: Float32Array,
  at: number,
  stride: number,
): void {
  const rows = Math.min(blockPx, heightPx - y);
  if (stride === widthPx) {
    out.set(memory.subarray(at, at + rows * stride), y * widthPx);
    return;
  }
  for (let k = 0; k < rows; k++) {
    out.set(memory.subarray(at + k * stride, at + k * stride + widthPx), (y + k) * widthPx);
  }
}
