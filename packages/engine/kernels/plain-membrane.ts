import { type Grid, membraneSweeps, parentGrid, sweepWeights } from './membrane-scheme.ts';
import { unknownBox } from './pixel-kernels.ts';

/** One level of the pyramid: values, 1 where a cell is free and 0 where it is held, what the operator shall give. */
interface Level extends Grid {
  readonly value: Float32Array;
  readonly free: Float32Array;
  readonly wanted: Float32Array;
}

/**
 * The membrane in plain JavaScript: twin and oracle of the SIMD kernel, same scheme, see `PixelKernels.membrane`.
 */
export function plainMembrane(
  plane: Float32Array,
  unknown: Uint8Array,
  widthPx: number,
  heightPx: number,
  out: Float32Array,
): void {
  const box = unknownBox(unknown, widthPx, heightPx);
  if (out !== plane) out.set(plane);
  if (!box) return;
  const places = new Int32Array(box.widthPx * box.heightPx);
  for (let y = 0, p = 0; y < box.heightPx; y++) {
    for (let x = 0; x < box.widthPx; x++, p++) places[p] = (box.y + y) * widthPx + box.x + x;
  }
  const levels: Level[] = [
    {
      widthPx: box.widthPx,
      heightPx: box.heightPx,
      value: Float32Array.from(places, (p) => plane[p]),
      free: Float32Array.from(places, (p) => (unknown[p] === 0 ? 0 : 1)),
      wanted: new Float32Array(places.length),
    },
  ];
  for (let level = levels[0]; level.widthPx > 1 || level.heightPx > 1; levels.push(level))
    level = halved(level);
  // Where nothing is held nothing can be filled.
  if (levels[levels.length - 1].free[0] !== 0) return;
  solveUpwards(levels);
  for (let p = 0; p < places.length; p++) out[places[p]] = levels[0].value[p];
}

function solveUpwards(levels: readonly Level[]): void {
  for (let n = levels.length - 2; n >= 0; n--) {
    const level = levels[n];
    stretchInto(level.value, levels[n + 1].value, level.free, levels[n + 1], level, false);
    if (n === 0) level.value.set(sweeps(level, sweepWeights.length));
    else for (let cycle = 0; cycle < membraneSweeps.cycles; cycle++) correct(levels, n);
  }
}

/** One V-cycle on level n: smooth, let the coarser grid take out what is smooth, smooth again. */
function correct(levels: readonly Level[], n: number): void {
  const level = levels[n];
  const smooth = (count: number) => level.value.set(sweeps(level, count));
  const coarser = levels[n + 1];
  if (!coarser) return;
  smooth(membraneSweeps.before);
  const error: Level = {
    ...coarser,
    value: new Float32Array(coarser.value.length),
    wanted: leftOver(level, coarser),
  };
  const chain = [...levels.slice(0, n + 1), error, ...levels.slice(n + 2)];
  correct(chain, n + 1);
  stretchInto(level.value, error.value, level.free, coarser, level, true);
  smooth(membraneSweeps.after);
}

/** The next coarser level: a cell is held where one of its four is, at the mean of those. */
function halved(fine: Level): Level {
  const { widthPx, heightPx } = fine;
  const grid = parentGrid(fine);
  const value = new Float32Array(grid.widthPx * grid.heightPx);
  const free = new Float32Array(value.length);
  for (let y = 0, q = 0; y < grid.heightPx; y++) {
    for (let x = 0; x < grid.widthPx; x++, q++) {
      let held = 0;
      let sum = 0;
      for (let dy = 0; dy < 2 && 2 * y + dy < heightPx; dy++) {
        for (let dx = 0; dx < 2 && 2 * x + dx < widthPx; dx++) {
          const p = (2 * y + dy) * widthPx + 2 * x + dx;
          if (fine.free[p] !== 0) continue;
          held++;
          sum += fine.value[p];
        }
      }
      free[q] = held === 0 ? 1 : 0;
      value[q] = held === 0 ? 0 : sum / held;
    }
  }
  return { ...grid, value, free, wanted: new Float32Array(value.length) };
}

/** Mean of the four neighbours; beyond the picture's edge a cell is its own neighbour. */
function neighbours(value: Float32Array, x: number, y: number, { widthPx, heightPx }: Grid): number {
  const p = y * widthPx + x;
  const left = value[x > 0 ? p - 1 : p];
  const right = value[x + 1 < widthPx ? p + 1 : p];
  const up = value[y > 0 ? p - widthPx : p];
  const down = value[y + 1 < heightPx ? p + widthPx : p];
  return (left + right + up + down) * 0.25;
}

function sweeps(level: Level, count: number): Float32Array {
  const { widthPx, heightPx, free, wanted } = level;
  let from = level.value;
  for (let round = 0; round < count; round++) {
    const weight = sweepWeights[round % sweepWeights.length];
    const to = new Float32Array(from.length);
    for (let y = 0, p = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++, p++) {
        to[p] = from[p];
        if (free[p] === 0) continue;
        to[p] += weight * (neighbours(from, x, y, level) - from[p] - wanted[p]);
      }
    }
    from = to;
  }
  return from;
}

/** What the coarser grid must add: minus four times the mean of what the finer one is off by. */
function leftOver(level: Level, coarser: Grid): Float32Array {
  const { widthPx, heightPx, value, free, wanted } = level;
  const out = new Float32Array(coarser.widthPx * coarser.heightPx);
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      if (free[p] === 0) continue;
      out[(y >> 1) * coarser.widthPx + (x >> 1)] -= neighbours(value, x, y, level) - value[p] - wanted[p];
    }
  }
  return out;
}

/** Coarse values bilinearly at the free cells of the finer grid, in place of what is there or added to it. */
function stretchInto(
  fine: Float32Array,
  coarse: Float32Array,
  free: Float32Array,
  { widthPx: coarseWidthPx, heightPx: coarseHeightPx }: Grid,
  { widthPx, heightPx }: Grid,
  isAdded: boolean,
): void {
  for (let y = 0, p = 0; y < heightPx; y++) {
    const near = y >> 1;
    const far = Math.min(coarseHeightPx - 1, Math.max(0, near + (y & 1 ? 1 : -1)));
    for (let x = 0; x < widthPx; x++, p++) {
      if (free[p] === 0) continue;
      const k = x >> 1;
      const other = Math.min(coarseWidthPx - 1, Math.max(0, k + (x & 1 ? 1 : -1)));
      const at = (row: number, column: number) => coarse[row * coarseWidthPx + column];
      const value =
        0.75 * (0.75 * at(near, k) + 0.25 * at(far, k)) +
        0.25 * (0.75 * at(near, other) + 0.25 * at(far, other));
      fine[p] = isAdded ? fine[p] + value : value;
    }
  }
}
