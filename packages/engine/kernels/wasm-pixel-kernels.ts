import {
  blockPx,
  blockRadius,
  leastEpsilon,
  type PixelKernels,
  requireCells,
  requirePlanes,
  roughMean,
  windowShares,
} from './pixel-kernels.ts';
import { pixelKernelsBase64 } from './pixel-kernels-binary.ts';
import { type KernelMemory, wasmMembrane } from './wasm-membrane.ts';
import { wasmMoveOutline, wasmRelaxPair } from './wasm-outline.ts';

const pageBytes = 65_536;
/** Pixels that pass through the kernels' memory at a time: few enough to stay in a processor's own cache. */
const stripPx = 8192;
/** Rows after which running sums are taken afresh, so that rounding does not pile up; the kernels' own for columns. */
const restartRows = 128;

/** Compiled once, at load; undefined where SIMD or compiling is not to be had. */
const compiled = compile();

/** True when this machine runs our SIMD kernels (every browser since 2023, Node from 16). */
export const canRunWasmPixelKernels = (): boolean => compiled !== undefined;

/**
 * The kernels in WebAssembly SIMD. Pictures stay where they are and pass through in strips, so the memory is small: about
 * two windows' rows. A page's content security policy needs `'wasm-unsafe-eval'`. Make one for a job and keep it: each
 * reserves addresses for a memory of its own. Throws `no-simd` where {@link canRunWasmPixelKernels} says no.
 */
