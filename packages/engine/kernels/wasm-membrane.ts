import { type Grid, membraneSweeps, parentGrid, sweepWeights } from './membrane-scheme.ts';
import { unknownBox } from './pixel-kernels.ts';
import type { KernelMemory } from './wasm-memory.ts';

/** Planes of one coarser grid in the kernels' memory; places of column 0 of row 0. */
interface Level extends Grid {
  readonly stride: number;
  readonly value: number;
  readonly spare: number;
  readonly free: number;
  readonly wanted: number;
  readonly valid: number;
}

/** Rows of the picture that are worked on at a time, even. */
const stripRows = 32;
const marginBytes = 16;
const strideOf = (widthPx: number): number => (((widthPx + 7) & ~7) + 8) * 4;

/**
 * The membrane by SIMD. The picture passes through twice in strips of rows with the rows around them that two sweeps need,
 * coarser grids stay in memory: about 5 bytes a pixel of the unknown pixels' box.
 */
export function wasmMembrane(
  kernels: KernelMemory,
  plane: Float32Array,
  unknown: Uint8Array,
  pictureWidthPx: number,
  pictureHeightPx: number,
  out: Float32Array,
): void {
  const box = unknownBox(unknown, pictureWidthPx, pictureHeightPx);
  if (out !== plane) out.set(plane);
  if (!box) return;
  const { widthPx, heightPx } = box;
  const { run } = kernels;
  kernels.open();
  const stride = strideOf(widthPx);
  const around = 2 * sweepWeights.length;
  const planeOf = (rows: number) => kernels.room((rows + 1) * stride) + marginBytes;
  const value = planeOf(stripRows + around);
  const spare = planeOf(stripRows + around);
  const free = planeOf(stripRows + around);
  const valid = planeOf(1);
  const held = kernels.room(widthPx + 8);
  const levels = openLevels(kernels, parentGrid(box));
  const { bytes, floats } = kernels.views();
  floats.fill(1, valid >> 2, (valid >> 2) + widthPx);
  for (const level of levels) floats.fill(1, level.valid >> 2, (level.valid >> 2) + level.widthPx);

  const placeOf = (y: number) => (box.y + y) * pictureWidthPx + box.x;
  /** Rows y0..y1 of the box into the strip; answers whether any of their pixels is unknown. */
  const take = (y0: number, y1: number): boolean => {
    let any = 0;
    for (let y = y0; y < y1; y++) {
      const from = placeOf(y);
      const at = (y - y0) * stride;
      floats.set(out.subarray(from, from + widthPx), (value + at) >> 2);
      bytes.set(unknown.subarray(from, from + widthPx), held);
      bytes.fill(0, held + widthPx, held + widthPx + 3);
      any |= run('freeOf', held, free + at, widthPx);
    }
    run('margins', value, stride, y1 - y0, widthPx);
    return any !== 0;
  };
  /** Two sweeps of the strip's rows y0..y1, which grow fewer where the picture goes on beyond them. */
  const smooth = (y0: number, y1: number) => {
    const rows = y1 - y0;
    let [first, last] = [0, rows];
    let [from, to] = [value, spare];
    for (const weight of sweepWeights) {
      if (y0 > 0) first++;
      if (y1 < heightPx) last--;
      run('sweep', from, to, free, 0, stride, rows, widthPx, first, last, weight);
      [from, to] = [to, from];
    }
  };

  const [half] = levels;
  for (let y = 0; y < heightPx; y += stripRows) {
    const end = Math.min(heightPx, y + stripRows);
    take(y, end);
    const at = (y >> 1) * half.stride;
    run(
      'halve',
      value,
      free,
      valid,
      stride,
      end - y,
      widthPx,
      half.value + at,
      half.free + at,
      half.valid,
      half.stride,
    );
  }
  for (let n = 1; n < levels.length; n++) {
    const [fine, coarse] = [levels[n - 1], levels[n]];
    run(
      'halve',
      fine.value,
      fine.free,
      fine.valid,
      fine.stride,
      fine.heightPx,
      fine.widthPx,
      coarse.value,
      coarse.free,
      coarse.valid,
      coarse.stride,
    );
  }
  const coarsest = levels[levels.length - 1];
  if (floats[coarsest.free >> 2] !== 0) return;

  for (let n = levels.length - 2; n >= 0; n--) {
    stretch(kernels, levels[n + 1], levels[n], false);
    for (let cycle = 0; cycle < membraneSweeps.cycles; cycle++) correct(kernels, levels, n);
  }

  run('margins', half.value, half.stride, half.heightPx, half.widthPx);
  for (let y = 0; y < heightPx; y += stripRows) {
    const end = Math.min(heightPx, y + stripRows);
    const [y0, y1] = [Math.max(0, y - sweepWeights.length), Math.min(heightPx, end + sweepWeights.length)];
    if (!take(y0, y1)) continue;
    run('stretchInto', value, free, stride, widthPx, y0, y1 - y0, half.value, half.stride, half.heightPx, 0);
    run('margins', value, stride, y1 - y0, widthPx);
    smooth(y0, y1);
    give(y, end, y0);
  }

  /** Rows y..end of the strip, which starts at y0, into `out`. */
  function give(y: number, end: number, y0: number): void {
    for (let k = y; k < end; k++) {
      const at = (value + (k - y0) * stride) >> 2;
      out.set(floats.subarray(at, at + widthPx), placeOf(k));
    }
  }
}

