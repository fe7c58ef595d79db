import { blockPx, blockRadius, leastEpsilon, roughMean } from './pixel-kernels.ts';
import { boxSizes, meanRows } from './wasm-box.ts';
import type { KernelMemory } from './wasm-memory.ts';

/** The quick guided filter by SIMD: see pixel-kernels.ts. About 1.3 bytes a pixel while it runs. */
export function wasmQuickGuidedFilter(
  memoryFor: (sizes: readonly number[]) => KernelMemory,
  guide: Float32Array,
  plane: Float32Array,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
  epsilon: number,
  out: Float32Array,
): void {
  const columns = Math.ceil(widthPx / blockPx);
  const rows = Math.ceil(heightPx / blockPx);
  const radius = Math.min(blockRadius(radiusPx), Math.max(columns, rows));
  /** Bytes of a row of pixels, and of one of blocks. */
  const stride = columns * blockPx * 4;
  const blockStride = ((columns + 3) & ~3) * 4;
  const planeBytes = rows * blockStride;
  const fourRows = blockPx * stride;
  const sizes = [
    ...boxSizes(blockStride, radius),
    blockPx * blockStride,
    ...[1, 2, 3, 4, 5].map(() => planeBytes),
    fourRows,
    fourRows,
    blockStride + 32,
    ...[1, 2, 3, 4].map(() => stride),
  ];
  const memory = memoryFor(sizes);
  const { run } = memory;
  const places = memory.rooms(sizes);
  const [lastRows, g, p, gp, gg, spare, firstAt, secondAt, margined, ...stretched] = places.slice(4);
  const { floats } = memory.views();
  const isWhole = stride === widthPx * 4;
  const [guideAt, planeAt, to] = [guide, plane, out].map((held) =>
    isWhole ? memory.placeOf(held) : undefined,
  );
  const centreG = roughMean(guide);
  const centreP = roughMean(plane);
  /** Rows y to y + 3 where they lie, or laid out at `aside`: beyond the picture its last row and column go on. */
  const rowsOf = (values: Float32Array, held: number | undefined, y: number, aside: number): number => {
    if (held !== undefined && y >= 0 && y + blockPx <= heightPx) return held + y * stride;
    for (let k = 0; k < blockPx; k++) {
      const from = Math.min(Math.max(0, y + k), heightPx - 1) * widthPx;
      const at = (aside + k * stride) >> 2;
      floats.set(values.subarray(from, from + widthPx), at);
      floats.fill(values[from + widthPx - 1], at + widthPx, at + (stride >> 2));
    }
    return aside;
  };

  for (let row = 0; row < rows; row++) {
    const from = rowsOf(guide, guideAt, row * blockPx, firstAt);
    const beside = rowsOf(plane, planeAt, row * blockPx, secondAt);
    const at = row * blockStride;
    run('guidedBlocks', from, beside, stride, g + at, p + at, gp + at, gg + at, columns, centreG, centreP);
    for (const mean of [g, p, gp, gg])
      floats.fill(0, ((mean + at) >> 2) + columns, (mean + at + blockStride) >> 2);
  }
  const meanOf = (from: number, target: number): number => {
    meanRows(memory, places, {
      widthPx: columns,
      heightPx: rows,
      stride: blockStride,
      radius,
      rows: from,
      ringRows: rows,
      feed: () => {},
      placeOf: (y) => (y + blockPx > rows ? lastRows : target + y * blockStride),
      give(y, at) {
        if (at === lastRows)
          floats.copyWithin(
            (target + y * blockStride) >> 2,
            at >> 2,
            (at >> 2) + ((rows - y) * blockStride) / 4,
          );
      },
    });
    return target;
  };
  const [meanG, meanP, meanGp, meanGg] = [meanOf(g, spare), meanOf(p, g), meanOf(gp, p), meanOf(gg, gp)];
  run('lines', meanG, meanP, meanGp, meanGg, planeBytes >> 2, Math.max(epsilon, leastEpsilon));
  const slope = meanOf(meanGp, gg);
  const height = meanOf(meanP, meanG);

  /** A row of blocks stretched to a row of pixels. */
  const stretch = (blocks: number, row: number, target: number, lift: number) => {
    const from = (blocks + row * blockStride) >> 2;
    const at = margined >> 2;
    floats.copyWithin(at + 4, from, from + columns);
    floats[at + 3] = floats[from];
    floats[at + 4 + columns] = floats[from + columns - 1];
    run('stretchedRow', margined + 16, target, columns, lift);
  };
  let [aUpper, aLower, bUpper, bLower] = stretched;
  stretch(slope, 0, aLower, 0);
  stretch(height, 0, bLower, centreP);
  for (let row = -1; row < rows; row++) {
    // The rows of pixels between the centres of this row of blocks and the next.
    const y = row * blockPx + blockPx / 2;
    [aUpper, aLower, bUpper, bLower] = [aLower, aUpper, bLower, bUpper];
    stretch(slope, Math.min(rows - 1, row + 1), aLower, 0);
    stretch(height, Math.min(rows - 1, row + 1), bLower, centreP);
    const from = rowsOf(guide, guideAt, y, firstAt);
    const isInside = y >= 0 && y + blockPx <= heightPx;
    const target = to === undefined || !isInside ? secondAt : to + y * stride;
    run('stretchedRows', aUpper, aLower, bUpper, bLower, from, target, stride, centreG);
    if (target !== secondAt) continue;
    for (let k = Math.max(0, -y); k < blockPx && y + k < heightPx; k++) {
      const at = (target + k * stride) >> 2;
      out.set(floats.subarray(at, at + widthPx), (y + k) * widthPx);
    }
  }
}
