import { leastBelief, leastSeen, mostFlickering, type OutlineCells, type OutlineRules } from './outline.ts';
import { roughMean } from './pixel-kernels.ts';
import type { KernelMemory } from './wasm-memory.ts';

/** The outline moved by SIMD: see `moveOutline` in pixel-kernels.ts. Some 80 bytes a cell while it runs. */
export function wasmMoveOutline(
  kernels: KernelMemory,
  { widthPx, heightPx, first, second, valid }: OutlineCells,
  { windowPx, rounds, isAny, pinned, floors }: OutlineRules,
  inside: Uint8Array,
  evidence: Float32Array,
): void {
  const { run } = kernels;
  const radius = Math.min(windowPx, Math.max(widthPx, heightPx));
  const columns = (widthPx + 3) & ~3;
  const stride = columns * 4;
  const bytes = heightPx * stride;
  kernels.open();
  const features = [kernels.room(bytes), kernels.room(bytes)] as const;
  const sumsAt = [0, 1, 2, 3, 4].map(() => kernels.room(bytes));
  const validAt = kernels.room(bytes);
  const pinnedAt = kernels.room(bytes);
  const insideAt = kernels.room(bytes);
  const evidenceAt = kernels.room(bytes);
  const all = kernels.room(4 * bytes);
  const held = kernels.room(4 * bytes);
  const line = kernels.room(4 * stride);
  const running = kernels.room((columns + 2 * radius + 1) * 16);
  const areas = kernels.room(stride);
  const around = kernels.room(stride);
  // A row of nothing above and below, four columns of nothing on either side.
  const beliefStride = stride + 32;
  const belief = kernels.room((heightPx + 2) * beliefStride) + beliefStride + 16;
  const { floats } = kernels.views();
  const words = new Int32Array(floats.buffer);
  const centres = [roughMean(first), roughMean(second)];
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      const at = y * columns + x;
      floats[(features[0] >> 2) + at] = first[p] - centres[0];
      floats[(features[1] >> 2) + at] = second[p] - centres[1];
      floats[(validAt >> 2) + at] = valid[p] ? 1 : 0;
      const pin = pinned?.[p] ?? 0;
      words[(pinnedAt >> 2) + at] = pin;
      words[(insideAt >> 2) + at] = (pin ? pin === 2 : inside[p] && valid[p]) ? -1 : 0;
    }
  }
  for (let x = 0; x < columns; x++) {
    floats[(areas >> 2) + x] = under(x, radius, widthPx);
    floats[(around >> 2) + x] = under(x, 1, widthPx);
  }
  run('sumAll', ...features, validAt, all, line, running, stride, heightPx, radius, ...sumsAt);
  run('holdInside', insideAt, all, held, columns * heightPx);
  for (let round = 0; round < rounds; round++) {
    const moved = run(
      'moveOutline',
      held,
      all,
      line,
      running,
      stride,
      heightPx,
      radius,
      ...sumsAt,
      ...features,
      validAt,
      pinnedAt,
      insideAt,
      areas,
      around,
      evidenceAt,
      belief,
      beliefStride,
      leastSeen,
      leastBelief,
      isAny ? 1 : 0,
      ...floors,
    );
    if (moved <= widthPx * heightPx * mostFlickering) break;
  }
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      inside[p] = words[(insideAt >> 2) + y * columns + x] ? 1 : 0;
      evidence[p] = floats[(evidenceAt >> 2) + y * columns + x];
    }
  }
}

/** Cells of a row under a window about one of them; at least 1, beyond the row too. */
function under(x: number, radius: number, length: number): number {
  return Math.max(1, Math.min(length - 1, x + radius) - Math.max(0, x - radius) + 1);
}

/** Both surfaces relaxed side by side: see `relaxPair` in pixel-kernels.ts. */
export function wasmRelaxPair(
  kernels: KernelMemory,
  surfaces: readonly [Float32Array, Float32Array],
  right: readonly [Float32Array, Float32Array],
  below: readonly [Float32Array, Float32Array],
  widthPx: number,
  heightPx: number,
  rounds: number,
): void {
  const bytes = widthPx * heightPx * 8;
  kernels.open();
  const places = [surfaces, right, below].map((pair) => ({ pair, at: kernels.room(bytes) }));
  const { floats } = kernels.views();
  for (const { pair, at } of places) {
    const [first, second] = pair;
    for (let p = 0, to = at >> 2; p < first.length; p++, to += 2) {
      floats[to] = first[p];
      floats[to + 1] = second[p];
    }
  }
  const [surfaceAt, rightAt, belowAt] = places.map(({ at }) => at);
  kernels.run('relaxPairs', surfaceAt, rightAt, belowAt, widthPx * 8, widthPx, heightPx, rounds);
  const [first, second] = surfaces;
  for (let p = 0, from = surfaceAt >> 2; p < first.length; p++, from += 2) {
    first[p] = floats[from];
    second[p] = floats[from + 1];
  }
}