export function createWasmPixelKernels(): PixelKernels {
  const kernels = openMemory();
  const { run } = kernels;

  /** Room for rows of a ring: their stride in bytes, and the places asked for. */
  const strideOf = (widthPx: number): number => ((widthPx + 3) & ~3) * 4;

  return {
    kind: 'wasm',

    tables(rgba, table, out) {
      const count = rgba.length >> 2;
      requirePlanes(count, 1, out);
      kernels.open();
      const tableAt = kernels.room(table.length * 4);
      const rgbaAt = kernels.room(stripPx * 4);
      const outAt = out.map(() => kernels.room(stripPx * 4));
      const { bytes, floats } = kernels.views();
      floats.set(table, tableAt >> 2);
      for (let from = 0; from < count; from += stripPx) {
        const size = Math.min(stripPx, count - from);
        bytes.set(rgba.subarray(from * 4, (from + size) * 4), rgbaAt);
        run('tables', rgbaAt, tableAt, outAt[0], outAt[1], outAt[2], size);
        for (let k = 0; k < 3; k++) {
          out[k].set(floats.subarray(outAt[k] >> 2, (outAt[k] >> 2) + size), from);
        }
      }
    },

    boxMean(plane, widthPx, heightPx, radiusPx, out) {
      requirePlanes(widthPx, heightPx, [plane, out]);
      const radius = Math.min(radiusPx, Math.max(widthPx, heightPx));
      const stride = strideOf(widthPx);
      const ringRows = 2 * Math.min(radius, heightPx) + 8;
      kernels.open();
      const ring = kernels.room(ringRows * stride);
      const zeros = kernels.room(stride);
      const sums = kernels.room(stride);
      const edge = kernels.room((stride >> 2) * 16 + (2 * radius + 2) * 16);
      const share = kernels.room(stride);
      const outAt = kernels.room(4 * stride);
      const { floats } = kernels.views();
      floats.set(windowShares(widthPx, radius, stride >> 2), share >> 2);
      const shareY = windowShares(heightPx, radius, heightPx + 3);
      let fed = 0;
      for (let y = 0; y < heightPx; y += 4) {
        for (const need = Math.min(heightPx, y + radius + 4); fed < need; fed++) {
          floats.set(
            plane.subarray(fed * widthPx, (fed + 1) * widthPx),
            (ring + (fed % ringRows) * stride) >> 2,
          );
        }
        if (y % restartRows === 0) {
          floats.fill(0, sums >> 2, (sums + stride) >> 2);
          const from = Math.max(0, y - radius - 1);
          run('addRows', ring, ringRows, stride, sums, from, Math.min(heightPx, y + radius));
        }
        const shares = [shareY[y], shareY[y + 1], shareY[y + 2], shareY[y + 3]];
        run(
          'boxRows',
          ring,
          ringRows,
          stride,
          zeros,
          sums,
          edge,
          share,
          outAt,
          y,
          heightPx,
          radius,
          ...shares,
        );
        takeRows(out, widthPx, heightPx, y, floats, outAt >> 2, stride >> 2);
      }
    },

    guidedFilter(guide, plane, widthPx, heightPx, radiusPx, epsilon, out) {
      requirePlanes(widthPx, heightPx, [guide, plane, out]);
      const radius = Math.min(radiusPx, Math.max(widthPx, heightPx));
      const stride = strideOf(widthPx);
      const reach = Math.min(radius, heightPx);
      const ringRows = 2 * reach + 8;
      kernels.open();
      const guideRing = kernels.room(ringRows * stride);
      const planeRing = kernels.room(ringRows * stride);
      const aRing = kernels.room(ringRows * stride);
      const bRing = kernels.room(ringRows * stride);
      const zeros = kernels.room(stride);
      const sums = kernels.room(4 * stride);
      const lineSums = kernels.room(2 * stride);
      const edge = kernels.room((stride >> 2) * 16 + (2 * radius + 2) * 16);
      const share = kernels.room(stride);
      const outAt = kernels.room(2 * stride);
      const { floats } = kernels.views();
      floats.set(windowShares(widthPx, radius, stride >> 2), share >> 2);
      const shareY = windowShares(heightPx, radius, heightPx + 1);
      const centreG = roughMean(guide);
      const centreP = roughMean(plane);
      const least = Math.max(epsilon, leastEpsilon);
      let fed = 0;
      let lined = 0;
      const feed = (need: number) => {
        for (; fed < need; fed++) {
          const slot = (fed % ringRows) * stride;
          floats.set(guide.subarray(fed * widthPx, (fed + 1) * widthPx), (guideRing + slot) >> 2);
          floats.set(plane.subarray(fed * widthPx, (fed + 1) * widthPx), (planeRing + slot) >> 2);
          run('centred', guideRing + slot, widthPx, centreG);
          run('centred', planeRing + slot, widthPx, centreP);
        }
      };
      const line = (y: number) => {
        feed(Math.min(heightPx, y + radius + 1));
        if (y % restartRows === 0) {
          floats.fill(0, sums >> 2, (sums + 4 * stride) >> 2);
          const from = Math.max(0, y - radius - 1);
          const to = Math.min(heightPx, y + radius);
          run('addGuidedRows', guideRing, planeRing, ringRows, stride, sums, from, to);
        }
        const slot = (y % ringRows) * stride;
        run(
          'guidedLine',
          guideRing,
          planeRing,
          ringRows,
          stride,
          zeros,
          sums,
          edge,
          share,
          aRing + slot,
          bRing + slot,
          y,
          heightPx,
          radius,
          shareY[y],
          least,
        );
      };
      for (let y = 0; y < heightPx; y += 2) {
        for (const need = Math.min(heightPx, y + radius + 2); lined < need; lined++) line(lined);
        if (y % restartRows === 0) {
          floats.fill(0, lineSums >> 2, (lineSums + 2 * stride) >> 2);
          const from = Math.max(0, y - radius - 1);
          const to = Math.min(heightPx, y + radius);
          run('addRows', aRing, ringRows, stride, lineSums, from, to);
          run('addRows', bRing, ringRows, stride, lineSums + stride, from, to);
        }
        run(
          'guidedRows',
          aRing,
          bRing,
          ringRows,
          guideRing,
          ringRows,
          stride,
          zeros,
          lineSums,
          edge,
          share,
          outAt,
          y,
          heightPx,
          radius,
          shareY[y],
          shareY[y + 1],
          centreP,
        );
        for (let k = 0; k < 2 && y + k < heightPx; k++) {
          const at = (outAt + k * stride) >> 2;
          out.set(floats.subarray(at, at + widthPx), (y + k) * widthPx);
        }
      }
    },

    quickGuidedFilter(guide, plane, widthPx, heightPx, radiusPx, epsilon, out) {
      requirePlanes(widthPx, heightPx, [guide, plane, out]);
      const columns = Math.ceil(widthPx / blockPx);
      const rows = Math.ceil(heightPx / blockPx);
      const stride = columns * blockPx * 4;
      const count = columns * rows;
      const planeBytes = ((count + 3) & ~3) * 4;
      kernels.open();
      const means = [0, 1, 2, 3].map(() => kernels.room(planeBytes));
      const guideAt = kernels.room(blockPx * stride);
      const planeAt = kernels.room(blockPx * stride);
      const { floats } = kernels.views();
      const centreG = roughMean(guide);
      const centreP = roughMean(plane);
      for (let row = 0; row < rows; row++) {
        layBlocks(floats, guide, widthPx, heightPx, row * blockPx, guideAt >> 2, stride >> 2);
        layBlocks(floats, plane, widthPx, heightPx, row * blockPx, planeAt >> 2, stride >> 2);
        const at = row * columns * 4;
        const [g, p, gp, gg] = means.map((mean) => mean + at);
        run('guidedBlocks', guideAt, planeAt, stride, g, p, gp, gg, columns, centreG, centreP);
      }
      const radius = blockRadius(radiusPx);
      const held = means.map((at) => floats.slice(at >> 2, (at >> 2) + count));
      for (const mean of held) this.boxMean(mean, columns, rows, radius, mean);
      kernels.open();
      const lineAt = held.map(() => kernels.room(planeBytes));
      const again = kernels.views().floats;
      held.forEach((mean, k) => again.set(mean, lineAt[k] >> 2));
      const [g, p, gp, gg] = lineAt;
      run('lines', g, p, gp, gg, count, Math.max(epsilon, leastEpsilon));
      const slope = again.slice(gp >> 2, (gp >> 2) + count);
      const height = again.slice(p >> 2, (p >> 2) + count);
      this.boxMean(slope, columns, rows, radius, slope);
      this.boxMean(height, columns, rows, radius, height);

      kernels.open();
      // One block of margin on either side of a row of blocks.
      const blockStride = ((columns + 2 + 3) & ~3) * 4;
      const lineRows = [0, 1, 2, 3].map(() => kernels.room(blockStride));
      const mixed = kernels.room(2 * blockStride + 16);
      const rowsAt = kernels.room(blockPx * stride);
      const outAt = kernels.room(blockPx * stride);
      const last = kernels.views().floats;
      const lay = (values: Float32Array, row: number, at: number) => {
        const from = Math.min(rows - 1, Math.max(0, row)) * columns;
        const to = at >> 2;
        last.set(values.subarray(from, from + columns), to + 1);
        last[to] = values[from];
        last[to + columns + 1] = values[from + columns - 1];
      };
      for (let row = 0; row < rows; row++) {
        layBlocks(last, guide, widthPx, heightPx, row * blockPx, rowsAt >> 2, stride >> 2);
        for (let k = 0; k < blockPx; k++) {
          // Rows of blocks above and below: those of the first half lie between the one before and their own.
          if (k % (blockPx / 2) === 0) {
            const upper = k === 0 ? row - 1 : row;
            lay(slope, upper, lineRows[0]);
            lay(slope, upper + 1, lineRows[1]);
            lay(height, upper, lineRows[2]);
            lay(height, upper + 1, lineRows[3]);
          }
          const t = (k + 0.5) / blockPx + (k < blockPx / 2 ? 0.5 : -0.5);
          const [from, to] = [rowsAt + k * stride, outAt + k * stride];
          run('stretchedLine', ...lineRows, t, mixed, blockStride, from, to, columns, centreG, centreP);
        }
        takeRows(out, widthPx, heightPx, row * blockPx, last, outAt >> 2, stride >> 2);
      }
    },

    membrane(plane, unknown, widthPx, heightPx, out) {
      requirePlanes(widthPx, heightPx, [plane, unknown, out]);
      wasmMembrane(kernels, plane, unknown, widthPx, heightPx, out);
    },

    moveOutline(cells, rules, inside, evidence) {
      requireCells(cells, rules, inside, evidence);
      wasmMoveOutline(kernels, cells, rules, inside, evidence);
    },

    relaxPair(surfaces, right, below, widthPx, heightPx, rounds) {
      requirePlanes(widthPx, heightPx, [...surfaces, ...right, ...below]);
      wasmRelaxPair(kernels, surfaces, right, below, widthPx, heightPx, rounds);
    },
  };
}

