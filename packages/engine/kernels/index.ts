/**
 * Kernels: what costs time on whole pictures, by WebAssembly SIMD where it runs.
 *
 *     const kernels = createPixelKernels();
 *     kernels.guidedFilter(guide, plane, widthPx, heightPx, 16, 1e-3, out);
 */
import type { PixelKernels } from './pixel-kernels.ts';
import { createPlainPixelKernels } from './plain-pixel-kernels.ts';
import { canRunWasmPixelKernels, createWasmPixelKernels } from './wasm-pixel-kernels.ts';

export type { PixelKernels } from './pixel-kernels.ts';

/** WebAssembly SIMD where it runs, plain JavaScript elsewhere; results agree to single precision. */
export function createPixelKernels(
  kind: 'wasm' | 'plain' = canRunWasmPixelKernels() ? 'wasm' : 'plain',
): PixelKernels {
  return kind === 'wasm' ? createWasmPixelKernels() : createPlainPixelKernels();
}
