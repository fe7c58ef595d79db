import {
  blockPx,
  leastEpsilon,
  type PixelKernels,
  requireCells,
  requirePlanes,
  roughMean,
  windowShares,
} from './pixel-kernels.ts';
import { boxSizes, meanRows, restartRows, takeRows } from './wasm-box.ts';
import { wasmMembrane } from './wasm-membrane.ts';
import { type KernelMemory, openMemory, tablePlace } from './wasm-memory.ts';
import { wasmMoveOutline, wasmRelaxPair } from './wasm-outline.ts';
import { wasmQuickGuidedFilter } from './wasm-quick-guided.ts';

/** Pixels that pass through the kernels' memory at a time, and those that only come in: they stay in a processor's own cache. */
const throughStripPx = 8192;
const inStripPx = 131_072;

/**
 * The kernels in WebAssembly SIMD. What was made by `plane` lies in their memory, and results go there straight away; other
 * pictures stay where they are and pass through in strips, so the memory is small: about two windows' rows. Both ways give
 * the same bits. A page's content security policy needs `'wasm-unsafe-eval'`. Make one for a job and keep it: each
 * reserves addresses for a memory of its own. Throws `no-simd` where `canRunWasmPixelKernels` says no.
 * @param heldPx pixels of all planes together that may be held
 */