/** A row of blocks: rows y and the next three into memory, the last column and row repeated up to whole blocks. */
function layBlocks(
  memory: Float32Array,
  source: Float32Array,
  widthPx: number,
  heightPx: number,
  y: number,
  at: number,
  stride: number,
): void {
  if (stride === widthPx && y + blockPx <= heightPx) {
    memory.set(source.subarray(y * widthPx, (y + blockPx) * widthPx), at);
    return;
  }
  for (let k = 0; k < blockPx; k++) {
    const from = Math.min(y + k, heightPx - 1) * widthPx;
    const to = at + k * stride;
    memory.set(source.subarray(from, from + widthPx), to);
    memory.fill(source[from + widthPx - 1], to + widthPx, to + stride);
  }
}

/** The reverse: what lies inside the picture of four rows in memory. */
function takeRows(
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

/** The module over memory of its own, and room in it: zeroed, from the start again at every `open`. */
function openMemory(): KernelMemory {
  if (!compiled) {
    throw Object.assign(new Error('WebAssembly with SIMD does not run here.'), { code: 'no-simd' as const });
  }
  const memory = new WebAssembly.Memory({ initial: 4 });
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  const call = instance.exports as unknown as Record<string, (...places: number[]) => number>;
  // The first bytes stay free, so that a place before a row's first column is never below 0.
  let top = 64;
  return {
    run: (name, ...places) => (call[name] as (...places: number[]) => number)(...places),
    open() {
      top = 64;
    },
    room(bytes) {
      const at = top;
      top = (top + bytes + 79) & ~15;
      const missing = top - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
      new Uint8Array(memory.buffer, at, bytes).fill(0);
      return at;
    },
    views: () => ({ bytes: new Uint8Array(memory.buffer), floats: new Float32Array(memory.buffer) }),
  };
}

function compile(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(
      Uint8Array.from(atob(pixelKernelsBase64), (letter) => letter.charCodeAt(0)),
    );
  } catch {
    return undefined;
  }
}
