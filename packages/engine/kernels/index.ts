/**
 * Kernels: what costs time on whole pictures, by WebAssembly SIMD where it runs.
 *
 *     const kernels = createPixelKernels();
 *     kernels.guidedFilter(guide, plane, widthPx, heightPx, 16, 1e-3, out);
 */
import type { PixelKernels } from './pixel-kernels.ts';
import { createPlainPixelKernels } from './plain-pixel-kernels.ts';
import { canRunWasmPixelKernels } from './wasm-memory.ts';
import { createWasmPixelKernels } from './wasm-pixel-kernels.ts';

export type { PixelKernels } from './pixel-kernels.ts';

/**
 * WebAssembly SIMD where it runs, plain JavaScript elsewhere or where `kind` asks for it; results agree to single
 * precision. Costs some 20 µs; make one for a job.
 * @param heldPx pixels of all planes together that shall lie in the kernels' own memory: see `plane`
 */
export function createPixelKernels(kind?: 'wasm' | 'plain', heldPx = 0): PixelKernels {
  if (kind === 'plain' || !canRunWasmPixelKernels()) return createPlainPixelKernels();
  return createWasmPixelKernels(heldPx);
}