export function createWasmPixelKernels(heldPx = 0): PixelKernels {
  const held = openHeld(heldPx * 4);
  let other: KernelMemory | undefined;
  /** What is held must not move: operations that need more on the side than there is work beside it. */
  const memoryFor = (sizes?: readonly number[]): KernelMemory =>
    sizes && held?.hasRoom(sizes) ? held : (other ??= openMemory());

  return {
    kind: 'wasm',

    plane(count) {
      const room = held?.hold(count * 4);
      return room ? new Float32Array(room.buffer, room.at, count) : new Float32Array(count);
    },

    tables(rgba, table, out) {
      const count = rgba.length >> 2;
      requirePlanes(count, 1, out);
      const isHeld = count % 4 === 0 && out.every((plane) => held?.placeOf(plane) !== undefined);
      const stripPx = Math.min(isHeld ? inStripPx : throughStripPx, count);
      const sizes = [stripPx * 4, ...out.map(() => (isHeld ? 0 : stripPx * 4))];
      const memory = memoryFor(sizes);
      const [rgbaAt, ...outAt] = memory.rooms(sizes);
      const { bytes, floats } = memory.views();
      floats.set(table, tablePlace >> 2);
      // The kernel writes whole groups of four.
      const to = out.map((plane) => (count % 4 === 0 ? memory.placeOf(plane) : undefined));
      for (let done = 0; done < count; done += stripPx) {
        const size = Math.min(stripPx, count - done);
        bytes.set(rgba.subarray(done * 4, (done + size) * 4), rgbaAt);
        const [first, second, third] = to.map((at, k) => (at === undefined ? outAt[k] : at + done * 4));
        memory.run('tables', rgbaAt, first, second, third, size);
        to.forEach((at, k) => {
          if (at === undefined) out[k].set(floats.subarray(outAt[k] >> 2, (outAt[k] >> 2) + size), done);
        });
      }
    },

    boxMean(plane, widthPx, heightPx, radiusPx, out) {
      requirePlanes(widthPx, heightPx, [plane, out]);
      const radius = Math.min(radiusPx, Math.max(widthPx, heightPx));
      const stride = strideOf(widthPx);
      const ringRows = 2 * Math.min(radius, heightPx) + 8;
      const sizes = [...boxSizes(stride, radius), ringRows * stride, blockPx * stride];
      const memory = memoryFor(sizes);
      const places = memory.rooms(sizes);
      const [ring, outAt] = places.slice(-2);
      const { floats } = memory.views();
      // Rows of whole groups of four need no padding. Rows that come in are copied all the same: read far apart they are slower.
      const to = widthPx % 4 === 0 ? memory.placeOf(out) : undefined;
      let fed = 0;
      meanRows(memory, places, {
        widthPx,
        heightPx,
        stride,
        radius,
        rows: ring,
        ringRows,
        feed(need) {
          for (; fed < need; fed++) {
            floats.set(
              plane.subarray(fed * widthPx, (fed + 1) * widthPx),
              (ring + (fed % ringRows) * stride) >> 2,
            );
          }
        },
        placeOf: (y) => (to === undefined || y + blockPx > heightPx ? outAt : to + y * stride),
        give(y, at) {
          if (at === outAt) takeRows(out, widthPx, heightPx, y, floats, outAt >> 2, stride >> 2);
        },
      });
    },

    guidedFilter(guide, plane, widthPx, heightPx, radiusPx, epsilon, out) {
      requirePlanes(widthPx, heightPx, [guide, plane, out]);
      const radius = Math.min(radiusPx, Math.max(widthPx, heightPx));
      const stride = strideOf(widthPx);
      const ringRows = 2 * Math.min(radius, heightPx) + 8;
      const edgeBytes = (stride >> 2) * 16 + (2 * radius + 2) * 16;
      const rings = [1, 2, 3, 4].map(() => ringRows * stride);
      const sizes = [...rings, stride, 4 * stride, 2 * stride, edgeBytes, stride, 2 * stride];
      const memory = memoryFor(sizes);
      const [guideRing, planeRing, aRing, bRing, zeros, sums, lineSums, edge, share, outAt] =
        memory.rooms(sizes);
      const { run } = memory;
      const { floats } = memory.views();
      const isWhole = widthPx % 4 === 0;
      const [guideFrom, planeFrom, to] = [guide, plane, out].map((held) =>
        isWhole ? memory.placeOf(held) : undefined,
      );
      floats.set(windowShares(widthPx, radius, stride >> 2), share >> 2);
      const shareY = windowShares(heightPx, radius, heightPx + 1);
      const centreG = roughMean(guide);
      const centreP = roughMean(plane);
      const least = Math.max(epsilon, leastEpsilon);
      let fed = 0;
      let lined = 0;
      const feedRow = (values: Float32Array, from: number | undefined, at: number, centre: number) => {
        if (from === undefined) floats.set(values.subarray(fed * widthPx, (fed + 1) * widthPx), at >> 2);
        run('centred', from === undefined ? at : from + fed * stride, at, widthPx, centre);
      };
      const feed = (need: number) => {
        for (; fed < need; fed++) {
          const slot = (fed % ringRows) * stride;
          feedRow(guide, guideFrom, guideRing + slot, centreG);
          feedRow(plane, planeFrom, planeRing + slot, centreP);
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
        const rowsAt = to === undefined || y + 2 > heightPx ? outAt : to + y * stride;
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
          rowsAt,
          y,
          heightPx,
          radius,
          shareY[y],
          shareY[y + 1],
          centreP,
        );
        if (rowsAt !== outAt) continue;
        for (let k = 0; k < 2 && y + k < heightPx; k++) {
          const at = (outAt + k * stride) >> 2;
          out.set(floats.subarray(at, at + widthPx), (y + k) * widthPx);
        }
      }
    },

    quickGuidedFilter(guide, plane, widthPx, heightPx, radiusPx, epsilon, out) {
      requirePlanes(widthPx, heightPx, [guide, plane, out]);
      wasmQuickGuidedFilter(memoryFor, guide, plane, widthPx, heightPx, radiusPx, epsilon, out);
    },

    membrane(plane, unknown, widthPx, heightPx, out) {
      requirePlanes(widthPx, heightPx, [plane, unknown, out]);
      wasmMembrane(memoryFor(), plane, unknown, widthPx, heightPx, out);
    },

    moveOutline(cells, rules, inside, evidence) {
      requireCells(cells, rules, inside, evidence);
      wasmMoveOutline(memoryFor(), cells, rules, inside, evidence);
    },

    relaxPair(surfaces, right, below, widthPx, heightPx, rounds) {
      requirePlanes(widthPx, heightPx, [...surfaces, ...right, ...below]);
      wasmRelaxPair(memoryFor(), surfaces, right, below, widthPx, heightPx, rounds);
    },
  };
}

/** Bytes a row of a ring: whole groups of four. */
const strideOf = (widthPx: number): number => ((widthPx + 3) & ~3) * 4;

/** Where a memory that large is not to be had, pictures pass through in strips. */
function openHeld(bytes: number): KernelMemory | undefined {
  if (bytes <= 0) return undefined;
  try {
    return openMemory(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