/** All coarser grids down to a single cell. */
function openLevels(kernels: KernelMemory, half: Grid): Level[] {
  const levels: Level[] = [];
  for (let grid = half; ; grid = parentGrid(grid)) {
    const stride = strideOf(grid.widthPx);
    const planeOf = (rows: number) => kernels.room((rows + 1) * stride) + marginBytes;
    const [value, spare, free, wanted] = [0, 1, 2, 3].map(() => planeOf(grid.heightPx));
    levels.push({ ...grid, stride, value, spare, free, wanted, valid: planeOf(1) });
    if (grid.widthPx === 1 && grid.heightPx === 1) return levels;
  }
}

/** One V-cycle on level n: smooth, let the coarser grid take out what is smooth, smooth again. */
function correct(kernels: KernelMemory, levels: readonly Level[], n: number): void {
  const level = levels[n];
  const coarser = levels[n + 1];
  if (!coarser) return;
  smoothLevel(kernels, level, membraneSweeps.before);
  clear(kernels, coarser);
  kernels.run(
    'leftOver',
    level.value,
    level.free,
    level.wanted,
    level.stride,
    level.heightPx,
    level.widthPx,
    0,
    level.heightPx,
    coarser.wanted,
    coarser.stride,
  );
  correct(kernels, levels, n + 1);
  stretch(kernels, coarser, level, true);
  smoothLevel(kernels, level, membraneSweeps.after);
}

function smoothLevel({ run }: KernelMemory, level: Level, count: number): void {
  const { value, spare, free, wanted, stride, heightPx, widthPx } = level;
  run('margins', value, stride, heightPx, widthPx);
  for (let round = 0; round < count; round += 2) {
    const [first, second] = sweepWeights;
    run('sweep', value, spare, free, wanted, stride, heightPx, widthPx, 0, heightPx, first);
    run('sweep', spare, value, free, wanted, stride, heightPx, widthPx, 0, heightPx, second);
  }
}

function stretch({ run }: KernelMemory, coarse: Level, fine: Level, isAdded: boolean): void {
  run('margins', coarse.value, coarse.stride, coarse.heightPx, coarse.widthPx);
  run(
    'stretchInto',
    fine.value,
    fine.free,
    fine.stride,
    fine.widthPx,
    0,
    fine.heightPx,
    coarse.value,
    coarse.stride,
    coarse.heightPx,
    isAdded ? 1 : 0,
  );
}

/** Zero values, so that a correction starts from none. */
function clear(kernels: KernelMemory, { value, stride, heightPx }: Level): void {
  const from = (value - marginBytes) >> 2;
  kernels.views().floats.fill(0, from, from + (heightPx * stride) / 4);
}
